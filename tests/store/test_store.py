"""Opening, reading, writing, and every misfortune of the file with its own way on."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from db.models import Audit, Resident
from station_app.config import DataDir
from station_app.errors import FaultKind, StoreFault
from station_app.store import Store, keys
from station_app.store.connection import connect
from station_app.store.transaction import driver_of
from tests.store.conftest import ACTOR, Clock
from tests.store.people import add_resident

ROOT = Path(__file__).parents[2]


def names(store: Store) -> list[str]:
    with store.read(ACTOR) as tx:
        return list(tx.session.scalars(select(Resident.name).order_by(Resident.created_at)))


def refused(kind: FaultKind, data: DataDir, key: bytes) -> str:
    with pytest.raises(StoreFault) as caught:
        Store.open(data, key)
    assert caught.value.kind is kind
    assert caught.value.text
    return caught.value.text


def test_what_was_saved_is_there_again(data: DataDir, key: bytes, store: Store) -> None:
    with store.write(ACTOR) as tx:
        add_resident(tx, "张伟")
    store.close()
    again = Store.open(data, key)
    assert names(again) == ["张伟"]
    again.close()


def test_one_moment_for_a_whole_transaction(data: DataDir, key: bytes) -> None:
    clock = Clock()
    clock.at = datetime(2026, 11, 9, 17, 30, tzinfo=UTC)
    zone = timezone(timedelta(hours=8))
    store = Store.create(data, key, clock=clock, zone=zone)
    with store.write(ACTOR) as tx:
        clock.move(minutes=5)
        assert tx.now == datetime(2026, 11, 9, 17, 30, tzinfo=UTC)
        assert f"{tx.today}" == "2026-11-10"
        assert tx.zone == zone
    store.close()


def test_create_never_touches_an_existing_file(data: DataDir, key: bytes, store: Store) -> None:
    with pytest.raises(FileExistsError):
        Store.create(data, keys.new_key())


def test_a_reading_transaction_cannot_write(store: Store) -> None:
    with store.write(ACTOR) as tx:
        add_resident(tx)
    with pytest.raises(RuntimeError, match="reading"), store.read(ACTOR) as tx:
        add_resident(tx)
    with pytest.raises(StoreFault), store.read(ACTOR) as tx:
        tx.session.execute(text("DELETE FROM resident"))
    assert len(names(store)) == 1


def test_a_reader_sees_one_snapshot_while_others_write(store: Store) -> None:
    with store.read(ACTOR) as reading:
        count = select(func.count(Resident.id))
        assert reading.session.scalar(count) == 0
        with store.write(ACTOR) as tx:
            add_resident(tx)
        assert reading.session.scalar(count) == 0
    assert len(names(store)) == 1


def test_writers_take_turns(store: Store) -> None:
    def add(number: int) -> None:
        for _ in range(5):
            with store.write(ACTOR) as tx:
                add_resident(tx, f"张{number}")

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(store)) == 20
    with store.read(ACTOR) as tx:
        seqs = list(tx.session.scalars(select(Audit.seq).order_by(Audit.seq)))
    assert seqs == list(range(1, 21))


def test_a_transaction_within_another_is_a_bug(store: Store) -> None:
    with pytest.raises(RuntimeError, match="within"), store.write(ACTOR), store.write(ACTOR):
        pass


def test_no_file_is_missing(data: DataDir, key: bytes) -> None:
    refused(FaultKind.MISSING, data, key)


def test_a_second_program_is_turned_away(data: DataDir, key: bytes, store: Store) -> None:
    code = (
        "import sys; from pathlib import Path; from station_app.config import DataDir;"
        "from station_app.store import Store\n"
        f"try: Store.open(DataDir(Path({str(data.root)!r})), bytes.fromhex({key.hex()!r}))\n"
        "except Exception as error: print(error.kind)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert said.stdout.strip() == "in_use"
    refused(FaultKind.IN_USE, data, key)
    store.close()
    Store.open(data, key).close()


def test_a_plain_sqlite_file_is_refused_and_not_touched(data: DataDir, key: bytes) -> None:
    data.root.mkdir()
    with sqlite3.connect(data.database) as plain:
        plain.execute("CREATE TABLE resident (id)")
    plain.close()
    before = data.database.read_bytes()
    refused(FaultKind.NOT_ENCRYPTED, data, key)
    assert data.database.read_bytes() == before


@pytest.mark.parametrize("place", [0, 30, 2000])
def test_a_broken_beginning_is_damage(data: DataDir, key: bytes, store: Store, place: int) -> None:
    store.close()
    flip(data.database, place)
    refused(FaultKind.DAMAGED, data, key)


def test_another_stations_key_does_not_open(data: DataDir, store: Store) -> None:
    store.close()
    refused(FaultKind.DAMAGED, data, keys.new_key())


def test_damage_in_the_middle_is_told_when_it_is_met(
    data: DataDir, key: bytes, store: Store
) -> None:
    with store.write(ACTOR) as tx:
        for number in range(300):
            add_resident(tx, f"张{number}", note="很长的备注" * 40)
    store.close()
    flip(data.database, page_of(data, key, "resident") + 100)
    again = Store.open(data, key)
    with pytest.raises(StoreFault) as caught, again.read(ACTOR) as tx:
        list(tx.session.scalars(select(Resident)))
    assert caught.value.kind is FaultKind.DAMAGED
    again.close()


def test_a_file_of_a_newer_program_is_left_alone(data: DataDir, key: bytes, store: Store) -> None:
    with store.write(ACTOR) as tx:
        tx.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    before = data.database.read_bytes()
    refused(FaultKind.NEWER, data, key)
    assert data.database.read_bytes() == before


def test_a_full_file_loses_nothing(store: Store) -> None:
    with store.write(ACTOR) as tx:
        add_resident(tx, "张伟")
        driver = driver_of(tx.session)
        pages = driver.execute("PRAGMA page_count").fetchone()[0]
        driver.execute(f"PRAGMA max_page_count={pages + 3}")
    with pytest.raises(StoreFault) as caught, store.write(ACTOR) as tx:
        add_resident(tx, "李丽", note="很长的备注" * 10_000)
    assert caught.value.kind is FaultKind.DISK_FULL
    assert "磁盘已满" in caught.value.text
    assert names(store) == ["张伟"]
    with store.write(ACTOR) as tx:
        driver_of(tx.session).execute("PRAGMA max_page_count=1000000")
        add_resident(tx, "李丽")
    assert names(store) == ["张伟", "李丽"]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of three megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if not made or made.returncode:
        pytest.skip("mounting needs root on Linux")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_loses_nothing(tiny_disk: Path, key: bytes) -> None:
    data = DataDir(tiny_disk)
    store = Store.create(data, key)
    saved = 0

    def save_on() -> None:
        nonlocal saved
        while True:
            with store.write(ACTOR) as tx:
                add_resident(tx, f"张{saved}", note="很长的备注" * 400)
            saved += 1

    with pytest.raises(StoreFault) as caught:
        save_on()
    assert caught.value.kind is FaultKind.DISK_FULL
    assert saved > 10
    assert len(names(store)) == saved
    store.close()
    again = Store.open(data, key)
    assert len(names(again)) == saved
    again.close()


def test_a_read_only_folder_is_told(tiny_disk: Path, key: bytes) -> None:
    data = DataDir(tiny_disk)
    Store.create(data, key).close()
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    refused(FaultKind.READ_ONLY, data, key)
    with pytest.raises(StoreFault) as caught:
        Store.create(DataDir(tiny_disk / "new"), key)
    assert caught.value.kind is FaultKind.READ_ONLY


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_told(data: DataDir, key: bytes, store: Store) -> None:
    store.close()
    data.lock.unlink()
    data.root.chmod(0o500)
    refused(FaultKind.READ_ONLY, data, key)
    data.root.chmod(0o700)


def test_no_word_of_a_record_lies_readable_on_disk(
    data: DataDir, store: Store, tmp_path: Path
) -> None:
    marks = ("欧阳秘密人", "13899998888", "幸福路机密弄")
    with store.write(ACTOR) as tx:
        for _ in range(50):
            add_resident(tx, marks[0], marks[1], address=marks[2])
    for moment in ("open", "closed"):
        looked = 0
        for path in data.root.rglob("*"):
            if path.is_file():
                body = path.read_bytes()
                looked += len(body)
                for mark in marks:
                    for encoding in ("utf-8", "utf-16-le", "gb18030"):
                        assert mark.encode(encoding) not in body, (moment, path.name)
        assert looked > 100_000
        store.close()


def page_of(data: DataDir, key: bytes, table: str) -> int:
    """Where the first page of a table begins in the closed file."""
    sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
    with closing(connect(data.database, key)) as driver:
        return int(driver.execute(sql, (table,)).fetchone()[0] - 1) * 4096


def flip(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes([byte[0] ^ 0xFF]))
