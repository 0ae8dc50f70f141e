"""What one exchange with the centre did."""

from __future__ import annotations

from dataclasses import dataclass, field

from station_app.store import Change


@dataclass(slots=True)
class SyncReport:
    """What one exchange did. ``held`` records wait for somebody to confirm their removal."""

    sent: int = 0
    refused: int = 0
    conflicts: int = 0
    written: int = 0
    removed: int = 0
    held: int = 0
    repaired: int = 0
    changes: set[Change] = field(default_factory=set)
