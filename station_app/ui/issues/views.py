"""The views of the issues page with their counts and keys; behind them the operator's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from station_app.domain.issue_views import VIEW_SORTS, View, view_word
from station_app.domain.lists import Listing
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import KeyCap, keys_in_words, row
from station_app.ui.widgets.filter_chips import FilterChips

#: Of an own view no more are counted than that: its filters may let through any number.
MOST = 10_000

#: A view by its number: Ctrl+1 to Ctrl+9, and Ctrl+0 for all.
DIGITS = "1234567890"


@dataclass(frozen=True, slots=True)
class Own:
    """A view that the operator saved under a name."""

    name: str


class ViewBar(FilterChips[View | Own]):
    """``changed`` carries a View, or an Own that the operator saved."""

    def __init__(self) -> None:
        super().__init__([(one, view_word(one)) for one in View], name=tr("Saved views"))
        cap = QWidget()
        cap.setLayout(lay(row(KeyCap("Ctrl+1…0")), margins=(4, 5, 4, 5)))
        self._flow.addWidget(cap)
        for view, digit, button in zip(View, DIGITS, self.buttons, strict=True):
            keys = f"Ctrl+{digit}"
            button.setToolTip(keys_in_words(keys))
            made = QShortcut(QKeySequence(keys), self)
            made.setWhatsThis(view_word(view))
            made.activated.connect(button.click)
        self._own: tuple[str, ...] = ()
        self._counts: dict[View | Own, object] = {}

    def show_own(self, names: Sequence[str]) -> None:
        """Offer the views that the operator saved; the one taken stays taken if it is there."""
        if self._own == tuple(names):
            return
        kept = self.chosen
        self.blockSignals(True)  # a view that stays taken is not taken anew
        for _ in self._own:
            self.drop_last()
        for name in names:
            self.add(Own(name), name, icon="star").show()
        self._own = tuple(names)
        here = (*View, *map(Own, names))
        self._counts = {one: count for one, count in self._counts.items() if one in here}
        self.set_counts(self._counts)
        if kept in self._values:
            self.choose(kept)
        self.blockSignals(False)
        if self.chosen != kept:
            self.changed.emit(self.chosen)
        self.updateGeometry()

    def show_counts(self, counts: Mapping[View, int]) -> None:
        """Show how many issues each view has."""
        self._counts |= {one: counts[one] for one in View if one in counts}
        self.set_counts(self._counts)

    def show_own_count(self, name: str, count: int) -> None:
        """Show how many issues one of the operator's own views has."""
        self._counts[Own(name)] = count if count < MOST else f"{MOST - 1}+"
        self.set_counts(self._counts)


def listing_of(view: View) -> Listing:
    """What a view shows, in the order that suits it."""
    sort, descending = VIEW_SORTS[view]
    return Listing(sort, descending, filters={} if view is View.ALL else {"view": view})


def view_of(listing: Listing) -> View:
    """The view that a listing narrows."""
    return View(str(listing.filters.get("view") or View.ALL))
