"""How an import of a list ended: figures, words, what could not be read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from station_app.i18n import tr
from station_app.ui.imports.kind import Ended, ImportKind, Reading
from station_app.ui.imports.tables import reasons_of
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


class Result(QWidget):
    """Shows how an import ended; ``save_requested`` asks for the list of what could not be read."""

    save_requested = Signal()
    closed = Signal()

    def __init__(self, kind: ImportKind) -> None:
        super().__init__()
        self._kind = kind
        self.title = label("", "section", wrap=True)
        self.words = label("", "quiet", wrap=True)
        self.figures: list[StatCard] = []
        self.save = ShortcutButton(
            tr("Save this list …"), "Ctrl+S", icon="download", act=self.save_requested.emit
        )
        self.done = ShortcutButton(kind.done, "Ctrl+Return", kind="primary", act=self.closed.emit)
        back = ShortcutButton(tr("Back to the list"), "Escape", act=self.closed.emit)
        head = row(Icon("circle-check", "green", 24), spacing=12)
        head.addLayout(column(self.title, self.words, spacing=2), 1)
        self._figures = row()
        self._list = lay(QVBoxLayout(), spacing=0)
        self._list_card = self._build_list()
        self._rest = column(None)
        whole = lay(QVBoxLayout(self), spacing=16)
        whole.addLayout(head)
        whole.addLayout(self._figures)
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

    def show_result(self, ended: Ended, reading: Reading) -> None:
        """Show how the import of ``reading`` ended."""
        self._show_figures(ended)
        self.title.setText(ended.title)
        self.words.setText(ended.words)
        self.words.setVisible(bool(ended.words))
        listed = [
            entry
            for entry in reading.entries
            if entry.problems
            or entry.row_number in ended.notes
            or (entry.draft is None and any(entry.cells))
        ]
        self._list_title.setText(tr("Skipped or not read: {n} rows", n=len(listed)))
        self._list_card.setVisible(bool(listed))
        _clear(self._list)
        for entry in listed[:_MOST]:
            said = [*reasons_of(entry, reading), *ended.notes.get(entry.row_number, [])]
            shown = entry.draft is not None
            name = self._kind.name_of(entry.draft) if shown else _shortened(entry.cells)
            self._list.addWidget(_RowLine(entry.row_number, name, "\n".join(said)))
        self.done.setFocus()

    def figure(self, label: str) -> StatCard:
        """The card of one figure."""
        return next(card for card in self.figures if card.accessibleName().startswith(f"{label} "))

    def _show_figures(self, ended: Ended) -> None:
        _clear(self._figures)
        self.figures = []
        for name, number in ended.figures:
            card = StatCard(name)
            card.set(number)
            self._figures.addWidget(card)
            self.figures.append(card)


def _clear(box: QLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()


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
