"""A small station for the command line: one reception day with one visit."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from db.vocabulary import Role, StationKind
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.days import DayDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.station import StationDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services import days, visits
from station_app.store import keys

PASSWORD = "correct horse"


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    path = tmp_path / "password.txt"
    path.write_text(PASSWORD + "\r\nnot this line", "utf-8-sig")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    """A station of 10 November 2026 with one visit, closed again."""
    data = DataDir(tmp_path_factory.mktemp("made"))
    draft = StationDraft("葵英街道", "KY", StationKind.STATION, "人大代表联络站")

    def noon() -> datetime:
        return datetime(2026, 11, 10, 1, 0, tzinfo=UTC)

    wiring.set_up(data, draft, AccountDraft("王秀英", Role.HEAD), PASSWORD, clock=noon)
    opened = wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD, clock=noon)
    with opened.store.write(opened.actor) as tx:
        day = days.save_day(tx, DayDraft(date(2026, 11, 10), time(9), time(11, 30)))
        days.open_day(tx, day.id)
        visits.save_visit(
            tx, VisitDraft(Party(ResidentDraft("张三")), (IssueDraft("加装电梯"),), day.id)
        )
    opened.close()
    return data


@pytest.fixture
def station(made: DataDir, data: DataDir) -> DataDir:
    """A copy of that station for one test."""
    shutil.copytree(made.root, data.root)
    return data
