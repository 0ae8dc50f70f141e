"""Key slots: passwords, the recovery key, and what a key file may not tell."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.vocabulary import Role
from station_app.config import DataDir
from station_app.errors import Conflict, FaultKind, NotFound, StoreFault
from station_app.store import keys


@pytest.fixture(autouse=True)
def _light_argon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost is stored in each slot; a light one tests the same paths faster."""
    monkeypatch.setattr(keys, "_COST", {"memory_kib": 256, "passes": 1, "lanes": 1})


def test_each_password_opens_with_its_own_slot_only(data: DataDir, key: bytes) -> None:
    head = keys.add_slot(data, key, Role.HEAD, "head's password")
    desk = keys.add_slot(data, key, Role.OPERATOR, "desk password")
    assert keys.unlock(data, head.id, "head's password") == key
    assert keys.unlock(data, desk.id, "desk password") == key
    with pytest.raises(StoreFault) as caught:
        keys.unlock(data, head.id, "desk password")
    assert caught.value.kind is FaultKind.WRONG_PASSWORD


def test_slots_are_listed_by_role_and_number(data: DataDir, key: bytes) -> None:
    keys.add_slot(data, key, Role.HEAD, "one")
    first = keys.add_slot(data, key, Role.OPERATOR, "two")
    keys.add_slot(data, key, Role.OPERATOR, "three")
    listed = [(slot.role, slot.ordinal) for slot in keys.list_slots(data)]
    assert listed == [(Role.HEAD, 1), (Role.OPERATOR, 1), (Role.OPERATOR, 2)]
    keys.remove_slot(data, first.id)
    assert [slot.ordinal for slot in keys.list_slots(data)] == [1, 2]
    assert keys.add_slot(data, key, Role.OPERATOR, "four").ordinal == 3


def test_a_full_width_password_is_the_same_password(data: DataDir, key: bytes) -> None:
    slot = keys.add_slot(data, key, Role.HEAD, "Ａbc１２３")
    assert keys.unlock(data, slot.id, "Abc123") == key


def test_a_changed_password_replaces_the_old_one(data: DataDir, key: bytes) -> None:
    slot = keys.add_slot(data, key, Role.HEAD, "before")
    keys.set_password(data, key, slot.id, "after")
    assert keys.unlock(data, slot.id, "after") == key
    with pytest.raises(StoreFault):
        keys.unlock(data, slot.id, "before")


def test_the_last_slot_stays_and_unknown_ones_are_not_found(data: DataDir, key: bytes) -> None:
    slot = keys.add_slot(data, key, Role.HEAD, "only one")
    with pytest.raises(Conflict):
        keys.remove_slot(data, slot.id)
    with pytest.raises(NotFound):
        keys.unlock(data, "nobody", "only one")


def test_the_recovery_key_is_taken_however_it_is_typed(data: DataDir, key: bytes) -> None:
    keys.add_slot(data, key, Role.HEAD, "forgotten")
    written = keys.new_recovery_key()
    keys.set_recovery(data, key, written)
    assert keys.unlock_recovery(data, written) == key
    assert keys.unlock_recovery(data, f"  {written.lower().replace('-', ' ')} ") == key


def test_a_slip_and_a_strange_recovery_key_are_told_apart(data: DataDir, key: bytes) -> None:
    keys.add_slot(data, key, Role.HEAD, "forgotten")
    written = keys.new_recovery_key()
    keys.set_recovery(data, key, written)
    slip = ("A" if written[0] != "A" else "B") + written[1:]
    with pytest.raises(StoreFault, match="对照纸上") as mistyped:
        keys.unlock_recovery(data, slip)
    with pytest.raises(StoreFault, match="不是本站") as strange:
        keys.unlock_recovery(data, keys.new_recovery_key())
    assert mistyped.value.kind is strange.value.kind is FaultKind.WRONG_PASSWORD


def test_recovery_keys_avoid_letters_that_look_alike() -> None:
    for _ in range(50):
        written = keys.new_recovery_key()
        assert not set(written) & set("01OIL")
        assert [len(group) for group in written.split("-")] == [5] * 6


def test_a_viewers_slot_cannot_be_made_a_heads(data: DataDir, key: bytes) -> None:
    slot = keys.add_slot(data, key, Role.VIEWER, "look only")
    body = json.loads(data.keys.read_text())
    body["slots"][0]["role"] = "head"
    data.keys.write_text(json.dumps(body))
    with pytest.raises(StoreFault):
        keys.unlock(data, slot.id, "look only")


def test_a_key_file_holds_neither_the_key_nor_a_password(data: DataDir, key: bytes) -> None:
    keys.add_slot(data, key, Role.HEAD, "秘密口令")
    body = data.keys.read_bytes()
    assert key not in body
    assert key.hex().encode() not in body
    assert "秘密口令".encode() not in body
    if os.name != "nt":
        assert data.keys.stat().st_mode & 0o077 == 0


def test_a_cut_key_file_is_damaged_and_an_absent_one_missing(data: DataDir, key: bytes) -> None:
    with pytest.raises(StoreFault) as absent:
        keys.list_slots(data)
    assert absent.value.kind is FaultKind.MISSING
    keys.add_slot(data, key, Role.HEAD, "password")
    data.keys.write_bytes(data.keys.read_bytes()[:-40])
    with pytest.raises(StoreFault) as cut:
        keys.list_slots(data)
    assert cut.value.kind is FaultKind.DAMAGED


@pytest.mark.parametrize(
    ("right", "wrong"), [('"salt"', '"sold"'), ('"nonce": "', '"nonce": "zz'), ('"head"', '"lead"')]
)
def test_a_key_file_with_a_spoilt_slot_is_damaged(
    data: DataDir, key: bytes, right: str, wrong: str
) -> None:
    keys.add_slot(data, key, Role.HEAD, "password")
    whole = data.keys.read_text()
    assert keys.is_sound(data.keys)
    data.keys.write_text(whole.replace(right, wrong))
    with pytest.raises(StoreFault) as spoilt:
        keys.list_slots(data)
    assert spoilt.value.kind is FaultKind.DAMAGED
    assert not keys.is_sound(data.keys)


def test_a_failing_write_leaves_the_old_key_file(
    data: DataDir, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = keys.add_slot(data, key, Role.HEAD, "before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFault) as caught:
        keys.set_password(data, key, slot.id, "after")
    monkeypatch.undo()
    assert caught.value.kind is FaultKind.DISK_FULL
    assert keys.unlock(data, slot.id, "before") == key
    assert [path.name for path in data.root.iterdir()] == ["station.keys"]


def test_listing_slots_loads_nothing_heavy(data: DataDir, key: bytes) -> None:
    keys.add_slot(data, key, Role.HEAD, "password")
    code = (
        "import sys; from pathlib import Path; from station_app.config import DataDir;"
        "from station_app.store import keys;"
        f"keys.list_slots(DataDir(Path({str(data.root)!r})));"
        "heavy = {'sqlalchemy', 'argon2', 'cryptography', 'sqlcipher3'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert said.stdout.strip() == "[]"


def test_a_read_only_disk_is_told_even_though_nothing_can_be_tidied_up(
    data: DataDir, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "unlink", refuse)  # also for a file that is not there
    with pytest.raises(StoreFault) as caught:
        keys.add_slot(data, key, Role.HEAD, "one")
    assert caught.value.kind is FaultKind.READ_ONLY
