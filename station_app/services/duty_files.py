"""Gathers what a deputy did in a year for the duty file and the duty points; it only reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from db.models import (
    Activity,
    Assistance,
    Attendance,
    DeputySuggestion,
    Duty,
    Issue,
    IssueDeputy,
    IssueEvent,
    IssueFact,
    ReceptionDay,
    Resident,
    Visit,
)
from db.vocabulary import DayStatus, FactKind, IssueEventKind, IssueStatus
from station_app.domain.duty_files import (
    ActivityDone,
    DutyFile,
    HelpDone,
    IssueDone,
    PromiseDone,
    ReceptionDone,
    SuggestionDone,
    VisitsDone,
)
from station_app.domain.moments import local
from station_app.domain.redaction import redact, stand_ins
from station_app.services.deputies import get_deputy
from station_app.store import Tx

_HELD = (DayStatus.CLOSED, DayStatus.LOCKED)


def duty_file(tx: Tx, deputy_id: UUID, year: int) -> DutyFile:
    """What ``deputy_id`` did in ``year``, up to today. Raises NotFound."""
    return DutyFile(
        deputy=get_deputy(tx, deputy_id),
        year=year,
        receptions=_receptions(tx, deputy_id, year),
        visits=_visits(tx, deputy_id, year),
        issues=_issues(tx, deputy_id, year),
        promises=_promises(tx, deputy_id, year),
        suggestions=_suggestions(tx, deputy_id, year),
        activities=_activities(tx, deputy_id, year),
        help=_help(tx, deputy_id, year),
    )


def _receptions(tx: Tx, deputy_id: UUID, year: int) -> tuple[ReceptionDone, ...]:
    came = (
        select(Attendance.day_id, func.min(Attendance.checked_in_at).label("at"))
        .where(Attendance.deputy_id == deputy_id, Attendance.voided_at.is_(None))
        .group_by(Attendance.day_id)
        .subquery()
    )
    due = ReceptionDay.id.in_(select(Duty.day_id).where(Duty.deputy_id == deputy_id))
    query = (
        select(ReceptionDay, came.c.at, due.label("due"))
        .outerjoin(came, came.c.day_id == ReceptionDay.id)
        .where(
            _on_days(ReceptionDay.held_on, year),
            ReceptionDay.held_on <= tx.today,
            ReceptionDay.status != DayStatus.CANCELLED,
            or_(due, came.c.at.is_not(None)),
        )
        .order_by(ReceptionDay.held_on, ReceptionDay.starts)
    )
    return tuple(
        ReceptionDone(
            day.held_on, day.place, day.theme, bool(was_due), at,
            day.status in _HELD or day.held_on < tx.today,
        )
        for day, at, was_due in tx.session.execute(query)
    )  # fmt: skip


def _visits(tx: Tx, deputy_id: UUID, year: int) -> tuple[VisitsDone, ...]:
    raised = (
        select(func.count(Issue.id))
        .where(Issue.visit_id == Visit.id, Issue.status != IssueStatus.VOIDED)
        .scalar_subquery()
    )
    query = select(Visit.arrived_at, Visit.channel, Visit.party_size, raised).where(
        _in_year(tx, Visit.arrived_at, year),
        Visit.voided_at.is_(None),
        _named(Visit.deputy_ids, deputy_id),
    )
    found: dict[tuple[date, Any], list[int]] = defaultdict(lambda: [0, 0, 0])
    for at, channel, people, issues in tx.session.execute(query.order_by(Visit.arrived_at)):
        sums = found[local(at).date(), channel]
        sums[0], sums[1], sums[2] = sums[0] + 1, sums[1] + people, sums[2] + issues
    return tuple(VisitsDone(*key, *sums) for key, sums in found.items())


def _issues(tx: Tx, deputy_id: UUID, year: int) -> tuple[IssueDone, ...]:
    """Registered or settled in the year."""
    settled = (Issue.status == IssueStatus.SETTLED) & _in_year(tx, Issue.settled_at, year)
    query = (
        select(Issue, _named(Visit.deputy_ids, deputy_id).label("received"))
        .join(Visit, Visit.id == Issue.visit_id)
        .join(IssueDeputy, IssueDeputy.issue_id == Issue.id)
        .where(
            IssueDeputy.deputy_id == deputy_id,
            Issue.status != IssueStatus.VOIDED,
            or_(_in_year(tx, Issue.registered_at, year), settled),
        )
        .order_by(Issue.registered_at, Issue.id)
    )
    rows = tx.session.execute(query).all()
    private = _private(tx, [issue.id for issue, _ in rows])
    return tuple(
        IssueDone(
            local(issue.registered_at).date(),
            issue.number,
            redact(issue.title, private.get(issue.id, {})),
            bool(received),
            issue.status,
            issue.degree,
            _settled_on(issue),
        )
        for issue, received in rows
    )


def _settled_on(issue: Issue) -> date | None:
    if issue.status is not IssueStatus.SETTLED or issue.settled_at is None:
        return None
    return local(issue.settled_at).date()


def _promises(tx: Tx, deputy_id: UUID, year: int) -> tuple[PromiseDone, ...]:
    """Made in the year; a promise of a void or joined issue is none, nor is one taken back."""
    query = (
        select(IssueEvent, IssueFact.day, IssueFact.done, Issue.number)
        .join(IssueFact, IssueFact.event_id == IssueEvent.id)
        .join(Issue, Issue.id == IssueEvent.issue_id)
        .where(
            IssueEvent.event == IssueEventKind.COMMITTED,
            IssueEvent.deputy_id == deputy_id,
            _in_year(tx, IssueEvent.happened_at, year),
            IssueFact.kind == FactKind.PROMISE,
        )
        .order_by(IssueEvent.happened_at, IssueEvent.id)
    )
    rows = tx.session.execute(query).all()
    ids = {event.issue_id for event, *_ in rows}
    private, closed = _private(tx, ids), _closed(tx, ids)
    return tuple(
        PromiseDone(
            local(event.happened_at).date(),
            number,
            redact(event.text, private.get(event.issue_id, {})),
            due_on,
            kept,
            closed.get(event.id.hex) if kept is not None else None,
        )
        for event, due_on, kept, number in rows
    )


def _closed(tx: Tx, issue_ids: Collection[UUID]) -> dict[str, date]:
    """Promise (hex) → the day on which was said last whether it was kept."""
    if not issue_ids:
        return {}
    kinds = (IssueEventKind.KEPT, IssueEventKind.BROKEN)
    query = select(IssueEvent.details, IssueEvent.happened_at).where(
        IssueEvent.issue_id.in_(issue_ids), IssueEvent.event.in_(kinds)
    )
    rows = tx.session.execute(query.order_by(IssueEvent.happened_at, IssueEvent.id))
    told = ((str(details.get("promise")), at) for details, at in rows)
    return {promise.replace("-", ""): local(at).date() for promise, at in told}


def _suggestions(tx: Tx, deputy_id: UUID, year: int) -> tuple[SuggestionDone, ...]:
    row = DeputySuggestion
    query = select(row.drafted_on, row.title, row.official_number, row.stage, row.deputy_ids).where(
        _on_days(row.drafted_on, year), _named(row.deputy_ids, deputy_id)
    )
    found = tx.session.execute(query.order_by(row.drafted_on, row.id))
    return tuple(
        SuggestionDone(on, title, number, who[0] == deputy_id.hex, stage)
        for on, title, number, stage, who in found
    )


def _activities(tx: Tx, deputy_id: UUID, year: int) -> tuple[ActivityDone, ...]:
    took_part = select(Attendance.activity_id).where(
        Attendance.deputy_id == deputy_id, Attendance.voided_at.is_(None)
    )
    query = select(Activity.held_on, Activity.activity_kind, Activity.title, Activity.place).where(
        _on_days(Activity.held_on, year),
        Activity.held_on <= tx.today,
        ~Activity.cancelled,
        Activity.id.in_(took_part),
    )
    rows = tx.session.execute(query.order_by(Activity.held_on, Activity.starts, Activity.id))
    return tuple(ActivityDone(*row) for row in rows)


def _help(tx: Tx, deputy_id: UUID, year: int) -> tuple[HelpDone, ...]:
    row = Assistance
    query = select(row.held_on, row.people, row.amount, row.what).where(
        row.deputy_id == deputy_id, _on_days(row.held_on, year), row.voided_at.is_(None)
    )
    found = tx.session.execute(query.order_by(row.held_on, row.id))
    return tuple(HelpDone(on, people, fen, redact(what, {})) for on, people, fen, what in found)


def _private(tx: Tx, issue_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """Issue → what stands for the name and address of who raised it."""
    if not issue_ids:
        return {}
    query = (
        select(Issue.id, Resident.name, Resident.address)
        .join(Resident, Resident.id == Issue.resident_id)
        .where(Issue.id.in_(issue_ids))
    )
    return {one: stand_ins([(name, address)]) for one, name, address in tx.session.execute(query)}


def _on_days(day: Any, year: int) -> ColumnElement[bool]:
    found: ColumnElement[bool] = day.between(date(year, 1, 1), date(year, 12, 31))
    return found


def _in_year(tx: Tx, moment: Any, year: int) -> ColumnElement[bool]:
    first, last = (datetime.combine(date(at, 1, 1), time(), tx.zone) for at in (year, year + 1))
    found: ColumnElement[bool] = (moment >= first) & (moment < last)
    return found


def _named(listed: Any, deputy_id: UUID) -> ColumnElement[bool]:
    """Whether the deputy is among the hex ids of a JSON list."""
    values = func.json_each(listed).table_valued("value")
    return select(values.c.value).where(values.c.value == deputy_id.hex).exists()
