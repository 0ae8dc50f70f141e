"""The arrivals as a Table: rows in, roles out; a delegate draws them in two lines."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.vocabulary import Handling, IssueStatus
from station_app.domain.issue_words import handling_word, status_word
from station_app.domain.visits import VisitRow, is_collective
from station_app.i18n import tr
from station_app.ui.desk.reading import Desk
from station_app.ui.theme import colour, px

ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_TONES = {
    IssueStatus.ANSWERED: "green",
    IssueStatus.SETTLED: "green",
    IssueStatus.REGISTERED: "amber",
    IssueStatus.JOINED: "blue",
    IssueStatus.ASSIGNED: "blue",
    IssueStatus.TAKEN_UP: "blue",
    IssueStatus.RAISED: "blue",
    IssueStatus.REPLIED: "blue",
}


class Arrival:
    """One line of the list; ``visit_id`` is None for the visit being entered."""

    def __init__(self, desk: Desk, row: VisitRow | None, typing: str = "") -> None:
        self.row = row
        moment = desk.local(desk.now if row is None else row.arrived_at)
        if row is None:
            self.number = f"{desk.next_sequence:03d}" if desk.receiving else ""
            self.name, self.detail = typing or tr("New visitor"), ""
            self.state, self.tone, self.voided = tr("Being entered"), "red", False
        else:
            self.number = f"{row.sequence:03d}" if row.sequence else ""
            self.name, self.detail = row.name, _detail(row)
            self.state, self.tone = state_of(row)
            self.voided = row.voided
        self.time = _time(moment, desk)

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        return " ".join((self.number, self.name, self.detail, self.state, self.time))


class ArrivalsTable(QAbstractListModel):
    """The lines, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Arrival] = []

    def show(self, lines: list[Arrival]) -> None:
        """Show ``lines``."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.name}\n{line.detail}".strip()
        return None


def state_of(row: VisitRow) -> tuple[str, str]:
    """The word and the tone of a visit's first issue, as it stands now."""
    if row.voided:
        return status_word(IssueStatus.VOIDED), "neutral"
    if row.status is IssueStatus.JOINED and row.joined_to_count > 1:
        return tr("Joined with {n} alike", n=row.joined_to_count), "blue"
    if row.status is IssueStatus.REGISTERED:
        return handling_word(Handling.TO_HANDLE), "amber"
    return status_word(row.status), _TONES.get(row.status, "neutral")


def _detail(row: VisitRow) -> str:
    parts = [tr("{n} people", n=row.party_size)]
    if is_collective(row.party_size):
        parts.append(tr("collective"))
    parts.append(row.title)
    if row.issue_count > 1:
        parts.append(tr("and {n} more", n=row.issue_count - 1))
    return " · ".join(part for part in parts if part)


def _time(moment: datetime, desk: Desk) -> str:
    if moment.date() != desk.today and desk.day is None:
        return f"{moment.month}-{moment.day:02d}"
    return f"{moment.hour}:{moment.minute:02d}"


class ArrivalDelegate(QStyledItemDelegate):
    """Draws a line: number, name and detail at the left; state and time at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(120), px(62))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Arrival = index.data(ROW)
        rect = QRect(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour("accent_soft" if chosen else "hover"))
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour("focus"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("border"))
        _draw_line(painter, rect.adjusted(px(14), px(8), -px(12), -px(8)), line)
        painter.restore()


def _draw_line(painter: QPainter, rect: QRect, line: Arrival) -> None:
    upper = QRect(rect.left(), rect.top(), rect.width(), px(23))
    lower = QRect(rect.left(), rect.top() + px(24), rect.width(), px(20))
    right = max(
        _pill(painter, upper, line.state, line.tone),
        _words(painter, lower, line.time, 12.5, "secondary", right=True),
    )
    left = 0
    if line.number:
        left = max(px(36), _words(painter, upper, line.number, 14, "secondary") + px(10))
    for place, text, size, role in (
        (upper, line.name, 14, "secondary" if line.voided else "text"),
        (lower, line.detail, 12.5, "secondary"),
    ):
        room = QRect(place)
        room.setLeft(place.left() + left)
        room.setRight(place.right() - right - px(8))
        strong = place is upper
        _words(painter, room, text, size, role, bold=strong, struck=line.voided and strong)


def _words(
    painter: QPainter,
    rect: QRect,
    text: str,
    size: float,
    role: str,
    *,
    right: bool = False,
    bold: bool = False,
    struck: bool = False,
) -> int:
    font = QFont(painter.font())
    font.setPixelSize(px(size))
    font.setBold(bold)
    font.setStrikeOut(struck)
    painter.setFont(font)
    painter.setPen(colour(role))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, rect.width()))
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
    font.setStrikeOut(False)
    font.setBold(False)
    painter.setFont(font)
    return metrics.horizontalAdvance(shown)


def _pill(painter: QPainter, rect: QRect, text: str, tone: str) -> int:
    font = QFont(painter.font())
    font.setPixelSize(px(12.5))
    painter.setFont(font)
    metrics = painter.fontMetrics()
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() // 2)
    width = metrics.horizontalAdvance(text) + px(20)
    place = QRect(rect.right() - width, rect.top(), width, px(23))
    painter.setPen(Qt.PenStyle.NoPen)
    # The line being entered is mostly the chosen one: its pill needs another ground.
    painter.setBrush(colour("surface" if tone == "red" else f"{tone}_soft"))
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    painter.setPen(colour("accent" if tone == "red" else tone))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    return width
