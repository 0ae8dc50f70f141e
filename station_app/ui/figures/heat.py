"""The heat map of a year: a square for each day, the darker the more visits it had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from station_app.domain.figures import Asked, Figure
from station_app.domain.periods import Period, PeriodKind
from station_app.domain.reports import HeatDay
from station_app.i18n import tr
from station_app.ui.figures.chart import Chart, Mark
from station_app.ui.theme import colour, px

_HEAD = 20.0
_LEVELS = 4


class HeatMap(Chart):
    """The days of one year by week and weekday; a day with visits opens them."""

    _year = 0
    _visits: Mapping[date, int] = MappingProxyType({})

    def __init__(self) -> None:
        super().__init__(tr("Visits day by day"), height=150)
        self._campaign = ""

    def show_days(self, year: int, days: Sequence[HeatDay], campaign: str = "") -> None:
        """Show the visits of ``year``."""
        self._year, self._campaign = year, campaign
        self._visits = {one.on: one.visits for one in days}
        self.refresh()

    def lay_out(self) -> None:
        for on, n in sorted(self._visits.items()):
            period = Period(on, on, PeriodKind.ANY, self._campaign)
            words = tr("{date}: {n} visits", date=on, n=n)
            self.marks.append(Mark(self._place(on), words, Asked(Figure.VISITS, period)))

    def draw(self, painter: QPainter) -> None:
        if not self._year:
            return
        self.small(painter)
        for at, said in enumerate((tr("weekday|Mo"), tr("weekday|We"), tr("weekday|Fr"))):
            y = px(_HEAD) + at * 2 * self._side()
            painter.drawText(
                QRectF(0, y, px(24), self._side()), Qt.AlignmentFlag.AlignVCenter, said
            )
        most = max(self._visits.values(), default=1)
        day, edge = date(self._year, 1, 1), QPen(colour("border"), 1)
        while day.year == self._year:
            place = self._place(day)
            if day.day == 1:
                self.small(painter)
                said = tr("month|{number}", number=day.month)
                painter.drawText(QRectF(place.x(), 0, px(40), px(_HEAD)), 0, said)
            painter.setPen(edge)
            painter.setBrush(self._shade(self._visits.get(day, 0), most))
            painter.drawRect(place.adjusted(1, 1, -1, -1))
            day += timedelta(days=1)

    def _shade(self, n: int, most: int) -> QColor:
        """The colour for ``n`` visits: in steps that can be told apart."""
        if not n:
            return colour("page")
        level = -(-n * _LEVELS // max(most, _LEVELS))
        low, high = colour("blue_soft"), colour("blue")
        share = max(0.15, level / _LEVELS)

        def between(one: int, other: int) -> int:
            return round(one + (other - one) * share)

        return QColor(
            between(low.red(), high.red()),
            between(low.green(), high.green()),
            between(low.blue(), high.blue()),
        )

    def _side(self) -> float:
        return min(px(17), (self.width() - px(28)) / 54)

    def _place(self, on: date) -> QRectF:
        first = date(self._year, 1, 1)
        week = (on.toordinal() - first.toordinal() + first.weekday()) // 7
        side = self._side()
        return QRectF(px(28) + week * side, px(_HEAD) + on.weekday() * side, side, side)
