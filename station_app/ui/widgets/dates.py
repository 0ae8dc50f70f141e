"""Dates and times that take quick typing: 1110, 11-10, 11月10日, 10; 930, 9:30, 9."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidgetAction

from station_app.i18n import Language, language, tr
from station_app.ui.theme import fit, px
from station_app.ui.widgets.buttons import IconButton


def parse_date(typed: str, today: date) -> date | None:
    """The date meant by ``typed``; month and year may be left out and are then those of ``today``.

    Two or more of the digits 1110, 261110 and 20261110 are read as month-day, short and full date.
    """
    text = typed.strip()
    if re.fullmatch(r"[+-]\d{1,3}", text):
        return today + timedelta(days=int(text))
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if len(parts) == 1:
        parts = _split_digits(re.sub(r"\D", "", text))
    if not 1 <= len(parts) <= 3:
        return None
    year, month, day = [today.year, today.month, today.day][: 3 - len(parts)] + parts
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _split_digits(digits: str) -> list[int]:
    cuts = {1: (1,), 2: (2,), 3: (1, 2), 4: (2, 2), 6: (2, 2, 2), 8: (4, 2, 2)}.get(len(digits), ())
    parts, at = [], 0
    for cut in cuts:
        parts.append(int(digits[at : at + cut]))
        at += cut
    return parts


def parse_time(typed: str) -> time | None:
    """The time of day meant by ``typed``: 9, 930, 0930, 9:30, 9.30 and 9点30 are known."""
    text = typed.strip()
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if len(parts) == 1 and parts[0] > 24:
        digits = re.sub(r"\D", "", text)
        parts = [int(digits[:-2]), int(digits[-2:])] if len(digits) in (3, 4) else []
    if not 1 <= len(parts) <= 2:
        return None
    hour, minute = parts[0], parts[1] if len(parts) == 2 else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


class DateField(QLineEdit):
    """A date typed in any short way, or taken from a calendar; Up and Down move by a day."""

    changed = Signal(object)

    def __init__(
        self, value: date | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__()
        self._today = today
        self._value: date | None = None
        self.setPlaceholderText(tr("for example 1110"))
        self._open = IconButton(
            "calendar",
            tr("Choose from the calendar"),
            act=self._calendar,
            size=18,
            role="secondary",
        )
        self._open.setParent(self)
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fit(self, DateField._fit)
        self.editingFinished.connect(self._typed)
        self.set(value)

    def _fit(self) -> None:
        self.setTextMargins(0, 0, px(28), 0)
        self.setMinimumWidth(px(124))  # a whole date beside the calendar's button

    @property
    def value(self) -> date | None:
        """The date meant; None while empty or not understood."""
        return parse_date(self.text(), self._today()) if self.text().strip() else None

    def set(self, value: date | None) -> None:
        """Show ``value``."""
        self.setText(f"{value:%Y-%m-%d}" if value else "")
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers():
            self.set((self.value or self._today()) + timedelta(days=step))
            return
        if event.key() == Qt.Key.Key_F4:
            self._calendar()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._open.adjustSize()
        self._open.move(
            self.width() - self._open.width() - px(4), (self.height() - self._open.height()) // 2
        )

    def _typed(self) -> None:
        if self.value is not None or not self.text().strip():
            self.set(self.value)

    def _calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        chinese = language() is Language.CHINESE
        calendar.setLocale(
            QLocale(QLocale.Language.Chinese if chinese else QLocale.Language.English)
        )
        calendar.setAccessibleName(tr("Calendar"))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        shown = self.value or self._today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)

        def take(taken: QDate) -> None:
            self.set(date(taken.year(), taken.month(), taken.day()))
            menu.close()

        calendar.activated.connect(take)
        calendar.clicked.connect(take)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + px(4))))
        calendar.setFocus()


class TimeField(QLineEdit):
    """A time of day typed in any short way; Up and Down move by five minutes."""

    changed = Signal(object)

    def __init__(self, value: time | None = None) -> None:
        super().__init__()
        self._value: time | None = None
        self.setPlaceholderText(tr("for example 930"))
        self.editingFinished.connect(self._typed)
        self.set(value)

    @property
    def value(self) -> time | None:
        """The time meant; None while empty or not understood."""
        return parse_time(self.text()) if self.text().strip() else None

    def set(self, value: time | None) -> None:
        """Show ``value``."""
        self.setText(f"{value.hour}:{value.minute:02}" if value else "")
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 5, Qt.Key.Key_Down: -5}.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers():
            now = self.value or time(9, 0)
            minutes = (now.hour * 60 + now.minute + step) % (24 * 60)
            self.set(time(minutes // 60, minutes % 60))
            return
        super().keyPressEvent(event)

    def _typed(self) -> None:
        if self.value is not None or not self.text().strip():
            self.set(self.value)
