"""A file of the time before casework: opened, its issues have their days and their counts."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config

from db.vocabulary import IssueStatus, Role, Turn
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.issue_views import View
from station_app.domain.issues import IssueDraft
from station_app.domain.lists import Listing
from station_app.services import issue_filters, issue_records, issues
from station_app.store import keys, upgrade
from station_app.store.connection import connect, write_engine
from tests.services.casework import Clock, Office
from tests.services.conftest import PASSWORD, STATION


def test_an_older_file_gets_its_days_and_counts_when_it_is_opened(tmp_path: Path) -> None:
    data, clock = DataDir(tmp_path / "station"), Clock()
    wiring.set_up(data, STATION, AccountDraft("王秀英", Role.HEAD), PASSWORD, clock=clock)
    slot = keys.list_slots(data)[0].id
    station = wiring.open_station(data, slot, PASSWORD, clock=clock)
    office = Office(station, clock)
    first = office.come("李建国", IssueDraft("加装电梯"))
    office.act(issues.assign_issue, first.id, unit_id=office.units[0])
    office.come("王芳", IssueDraft("停车难"))
    key = station.key
    station.close()
    make_older(data, key)

    again = wiring.open_station(data, slot, PASSWORD, clock=clock)
    with closing(again), again.store.read(again.actor) as tx:
        rows = issue_records.list_issues(tx, Listing("registered_at")).rows
        assert {row.title: (row.status, row.turn, row.due_on) for row in rows} == {
            "加装电梯": (IssueStatus.ASSIGNED, Turn.UNIT, date(2026, 12, 1)),
            "停车难": (IssueStatus.REGISTERED, Turn.STATION, date(2026, 11, 13)),
        }
        counts = issue_filters.count_views(tx)
        assert (counts[View.TO_DO], counts[View.DUE_SOON], counts[View.ALL]) == (1, 1, 2)
        mine = Listing("registered_at", filters={"deputy_id": office.deputy})
        assert len(issue_records.list_issues(tx, mine).rows) == 2


def make_older(data: DataDir, key: bytes) -> None:
    """Put the records into a file as it was before revision 0003."""
    newer = data.database.rename(data.root / "newer.db")
    engine = write_engine(data.database, key)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(upgrade.SCRIPTS))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "0002")
    engine.dispose()
    with closing(connect(data.database, key)) as driver:
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute(f"ATTACH DATABASE ? AS newer KEY \"x'{key.hex()}'\"", (str(newer),))
        kept = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'find%'"
        for (table,) in driver.execute(kept).fetchall():
            if table not in ("alembic_version", "sqlite_sequence"):
                names = ", ".join(f'"{one}"' for one in columns(driver, "main", table))
                driver.execute(
                    f"INSERT INTO main.{table} ({names}) SELECT {names} FROM newer.{table}"
                )
        assert "turn" not in columns(driver, "main", "issue")
        driver.commit()


def columns(driver: Any, schema: str, table: str) -> list[str]:
    return [row[1] for row in driver.execute(f"PRAGMA {schema}.table_info({table})")]
