"""The calendar as an item model: a year of months, or weeks of seven days; one cell a date."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from db.vocabulary import DayStatus
from station_app.domain.activities import activity_word
from station_app.domain.days import DayRow
from station_app.domain.words import day_kind_word, day_status_word
from station_app.i18n import tr
from station_app.services.calendars import CalendarRecord
from station_app.ui.days.words import day_title, hours, weekday

Index = QModelIndex | QPersistentModelIndex

#: Roles besides Qt's own: a cell's date, its days, why it is off, its activities, campaigns.
DATE, DAYS, OFF, ACTIVITIES, CAMPAIGNS = (Qt.ItemDataRole.UserRole + at for at in range(1, 6))

_MIME = "application/x-reception-day"
_WEEK = timedelta(weeks=1)
_MONTHS, _LONGEST, _WEEKDAYS = 12, 31, 7


class Span(StrEnum):
    """How much of the calendar is seen at once."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A year, a month or a week: the one in which ``on`` lies."""

    span: Span
    on: date

    @property
    def first(self) -> date:
        """The first date that is shown."""
        if self.span is Span.YEAR:
            return date(self.on.year, 1, 1)
        start = self.on if self.span is Span.WEEK else self.on.replace(day=1)
        return start - timedelta(days=start.weekday())

    @property
    def rows(self) -> int:
        """Months of a year, weeks that touch a month, or the one week."""
        if self.span is Span.YEAR:
            return _MONTHS
        if self.span is Span.WEEK:
            return 1
        length = calendar.monthrange(self.on.year, self.on.month)[1]
        return (self.on.replace(day=length) - self.first) // _WEEK + 1

    @property
    def last(self) -> date:
        """The last date that is shown."""
        if self.span is Span.YEAR:
            return date(self.on.year, 12, 31)
        return self.first + _WEEK * self.rows - timedelta(days=1)

    def at(self, row: int, column: int) -> date | None:
        """The date of a cell; None past the end of a month."""
        if self.span is not Span.YEAR:
            return self.first + timedelta(days=row * _WEEKDAYS + column)
        length = calendar.monthrange(self.on.year, row + 1)[1]
        return date(self.on.year, row + 1, column + 1) if column < length else None

    def place(self, on: date) -> tuple[int, int]:
        """The cell of a date that is shown."""
        if self.span is Span.YEAR:
            return on.month - 1, on.day - 1
        return divmod((on - self.first).days, _WEEKDAYS)

    def moved(self, by: int) -> Stretch:
        """The same span, ``by`` years, months or weeks on."""
        if self.span is Span.WEEK:
            return Stretch(self.span, self.on + _WEEK * by)
        months = self.on.year * _MONTHS + self.on.month - 1
        months += by * (_MONTHS if self.span is Span.YEAR else 1)
        return Stretch(self.span, date(months // _MONTHS, months % _MONTHS + 1, 1))


class CalendarModel(QAbstractTableModel):
    """Cells of a stretch. ``dropped`` tells that a planned day was dragged to another date."""

    dropped = Signal(object, object)

    def __init__(self, stretch: Stretch) -> None:
        super().__init__()
        self.stretch = stretch
        self.record: CalendarRecord | None = None

    def show(self, stretch: Stretch, record: CalendarRecord) -> None:
        """Show ``record``, read for ``stretch``."""
        self.beginResetModel()
        self.stretch, self.record = stretch, record
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self.stretch.rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        if parent.isValid():
            return 0
        return _LONGEST if self.stretch.span is Span.YEAR else _WEEKDAYS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return tr("calendar|Month {n}", n=section + 1) if self._is_year else None
        return str(section + 1) if self._is_year else weekday(date(2024, 1, section + 1))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        on = self.stretch.at(index.row(), index.column())
        if on is None or self.record is None:
            return None
        if role == DATE:
            return on
        if role == DAYS:
            return self.record.days.get(on, ())
        if role == OFF:
            return self._off(on)
        if role == ACTIVITIES:
            return self.record.activities.get(on, ())
        if role == CAMPAIGNS:
            return self.record.campaigns_on(on)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._told(on)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        on = self.stretch.at(index.row(), index.column())
        if on is None:
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._movable(index) is not None:
            found |= Qt.ItemFlag.ItemIsDragEnabled
        return found | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        found = QMimeData()
        day = self._movable(indexes[0]) if indexes else None
        if day is not None:
            found.setData(_MIME, QByteArray(day.id.bytes))
        return found

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        on = self.stretch.at(parent.row(), parent.column()) if parent.isValid() else None
        if on is None or not data.hasFormat(_MIME):
            return False
        self.dropped.emit(UUID(bytes=bytes(data.data(_MIME).data())), on)
        return False  # the day moves in the file; the calendar is then read again

    @property
    def _is_year(self) -> bool:
        return self.stretch.span is Span.YEAR

    def _movable(self, index: Index) -> DayRow | None:
        planned = [one for one in index.data(DAYS) or () if one.status is DayStatus.PLANNED]
        return planned[0] if planned else None

    def _off(self, on: date) -> str:
        assert self.record is not None
        return self.record.work.off.get(on, "")

    def _told(self, on: date) -> str:
        """A date with everything on it, for the tip and for screen readers."""
        assert self.record is not None
        lines = [f"{day_title(on)} {self._off(on)}".strip()]
        if on in self.record.work.worked:
            lines.append(tr("worked instead of a holiday"))
        lines += [tr("Campaign: {name}", name=one.name) for one in self.record.campaigns_on(on)]
        for day in self.record.days.get(on, ()):
            what = day.theme or day_kind_word(day.kind)
            lines.append(f"{hours(day.starts, day.ends)} {what} · {day_status_word(day.status)}")
            lines.append(tr("{n} deputies due", n=day.due))
        lines += [
            f"{activity_word(one.kind)} {one.title}" for one in self.record.activities.get(on, ())
        ]
        return "\n".join(lines)
