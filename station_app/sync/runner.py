"""A thread that exchanges now and then, and at once when it is woken; it knows no windows."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

import httpx

from db.wire import Policy, Problem
from station_app.errors import StationError, SyncFault
from station_app.store import Store
from station_app.sync.client import Refused
from station_app.sync.identity import who_am_i
from station_app.sync.once import sync_once
from station_app.sync.report import SyncReport

#: Seconds until the second try; doubled with each failure up to the longest.
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0
#: Problems that trying again soon does not help.
_STUBBORN = frozenset({"revoked", "unknown", "upgrade", "not_joined", "malformed", "unsigned"})

Done = Callable[[SyncReport], object]
Failed = Callable[[StationError], object]
Heard = Callable[[str], object]


class SyncRunner:
    """Keeps a station in step with the centre.

    ``done``, ``failed`` and ``heard`` (the name of each step) are called on the runner's own
    thread. Whatever befalls one exchange, the next one is tried; bugs of ours go to
    ``threading.excepthook`` and end the runner.
    """

    def __init__(
        self,
        store: Store,
        *,
        done: Done,
        failed: Failed,
        heard: Heard = lambda _: None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._store = store
        self._done = done
        self._failed = failed
        self._heard = heard
        self._transport = transport
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._failures = 0
        self._not_before = 0.0
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin; the first exchange comes at once."""
        self._woken.set()
        self._thread.start()

    def wake(self) -> None:
        """Exchange now: somebody asked for it, or the network is back."""
        self._woken.set()

    def saved(self) -> None:
        """Something was saved: exchange now, unless the centre has asked for patience."""
        if time.monotonic() >= self._not_before:
            self._woken.set()

    def stop(self, patience: float = 5.0) -> bool:
        """End after the step under way, at most ``patience`` seconds; whether it has ended.

        A step that is cut off loses nothing: the next start goes on from there.
        """
        self._stopped.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(patience)
        return not self._thread.is_alive()

    def _run(self) -> None:
        pause = 0.0
        while True:
            self._woken.wait(pause or None)
            self._woken.clear()
            if self._stopped.is_set():
                return
            pause = self._once()

    def _once(self) -> float:
        try:
            report = sync_once(self._store, transport=self._transport, step=self._step)
        except _Stopped:
            return LONGEST_PAUSE
        except StationError as error:
            self._failures += 1
            self._failed(error)
            return self._pause_after(error)
        self._failures = 0
        self._done(report)
        return _spread(who_am_i(self._store).policy)

    def _step(self, name: str) -> None:
        if self._stopped.is_set():
            raise _Stopped
        self._heard(name)

    def _pause_after(self, error: StationError) -> float:
        if isinstance(error, SyncFault) and error.kind in _STUBBORN:
            return LONGEST_PAUSE
        backing_off = min(FIRST_PAUSE * 2.0 ** (self._failures - 1), LONGEST_PAUSE)
        asked = 0.0
        if isinstance(error, Refused) and error.problem is Problem.BUSY:
            asked = error.refusal.retry_after
            self._not_before = time.monotonic() + asked
        # Stations that failed together must not come back together.
        return max(asked, backing_off) * random.uniform(1.0, 1.5)


class _Stopped(Exception):
    """The runner is to end."""


def _spread(policy: Policy) -> float:
    """Seconds until the next exchange, so that no two stations keep step."""
    return policy.poll + random.uniform(0, policy.jitter)
