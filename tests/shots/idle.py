"""Knowing when nothing is under way any more: no job, no short pause before one."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station_app.ui.jobs import Job, Jobs

#: How long something may be under way before the picture is taken as it is, in seconds.
LONGEST_WAIT = 8.0
#: Timers that wait for a pause in typing are shorter than this, those of toasts and locks longer.
SHORT_PAUSE_MS = 700
#: So many looks, each some milliseconds after the other, must find nothing under way.
LOOKS = 3


class Idleness:
    """Watches every job that is started from now on."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []
        start: Any = Jobs._start

        def watched(jobs: Jobs, pool: Any, run: Any, job: Job) -> Any:
            self._jobs.append(job)
            return start(jobs, pool, run, job)

        setattr(Jobs, "_start", watched)  # noqa: B010  mypy sees no method replaced this way

    def wait(self, *roots: QObject | None) -> None:
        """Let the program run until it idles; the pauses looked for are below ``roots``."""
        ends = time.monotonic() + LONGEST_WAIT
        idle = 0
        while time.monotonic() < ends and idle < LOOKS:
            QTest.qWait(15)
            idle = 0 if self._busy([*roots, *QApplication.topLevelWidgets()]) else idle + 1

    def _busy(self, roots: Iterable[QObject | None]) -> bool:
        self._jobs = [one for one in self._jobs if one.future is None or not one.future.done()]
        return any(one.wanted for one in self._jobs) or any(
            timer.isActive() and timer.isSingleShot() and timer.interval() <= SHORT_PAUSE_MS
            for root in roots
            if root is not None
            for timer in root.findChildren(QTimer)
        )
