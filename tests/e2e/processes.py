"""Real processes of the end-to-end tests: the centre's trial, its command line, a second PC."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).parents[2]
#: The centre asks its stations to come back after a second.
POLL = 1.0


class Trial:
    """``python -m central trial`` in ``home``, to be stopped and started again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.code = ""
        self._port = _free_port()
        self._process: subprocess.Popen[str] | None = None
        self._environment = {
            **os.environ, "CENTRAL_HOME": str(home), "CENTRAL_POLL": str(POLL),
            "CENTRAL_JITTER": "0", "PYTHONIOENCODING": "utf-8",
        }  # fmt: skip

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "central", "trial", "--port", str(self._port), "--json"]
        log = (self.home / "trial.log").open("a")
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, text=True, stdout=subprocess.PIPE,
            stderr=log, start_new_session=True,
        )  # fmt: skip
        log.close()
        assert self._process.stdout is not None
        self.code = json.loads(self._process.stdout.readline())["code"]
        ends = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < ends, "the centre does not answer"
            assert self._process.poll() is None, "the centre ended"

    def stop(self) -> None:
        """End it as Ctrl+C does."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGINT)
            self._process.wait(60)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def command(self, *arguments: str) -> dict[str, Any]:
        """One command of the administrator, in a process of its own."""
        told = subprocess.run(
            [sys.executable, "-m", "central", *arguments, "--json"],
            cwd=ROOT, env=self._environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return dict(json.loads(told.stdout))

    def new_code(self) -> str:
        """A code for one more PC, approved by a second person."""
        issued = self.command("enrol", "TRIAL", "--by", "first")
        if issued["needs_approval"]:
            self.command("enrol", "--approve", issued["code"], "--by", "second")
        return str(issued["code"])

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask its PostgreSQL itself."""
        urls = json.loads((self.home / "trial.json").read_text("utf-8"))
        with psycopg.connect(urls["admin"]) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def counts(self) -> dict[str, int]:
        """How many live records of each kind there are."""
        sql = "SELECT kind, count(*) FROM record WHERE state = 0 GROUP BY kind"
        return {str(kind): int(count) for kind, count in self.sql(sql)}

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
            return False
        return True


class Second:
    """The second PC's process (see second_pc.py)."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.second_pc", str(folder)],
            cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, *words: str) -> Any:
        """Tell it to do something and read the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the second PC ended"
        return json.loads(line)

    def close(self) -> None:
        """End it."""
        self._process.communicate(timeout=30)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
