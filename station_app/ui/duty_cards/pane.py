"""The register of duty cards in the place of the deputies' list: find, issue, print, make void."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from station_app.domain.duty_cards import CardDraft, CardRecord
from station_app.domain.lists import Listing
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.printing.cards.shapes import Shape
from station_app.services import duty_cards
from station_app.services.card_lists import Holder, card_holders
from station_app.ui.duty_cards.detail import CardDetail
from station_app.ui.duty_cards.issue_form import IssueForm
from station_app.ui.duty_cards.table import columns, count_filters, filtered, filters
from station_app.ui.page import Page
from station_app.ui.side_by_side import SideBySide
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    EmptyState,
    ListTable,
    PagedTable,
    SearchField,
    ShortcutButton,
    column,
    row,
    scrolling,
)
from station_app.ui.widgets.filter_chips import FilterChips

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

_PAUSE_MS = 120
_MOST = 2000


class CardsPane(QWidget):
    """``left`` goes back to the deputies. Prints and messages go through ``page``."""

    left = Signal()

    def __init__(self, jobs: Jobs, page: Page, *, writable: bool) -> None:
        super().__init__()
        self._jobs, self._page, self.writable = jobs, page, writable
        self._today = date.min  # until it is read
        self.detail = CardDetail(writable=writable)
        self.form = IssueForm()
        self._none = EmptyState("id-badge-2", tr("No card chosen"), "")
        self.right = QStackedWidget()
        self._build()
        self._listen()

    def _build(self) -> None:
        self.issue = ShortcutButton(
            tr("Issue cards …"), "Ctrl+N", icon="plus", kind="primary", act=self.begin_issue
        )
        self.all = ShortcutButton(tr("Print all in the list"), icon="printer", act=self._print_all)
        self.board = ShortcutButton(
            tr("Board of deputies, A3"), icon="users", act=self._print_board
        )
        back = ShortcutButton(tr("Back to the deputies"), icon="arrow-left", act=self.left.emit)
        self.issue.setVisible(self.writable)
        self.search = SearchField(tr("Name or number"))
        self.chips = FilterChips(filters(), name=tr("card|State"))
        self.model: PagedTable[CardRecord] = PagedTable(
            self._jobs, columns(lambda: self._today), duty_cards.list_cards,
            listing=filtered(Listing("number", descending=True), self.chips.chosen),
            count=duty_cards.count_cards, parent=self,
        )  # fmt: skip
        self._empty = EmptyState("id-badge-2", tr("No cards here"), "")
        self.table = ListTable(self.model, name=tr("Duty cards"), empty=self._empty)
        listed = Card(margin=1, spacing=0)
        head = lay(column(self.search, self.chips), margins=(14, 14, 14, 12), spacing=10)
        listed.content.addLayout(head)
        listed.content.addWidget(self.table, 1)
        for part in (self._none, self.detail, self.form):
            body = lay(column(part), margins=(20, 20, 20, 20), spacing=0)
            card = Card(margin=1)
            card.content.addWidget(scrolling(body, tr("Duty card"), gutter=20))
            self.right.addWidget(card)
        self.sides = SideBySide(listed, self.right)
        whole = lay(QVBoxLayout(self), spacing=12)
        whole.addLayout(row(back, None, self.board, self.all, self.issue))
        whole.addWidget(self.sides, 1)

    def _listen(self) -> None:
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._later.start())
        self.chips.changed.connect(lambda _value: self._ask())
        self.table.chosen.connect(self._chosen)
        self.table.clicked.connect(lambda _index: self.sides.show_right())
        self.model.loaded.connect(self._loaded)
        self.detail.print_wanted.connect(self._print_one)
        self.detail.voided.connect(self._void)
        self.detail.reissued.connect(self._reissue)
        self.detail.restore_requested.connect(self._restore)
        self.form.wanted.connect(self._issue)
        self.form.left.connect(self._show_chosen)

    def reload(self) -> None:
        """Read the list and its counts anew."""
        self._jobs.read(lambda tx: tx.today, self._set_today, owner=self)
        self.model.reload()
        text = self.search.text()
        self._jobs.latest("cards", lambda tx: count_filters(tx, text), self.chips.set_counts,
                          owner=self)  # fmt: skip

    def begin_issue(self, chosen: Sequence[UUID] = ()) -> None:
        """Open the form, with deputies taken already."""

        def read(tx: Tx) -> tuple[tuple[Holder, ...], date]:
            return card_holders(tx), tx.today

        def show(found: tuple[tuple[Holder, ...], date]) -> None:
            self.right.setCurrentIndex(2)
            self.sides.show_right()
            self.form.begin(*found, chosen)

        self._jobs.read(read, show, owner=self)

    def _set_today(self, today: date) -> None:
        self._today = today

    def _ask(self) -> None:
        listing = replace(self.model.listing, text=self.search.text())
        self.model.ask(filtered(listing, self.chips.chosen))
        self.reload()

    def _loaded(self) -> None:
        if self.model.rows and self.table.current is None and self.right.currentIndex() != 2:
            self.table.setCurrentIndex(self.model.index(0, 0))
        elif not self.model.rows and self.right.currentIndex() == 1:
            self.right.setCurrentIndex(0)
        self.all.setVisible(bool(self.model.rows))
        advice = tr("Issue cards to deputies: print them, and the scanner checks them in.")
        self._empty.set(tr("No cards here"), advice if self.writable else "")

    def _chosen(self, card: CardRecord) -> None:
        if self.right.currentIndex() != 2:
            self.detail.show_card(card, self._today)
            self.right.setCurrentIndex(1)

    def _show_chosen(self) -> None:
        card = self.table.current
        self.right.setCurrentIndex(0 if card is None else 1)
        if card is not None:
            self.detail.show_card(card, self._today)
        self.table.setFocus()

    def _issue(self, drafts: tuple[CardDraft, ...]) -> None:
        def then(made: tuple[CardRecord, ...]) -> None:
            self.right.setCurrentIndex(1)
            self._page.message.emit(tr("Cards issued: {n}", n=len(made)), None)
            self.table.select(made[-1].id)
            self.detail.show_card(made[-1], self._today)
            shape = Shape.TABLE_TOP if drafts[0].valid_from == drafts[0].valid_to else Shape.CARD
            self._print(lambda _tx: made, shape)

        self._write(lambda tx: duty_cards.issue_cards(tx, drafts), then)

    def _void(self, one: UUID, reason: str) -> None:
        self._write(
            lambda tx: duty_cards.void_card(tx, one, reason=reason),
            lambda card: self._page.message.emit(
                tr("{number} is void.", number=card.number), lambda: self._restore(one)
            ),
        )

    def _restore(self, one: UUID) -> None:
        self._write(
            lambda tx: duty_cards.restore_card(tx, one),
            lambda card: self._page.message.emit(
                tr("{number} is valid again.", number=card.number), None
            ),
        )

    def _reissue(self, one: UUID, reason: str) -> None:
        def then(card: CardRecord) -> None:
            self._page.message.emit(tr("Issued in its place: {number}", number=card.number), None)
            self.table.select(card.id)
            self._print(lambda _tx: (card,), Shape.CARD)

        self._write(lambda tx: duty_cards.reissue_card(tx, one, reason=reason), then)

    def _print_one(self, one: UUID, shape: Shape) -> None:
        self._print(lambda tx: (duty_cards.get_card(tx, one),), shape)

    def _print_all(self) -> None:
        listing, shape = self.model.listing, self.detail.chosen_shape

        def cards(tx: Tx) -> Sequence[CardRecord]:
            found: list[CardRecord] = []
            page = duty_cards.list_cards(tx, listing)
            found += page.rows
            while page.after is not None and len(found) < _MOST:
                page = duty_cards.list_cards(tx, listing, at=page.after)
                found += page.rows
            return found

        self._print(cards, shape)

    def _print_board(self) -> None:
        def gather(tx: Tx) -> Any:
            from station_app.printing.cards.gathering import board_print

            return board_print(tx)

        self._write(gather, self._show_print)

    def _print(self, cards: Callable[[Tx], Sequence[CardRecord]], shape: Shape) -> None:
        def gather(tx: Tx) -> Any:
            # Only here: reportlab and its fonts are not needed before the first print.
            from station_app.printing.cards.gathering import cards_print

            return cards_print(tx, cards(tx), shape)

        self._write(gather, self._show_print)

    def _show_print(self, made: tuple[str, Callable[[], bytes]]) -> None:
        self._page.print_requested.emit(*made)

    def _write(self, act: Callable[[Tx], Any], then: Callable[[Any], object]) -> None:
        self._jobs.write(act, then, owner=self, failed=self._failed)

    def _failed(self, error: StationError) -> None:
        self._page.show_error(error, self.form.fields)
