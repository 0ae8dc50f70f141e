"""What one exchange with the centre did."""

from __future__ import annotations

from dataclasses import dataclass, field

from station_app.i18n import tr
from station_app.store import Change


@dataclass(slots=True)
class SyncReport:
    """What one exchange did. ``held`` records wait for somebody to confirm their removal.

    ``waiting``: acts that an answer on a stick left for the next one, as the window counts them.
    """

    sent: int = 0
    refused: int = 0
    conflicts: int = 0
    written: int = 0
    removed: int = 0
    held: int = 0
    repaired: int = 0
    waiting: int = 0
    changes: set[Change] = field(default_factory=set)

    def what_waits(self) -> str:
        """What to do about what is still ``waiting``; empty: nothing is."""
        if not self.waiting:
            return ""
        return tr("{n} not handed in yet: they go to the centre with the next stick.",
                  n=self.waiting)  # fmt: skip
