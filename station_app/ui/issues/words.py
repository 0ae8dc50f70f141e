"""How an issue is told: tones, icons, moments, the sentence of each event, whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from db.vocabulary import Degree, IssueEventKind, IssueStatus, Urgency
from station_app.domain.issue_words import degree_word, event_word, status_word, urgency_word
from station_app.domain.issues import IssueEventRecord, IssueRecord, IssueRow
from station_app.domain.visits import VisitRecord
from station_app.i18n import tr
from station_app.services.dictionaries import decline_reasons
from station_app.ui.issues.looks import STATUS_TONES as STATUS_TONES
from station_app.ui.widgets import Tone

_E = IssueEventKind
_S = IssueStatus

#: Parts of one grey line.
DOT = "　·　"


@dataclass(frozen=True, slots=True)
class IssueView:
    """All that the detail shows: the issue, its visit, what was joined to it, and today here."""

    record: IssueRecord
    visit: VisitRecord
    joined: tuple[IssueRow, ...]
    today: date
    zone: tzinfo

    def moment(self, at: datetime) -> str:
        """``at`` on the clock of the station; the year only when it is not this one."""
        local = at.astimezone(self.zone)
        plain = f"{local.hour}:{local:%M}"
        if local.year == self.today.year:
            return f"{local:%m-%d} {plain}"
        return f"{local:%Y-%m-%d} {plain}"

    def day(self, at: datetime) -> date:
        """The station's calendar date of ``at``."""
        return at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: a strong sentence and a plain one, with icon and tone."""

    strong: str
    plain: str
    icon: str
    tone: Tone


def row_pill(row: IssueRow) -> str:
    """The state in a list, with the unit while one has it, and urgency before all."""
    state = status_word(row.status)
    if row.unit and row.status in (_S.ASSIGNED, _S.TAKEN_UP, _S.REPLIED):
        state = f"{state} · {row.unit}"
    if row.urgency is Urgency.URGENT and row.status is not _S.SETTLED:
        state = f"{urgency_word(Urgency.URGENT)} · {state}"
    return state


def row_tone(row: IssueRow) -> Tone:
    """The colour of the state in a list."""
    if row.urgency is Urgency.URGENT and row.status in (
        _S.REGISTERED,
        _S.ASSIGNED,
        _S.TAKEN_UP,
        _S.REPLIED,
    ):
        return "red"
    return STATUS_TONES[row.status]


def counted(joined_count: int, people: int) -> str:
    """``7 条 23 人``: the issue with those joined to it, and everybody who came for them."""
    return tr("Issues: {issues}, people: {people}", issues=joined_count + 1, people=people)


def facts(view: IssueView) -> tuple[str, ...]:
    """What stands in grey under the title."""
    one = view.record
    urgent = urgency_word(one.urgency) if one.urgency is Urgency.URGENT else ""
    deputies = tr("levels|, ").join(one.name for one in view.visit.deputies)
    return tuple(filter(None, (one.number, urgent, one.category_name, one.place, deputies)))


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
    elif event.event is _E.DECLINED and text:
        text = tr("Where to go instead: {text}", text=text)
    return text, DOT.join(filter(None, who))


def turn(view: IssueView) -> Turn:
    """Whose turn it is now."""
    return _TURNS[view.record.status](view)


def still_needed(record: IssueRecord) -> str:
    """What settling still needs, for the end of the timeline; empty when nothing is open."""
    if record.status is _S.REGISTERED:
        return tr("Next: answer, assign to a unit, or decline and say where to go")
    if record.status in (_S.ASSIGNED, _S.TAKEN_UP):
        return tr("To settle: the unit's reply, then evidence and the degree of solution")
    if record.status in (_S.ANSWERED, _S.REPLIED):
        return tr(
            "To settle: evidence and the degree of solution; then resident and deputies evaluate"
        )
    return ""


def reason_name(code: object) -> str:
    """Why a matter was declined; a reason no longer offered shows nothing."""
    return next((one.name for one in decline_reasons() if one.code == code), "")


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
    if view.record.status is _S.JOINED and event == _last(view, _E.JOINED):
        return tr("Joined into {number}", number=number)
    return tr("Joined into another issue")


def _declined_title(view: IssueView, event: IssueEventRecord) -> str:
    reason = reason_name(event.details.get("reason"))
    return tr("Declined: {reason}", reason=reason) if reason else event_word(event.event)


def _settled_title(view: IssueView, event: IssueEventRecord) -> str:
    degree = Degree(str(event.details["degree"]))
    return tr("Settled: {degree}", degree=degree_word(degree))


_TITLES: dict[IssueEventKind, Callable[[IssueView, IssueEventRecord], str]] = {
    _E.REGISTERED: lambda view, event: tr("A resident came and raised it"),
    _E.ASSIGNED: lambda view, event: tr("Assigned to {unit}", unit=event.unit),
    _E.SENT_BACK: lambda view, event: tr("{unit} sent it back", unit=event.unit),
    _E.URGED: lambda view, event: tr("Urged {unit}", unit=event.unit),
    _E.REPLIED: lambda view, event: tr("{unit} replied", unit=event.unit),
    _E.DECLINED: _declined_title,
    _E.JOINED: _joined_title,
    _E.SETTLED: _settled_title,
}


def _last(view: IssueView, kind: IssueEventKind) -> IssueEventRecord | None:
    return next((one for one in reversed(view.record.events) if one.event is kind), None)


def _registered(view: IssueView) -> Turn:
    back = _last(view, _E.SENT_BACK)
    if back is not None and back == view.record.events[-1]:
        strong = tr("{unit} sent it back: assign it again", unit=back.unit)
        return Turn(strong, back.text, "arrow-back-up", "red")
    days = (view.today - view.day(view.record.registered_at)).days
    waited = tr("Registered {days} days ago", days=days) if days else tr("Registered today")
    return Turn(tr("Waits for a decision"), waited, "hourglass", "amber")


def _assigned(view: IssueView) -> Turn:
    began = _last(view, _E.ASSIGNED)
    plain = ""
    if began is not None:
        day = view.day(began.happened_at)
        days = (view.today - day).days
        plain = tr("Assigned on {date}, {days} days ago", date=f"{day:%m-%d}", days=days)
        if not days:
            plain = tr("Assigned today")
        urges = [
            one
            for one in view.record.events
            if one.event is _E.URGED and one.happened_at >= began.happened_at
        ]
        if urges:
            plain += tr(", urged {n} times", n=len(urges))
    return Turn(tr("{unit} is handling it", unit=view.record.unit), plain, "hourglass", "blue")


def _replied(view: IssueView) -> Turn:
    strong = tr("{unit} replied; it is not settled yet", unit=view.record.unit)
    return Turn(strong, _not_settled(), "message-reply", "blue")


def _answered(view: IssueView) -> Turn:
    strong = tr("Answered on the spot; the resident's evaluation is due")
    return Turn(strong, _not_settled(), "message-check", "green")


def _not_settled() -> str:
    return tr("A reply is not a result: settle with evidence.")


def _settled(view: IssueView) -> Turn:
    degree = view.record.degree
    strong = tr("Settled: {degree}", degree=degree_word(degree) if degree else "")
    at = view.record.settled_at
    return Turn(strong, view.moment(at) if at else "", "circle-check", "green")


def _declined(view: IssueView) -> Turn:
    last = _last(view, _E.DECLINED)
    strong = _declined_title(view, last) if last else status_word(_S.DECLINED)
    plain = tr("Where to go instead: {text}", text=last.text) if last and last.text else ""
    return Turn(strong, plain, "ban", "neutral")


def _joined(view: IssueView) -> Turn:
    strong = tr("Joined into {number}", number=view.record.joined_to_number)
    plain = tr("It is handled there; every resident is told the result.")
    return Turn(strong, plain, "arrows-join", "blue")


def _voided(view: IssueView) -> Turn:
    last = _last(view, _E.VOIDED)
    return Turn(status_word(_S.VOIDED), last.text if last else "", "x", "neutral")


_TURNS: dict[IssueStatus, Callable[[IssueView], Turn]] = {
    _S.REGISTERED: _registered,
    _S.ASSIGNED: _assigned,
    _S.TAKEN_UP: _assigned,
    _S.RAISED: lambda view: Turn(status_word(_S.RAISED), "", "hourglass", "blue"),
    _S.REPLIED: _replied,
    _S.ANSWERED: _answered,
    _S.SETTLED: _settled,
    _S.DECLINED: _declined,
    _S.JOINED: _joined,
    _S.VOIDED: _voided,
}
