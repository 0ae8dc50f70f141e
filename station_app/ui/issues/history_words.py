"""The sentences of an issue's history: what each event was, what was said, and who did it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from db.vocabulary import Degree, Finding, IssueEventKind, IssueStatus, Supervisor
from station_app.domain.case_words import finding_word, supervisor_word
from station_app.domain.issue_words import degree_word, event_word, rater_word, rating_word
from station_app.domain.issues import IssueEventRecord
from station_app.i18n import tr
from station_app.ui.issues.words import DOT, IssueView, last_of

_E = IssueEventKind
_S = IssueStatus


def event_title(view: IssueView, event: IssueEventRecord) -> str:
    """What happened, in a few words."""
    told = _TITLES.get(event.event)
    return event_word(event.event) if told is None else told(view, event)


def event_detail(view: IssueView, event: IssueEventRecord) -> tuple[str, str]:
    """What was said, and who did it."""
    who = [event.deputy, event.actor]
    text = event.text
    if event.event is _E.REGISTERED:
        received = tr("levels|, ").join(one.name for one in view.visit.deputies)
        text = _came(view)
        who = [tr("received by {names}", names=received) if received else "", event.actor]
    elif event.event is _E.SUPERVISED:
        roles = _roles(event)
        text = "\n".join(filter(None, (roles, text)))
    elif event.event is _E.DECLINED and text:
        text = tr("Where to go instead: {text}", text=text)
    papers = len(event.details.get("attachments", ()))
    if papers:
        told = tr("Photos and papers: {n}", n=papers)
        text = DOT.join(filter(None, (text, told)))
    return text, DOT.join(filter(None, who))


def _roles(event: IssueEventRecord) -> str:
    given = dict(event.details.get("roles", {}))
    return tr("levels|, ").join(
        f"{supervisor_word(role)} {given[role.value]}" for role in Supervisor if role.value in given
    )


def _came(view: IssueView) -> str:
    name, people = view.visit.resident.name, view.record.people
    if view.record.joined_count:
        return tr(
            "{name} and others, {visits} times, {people} people",
            name=name,
            visits=view.record.joined_count + 1,
            people=people,
        )
    if view.visit.party_size > 1:
        return tr("{name} and others, {people} people", name=name, people=view.visit.party_size)
    return name


def _joined_title(view: IssueView, event: IssueEventRecord) -> str:
    number = view.record.joined_to_number
    if view.record.status is _S.JOINED and event == last_of(view, _E.JOINED):
        return tr("Joined into {number}", number=number)
    return tr("Joined into another issue")


def declined_title(view: IssueView, event: IssueEventRecord) -> str:
    """Why a matter was declined, in the words of that day."""
    code, why = str(event.details.get("reason")), event.details.get("why")
    reason = str(why or view.reasons.get(code, ""))
    return tr("Declined: {reason}", reason=reason) if reason else event_word(event.event)


def _settled_title(view: IssueView, event: IssueEventRecord) -> str:
    degree = Degree(str(event.details["degree"]))
    return tr("Settled: {degree}", degree=degree_word(degree))


def _assigned_title(view: IssueView, event: IssueEventRecord) -> str:
    helping = {one.id.hex: one.name for one in view.record.case.units if not one.leads}
    also = [helping[one] for one in event.details.get("also", ()) if one in helping]
    if also:
        names = tr("levels|, ").join(also)
        return tr("Assigned to {unit} (leads), {names} (help)", unit=event.unit, names=names)
    return tr("Assigned to {unit}", unit=event.unit)


def _rated_title(view: IssueView, event: IssueEventRecord) -> str:
    known = {one.id: one for one in view.record.case.evaluations}
    one = known.get(event.id)
    if one is None:
        return event_word(event.event)
    said = tr("{who} is {rating}", who=rater_word(one.rater), rating=rating_word(one.rating))
    return tr("{said} (asked by who handled it)", said=said) if one.self_asked else said


def _promised_title(view: IssueView, event: IssueEventRecord) -> str:
    due = date.fromisoformat(str(event.details["due"]))
    return tr("Promised until {date}", date=f"{due:%m-%d}")


def _looked_title(view: IssueView, event: IssueEventRecord) -> str:
    found = finding_word(Finding(str(event.details["found"])))
    return tr("{act}: {found}", act=event_word(event.event), found=found)


def _raised_title(view: IssueView, event: IssueEventRecord) -> str:
    return tr("Became part of a deputy's suggestion")


def _undone_title(view: IssueView, event: IssueEventRecord) -> str:
    by_id = {one.id.hex: one for one in view.record.events}
    undone = by_id.get(str(event.details.get("undoes")))
    if undone is None:
        return event_word(event.event)
    return tr("Taken back: {act}", act=event_word(undone.event))


_TITLES: dict[IssueEventKind, Callable[[IssueView, IssueEventRecord], str]] = {
    _E.REGISTERED: lambda view, event: tr("A resident came and raised it"),
    _E.ASSIGNED: _assigned_title,
    _E.TAKEN_UP: lambda view, event: tr("{unit} took it up", unit=event.unit),
    _E.ADVISED: lambda view, event: tr("Opinion of {unit}", unit=event.unit),
    _E.SENT_BACK: lambda view, event: tr("{unit} sent it back", unit=event.unit),
    _E.URGED: lambda view, event: tr("Urged {unit}", unit=event.unit),
    _E.REPLIED: lambda view, event: tr("{unit} replied", unit=event.unit),
    _E.DECLINED: declined_title,
    _E.JOINED: _joined_title,
    _E.SETTLED: _settled_title,
    _E.REWORKED: lambda view, event: tr("To be done again by {unit}", unit=event.unit),
    _E.EVALUATED: _rated_title,
    _E.COMMITTED: _promised_title,
    _E.REVISITED: _looked_title,
    _E.LOOKED_BACK: _looked_title,
    _E.RAISED: _raised_title,
    _E.UNDONE: _undone_title,
}
