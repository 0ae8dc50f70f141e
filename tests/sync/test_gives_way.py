"""Whoever saves while a long pull is applied comes first, and sees nothing of it or all."""

from __future__ import annotations

import threading
from time import monotonic, sleep
from typing import Any

import pytest

from station_app.sync import pull, rows
from tests.sync.world import Desk


class Rival:
    """Saves a resident on the same PC the first ``times`` times that rows are written."""

    def __init__(self, desk: Desk, times: int) -> None:
        self.desk, self.times = desk, times
        self.saved_at_rows: list[int] = []
        self._put = rows.put

    def put(self, *args: Any, **named: Any) -> None:
        self._put(*args, **named)
        if args[2] and self.times:
            self.times -= 1
            self.thread = threading.Thread(target=self._save)
            self.thread.start()
            end = monotonic() + 20
            while not self.desk.store.wanted:
                assert monotonic() < end
                sleep(0.001)

    def _save(self) -> None:
        self.desk.add("赵丽")
        [(count,)] = self.desk.rows("SELECT count(*) FROM resident WHERE name = '于桂芳'")
        self.saved_at_rows.append(count)


def pulled(a: Desk, b: Desk, monkeypatch: pytest.MonkeyPatch, *, times: int) -> Rival:
    for _ in range(3):
        a.add("于桂芳")
    a.sync()
    rival = Rival(b, times)
    monkeypatch.setattr(rows, "put", rival.put)
    b.sync()
    rival.thread.join()
    assert b.rows("SELECT count(*) FROM resident WHERE name = '于桂芳'") == [(3,)]
    return rival


def test_who_saves_meanwhile_comes_first(a: Desk, b: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rival = pulled(a, b, monkeypatch, times=2)
    assert rival.saved_at_rows == [0, 0]
    b.sync()
    assert b.sync(check=True).repaired == 0


def test_a_pull_is_not_put_off_for_ever(a: Desk, b: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pull, "_MOST_WAYS_GIVEN", 1)
    rival = pulled(a, b, monkeypatch, times=2)
    assert rival.saved_at_rows == [0, 3]
