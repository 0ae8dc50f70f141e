"""What the tests of imported ledgers share: a row, importing it, and everything that is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from db.models import Base, Issue
from station_app.domain.issues import IssueRecord
from station_app.domain.ledgers import Fate, LedgerDraft, LedgerFile, LedgerImport, Undo
from station_app.domain.residents import ResidentDraft
from station_app.services import issues, ledger_undo, ledgers
from station_app.store.transaction import driver_of
from station_app.wiring import OpenStation

FILE = LedgerFile("2025台账.xlsx", "00", "台账")
DAY = date(2025, 5, 10)
ROW = LedgerDraft(3, DAY, ResidentDraft("张三", "13800000001", "桃源街12号"), "屋顶漏水三年")


def imported(station: OpenStation, *drafts: LedgerDraft, **how: Any) -> LedgerImport:
    with station.store.write(station.actor) as tx:
        return ledgers.import_ledger(tx, FILE, drafts, **how)


def taken_back(station: OpenStation, done: LedgerImport, **how: Any) -> Undo:
    assert done.batch_id is not None
    with station.store.write(station.actor) as tx:
        return ledger_undo.undo_import(tx, done.batch_id, **how)


def fates(done: LedgerImport) -> list[Fate]:
    return [one.fate for one in done.rows]


def one_issue(station: OpenStation, *drafts: LedgerDraft) -> IssueRecord:
    imported(station, *drafts)
    with station.store.read(station.actor) as tx:
        [ident] = tx.session.scalars(select(Issue.id))
        return issues.get_issue(tx, ident)


#: What an import may leave behind when it was taken back: numbers given out, and what happened.
_ALL = {"tally": "SELECT * FROM tally WHERE n <> 0"}
KEPT = {"counter", "outbox", "audit", "import_batch", "setting", "find_row"}


def everything(station: OpenStation) -> dict[str, list[Any]]:
    """Every row of every table that an import may not leave anything in."""
    with station.store.read(station.actor) as tx:
        driver = driver_of(tx.session)
        return {
            name: sorted(map(repr, driver.execute(_ALL.get(name, f"SELECT * FROM {name}"))))
            for name in Base.metadata.tables
            if name not in KEPT
        }
