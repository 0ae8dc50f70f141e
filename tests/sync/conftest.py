"""One PostgreSQL for the session, one centre a test, as many PCs as a test asks for."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

import pytest

from central.embedded import EmbeddedPostgres
from station_app.sync import blobs
from tests.sync.centre import Centre
from tests.sync.desk import Bench, bench_from
from tests.sync.faults import Network
from tests.sync.machine import Exchange
from tests.sync.papers import PART
from tests.sync.world import Desk, joined, make_template, new_desk


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        Path(folder).chmod(0o755)  # where tests run as root the server has a user of its own
        server = EmbeddedPostgres(Path(folder) / "data")
        yield server
        server.stop()


@pytest.fixture(scope="module")
def centre(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Centre]:
    """One centre for the module's tests; each takes stations of its own."""
    made = Centre(postgres, tmp_path_factory.mktemp("centre"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a station that was just set up, to be copied."""
    folder = tmp_path_factory.mktemp("template") / "station"
    make_template(folder)
    return folder


@pytest.fixture
def scene(centre: Centre, template: Path) -> Iterator[Exchange]:
    """The scene of the random histories; in the end all come to rest, and all must hold."""

    class Told(Exchange):
        pass

    Told.centre, Told.template = centre, template
    told = Told()
    told.join()
    with patch.object(blobs, "PART", PART):
        yield told
        told.teardown()


@pytest.fixture
def bench(
    centre: Centre, station: UUID, template: Path, tmp_path: Path
) -> Iterator[Callable[[str], Bench]]:
    """Makes PCs of the station that can be killed, imaged and put back."""
    made: list[Bench] = []

    def make(name: str) -> Bench:
        shutil.copytree(template, tmp_path / name)
        made.append(bench_from(tmp_path / name, Network(centre.transport)))
        made[-1].join(centre.code(station))
        made[-1].sync()
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def station(centre: Centre) -> UUID:
    return centre.station()


@pytest.fixture
def pc(centre: Centre, station: UUID, tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Makes PCs of the station, each in a folder of its own."""
    made: list[Desk] = []

    def make(name: str) -> Desk:
        made.append(joined(centre, station, new_desk(tmp_path / name)))
        return made[-1]

    yield make
    for desk in made:
        desk.store.close()


@pytest.fixture
def a(pc: Callable[[str], Desk]) -> Desk:
    """The first PC, which has handed its set-up in."""
    desk = pc("a")
    desk.sync()
    return desk


@pytest.fixture
def b(a: Desk, pc: Callable[[str], Desk]) -> Desk:
    """The second PC, which knows what the first handed in."""
    desk = pc("b")
    desk.sync()
    return desk
