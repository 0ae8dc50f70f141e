"""How an import of a roster ended: figures, whom it changed, what could not be read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.deputies import RosterImport
from station_app.exchange.roster import RosterReading
from station_app.i18n import tr
from station_app.ui.deputies.roster_tables import reasons_of
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    Icon,
    Line,
    ShortcutButton,
    StatCard,
    column,
    label,
    row,
    scrolling,
)

#: So many are shown; the saved list holds all.
_MOST = 200


class RosterResult(QWidget):
    """Shows a RosterImport; ``save_requested`` asks for the list of what could not be read."""

    save_requested = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "section", wrap=True)
        self.words = label("", "quiet", wrap=True)
        self.added = StatCard(tr("Added"))
        self.changed = StatCard(tr("Changed"))
        self.unchanged = StatCard(tr("Unchanged"))
        self.skipped = StatCard(tr("Rows skipped"))
        self.unread = StatCard(tr("Cells unread"))
        self.save = ShortcutButton(
            tr("Save this list …"), "Ctrl+S", icon="download", act=self.save_requested.emit
        )
        self.done = ShortcutButton(
            tr("To the deputies"), "Ctrl+Return", kind="primary", act=self.closed.emit
        )
        back = ShortcutButton(tr("Back to the list"), "Escape", act=self.closed.emit)
        head = row(Icon("circle-check", "green", 24), spacing=12)
        head.addLayout(column(self.title, self.words, spacing=2), 1)
        figures = row(self.added, self.changed, self.unchanged, self.skipped, self.unread)
        self._list = lay(QVBoxLayout(), spacing=0)
        self._list_card = self._build_list()
        self._rest = column(None)
        whole = lay(QVBoxLayout(self), spacing=16)
        whole.addLayout(head)
        whole.addLayout(figures)
        whole.addWidget(self._list_card, 1)
        whole.addLayout(self._rest)
        whole.addLayout(row(back, None, self.done))

    def _build_list(self) -> Card:
        holder = lay(QVBoxLayout(), margins=(20, 0, 20, 12))
        holder.addLayout(self._list)
        holder.addStretch(1)
        area = scrolling(holder, tr("Skipped or unreadable rows"), gutter=20)
        card = Card(margin=1, spacing=0)
        head = lay(row(), margins=(20, 12, 14, 8))
        self._list_title = label("", "strong")
        head.addWidget(self._list_title, 1)
        head.addWidget(self.save)
        card.content.addLayout(head)
        card.content.addWidget(area, 1)
        return card

    def show_result(self, result: RosterImport, reading: RosterReading) -> None:
        """Show what ``result`` did with ``reading``."""
        skipped = [entry for entry in reading.skipped if any(entry.cells)]
        self.added.set(len(result.added))
        self.changed.set(len(result.changed))
        self.unchanged.set(result.unchanged)
        self.skipped.set(len(skipped))
        self.unread.set(sum(len(entry.problems) for entry in reading.doubtful))
        self._say(result)
        listed = [entry for entry in reading.entries if entry in skipped or entry.problems]
        self._list_title.setText(tr("Skipped or not read: {n} rows", n=len(listed)))
        self._list_card.setVisible(bool(listed))
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for entry in listed[:_MOST]:
            said = "\n".join(reasons_of(entry, reading))
            name = entry.draft.name if entry.draft else _shortened(entry.cells)
            self._list.addWidget(_RowLine(entry.row_number, name, said))
        self.done.setFocus()

    def _say(self, result: RosterImport) -> None:
        if not result.added and not result.changed:
            self.title.setText(tr("Nothing changed: all were registered already."))
            self.words.setText("")
        else:
            self.title.setText(tr("The roster is imported."))
            names = result.changed[:20]
            more = tr(" and others") if len(result.changed) > len(names) else ""
            said = tr("levels|, ").join(names) + more
            self.words.setText(tr("Completed: {names}", names=said) if names else "")
        self.words.setVisible(bool(self.words.text()))


class _RowLine(QWidget):
    """One row that was skipped or not read whole."""

    def __init__(self, number: int, name: str, said: str) -> None:
        super().__init__()
        line = lay(row(spacing=16), margins=(0, 8, 0, 8), spacing=16)
        line.addWidget(label(tr("Row {n}", n=number), "quiet"), 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(name, "strong", wrap=True), 2, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(said, wrap=True, selectable=True), 6, Qt.AlignmentFlag.AlignTop)
        whole = lay(QVBoxLayout(self), spacing=0)
        whole.addLayout(line)
        whole.addWidget(Line())


def _shortened(cells: tuple[str, ...]) -> str:
    text = " ".join(filter(None, (cell.strip() for cell in cells)))
    return text if len(text) <= 40 else f"{text[:39]}…"
