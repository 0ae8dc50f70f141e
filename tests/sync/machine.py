"""Random histories of three PCs, two stations and a centre, with everything that goes wrong."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import httpx
import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from central.database import administered
from central.erasure import erase
from central.publish import Wanted, publish, withdraw
from central.upkeep import prune
from db import packing
from db.models import Deputy, Duty, ReceptionDay, Resident
from db.wire import Push
from station_app.domain.days import DayDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.errors import StationError
from station_app.services import days, issues, sync_state, visits
from station_app.store import Tx
from station_app.sync.client import Offline
from station_app.sync.digest import digest_of
from station_app.sync.identity import who_am_i
from station_app.sync.kinds import kinds
from station_app.sync.outbox import PENDING
from tests.sync.desk import Bench, bench_from
from tests.sync.faults import Fault, Killed, Network
from tests.sync.oracle import Oracle
from tests.sync.world import Centre

PCS = st.sampled_from(["a", "b"])
ANY = st.sampled_from(["a", "b", "c"])
WORDS = st.sampled_from(["甲", "乙", "丙", "丁"])
FIELDS = st.sampled_from(["name", "address", "note", "community"])
WHICH = st.integers(0, 5)


class Exchange(RuleBasedStateMachine):
    """``centre`` and ``template`` (a folder with a set-up station) are given by who runs it."""

    centre: ClassVar[Centre]
    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="exchange-"))
        self.homes = {"a": self.centre.station(), "c": self.centre.station()}
        self.homes["b"] = self.homes["a"]
        self.oracle = Oracle()
        self.other = Oracle()
        self.pcs: dict[str, Bench] = {}
        self.images: dict[str, Path] = {}
        self.backup: tuple[Any, Oracle] | None = None
        self.gone: set[str] = set()

    @initialize()
    def join(self) -> None:
        for name in ("a", "b", "c"):
            shutil.copytree(self.template, self.folder / name)
            network = Network(self.centre.transport, self._hear(name))
            self.pcs[name] = bench_from(self.folder / name, network)
            self.pcs[name].join(self.centre.code(self.homes[name]))

    def _hear(self, name: str) -> Callable[[httpx.Request, int, bytes, httpx.Headers], None]:
        def heard(request: httpx.Request, status: int, body: bytes, headers: httpx.Headers) -> None:
            if status != 200:
                return
            if request.url.path == "/v1/push":
                sent = packing.unpack(
                    request.content, request.headers.get("content-encoding", ""), 1 << 28
                )
                oracle = self.other if name[0] == "c" else self.oracle
                device = self.pcs[name].me.device_id.hex
                oracle.push(device, msgspec.json.decode(sent, type=Push))
            elif request.url.path in ("/v1/pull", "/v1/snapshot"):
                opened = packing.unpack(body, headers.get("content-encoding", ""), 1 << 28)
                pair = (self.oracle.records, self.other.records)
                own, strangers = reversed(pair) if name[0] == "c" else pair
                for _, one in strangers.keys() - own.keys():  # the template's are in both
                    assert one.hex.encode() not in opened, "a row of another station (13)"

        return heard

    # ------------------------------------------------------------------------ what people do

    @rule(pc=ANY, name=WORDS)
    def add(self, pc: str, name: str) -> None:
        self.pcs[pc].do(lambda tx: tx.session.add(_resident(name)))

    @rule(pc=ANY, which=WHICH, field=FIELDS, value=WORDS)
    def edit(self, pc: str, which: int, field: str, value: str) -> None:
        def act(tx: Tx) -> None:
            row = _nth(tx, Resident, which)
            if row is not None:
                setattr(row, field, value)

        self.pcs[pc].do(act)

    @rule(pc=PCS, name=WORDS)
    def receive(self, pc: str, name: str) -> None:
        draft = VisitDraft(Party(ResidentDraft(name)), (IssueDraft(title="路灯"),))
        self.pcs[pc].do(lambda tx: visits.save_visit(tx, draft))

    @rule(pc=PCS, which=WHICH, settle=st.booleans())
    def act_on_issue(self, pc: str, which: int, settle: bool) -> None:
        from db.models import Issue

        def act(tx: Tx) -> None:
            row = _nth(tx, Issue, which)
            if row is not None and settle:
                issues.answer_issue(tx, row.id, text="已答复", deputy_id=None)
            elif row is not None:
                issues.note_issue(tx, row.id, text="已看过")

        self.pcs[pc].do(act)

    @rule(pc=PCS, duties=st.integers(0, 2))
    def plan_day(self, pc: str, duties: int) -> None:
        def act(tx: Tx) -> None:
            people = tuple(one.id for one in tx.session.query(Deputy).limit(duties))
            row = _nth(tx, ReceptionDay, 0)
            draft = DayDraft(date(2026, 11, 10), time(9), time(11), deputy_ids=people)
            days.save_day(tx, draft, day_id=row.id if row else None)

        self.pcs[pc].do(act)

    @rule(pc=PCS, step=st.sampled_from(["open", "close", "reopen", "lock", "cancel"]))
    def move_day(self, pc: str, step: str) -> None:
        def act(tx: Tx) -> None:
            row = _nth(tx, ReceptionDay, 0)
            if row is not None:
                getattr(days, f"{step}_day")(tx, row.id)

        self.pcs[pc].do(act)

    @rule(pc=PCS, which=WHICH)
    def delete_duty_or_resident(self, pc: str, which: int) -> None:
        def act(tx: Tx) -> None:
            duty = _nth(tx, Duty, 0)
            row = duty or _nth(tx, Resident, which)
            if row is not None and not _referred(tx, row):
                tx.session.delete(row)

        self.pcs[pc].do(act)

    @rule(pc=PCS, wanted=st.booleans())
    def choose(self, pc: str, wanted: bool) -> None:
        def act(tx: Tx) -> None:
            for one in sync_state.list_conflicts(tx):
                if one.id is not None:
                    value = one.wanted if wanted else one.present
                    sync_state.resolve_conflict(tx, one.id, value)
                    return

        self.pcs[pc].do(act)

    @rule(pc=ANY, years=st.sampled_from([-1, 1]))
    def turn_clock(self, pc: str, years: int) -> None:
        self.pcs[pc].clock.at += timedelta(days=365 * years)

    # ---------------------------------------------------------------------- what the centre does

    @rule(which=WHICH, field=FIELDS, value=WORDS)
    def centre_edits(self, which: int, field: str, value: str) -> None:
        key = self._known("resident", which)
        if key is not None and self.oracle.records[key].body.get(field) != value:
            with administered(self.centre.settings) as connection:
                publish(connection, self.own, [Wanted(*key, {field: value})])
            self.oracle.centre_writes(key, **{field: value})

    @rule(which=WHICH, erased=st.booleans())
    def centre_removes(self, which: int, erased: bool) -> None:
        key = self._known("resident", which)
        if key is None:
            return
        with administered(self.centre.settings) as connection:
            if erased:
                erase(connection, self.own, (key[0], key[1].hex))
            else:
                withdraw(connection, self.own, *key)
        self.oracle.centre_removes(key, erased=erased)
        self.gone.add(key[1].hex)

    @rule()
    def centre_forgets_what_is_gone(self) -> None:
        with administered(self.centre.settings) as connection:
            prune(connection, gone_for=timedelta(0))
        for key, known in list(self.oracle.records.items()):
            if not known.alive:
                del self.oracle.records[key]
        self.backup = None

    # -------------------------------------------------------------------------- what goes wrong

    @rule(pc=ANY)
    def sync(self, pc: str) -> None:
        self.pcs[pc].sync()

    @rule(pc=ANY, at=st.integers(0, 6), fault=st.sampled_from(list(Fault)))
    def sync_badly(self, pc: str, at: int, fault: Fault) -> None:
        self.pcs[pc].sync(at=at, fault=fault)

    @rule(pc=ANY, at=st.integers(0, 12))
    def killed_in_a_transaction(self, pc: str, at: int) -> None:
        self.pcs[pc].sync(killed_at=at)

    @rule(pc=PCS)
    def take_image(self, pc: str) -> None:
        self.images[pc] = self.pcs[pc].image(self.folder / f"image-{pc}")

    @precondition(lambda self: self.images)
    @rule(pc=PCS)
    def restore_image(self, pc: str) -> None:
        if pc in self.images:
            self.pcs[pc].restore(self.images[pc])

    @precondition(lambda self: self.images and "a2" not in self.pcs)
    @rule(pc=PCS)
    def clone(self, pc: str) -> None:
        if pc in self.images:
            shutil.copytree(self.images[pc], self.folder / "a2")
            network = Network(self.centre.transport, self._hear("a2"))
            self.pcs["a2"] = bench_from(self.folder / "a2", network)

    @precondition(lambda self: "a2" in self.pcs)
    @rule(name=WORDS)
    def clone_works_on(self, name: str) -> None:
        self.pcs["a2"].do(lambda tx: tx.session.add(_resident(name)))
        self.pcs["a2"].sync()

    @rule()
    def centre_is_backed_up(self) -> None:
        self.backup = (self.centre.save(self.homes["a"]), self.oracle.copy())

    @precondition(lambda self: self.backup)
    @rule()
    def centre_is_restored(self) -> None:
        assert self.backup is not None
        saved, oracle = self.backup
        self.centre.restore(self.homes["a"], saved)
        self.oracle = oracle.copy()

    # -------------------------------------------------------------------------- what must hold

    @property
    def own(self) -> str:
        return f"S:{self.homes['a'].hex}"

    def _known(self, kind: str, which: int) -> tuple[str, UUID] | None:
        found = [key for key, one in self.oracle.records.items() if key[0] == kind and one.alive]
        return found[which % len(found)] if found else None

    @invariant()
    def a_pc_reads_its_own_writes(self) -> None:
        for pc in self.pcs.values():
            pc.check_own_writes()

    def teardown(self) -> None:
        try:
            if self.pcs:
                self._come_to_rest()
                self._compare()
        finally:
            for pc in self.pcs.values():
                pc.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _come_to_rest(self) -> None:
        """With a working network the queues empty in a bounded number of exchanges (8, 17)."""
        for _ in range(4):
            for pc in self.pcs.values():
                pc.sync(confirm=True)
        for name, pc in self.pcs.items():
            assert pc.rows("SELECT count(*) FROM outbox WHERE state = ?", PENDING) == [(0,)], name

    def _compare(self) -> None:
        for home, oracle in ((self.homes["a"], self.oracle), (self.homes["c"], self.other)):
            self._centre_is_what_it_heard(home, oracle)
            for name, pc in self.pcs.items():
                if self.homes["c" if name == "c" else "a"] == home:
                    self._pc_is_the_centre(name, pc, home)

    def _centre_is_what_it_heard(self, home: UUID, oracle: Oracle) -> None:
        """Invariants 1, 3, 7, 11, 12: exactly what was accepted, once."""
        rows = self.centre.records(home)
        there = {key: body for key, (_, body) in rows.items() if key[0] != "conflict"}
        wanted = {key: one.body for key, one in oracle.records.items() if one.alive}
        assert not _differences(there, wanted)
        versions = {key: one[0] for key, one in rows.items() if key[0] != "conflict"}
        assert versions == {key: one.version for key, one in oracle.records.items() if one.alive}
        conflicts = sum(key[0] == "conflict" for key in rows)
        assert conflicts == len(oracle.conflicts)

    def _pc_is_the_centre(self, name: str, pc: Bench, home: UUID) -> None:
        """Invariants 2, 5, 9: the same records, the same values, nothing that is gone."""
        stream = f"S:{home.hex}"
        rows = self.centre.records(home)
        here = pc.records()
        assert not _differences(here, rows), name
        assert not {one.hex for _, one in here} & self.gone
        head, digest = self.centre.stream(stream)
        assert pc.ask(lambda driver: digest_of(driver, stream, own=True)) == digest
        assert pc.rows("SELECT rev FROM cursor WHERE stream = ?", stream) == [(head,)]
        assert pc.rows("SELECT count(*) FROM shadow") == [(0,)]
        pc.check_derived()


def _differences(here: dict[Any, Any], there: dict[Any, Any]) -> list[Any]:
    """What one has and the other has not, as a reader of a failed history wants to see it."""
    return [
        (key, here.get(key), there.get(key))
        for key in sorted(here.keys() | there.keys(), key=str)
        if here.get(key) != there.get(key)
    ]


def _resident(name: str) -> Resident:
    return Resident(name=name, sort_key=name)


def _nth(tx: Tx, model: type[Any], which: int) -> Any:
    rows = tx.session.query(model).filter(model.stream == "").order_by(model.id).all()
    return rows[which % len(rows)] if rows else None


def _referred(tx: Tx, row: Any) -> bool:
    from db.models import Visit

    return (
        isinstance(row, Resident)
        and tx.session.query(Visit).filter(Visit.resident_id == row.id).first() is not None
    )


__all__ = ["Exchange", "Killed", "Offline", "StationError", "kinds", "who_am_i"]
