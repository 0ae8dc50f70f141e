"""What narrows the list: views, filters and words, and the operator's own views of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from station_app.domain.issue_views import View
from station_app.domain.lists import Listing
from station_app.errors import RuleViolation, StationError
from station_app.i18n import tr
from station_app.services import saved_filters
from station_app.services.issue_records import count_issues
from station_app.ui.issues.filter_panel import FilterPanel
from station_app.ui.issues.list_pane import ListPane
from station_app.ui.issues.token_bar import TokenBar
from station_app.ui.issues.views import MOST, Own, ViewBar, view_of

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

#: So long the counting of own views lets everything else go first.
COUNT_MS = 100
#: The token of the words typed above the list.
WORDS = "text"


class Narrowing(QObject):
    """Keeps view bar, tokens, filter panel and list in line.

    ``said`` carries a sentence and what takes it back.
    """

    said = Signal(str, object)

    def __init__(
        self, jobs: Jobs, views: ViewBar, tokens: TokenBar, panel: FilterPanel, pane: ListPane
    ) -> None:
        super().__init__(panel)
        self._jobs = jobs
        self.views, self.tokens, self.panel, self.pane = views, tokens, panel, pane
        self.own: Mapping[str, Listing] = {}
        self._in_own = False
        views.changed.connect(self._view_changed)
        panel.changed.connect(self._filters_changed)
        pane.search.textChanged.connect(lambda _text: self._show_tokens())
        pane.table.counted.connect(panel.show_count)
        pane.clear.clicked.connect(self.clear)
        tokens.dropped.connect(self._drop)
        tokens.cleared.connect(self.clear)
        panel.own.saved.connect(self._save)
        panel.own.renamed.connect(self._rename)
        panel.own.dropped.connect(self._forget)
        panel.own.opened.connect(lambda name: views.choose(Own(name)))

    def reload(self) -> None:
        """Read the operator's own views."""
        self._jobs.latest("own", saved_filters.saved_filters, self._show_own, owner=self)

    def clear(self) -> None:
        """Show all of the view again."""
        self.pane.search.clear()
        self.panel.clear_all()

    # ----------------------------------------------------------------------- what narrows now

    def _view_changed(self, chosen: View | Own) -> None:
        if isinstance(chosen, Own):
            self._in_own = True
            listing = self.own[chosen.name]
            self.panel.put({k: v for k, v in listing.filters.items() if k != "view"})
            self.panel.own.propose(chosen.name)
            self.pane.show_listing(listing, view_of(listing))
        else:
            if self._in_own:  # what the view before was made of goes with it
                self.panel.put({})
                self.pane.filters = {}
                self.pane.search.clear()
                self.panel.own.propose("")
            self._in_own = False
            self.pane.show_view(chosen)
        self._show_tokens()

    def _filters_changed(self) -> None:
        self.pane.narrow(self.panel.filters)
        self._show_tokens()

    def _show_tokens(self) -> None:
        words = self.pane.search.text().strip()
        tokens = self.panel.tokens()
        if words:
            tokens.append((WORDS, tr("Words: {words}", words=words)))
        self.tokens.show_tokens(tokens)

    def _drop(self, name: str) -> None:
        if name == WORDS:
            self.pane.search.clear()
        else:
            self.panel.drop(name)

    # ---------------------------------------------------------------------------- own views

    def _show_own(self, found: dict[str, Listing]) -> None:
        self.own = found
        self.views.show_own(list(found))
        self.panel.own.show_names(list(found))
        self._count(list(found))

    def _count(self, names: Sequence[str]) -> None:
        """Count own views one after another, so that a page of the list never waits for them."""
        if not names:
            self._jobs.forget("own counts", owner=self)
            return
        name, *others = names
        listing = self.own[name]

        def show(count: int) -> None:
            self.views.show_own_count(name, count)
            self._count(others)

        self._jobs.latest(
            "own counts",
            lambda tx: count_issues(tx, listing, at_most=MOST),
            show,
            owner=self,
            delay_ms=COUNT_MS,
        )

    def _save(self, name: str) -> None:
        listing = self.pane.listing

        def then(found: dict[str, Listing]) -> None:
            self._show_own(found)
            self._choose(name)
            self.said.emit(tr("The view “{name}” is saved.", name=name), None)

        def write(tx: Tx) -> dict[str, Listing]:
            saved_filters.save_filter(tx, name, listing)
            return saved_filters.saved_filters(tx)

        self._jobs.write(write, then, owner=self, failed=self._refused)

    def _rename(self, old: str, new: str) -> None:
        here = self.views.chosen == Own(old)

        def then(found: dict[str, Listing]) -> None:
            self._show_own(found)
            if here:
                self._choose(new)
            self.panel.own.propose(new if here else "")

        def write(tx: Tx) -> dict[str, Listing]:
            saved_filters.rename_filter(tx, old, new)
            return saved_filters.saved_filters(tx)

        self._jobs.write(write, then, owner=self, failed=self._refused)

    def _forget(self, name: str) -> None:
        listing = self.own[name]

        def put_back() -> None:
            self._jobs.write(
                lambda tx: saved_filters.save_filter(tx, name, listing),
                lambda _none: self.reload(),
                owner=self,
            )

        def then(_none: None) -> None:
            self.reload()
            self.said.emit(tr("The view “{name}” is deleted.", name=name), put_back)

        self._jobs.write(
            lambda tx: saved_filters.drop_filter(tx, name), then, owner=self, failed=self._refused
        )

    def _choose(self, name: str) -> None:
        """Take the chip of a view that is shown already."""
        self._in_own = True
        self.views.blockSignals(True)
        self.views.choose(Own(name))
        self.views.blockSignals(False)

    def _refused(self, error: StationError) -> None:
        if isinstance(error, RuleViolation):
            self.panel.own.field.set_error(error.text)
            self.panel.own.begin()
        else:
            self.said.emit(error.text, None)
