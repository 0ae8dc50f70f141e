"""The charts of a report: trend, parts, what raters felt, how long issues are open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from db.vocabulary import Rating
from station_app.domain.figure_words import age_word, figure_word, rated_word, value_words
from station_app.domain.figures import RATES, Age, Asked, Figure, Part, Rated, Split, Value
from station_app.domain.issue_words import rating_word
from station_app.domain.periods import Period, PeriodKind, period_around
from station_app.domain.reports import MonthPoint
from station_app.i18n import tr
from station_app.ui.figures.chart import Chart, Mark, scale
from station_app.ui.theme import colour, px

_ROW = 26.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
#: rating → the colours of its part of a bar and of the figure on it.
_FELT = {
    Rating.SATISFIED: ("green", "green_soft"),
    Rating.FAIRLY_SATISFIED: ("amber_soft", "amber"),
    Rating.DISSATISFIED: ("accent", "accent_soft"),
}


class TrendChart(Chart):
    """Month by month: issues and what was solved as bars, people as figures above them."""

    _months: tuple[MonthPoint, ...] = ()
    _campaign = ""

    def __init__(self) -> None:
        super().__init__(tr("Month by month"), height=216)

    def show_months(self, months: Sequence[MonthPoint], campaign: str = "") -> None:
        """Show these months, at most the last 24."""
        self._months, self._campaign = tuple(months)[-24:], campaign
        self.refresh()

    def lay_out(self) -> None:
        if not self._months:
            return
        left, wide = px(36), (self.width() - px(40)) / len(self._months)
        for at, one in enumerate(self._months):
            place = QRectF(left + at * wide, px(24), wide, self.height() - px(24))
            month = replace(
                period_around(PeriodKind.MONTH, date(one.year, one.month, 1)),
                campaign=self._campaign,
            )
            words = tr(
                "{year}-{month}: {people} people came, {issues} raised, {solved} solved",
                year=one.year, month=one.month, people=one.people, issues=one.issues,
                solved=one.solved,
            )  # fmt: skip
            self.marks.append(Mark(place, words, Asked(Figure.ISSUES, month)))

    def draw(self, painter: QPainter) -> None:
        self._legend(painter)
        ground, top = self.height() - px(24), px(40)
        most = max((max(one.issues, one.solved) for one in self._months), default=0)
        high, step = scale(most)
        metrics = self.small(painter)
        value = 0.0
        while value <= high:
            y = ground - (ground - top) * value / high
            painter.setPen(QPen(colour("border"), px(1)))
            painter.drawLine(px(34), round(y), self.width() - px(4), round(y))
            painter.setPen(colour("secondary"))
            painter.drawText(QRectF(0, y - px(8), px(30), px(16)), _RIGHT, f"{value:,.0f}")
            value += step
        for one, mark in zip(self._months, self.marks, strict=True):
            self._bars(painter, one, mark.place, (ground, (ground - top) / high))
            said = f"{one.month}" if one.month > 1 else f"{one.year}"
            if metrics.horizontalAdvance(said) < mark.place.width() or one.month == 1:
                painter.setPen(colour("secondary"))
                below = QRectF(mark.place.x() - px(10), ground, mark.place.width() + px(20), px(22))
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, said)

    def _bars(
        self, painter: QPainter, one: MonthPoint, place: QRectF, high: tuple[float, float]
    ) -> None:
        ground, unit = high
        bar = min(px(22), place.width() * 0.36)
        middle = place.center().x()
        painter.setPen(Qt.PenStyle.NoPen)
        for role, x, n in (("blue", middle - bar, one.issues), ("green", middle, one.solved)):
            painter.setBrush(colour(role))
            painter.drawRect(QRectF(x, ground - n * unit, bar - 1, n * unit))

    def _legend(self, painter: QPainter) -> None:
        x = float(px(36))
        for role, figure in (("blue", Figure.ISSUES), ("green", Figure.SOLVED)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(role))
            painter.drawRect(QRectF(x, px(7), px(10), px(10)))
            metrics = self.small(painter, "text")
            said = figure_word(figure)
            painter.drawText(QRectF(x + px(16), 0, px(240), px(24)), _LEFT, said)
            x += px(16) + metrics.horizontalAdvance(said) + px(24)


class PartsChart(Chart):
    """The parts of a figure as bars across, each with its name and its value."""

    _parts: tuple[Part, ...] = ()
    _figure = Figure.ISSUES

    def __init__(self, name: str, *, most: int = 12) -> None:
        super().__init__(name, height=_ROW)
        self._most = most
        self._asked: Callable[[str], Asked] | None = None

    def show_parts(
        self, figure: Figure, period: Period, split: Split, parts: Sequence[Part]
    ) -> None:
        """Show the largest parts."""
        self._figure = figure
        self._parts = tuple(parts)[: self._most]
        drill = split is not Split.MONTH
        self._asked = (lambda key: Asked(figure, period, split, key)) if drill else None
        self.refresh()

    def show_ages(self, ages: Sequence[Age], today: date) -> None:
        """Show open issues by their age."""
        whole = Period(date(1, 1, 1), today)
        self._figure = Figure.OPEN
        self._parts = tuple(Part(one.key, age_word(one), Value(one.count)) for one in ages)
        self._asked = lambda key: Asked(Figure.OPEN, whole, Split.AGE, key)
        self.refresh()

    def wanted_height(self) -> float:
        return max(_ROW, _ROW * len(self._parts)) + 4

    def lay_out(self) -> None:
        for at, part in enumerate(self._parts):
            place = QRectF(0, px(2) + at * px(_ROW), self.width(), px(_ROW))
            said = f"{part.name} {value_words(self._figure, part.value)}"
            if self._figure in RATES:
                said += f" ({part.value.part} / {part.value.whole})"
            rows = None if part.others or self._asked is None else self._asked(part.key)
            self.marks.append(Mark(place, said, rows))

    def draw(self, painter: QPainter) -> None:
        most = max((_size(self._figure, one) for one in self._parts), default=0) or 1
        metrics = self.small(painter)
        widest = max((metrics.horizontalAdvance(one.name) for one in self._parts), default=0)
        names = min(self.width() * 0.38, px(180), widest + 2)
        figures = px(92) if self._figure in RATES else px(72)
        room = self.width() - names - figures - px(16)
        for part, mark in zip(self._parts, self.marks, strict=True):
            y, tall = mark.place.y(), mark.place.height()
            painter.setPen(colour("text"))
            name = metrics.elidedText(part.name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(QRectF(0, y, names, tall), _RIGHT, name)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("neutral_soft"))
            painter.drawRect(QRectF(names + px(8), y + px(5), room, tall - px(10)))
            painter.setBrush(colour("neutral" if part.others else "blue"))
            long = room * _size(self._figure, part) / most
            painter.drawRect(QRectF(names + px(8), y + px(5), long, tall - px(10)))
            painter.setPen(colour("text"))
            said = value_words(self._figure, part.value)
            if self._figure in RATES:
                said += f" ({part.value.whole})"
            x = names + px(14) + room
            painter.drawText(QRectF(x, y, figures + px(4), tall), _LEFT, said)


class RatingsChart(Chart):
    """What each kind of rater felt: bars of 100 %, with the number evaluated beside them."""

    _rated: tuple[Rated, ...] = ()

    def __init__(self) -> None:
        super().__init__(tr("Satisfaction by who rated"), height=64)
        self._period: Period | None = None

    def show_ratings(self, rated: Sequence[Rated], period: Period) -> None:
        """Show what was felt in a period."""
        self._rated, self._period = tuple(rated), period
        self.refresh()

    def wanted_height(self) -> float:
        return 30 + 48 * max(1, len(self._rated))

    def lay_out(self) -> None:
        for at, one in enumerate(self._rated):
            place = QRectF(0, px(28) + at * px(48), self.width(), px(46))
            figure = Figure.SELF_ASKED if one.apart else Figure.SATISFACTION
            assert self._period is not None
            asked = Asked(figure, self._period, Split.RATER, one.rater.value)
            self.marks.append(Mark(place, _felt_words(one), asked))

    def draw(self, painter: QPainter) -> None:
        x = 0.0
        for rating, (role, _on) in _FELT.items():
            painter.setPen(QPen(colour("secondary"), 1))
            painter.setBrush(colour(role))
            painter.drawRect(QRectF(x + 1, px(5), px(10), px(10)))
            metrics = self.small(painter, "text")
            said = rating_word(rating)
            painter.drawText(QRectF(x + px(16), 0, px(200), px(20)), _LEFT, said)
            x += px(16) + metrics.horizontalAdvance(said) + px(20)
        for one, mark in zip(self._rated, self.marks, strict=True):
            self._bar(painter, one, mark.place)

    def _bar(self, painter: QPainter, one: Rated, place: QRectF) -> None:
        self.small(painter, "text")
        head = QRectF(0, place.y(), place.width(), px(20))
        painter.drawText(head, _LEFT, rated_word(one.rater, one.apart))
        share = value_words(Figure.SATISFACTION, one.value)
        said = tr("{share} of {whole} evaluations", share=share, whole=one.evaluated)
        painter.drawText(head, _RIGHT, said)
        x, counts = 0.0, (one.satisfied, one.fairly, one.dissatisfied)
        for (role, on), n in zip(_FELT.values(), counts, strict=True):
            wide = place.width() * n / max(1, one.evaluated)
            bar = QRectF(x, place.y() + px(21), wide, px(18))
            painter.setPen(QPen(colour("secondary"), 1))
            painter.setBrush(colour(role))
            if n:
                painter.drawRect(bar.adjusted(0, 0, -1, 0))
                painter.setPen(colour(on))
                if wide > px(20):
                    painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, f"{n}")
            x += wide


def _size(figure: Figure, part: Part) -> float:
    return (part.value.share or 0) if figure in RATES else part.value.part


def _felt_words(one: Rated) -> str:
    felt = ((Rating.SATISFIED, one.satisfied), (Rating.FAIRLY_SATISFIED, one.fairly),
            (Rating.DISSATISFIED, one.dissatisfied))  # fmt: skip
    said = tr("list|, ").join(f"{rating_word(rating)} {n}" for rating, n in felt)
    return f"{rated_word(one.rater, one.apart)} {said}"
