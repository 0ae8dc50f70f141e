"""Random histories of three PCs, two stations and a centre, with every fault, as many as wanted.

    run.py drill sync [--examples 1000] [--seed N] [--processes 2]

Each history ends at rest, and then the seventeen things of docs/sync.md §12 must hold. The same
seed with as many examples and processes gives the same histories again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, NamedTuple

#: Small runs, so that a violation is told soon and each run can be tried again alone.
RUN = 25


class Told(NamedTuple):
    """What one run of histories did."""

    seed: int
    examples: int
    seconds: float
    counts: dict[str, Counter[str]]
    violation: str


def main(argv: Sequence[str]) -> int:
    """Run the drill; the exit code is 0 if everything held in every history."""
    parser = argparse.ArgumentParser(prog="run.py drill sync", description="random histories")
    parser.add_argument("--examples", type=int, default=1000, help="how many histories")
    parser.add_argument("--seed", type=int, default=None, help="for the same histories again")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args(argv)
    seed = time.time_ns() % 1_000_000 if asked.seed is None else asked.seed
    _say(f"seed {seed}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # its processes are told in turn
    began = time.monotonic()
    runs = [
        (seed + number, min(RUN, asked.examples - number * RUN))
        for number in range(-(-asked.examples // RUN))
    ]
    told, total = list[Told](), Counter[str]()
    context = multiprocessing.get_context("spawn")
    with context.Pool(asked.processes, initializer=_prepare) as pool:
        for one in pool.imap_unordered(_run, runs):
            told.append(one)
            done = sum(each.examples for each in told)
            if one.violation:
                total["violations"] += 1
                _say(f"\nVIOLATION; again: --seed {one.seed} --examples {one.examples}")
                _say(one.violation)
            if len(told) % 4 == 0 or one.violation:
                rate = done / (time.monotonic() - began)
                _say(f"{done} histories, {rate:.1f}/s, {total['violations']} violations")
        pool.close()
        pool.join()
    _report(told, time.monotonic() - began)
    return 1 if total["violations"] else 0


def _report(told: list[Told], seconds: float) -> None:
    for title in ("rules", "faults", "changes", "outcomes"):
        counts = sum((one.counts[title] for one in told), Counter[str]())
        _say(f"\n{title}:")
        for name, count in counts.most_common():
            _say(f"  {count:>9,}  {name}")
    histories = sum(one.examples for one in told)
    violations = sum(bool(one.violation) for one in told)
    _say(f"\n{histories:,} histories, {violations} violations, {seconds:.0f} s")


_world: dict[str, Any] = {}


def _prepare() -> None:
    """One PostgreSQL and one template for a process; it is forgotten with everything in it."""
    from central.embedded import EmbeddedPostgres
    from tests.sync.world import make_template

    signal.signal(signal.SIGTERM, _end)
    memory = Path("/dev/shm")
    base = str(memory) if memory.is_dir() and os.access(memory, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="drill-", dir=base))
    folder.chmod(0o755)  # where the drill runs as root the server has a user of its own
    _world["postgres"] = EmbeddedPostgres(folder / "data")
    tempfile.tempdir = str(folder)  # not before: the server's lock outlives the folder
    make_template(folder / "template")
    _world["folder"] = folder
    Finalize(None, _forget, exitpriority=10)


def _end(*_: Any) -> None:
    """Ended by a signal, a drill leaves no server and no folder behind either.

    It exits here and now: Hypothesis would take a SystemExit for a fault that it has found.
    """
    try:
        if "folder" in _world:
            _forget()
    finally:
        os._exit(1)


def _forget() -> None:
    try:
        _world["postgres"].stop()
    finally:
        shutil.rmtree(_world["folder"], ignore_errors=True)


def _run(given: tuple[int, int]) -> Told:
    from tests.sync import counts
    from tests.sync.centre import Centre
    from tests.sync.machine import try_histories

    seed, examples = given
    for one in (counts.RULES, counts.FAULTS, counts.OUTCOMES, counts.CHANGES):
        one.clear()
    began, violation = time.monotonic(), ""
    centre = Centre(_world["postgres"], _world["folder"] / f"centre-{seed}")
    try:
        try_histories(centre, _world["folder"] / "template", examples, seed)
    except Exception:
        violation = traceback.format_exc()
    finally:
        centre.close()
    found = {"rules": Counter(counts.RULES), "faults": Counter(counts.FAULTS),
             "outcomes": Counter(counts.OUTCOMES), "changes": Counter(counts.CHANGES)}  # fmt: skip
    return Told(seed, examples, time.monotonic() - began, found, violation)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
