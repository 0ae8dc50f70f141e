"""Jobs: everything that must not run on the GUI thread, and the way its result comes back.

One thread writes, two read, two more make PDFs and other long work. ``then`` and ``failed`` run on
the GUI thread and are dropped when their ``owner`` is gone or the job was cancelled.

``jobs.changed`` tells what a committed write changed, even if ``then`` raised or its owner is gone.
``jobs.misfortune`` carries every StationError without a ``failed`` of its own, and every StoreFault
(its window is the main window's; a ``failed`` beside it only tidies up).
Anything that is not a StationError is a bug of ours and goes to ``sys.excepthook``.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import ref

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from station_app.errors import StationError, StoreFault

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from station_app.domain.accounts import Actor
    from station_app.store import Store, Tx

READ, WRITE, WORK = "store-reader", "store-writer", "work"
THREADS = {READ: 2, WRITE: 1, WORK: 2}
Result = TypeVar("Result")
Then = Callable[[Result], object]
Failed = Callable[[StationError], object]
Report = Callable[[int, int], None]


class Cancelled(Exception):
    """Raised by ``report`` inside a cancelled work, so that it ends early."""


class Job:
    """One piece of work under way; a handle to cancel it."""

    def __init__(self, owner: QObject, then: Then[Any] | None, failed: Failed | None) -> None:
        self._owner = ref(owner)
        self._then = then
        self._failed = failed
        self._stopped = threading.Event()
        self.future: Future[None] | None = None
        self.again: Callable[[], object] | None = None

    def cancel(self) -> None:
        """Drop its result. Not yet begun it never begins; a write under way still commits."""
        self._stopped.set()
        if self.future is not None:
            self.future.cancel()

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits for the result."""
        owner = self._owner()
        return not self._stopped.is_set() and owner is not None and shiboken6.isValid(owner)

    def check(self) -> None:
        """Raise Cancelled if the job was cancelled; callable on any thread."""
        if self._stopped.is_set():
            raise Cancelled

    def deliver(self, result: object) -> None:
        """Hand ``result`` on, on the GUI thread."""
        if self._then is not None and self.wanted:
            self._then(result)

    def refuse(self, error: StationError) -> bool:
        """Hand ``error`` to ``failed``; False if nobody took it."""
        if self._failed is None or not self.wanted:
            return False
        self._failed(error)
        return True


