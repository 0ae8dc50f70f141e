"""How this PC likes its window: look, scale, language, minutes to the lock.

They lie in plain JSON beside the station's file, because the unlock window needs them before the
file is open; nothing in them concerns a person.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from station_app.config import DataDir
from station_app.i18n import Language
from station_app.ui.theme import SCALES, Look

#: 0 never locks by itself.
LOCK_MINUTES = (5, 10, 20, 30, 0)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What was chosen on the settings page."""

    look: Look = Look.LIGHT
    percent: int = 100
    language: Language = Language.CHINESE
    lock_minutes: int = 10


def load(data: DataDir) -> Preferences:
    """The preferences kept beside ``data``; whatever is missing or unreadable is the default."""
    try:
        kept: dict[str, Any] = json.loads(_path(data).read_text(encoding="utf-8"))
        return Preferences(
            look=Look(kept["look"]),
            percent=kept["percent"] if kept["percent"] in SCALES else 100,
            language=Language(kept["language"]),
            lock_minutes=int(kept["lock_minutes"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Preferences()


def save(data: DataDir, preferences: Preferences) -> None:
    """Keep ``preferences``; a folder that cannot be written keeps the old ones."""
    with contextlib.suppress(OSError):
        data.root.mkdir(parents=True, exist_ok=True)
        _path(data).write_text(json.dumps(asdict(preferences), indent=1), encoding="utf-8")


def change(data: DataDir, **what: Any) -> Preferences:
    """Keep some of them anew; returns all."""
    changed = replace(load(data), **what)
    save(data, changed)
    return changed


def _path(data: DataDir) -> Path:
    return data.root / "preferences.json"
