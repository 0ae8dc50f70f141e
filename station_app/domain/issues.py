"""Issues: the one table of transitions, and status as the fold of the events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from db.vocabulary import Degree, Handling, IssueEventKind, IssueStatus, Urgency
from station_app.errors import Conflict
from station_app.i18n import tr

_E = IssueEventKind
_S = IssueStatus

_WORKING = frozenset({_S.REGISTERED, _S.ANSWERED, _S.ASSIGNED, _S.REPLIED})

#: event → (states it may start from, state after; None: the state stays). A reply never settles.
TRANSITIONS: Mapping[IssueEventKind, tuple[frozenset[IssueStatus], IssueStatus | None]] = {
    _E.ANSWERED: (frozenset({_S.REGISTERED}), _S.ANSWERED),
    _E.DECLINED: (frozenset({_S.REGISTERED}), _S.DECLINED),
    _E.ASSIGNED: (_WORKING, _S.ASSIGNED),
    _E.SENT_BACK: (frozenset({_S.ASSIGNED}), _S.REGISTERED),
    _E.URGED: (frozenset({_S.ASSIGNED}), None),
    _E.REPLIED: (frozenset({_S.ASSIGNED}), _S.REPLIED),
    _E.EVALUATED: (frozenset({_S.ANSWERED, _S.REPLIED, _S.SETTLED}), None),
    _E.JOINED: (_WORKING, _S.JOINED),
    _E.SETTLED: (frozenset({_S.ANSWERED, _S.REPLIED}), _S.SETTLED),
    _E.REOPENED: (frozenset({_S.SETTLED, _S.DECLINED}), _S.REGISTERED),
    _E.NOTED: (frozenset(set(_S) - {_S.VOIDED}), None),
}

#: A new visit about a closed matter shows that it was not settled: it must not vanish into it.
CLOSED = frozenset({_S.SETTLED, _S.DECLINED, _S.VOIDED})


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """One issue as typed at the desk.

    ``join_to`` is the earlier issue about the same matter. ``answer`` is what the deputy said
    on the spot, ``deputy_id`` who said it. ``reason`` is the code why it is declined and
    ``instead`` where to go instead.
    """

    title: str
    text: str = ""
    category: str = ""
    place: str = ""
    urgency: Urgency = Urgency.NORMAL
    handling: Handling = Handling.TO_HANDLE
    join_to: UUID | None = None
    answer: str = ""
    deputy_id: UUID | None = None
    reason: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class IssueEventRecord:
    """One act of the history, with names for the screen."""

    id: UUID
    event: IssueEventKind
    happened_at: datetime
    actor: str
    deputy: str
    unit: str
    text: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """One issue whole: what was raised, where it stands, its history in order."""

    id: UUID
    edition: int
    number: str
    visit_id: UUID
    visit_number: str
    resident_id: UUID
    resident: str
    title: str
    text: str
    category: str
    category_name: str
    place: str
    urgency: Urgency
    registered_at: datetime
    status: IssueStatus
    unit: str
    joined_to: UUID | None
    joined_to_number: str
    joined_count: int
    people: int
    settled_at: datetime | None
    degree: Degree | None
    events: tuple[IssueEventRecord, ...]


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One issue in a list. ``people`` came with it, those of joined issues included."""

    id: UUID
    number: str
    title: str
    resident: str
    category_name: str
    place: str
    urgency: Urgency
    status: IssueStatus
    unit: str
    joined_count: int
    people: int
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class EarlierIssue:
    """One earlier issue that the typed one may belong to."""

    id: UUID
    number: str
    title: str
    status: IssueStatus
    registered_at: datetime
    joined_count: int


def issue_violations(draft: IssueDraft) -> list[tuple[str, str]]:
    """(field, sentence) for everything wrong with one issue as typed."""
    found = []
    if not (draft.title.strip() or draft.text.strip()):
        found.append(("text", tr("Write down what the visitor raised.")))
    if len(draft.text) > 5000:
        found.append(("text", tr("An issue's text has at most 5,000 characters.")))
    if len(draft.title) > 100:
        found.append(("title", tr("A title has at most 100 characters.")))
    if draft.handling is Handling.ANSWERED and not draft.answer.strip():
        found.append(("answer", tr("Write down what was answered.")))
    if draft.handling is Handling.DECLINED:
        if not draft.reason:
            found.append(("reason", tr("Choose why this is declined.")))
        if not draft.instead.strip():
            found.append(("instead", tr("Say where the visitor can go instead.")))
    return found


def after(status: IssueStatus, event: IssueEventKind) -> IssueStatus:
    """The status after ``event``. Raises Conflict when the event cannot start from ``status``.

    ``REGISTERED``, ``UNJOINED``, ``VOIDED`` and ``RESTORED`` are not in the table: the first
    begins a history, the others look at the history before them (see ``fold``).
    """
    allowed, then = TRANSITIONS[event]
    if status not in allowed:
        raise Conflict(tr("This issue has moved on meanwhile. Look at its history and act again."))
    return status if then is None else then


def fold(events: Iterable[IssueEventKind]) -> IssueStatus:
    """The status that follows from a whole history, oldest first.

    Un-joining and restoring return to the status before joining and voiding.
    Raises Conflict for a history that the table does not allow.
    """
    status = _S.REGISTERED
    earlier: list[IssueStatus] = []
    for event in events:
        if event is _E.REGISTERED:
            status = _S.REGISTERED
        elif event in (_E.JOINED, _E.VOIDED):
            earlier.append(status)
            status = _S.VOIDED if event is _E.VOIDED else after(status, event)
        elif event in (_E.UNJOINED, _E.RESTORED):
            if not earlier:
                raise Conflict(tr("There is nothing to take back."))
            status = earlier.pop()
        else:
            status = after(status, event)
    return status


def title_of(draft: IssueDraft) -> str:
    """The title as typed, or the first words of the text up to a stop, at most 24 characters."""
    title = draft.title.strip()
    if title:
        return title
    text = " ".join(draft.text.split())
    for position, character in enumerate(text[:24]):
        if character in "，。；：！？,;:!?" and position >= 4:
            return text[:position]
    return text[:24]
