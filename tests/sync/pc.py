"""A PC in a process of its own: it registers residents and exchanges until somebody kills it.

python -m tests.sync.pc FOLDER; it says the id of each resident after the commit.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

from db.models import Resident
from station_app.errors import SyncFault
from station_app.sync.once import sync_once
from tests.sync.desk import bench_from
from tests.sync.faults import Network


def main(folder: Path) -> None:
    """Work for ever."""
    pc = bench_from(folder, Network(None))  # type: ignore[arg-type]  # it speaks real HTTP
    for number in count():
        name = f"居民{number}"
        with pc.store.write(pc.actor) as tx:
            row = Resident(name=name, sort_key=name)
            tx.session.add(row)
            tx.session.flush()
        sys.stdout.write(row.id.hex + "\n")
        sys.stdout.flush()
        with suppress(SyncFault):
            sync_once(pc.store)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
