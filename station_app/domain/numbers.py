"""Numbers on paper, made offline without collision: kind, station, PC, date, running number."""

from __future__ import annotations

from datetime import date

ISSUE = "WZ"
VISIT = "LF"


def scope(prefix: str, station_code: str, letter: str, on: date) -> str:
    """The part of a number that one counter serves: ``WZ-KY-A-20261110``."""
    return f"{prefix}-{station_code}-{letter}-{on:%Y%m%d}"


def number(counter_scope: str, running: int) -> str:
    """``WZ-KY-A-20261110-003``; more than 999 a day simply grow a digit."""
    return f"{counter_scope}-{running:03d}"
