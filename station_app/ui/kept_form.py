"""What is half-typed into a form: kept in the encrypted file at each pause, found again later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from station_app.services import drafts

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

#: So long must the typing pause before it is written down; a power cut costs no more than that.
PAUSE_MS = 1200

Typed = dict[str, Any]


class KeptForm(QObject):
    """Keeps what ``collect`` returns under the name given to ``begin`` until it is saved.

    The form calls ``note`` whenever something was typed. Saving drops what was kept in the same
    transaction (``services.drafts.drop_draft``) and then calls ``end``.
    """

    def __init__(self, jobs: Jobs, collect: Callable[[], Typed], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._collect = jobs, collect
        self._start: Typed = {}
        self._kept: Typed | None = None
        self.name = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.keep)

    def begin(self, name: str, start: Typed) -> None:
        """A form called ``name`` is open and says ``start`` while nothing was typed."""
        self._timer.stop()
        self.name, self._start, self._kept = name, start, None

    def note(self) -> None:
        """Something was typed."""
        if self.name:
            self._timer.start()

    @property
    def touched(self) -> bool:
        """Whether the form says anything but what it began with."""
        return bool(self.name) and self._collect() != self._start

    def keep(self) -> None:
        """Write down what was typed, now."""
        self._timer.stop()
        if not self.name:
            return
        name, typed = self.name, self._collect()
        if typed == self._start and self._kept is not None:
            self._kept = None
            self._jobs.write(lambda tx: drafts.drop_draft(tx, name), owner=self)
        elif typed not in (self._start, self._kept):
            self._kept = typed
            self._jobs.write(lambda tx: drafts.keep_draft(tx, name, typed), owner=self)

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
