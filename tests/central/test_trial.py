"""The trial: one command gives a centre with a PostgreSQL of its own and a code to join with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from central.embedded import EmbeddedPostgres
from tests.central.device import Device, mutation
from tests.central.processes import PATIENCE_S, Served, free_port
from tests.central.signed_card import hand_in_a_card

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def home() -> Iterator[Path]:
    """Not below pytest's folder, see the conftest: the server has a user of its own as root."""
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "centre"


@contextmanager
def trial(home: Path, *, kill: bool = False) -> Iterator[tuple[Served, dict[str, Any]]]:
    """The trial as a process, and what it said first; ended by Ctrl+C, or killed."""
    port, log = free_port(), home.parent / "log"
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith("CENTRAL_")}  # fmt: skip
    with open(log, "wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "central", "trial", "--home", str(home), "--port", str(port),
             "--json"],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=err, start_new_session=True,
        )  # fmt: skip
    assert process.stdout is not None
    try:
        said = json.loads(process.stdout.readline())
        one = Served(process, port, log)
        one.wait_for()
        yield one, said
    finally:
        if kill:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_S)
        process.stdout.close()


def tell(home: Path, *words: str) -> Any:
    """An administrator's command beside the running trial: it finds the database by itself."""
    environment = os.environ | {"CENTRAL_HOME": str(home)}
    for name in ("CENTRAL_DATABASE_URL", "CENTRAL_ADMIN_URL"):
        environment.pop(name, None)
    ended = subprocess.run([sys.executable, "-m", "central", *words, "--json"], cwd=ROOT,
                           env=environment, capture_output=True, check=True)  # fmt: skip
    return json.loads(ended.stdout)


def wait_for_page(gateway: Served, path: str, word: str) -> None:
    """Until the page says ``word``: the trial publishes by itself what was handed in."""
    deadline = time.monotonic() + PATIENCE_S
    while word not in gateway.get(path)[1].decode():
        assert time.monotonic() < deadline, gateway.log.read_text("utf-8")
        time.sleep(0.05)


def servers(home: Path) -> list[str]:
    told = subprocess.run(["ps", "-wweo", "stat,args"], capture_output=True, text=True, check=True)
    return [line for line in told.stdout.splitlines()
            if str(home / "postgres") in line and not line.startswith("Z")]  # fmt: skip


def test_a_station_joins_with_the_code_and_finds_everything_again(home: Path) -> None:
    with trial(home) as (gateway, said):
        assert said["address"] == f"http://127.0.0.1:{gateway.port}"
        device = Device("127.0.0.1", gateway.port)
        device.enrol(said["code"])
        assert device.push(mutation(1))[0].rev == 1
        card = hand_in_a_card(device, 2, "于桂芳")
        wait_for_page(gateway, f"/C/{card.written}", "于桂芳")
        assert [one["code"] for one in tell(home, "station", "list")["stations"]] == ["TRIAL"]
        second = tell(home, "enrol", "TRIAL", "--by", "甲")
        assert second["needs_approval"] is True
    assert servers(home) == []
    with trial(home) as (gateway, said):
        device.port = gateway.port
        assert len(device.pull_all()) == 5
        assert len(tell(home, "cards", "list")["keys"]) == 1
        wait_for_page(gateway, f"/C/{card.written}", "于桂芳")
        other = Device("127.0.0.1", gateway.port)
        assert other.enrol(said["code"]).letter == "B"  # on a trial one person is enough
    assert servers(home) == []


def test_a_killed_trial_leaves_nothing_that_a_new_one_does_not_end(home: Path) -> None:
    with trial(home, kill=True) as (_, said):
        assert said["ok"]
    with trial(home) as (gateway, _):
        assert gateway.get("/ready")[0] == 200
    deadline = time.monotonic() + PATIENCE_S
    while servers(home):
        assert time.monotonic() < deadline


def test_an_embedded_server_ends_with_whoever_uses_it_last(home: Path) -> None:
    server = EmbeddedPostgres(home / "postgres")
    assert server.pid > 0
    assert len(servers(home)) >= 1
    server.stop()
    assert servers(home) == []
