"""What narrows the list of days: a text, a year, a campaign, the state with its counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from station_app.domain.lists import Listing
from station_app.i18n import tr
from station_app.ui.days.table import ALL, Filter, Narrowed, filtered, filters
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import Combo, SearchField, column, label, row
from station_app.ui.widgets.filter_chips import FilterChips

_PAUSE_MS = 120


class DayFilters(QWidget):
    """``changed`` a moment after the last key, and at once for everything that is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchField(tr("Theme, place or date"), "Ctrl+F")
        self.year, self.campaign = Combo(), Combo()
        self.year.setAccessibleName(tr("Year"))
        self.campaign.setAccessibleName(tr("Campaign"))
        self.chips: FilterChips[Filter] = FilterChips(filters(), name=tr("State"))
        fit(self.year, lambda combo: combo.setFixedWidth(px(112)))
        fit(self.campaign, lambda combo: combo.setFixedWidth(px(150)))
        line = row()
        line.addWidget(self.search, 1)
        for part in (self.year, self.campaign):
            line.addWidget(part)
        self.notice = label("", "quiet")
        self.notice.hide()
        self.setLayout(
            lay(column(line, self.chips, self.notice), margins=(14, 14, 14, 12), spacing=10)
        )
        self.offer([], [])
        later = QTimer(self)
        later.setSingleShot(True)
        later.setInterval(_PAUSE_MS)
        later.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _text: later.start())
        self.chips.changed.connect(lambda _value: self.changed.emit())
        for combo in (self.year, self.campaign):
            combo.currentIndexChanged.connect(lambda _at: self.changed.emit())

    @property
    def narrowed(self) -> Narrowed:
        """What is asked for besides the state."""
        return Narrowed(
            self.search.text(), self.year.currentData(), self.campaign.currentData() or ""
        )

    @property
    def untouched(self) -> bool:
        """Whether everything is listed."""
        return self.narrowed == Narrowed() and self.chips.chosen == ALL

    def listing(self, listing: Listing) -> Listing:
        """``listing`` with everything that is asked for."""
        asked = self.narrowed
        return filtered(replace(listing, text=asked.text), self.chips.chosen or ALL, asked)

    def offer(self, years: list[int], campaigns: list[str]) -> None:
        """Offer these years and campaigns; without a campaign there is no choice of one."""
        self.year.fill([(None, tr("All years")), *((one, str(one)) for one in years)])
        everything: tuple[object, str] = ("", tr("All campaigns"))
        self.campaign.fill([everything, *((one, one) for one in campaigns)])
        self.campaign.setVisible(bool(campaigns))

    def show_counts(self, counts: Mapping[Filter, int]) -> None:
        """Say how many days each state leaves."""
        self.chips.set_counts(dict(counts))
