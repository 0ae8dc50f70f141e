"""Taking an imported ledger back: as if it had never been, but for what people worked on since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from db.models import Identity, Issue, ReceptionDay, Resident
from db.vocabulary import DayStatus, IssueStatus
from station_app.domain.issues import IssueDraft
from station_app.domain.ledgers import Fate
from station_app.domain.lists import Listing
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.errors import Conflict, ExchangeFault
from station_app.services import days, issues, ledger_undo, residents, visits
from station_app.store import Tx
from station_app.store.verify import verify
from station_app.wiring import OpenStation
from tests.services.old_ledgers import ROW, everything, fates, imported, taken_back


def handled(tx: Tx, issue_id: UUID) -> None:
    issues.note_issue(tx, issue_id, text="打过电话")


def joined(tx: Tx, issue_id: UUID) -> None:
    lead = Party(ResidentDraft("别人"))
    visits.save_visit(tx, VisitDraft(lead, (IssueDraft("同一件事", join_to=issue_id),)))


def came_again(tx: Tx, issue_id: UUID) -> None:
    resident_id = issues.get_issue(tx, issue_id).resident_id
    known = residents.get_resident(tx, resident_id)
    lead = Party(ResidentDraft(known.name, known.phone, known.address), resident_id)
    visits.save_visit(tx, VisitDraft(lead, (IssueDraft("又来了"),)))


def renamed(tx: Tx, issue_id: UUID) -> None:
    resident_id = issues.get_issue(tx, issue_id).resident_id
    residents.save_resident(tx, ResidentDraft("张珊", "13800000001"), resident_id=resident_id)


def locked(tx: Tx, issue_id: UUID) -> None:
    visit = visits.get_visit(tx, issues.get_issue(tx, issue_id).visit_id)
    assert visit.day_id is not None
    days.lock_day(tx, visit.day_id)


@pytest.mark.parametrize("act", [handled, joined, came_again, renamed, locked])
def test_what_people_worked_on_is_not_taken_back(station: OpenStation, act: Any) -> None:
    other = replace(
        ROW, row_number=8, held_on=date(2025, 6, 10), resident=ResidentDraft("李四"), text="路灯"
    )
    done = imported(station, ROW, other)
    with station.store.write(station.actor) as tx:
        act(tx, tx.session.scalars(select(Issue.id).where(Issue.text == ROW.text)).one())
    before = everything(station)
    with pytest.raises(ExchangeFault) as refused:
        taken_back(station, done)
    assert list(refused.value.rows) == [3]
    assert refused.value.rows[3]
    assert everything(station) == before
    rest = taken_back(station, done, keep_worked_on=True)
    assert (rest.taken_back, list(rest.kept)) == (1, [3])
    with station.store.read(station.actor) as tx:
        held = tx.session.scalars(select(ReceptionDay.held_on)).all()
        assert held == [ROW.held_on]
        assert not tx.session.scalars(select(Resident.id).where(Resident.name == "李四")).all()
    assert verify(station.store, station.actor).ok


def test_twice_taken_back_is_refused(station: OpenStation) -> None:
    done = imported(station, ROW)
    taken_back(station, done)
    with pytest.raises(Conflict):
        taken_back(station, done)
    with station.store.read(station.actor) as tx:
        [batch] = ledger_undo.list_imports(tx)
    assert (batch.file, batch.visits, batch.undone_at is not None) == ("2025台账.xlsx", 1, True)


@pytest.fixture
def joined_station(station: OpenStation) -> OpenStation:
    """A station that exchanges with a centre."""
    with station.store.write(station.actor) as tx:
        tx.session.add(
            Identity(
                id=1,
                url="https://centre.example",
                device_id=UUID(int=1),
                station_id=UUID(int=2),
                letter="A",
                sign_key=b"",
                seal_key=b"",
                centre_sign_key=b"",
                centre_seal_key=b"",
                joined_at=tx.now,
            )
        )
    return station


def test_with_a_centre_the_records_are_voided_and_can_be_imported_again(
    joined_station: OpenStation,
) -> None:
    done = imported(joined_station, ROW)
    taken_back(joined_station, done)
    with joined_station.store.read(joined_station.actor) as tx:
        assert tx.session.scalars(select(Issue.status)).all() == [IssueStatus.VOIDED]
        assert tx.session.scalars(select(ReceptionDay.status)).all() == [DayStatus.CANCELLED]
        assert residents.count_residents(tx, Listing("name")) == 0
    assert fates(imported(joined_station, ROW)) == [Fate.ADDED]
