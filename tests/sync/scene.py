"""Where a random history plays: three PCs, two stations, a region, a centre, and who hears all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from central.refused import Refused as CentreRefused
from db.wire import Problem
from station_app.sync.client import Refused
from station_app.sync.report import SyncReport
from tests.sync.centre import Centre
from tests.sync.counts import FAULTS
from tests.sync.desk import Bench, bench_from
from tests.sync.ear import Ear
from tests.sync.faults import Network
from tests.sync.oracle import Key, Known, Oracle

SIZES = st.sampled_from(["tiny", "small", "large"])


class Scene(RuleBasedStateMachine):
    """``centre`` and ``template`` (a folder with a set-up station) are given by who runs it.

    PCs ``a`` and ``b`` are of one station, ``c`` is of another, ``a2`` is a copy of a's disk.
    """

    centre: ClassVar[Centre]
    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="exchange-"))
        self.region = self.centre.region()
        self.homes = {"a": self.centre.station(), "c": self.centre.station()}
        self.streams = {home: f"S:{station.hex}" for home, station in self.homes.items()}
        self.oracles = {"a": Oracle(), "c": Oracle(), "R": Oracle()}
        self.ears = {home: Ear(self.oracles[home]) for home in self.homes}
        self.pcs: dict[str, Bench] = {}
        self.touched = ""
        self.images: dict[str, Path] = {}
        self.backup: tuple[Any, Oracle] | None = None
        self.revoked: set[str] = set()
        self.restored_centre = False
        self.stick: bytes | None = None
        self.stick_answer: bytes | None = None

    @initialize()
    def join(self) -> None:
        for home, ear in self.ears.items():
            ear.streams = {self.streams[home], self.region, "C:global"}
            ear.strangers = self.oracles["c" if home == "a" else "a"].records
        for name in ("a", "b", "c"):
            shutil.copytree(self.template, self.folder / name)
            self.pcs[name] = self.new_pc(name)
            self.pcs[name].join(self.centre.code(self.homes[home_of(name)]))

    def new_pc(self, name: str) -> Bench:
        """The PC whose disk is in the folder of its name."""
        ear = self.ears[home_of(name)]
        return bench_from(self.folder / name, Network(self.centre.way("small"), ear.heard))

    def read_floors(self) -> None:
        """From now on a cursor below these must get 410."""
        for home, ear in self.ears.items():
            for stream in (self.streams[home], self.region):
                [(floor,)] = self.centre.sql(
                    "SELECT floor_rev FROM stream WHERE stream_id = %s", stream
                )
                ear.floors[stream] = floor

    def nothing_to_repair(self, report: SyncReport | None) -> None:
        """Invariant 5: only a restore of the centre leaves something that a digest must find."""
        assert report is not None
        assert self.restored_centre or not report.repaired, "a digest had to repair (5)"

    @property
    def oracle(self) -> Oracle:
        """What the first station's stream must hold."""
        return self.oracles["a"]

    @property
    def own(self) -> str:
        """The first station's stream."""
        return self.streams["a"]

    def of_station(self, home: str) -> dict[str, Bench]:
        """The PCs of one station."""
        return {name: pc for name, pc in self.pcs.items() if home_of(name) == home}

    def known(self, kind: str, which: int, home: str = "a") -> tuple[Key, Known] | None:
        """One living record of a stream, as the oracle knows it."""
        found = sorted(self.oracles[home].known(kind), key=str)
        key = found[which % len(found)] if found else None
        return None if key is None else (key, self.oracles[home].records[key])


@contextmanager
def refused_for(problem: Problem) -> Iterator[None]:
    """The centre may refuse what is done here for this and for nothing else."""
    try:
        yield
    except (Refused, CentreRefused) as refused:
        if refused.refusal.problem is not problem:
            raise
        FAULTS[problem.value] += 1


def home_of(name: str) -> str:
    """The first PC of a PC's station."""
    return "c" if name == "c" else "a"
