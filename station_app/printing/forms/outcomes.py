"""What became of an issue, as paper says it: answer, handling, result, degree, rating."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from db.vocabulary import Clock, Degree, IssueEventKind, IssueStatus, Rater, Rating, Urgency
from station_app.domain.issue_words import degree_word, rating_word, status_word, urgency_word
from station_app.domain.issues import IssueEventRecord, IssueRecord
from station_app.domain.moments import local
from station_app.domain.words import paper
from station_app.printing.cells import Choice
from station_app.printing.phrases import said_date

_E = IssueEventKind
#: Acts that end an earlier decision: what was ticked before them is not ticked any more.
_UNDECIDED = {_E.REOPENED, _E.SENT_BACK}


def answer(issue: IssueRecord) -> str:
    """What the visitor was told at the desk; empty where nothing was said yet."""
    told = [_told(event) for event in issue.counted if event.event in (_E.ANSWERED, _E.DECLINED)]
    if issue.joined_to_number:
        told.append(f"与同类问题（{issue.joined_to_number}）一并办理。")
    return "\n".join(one for one in told if one)


def handling_choices(issue: IssueRecord) -> tuple[Choice, ...]:
    """The ways an issue can take, with the ones taken ticked and the unit named."""
    done = _decisions(issue.counted)
    joined = issue.status is IssueStatus.JOINED
    assigned = _E.ASSIGNED in done
    return (
        Choice("当场答复", _E.ANSWERED in done),
        Choice("待办理", issue.status is IssueStatus.REGISTERED),
        Choice("并入同类问题", joined),
        Choice("转代表建议"),
        Choice("不予受理", _E.DECLINED in done),
        Choice(f"交办：{issue.unit}" if assigned else "交办：", assigned, alone=True),
    )


def result(issue: IssueRecord) -> str:
    """Replies and the settling, each with its date."""
    lines = []
    for event in issue.counted:
        if event.event in (_E.REPLIED, _E.SETTLED) and event.text:
            who = event.unit or event.deputy
            said = f"{who}：{event.text}" if who else event.text
            lines.append(f"{said}（{said_date(local(event.happened_at).date())}）")
    return "\n".join(lines)


def degree_choices(issue: IssueRecord) -> tuple[Choice, ...]:
    """The five degrees with the issue's own ticked."""
    return tuple(Choice(degree_word(one, paper), one is issue.degree) for one in Degree)


def rating_choices(issue: IssueRecord) -> tuple[Choice, ...]:
    """The three ratings with what the resident said last ticked."""
    said = ""
    for event in issue.counted:
        if event.event is _E.EVALUATED and event.details.get("rater") == Rater.RESIDENT:
            said = str(event.details.get("rating", ""))
    return tuple(Choice(rating_word(one, paper), one == said) for one in Rating)


def urgency_choices(issue: IssueRecord) -> tuple[Choice, ...]:
    """Both urgencies with the issue's own ticked."""
    return tuple(Choice(urgency_word(one, paper), one is issue.urgency) for one in Urgency)


def blank_ratings() -> tuple[Choice, ...]:
    """The three ratings with nothing ticked, for somebody to fill in."""
    return tuple(Choice(rating_word(one, paper)) for one in Rating)


def lead(issue: IssueRecord) -> str:
    """The title, where the text does not begin with it anyway."""
    return "" if issue.text.strip().startswith(issue.title) else issue.title


def urgency(issue: IssueRecord) -> str:
    """How soon it must be handled."""
    return urgency_word(issue.urgency, paper)


def due_on(issue: IssueRecord, clock: Clock) -> date | None:
    """When what ``clock`` measures is due, while it is awaited."""
    found = (one.due_on for one in issue.case.deadlines if one.clock is clock)
    return next((one for one in found if one is not None), None)


def due(issue: IssueRecord, clock: Clock) -> str:
    """The same day in words; empty while nothing is due."""
    found = due_on(issue, clock)
    return "" if found is None else said_date(found)


def state(issue: IssueRecord) -> str:
    """Where the issue stands, in a few words for a table."""
    if issue.status is IssueStatus.REGISTERED:
        return "待办理"
    word = status_word(issue.status, paper)
    if issue.status is IssueStatus.JOINED:
        return f"{word}{issue.joined_to_number}"
    if issue.status is IssueStatus.SETTLED and issue.degree is not None:
        return f"{word}：{degree_word(issue.degree, paper)}"
    if issue.unit and issue.status in (
        IssueStatus.ASSIGNED,
        IssueStatus.TAKEN_UP,
        IssueStatus.REPLIED,
    ):
        return f"{word}：{issue.unit}"
    return word


def _told(event: IssueEventRecord) -> str:
    why = str(event.details.get("why", ""))
    text = f"{why}。{event.text}" if why else event.text
    return f"{text}（{event.deputy}）" if text and event.deputy else text


def _decisions(events: Iterable[IssueEventRecord]) -> set[IssueEventKind]:
    """The acts that still hold."""
    done: set[IssueEventKind] = set()
    for event in events:
        if event.event in _UNDECIDED:
            done.clear()
        done.add(event.event)
    return done
