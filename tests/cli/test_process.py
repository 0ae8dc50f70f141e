"""The command line as a process of its own, in a surrounding that speaks no UTF-8."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from station_app.config import ROOT, DataDir
from tests.cli.conftest import PASSWORD


@pytest.fixture
def process(station: DataDir) -> Any:
    """Run the program itself in a bare surrounding whose encoding is not UTF-8."""

    def ran(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-X", "utf8=0", "-m", "station_app", *words],
            input=typed,
            cwd=ROOT,
            env={**os.environ, "LC_ALL": "C", "STATION_DATA_DIR": str(station.root)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return ran


def test_the_process_speaks_utf8_and_tells_by_its_exit_code(process: Any) -> None:
    good = process("verify", "--password-file", "-", typed=PASSWORD + "\n")
    assert (good.returncode, good.stdout.strip(), good.stderr) == (0, "一切正常。", "")
    bad = process("verify", "--password-file", "-", typed="wrong password\n")
    assert (bad.returncode, bad.stdout) == (1, "")
    assert "密码" in bad.stderr
    assert process("verify", "--nonsense").returncode == 2
    assert process("--language", "en", "verify", "--password-file", "-", typed=PASSWORD).stdout


def test_commands_do_without_windows() -> None:
    code = (
        "import sys; from station_app.cli.app import app;"
        "import station_app.cli.prints, station_app.wiring, station_app.store.verify;"
        "print([one for one in sys.modules if one.startswith('PySide6')])"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert told.stdout.strip() == b"[]"
