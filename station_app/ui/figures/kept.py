"""The frozen reports in a window of their own: one is taken to be looked at or printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.moments import local
from station_app.domain.periods import period_word
from station_app.domain.reports import SnapshotRow
from station_app.i18n import tr
from station_app.services.reports import list_snapshots
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Column,
    EmptyState,
    ListTable,
    PagedTable,
    ShortcutButton,
    column,
    row,
)
from station_app.ui.widgets.layout import open_at

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs


class KeptReports(QDialog):
    """Lists the frozen reports, the latest first; ``taken`` carries the id of one."""

    taken = Signal(object)

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Frozen reports"))
        self.model: PagedTable[SnapshotRow] = PagedTable(
            jobs, _columns(), _page, listing=Listing("frozen_at"), parent=self
        )
        empty = EmptyState(
            "archive", tr("No report is frozen yet"),
            tr("“Freeze” keeps the figures of a period as they are, whatever is edited later."),
        )  # fmt: skip
        self.table = ListTable(self.model, name=tr("Frozen reports"), empty=empty)
        self.table.opened.connect(self._take)
        self.open_button = ShortcutButton(
            tr("verb|Open"),
            "Ctrl+Return",
            kind="primary",
            act=lambda: self._take(self.table.current),
        )
        self.open_button.setEnabled(False)
        self.model.loaded.connect(lambda: self.open_button.setEnabled(bool(self.model.rows)))
        close = ShortcutButton(tr("Close"), "Escape", act=self.reject)
        whole = column(self.table, row(None, close, self.open_button), spacing=12)
        self.setLayout(lay(whole, margins=(20, 20, 20, 16), spacing=12))
        open_at(self, 720, 420)
        self.model.reload()
        self.table.setFocus()

    def _take(self, one: SnapshotRow | None) -> None:
        if one is not None:
            self.taken.emit(one.id)
            self.accept()


def _page(
    tx: Tx, listing: Listing, /, *, at: Mark | None = None, backwards: bool = False
) -> Page[SnapshotRow]:
    return Page(list_snapshots(tx), None, None)


def _columns() -> list[Column[SnapshotRow]]:
    return [
        Column(tr("Title"), lambda one: one.title, strong=True,
               detail=lambda one: period_word(one.period)),
        Column(tr("Frozen"), lambda one: f"{local(one.frozen_at):%Y-%m-%d %H:%M}", width=160,
               detail=lambda one: one.actor),
    ]  # fmt: skip
