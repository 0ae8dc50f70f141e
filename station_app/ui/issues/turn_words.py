"""Whose turn it is on an issue, until when and why, and what settling still needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from db.vocabulary import Clock, IssueEventKind, IssueStatus
from station_app.domain.case_words import clock_word
from station_app.domain.deadlines import Deadline, next_due
from station_app.domain.issue_words import degree_word, status_word
from station_app.domain.issues import IssueRecord
from station_app.i18n import tr
from station_app.ui.issues.history_words import declined_title
from station_app.ui.issues.words import DOT, SOON_DAYS, IssueView, last_of
from station_app.ui.widgets import Tone

_E = IssueEventKind
_S = IssueStatus


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: a strong sentence and a plain one, with icon and tone."""

    strong: str
    plain: str
    icon: str
    tone: Tone


def turn(view: IssueView) -> Turn:
    """Whose turn it is now, and until when."""
    told = _TURNS[view.record.status](view)
    if view.record.case.waiting:
        return _waiting(view, told)
    due = next_due(view.record.case.deadlines) or _later(view)
    return told if due is None or due.due_on is None else _dated(view, told, due, due.due_on)


def _waiting(view: IssueView, told: Turn) -> Turn:
    asked = last_of(view, _E.WAITING)
    plain = tr("The clock stands still. {told}", told=told.strong)
    reason = asked.text if asked else ""
    return Turn(tr("Waits for the resident: {reason}", reason=reason), plain, "hourglass", "amber")


def _later(view: IssueView) -> Deadline | None:
    """The next look at a result that is settled."""
    later = (Clock.REVISIT, Clock.LOOK_BACK)
    found = [one for one in view.record.case.deadlines if one.clock in later and one.due_on]
    return min(found, key=lambda one: str(one.due_on), default=None)


def _dated(view: IssueView, told: Turn, due: Deadline, due_on: date) -> Turn:
    left, what = (due_on - view.today).days, clock_word(due.clock)
    day = f"{due_on:%m-%d}" if due_on.year == view.today.year else f"{due_on:%Y-%m-%d}"
    if left < 0:
        strong = tr("{n} days over: {what}, {date}", n=-left, what=what, date=day)
    elif left == 0:
        strong = tr("Due today: {what}", what=what)
    else:
        strong = tr("{what} by {date}, {n} days left", what=what, date=day, n=left)
    tone = "red" if left < 0 else "amber" if left <= SOON_DAYS else told.tone
    plain = DOT.join(filter(None, (due.words, told.plain)))
    return Turn(f"{told.strong} · {strong}", plain, told.icon, tone)


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


def _registered(view: IssueView) -> Turn:
    back = last_of(view, _E.SENT_BACK)
    if back is not None and back == view.record.events[-1]:
        strong = tr("{unit} sent it back: assign it again", unit=back.unit)
        return Turn(strong, back.text, "arrow-back-up", "red")
    days = (view.today - view.day(view.record.registered_at)).days
    waited = tr("Registered {days} days ago", days=days) if days else tr("Registered today")
    return Turn(tr("Waits for a decision"), waited, "hourglass", "amber")


def _assigned(view: IssueView) -> Turn:
    began = last_of(view, _E.ASSIGNED)
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
    last = last_of(view, _E.DECLINED)
    strong = declined_title(view, last) if last else status_word(_S.DECLINED)
    plain = tr("Where to go instead: {text}", text=last.text) if last and last.text else ""
    return Turn(strong, plain, "ban", "neutral")


def _joined(view: IssueView) -> Turn:
    strong = tr("Joined into {number}", number=view.record.joined_to_number)
    plain = tr("It is handled there; every resident is told the result.")
    return Turn(strong, plain, "arrows-join", "blue")


def _voided(view: IssueView) -> Turn:
    last = last_of(view, _E.VOIDED)
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
