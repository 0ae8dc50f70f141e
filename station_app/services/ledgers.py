"""Import of a ledger: residents recognised or made, visits on their days, issues as it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from db.models import ImportBatch, ImportRecord, ImportRow, Issue, ReceptionDay, Resident, Visit
from db.vocabulary import DayStatus, IssueStatus
from station_app.domain import numbers
from station_app.domain.accounts import require_writer
from station_app.domain.issues import IssueDraft, title_of
from station_app.domain.ledgers import (
    Fate,
    LedgerDraft,
    LedgerFile,
    LedgerImport,
    RowFate,
    fingerprints,
    said_text,
)
from station_app.domain.words import paper
from station_app.i18n import tr
from station_app.services.issue_columns import Yardstick, fill_columns, note_deputies
from station_app.services.ledger_days import Days
from station_app.services.ledger_history import Meant, history
from station_app.services.ledger_people import People, chunks
from station_app.services.ledger_words import Received, Words
from station_app.services.numbers import next_number
from station_app.services.rules import rules_today
from station_app.services.station import get_station
from station_app.store import Tx

#: Told how many rows are done of how many; it may raise to give the import up.
Report = Callable[[int, int], object]

#: Not more of a paper number is taken for one; a longer text stays in the visit's note.
_LONGEST_NUMBER = 40
_CLOSED = (IssueStatus.SETTLED, IssueStatus.DECLINED)


def import_ledger(
    tx: Tx, file: LedgerFile, drafts: Sequence[LedgerDraft], *, report: Report | None = None
) -> LedgerImport:
    """Import the rows of a ledger, all or nothing; what was imported before is left alone.

    Nothing that is here is changed, but that a resident whose phone or address is empty gets it.
    Raises NotAllowed, and whatever ``report`` raises.
    """
    require_writer(tx.actor)
    with tx.session.no_autoflush:  # one flush at the end
        made = _Import(tx, file, drafts)
        for at, (draft, mark) in enumerate(zip(drafts, fingerprints(drafts), strict=True)):
            if report is not None:
                report(at, len(drafts))
            made.take(draft, mark)
    return made.finish()


class _Import:
    """One import under way."""

    def __init__(self, tx: Tx, file: LedgerFile, drafts: Sequence[LedgerDraft]) -> None:
        self._tx, self._file = tx, file
        self._batch_id = uuid7()
        self._station = get_station(tx)
        self._words = Words(tx)
        self._measure = Yardstick(tx)
        self._rules = rules_today(tx, self._measure.rules).code
        self._known = _known_marks(tx, drafts)
        self._people = People(tx, {one.resident.name for one in drafts})
        self._days = Days(tx, {one.held_on for one in drafts})
        self._visits: dict[tuple[UUID | None, UUID], Visit] = {}
        self._raised: dict[tuple[UUID | None, UUID, str], int] = {}
        self._made_visits: list[Visit] = []
        self._issues: list[tuple[Issue, int]] = []
        self._rows: list[ImportRow] = []
        self._fates: list[RowFate] = []
        self._strangers: dict[str, None] = {}
        self._unstated = 0
        for visit, text in self._days.registered():
            self._visits.setdefault((visit.day_id, visit.resident_id), visit)
            self._raised[visit.day_id, visit.resident_id, said_text(text)] = 0

    def take(self, draft: LedgerDraft, mark: bytes) -> None:
        """Take one row in, unless it is here already."""
        if mark in self._known:
            self._tell(draft, Fate.KNOWN)
            return
        day = self._days.on(draft.held_on)
        if day.status is DayStatus.LOCKED:
            self._tell(draft, Fate.REFUSED, tr("This reception day is locked."))
            return
        found = self._people.find(draft.resident)
        if found is not None:
            earlier = self._raised.get((day.id, found.id, said_text(draft.text)))
            if earlier is not None:
                same = (tr("The same as row {row}.", row=earlier),) if earlier else ()
                self._tell(draft, Fate.PRESENT, *same)
                return
        self._register(draft, mark, day, self._people.take(draft.resident, found))

    def finish(self) -> LedgerImport:
        """Write everything down, and say what was done."""
        if self._rows:
            self._tx.session.flush()
            self._remember()
        return LedgerImport(
            batch_id=self._batch_id if self._rows else None,
            rows=tuple(self._fates),
            visits=len(self._made_visits),
            issues=len(self._issues),
            still_open=sum(issue.status not in _CLOSED for issue, _ in self._issues),
            days_made=len(self._days.made),
            residents_made=len(self._people.made),
            residents_known=len(self._people.recognised),
            unstated=self._unstated,
            strangers=tuple(self._strangers),
        )

    def _register(
        self, draft: LedgerDraft, mark: bytes, day: ReceptionDay, resident: Resident
    ) -> None:
        received = self._words.received(draft.deputies)
        self._strangers |= dict.fromkeys(received.strangers)
        self._unstated += draft.people is None
        visit = self._visits.get((day.id, resident.id))
        self._tell(draft, Fate.ADDED if visit is None else Fate.JOINED)
        if visit is None:
            visit = self._new_visit(draft, day, resident, received)
        meant = Meant(
            self._words.category(draft.category) if draft.category else "",
            self._words.unit(draft.unit) if draft.unit else None,
            received.known[0] if len(received.known) == 1 else None,
            self._rules,
        )
        issue = self._new_issue(draft, visit, meant)
        note_deputies(self._tx, issue.id, received.known)
        self._raised[day.id, resident.id, said_text(draft.text)] = draft.row_number
        self._rows.append(
            ImportRow(
                mark=mark,
                batch_id=self._batch_id,
                row_number=draft.row_number,
                issue_id=issue.id,
                visit_id=visit.id,
                resident_id=resident.id,
                day_id=day.id,
            )
        )

    def _new_visit(
        self, draft: LedgerDraft, day: ReceptionDay, resident: Resident, received: Received
    ) -> Visit:
        local = datetime.combine(draft.held_on, draft.at or day.starts, self._tx.zone)
        visit = Visit(
            number=next_number(self._tx, self._station, numbers.VISIT, on=draft.held_on),
            day_id=day.id,
            sequence=self._days.next_sequence(day.id),
            resident_id=resident.id,
            arrived_at=local.astimezone(UTC),
            channel=draft.channel,
            party_size=draft.people or 1,
            deputy_ids=[one.hex for one in received.known],
            note="\n".join(_note(draft, self._file, received.strangers)),
            recorded_by=self._tx.actor.id,
        )
        self._tx.session.add(visit)
        self._people.came(resident, visit.arrived_at)
        self._visits[day.id, resident.id] = visit
        self._made_visits.append(visit)
        return visit

    def _new_issue(self, draft: LedgerDraft, visit: Visit, meant: Meant) -> Issue:
        own = draft.number if len(draft.number) <= _LONGEST_NUMBER else ""
        issue = Issue(
            number=own or next_number(self._tx, self._station, numbers.ISSUE, on=draft.held_on),
            visit_id=visit.id,
            resident_id=visit.resident_id,
            title=title_of(IssueDraft("", draft.text)),
            text=draft.text,
            category=meant.category,
            place=draft.place,
            registered_at=visit.arrived_at,
            status=IssueStatus.REGISTERED,
        )
        events = history(self._tx, issue, draft, meant)
        self._tx.session.add_all([issue, *events])
        fill_columns(self._tx, issue, events, self._measure)
        self._issues.append((issue, len(events)))
        return issue

    def _tell(self, draft: LedgerDraft, fate: Fate, *notes: str) -> None:
        self._fates.append(RowFate(draft.row_number, fate, notes))

    def _remember(self) -> None:
        """Keep what belongs to this import, as it stands now."""
        file, session = self._file, self._tx.session
        batch = ImportBatch(
            id=self._batch_id,
            file=file.name,
            sha256=file.sha256,
            sheet=file.sheet,
            imported_at=self._tx.now,
            actor_id=self._tx.actor.id,
            visits=len(self._made_visits),
            issues=len(self._issues),
        )
        session.add_all([batch, *self._rows])
        for made in (*self._days.made, *self._people.made, *self._made_visits):
            self._keep(made)
        for issue, events in self._issues:
            self._keep(issue, events=events)
        for resident, names in self._people.completed.items():
            self._keep(resident, completed=names)
        session.flush()

    def _keep(self, record: Any, *, events: int = 0, completed: Sequence[str] = ()) -> None:
        self._tx.session.add(
            ImportRecord(
                record_id=record.id,
                batch_id=self._batch_id,
                kind=record.kind,
                edition=record.edition,
                events=events,
                completed=list(completed),
            )
        )


def _known_marks(tx: Tx, drafts: Sequence[LedgerDraft]) -> set[bytes]:
    known: set[bytes] = set()
    for chunk in chunks(fingerprints(drafts)):
        query = select(ImportRow.mark).where(ImportRow.mark.in_(chunk))
        known.update(tx.session.scalars(query))
    return known


def _note(draft: LedgerDraft, file: LedgerFile, strangers: Sequence[str]) -> Iterator[str]:
    """What the visit's note says: where it comes from, and what has no field of its own."""
    place = draft.serial or str(draft.row_number)
    yield f"{paper('ledger|From the ledger')}：{file.name} {place}"
    if draft.number:
        yield f"{paper('ledger|Paper number')}：{draft.number}"
    if strangers:
        yield f"{paper('ledger|Receiving deputies')}：{'、'.join(strangers)}"
    if draft.note:
        yield f"{paper('ledger|Remark')}：{draft.note}"
