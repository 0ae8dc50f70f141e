"""Where things lie: resources of the program, the station's data folder, its files."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

APP_NAME = "liaison-station"

#: The folder that holds ``resources/`` and ``db/``: the checkout, or the unpacked program.
ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
RESOURCES = ROOT / "resources"
MIGRATIONS = ROOT / "db" / "migrations"


def default_data_dir() -> Path:
    """``STATION_DATA_DIR`` if it is set, or the user's own folder for application data."""
    named = os.environ.get("STATION_DATA_DIR")
    if named:
        return Path(named)
    import platformdirs  # only here: the unlock window must not wait for it

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


@dataclass(frozen=True, slots=True)
class DataDir:
    """The files of one station, all below ``root``."""

    root: Path

    @property
    def database(self) -> Path:
        """The encrypted SQLite file."""
        return self.root / "station.db"

    @property
    def keys(self) -> Path:
        """The key slots: the data key wrapped once for each password; no names in it."""
        return self.root / "station.keys"

    @property
    def lock(self) -> Path:
        """Held while a program has this station open."""
        return self.root / "station.lock"

    @property
    def backups(self) -> Path:
        """Checked copies of the encrypted file with their key slots."""
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        """Logs with ids only."""
        return self.root / "logs"

    def exists(self) -> bool:
        """Whether a station has been set up here."""
        return self.database.exists() or self.keys.exists()
