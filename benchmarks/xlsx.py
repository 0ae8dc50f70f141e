"""A list of 100,000 issues as an office spreadsheet: processor time and memory, read and all."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import process_time

from benchmarks import mass
from benchmarks.report import Result, against, show
from station_app.domain.exports import Exported
from station_app.domain.lists import Listing
from station_app.exchange.office_lists import Wanted, write_list

ISSUES = 100_000
SECONDS, MEGABYTES = 10, 250


def main() -> Sequence[Result]:
    """Measure in a process of its own, whose memory is the export's, and print."""
    mass.station(ISSUES).close()
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.xlsx", "alone"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    seconds, megabytes = json.loads(told)
    name = f"{ISSUES:,} issues to .xlsx"
    return show(
        [
            against(f"{name}, processor time", seconds, "s", limit=SECONDS, peer="limit", most=1),
            against(f"{name}, memory", megabytes, "MB", limit=MEGABYTES, peer="limit", most=1),
        ]
    )


def _alone() -> None:
    wanted = Wanted(Exported.ISSUES, Listing("registered_at", descending=True))
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(mass.station(ISSUES)) as station,
        station.store.read(station.actor) as tx,
    ):
        began = process_time()
        rows = write_list(tx, wanted, Path(folder) / "all.xlsx", report=lambda _done, _all: None)
        seconds = process_time() - began
    assert rows == ISSUES
    print(json.dumps([seconds, _peak()]))


def _peak() -> float:
    """The most memory that this process ever had, in MB.

    Linux hands on a parent's figure in ``ru_maxrss``; the process's own stands in /proc.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)  # bytes on macOS
    [line] = [one for one in status.read_text().splitlines() if one.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    if sys.argv[1:] == ["alone"]:
        _alone()
    else:
        main()
