"""The deputies' page: the list at the left, one deputy at the right, the import in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocabulary import Role
from station_app.domain.deputies import DeputyRecord
from station_app.domain.exports import Exported
from station_app.domain.lists import Listing
from station_app.exchange.office_lists import Wanted
from station_app.i18n import tr
from station_app.services import deputies
from station_app.ui.deputies.editing import DeputyPane
from station_app.ui.deputies.roster import roster_kind
from station_app.ui.deputies.table import ALL, RETIRED, columns, count_filters, filtered, filters
from station_app.ui.exporting import Offer, export_button
from station_app.ui.imports.importer import Importer
from station_app.ui.page import Page
from station_app.ui.side_by_side import NarrowColumns, SideBySide
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Card,
    EmptyState,
    ListTable,
    PagedTable,
    SearchField,
    ShortcutButton,
    column,
    row,
)
from station_app.ui.widgets.filter_chips import FilterChips

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.ui.duty_cards.pane import CardsPane
    from station_app.ui.jobs import Jobs

_SPREADSHEETS = (".xlsx", ".xls", ".ods", ".csv")
_PAUSE_MS = 120


class DeputiesPage(Page):
    """List, search, edit, retire and import deputies."""

    kinds = frozenset({"deputy", "photo", "duty", "duty_card", "attendance", "day"})

    def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(jobs, actor, parent)
        self.writable = actor.role is not Role.VIEWER
        self.pane = DeputyPane(jobs, self, writable=self.writable)
        self.pane.saved.connect(self._saved)
        self.pane.card_requested.connect(self.open_cards)
        self.importer: Importer | None = None
        self.cards: CardsPane | None = None
        self._build_acts()
        self._later = QTimer(self)
        self._list = Card(margin=1, spacing=0)
        self._build_list()
        self.sides = SideBySide(self._list, self.pane)
        self.steps = QStackedWidget()
        self.steps.addWidget(self.sides)
        self.body.addWidget(self.steps)
        self.shortcut("Ctrl+F", tr("Filter the list"), self.search.setFocus)
        self.setAcceptDrops(self.writable)
        self.set_title(tr("Deputies"))

    def _build_acts(self) -> None:
        self.roster = ShortcutButton(
            tr("Import a roster"), "Ctrl+I", icon="table-import", act=self.open_import
        )
        self.new = ShortcutButton(
            tr("New deputy"), "Ctrl+N", icon="user-plus", kind="primary", act=self.pane.begin_new
        )
        self.export = export_button(self, self._offers)
        self.duty_cards = ShortcutButton(
            tr("Duty cards"), "Ctrl+D", icon="qrcode", act=self.open_cards
        )
        self.add_action(self.duty_cards)
        self.add_action(self.export)
        for button in (self.roster, self.new):
            self.add_action(button)
            button.setVisible(self.writable)  # in its place, or it would be a window of its own

    def _build_list(self) -> None:
        self.search = SearchField(tr("Name, pinyin, phone, group"), "Ctrl+F")
        self.chips = FilterChips(filters(), name=tr("Level"))
        self.model: PagedTable[DeputyRecord] = PagedTable(
            self.jobs,
            columns(),
            deputies.list_deputies,
            listing=Listing("name"),
            count=deputies.count_deputies,
            parent=self,
        )
        self.table = ListTable(self.model, name=tr("Deputies"), empty=self._empty_state())
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _row: self._opened())
        self.table.clicked.connect(lambda _index: self.sides.show_right())
        NarrowColumns(self.table, {1: 420, 2: 540, 3: 300})
        self.pane.currentChanged.connect(lambda _at: self._pane_changed())
        self.model.loaded.connect(self._loaded)
        self.search.textChanged.connect(lambda _text: self._later.start())
        self.search.returnPressed.connect(self.table.setFocus)
        self.chips.changed.connect(lambda _value: self._ask())
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self._ask)
        self.start = self.table
        head = lay(column(self.search, self.chips), margins=(14, 14, 14, 12), spacing=10)
        self._list.content.addLayout(head)
        self._list.content.addWidget(self.table, 1)
        fit(self._list, lambda card: card.setMinimumWidth(px(280)))

    def _empty_state(self) -> EmptyState:
        first = ShortcutButton(tr("Import a roster"), icon="table-import", act=self.open_import)
        other = ShortcutButton(tr("New deputy"), icon="user-plus", act=self.pane.begin_new)
        self._first_steps = QWidget()
        self._first_steps.setLayout(row(first, other))
        self._empty = EmptyState("id-badge-2", "", "", self._first_steps)
        return self._empty

    def reload(self) -> None:
        self.model.reload()
        self._recount()
        self.pane.reload()
        if self.cards is not None:
            self.cards.reload()

    def show_record(self, kind: str, record_id: UUID) -> None:
        self.close_import()
        self.table.select(record_id)
        self.pane.show_id(record_id)
        self.sides.show_right()

    def begin(self) -> None:
        if self.writable:
            self.open_import()

    def open_import(self, path: str = "") -> None:
        """Lead through the import of a roster; ``path`` is a file that was dropped."""
        if self.importer is None:
            self.importer = Importer(self.jobs, roster_kind())
            self.importer.closed.connect(self.close_import)
            self.importer.message.connect(lambda text: self.message.emit(text, None))
            self.importer.file_taken.connect(
                lambda name: self.set_title(tr("Import a roster"), name)
            )
            self.steps.addWidget(self.importer)
        self.set_title(tr("Import a roster"))
        self.importer.begin(path)
        self.steps.setCurrentWidget(self.importer)
        for button in (self.roster, self.new, self.export, self.duty_cards):
            button.hide()

    def open_cards(self, deputy_id: UUID | None = None) -> None:
        """Show the register of duty cards; with a deputy, the form to give them one."""
        if self.cards is None:
            from station_app.ui.duty_cards.pane import CardsPane

            self.cards = CardsPane(self.jobs, self, writable=self.writable)
            self.cards.left.connect(self.close_import)
            self.steps.addWidget(self.cards)
        self.set_title(tr("Duty cards"), tr("Issued by this station, signed and numbered"))
        self.steps.setCurrentWidget(self.cards)
        for button in (self.roster, self.new, self.export, self.duty_cards):
            button.hide()
        self.cards.reload()
        if deputy_id is not None:
            self.cards.begin_issue((deputy_id,))

    def close_import(self) -> None:
        """Go back to the list."""
        if self.steps.currentIndex() == 0:
            return
        self.steps.setCurrentIndex(0)
        self._say_title()
        self.export.show()
        self.duty_cards.show()
        for button in (self.roster, self.new):
            button.setVisible(self.writable)
        self.table.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(
            url.toLocalFile().lower().endswith(_SPREADSHEETS) for url in event.mimeData().urls()
        ):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.open_import(event.mimeData().urls()[0].toLocalFile())

    def _ask(self) -> None:
        listing = replace(self.model.listing, text=self.search.text())
        self.model.ask(filtered(listing, self.chips.chosen))
        self._recount()

    def _recount(self) -> None:
        text = self.search.text()
        self.jobs.latest(
            "counts", lambda tx: count_filters(tx, text), self._show_counts, owner=self
        )

    def _show_counts(self, counts: dict[Any, int]) -> None:
        self.chips.set_counts(counts)
        if not self.search.text():
            self._subtitle_text = tr("{n} deputies", n=counts[ALL]) if counts[ALL] else ""
            if self.steps.currentIndex() == 0:
                self._say_title()

    def _offers(self) -> list[Offer]:
        title = tr("export|The list of deputies")
        return [(title, Wanted(Exported.DEPUTIES, self.model.listing))]

    def _say_title(self) -> None:
        self.set_title(tr("Deputies"), self._subtitle_text)

    _subtitle_text = ""

    def _loaded(self) -> None:
        self._say_empty()
        if self.model.rows and self.table.current is None:
            self.table.setCurrentIndex(self.model.index(0, 0))
        elif not self.model.rows:
            self.pane.show_none()
        self._pane_changed()

    def _say_empty(self) -> None:
        untouched = not self.search.text() and self.chips.chosen == ALL
        self._first_steps.setVisible(untouched and self.writable)
        if untouched:
            advice = tr("Import the roster as it is, or add them one by one.")
            self._empty.set(tr("No deputies yet"), advice if self.writable else "")
        elif self.chips.chosen == RETIRED and not self.search.text():
            self._empty.set(tr("Nobody has retired"))
        else:
            self._empty.set(tr("Nobody found"), tr("Try fewer letters or another filter."))

    def _chosen(self, record: DeputyRecord) -> None:
        self.pane.show_id(record.id)

    def _opened(self) -> None:
        if self.sides.narrow:
            self.sides.show_right()
        else:
            self.pane.edit()

    def _pane_changed(self) -> None:
        self.sides.set_alone(self.pane.currentIndex() == 0 and not self.model.rows)
        if self.pane.is_editing:
            self.sides.show_right()

    def _saved(self, record: DeputyRecord) -> None:
        self.table.select(record.id)
        self.table.setFocus()
