"""Visits: one act saves who came, what they raised and what was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from db.models import Issue, IssueEvent, ReceptionDay, Resident, Visit, VisitCompanion
from db.vocabulary import DayStatus, Handling, IssueEventKind, IssueStatus
from station_app.domain import numbers
from station_app.domain.accounts import require_writer
from station_app.domain.issues import IssueDraft, IssueRecord, title_of
from station_app.domain.station import StationRecord
from station_app.domain.visits import Party, VisitDraft, VisitRecord, check_visit, tidy_visit
from station_app.errors import Conflict, NotFound, RuleViolation
from station_app.i18n import tr
from station_app.services.blank_forms import take_blank_form, unused_blank_form
from station_app.services.deputies import deputy_briefs
from station_app.services.dictionaries import decline_details
from station_app.services.editions import paper_edition
from station_app.services.issue_act import add_event, refold
from station_app.services.issue_columns import Yardstick, fill_columns, note_deputies
from station_app.services.issue_records import account_name, issue_record
from station_app.services.issues import join_target
from station_app.services.numbers import next_number
from station_app.services.residents import fill_resident, resident_record, resident_row
from station_app.services.rules import rules_today
from station_app.services.station import get_station
from station_app.store import Tx

_E = IssueEventKind

#: What the desk itself can make of an issue; whatever came later must not vanish with a visit.
_UNTOUCHED = (
    IssueStatus.REGISTERED,
    IssueStatus.ANSWERED,
    IssueStatus.DECLINED,
    IssueStatus.JOINED,
)


def save_visit(tx: Tx, draft: VisitDraft) -> VisitRecord:
    """Save one arrival with its people and issues, all or nothing.

    Raises RuleViolation beside the fields, Conflict when the day is not open, NotAllowed.
    """
    require_writer(tx.actor)
    draft = tidy_visit(draft)
    check_visit(draft)
    if draft.arrived_at is not None and draft.arrived_at > tx.now:
        raise RuleViolation({"arrived_at": tr("This hour has not come yet.")})
    number = unused_blank_form(tx, draft.number) if draft.number.strip() else ""
    with tx.session.no_autoflush:  # one flush at the end: the queue waits for this act
        station = get_station(tx)
        sequence = _next_sequence(tx, draft.day_id)
        lead = _person(tx, draft.lead)
        others = [_person(tx, party) for party in draft.companions]
        visit = _new_visit(tx, draft, station, lead, sequence, number)
        named = [VisitCompanion(visit_id=visit.id, resident_id=one.id) for one in others]
        tx.session.add_all([visit, *named])
        measure = Yardstick(tx)
        raised = [_register(tx, station, visit, lead, one, measure) for one in draft.issues]
    tx.session.flush()
    if number:
        take_blank_form(tx, number, visit.id)
    records = tuple(issue_record(tx, issue, events, measure) for issue, events in raised)
    return _assembled(tx, visit, others, records)


def get_visit(tx: Tx, visit_id: UUID) -> VisitRecord:
    """One visit whole. Raises NotFound."""
    return visit_record(tx, _row(tx, visit_id))


def void_visit(tx: Tx, visit_id: UUID, *, reason: str) -> VisitRecord:
    """A visit was recorded by mistake: it and its issues are voided, their numbers stay used.

    Raises Conflict once somebody has acted on one of its issues after registering.
    """
    require_writer(tx.actor)
    row = _row(tx, visit_id)
    if not reason.strip():
        raise RuleViolation({"reason": tr("Write down why this is voided.")})
    _require_unlocked(tx, row)
    if row.voided_at is not None:
        raise Conflict(tr("This visit was voided already."))
    row.voided_at = tx.now
    row.void_reason = reason.strip()
    for issue in _issues(tx, row.id):
        if issue.joined_count:
            raise Conflict(tr("Other issues were joined to {number}.", number=issue.number))
        if issue.status not in _UNTOUCHED:
            raise Conflict(tr("{number} is being handled already.", number=issue.number))
        add_event(tx, issue, _E.VOIDED, text=reason.strip())
        tx.session.flush()
        refold(tx, issue)
    recount(tx, row)
    return visit_record(tx, row)


def restore_visit(tx: Tx, visit_id: UUID) -> VisitRecord:
    """Take a voiding back; every issue is again what it was."""
    require_writer(tx.actor)
    row = _row(tx, visit_id)
    if row.voided_at is None:
        raise Conflict(tr("This visit was not voided."))
    _require_unlocked(tx, row)
    row.voided_at = None
    row.void_reason = ""
    for issue in _issues(tx, row.id):
        add_event(tx, issue, _E.RESTORED)
        tx.session.flush()
        refold(tx, issue)
    recount(tx, row)
    return visit_record(tx, row)


def visit_record(tx: Tx, row: Visit) -> VisitRecord:
    """One visit whole, with its people, deputies and issues."""
    companions = _companions(tx, row.id) if row.party_size > 1 else ()
    issues = tuple(issue_record(tx, one) for one in _issues(tx, row.id))
    return _assembled(tx, row, companions, issues)


def _companions(tx: Tx, visit_id: UUID) -> Sequence[Resident]:
    query = (
        select(Resident)
        .join(VisitCompanion, VisitCompanion.resident_id == Resident.id)
        .where(VisitCompanion.visit_id == visit_id)
        .order_by(VisitCompanion.id)
    )
    return tx.session.scalars(query).all()


def recount(tx: Tx, visit: Visit) -> None:
    """Bring the visit figures of everybody named in ``visit`` in line with their visits."""
    tx.session.flush()
    companions = select(VisitCompanion.resident_id).where(VisitCompanion.visit_id == visit.id)
    recount_residents(tx, {visit.resident_id, *tx.session.scalars(companions)})


def recount_residents(tx: Tx, resident_ids: Iterable[UUID]) -> None:
    """Bring the visit figures of these residents in line with their visits."""
    for resident_id in resident_ids:
        with_others = select(VisitCompanion.visit_id).where(
            VisitCompanion.resident_id == resident_id
        )
        query = select(func.count(Visit.id), func.max(Visit.arrived_at)).where(
            (Visit.resident_id == resident_id) | Visit.id.in_(with_others),
            Visit.voided_at.is_(None),
        )
        row = resident_row(tx, resident_id)
        row.visit_count, row.last_visit_at = tx.session.execute(query).one()
    tx.session.flush()


def _assembled(
    tx: Tx, row: Visit, companions: Sequence[Resident], issues: tuple[IssueRecord, ...]
) -> VisitRecord:
    return VisitRecord(
        id=row.id,
        edition=paper_edition(tx, row),
        number=row.number,
        day_id=row.day_id,
        sequence=row.sequence,
        arrived_at=row.arrived_at,
        channel=row.channel,
        party_size=row.party_size,
        resident=resident_record(resident_row(tx, row.resident_id)),
        companions=tuple(resident_record(one) for one in companions),
        deputies=deputy_briefs(tx, [UUID(one) for one in row.deputy_ids]),
        issues=issues,
        note=row.note,
        recorder=account_name(tx, row.recorded_by),
        voided=row.voided_at is not None,
        void_reason=row.void_reason,
    )


def _new_visit(
    tx: Tx,
    draft: VisitDraft,
    station: StationRecord,
    lead: Resident,
    sequence: int,
    number: str,
) -> Visit:
    return Visit(
        number=number or next_number(tx, station, numbers.VISIT),
        day_id=draft.day_id,
        sequence=sequence,
        resident_id=lead.id,
        arrived_at=draft.arrived_at or tx.now,
        channel=draft.channel,
        party_size=draft.party_size,
        deputy_ids=[one.hex for one in draft.deputy_ids],
        note=draft.note,
        recorded_by=tx.actor.id,
    )


def _next_sequence(tx: Tx, day_id: UUID | None) -> int:
    if day_id is None:
        return 0
    day = tx.session.get(ReceptionDay, day_id)
    if day is None:
        raise NotFound(tr("This reception day is no longer there."))
    if day.status is not DayStatus.OPEN:
        raise Conflict(tr("This reception day is not open."))
    query = select(func.coalesce(func.max(Visit.sequence), 0)).where(Visit.day_id == day_id)
    return (tx.session.scalar(query) or 0) + 1


def _person(tx: Tx, party: Party) -> Resident:
    if party.id is None:
        row = Resident(visit_count=0)
        tx.session.add(row)
    else:
        row = resident_row(tx, party.id)
    fill_resident(row, party.draft)
    row.visit_count += 1
    row.last_visit_at = tx.now
    return row


def _register(
    tx: Tx,
    station: StationRecord,
    visit: Visit,
    lead: Resident,
    draft: IssueDraft,
    measure: Yardstick,
) -> tuple[Issue, list[IssueEvent]]:
    row = Issue(
        number=next_number(tx, station, numbers.ISSUE),
        visit_id=visit.id,
        resident_id=lead.id,
        title=title_of(draft),
        text=draft.text.strip(),
        category=draft.category,
        place=draft.place.strip(),
        urgency=draft.urgency,
        registered_at=tx.now,
        status=IssueStatus.REGISTERED,
    )
    tx.session.add(row)
    rules = {"rules": rules_today(tx, measure.rules).code}
    events = [add_event(tx, row, _E.REGISTERED, details=rules)]
    if draft.join_to is not None:
        target = join_target(tx, draft.join_to)
        events.append(add_event(tx, row, _E.JOINED, details={"into": target.id.hex}))
        target.joined_count += 1
    elif draft.handling is Handling.ANSWERED:
        facts: dict[str, Any] = {"text": draft.answer.strip(), "deputy_id": draft.deputy_id}
        events.append(add_event(tx, row, _E.ANSWERED, **facts))
    elif draft.handling is Handling.DECLINED:
        details = decline_details(tx, draft.reason)
        facts = {"text": draft.instead.strip(), "details": details}
        events.append(add_event(tx, row, _E.DECLINED, **facts))
    fill_columns(tx, row, events, measure)
    said = [] if draft.deputy_id is None or not draft.answer else [draft.deputy_id.hex]
    note_deputies(tx, row.id, [*visit.deputy_ids, *said])
    return row, events


def _row(tx: Tx, visit_id: UUID) -> Visit:
    row = tx.session.get(Visit, visit_id)
    if row is None:
        raise NotFound(tr("This visit is no longer there."))
    return row


def _issues(tx: Tx, visit_id: UUID) -> list[Issue]:
    query = select(Issue).where(Issue.visit_id == visit_id).order_by(Issue.number)
    return list(tx.session.scalars(query))


def _require_unlocked(tx: Tx, row: Visit) -> None:
    day = None if row.day_id is None else tx.session.get(ReceptionDay, row.day_id)
    if day is not None and day.status is DayStatus.LOCKED:
        raise Conflict(tr("This reception day is locked; corrections are added as notes."))
