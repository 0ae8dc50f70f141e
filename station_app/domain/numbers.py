"""Numbers on paper, made offline without collision: kind, station, PC, date, running number."""

from __future__ import annotations

from datetime import date

ISSUE = "WZ"
VISIT = "LF"
_CARD = "card "


def scope(prefix: str, station_code: str, letter: str, on: date) -> str:
    """The part of a number that one counter serves: ``WZ-KY-A-20261110``."""
    return f"{prefix}-{station_code}-{letter}-{on:%Y%m%d}"


def number(counter_scope: str, running: int) -> str:
    """``WZ-KY-A-20261110-003``; more than 999 a day simply grow a digit."""
    return f"{counter_scope}-{running:03d}"


def card_scope(station_code: str, letter: str, on: date) -> str:
    """The counter of the duty cards that one PC issues in one year."""
    return f"{_CARD}{station_code}-{letter}-{on.year}"


def card_number(counter_scope: str, running: int) -> str:
    """``KY-A-2026-0017``: at most 24 characters, for it is signed along."""
    return f"{counter_scope.removeprefix(_CARD)}-{running:04d}"
