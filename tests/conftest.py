"""What every test stands on: no display, no real data folder, Chinese words, same examples."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
