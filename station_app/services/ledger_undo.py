"""Taking a whole import back: what nobody has worked on since goes, the rest stays and says why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

from db.models import (
    Account,
    Identity,
    ImportBatch,
    ImportRecord,
    ImportRow,
    Issue,
    IssueDeputy,
    IssueEvent,
    ReceptionDay,
    Resident,
    Visit,
)
from db.vocabulary import DayStatus, IssueEventKind
from station_app.domain.accounts import require_writer
from station_app.domain.ledgers import Batch, Undo
from station_app.errors import Conflict, ExchangeFault, NotFound
from station_app.i18n import tr
from station_app.services import ledger_traces as traces
from station_app.services.issue_act import add_event, refold
from station_app.services.issue_columns import Yardstick
from station_app.services.ledger_people import chunks
from station_app.services.visits import recount_residents
from station_app.store import Tx

_MODELS: dict[str, Any] = {
    "issue": Issue,
    "visit": Visit,
    "resident": Resident,
    "day": ReceptionDay,
}


def list_imports(tx: Tx, limit: int = 50) -> tuple[Batch, ...]:
    """The imports made on this PC, the latest first."""
    query = (
        select(ImportBatch, Account.name)
        .outerjoin(Account, Account.id == ImportBatch.actor_id)
        .order_by(ImportBatch.imported_at.desc(), ImportBatch.id.desc())
        .limit(limit)
    )
    return tuple(
        Batch(
            id=row.id,
            file=row.file,
            sheet=row.sheet,
            imported_at=row.imported_at,
            by=name or "",
            visits=row.visits,
            issues=row.issues,
            undone_at=row.undone_at,
        )
        for row, name in tx.session.execute(query)
    )


def undo_import(tx: Tx, batch_id: UUID, *, keep_worked_on: bool = False) -> Undo:
    """Take an import back, so that the station is as it was before.

    Paper numbers that were given out stay used. If the station exchanges with a centre, the
    records are voided instead, because the centre may have seen them.

    ``keep_worked_on``: rows that people have worked on since stay, and the others go. Without it
    such rows are a reason to leave all as it is.

    Raises NotFound, Conflict if it was taken back already, ExchangeFault with a reason for each row
    that people worked on, NotAllowed.
    """
    require_writer(tx.actor)
    batch = tx.session.get(ImportBatch, batch_id)
    if batch is None:
        raise NotFound(tr("This import is no longer there."))
    if batch.undone_at is not None:
        raise Conflict(tr("This import was taken back already."))
    found = _Batch(tx, batch_id)
    kept = found.worked_on()
    if kept and not keep_worked_on:
        text = tr("People have worked on {n} rows since; nothing was taken back.", n=len(kept))
        raise ExchangeFault(text, kept)
    gone = found.take_back(set(kept))
    if not kept:
        batch.undone_at = tx.now
    tx.session.flush()
    return Undo(gone, kept)


class _Batch:
    """The rows and records of one import, as they stand now."""

    def __init__(self, tx: Tx, batch_id: UUID) -> None:
        self._tx = tx
        self._id = batch_id
        session = tx.session
        self.rows = list(session.scalars(select(ImportRow).where(ImportRow.batch_id == batch_id)))
        self.records = {
            one.record_id: one
            for one in session.scalars(
                select(ImportRecord).where(ImportRecord.batch_id == batch_id)
            )
        }
        self._now: dict[UUID, Any] = {}
        for kind, model in _MODELS.items():
            ids = [one.record_id for one in self.records.values() if one.kind == kind]
            for chunk in chunks(ids):
                for row in session.scalars(select(model).where(model.id.in_(chunk))):
                    self._now[row.id] = row

    def worked_on(self) -> dict[int, str]:
        """Row number → why it cannot be taken back."""
        touched = traces.worked_on(self._tx, self.records, self._now)
        found: dict[int, str] = {}
        for row in self.rows:
            for ident in (row.issue_id, row.visit_id, row.resident_id, row.day_id):
                if ident in touched:
                    found.setdefault(row.row_number, touched[ident])
        return dict(sorted(found.items()))

    def take_back(self, kept_rows: set[int]) -> int:
        """Take everything back that the ``kept_rows`` do not stand on; how many rows went."""
        gone = [row for row in self.rows if row.row_number not in kept_rows]
        stays = {
            ident
            for row in self.rows
            if row.row_number in kept_rows
            for ident in (row.issue_id, row.visit_id, row.resident_id, row.day_id)
        }
        leaving = [one for ident, one in self.records.items() if ident not in stays]
        made = [self._now[one.record_id] for one in leaving if not one.completed]
        came = {row.resident_id for row in gone}
        if self._tx.session.scalar(select(func.count()).select_from(Identity)):
            self._void(made)
        else:
            self._remove(made)
        self._empty_again(leaving)
        self._forget(gone, leaving)
        alive = select(Resident.id).where(Resident.id.in_(came))
        recount_residents(self._tx, list(self._tx.session.scalars(alive)))
        return len(gone)

    def _void(self, made: list[Any]) -> None:
        """Void what was made: the register keeps it, no figure counts it."""
        reason = tr("The import was taken back.")
        for row in made:
            if isinstance(row, Visit):
                row.voided_at, row.void_reason = self._tx.now, reason
            elif isinstance(row, Resident):
                row.voided_at = self._tx.now
            elif isinstance(row, ReceptionDay):
                row.status = DayStatus.CANCELLED
            else:
                add_event(self._tx, row, IssueEventKind.VOIDED, text=reason)
        self._tx.session.flush()
        measure = Yardstick(self._tx)
        for row in made:
            if isinstance(row, Issue):
                refold(self._tx, row, measure)
        self._tx.session.flush()

    def _remove(self, made: list[Any]) -> None:
        """Delete what was made, with the changes that wait for a centre."""
        session = self._tx.session
        self._tx.withdraw = True
        issues = [row.id for row in made if isinstance(row, Issue)]
        for chunk in chunks(issues):
            for event in session.scalars(select(IssueEvent).where(IssueEvent.issue_id.in_(chunk))):
                session.delete(event)
            session.execute(delete(IssueDeputy).where(IssueDeputy.issue_id.in_(chunk)))
        for row in made:
            session.delete(row)
        session.flush()

    def _empty_again(self, leaving: Iterable[ImportRecord]) -> None:
        """Residents who were here before lack again what the ledger filled in."""
        for record in leaving:
            for name in record.completed:
                setattr(self._now[record.record_id], name, None if name == "gender" else "")

    def _forget(self, rows: list[ImportRow], records: list[ImportRecord]) -> None:
        for row in (*rows, *records):
            self._tx.session.delete(row)
        self._tx.session.flush()
