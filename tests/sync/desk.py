"""One PC of the random histories: a real file that can be killed, imaged and put back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Set
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import msgspec
import sqlcipher3

from db.vocabulary import Role
from db.wire import Problem
from station_app.config import DataDir
from station_app.domain.accounts import Actor
from station_app.errors import StationError
from station_app.services import sync_state
from station_app.store import Store, Tx
from station_app.store.transaction import driver_of
from station_app.store.verify import (
    altered_audit_row,
    altered_outbox_row,
    search_gaps,
    verify,
)
from station_app.sync import outbox
from station_app.sync.client import Offline, Refused
from station_app.sync.derive import Touched
from station_app.sync.enrolment import join
from station_app.sync.identity import Me, who_am_i
from station_app.sync.kinds import kinds
from station_app.sync.once import sync_once
from station_app.sync.report import SyncReport
from station_app.sync.rows import GONE, bodies, versions
from tests.sync.faults import Fault, Killed, Network
from tests.sync.fragile import Fragile
from tests.sync.world import URL, Clock

Answer = TypeVar("Answer")


@dataclass
class Bench:
    """One PC."""

    data: DataDir
    key: bytes
    actor: Actor
    network: Network
    clock: Clock
    store: Fragile
    problems: list[str] = field(default_factory=list)
    #: Whether an older image was ever put back here: what only this disk had may be lost.
    restored: bool = False

    @property
    def me(self) -> Me:
        return who_am_i(self.store)

    def join(self, code: str) -> None:
        join(self.store, self.actor, URL, code, transport=self.network)

    def do(self, act: Callable[[Tx], Any], *, killed_at: int | None = None) -> None:
        """An act of a person; what the rules forbid changes nothing."""
        self.store.edges = killed_at
        try:
            with suppress(StationError), self.store.write(self.actor) as tx:
                act(tx)
        except Killed:
            self.start_again()
        self.store.edges = None

    def sync(
        self,
        *,
        at: int = 0,
        fault: Fault | None = None,
        killed_at: int | None = None,
        confirm: bool = False,
        check: bool = False,
        step: Callable[[str], None] = lambda _: None,
    ) -> SyncReport | None:
        """One exchange, or what is left of it after the fault; then there is no report."""
        if confirm:
            self.do(sync_state.confirm_removals)
        self.network.fault, self.network.asked = None, 0
        if fault:
            self.network.break_at(at, fault)
        self.store.edges = killed_at
        try:
            return sync_once(self.store, transport=self.network, check=check, step=step)
        except Offline:
            assert fault, "the network worked"
        except Refused as refused:
            if refused.problem is not Problem.BUSY or fault is not Fault.BUSY:
                raise
        except Killed:
            self.start_again()
        finally:
            self.store.edges = None
            self.network.fault = None
        return None

    def take_stick(self, read: Callable[[Store, bytes], SyncReport], file: bytes) -> None:
        """The centre's answer, carried here on a stick."""
        read(self.store, file)

    def start_again(self) -> None:
        """The program after its end, however that came."""
        self.store.close()
        self.store = _open(self.data, self.key, self.clock)

    def image(self, to: Path) -> Path:
        """A copy of everything, as an image of the disk has it."""
        self.store.close()
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.data.root, to)
        self.store = _open(self.data, self.key, self.clock)
        return to

    def restore(self, image: Path) -> None:
        self.store.close()
        self.restored = True
        shutil.rmtree(self.data.root)
        shutil.copytree(image, self.data.root)
        self.store = _open(self.data, self.key, self.clock)

    def close(self) -> None:
        self.store.close()

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.ask(lambda driver: driver.execute(sql, values).fetchall())

    def ask(self, act: Callable[[sqlcipher3.Connection], Answer]) -> Answer:
        with self.store.read(self.actor) as tx:
            return act(driver_of(tx.session))

    def records(self, stream: str = "") -> dict[tuple[str, UUID], tuple[int, dict[str, Any]]]:
        """Everything of a stream ("" is the station's own): version and body."""
        whole = stream or self.me.own

        def read(driver: sqlcipher3.Connection) -> dict[Any, Any]:
            found = {}
            for kind in kinds().values():
                known = dict(
                    driver.execute(
                        f"SELECT id, row_version FROM {kind.table} WHERE stream = ?", (stream,)
                    ).fetchall()
                )
                for one, body in bodies(driver, kind, known).items():
                    found[kind.name, UUID(one)] = (known[one], body)
            for name, one, version, body in driver.execute(
                "SELECT kind, record_id, row_version, body FROM shadow WHERE stream = ?", (whole,)
            ):
                if name not in kinds():  # kept for the day this program is upgraded
                    found[name, UUID(one)] = (version, msgspec.json.decode(body))
            return found

        return self.ask(read)

    def check_own_writes(self, answered: Set[UUID] = frozenset()) -> None:
        """Invariant 6: whatever waits is what one sees, whatever was pulled meanwhile.

        What was ``answered`` once and waits again, after a restore, may have given way since, to
        the centre or to a later edit of somebody else. What the centre has refused without a
        word to this PC (the answer was lost, lies on a stick or in quarantine) is still seen.
        """

        def look(driver: sqlcipher3.Connection) -> None:
            waiting = outbox.pending_of(driver, outbox.pending_keys(driver))
            for (name, one), changes in waiting.items():
                there = versions(driver, kinds()[name], [one])  # a held place is nothing
                body = bodies(driver, kinds()[name], there).get(one)
                if body is None:
                    continue
                wanted: dict[str, Any] = {}
                for one_change in changes:
                    if one_change.uuid in answered:
                        continue
                    wanted |= {field: pair[1] for field, pair in one_change.fields.items()}
                for field_name, value in wanted.items():
                    if value is not None and (name, field_name) != ("photo", "body"):
                        assert body.get(field_name) == value, f"{name}.{field_name} (6)"

        self.ask(look)

    def check_derived(self) -> None:
        """What is kept for speed is what follows from the records."""
        before = self.rows(_DERIVED_ISSUES), self.rows(_DERIVED_PEOPLE)
        with self.store.write(self.actor) as tx:
            driver = driver_of(tx.session)
            touched = Touched(driver)
            for kind in kinds().values():
                ids = [
                    row[0]
                    for row in driver.execute(
                        f"SELECT id FROM {kind.table} WHERE stream <> ?", (GONE,)
                    )
                ]
                touched.written(kind.name, ids, bodies(driver, kind, ids).values())
            touched.settle(tx)
        after = self.rows(_DERIVED_ISSUES), self.rows(_DERIVED_PEOPLE)
        assert after == before, set(before[0] + before[1]) ^ set(after[0] + after[1])
        if next(_LOOKS) % _WHOLE_FILE == 0:
            found = verify(self.store, self.actor)
            assert found.ok, found
        else:
            self.ask(_check_contents)


