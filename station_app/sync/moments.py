"""Moments as the station's file holds them."""

from __future__ import annotations

from datetime import UTC, datetime


def stored(moment: datetime) -> str:
    """An aware moment as its column holds it."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def told(text: str) -> datetime:
    """A moment as it travels (ISO 8601). Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)
