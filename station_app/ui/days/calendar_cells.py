"""How a date is painted: a mark in a year's small cell, lines in a month's large one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.vocabulary import DayStatus
from station_app.domain.activities import ActivityRow, activity_word
from station_app.domain.days import DayRow
from station_app.domain.words import day_kind_word
from station_app.i18n import tr
from station_app.ui.days.calendar_model import (
    ACTIVITIES,
    CAMPAIGNS,
    DATE,
    DAYS,
    OFF,
    CalendarModel,
    Span,
)
from station_app.ui.days.words import TONES
from station_app.ui.theme import colour, px

Index = QModelIndex | QPersistentModelIndex
Entry = DayRow | ActivityRow

#: What stands in a year's small cell, so that colour alone tells nothing.
MARKS = {
    DayStatus.PLANNED: "○",
    DayStatus.OPEN: "◐",
    DayStatus.CLOSED: "●",
    DayStatus.LOCKED: "■",
    DayStatus.CANCELLED: "×",
}
#: Where no reception is held, but an activity.
ACTIVITY = "△"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWrapAnywhere


class CellDelegate(QStyledItemDelegate):
    """Paints one cell of a CalendarModel."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(18), px(18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        on = index.data(DATE)
        model = index.model()
        if on is None or not isinstance(model, CalendarModel) or model.record is None:
            return
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, model, on)
        if model.stretch.span is Span.YEAR:
            self._mark(painter, rect, _entries(index))
        else:
            self._lines(painter, rect, index, faded=_is_outside(model, on))
        if index.data(CAMPAIGNS):
            self._ribbon(painter, rect)
        self._frame(painter, rect, option, today=on == model.record.today)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, model: CalendarModel, on: date) -> None:
        assert model.record is not None
        free = not model.record.work.is_working(on)
        inside = rect.adjusted(0, 0, -1, -1)
        painter.fillRect(inside, colour("neutral_soft" if free else "surface"))
        painter.setPen(colour("border"))
        painter.drawRect(inside)

    def _ribbon(self, painter: QPainter, rect: QRect) -> None:
        """Along the foot of every date of a campaign; its name is told above the calendar."""
        high = px(3)
        painter.fillRect(
            QRect(rect.left(), rect.bottom() - high, rect.width(), high), colour("amber")
        )

    def _mark(self, painter: QPainter, rect: QRect, entries: tuple[Entry, ...]) -> None:
        if not entries:
            return
        fore, ground = _colours(entries[0])
        painter.fillRect(rect.adjusted(1, 1, -1, -1), colour(ground))
        painter.setPen(colour(fore))
        _set_size(painter, 12)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _mark_of(entries[0]))

    def _lines(self, painter: QPainter, rect: QRect, index: Index, *, faded: bool) -> None:
        on, left = index.data(DATE), rect.adjusted(px(6), px(2), -px(6), 0)
        head = QRect(left.left(), left.top(), left.width(), px(20))
        _set_size(painter, 13, bold=not faded)
        painter.setPen(colour("secondary" if faded else "text"))
        painter.drawText(head, _LEFT, str(on.day) if on.day > 1 else f"{on:%m-%d}")
        _set_size(painter, 11.5)
        painter.setPen(colour("accent"))
        room = head.adjusted(px(38), 0, 0, 0)
        off = painter.fontMetrics().elidedText(
            index.data(OFF), Qt.TextElideMode.ElideRight, room.width()
        )
        days, room_below = _entries(index), left.adjusted(0, px(22), 0, -px(3))
        if room_below.height() >= px(14):
            painter.drawText(room, _RIGHT, off)
            self._days(painter, room_below, days)
        elif days:
            self._day(painter, head.adjusted(px(26), 0, 0, 0), days[0])

    def _days(self, painter: QPainter, room: QRect, days: tuple[Entry, ...]) -> None:
        """As many days as fit, each as high as all of them could be."""
        height = next(one for one in (px(96), px(36), px(18))
                      if len(days) * (one + px(2)) <= room.height() or one == px(18))  # fmt: skip
        height = min(height, room.height())  # in a low window a line is a little lower
        fits = max(1, room.height() // (height + px(2)))
        top = room.top()
        for day in days[:fits]:
            self._day(painter, QRect(room.left(), top, room.width(), height), day)
            top += height + px(2)
        if len(days) > fits:
            painter.setPen(colour("secondary"))
            rest = QRect(room.left(), room.bottom() - px(14), room.width(), px(14))
            painter.drawText(rest, _RIGHT, tr("calendar|{n} more", n=len(days) - fits))

    def _day(self, painter: QPainter, room: QRect, day: Entry) -> None:
        fore, ground = _colours(day)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(room, px(4), px(4))
        painter.setPen(colour(fore))
        _set_size(painter, 12)
        inside = room.adjusted(px(5), 0, -px(3), 0)
        begins, theme, due = _words(day)
        if room.height() > px(60):
            painter.drawText(inside.adjusted(0, px(4), 0, -px(4)), _WRAPPED,
                             f"{begins}\n{theme}\n{due}")  # fmt: skip
            return
        metrics = painter.fontMetrics()
        words = [begins, theme] if room.height() > px(30) else [f"{begins} {theme}"]
        # In a narrow cell something whole, rather than pieces and dots.
        if metrics.horizontalAdvance(begins) > inside.width():
            words = [_mark_of(day)]
        elif metrics.horizontalAdvance(f"{begins} {theme[:1]}…") > inside.width():
            words = [begins, *words[1:]]
        height = room.height() // len(words)
        for at, text in enumerate(words):
            line = QRect(inside.left(), room.top() + at * height, inside.width(), height)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, _LEFT, shown)

    def _frame(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, *, today: bool
    ) -> None:
        state = option.state
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if today:
            painter.setPen(QPen(colour("accent"), px(2)))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(colour("focus"), px(2), Qt.PenStyle.DashLine if today
                                else Qt.PenStyle.SolidLine))  # fmt: skip
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


def _is_outside(model: CalendarModel, on: date) -> bool:
    return model.stretch.span is Span.MONTH and on.month != model.stretch.on.month


def _entries(index: Index) -> tuple[Entry, ...]:
    return (*index.data(DAYS), *index.data(ACTIVITIES))


def _mark_of(entry: Entry) -> str:
    return ACTIVITY if isinstance(entry, ActivityRow) else MARKS[entry.status]


def _words(entry: Entry) -> tuple[str, str, str]:
    """Mark and beginning, what it is about, who is due."""
    begins = f"{entry.starts.hour}:{entry.starts.minute:02}" if entry.starts else ""
    begins = f"{_mark_of(entry)} {begins}".strip()
    if isinstance(entry, ActivityRow):
        return begins, entry.title, activity_word(entry.kind)
    due = tr("calendar|{n} due", n=entry.due)
    return begins, entry.theme or day_kind_word(entry.kind), due


def _colours(entry: Entry) -> tuple[str, str]:
    """The roles of an entry's words and ground, by its state."""
    tone = "neutral" if isinstance(entry, ActivityRow) else TONES[entry.status]
    named = {"accent": ("on_accent", "accent"), "red": ("accent", "accent_soft")}
    return named.get(tone, (tone, f"{tone}_soft"))


def _set_size(painter: QPainter, dp: float, *, bold: bool = False) -> None:
    font = QFont(painter.font())
    font.setPixelSize(px(dp))
    font.setBold(bold)
    painter.setFont(font)
