"""Exchange: the station's sync thread as the windows see it: status, steps, and what it changed.

The thread and the network's modules are loaded some time after the window is there, and only if
the station has joined. What the thread tells is handed to the GUI thread; changes that arrived go
out through ``jobs.changed``, like everybody's.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from station_app.domain.sync import SyncStatus
from station_app.errors import StationError
from station_app.services import sync_state
from station_app.ui.jobs import Cancelled

if TYPE_CHECKING:
    from station_app.store import Change
    from station_app.sync.report import SyncReport
    from station_app.sync.runner import SyncRunner
    from station_app.ui.jobs import Job, Jobs, Report
    from station_app.wiring import OpenStation

#: The first seconds belong to the operator: then the network's modules are loaded.
START_AFTER_MS = 2_000
#: Several saves in a row are handed in together.
SAVED_PAUSE_MS = 1_500
#: How often the figures are read anew while an exchange is under way.
LOOK_MS = 1_000
#: At the end of the program nobody waits longer than this for an answer of the centre (seconds).
PATIENCE = 2.0
#: Longer than the network may keep a request waiting (seconds).
_LONG = 90.0
#: Between two looks whether the exchange has ended (seconds).
_GLANCE = 0.1

Result = TypeVar("Result")


class Exchange(QObject):
    """``status_changed`` carries a SyncStatus, ``step_changed`` the exchange's step ("" at rest).

    ``locked_out`` is told when the centre has shut this PC out, ``let_in`` when it joined anew.
    ``status`` is the last one read; ``trouble`` what the last failure said ("" after a good one).
    """

    status_changed = Signal(object)
    step_changed = Signal(str)
    locked_out = Signal()
    let_in = Signal()
    _arrived = Signal(object)

    def __init__(self, station: OpenStation, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.status: SyncStatus | None = None
        self.step, self.trouble = "", ""
        self._station, self._jobs = station, jobs
        self._runner: SyncRunner | None = None
        self._ending: list[SyncRunner] = []
        self._turn, self._over = threading.Lock(), threading.Event()
        self._unknown: int | None = None
        self._on = self._loading = self._telling = False
        self._alone: set[object] = set()
        self._arrived.connect(self._land, Qt.ConnectionType.QueuedConnection)
        self._start = _single(self, self._begin)
        self._saved = _single(self, self._hand_in)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self.look)
        jobs.changed.connect(self._changed)

    def start(self) -> None:
        """Read how things stand now, and begin to exchange a little later."""
        self._on = True
        self.look(anew=True)
        self._start.start(START_AFTER_MS)

    def rest(self) -> None:
        """Stop after the step under way, as for the lock; ``start`` goes on."""
        self._on = False
        self._start.stop()
        self._saved.stop()
        self._end_runner(0.0)

    def stop(self) -> None:
        """Stop for good; an answer under way is not waited for, which loses nothing."""
        self.rest()
        self._over.set()
        for runner in self._ending:
            runner.stop(PATIENCE)

    def now(self) -> None:
        """Exchange now, because somebody asked for it."""
        if self._runner is not None:
            self._runner.wake()
        else:
            self._start.start(0)

    def learn(self) -> None:
        """Read how things stand at once, and tell nobody."""
        with self._station.store.read(self._station.actor) as tx:
            self.status = sync_state.status(tx, unknown=0)

    def look(self, *, anew: bool = False) -> None:
        """Read how things stand; ``anew`` also counts what the centre does not have."""
        if anew:
            self._unknown = None
        read = partial(sync_state.status, unknown=self._unknown)
        self._jobs.latest("exchange", read, self._show, owner=self)

    def arrived(self, changes: frozenset[Change]) -> None:
        """Tell every page what came from the centre."""
        if changes:
            self._telling = True
            try:
                self._jobs.changed.emit(changes)
            finally:
                self._telling = False

    def alone(
        self,
        work: Callable[[Report], Result],
        then: Callable[[Result], object],
        *,
        failed: Callable[[StationError], object],
        owner: QObject,
    ) -> Callable[[], object]:
        """Run ``work(report)`` while no exchange is under way; returns what cancels it.

        ``work`` ends early where it calls ``report`` after it was cancelled.
        """
        self._start.stop()
        self._end_runner(0.0)
        before, mark = list(self._ending), object()
        self._alone.add(mark)

        def act(report: Report) -> Result:
            for runner in before:
                while not runner.stop(_GLANCE):
                    report(0, 0)
                    if self._over.is_set():
                        raise Cancelled
            with self._turn:
                return work(report)

        def over() -> None:
            if mark in self._alone:
                self._alone.remove(mark)
                self.look(anew=True)  # what it shows lets the exchange go on

        def done(result: Result) -> None:
            over()
            then(result)

        def fell(error: StationError) -> None:
            over()
            failed(error)

        job: Job = self._jobs.long_work(
            act, done, owner=owner, progress=lambda _done, _total: None, failed=fell
        )

        def cancel() -> None:
            job.cancel()
            over()

        return cancel

    # ------------------------------------------------------------------------- on the GUI thread

    def _begin(self) -> None:
        joined = self.status is not None and self.status.joined
        busy = self._alone or self._loading or self._runner or self._start.isActive()
        if self._on and joined and not busy:
            self._loading = True
            ending, self._ending = self._ending, []
            load = partial(self._load, ending)
            threading.Thread(target=load, name="sync-load", daemon=True).start()

    def _loaded(self) -> None:
        from station_app.sync.runner import SyncRunner

        self._loading = False
        if self._on and not self._alone and self._runner is None:
            self._runner = SyncRunner(
                self._station.store, done=self._done, failed=self._failed, heard=self._heard
            )
            self._runner.start()

    def _end_runner(self, patience: float) -> None:
        if self._runner is not None:
            if not self._runner.stop(patience):
                self._ending.append(self._runner)
            self._runner = None
        self._set_step("")

    def _changed(self, _changes: object) -> None:
        if self._on and not self._telling and self.status is not None and self.status.joined:
            self.look()
            if not self._saved.isActive():
                self._saved.start(SAVED_PAUSE_MS)

    def _hand_in(self) -> None:
        if self._runner is not None:
            self._runner.saved()

    def _show(self, status: SyncStatus) -> None:
        before, self.status, self._unknown = self.status, status, status.unknown
        self.status_changed.emit(status)
        self._begin()
        was_locked = before is not None and before.locked
        if status.locked and not was_locked:
            self.locked_out.emit()
        elif was_locked and not status.locked:
            self.let_in.emit()

    def _finished(self, report: SyncReport) -> None:
        self.trouble = ""
        self._set_step("")
        self.arrived(frozenset(report.changes))
        self.look(anew=bool(report.repaired))

    def _fell(self, error: StationError) -> None:
        self.trouble = error.text
        self._set_step("")
        self.look()

    def _set_step(self, step: str) -> None:
        if step == self.step:
            return
        self.step = step
        if not step:
            self._looking.stop()
        elif not self._looking.isActive():
            self._looking.start()
        self.step_changed.emit(step)

    def _land(self, act: Callable[[], object]) -> None:
        act()

    # ------------------------------------------------------------------------ on the sync thread

    def _load(self, ending: list[SyncRunner]) -> None:
        for runner in ending:
            runner.stop(_LONG)
        with self._turn:
            import station_app.sync.runner  # noqa: F401  loads the network's modules
        self._post(self._loaded)

    def _done(self, report: SyncReport) -> None:
        self._post(lambda: self._finished(report))

    def _failed(self, error: StationError) -> None:
        self._post(lambda: self._fell(error))

    def _heard(self, step: str) -> None:
        self._post(lambda: self._set_step(step))

    def _post(self, act: Callable[[], object]) -> None:
        def if_wanted() -> None:
            if self._on or act == self._loaded:
                act()

        # The program may have ended while the network was waited for.
        with contextlib.suppress(RuntimeError):
            self._arrived.emit(if_wanted)


def _single(owner: QObject, act: Callable[[], object]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(act)
    return timer