def _check_contents(driver: sqlcipher3.Connection) -> None:
    """As ``verify``, without decrypting each page of the file, which costs more than the rest."""
    assert driver.execute("PRAGMA foreign_key_check").fetchall() == []
    assert altered_audit_row(driver) is None
    assert altered_outbox_row(driver) is None
    assert search_gaps(driver) == 0


_LOOKS, _WHOLE_FILE = count(), 8
_DERIVED_ISSUES = (
    "SELECT id, status, joined_to, joined_count, unit_id, resident_id FROM issue ORDER BY id"
)
_DERIVED_PEOPLE = "SELECT id, visit_count, last_visit_at FROM resident ORDER BY id"


def bench_from(folder: Path, network: Network) -> Bench:
    """The PC whose file lies in ``folder``; its key lies beside it, as only tests do."""
    data = DataDir(folder)
    facts = msgspec.json.decode((folder / "facts.json").read_bytes())
    key = bytes.fromhex(facts["key"])
    actor = Actor(UUID(facts["actor"]), "王秀英", Role.HEAD)
    clock = Clock()
    return Bench(data, key, actor, network, clock, _open(data, key, clock))


def _open(data: DataDir, key: bytes, clock: Clock) -> Fragile:
    return Fragile.open(data, key, clock=clock)
