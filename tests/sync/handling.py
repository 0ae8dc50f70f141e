"""What is done with issues in a random history: from the unit to a suggestion and its undoing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from db.models import Deputy, DeputySuggestion, Issue, Meeting, Unit
from db.vocabulary import AskedHow, Degree, Rater, Rating, Supervisor
from station_app.domain.issues import IssueDraft
from station_app.domain.meetings import MeetingDraft, MeetingItem
from station_app.domain.residents import ResidentDraft
from station_app.domain.suggestions import SuggestionDraft, next_stage
from station_app.domain.visits import Party, VisitDraft
from station_app.services import (
    issue_care,
    issue_results,
    issues,
    meetings,
    suggestions,
    visits,
)
from station_app.store import Tx

Handle = Callable[[Tx, UUID], object]


def _unit(tx: Tx) -> Any:
    return tx.session.query(Unit).order_by(Unit.id).first()


def _deputies(tx: Tx) -> tuple[UUID, ...]:
    return tuple(one.id for one in tx.session.query(Deputy).order_by(Deputy.id).limit(1))


def _meet(tx: Tx, issue_id: UUID) -> object:
    item = MeetingItem(
        issue_id, "商定", promise="年内办好", promise_on=tx.today + timedelta(days=9)
    )
    draft = MeetingDraft(
        tx.today, "共议", (item,), deputy_ids=_deputies(tx), residents=("甲",), departments=("乙",)
    )
    return meetings.hold_meeting(tx, draft)


def _take_back_meeting(tx: Tx, _issue_id: UUID) -> object:
    row = tx.session.query(Meeting).order_by(Meeting.id).first()
    if row is not None:
        meetings.take_back_meeting(tx, row.id)
    return row


def _raise(tx: Tx, issue_id: UUID) -> object:
    draft = SuggestionDraft("建议", "装路灯", (issue_id,), _deputies(tx))
    return suggestions.raise_suggestion(tx, draft)


def _suggestion(tx: Tx) -> DeputySuggestion | None:
    return tx.session.query(DeputySuggestion).order_by(DeputySuggestion.id).first()


def _advance(tx: Tx, _issue_id: UUID) -> object:
    row = _suggestion(tx)
    stage = None if row is None else next_stage(row.stage)
    if row is None or stage is None:
        return None
    return suggestions.advance_suggestion(
        tx, row.id, stage=stage, text="办", unit_id=getattr(_unit(tx), "id", None),
        official_number=f"第 {tx.now:%S} 号", rating=Rating.SATISFIED,
    )  # fmt: skip


def _undo_step(tx: Tx, _issue_id: UUID) -> object:
    row = _suggestion(tx)
    step = None if row is None else suggestions.get_suggestion(tx, row.id).undoable
    return row and step and suggestions.undo_step(tx, row.id, step)


def _withdraw(tx: Tx, _issue_id: UUID) -> object:
    row = _suggestion(tx)
    return row and suggestions.withdraw_suggestion(tx, row.id, reason="另提")


def _undo(tx: Tx, issue_id: UUID) -> object:
    act = issues.get_issue(tx, issue_id).case.undoable
    return act and issues.undo_act(tx, issue_id, act)


HANDLING: dict[str, Handle] = {
    "assign": lambda tx, one: issues.assign_issue(
        tx, one, unit_id=getattr(_unit(tx), "id", None), text="转"
    ),
    "answer": lambda tx, one: issues.answer_issue(tx, one, text="答", deputy_id=None),
    "take up": issues.take_up_issue,
    "send back": lambda tx, one: issues.send_back_issue(tx, one, reason="不归我们"),
    "reply": lambda tx, one: issues.reply_issue(
        tx, one, text="已办", promise="月底完成", promise_on=tx.today + timedelta(days=20)
    ),
    "evaluate": lambda tx, one: issue_results.evaluate_issue(
        tx, one, rater=Rater.RESIDENT, rating=Rating.DISSATISFIED, how=AskedHow.PHONE
    ),
    "settle": lambda tx, one: issues.settle_issue(tx, one, degree=Degree.PLANNED, evidence="照片"),
    "rework": lambda tx, one: issue_results.rework_issue(tx, one, reason="没办好"),
    "reopen": lambda tx, one: issues.reopen_issue(tx, one, reason="又出现"),
    "supervise": lambda tx, one: issue_care.supervise_issue(
        tx, one, roles=dict.fromkeys(Supervisor, "张")
    ),
    "wait": lambda tx, one: issue_care.wait_for_resident(tx, one, reason="补材料"),
    "meet": _meet,
    "take the meeting back": _take_back_meeting,
    "raise": _raise,
    "advance": _advance,
    "undo a step": _undo_step,
    "withdraw": _withdraw,
    "undo": _undo,
    "join back": issues.unjoin_issue,
}


def handle(tx: Tx, row: Issue | None, act: str) -> None:
    """Do ``act`` to an issue, or have one come first; what the rules refuse is refused."""
    if row is None:
        tx.session.add(Unit(code="dw", name="单位"))
        draft = VisitDraft(Party(ResidentDraft("来人")), (IssueDraft(title="路灯"),))
        visits.save_visit(tx, draft)
    else:
        HANDLING[act](tx, row.id)
