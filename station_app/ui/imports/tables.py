"""The two tables of an import: the rows as they were written, and what was understood of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from station_app.exchange.reading import ListEntry
from station_app.i18n import tr
from station_app.ui.imports.kind import Reading, Understood
from station_app.ui.theme import colour, fit, px

Index = QModelIndex | QPersistentModelIndex
Entry = ListEntry[Any]
_ENTRY = Qt.ItemDataRole.UserRole + 1
_TONE = Qt.ItemDataRole.UserRole + 2


class Outcome(StrEnum):
    """What becomes of one row."""

    IMPORTED = "imported"
    DOUBTFUL = "doubtful"
    SKIPPED = "skipped"


_TONES = {Outcome.IMPORTED: "green", Outcome.DOUBTFUL: "amber", Outcome.SKIPPED: "neutral"}


def outcome_of(entry: Entry) -> Outcome:
    """What becomes of ``entry``."""
    if entry.draft is None:
        return Outcome.SKIPPED
    return Outcome.DOUBTFUL if entry.problems else Outcome.IMPORTED


def outcome_word(outcome: Outcome) -> str:
    """The outcome in a word."""
    return {
        Outcome.IMPORTED: tr("row|Imported"),
        Outcome.DOUBTFUL: tr("row|Incomplete"),
        Outcome.SKIPPED: tr("row|Skipped"),
    }[outcome]


def reasons_of(entry: Entry, reading: Reading) -> list[str]:
    """Every sentence about what was skipped or not read in ``entry``."""
    said = [entry.skipped_reason] if entry.skipped_reason else []
    for problem in entry.problems:
        letter = reading.columns[problem.column].letter
        said.append(
            tr(
                "Column {letter} “{text}”: {reason}",
                letter=letter,
                text=problem.text,
                reason=problem.reason,
            )
        )
    return said


class ListModel(QAbstractTableModel):
    """The entries of a reading that have an outcome in ``shown``; a model for each table."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.reading: Reading | None = None

    def show_reading(self, reading: Reading, shown: frozenset[Outcome]) -> None:
        """Show what of ``reading`` has one of the outcomes ``shown``."""
        self.beginResetModel()
        self.reading = reading
        self.entries = [entry for entry in reading.entries if outcome_of(entry) in shown]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == _ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(entry, index.column())
        if role == _TONE:
            return self.tone(entry, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and self.reading is not None:
            return "\n".join(reasons_of(entry, self.reading)) or None
        return None

    def text(self, entry: Entry, column: int) -> str:
        """The words of one cell."""
        raise NotImplementedError

    def tone(self, entry: Entry, column: int) -> str:
        """The colour of one cell: a tone, or empty."""
        raise NotImplementedError


class WrittenModel(ListModel):
    """The rows as they stand in the file, numbered as its program numbers them."""

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(self.reading.columns) if self.reading else 0

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self.entries[section].row_number)
        return self.reading.columns[section].head if self.reading else ""

    def text(self, entry: Entry, column: int) -> str:
        return " ".join(entry.cells[column].split("\n"))

    def tone(self, entry: Entry, column: int) -> str:
        if entry.draft is None:
            return "skipped"
        return "amber" if any(one.column == column for one in entry.problems) else ""


class UnderstoodModel(ListModel):
    """What each row was understood to say, its outcome first."""

    def __init__(self, columns: tuple[Understood, ...]) -> None:
        super().__init__()
        self._columns = columns

    @property
    def widths(self) -> list[float]:
        """The width of each column in dp."""
        return [92, *(column.width for column in self._columns)]

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(self._columns) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._columns[section - 1].title if section else tr("Result")

    def text(self, entry: Entry, column: int) -> str:
        if column == 0:
            return outcome_word(outcome_of(entry))
        if entry.draft is None:
            return (entry.skipped_reason or "") if column == 1 else ""
        return self._columns[column - 1].text(entry.draft)

    def tone(self, entry: Entry, column: int) -> str:
        if column == 0:
            return _TONES[outcome_of(entry)]
        return "skipped" if entry.draft is None else ""


class SideTable(QTableView):
    """One of the two tables: whole rows, scrolled and chosen together with the other."""

    def __init__(self, model: ListModel, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(self))
        self.setCornerWidget(QWidget())  # else the style draws a stray edge there
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        fit(self, lambda table: table.verticalHeader().setDefaultSectionSize(px(36)))
        model.modelReset.connect(self._span)

    def _span(self) -> None:
        """A title or remark that stands alone in its row has the whole row, as in the file."""
        model = self.model()
        self.clearSpans()
        for row in range(model.rowCount()):
            cells = [model.index(row, at).data() or "" for at in range(model.columnCount())]
            if len(cells) > 1 and cells[0] and not any(cells[1:]):
                self.setSpan(row, 0, 1, len(cells))

    def follow(self, other: SideTable) -> None:
        """Scroll and choose as ``other`` does."""
        other.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        other.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._choose(now.row())
        )

    def _choose(self, row: int) -> None:
        if row >= 0 and self.currentIndex().row() != row:
            column = max(0, self.currentIndex().column())
            self.setCurrentIndex(self.model().index(row, column))


class _CellDelegate(QStyledItemDelegate):
    """A cell: plain, grey where skipped, amber where not read, a pill for the outcome."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(60), px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        state = option.state
        tone, text = index.data(_TONE), index.data(Qt.ItemDataRole.DisplayRole) or ""
        painter.save()
        if tone == "amber" and not _is_outcome(index):
            painter.fillRect(rect, colour("amber_soft"))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("accent_soft"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("border"))
        inner = rect.adjusted(px(8), 0, -px(6), 0)
        if (index.column() == 0 and tone in ("green", "neutral")) or _is_outcome(index):
            _draw_pill(painter, inner, text, tone)
        else:
            role = {"skipped": "secondary", "amber": "amber"}.get(tone, "text")
            painter.setPen(colour(role))
            self._draw_text(painter, inner, text, index)
        painter.restore()

    def _draw_text(self, painter: QPainter, inner: QRect, text: str, index: Index) -> None:
        if isinstance(index.model(), UnderstoodModel) and index.column() == 1:
            font = painter.font()
            font.setBold(index.data(_TONE) != "skipped")
            painter.setFont(font)
        if index.data(_TONE) == "skipped" and isinstance(index.model(), UnderstoodModel):
            inner.setWidth(px(420))  # the reason may run over the empty cells behind it
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.setClipping(False)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)


def _is_outcome(index: Index) -> bool:
    return isinstance(index.model(), UnderstoodModel) and index.column() == 0


def _draw_pill(painter: QPainter, rect: QRect, text: str, tone: str) -> None:
    font = painter.font()
    font.setPixelSize(px(12.5))
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = min(rect.width(), painter.fontMetrics().horizontalAdvance(text) + px(18))
    place = QRect(rect.left(), rect.center().y() - px(11), width, px(23))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(f"{tone}_soft"))
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    painter.setPen(colour(tone))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
