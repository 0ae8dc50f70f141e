"""PeriodPicker: a month, quarter, half-year, year, a campaign, or any days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from station_app.domain.periods import (
    Period,
    PeriodKind,
    kind_word,
    period_after,
    period_around,
    period_before,
    period_word,
)
from station_app.i18n import tr
from station_app.ui.theme import fit, px
from station_app.ui.widgets import ChoiceBar, Combo, DateField, IconButton, column, label, row

Campaign = tuple[str, date, date]
_WALKED = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)


class PeriodPicker(QWidget):
    """Chooses a period; ``changed`` carries it. Alt+Up and Alt+Down walk from one to the next."""

    changed = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.period = period_around(PeriodKind.MONTH, today)
        self._campaigns: tuple[Campaign, ...] = ()
        choices = [(one, kind_word(one)) for one in PeriodKind]
        self.kinds: ChoiceBar[PeriodKind] = ChoiceBar(
            choices, name=tr("Period"), start=PeriodKind.MONTH, kind="filter"
        )
        self.kinds.changed.connect(self._kind_taken)
        self.said = label("", "strong")
        self.back = IconButton(
            "chevron-left", tr("Earlier"), keys="Alt+Up", act=lambda: self._walk(period_before)
        )
        self.onward = IconButton(
            "chevron-right", tr("Later"), keys="Alt+Down", act=lambda: self._walk(period_after)
        )
        self.campaign = Combo()
        self.campaign.setAccessibleName(tr("Campaign"))
        self.campaign.currentIndexChanged.connect(lambda _at: self._campaign_taken())
        self.first, self.last = (
            DateField(today=lambda: self._today),
            DateField(today=lambda: self._today),
        )
        self._build()
        self._show()

    def _build(self) -> None:
        self._ways = QStackedWidget()
        for part in (
            row(self.back, self.said, self.onward, None),
            row(self.campaign, self.said_campaign(), None),
            row(self.first, label(tr("to"), "quiet"), self.last, None),
        ):
            page = QWidget()
            page.setLayout(part)
            self._ways.addWidget(page)
        for field, name in ((self.first, tr("First day")), (self.last, tr("Last day"))):
            field.setAccessibleName(name)
            field.changed.connect(lambda _day: self._days_taken())
            fit(field, lambda line: line.setFixedWidth(px(150)))
        fit(self.campaign, lambda combo: combo.setFixedWidth(px(260)))
        fit(self._ways, lambda ways: ways.setFixedHeight(px(44)))
        self.setLayout(column(self.kinds, self._ways, spacing=4))

    def said_campaign(self) -> QWidget:
        """The days of the campaign, beside its name."""
        self._campaign_days = label("", "quiet")
        return self._campaign_days

    def offer(self, campaigns: Sequence[Campaign], today: date) -> None:
        """Offer these campaigns."""
        self._campaigns, self._today = tuple(campaigns), today
        self.campaign.fill([(one[0], one[0]) for one in campaigns])
        self.kinds.buttons[list(PeriodKind).index(PeriodKind.CAMPAIGN)].setEnabled(bool(campaigns))

    def take_campaign(self, name: str) -> None:
        """Choose the campaign ``name`` if it is offered."""
        if any(one[0] == name for one in self._campaigns):
            self.campaign.take(name)
            self.kinds.choose(PeriodKind.CAMPAIGN)

    def _kind_taken(self, kind: PeriodKind) -> None:
        if kind in _WALKED:
            day = min(self.period.last, self._today)
            self._take(period_around(kind, max(day, self.period.first)))
        elif kind is PeriodKind.CAMPAIGN:
            self._campaign_taken()
        else:
            period = Period(self.period.first, self.period.last)
            self._take(period)

    def _walk(self, by: object) -> None:
        if self.period.kind in _WALKED and callable(by):
            self._take(by(self.period))

    def _campaign_taken(self) -> None:
        found = next(
            (one for one in self._campaigns if one[0] == self.campaign.currentData()), None
        )
        if found is not None and self.kinds.chosen is PeriodKind.CAMPAIGN:
            name, first, last = found
            until = max(last, self._today)
            self._take(Period(first, until, PeriodKind.CAMPAIGN, name))

    def _days_taken(self) -> None:
        first, last = self.first.value, self.last.value
        if self.kinds.chosen is PeriodKind.ANY and first and last and first <= last:
            self._take(Period(first, last))

    def _take(self, period: Period) -> None:
        if period != self.period:
            self.period = period
            self._show()
            self.changed.emit(period)
        else:
            self._show()

    def _show(self) -> None:
        kind = self.kinds.chosen or PeriodKind.MONTH
        self._ways.setCurrentIndex(
            0 if kind in _WALKED else 1 if kind is PeriodKind.CAMPAIGN else 2
        )
        self.said.setText(period_word(self.period))
        span = tr("{first} to {last}", first=self.period.first, last=self.period.last)
        self._campaign_days.setText(span)
        if kind is PeriodKind.ANY:
            for field, day in ((self.first, self.period.first), (self.last, self.period.last)):
                if field.value != day:
                    field.set(day)
