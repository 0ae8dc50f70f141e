"""A real encrypted file with a clock the tests turn by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from uuid_utils.compat import uuid7

from db.vocabulary import Role
from station_app.config import DataDir
from station_app.domain.accounts import Actor
from station_app.store import Store, keys

ACTOR = Actor(uuid7(), "王秀英", Role.HEAD)


class Clock:
    """Time stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def key() -> bytes:
    return keys.new_key()


@pytest.fixture
def store(data: DataDir, key: bytes, clock: Clock) -> Iterator[Store]:
    made = Store.create(data, key, clock=clock)
    yield made
    made.close()
