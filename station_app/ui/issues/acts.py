"""What can be done with an issue: the acts its status allows, their keys and their services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from db.vocabulary import Degree, IssueEventKind, IssueStatus
from station_app.domain.issues import IssueRecord
from station_app.domain.transitions import allows
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.services import issues

if TYPE_CHECKING:
    from station_app.store import Tx

_E = IssueEventKind
_S = IssueStatus

#: What was typed into an act's form, as it is kept half-typed: ids in hex, enums by value.
Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its keys, its icon and the service that does it."""

    event: IssueEventKind
    keys: str
    icon: str
    run: Callable[[Tx, UUID, Typed], IssueRecord]


def _id(typed: str) -> UUID | None:
    return UUID(typed) if typed else None


def _answer(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    deputy_id = _id(typed["deputy_id"])
    return issues.answer_issue(tx, issue_id, text=typed["answer"], deputy_id=deputy_id)


def _settle(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    degree = Degree(typed["degree"]) if typed["degree"] else None
    return issues.settle_issue(tx, issue_id, degree=degree, evidence=typed["evidence"])


def _join(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    into = _id(typed["into"])
    if into is None:
        raise RuleViolation({"into": tr("Choose the issue it belongs to.")})
    return issues.join_issue(tx, issue_id, into=into)


#: In the order of the buttons; what leads on comes first.
ACTS: tuple[Act, ...] = (
    Act(
        _E.REPLIED,
        "Alt+R",
        "message-reply",
        lambda tx, one, typed: issues.reply_issue(tx, one, text=typed["text"]),
    ),
    Act(_E.SETTLED, "Alt+S", "circle-check", _settle),
    Act(
        _E.ASSIGNED,
        "Alt+A",
        "send",
        lambda tx, one, typed: issues.assign_issue(
            tx, one, unit_id=_id(typed["unit_id"]), text=typed["text"]
        ),
    ),
    Act(_E.ANSWERED, "Alt+W", "message-check", _answer),
    Act(
        _E.URGED,
        "Alt+U",
        "bell",
        lambda tx, one, typed: issues.urge_issue(tx, one, text=typed["text"]),
    ),
    Act(
        _E.SENT_BACK,
        "Alt+B",
        "arrow-back-up",
        lambda tx, one, typed: issues.send_back_issue(tx, one, reason=typed["reason"]),
    ),
    Act(
        _E.DECLINED,
        "Alt+D",
        "ban",
        lambda tx, one, typed: issues.decline_issue(
            tx, one, reason=typed["reason"], instead=typed["instead"]
        ),
    ),
    Act(
        _E.REOPENED,
        "Alt+O",
        "refresh",
        lambda tx, one, typed: issues.reopen_issue(tx, one, reason=typed["reason"]),
    ),
    Act(
        _E.UNJOINED,
        "Alt+X",
        "unlink",
        lambda tx, one, typed: issues.unjoin_issue(tx, one),
    ),
    Act(_E.JOINED, "Alt+J", "arrows-join", _join),
    Act(
        _E.NOTED,
        "Alt+N",
        "edit",
        lambda tx, one, typed: issues.note_issue(tx, one, text=typed["text"]),
    ),
)

#: The step that usually comes next.
PRIMARY: Mapping[IssueStatus, IssueEventKind] = {
    _S.REGISTERED: _E.ASSIGNED,
    _S.ASSIGNED: _E.REPLIED,
    _S.TAKEN_UP: _E.REPLIED,
    _S.REPLIED: _E.SETTLED,
    _S.ANSWERED: _E.SETTLED,
}


def acts_for(status: IssueStatus) -> tuple[Act, ...]:
    """The acts that ``status`` allows, the usual next step first."""
    allowed = [act for act in ACTS if allows(status, act.event)]
    first = PRIMARY.get(status)
    return tuple(sorted(allowed, key=lambda act: act.event is not first))


def act_of(event: IssueEventKind) -> Act:
    """The act that leaves ``event``."""
    return next(act for act in ACTS if act.event is event)


def act_name(event: IssueEventKind, status: IssueStatus) -> str:
    """What the button says."""
    if event is _E.ASSIGNED and status in (_S.ASSIGNED, _S.TAKEN_UP, _S.REPLIED):
        return tr("do|Assign to another")
    return {
        _E.REPLIED: tr("do|Register the reply"),
        _E.SETTLED: tr("do|Settle"),
        _E.ASSIGNED: tr("do|Assign"),
        _E.ANSWERED: tr("do|Answered on the spot"),
        _E.URGED: tr("do|Urge"),
        _E.SENT_BACK: tr("do|Sent back"),
        _E.DECLINED: tr("do|Decline"),
        _E.REOPENED: tr("do|Reopen"),
        _E.UNJOINED: tr("do|Take joining back"),
        _E.JOINED: tr("do|Join"),
        _E.NOTED: tr("do|Note"),
    }[event]


def done_message(event: IssueEventKind) -> str:
    """What the toast says afterwards."""
    return {
        _E.REPLIED: tr("The reply is registered. The issue stays open until it is settled."),
        _E.SETTLED: tr("The issue is settled."),
        _E.ASSIGNED: tr("The issue is assigned."),
        _E.ANSWERED: tr("The answer is registered."),
        _E.URGED: tr("The urging is registered."),
        _E.SENT_BACK: tr("The issue is back with the station."),
        _E.DECLINED: tr("The issue is declined."),
        _E.REOPENED: tr("The issue is taken up again."),
        _E.UNJOINED: tr("The issue stands alone again."),
        _E.JOINED: tr("The issue is joined."),
        _E.NOTED: tr("The note is added."),
    }[event]
