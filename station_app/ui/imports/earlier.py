"""The imports of ledgers made so far, each with the way to take it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.ledgers import Batch, Undo
from station_app.errors import ExchangeFault, StationError
from station_app.i18n import tr
from station_app.services import ledger_undo
from station_app.ui.theme import lay
from station_app.ui.widgets import Card, MessageBar, ShortcutButton, label, row

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

_MOST, _MOST_REASONS = 4, 6


class EarlierImports(Card):
    """Shows the latest imports; hidden while there are none."""

    message = Signal(str)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self.buttons: list[ShortcutButton] = []
        self.refused = MessageBar("amber", icon="alert-triangle")
        self.rest = ShortcutButton(tr("Take back the other rows"), act=self._take_rest)
        self.refused.add_button(self.rest)
        self.refused.set("")
        self._batch: UUID | None = None
        self._lines = lay(QVBoxLayout(), spacing=8)
        self.content.addWidget(label(tr("Imported so far"), "strong"))
        self.content.addWidget(self.refused)
        self.content.addLayout(self._lines)
        self.hide()

    def reload(self) -> None:
        """Read the list anew."""
        self._jobs.read(lambda tx: ledger_undo.list_imports(tx, _MOST), self._show, owner=self)

    def take_back(self, batch_id: UUID, *, keep: bool = False) -> None:
        """Take one import back, with ``keep`` only the rows that nobody worked on."""
        self._batch = batch_id
        self._jobs.write(
            lambda tx: ledger_undo.undo_import(tx, batch_id, keep_worked_on=keep),
            self._done,
            owner=self,
            failed=self._failed,
        )

    def _show(self, found: tuple[Batch, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.buttons = []
        for one in found:
            self._lines.addWidget(self._line(one))
        self.setVisible(bool(found))

    def _line(self, one: Batch) -> QWidget:
        said = tr(
            "{file}, imported on {day} by {who}: {visits} visits, {issues} issues",
            file=one.file,
            day=f"{one.imported_at.astimezone():%Y-%m-%d}",
            who=one.by,
            visits=one.visits,
            issues=one.issues,
        )
        line = QWidget()
        if one.undone_at is not None:
            end: QWidget = label(tr("Taken back"), "quiet")
        else:
            end = ShortcutButton(
                tr("Take back"), icon="arrow-back-up", act=partial(self.take_back, one.id)
            )
            end.setAccessibleDescription(said)
            self.buttons.append(end)
        words = row()
        words.addWidget(label(said, wrap=True), 1)
        words.addWidget(end)
        line.setLayout(words)
        return line

    def _take_rest(self) -> None:
        if self._batch is not None:
            self.take_back(self._batch, keep=True)

    def _done(self, undo: Undo) -> None:
        self.refused.set("")
        self.message.emit(tr("{n} rows were taken back.", n=undo.taken_back))
        self.reload()

    def _failed(self, error: StationError) -> None:
        rows = error.rows if isinstance(error, ExchangeFault) else {}
        self.rest.setVisible(bool(rows))
        listed = list(rows.items())[:_MOST_REASONS]
        reasons = [tr("Row {row}: {reason}", row=at, reason=why) for at, why in listed]
        more = (
            [tr("and {n} more rows", n=len(rows) - len(listed))] if len(rows) > len(listed) else []
        )
        self.refused.set(error.text, "\n".join(reasons + more))
