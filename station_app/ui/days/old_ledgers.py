"""The place of old ledgers: what was imported so far, and the import step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.ui.days.old_ledger import ledger_kind
from station_app.ui.imports.earlier import EarlierImports
from station_app.ui.imports.importer import Importer
from station_app.ui.theme import lay

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

_SPREADSHEETS = (".xlsx", ".xls", ".ods", ".csv")


class OldLedgers(QWidget):
    """The import of a ledger; before a file is chosen, the earlier imports stand beneath."""

    closed = Signal()
    message = Signal(str)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.steps, self.earlier = Importer(jobs, ledger_kind()), EarlierImports(jobs)
        self._place = QWidget()
        lay(QVBoxLayout(self._place)).addWidget(self.earlier)
        whole = lay(QVBoxLayout(self), spacing=16)
        whole.addWidget(self.steps, 1)
        whole.addWidget(self._place)
        self.steps.closed.connect(self.closed)
        self.steps.message.connect(self.message)
        self.earlier.message.connect(self.message)
        self.steps.currentChanged.connect(lambda _at: self._moved())
        self.setAcceptDrops(True)

    def begin(self, path: str = "") -> None:
        """Begin anew, with the file at ``path`` if there is one."""
        self.steps.begin(path)
        self._moved()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files = [url.toLocalFile().lower() for url in event.mimeData().urls()]
        if any(one.endswith(_SPREADSHEETS) for one in files):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.begin(event.mimeData().urls()[0].toLocalFile())

    def _moved(self) -> None:
        at_start = self.steps.currentWidget() is self.steps.start
        self._place.setVisible(at_start)
        if at_start:
            self.earlier.reload()
