"""The suggestions: the list at the left, one suggestion or its form at the right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.vocabulary import Role
from station_app.domain.suggestions import SuggestionRecord, SuggestionRow
from station_app.i18n import tr
from station_app.services import suggestion_lists
from station_app.ui.issues.pointing import PointingList
from station_app.ui.leaving import Leaving
from station_app.ui.side_by_side import NarrowColumns, SideBySide
from station_app.ui.suggestions.pane import SuggestionPane
from station_app.ui.suggestions.table import (
    OPEN,
    START,
    columns,
    count_filters,
    filtered,
    filters,
)
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Card,
    EmptyState,
    PagedTable,
    SearchField,
    ShortcutButton,
    column,
)
from station_app.ui.widgets.filter_chips import FilterChips

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page

_PAUSE_MS = 120


class SuggestionsSection(QWidget):
    """List, draft and lead suggestions."""

    def __init__(self, jobs: Jobs, page: Page, *, role: Role) -> None:
        super().__init__()
        self._jobs, self._today = jobs, date.min
        self.writable = role is not Role.VIEWER
        self.pane = SuggestionPane(jobs, page, role=role)
        self.pane.saved.connect(self._saved)
        self.pane.began.connect(self._form_opened)
        self._list = Card(margin=1, spacing=0)
        self._later = QTimer(self)
        self._build_list()
        right = QWidget()
        right.setLayout(lay(column(self.leaving.bar, self.pane), spacing=8))
        self.sides = SideBySide(self._list, right, even=True)
        lay(QHBoxLayout(self)).addWidget(self.sides)
        self.pane.currentChanged.connect(lambda _at: self._arrange())

    def _build_list(self) -> None:
        self.search = SearchField(tr("Title or number"), "Ctrl+F")
        self.chips = FilterChips(filters(), name=tr("Stage"))
        self.model: PagedTable[SuggestionRow] = PagedTable(
            self._jobs,
            columns(lambda: self._today),
            suggestion_lists.list_suggestions,
            listing=START,
            count=suggestion_lists.count_suggestions,
            parent=self,
        )
        self._first = ShortcutButton(
            tr("New suggestion"), icon="plus", act=lambda: self.pane.begin_new()
        )
        self._empty = EmptyState("file-text", "", "", self._first)
        self.table = PointingList(self.model, name=tr("Suggestions"), empty=self._empty)
        self.leaving = Leaving(self.table, self.model, lambda: self.pane.shown)
        self.table.chosen.connect(lambda one: self._show(one.id))
        self.table.opened.connect(lambda _one: self.sides.show_right())
        self.table.clicked.connect(lambda _index: self.sides.show_right())
        NarrowColumns(self.table, {1: 460})
        self.model.loaded.connect(self._loaded)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._later.start())
        self.search.returnPressed.connect(self.table.setFocus)
        self.chips.changed.connect(lambda _value: self._ask())
        head = lay(column(self.search, self.chips), margins=(14, 14, 14, 12), spacing=10)
        self._list.content.addLayout(head)
        self._list.content.addWidget(self.table, 1)
        fit(self._list, lambda card: card.setMinimumWidth(px(280)))

    def reload(self) -> None:
        """Read the list, the counts and the suggestion shown."""
        self._jobs.latest(
            "counts",
            lambda tx: (count_filters(tx), tx.today),
            lambda found: self._counted(*found),
            owner=self,
        )
        self.model.reload()
        self.pane.reload()

    def show_id(self, suggestion_id: UUID) -> None:
        """Show one suggestion, whatever the list shows."""
        self.table.point_at(suggestion_id)
        self._show(suggestion_id)
        self.sides.show_right()

    def _show(self, suggestion_id: UUID) -> None:
        self.pane.show_id(suggestion_id)
        self.leaving.look_again()

    def _ask(self) -> None:
        listing = replace(self.model.listing, text=self.search.text())
        self.model.ask(filtered(listing, self.chips.chosen))

    def _counted(self, counts: dict[Any, int], today: date) -> None:
        self.chips.set_counts(counts)
        self._today = today

    def _loaded(self) -> None:
        untouched = not self.search.text() and self.chips.chosen == OPEN
        self._show_first()
        self._first.setVisible(untouched and self.writable)
        if untouched:
            advice = tr("Draft one out of issues: their facts and masked names are filled in.")
            self._empty.set(tr("No suggestion is under way"), advice if self.writable else "")
        else:
            self._empty.set(tr("No such suggestion"), tr("Try another filter."))
        self._arrange()

    def _show_first(self) -> None:
        """Show the first until one is chosen, and when the list was asked for others."""
        shown, rows = self.pane.shown, self.model.rows
        here = any(one.id == shown for one in rows)
        if self.pane.is_editing or here or (shown is not None and not self.leaving.asked_anew):
            return
        if rows:
            self.table.select(rows[0].id)
        elif shown is not None:
            self.pane.show_none()

    def _arrange(self) -> None:
        self.sides.set_alone(self.pane.currentIndex() == 0 and not self.model.rows)

    def _form_opened(self) -> None:
        self._arrange()
        self.sides.show_right()

    def _saved(self, record: SuggestionRecord) -> None:
        self.table.select(record.id)
        self.table.setFocus()


def overdue(tx: Tx) -> int:
    """How many suggestions wait for an answer beyond its day."""
    rows = suggestion_lists.list_suggestions(tx, START).rows
    return sum(one.due_on is not None and one.due_on < tx.today for one in rows)
