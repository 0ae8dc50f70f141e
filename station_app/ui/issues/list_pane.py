"""The left card: filter box, order, category and urgency, the count, and the list itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from db.vocabulary import IssueStatus
from station_app.domain.dictionaries import CategoryRecord
from station_app.domain.lists import Listing
from station_app.i18n import tr
from station_app.ui.issues import table
from station_app.ui.issues.table import IssueList, IssueTable
from station_app.ui.theme import lay, px
from station_app.ui.widgets import (
    Card,
    Combo,
    EmptyState,
    SearchField,
    ShortcutButton,
    column,
    keys_in_words,
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
        self.search = SearchField(tr("Words, name or number"), "Ctrl+F")
        self.order = Combo()
        self.order.setAccessibleName(tr("list|Order"))
        self.category = Combo()
        self.category.setAccessibleName(tr("list|Category"))
        self.category.fill([("", tr("All categories"))])
        self.urgent = ShortcutButton(tr("Urgent only"), "Alt+E", kind="filter", show_keys=False)
        self.urgent.setCheckable(True)
        self.more = ShortcutButton(tr("list|Filter"), "Alt+F", icon="filter", show_keys=False)
        self.more.setCheckable(True)
        self.count = label("", "quiet")
        self.view: IssueStatus | str = IssueStatus.REGISTERED
        self.clear = ShortcutButton(tr("Clear the filters"), "Alt+C", act=self.clear_filters)
        self.empty = EmptyState("message-report", "", "", self.clear)
        self.table = IssueTable(jobs)
        self.list = IssueList(self.table, self.empty)
        self._offer_orders()
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.order.currentIndexChanged.connect(self.ask)
        self.category.currentIndexChanged.connect(self._narrow)
        self.urgent.toggled.connect(self._narrow)
        self.more.toggled.connect(self._filters.setVisible)
        self.table.counted.connect(self._counted)
        self.table.modelAboutToBeReset.connect(self._say_empty)

    def set_categories(self, categories: Sequence[CategoryRecord]) -> None:
        """Offer ``categories``, keeping the one taken."""
        choices: list[tuple[object, str]] = [("", tr("All categories"))]
        choices += [(one.code, one.path if one.parent else one.name) for one in categories]
        self.category.fill(choices)

    def set_view(self, view: IssueStatus | str) -> None:
        """Show a saved view."""
        self.view = view
        self.ask()

    def clear_filters(self) -> None:
        """Show all of the view again."""
        self.search.clear()
        self.category.take("")
        self.urgent.setChecked(False)
        self.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        name = tr("list|Filter")
        self.more.setText(name if self.width() >= px(280) else "")
        self.more.setAccessibleName(name)
        self.more.setToolTip(f"{name} ({keys_in_words('Alt+F')})")

    @property
    def narrowed(self) -> bool:
        """Whether anything but the view narrows the list."""
        filters = self._listing().filters
        return bool(self.search.text().strip() or set(filters) - {"status"})

    def ask(self) -> None:
        """Read the list anew from its beginning."""
        self._pause.stop()
        listing = self._listing()
        if listing != self.table.listing or not self.table.ready:
            self.table.ask(listing)

    def _listing(self) -> Listing:
        order = self.order.currentData() or table.NEWEST
        filters: dict[str, object] = {}
        if isinstance(self.view, IssueStatus):
            filters["status"] = self.view
        if self.category.currentData():
            filters["category"] = self.category.currentData()
        if self.urgent.isChecked():
            filters["urgent"] = True
        return Listing(order.sort, order.descending, self.search.text().strip(), filters)

    def _narrow(self) -> None:
        self._offer_orders()
        self.ask()

    def _offer_orders(self) -> None:
        """Offer the orders that the filters leave an index for."""
        narrow = bool(self.category.currentData())
        kept = self.order.currentData()
        served = ("registered_at", "category")
        offered = [one for one in table.orders() if not narrow or one[0].sort in served]
        self.order.fill(list(offered))
        if kept in [one for one, _ in offered]:
            self.order.take(kept)

    def _build(self) -> None:
        self._filters = QWidget()
        lines = lay(column(self.category, row(self.urgent, None)), spacing=8)
        self._filters.setLayout(lines)
        self._filters.hide()
        head = QWidget()
        head.setLayout(
            lay(
                column(
                    row(self.search, self.more), self._filters, row(self.order, None, self.count)
                ),
                margins=(12, 12, 12, 10),
                spacing=8,
            )
        )
        self.content.addWidget(head)
        self.content.addWidget(self.list, 1)

    def _counted(self, total: int) -> None:
        self.count.setText(tr("Issues: {n}", n=total))

    def _say_empty(self) -> None:
        self.clear.setVisible(self.narrowed)
        if self.narrowed:
            self.empty.set(tr("No issue fits"), tr("Try other words, or clear the filters."))
        elif self.view == table.ALL:
            advice = tr("Issues appear here once visits are registered at the desk.")
            self.empty.set(tr("No issues yet"), advice)
        else:
            self.empty.set(tr("Nothing stands here"), tr("Look at another view above."))
