"""What every test stands on: no display, no real data folder, Chinese words, same examples."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from station_app import i18n
from station_app.config import DataDir

# A slow or shared machine is no failure; the same examples on every run make a failure repeatable.
settings.register_profile(
    "station", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("station")


@pytest.fixture(autouse=True)
def _nobody_elses_station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test can reach the data folder of the person who runs it."""
    monkeypatch.setenv("STATION_DATA_DIR", str(tmp_path / "default-station"))


@pytest.fixture(autouse=True)
def _chinese_words() -> Iterator[None]:
    """Each test begins in Chinese, whatever the one before it chose."""
    i18n.use(i18n.Language.CHINESE)
    yield
    i18n.use(i18n.Language.CHINESE)


@pytest.fixture(autouse=True, scope="module")
def _windows_die_where_they_live(request: pytest.FixtureRequest) -> Iterator[None]:
    """Rings of garbage with windows in them end here, never on a thread (ui/collecting.py)."""
    windows = bool({"ui", "e2e"} & {*request.path.parts})
    (gc.disable if windows else gc.enable)()
    yield
    if windows:
        gc.collect()


@pytest.fixture(autouse=True)
def _as_in_the_program() -> Iterator[None]:
    """Where a test has windows, its garbage is looked for as the program does it."""
    yield
    if not gc.isenabled():
        from station_app.ui.collecting import collect_if_due

        collect_if_due(0)


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    """An empty data folder for one station."""
    return DataDir(tmp_path / "station")


class PatientBot(QtBot):
    """Waits longer than the busiest machine takes: what holds at once costs no more for that."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = 30_000) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = 30_000, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The hands of the operator; every wait is a patient one unless it says its time."""
    return PatientBot(request)
