"""The overview of one report: the cards of its figures, its charts, who has not come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from db.vocabulary import Level
from station_app.domain.figure_words import figure_word, split_word
from station_app.domain.figures import SPLITS, TOLD, Asked, Figure, Part, Split
from station_app.domain.periods import year_of
from station_app.domain.reports import Absent, Report
from station_app.domain.words import levels_words
from station_app.i18n import tr
from station_app.services import figures
from station_app.ui.figures.cards import FigureCard
from station_app.ui.figures.chart import Chart
from station_app.ui.figures.charts import PartsChart, RatingsChart, TrendChart
from station_app.ui.figures.heat import HeatMap
from station_app.ui.theme import lay, px
from station_app.ui.widgets import Card, Combo, ShortcutButton, column, label, row

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

#: A card of a figure is at least so wide, in dp.
_CARD = 232
#: Charts stand side by side from this width on, in dp.
_BESIDE = 860
_MOST_NAMES = 60
#: What comes sooner than this replaces what was shown, without a pause between.
_PATIENCE_MS = 300


class Overview(QWidget):
    """Everything of a report at a glance; ``opened`` carries which rows are asked for."""

    opened = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self.report: Report | None = None
        self._wait = QTimer(self)
        self.frozen = False
        self.cards: dict[Figure, FigureCard] = {one: FigureCard(one) for one in TOLD}
        for card in self.cards.values():
            card.opened.connect(self._figure_opened)
        self.trend, self.ratings, self.heat = TrendChart(), RatingsChart(), HeatMap()
        self.parts = PartsChart(tr("A figure split"), most=14)
        self.ages = PartsChart(tr("Issues that are open, by age"))
        for chart in (self.trend, self.ratings, self.heat, self.parts, self.ages):
            chart.opened.connect(self.opened)
        self.figure, self.split = Combo(), Combo()
        self.absent_words = label("", "", wrap=True)
        self.absent_title = label("", "section")
        self.absent_rows = ShortcutButton(
            tr("Open the list"), icon="users", act=self._absent_opened
        )
        self._grid, self._pairs = lay(QGridLayout(), spacing=12), lay(QGridLayout(), spacing=16)
        self._build()

    def _build(self) -> None:
        self.figure.setAccessibleName(tr("Figure"))
        self.split.setAccessibleName(tr("Split by"))
        self.figure.fill([(one, figure_word(one)) for one in TOLD])
        self.figure.take(Figure.ISSUES)
        self._offer_splits()
        self.figure.currentIndexChanged.connect(lambda _at: self._offer_splits())
        self.figure.currentIndexChanged.connect(lambda _at: self._show_parts())
        self.split.currentIndexChanged.connect(lambda _at: self._show_parts())
        self._charts = [
            _card(tr("Month by month"), self.trend),
            _card(tr("A figure split"), self.parts, row(self.figure, self.split)),
            _card(tr("Satisfaction by who rated"), self.ratings),
            _card(tr("Issues that are open, by age"), self.ages),
        ]
        self._heat_card = _card(tr("Visits day by day"), self.heat)
        self._absent_card = Card()
        self._absent_card.content.addLayout(row(self.absent_title, None, self.absent_rows))
        self._absent_card.content.addWidget(self.absent_words)
        self._no_ratings = label(
            tr("Nobody has rated anything in this period."), "quiet", wrap=True
        )
        self._charts[2].content.insertWidget(1, self._no_ratings)
        self.counting = label(tr("What they are made of is still being counted …"), "quiet")
        self.counting.hide()
        parts = (self._grid, self.counting, self._pairs, self._heat_card, self._absent_card)
        self.setLayout(column(*parts, None, spacing=16))
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE_MS)
        self._wait.timeout.connect(lambda: self._show_rest(False))
        self._arrange()

    def begin_report(self, report: Report) -> None:
        """Show the figures of ``report``, of which nothing more is counted yet.

        The charts of the report before go where the rest keeps one waiting.
        """
        self.report, self.frozen = report, False
        self._show_cards(report)
        self._arrange()
        self._wait.start()

    def show_report(self, report: Report, *, frozen: bool = False) -> None:
        """Show ``report``; a ``frozen`` one tells only what was kept."""
        self._wait.stop()
        self._show_rest(True)
        self.report, self.frozen = report, frozen
        self._show_cards(report)
        self.trend.show_months(report.trend, report.period.campaign)
        self.ratings.show_ratings(report.ratings, report.period)
        self.ratings.setVisible(bool(report.ratings))
        self._no_ratings.setVisible(not report.ratings)
        self.ages.show_ages(report.ages, report.made_on)
        self.heat.show_days(report.period.last.year, report.heat, report.period.campaign)
        self._show_absent(report)
        self._arrange()
        self._show_parts()

    def _show_cards(self, report: Report) -> None:
        told = {one.figure: one for one in report.figures}
        for figure, card in self.cards.items():
            card.setVisible(figure in told)
            if figure in told:
                card.show_figure(told[figure], report.period)

    def _show_rest(self, shown: bool) -> None:
        for card in (*self._charts, self._heat_card, self._absent_card):
            card.setVisible(shown)
        self.counting.setVisible(not shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        told = {one.figure for one in self.report.figures} if self.report else set(TOLD)
        shown = [card for figure, card in self.cards.items() if figure in told]
        fit = self.width() // px(_CARD)
        # As many as leave no gap in the last line.
        across = next((n for n in (4, 3, 2) if n <= fit and len(shown) % n == 0), 1)
        for at, card in enumerate(shown):
            self._grid.addWidget(card, at // across, at % across)
        for at in range(4):
            self._grid.setColumnStretch(at, 1 if at < across else 0)
        wide = 2 if self.width() >= px(_BESIDE) else 1
        for at, chart in enumerate(self._charts):
            self._pairs.addWidget(chart, at // wide, at % wide)
        for at in range(2):
            self._pairs.setColumnStretch(at, 1 if at < wide else 0)

    def _offer_splits(self) -> None:
        figure = Figure(str(self.figure.currentData()))
        self.split.fill([(one, split_word(one)) for one in Split if one in SPLITS[figure]])

    def _show_parts(self) -> None:
        report = self.report
        if report is None:
            return
        figure, split = Figure(str(self.figure.currentData())), Split(str(self.split.currentData()))
        kept = next(
            (one.parts for one in report.breakdowns
             if (one.figure, one.split) == (figure, split)), None,
        )  # fmt: skip
        if kept is not None:
            self._put_parts(report, figure, split, kept)
            return
        self._jobs.latest(
            "parts",
            lambda tx: figures.parts(tx, figure, report.period, split),
            lambda found: self._put_parts(report, figure, split, found),
            owner=self,
        )

    def _put_parts(
        self, report: Report, figure: Figure, split: Split, parts: Sequence[Part]
    ) -> None:
        self.parts.show_parts(figure, report.period, split, parts)

    def _show_absent(self, report: Report) -> None:
        absent, n = report.absent, len(report.absent)
        title = tr("Deputies who have not come in {year}: {n}", year=report.period.last.year, n=n)
        self.absent_title.setText(title)
        names = [_named(one) for one in absent[:_MOST_NAMES]]
        said = tr("list|, ").join(names)
        if n > _MOST_NAMES:
            said += " …"
        self.absent_words.setText(said or _nobody_absent(report))
        self.absent_rows.setVisible(bool(absent))

    def _figure_opened(self, figure: Figure) -> None:
        if self.report is not None:
            self.opened.emit(Asked(figure, self.report.period))

    def _absent_opened(self) -> None:
        if self.report is not None:
            year = replace(year_of(self.report.period), campaign="")
            self.opened.emit(Asked(Figure.ATTENDANCE_RATE, year, counting=False))


def _nobody_absent(report: Report) -> str:
    if report.nobody_registered:
        return tr("No deputy is registered yet.")
    return tr("Everybody has come at least once.")


def _named(one: Absent) -> str:
    levels = levels_words(Level(word) for word in one.levels)
    return tr("{name} ({levels})", name=one.name, levels=levels) if levels else one.name


def _card(title: str, chart: Chart, above: object = None) -> Card:
    card = Card()
    card.content.addWidget(label(title, "section"))
    if above is not None:
        card.content.addLayout(above)  # type: ignore[arg-type]  # a layout or nothing
    card.content.addWidget(chart)
    card.content.addStretch(1)
    return card
