"""The issues' list: two lines a row; one or several are chosen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from station_app.domain.issues import IssueRow
from station_app.domain.lists import Listing
from station_app.i18n import tr
from station_app.services import issue_records
from station_app.ui.issues import words
from station_app.ui.issues.pointing import PointingList
from station_app.ui.issues.views import view_of
from station_app.ui.theme import colour, fit, px
from station_app.ui.widgets import ROW, Column, EmptyState, PagedTable, Tone
from station_app.ui.widgets.list_table import chosen_ground

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 70

_GROUND = {"red": "accent_soft", "accent": "accent"}
_FORE = {"red": "accent", "accent": "on_accent"}


class IssueTable(PagedTable[IssueRow]):
    """The issues of a listing, page by page."""

    def __init__(self, jobs: Jobs, listing: Listing) -> None:
        super().__init__(
            jobs,
            [Column("", _spoken)],
            issue_records.list_issues,
            listing=listing,
            count=issue_records.count_issues,
        )


class IssueList(PointingList):
    """The rows of an IssueTable as in the picture: title, state as a pill, how many people.

    Several may be chosen, with Shift, Ctrl or Ctrl+A; ``picked`` carries them. They stay chosen
    when the list is read anew, as far as it still holds them.
    """

    picked = Signal(object)

    def __init__(self, table: IssueTable, empty: EmptyState) -> None:
        super().__init__(table, name=tr("page|Issues"), header=False, empty=empty)
        self._several: frozenset[UUID] = frozenset()
        self._today: date | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setItemDelegate(_TwoLines(self))
        fit(self, lambda view: view.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT)))

    def set_today(self, today: date) -> None:
        """Tell days as seen from ``today``."""
        if today != self._today:
            self._today = today
            self.viewport().update()

    def told(self, row: IssueRow) -> tuple[str, Tone]:
        """The words and the colour of a row's pill."""
        view = view_of(self._table.listing)
        return words.row_pill(row, self._today, view), words.row_tone(row, self._today, view)

    @property
    def taken(self) -> tuple[IssueRow, ...]:
        """The issues chosen, in list order."""
        rows = sorted(one.row() for one in self.selectionModel().selectedRows())
        return tuple(self._table.rows[at] for at in rows)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.picked.emit(self.taken)

    def choose_only_current(self) -> None:
        """Choose no more than the current row."""
        index = self.currentIndex()
        if index.isValid():
            self._make_current(index)
        else:
            self.clearSelection()

    def _make_current(self, index: Index) -> None:
        # Said in full: without a word Qt looks whether Ctrl or Shift happens to be held.
        wanted = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, wanted.ClearAndSelect | wanted.Rows)

    def _go(self, at: int) -> None:
        index = self._table.index(at, 0)
        if index.isValid():
            self._make_current(index)
            self.scrollTo(index)

    def _keep(self) -> None:
        super()._keep()
        taken = self.taken
        self._several = frozenset(one.id for one in taken) if len(taken) > 1 else frozenset()

    def _restore(self) -> None:
        super()._restore()
        several, self._several = self._several, frozenset()
        rows = [at for at, one in enumerate(self._table.rows) if one.id in several]
        if len(rows) > 1:
            chosen = QItemSelection()
            for at in rows:
                index = self._table.index(at, 0)
                chosen.select(index, index)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)
        elif several:
            self.picked.emit(self.taken)


class _TwoLines(QStyledItemDelegate):
    """Draws one issue on two lines."""

    def __init__(self, view: IssueList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(60), px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        issue: IssueRow = index.data(ROW)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._ground(painter, rect, chosen, index)
        inner = rect.adjusted(px(16), 0, -px(14), 0)
        people = words.counted(issue.joined_count, issue.people)
        top = QRect(inner.left(), rect.top() + px(10), inner.width(), px(23))
        _line(painter, top, issue.title, "text", 14, bold=True)
        low = QRect(inner.left(), rect.top() + px(37), inner.width(), px(23))
        used = _pill(painter, low, *self._view.told(issue))  # it has more to say
        room = low.adjusted(used + px(10), 0, 0, 0)
        _line(painter, room, people, "secondary", 12.5, right=True, whole=True)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, chosen: bool, index: Index) -> None:
        view = self._view
        under = view.viewport().mapFromGlobal(view.cursor().pos())
        if chosen or (view.viewport().underMouse() and view.rowAt(under.y()) == index.row()):
            painter.fillRect(rect, chosen_ground() if chosen else colour("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("border"))
        if chosen:
            side = QRect(rect.left(), rect.top(), px(3), rect.height())
            painter.fillRect(side, colour("accent"))
        if chosen and view.hasFocus() and index == view.currentIndex():
            painter.setPen(colour("focus"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))


def _spoken(row: IssueRow) -> str:
    people = words.counted(row.joined_count, row.people)
    return f"{row.title} {words.row_pill(row)} {row.number} {people}"


def _line(
    painter: QPainter,
    rect: QRect,
    text: str,
    role: str,
    size: float,
    *,
    bold: bool = False,
    right: bool = False,
    whole: bool = False,
) -> None:
    """One line of words; ``whole`` ones are left out where they would be cut."""
    font = QFont(painter.font())
    font.setPixelSize(px(size))
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(colour(role))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    if not whole or shown == text:
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _pill(painter: QPainter, rect: QRect, text: str, tone: str) -> int:
    font = QFont(painter.font())
    font.setPixelSize(px(12.5))
    font.setBold(False)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    metrics = painter.fontMetrics()
    width = min(rect.width(), metrics.horizontalAdvance(text) + px(20))
    place = QRect(rect.left(), rect.top(), width, rect.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(_GROUND.get(tone, f"{tone}_soft")))
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    painter.setPen(colour(_FORE.get(tone, tone)))
    inner = place.adjusted(px(8), 0, -px(8), 0)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, shown)
    return width
