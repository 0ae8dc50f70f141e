"""The program as a whole: it opens every page, in this Python, in a real window, and built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.config import ROOT
from tests.drills import build as drill

SMOKE = [sys.executable, "-m", "station_app", "--smoke"]


def smoke(platform: str, **more: str) -> subprocess.CompletedProcess[str]:
    surrounding = {**os.environ, "QT_QPA_PLATFORM": platform, **more}
    return subprocess.run(
        SMOKE, cwd=ROOT, env=surrounding, capture_output=True, text=True, timeout=240, check=False
    )


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of its own that nobody sees."""
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed here")
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield f":{number}"
        server.terminate()


@pytest.mark.slow
def test_every_page_opens_in_a_real_window(display: str) -> None:
    ended = smoke("xcb", DISPLAY=display)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.slow
def test_the_built_program_opens_every_page_without_python(tmp_path: Path) -> None:
    if sys.platform.startswith("linux") and not shutil.which("objdump"):
        pytest.skip("objdump (binutils) is not installed here")
    folder = drill.build(tmp_path)
    assert drill.contents(folder) == 0
    assert drill.smoke(folder) == 0
    assert drill.commands(folder) == 0
