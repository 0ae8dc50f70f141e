"""The issues' list: two lines a row, its orders, its filters and saved views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.vocabulary import IssueStatus
from station_app.domain.issues import IssueRow
from station_app.domain.lists import Listing
from station_app.i18n import tr
from station_app.services import issue_records
from station_app.ui.issues import words
from station_app.ui.issues.pointing import PointingList
from station_app.ui.theme import colour, fit, px
from station_app.ui.widgets import ROW, Column, EmptyState, PagedTable

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

Index = QModelIndex | QPersistentModelIndex
ALL = "all"
ROW_HEIGHT = 70

_GROUND = {"red": "accent_soft", "accent": "accent"}
_FORE = {"red": "accent", "accent": "on_accent"}


@dataclass(frozen=True, slots=True)
class Order:
    """One order the list offers: the service's name for it and its direction."""

    sort: str
    descending: bool


NEWEST = Order("registered_at", descending=True)


def orders() -> list[tuple[Order, str]]:
    """The orders and what they are called; each has its index."""
    return [
        (NEWEST, tr("Newest first")),
        (Order("registered_at", descending=False), tr("Oldest first")),
        (Order("number", descending=False), tr("By number")),
        (Order("category", descending=False), tr("By category")),
        (Order("status", descending=False), tr("By state")),
    ]


def views() -> list[tuple[IssueStatus | str, str]]:
    """The saved views: where an issue stands, in the order it moves."""
    return [
        (IssueStatus.REGISTERED, tr("view|To be handled")),
        (IssueStatus.ASSIGNED, tr("view|Assigned")),
        (IssueStatus.REPLIED, tr("view|Replied")),
        (IssueStatus.ANSWERED, tr("view|Answered on the spot")),
        (IssueStatus.SETTLED, tr("view|Settled")),
        (IssueStatus.DECLINED, tr("view|Declined")),
        (IssueStatus.JOINED, tr("view|Joined")),
        (ALL, tr("view|All")),
    ]


class IssueTable(PagedTable[IssueRow]):
    """The issues of a listing, page by page."""

    def __init__(self, jobs: Jobs) -> None:
        listing = Listing(
            NEWEST.sort, NEWEST.descending, filters={"status": IssueStatus.REGISTERED}
        )
        super().__init__(
            jobs,
            [Column("", _spoken)],
            issue_records.list_issues,
            listing=listing,
            count=issue_records.count_issues,
        )


class IssueList(PointingList):
    """The rows of an IssueTable as in the picture: title, state as a pill, how many people."""

    def __init__(self, table: IssueTable, empty: EmptyState) -> None:
        super().__init__(table, name=tr("page|Issues"), header=False, empty=empty)
        self.setItemDelegate(_TwoLines(self))
        fit(self, lambda view: view.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT)))


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
        self._ground(painter, rect, chosen, index.row())
        inner = rect.adjusted(px(16), 0, -px(14), 0)
        people = words.counted(issue.joined_count, issue.people)
        top = QRect(inner.left(), rect.top() + px(10), inner.width(), px(23))
        _line(painter, top, issue.title, "text", 14, bold=True)
        low = QRect(inner.left(), rect.top() + px(37), inner.width(), px(23))
        used = _line(painter, low, people, "secondary", 12.5, right=True)
        room = low.adjusted(0, 0, -used - px(10), 0)
        _pill(painter, room, words.row_pill(issue), words.row_tone(issue))
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, chosen: bool, row: int) -> None:
        view = self._view
        under = view.viewport().mapFromGlobal(view.cursor().pos())
        if chosen or (view.viewport().underMouse() and view.rowAt(under.y()) == row):
            painter.fillRect(rect, _chosen_ground() if chosen else colour("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("border"))
        if chosen:
            side = QRect(rect.left(), rect.top(), px(3), rect.height())
            painter.fillRect(side, colour("accent"))
        if chosen and view.hasFocus():
            painter.setPen(colour("focus"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))


def _chosen_ground() -> QColor:
    """Lighter than a red pill, which must stay visible on it."""
    soft, surface = colour("accent_soft"), colour("surface")
    return QColor(
        (soft.red() + surface.red()) // 2,
        (soft.green() + surface.green()) // 2,
        (soft.blue() + surface.blue()) // 2,
    )


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
) -> int:
    font = QFont(painter.font())
    font.setPixelSize(px(size))
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(colour(role))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return painter.fontMetrics().horizontalAdvance(shown)


def _pill(painter: QPainter, rect: QRect, text: str, tone: str) -> None:
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
