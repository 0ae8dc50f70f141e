"""The left card: filter box, order, the count, and the list itself with those chosen in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from station_app.domain.issue_views import View
from station_app.domain.lists import Listing
from station_app.i18n import tr
from station_app.ui.issues.orders import Order, orders_for
from station_app.ui.issues.table import IssueList, IssueTable
from station_app.ui.issues.views import listing_of
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    Combo,
    EmptyState,
    SearchField,
    ShortcutButton,
    column,
    label,
    row,
)

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

#: So long must the typing pause before the list is asked.
PAUSE_MS = 120


class ListPane(Card):
    """The list and everything that narrows it; all of it concerns the whole data."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(margin=1, spacing=0)
        self.view = View.TO_DO
        self.filters: dict[str, object] = {}
        self.search = SearchField(tr("Words, name or number"), "Ctrl+F")
        self.order = Combo()
        self.order.setAccessibleName(tr("list|Order"))
        self.order.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.count = label("", "quiet")
        self.clear = ShortcutButton(tr("Clear the filters"))
        self.empty = EmptyState("message-report", "", "", self.clear)
        self.table = IssueTable(jobs, listing_of(self.view))
        self.list = IssueList(self.table, self.empty)
        self._offer_orders()
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.order.currentIndexChanged.connect(self.ask)
        self.table.counted.connect(self._counted)
        self.table.modelAboutToBeReset.connect(self._say_empty)
        self.list.picked.connect(lambda _rows: self._say_count())

    def show_view(self, view: View) -> None:
        """Show a view in the order that suits it, narrowed as before."""
        self.view = view
        self._offer_orders(keep=False)
        self.ask()

    def narrow(self, filters: Mapping[str, object]) -> None:
        """Narrow the view by ``filters``."""
        self.filters = dict(filters)
        self._offer_orders()
        self.ask()

    def show_listing(self, listing: Listing, view: View) -> None:
        """Show what was saved: view, filters, words and order."""
        self.view = view
        self.filters = {name: one for name, one in listing.filters.items() if name != "view"}
        self.search.blockSignals(True)
        self.search.setText(listing.text)
        self.search.blockSignals(False)
        self._offer_orders(keep=False)
        self.order.blockSignals(True)
        place = self.order.place_of(Order(listing.sort, listing.descending))
        self.order.setCurrentIndex(max(0, place))
        self.order.blockSignals(False)
        self.ask()

    @property
    def narrowed(self) -> bool:
        """Whether anything but the view narrows the list."""
        return bool(self.search.text().strip() or self.filters)

    @property
    def listing(self) -> Listing:
        """What is asked for now."""
        order = self.order.currentData()
        base = listing_of(self.view)
        text = self.search.text().strip()
        return Listing(order.sort, order.descending, text, {**base.filters, **self.filters})

    def ask(self) -> None:
        """Read the list anew from its beginning."""
        self._pause.stop()
        listing = self.listing
        if listing != self.table.listing or not self.table.ready:
            self.table.ask(listing)

    def _offer_orders(self, *, keep: bool = True) -> None:
        """Offer the orders that view and filters leave an index for; the view's own first."""
        kept = self.order.currentData() if keep else None
        offered = orders_for(self.view, self.filters)
        self.order.blockSignals(True)
        self.order.clear()
        for value, name in offered:
            self.order.addItem(name, value)
        place = self.order.place_of(kept)
        self.order.setCurrentIndex(max(0, place))
        self.order.blockSignals(False)
        self.order.setEnabled(len(offered) > 1)

    def _build(self) -> None:
        head = QWidget()
        lines = column(self.search, row(self.order, None, self.count))
        head.setLayout(lay(lines, margins=(12, 12, 12, 10), spacing=8))
        self.content.addWidget(head)
        self.content.addWidget(self.list, 1)

    def _counted(self, _total: int) -> None:
        self._say_count()

    def _say_count(self) -> None:
        total, taken = self.table.total, len(self.list.taken)
        if total is None:
            return
        said = tr("Issues: {n}", n=total)
        self.count.setText(tr("{n}/{all} chosen", n=taken, all=total) if taken > 1 else said)

    def _say_empty(self) -> None:
        self.clear.setVisible(self.narrowed)
        if self.narrowed:
            self.empty.set(tr("No issue fits"), tr("Try other words, or clear the filters."))
        elif self.view is View.ALL:
            advice = tr("Issues appear here once visits are registered at the desk.")
            self.empty.set(tr("No issues yet"), advice)
        else:
            self.empty.set(tr("Nothing stands here"), tr("Look at another view above."))
