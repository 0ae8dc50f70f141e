"""What is half-typed into a form: kept in the encrypted file at each pause, found again later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from station_app.services import drafts

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

#: So long after a key it is written down; a power cut costs no more than that.
PAUSE_MS = 1200

Typed = dict[str, Any]


class KeptForm(QObject):
    """Keeps what ``collect`` returns under the name given to ``begin`` until it is saved.

    The form calls ``note`` whenever something was typed. Saving drops what was kept in the same
    transaction (``services.drafts.drop_draft``) and then calls ``end``.
    ``kept`` carries the moment, on the station's clock, at which something was written down.
    """

    kept = Signal(object)  # datetime

    def __init__(self, jobs: Jobs, collect: Callable[[], Typed], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._collect = jobs, collect
        self._start: Typed = {}
        self._kept: Typed | None = None
        self.name = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(lambda: self.keep())
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:  # another page, the lock, the end of the program
            self.keep()
        return False

    def begin(self, name: str, start: Typed) -> None:
        """A form called ``name`` is open and says ``start`` while nothing was typed."""
        self._timer.stop()
        self.name, self._start, self._kept = name, start, None

    def note(self) -> None:
        """Something was typed; who types on and on is written down on the way too."""
        if self.name and not self._timer.isActive():
            self._timer.start()

    @property
    def touched(self) -> bool:
        """Whether the form says anything but what it began with."""
        return bool(self.name) and self._collect() != self._start

    def keep(self, then: Callable[[], object] | None = None) -> None:
        """Write down what was typed, now, and call ``then`` when it is safe."""
        self._timer.stop()
        if not self.name:
            return
        name, typed = self.name, self._collect()
        if typed == self._start and self._kept is not None:
            self._kept = None
            self._jobs.write(lambda tx: drafts.drop_draft(tx, name), _after(then), owner=self)
        elif typed not in (self._start, self._kept):
            self._kept = typed

            def act(tx: Tx) -> datetime:
                drafts.keep_draft(tx, name, typed)
                return tx.now.astimezone(tx.zone)

            def kept(moment: datetime) -> None:
                self.kept.emit(moment)
                if then is not None:
                    then()

            self._jobs.write(act, kept, owner=self)

    def find(self, name: str, then: Callable[[Typed | None], object]) -> None:
        """Read what was kept under ``name`` and hand it to ``then``."""
        self._jobs.read(lambda tx: drafts.kept_draft(tx, name), then, owner=self)

    def forget(self) -> None:
        """Drop what was kept: the operator begins anew on purpose."""
        self._kept = None
        name = self.name
        self._jobs.write(lambda tx: drafts.drop_draft(tx, name), owner=self)

    def end(self) -> None:
        """The form is closed; nothing is kept from now on."""
        self._timer.stop()
        self.name = ""


def _after(then: Callable[[], object] | None) -> Callable[[None], object] | None:
    return None if then is None else lambda _done: then()
