"""Fuzz the centre's API for long: no 5xx, no accepted nonsense, nothing of others touched.

    run.py drill api [--examples 1000] [--seed N]

Each operation of the description gets so many valid and as many invalid requests, all signed by a
real device, over real HTTP to a gateway on a real PostgreSQL.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from central.database import administered
from central.serve import application
from central.upkeep import wrong_digests
from tests.central.conftest import Quiet, RunningCentre, Threads, new_settings, server_in_a_folder
from tests.central.device import mutation
from tests.central.fuzz import Fuzz


def main(argv: Sequence[str]) -> int:
    """Run the drill; the exit code is 0 if nothing went wrong."""
    parser = argparse.ArgumentParser(prog="run.py drill api", description="fuzz the centre's API")
    parser.add_argument("--examples", type=int, default=1000, help="of each operation and sort")
    parser.add_argument("--seed", type=int, default=None, help="for the same requests again")
    asked = parser.parse_args(argv)
    seed = time.time_ns() % 1_000_000 if asked.seed is None else asked.seed
    print(f"seed {seed}", flush=True)
    began = time.monotonic()
    with server_in_a_folder() as postgres, tempfile.TemporaryDirectory() as home:
        settings = new_settings(postgres, Path(home), "drill")
        gateway = application(settings)
        server = Threads(("127.0.0.1", 0), Quiet)
        server.set_app(gateway)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        centre = RunningCentre(settings, gateway, server.server_address[1])
        other = centre.device()
        other.push(mutation(1))
        fuzz = Fuzz(centre, centre.device())
        try:
            fuzz.run(asked.examples, seed)
            with administered(centre.settings) as connection:
                wrong = wrong_digests(connection)
            wrong += [] if len(other.pull_all()) == 1 else ["another station's records"]
        finally:
            server.shutdown()
            server.server_close()
            gateway.close()
    for (route, status), count in sorted(fuzz.statuses.items()):
        print(f"{route:<28} {status} {count:>7}")
    took = time.monotonic() - began
    print(f"{fuzz.requests} requests, {fuzz.done} carried out, {len(wrong)} wrong, {took:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
