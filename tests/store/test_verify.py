"""Whatever was altered behind the program's back is found."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
import sqlcipher3

from station_app.config import DataDir
from station_app.domain.search import Found
from station_app.store import Store, search_index, verify
from station_app.store.connection import connect
from station_app.store.verify import Verification
from tests.store.conftest import ACTOR
from tests.store.people import add_issue, add_resident, add_visit
from tests.store.test_store import flip, page_of

SOUND = Verification(pages=(), references=0, audit_row=None, outbox_row=None, search=0)


@pytest.fixture
def altered(data: DataDir, key: bytes, store: Store) -> Callable[..., Verification]:
    """Alter the closed file as somebody with the key could, open it and verify."""
    with store.write(ACTOR) as tx:
        for number in range(4):
            visit = add_visit(tx, add_resident(tx, f"张{number}"), f"LF-{number}")
            add_issue(tx, visit, f"WZ-{number}", "路灯不亮")
    assert verify.verify(store, ACTOR) == SOUND
    store.close()

    def alter(*statements: str) -> Verification:
        with closing(connect(data.database, key)) as driver:
            driver.execute("PRAGMA foreign_keys=OFF")
            for sql in statements:
                driver.execute(sql)
        opened = Store.open(data, key)
        with closing(opened):
            return verify.verify(opened, ACTOR)

    return alter


@pytest.mark.parametrize(
    ("sql", "row"),
    [
        ("UPDATE audit SET actor_id = NULL WHERE seq = 3", 3),
        ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE seq = 5", 5),
        ("UPDATE audit SET fields = 'note' WHERE seq = 1", 1),
        ("UPDATE audit SET digest = zeroblob(32) WHERE seq = 12", 12),
        ("UPDATE audit SET link = zeroblob(32) WHERE seq = 7", 7),
        ("DELETE FROM audit WHERE seq = 6", 6),
        ("DELETE FROM audit WHERE seq = 12", 12),
        ("DELETE FROM audit WHERE seq > 8", 9),
        ("DELETE FROM audit", 1),
        (
            "UPDATE setting SET value = '\"' || hex(randomblob(32)) || '\"' WHERE name='audit_key'",
            1,
        ),
        (
            "INSERT INTO audit SELECT 13, at, actor_id, op, kind, record_id, fields, digest, link"
            " FROM audit WHERE seq = 12",
            13,
        ),
    ],
)
def test_an_altered_audit_is_found(
    altered: Callable[..., Verification], sql: str, row: int
) -> None:
    found = altered(sql)
    assert found.audit_row == row
    assert not found.ok
    assert found.sentences()


def test_the_order_of_the_audit_cannot_be_changed(altered: Callable[..., Verification]) -> None:
    found = altered(
        "UPDATE audit SET seq = 99 WHERE seq = 2",
        "UPDATE audit SET seq = 2 WHERE seq = 3",
        "UPDATE audit SET seq = 3 WHERE seq = 99",
    )
    assert found.audit_row == 2


def test_an_altered_waiting_change_is_found(altered: Callable[..., Verification]) -> None:
    found = altered("UPDATE outbox SET fields = replace(fields, '张1', '李1') WHERE mid = 4")
    assert found == replace(SOUND, outbox_row=4)


def test_acknowledged_changes_may_be_dropped(altered: Callable[..., Verification]) -> None:
    assert altered("DELETE FROM outbox WHERE mid < 9") == SOUND


def test_a_row_without_what_it_refers_to_is_found(altered: Callable[..., Verification]) -> None:
    found = altered("DELETE FROM resident WHERE name = '张2'")
    assert found.references == 2
    assert found.search == 1


def test_a_gap_in_the_search_index_is_found_and_mended(
    altered: Callable[..., Verification], data: DataDir, key: bytes
) -> None:
    found = altered("DELETE FROM find_text WHERE rowid IN (SELECT max(row) FROM find_row)")
    assert found == replace(SOUND, search=1)
    with closing(Store.open(data, key)) as store:
        verify.rebuild_search(store, ACTOR)
        assert verify.verify(store, ACTOR) == SOUND
        with store.read(ACTOR) as tx:
            assert len(search_index.find(tx, Found.ISSUE, "路灯")) == 4


def test_a_flipped_byte_is_found(
    altered: Callable[..., Verification], data: DataDir, key: bytes
) -> None:
    flip(data.database, page_of(data, key, "issue") + 700)
    with closing(Store.open(data, key)) as store:
        found = verify.verify(store, ACTOR)
    assert found.pages
    assert "备份" in found.sentences()[0]


def test_verifying_reads_one_snapshot_and_changes_nothing(store: Store) -> None:
    with store.write(ACTOR) as tx:
        add_resident(tx)
    before = _dump(store)
    assert verify.verify(store, ACTOR).ok
    assert _dump(store) == before


def _dump(store: Store) -> list[tuple[object, ...]]:
    driver: sqlcipher3.Connection
    with closing(connect(store.data.database, store.key)) as driver:
        return list(driver.execute("SELECT * FROM audit"))