class Jobs(QObject):
    """Runs jobs for the screens of one unlocked station; ``actor`` is who acts."""

    changed = Signal(object)  # frozenset[Change]
    misfortune = Signal(object)  # StationError
    _arrived = Signal(object)

    def __init__(
        self, store: Store | None, actor: Actor | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.actor = actor
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self.again: Callable[[], object] | None = None  # what failed last, once more; for writes
        self._closed = False
        self._latest: dict[tuple[int, str], tuple[QTimer, Job]] = {}
        self._arrived.connect(self._land, Qt.ConnectionType.QueuedConnection)

    def read(
        self,
        fn: Callable[[Tx], Result],
        then: Then[Result],
        *,
        owner: QObject,
        failed: Failed | None = None,
    ) -> Job:
        """Run ``fn(tx)`` in a reading Tx, then ``then(result)``."""
        return self._start(
            READ, lambda _job: (self._reading(fn), frozenset()), Job(owner, then, failed)
        )

    def write(
        self,
        fn: Callable[[Tx], Result],
        then: Then[Result] | None = None,
        *,
        owner: QObject,
        failed: Failed | None = None,
    ) -> Job:
        """Run ``fn(tx)`` in a writing Tx, one after another, committed before ``then(result)``."""
        job = Job(owner, then, failed)

        def again() -> None:
            if job.wanted:
                self.write(fn, then, owner=owner, failed=failed)

        job.again = again
        return self._start(WRITE, lambda _job: self._writing(fn), job)

    def work(
        self,
        fn: Callable[[], Result],
        then: Then[Result],
        *,
        owner: QObject,
        failed: Failed | None = None,
    ) -> Job:
        """Run ``fn()`` without any Tx: making a PDF, reading a spreadsheet."""
        return self._start(WORK, lambda _job: (fn(), frozenset()), Job(owner, then, failed))

    def long_work(
        self,
        fn: Callable[[Report], Result],
        then: Then[Result],
        *,
        owner: QObject,
        progress: Callable[[int, int], object],
        failed: Failed | None = None,
    ) -> Job:
        """Like ``work``, with ``report(done, total)`` handed to ``fn`` to be called often.

        It shows ``progress`` on the GUI thread and ends the work when the job was cancelled.
        """
        job = Job(owner, then, failed)

        def report(done: int, total: int) -> None:
            job.check()
            self._arrived.emit(lambda: progress(done, total) if job.wanted else None)

        return self._start(WORK, lambda _job: (fn(report), frozenset()), job)

    def latest(
        self,
        key: str,
        fn: Callable[[Tx], Result],
        then: Then[Result],
        *,
        owner: QObject,
        failed: Failed | None = None,
        delay_ms: int = 0,
    ) -> None:
        """Read as one types: only the newest request of ``owner`` under ``key`` is delivered.

        With ``delay_ms`` it starts only when the typing paused for that long.
        """
        place = (id(owner), key)
        self.forget(key, owner=owner)
        job = Job(owner, then, failed)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(
            lambda: self._start(READ, lambda _job: (self._reading(fn), frozenset()), job)
        )
        timer.timeout.connect(timer.deleteLater)
        self._latest[place] = (timer, job)
        timer.start(delay_ms)

    def forget(self, key: str, *, owner: QObject) -> None:
        """Drop the request of ``owner`` under ``key``, if there is one."""
        timer, job = self._latest.pop((id(owner), key), (None, None))
        if job is not None:
            job.cancel()
        if timer is not None and shiboken6.isValid(timer):
            timer.stop()
            timer.deleteLater()

    def close(self) -> None:
        """Wait for what is being written and drop the rest, also what a dying window still asks."""
        self._closed = True
        for _timer, waiting in self._latest.values():
            waiting.cancel()  # or its timer would start it in a closed pool
        for kind, pool in self._pools.items():
            pool.shutdown(wait=True, cancel_futures=kind != WRITE)

    def _reading(self, fn: Callable[[Tx], Result]) -> Result:
        store, actor = self._open()
        with store.read(actor) as tx:
            return fn(tx)

    def _writing(self, fn: Callable[[Tx], Result]) -> tuple[Result, frozenset[Any]]:
        store, actor = self._open()
        with store.write(actor) as tx:
            result = fn(tx)
        return result, frozenset(tx.changes)

    def _open(self) -> tuple[Store, Actor]:
        if self.store is None or self.actor is None:
            raise RuntimeError("no station is open")
        return self.store, self.actor

    def _start(
        self,
        kind: str,
        run: Callable[[Job], tuple[object, frozenset[Any]]],
        job: Job,
    ) -> Job:
        def body() -> None:
            try:
                result, changes = run(job)
            except Cancelled:
                self._arrived.emit(lambda: None)
            except BaseException as error:
                caught = error
                self._arrived.emit(lambda: self._fail(job, caught))
            else:
                self._arrived.emit(lambda: self._finish(job, result, changes))

        if not self._closed and not job._stopped.is_set():
            job.future = self._pool(kind).submit(body)
        return job

    def _pool(self, kind: str) -> ThreadPoolExecutor:
        if kind not in self._pools:
            from concurrent.futures import ThreadPoolExecutor  # not before the first window

            self._pools[kind] = ThreadPoolExecutor(THREADS[kind], kind)
        return self._pools[kind]

    def _land(self, act: Callable[[], object]) -> None:
        act()

    def _finish(self, job: Job, result: object, changes: frozenset[Any]) -> None:
        try:
            job.deliver(result)
        finally:
            if changes:
                self.changed.emit(changes)

    def _fail(self, job: Job, error: BaseException) -> None:
        if not isinstance(error, StationError):
            sys.excepthook(type(error), error, error.__traceback__)
            return
        self.again = job.again
        taken = job.refuse(error)
        if isinstance(error, StoreFault) or not taken:
            self.misfortune.emit(error)
