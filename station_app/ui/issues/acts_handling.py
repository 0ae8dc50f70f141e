"""The acts that move an issue: answer, assign, reply, settle, and their way back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from db.vocabulary import Degree, IssueEventKind
from station_app.domain.issues import IssueRecord
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.services import issue_results, issues
from station_app.ui.issues.act import Act, Typed, day_of, id_of, ids_of, word_of

if TYPE_CHECKING:
    from station_app.store import Tx

_E = IssueEventKind


def _reply(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    promise, day = typed["promise"], typed["promise_on"]
    if day and day_of(day) is None:
        raise RuleViolation({"promise_on": tr("This is not a day. For example 1110.")})
    return issues.reply_issue(
        tx, issue_id, text=typed["text"], promise=promise, promise_on=day_of(day)
    )


def _settle(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    degree = word_of(Degree, typed["degree"])
    return issues.settle_issue(
        tx,
        issue_id,
        degree=degree,
        evidence=typed["evidence"],
        attachments=ids_of(typed["attachments"]),
    )


def _assign(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    unit_id, also = id_of(typed["unit_id"]), ids_of(typed["also"])
    return issues.assign_issue(tx, issue_id, unit_id=unit_id, also=also, text=typed["text"])


def _answer(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    deputy_id = id_of(typed["deputy_id"])
    return issues.answer_issue(tx, issue_id, text=typed["answer"], deputy_id=deputy_id)


def _decline(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    return issues.decline_issue(tx, issue_id, reason=typed["reason"], instead=typed["instead"])


def _rework(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    unit_id, also = id_of(typed["unit_id"]), ids_of(typed["also"])
    return issue_results.rework_issue(
        tx, issue_id, reason=typed["reason"], unit_id=unit_id, also=also
    )


def _advise(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    unit_id = id_of(typed["unit_id"])
    return issues.advise_on_issue(tx, issue_id, unit_id=unit_id, text=typed["text"])


def _join(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    into = id_of(typed["into"])
    if into is None:
        raise RuleViolation({"into": tr("Choose the issue it belongs to.")})
    return issues.join_issue(tx, issue_id, into=into)


def _typed_elsewhere(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    """A suggestion or a meeting takes several issues: it has a page of its own."""
    raise NotImplementedError


HANDLING: tuple[Act, ...] = (
    Act(
        _E.REPLIED, "Alt+R", "message-reply",
        lambda: tr("do|Register the reply"),
        lambda: tr("The reply is registered. The issue stays open until it is settled."),
        _reply,
    ),
    Act(
        _E.SETTLED, "Alt+S", "circle-check",
        lambda: tr("do|Settle"),
        lambda: tr("The issue is settled."),
        _settle,
    ),
    Act(
        _E.ASSIGNED, "Alt+A", "send",
        lambda: tr("do|Assign"),
        lambda: tr("The issue is assigned."),
        _assign,
    ),
    Act(
        _E.ANSWERED, "Alt+W", "message-check",
        lambda: tr("do|Answered on the spot"),
        lambda: tr("The answer is registered."),
        _answer,
    ),
    Act(
        _E.TAKEN_UP, "Alt+K", "user-check",
        lambda: tr("do|Taken up"),
        lambda: tr("The unit has taken it up."),
        lambda tx, one, typed: issues.take_up_issue(tx, one, text=typed["text"]),
    ),
    Act(
        _E.URGED, "Alt+U", "bell",
        lambda: tr("do|Urge"),
        lambda: tr("The urging is registered."),
        lambda tx, one, typed: issues.urge_issue(tx, one, text=typed["text"]),
    ),
    Act(
        _E.SENT_BACK, "Alt+B", "arrow-back-up",
        lambda: tr("do|Sent back"),
        lambda: tr("The issue is back with the station."),
        lambda tx, one, typed: issues.send_back_issue(tx, one, reason=typed["reason"]),
    ),
    Act(
        _E.ADVISED, "Alt+H", "message-plus",
        lambda: tr("do|Opinion of a co-handling unit"),
        lambda: tr("The opinion is registered."),
        _advise,
    ),
    Act(
        _E.DECLINED, "Alt+D", "ban",
        lambda: tr("do|Decline"),
        lambda: tr("The issue is declined."),
        _decline,
    ),
    Act(
        _E.REWORKED, "Alt+Q", "refresh",
        lambda: tr("do|Do it again"),
        lambda: tr("The unit does it again; its time begins anew."),
        _rework,
    ),
    Act(
        _E.REOPENED, "Alt+O", "refresh",
        lambda: tr("do|Reopen"),
        lambda: tr("The issue is taken up again."),
        lambda tx, one, typed: issues.reopen_issue(tx, one, reason=typed["reason"]),
    ),
    Act(
        _E.UNJOINED, "Alt+X", "unlink",
        lambda: tr("do|Take joining back"),
        lambda: tr("The issue stands alone again."),
        lambda tx, one, typed: issues.unjoin_issue(tx, one),
        pair=True,
    ),
    Act(
        _E.JOINED, "Alt+J", "arrows-join",
        lambda: tr("do|Join"),
        lambda: tr("The issue is joined."),
        _join,
        pair=True,
    ),
    Act(
        _E.NOTED, "Alt+N", "edit",
        lambda: tr("do|Note"),
        lambda: tr("The note is added."),
        lambda tx, one, typed: issues.note_issue(tx, one, text=typed["text"]),
    ),
    Act(
        _E.RAISED, "Alt+Shift+J", "file-text",
        lambda: tr("do|Raise to a suggestion"),
        lambda: "",
        _typed_elsewhere,
    ),
    Act(
        _E.MET, "Alt+Shift+M", "users-group",
        lambda: tr("do|Three-party meeting"),
        lambda: "",
        _typed_elsewhere,
    ),
)  # fmt: skip
