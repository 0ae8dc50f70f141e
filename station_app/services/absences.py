"""When deputies are away or have wishes, for the rota."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from db.models import Absence, Deputy
from station_app.domain.absences import AbsenceDraft, AbsenceRecord, check_absence
from station_app.domain.accounts import require_writer
from station_app.errors import NotFound
from station_app.i18n import tr
from station_app.store import Tx


def add_absence(tx: Tx, draft: AbsenceDraft) -> AbsenceRecord:
    """Write down that a deputy is away, or what they would like. Raises RuleViolation, NotFound."""
    require_writer(tx.actor)
    check_absence(draft)
    deputy = tx.session.get(Deputy, draft.deputy_id)
    if deputy is None:
        raise NotFound(tr("This deputy is no longer there."))
    row = Absence(
        deputy_id=draft.deputy_id,
        wish=draft.wish,
        first_on=draft.first_on,
        last_on=draft.last_on,
        note=draft.note.strip(),
    )
    tx.session.add(row)
    tx.session.flush()
    return _record(row, deputy.name)


def withdraw_absence(tx: Tx, absence_id: UUID, *, withdrawn: bool = True) -> None:
    """It was a mistake or is no longer so (or is again)."""
    require_writer(tx.actor)
    row = tx.session.get(Absence, absence_id)
    if row is None:
        raise NotFound(tr("This absence is no longer there."))
    row.withdrawn = withdrawn
    tx.session.flush()


def list_absences(
    tx: Tx, first: date, last: date, *, deputy_id: UUID | None = None
) -> tuple[AbsenceRecord, ...]:
    """Absences and wishes that touch the dates from ``first`` to ``last``, the earliest first."""
    query = (
        select(Absence, Deputy.name)
        .join(Deputy, Deputy.id == Absence.deputy_id)
        .where(Absence.withdrawn.is_(False), Absence.first_on <= last, Absence.last_on >= first)
        .order_by(Absence.first_on, Deputy.sort_key, Absence.id)
    )
    if deputy_id is not None:
        query = query.where(Absence.deputy_id == deputy_id)
    return tuple(_record(row, name) for row, name in tx.session.execute(query))


def _record(row: Absence, name: str) -> AbsenceRecord:
    return AbsenceRecord(row.id, row.deputy_id, name, row.wish, row.first_on, row.last_on, row.note)
