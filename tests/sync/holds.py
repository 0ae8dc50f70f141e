"""The seventeen things that must hold (docs/sync.md §12), each under its number.

Those of single answers are in ear.py (4, 7, 10, 11, 13, 14, 15), the emptied queue in
misfortune.py (8, 17); here are those of every moment (6) and of rest.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Set
from typing import Any
from uuid import UUID

from hypothesis.stateful import invariant

from station_app.sync.digest import digest_of
from tests.sync.counts import CHANGES
from tests.sync.desk import Bench
from tests.sync.oracle import APPENDED, Key, Oracle
from tests.sync.scene import Scene, home_of

ROUNDS = 6
_STAMPED = frozenset({"created_at", "present_actor_id", "wanted_actor_id", "present_hlc",
                      "wanted_hlc"})  # fmt: skip
_SETTLED = ("sent", "rejected", "dismissed", "conflict")


class Holds(Scene):
    """Comes to rest at the end of a history and compares everything with everything."""

    exchange: Callable[[str, str], None]
    join_anew: Callable[[], None]
    pictures_are_whole: Callable[[str, dict[Key, Any]], None]

    @invariant()
    def a_pc_reads_its_own_writes(self) -> None:
        """Invariant 6."""
        if self.touched in self.pcs:
            answered = self.ears[home_of(self.touched)].answered
            self.pcs[self.touched].check_own_writes(answered)

    def teardown(self) -> None:
        try:
            if self.pcs:
                self.comes_to_rest()
                for home, oracle in self.oracles.items():
                    self._look_at(home, oracle)
        finally:
            for pc in self.pcs.values():
                pc.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def comes_to_rest(self) -> None:
        """Invariant 17: with a working network all is quiet after a bounded number of rounds."""
        if self.revoked:
            self.join_anew()
        for number in range(ROUNDS):
            # Only after a restore of the centre may a digest find what nobody else can find.
            if not self._round(check=self.restored_centre and number == 1) and number:
                return
        raise AssertionError("never at rest (17)")

    def _round(self, *, check: bool) -> int:
        """Every PC exchanges once; how much there was to do."""
        done = 0
        for pc in self.pcs.values():
            pc.network.inner = self.centre.way("large")
            report = pc.sync(check=check)
            self.nothing_to_repair(report)
            assert report is not None
            done += report.repaired + report.sent + report.written + report.removed
        return done

    def _look_at(self, home: str, oracle: Oracle) -> None:
        letters = [pc.me.letter for name, pc in self.of_station(home).items() if name != "a2"]
        assert len(set(letters)) == len(letters), "two PCs with one letter"
        stream = self.streams.get(home, self.region)
        rows = self.centre.records(stream)
        self.nothing_acknowledged_is_missing(rows, oracle)
        self.revisions_have_no_hole(stream, oracle)
        self.nothing_gone_is_back(rows, oracle)
        self.history_is_whole(stream, rows)
        if home in self.homes:
            self.pictures_are_whole(home, rows)
        for name, pc in self.pcs.items() if home == "R" else self.of_station(home).items():
            here = pc.records("" if home in self.homes else stream)
            alone = {key for key, (version, _) in here.items() if version == 0}
            if not self.restored_centre:
                assert alone <= oracle.forgotten, f"{name} has what nobody has {alone} (5)"
            here = {key: one for key, one in here.items() if key not in alone}
            assert not alone & (oracle.gone - oracle.forgotten), "not told what is gone (9)"
            self.nothing_gone_is_back(here, oracle)
            self.pc_is_equal(name, here, rows)
            if home in self.homes:
                self.all_was_answered(pc, oracle)
                self.appended_are_as_many(here.keys(), rows)
                self.digests_are_equal(pc, stream)
                self.erased_is_erased(pc, oracle)
                pc.check_derived()

    @staticmethod
    def nothing_acknowledged_is_missing(rows: dict[Key, Any], oracle: Oracle) -> None:
        """Invariants 1, 3, 11, 16: what was accepted is there, once, with both sides' fields."""
        wanted = {key: _plain(key, one.body) for key, one in oracle.records.items() if one.alive}
        there = {key: _plain(key, body) for key, (_, body) in rows.items()}
        same(there, wanted, "the centre is not what it heard (1)")
        versions = {key: one[0] for key, one in rows.items()}
        told = {key: one.version for key, one in oracle.records.items() if one.alive}
        same(versions, told, "something counted twice (3)")

    def revisions_have_no_hole(self, stream: str, oracle: Oracle) -> None:
        """Invariant 4: as many revisions as changes, each given once."""
        head, _ = self.centre.stream(stream)
        assert head == oracle.head, "revisions and changes are not as many (4)"
        [(count, highest)] = self.centre.sql(
            "SELECT count(DISTINCT rev) - count(*), coalesce(max(rev), 0) FROM record"
            " WHERE stream_id = %s", stream,
        )  # fmt: skip
        assert count == 0, "a revision given twice (4)"
        assert highest <= head, "a revision beyond the head (4)"

    def history_is_whole(self, stream: str, rows: dict[Key, Any]) -> None:
        """Invariant 1: each version of what lives is in the history."""
        found = self.centre.sql(
            "SELECT kind, id, count(*), max(row_version) FROM record_history"
            " WHERE stream_id = %s GROUP BY kind, id", stream,
        )  # fmt: skip
        steps = {(kind, one): (count, last) for kind, one, count, last in found}
        for key, (version, _) in rows.items():
            assert steps[key] == (version, version), "a version without its history (1)"

    @staticmethod
    def all_was_answered(pc: Bench, oracle: Oracle) -> None:
        """Invariants 1, 2, 8, 15: the centre knows every change, the screen what it refused."""
        [(oldest,)] = pc.rows("SELECT min(mid) FROM outbox")
        assert oldest == 1, "forgotten because a clock said so (15)"
        CHANGES.update(dict(pc.rows("SELECT kind || ' ' || op, count(*) FROM outbox GROUP BY 1")))
        sql = "SELECT uuid, state, mid, kind, record_id, fields FROM outbox"
        for uuid, state, *about in pc.rows(sql):
            assert state in _SETTLED, "not answered (8)"
            outcome = oracle.outcomes.get(UUID(uuid))
            assert outcome is not None, f"acknowledged and forgotten (1) {about}"
            if outcome == "rejected":
                assert state in ("rejected", "dismissed"), "vanished without a word (2)"
            else:
                assert state in ("sent", "conflict"), (state, outcome, about)

    @staticmethod
    def nothing_gone_is_back(rows: dict[Key, Any], oracle: Oracle) -> None:
        """Invariant 9."""
        assert not rows.keys() & oracle.gone, "what was gone came back (9)"

    @staticmethod
    def pc_is_equal(name: str, here: dict[Key, Any], there: dict[Key, Any]) -> None:
        """Invariant 5: the same records, the same versions, the same values."""
        pictures = {key: (one[0], _plain(key, one[1])) if key[0] == "photo" else one
                    for key, one in there.items()}  # fmt: skip
        same(here, pictures, f"{name} is not the centre (5)")

    @staticmethod
    def appended_are_as_many(keys: Set[Key], rows: dict[Key, Any]) -> None:
        """Invariant 12: n appended anywhere are n everywhere."""
        there = Counter(kind for kind, _ in rows if kind in APPENDED)
        here = Counter(kind for kind, _ in keys if kind in APPENDED)
        assert here == there, "not as many as were appended (12)"

    def digests_are_equal(self, pc: Bench, stream: str) -> None:
        """Invariant 5: one number says so, and nothing waits."""
        head, digest = self.centre.stream(stream)
        assert pc.ask(lambda driver: digest_of(driver, stream, own=True)) == digest
        assert pc.rows("SELECT rev, mode FROM cursor WHERE stream = ?", stream) == [(head, "")]
        kinds = {row[0] for row in pc.rows("SELECT kind FROM shadow")}
        assert kinds <= {"kiosk"}, "a shadow of nothing"

    def erased_is_erased(self, pc: Bench, oracle: Oracle) -> None:
        """Invariant 9: of an erased record no word is left, neither here nor there."""
        for (kind, one), known in oracle.records.items():
            if known.erased:
                left = pc.rows(
                    "SELECT fields FROM outbox WHERE kind = ? AND record_id = ?"
                    " AND fields <> '{}'", kind, one.hex,
                )  # fmt: skip
                assert left == [], "erased and still in the queue (9)"
                left = self.centre.sql(
                    "SELECT diff FROM record_history WHERE id = %s AND stream_id <> ALL (%s)",
                    one, self._living_on((kind, one)),
                )  # fmt: skip
                assert left == [], "erased and still in the history (9)"

    def _living_on(self, key: Key) -> list[str]:
        """Where it lives all the same: a restore forgot at one station that it moved to another."""
        return [
            self.streams[home]
            for home in self.homes
            if (known := self.oracles[home].records.get(key)) is not None and known.alive
        ]


def _plain(key: Key, body: dict[str, Any]) -> dict[str, Any]:
    """A body without what the oracle does not follow, and pictures, which travel beside it."""
    if key[0] == "photo":
        return {name: value for name, value in body.items() if name != "body"}
    if key[0] != "conflict":
        return body
    return {name: value for name, value in body.items() if name not in _STAMPED}


def same(here: dict[Any, Any], there: dict[Any, Any], otherwise: str) -> None:
    """Raises AssertionError with what differs: pytest does not rewrite this one."""
    found = differences(here, there)
    if found:
        raise AssertionError("\n".join([otherwise, *map(str, found)]))


def differences(here: dict[Any, Any], there: dict[Any, Any]) -> list[Any]:
    """What one has and the other has not, as a reader of a failed history wants to see it."""
    return [
        (key, here.get(key), there.get(key))
        for key in sorted(here.keys() | there.keys(), key=str)
        if here.get(key) != there.get(key)
    ]
