"""Backups are sound, few, and bring back what they hold; restoring is rehearsed here."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models import Resident
from db.vocabulary import Role
from station_app.config import DataDir
from station_app.errors import FaultKind, StoreFault
from station_app.store import Store, backup, keys, verify
from tests.store.conftest import ACTOR, Clock
from tests.store.people import add_resident
from tests.store.test_store import flip, names


@pytest.fixture(autouse=True)
def _slots(data: DataDir, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_COST", {"memory_kib": 256, "passes": 1, "lanes": 1})
    keys.add_slot(data, key, Role.HEAD, "first password")


def test_a_backup_holds_what_was_saved_and_opens_alone(
    data: DataDir, key: bytes, store: Store
) -> None:
    with store.write(ACTOR) as tx:
        add_resident(tx, "张伟")
    made = backup.backup_now(store)
    with store.write(ACTOR) as tx:
        add_resident(tx, "李丽")
    assert made.name == "station-20261110-090000-daily.db"
    assert {path.name for path in data.backups.iterdir()} == {
        made.name,
        made.with_suffix(".keys").name,
    }
    other = DataDir(data.root / "elsewhere")
    other.root.mkdir()
    made.rename(other.database)
    opened = Store.open(other, key)
    assert names(opened) == ["张伟"]
    assert verify.verify(opened, ACTOR).ok
    opened.close()


def test_seven_days_are_kept_and_of_each_day_the_newest(store: Store, clock: Clock) -> None:
    for _ in range(9):
        assert backup.due_today(store)
        backup.backup_now(store)
        clock.move(hours=1)
        backup.backup_now(store)
        assert not backup.due_today(store)
        clock.move(hours=23)
    days = [(one.made_at.day, one.made_at.hour) for one in backup.list_backups(store.data)]
    assert days == [(day, 10) for day in range(18, 11, -1)]
    assert len(list(store.data.backups.iterdir())) == 14


def test_restoring_is_rehearsed(data: DataDir, key: bytes, store: Store) -> None:
    with store.write(ACTOR) as tx:
        add_resident(tx, "张伟")
    made = backup.backup_now(store)
    with store.write(ACTOR) as tx:
        add_resident(tx, "李丽")
    store.close()
    aside = backup.restore(data, made, key)
    opened = Store.open(data, key)
    assert names(opened) == ["张伟"]
    assert verify.verify(opened, ACTOR).ok
    with opened.write(ACTOR) as tx:
        add_resident(tx, "王芳")
    opened.close()
    aside.replace(data.database)
    back = Store.open(data, key)
    assert names(back) == ["张伟", "李丽"]
    back.close()


def test_what_waits_in_the_log_of_the_replaced_file_is_kept(
    data: DataDir, key: bytes, store: Store
) -> None:
    made = backup.backup_now(store)
    with store.write(ACTOR) as tx:
        add_resident(tx, "张伟")
    # As after a power cut: the log was not folded into the file.
    log = data.database.with_name("station.db-wal").read_bytes()
    body = data.database.read_bytes()
    store.close()
    data.database.write_bytes(body)
    data.database.with_name("station.db-wal").write_bytes(log)
    aside = backup.restore(data, made, key)
    opened = Store.open(data, key)
    assert names(opened) == []
    opened.close()
    aside.replace(data.database)
    opened = Store.open(data, key)
    assert names(opened) == ["张伟"]
    opened.close()


def test_restoring_needs_the_store_closed_and_a_sound_backup(
    data: DataDir, key: bytes, store: Store
) -> None:
    with store.write(ACTOR) as tx:
        for number in range(100):
            add_resident(tx, f"张{number}")
    made = backup.backup_now(store)
    with pytest.raises(StoreFault) as busy:
        backup.restore(data, made, key)
    assert busy.value.kind is FaultKind.IN_USE
    store.close()
    flip(made, 60_000)
    with pytest.raises(StoreFault) as damaged:
        backup.restore(data, made, key)
    assert damaged.value.kind is FaultKind.DAMAGED
    opened = Store.open(data, key)
    assert len(names(opened)) == 100
    opened.close()


def test_for_a_damaged_file_the_newest_good_backup_is_offered(
    data: DataDir, key: bytes, store: Store, clock: Clock
) -> None:
    with store.write(ACTOR) as tx:
        add_resident(tx, "张伟")
    good = backup.backup_now(store)
    clock.move(days=1)
    bad = backup.backup_now(store)
    store.close()
    flip(bad, 50_000)
    flip(data.database, 500)
    with pytest.raises(StoreFault) as caught:
        Store.open(data, key)
    assert caught.value.kind is FaultKind.DAMAGED
    offered = backup.newest_good(data, key)
    assert offered is not None
    assert offered.path == good
    damaged = data.database.read_bytes()
    aside = backup.restore(data, offered.path, key)
    assert aside.read_bytes() == damaged
    opened = Store.open(data, key)
    assert names(opened) == ["张伟"]
    opened.close()


def test_after_restoring_accounts_are_of_then_and_passwords_of_today(
    data: DataDir, key: bytes, store: Store
) -> None:
    [head] = keys.list_slots(data)
    gone = keys.add_slot(data, key, Role.OPERATOR, "leaves later")
    made = backup.backup_now(store)
    keys.set_password(data, key, head.id, "new password")
    keys.remove_slot(data, gone.id)
    keys.add_slot(data, key, Role.VIEWER, "came later")
    store.close()
    backup.restore(data, made, key)
    assert keys.list_slots(data) == (head, gone)
    assert keys.unlock(data, head.id, "new password") == key
    assert keys.unlock(data, gone.id, "leaves later") == key


def test_a_backup_that_cannot_be_finished_leaves_nothing(
    data: DataDir, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "is_sound", lambda *_: False)
    with pytest.raises(StoreFault):
        backup.backup_now(store)
    assert list(data.backups.iterdir()) == []


def test_writing_goes_on_while_a_backup_runs(store: Store) -> None:
    with store.read(ACTOR) as tx:
        assert list(tx.session.scalars(select(Resident))) == []
        backup.backup_now(store)
    with store.write(ACTOR) as tx:
        add_resident(tx)
    assert len(names(store)) == 1
