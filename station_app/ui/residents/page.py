"""The residents page: the list at the left, one resident beside it, edited in place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from db.vocabulary import Role
from station_app.domain.exports import Exported
from station_app.domain.lists import Listing
from station_app.domain.residents import ResidentRecord
from station_app.errors import StationError
from station_app.exchange.office_lists import Wanted
from station_app.i18n import tr
from station_app.services import issue_records, residents, visit_lists
from station_app.ui.exporting import Offer, export_button
from station_app.ui.page import Page
from station_app.ui.residents.detail import ResidentDetail, ResidentView
from station_app.ui.residents.editing import Editing
from station_app.ui.residents.form import ResidentForm
from station_app.ui.residents.table import ResidentList, ResidentTable
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    EmptyState,
    SearchField,
    ShortcutButton,
    column,
    label,
    row,
)

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

PAUSE_MS = 120
_NOTHING, _DETAIL, _FORM = range(3)


class ResidentsPage(Page):
    """Everybody who came to the station."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"resident", "visit", "companion", "issue", "issue_event"}
    )

    def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(jobs, actor, parent)
        self.set_title(tr("page|Residents"))
        writable = actor.role is not Role.VIEWER
        self.add = ShortcutButton(
            tr("Add a resident"), "Ctrl+N", icon="user-plus", kind="primary", act=self._add
        )
        self.add_action(export_button(self, self._offers))
        self.add_action(self.add)
        self.add.setVisible(writable)
        self.search = SearchField(
            tr("Name in characters, pinyin or initials, or a phone's tail"), "Ctrl+F"
        )
        self.count = label("", "quiet")
        self.clear = ShortcutButton(tr("Clear the filter"), "Alt+C", act=self.search.clear)
        self.empty = EmptyState("users", "", "", self.clear)
        self.table = ResidentTable(jobs)
        self.list = ResidentList(self.table, self.empty)
        self.detail = ResidentDetail(writable=writable)
        self.form = ResidentForm(jobs)
        self.editing = Editing(jobs, self.form)
        self._shown: UUID | None = None
        self._narrowed = False
        self._build()
        self._connect()
        self.start = self.list

    def reload(self) -> None:
        """Read the list and the resident shown."""
        self.table.reload()
        self.jobs.read(residents.list_communities, self.form.set_communities, owner=self)
        if self._shown is not None:
            self._load(self._shown)

    def show_record(self, kind: str, record_id: UUID) -> None:
        """Show one resident, whatever the list shows; the list follows if it holds them."""
        if kind == "resident":
            self._open(record_id)
            self.list.point_at(record_id)

    # ------------------------------------------------------------------------------- building

    def _build(self) -> None:
        head = lay(row(spacing=12), margins=(12, 12, 14, 10))
        head.addWidget(self.search, 1)
        head.addWidget(self.count)
        left = Card(margin=1, spacing=0)
        left.content.addLayout(head)
        left.content.addWidget(self.list, 1)
        nothing = Card()
        advice = tr("Their visits and issues appear here.")
        nothing.content.addWidget(EmptyState("user", tr("Choose a resident"), advice))
        right = QWidget()
        self._stack = QStackedLayout(right)
        for part in (nothing, self.detail, self.form):
            self._stack.addWidget(part)
        whole = lay(QHBoxLayout(), spacing=14)
        whole.addLayout(column(left), 56)
        whole.addWidget(right, 44)
        self.body.addLayout(whole, 1)

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.table.counted.connect(lambda n: self.count.setText(tr("{n} people", n=n)))
        self.table.modelAboutToBeReset.connect(self._say_empty)
        self.table.loaded.connect(self._first)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(lambda _row: self.detail.edit.setFocus())
        self.detail.open_requested.connect(self.open_requested)
        self.detail.edit_requested.connect(self._edit)
        self.detail.reveal_requested.connect(self._reveal)
        self.editing.opened.connect(lambda: self._stack.setCurrentIndex(_FORM))
        self.editing.closed.connect(self._closed)
        self.editing.saved.connect(self._saved)
        self.editing.known.connect(self._known)
        self.editing.refused.connect(lambda error: self.show_error(error, self.form.fields))
        self.shortcut("Ctrl+F", tr("Filter the list"), self._focus_search)
        self.shortcut("Alt+L", tr("Go to the list"), self.list.setFocus)

    # ------------------------------------------------------------------------------- the list

    def _ask(self) -> None:
        listing = replace(self.table.listing, text=self.search.text().strip())
        if listing != self.table.listing:
            self._narrowed = True
            self.table.ask(listing)

    def _offers(self) -> list[Offer]:
        title = tr("export|The list of residents")
        return [(title, Wanted(Exported.RESIDENTS, self.table.listing))]

    def _say_empty(self) -> None:
        narrowed = bool(self.table.listing.text)
        self.clear.setVisible(narrowed)
        if narrowed:
            self.empty.set(tr("Nobody fits"), tr("Try other words, or clear the filter."))
        else:
            advice = tr("Residents appear here once they were received at the desk.")
            self.empty.set(tr("No residents yet"), advice)

    def _first(self) -> None:
        """Show the first resident until one is chosen, and the first found by other words."""
        narrowed, self._narrowed = self._narrowed, False
        if self._stack.currentIndex() == _FORM:
            return
        if narrowed and all(one.id != self._shown for one in self.table.rows):
            self._shown = None
            self._stack.setCurrentIndex(_NOTHING)
        if self._shown is None and self.table.rows:
            self.list.select(self.table.rows[0].id)

    def _chosen(self, one: ResidentRecord) -> None:
        # A list that was read anew points at the same one again: that closes no form.
        if one.id != self._shown or self._stack.currentIndex() == _NOTHING:
            self._open(one.id)

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    # --------------------------------------------------------------------------- one resident

    def _open(self, resident_id: UUID) -> None:
        self._put_away()
        self._shown = resident_id
        self._load(resident_id)

    def _load(self, resident_id: UUID) -> None:
        self.jobs.latest(
            "resident", lambda tx: _view(tx, resident_id), self._show, owner=self, failed=self._lost
        )

    def _show(self, view: ResidentView) -> None:
        self.detail.show_view(view)
        if self._stack.currentIndex() != _FORM:
            self._stack.setCurrentIndex(_DETAIL)

    def _lost(self, error: StationError) -> None:
        self._shown = None
        self._stack.setCurrentIndex(_NOTHING)
        self.message.emit(error.text, None)

    def _reveal(self) -> None:
        shown = self._shown
        if shown is not None:
            self.jobs.write(
                lambda tx: residents.reveal_phone(tx, shown),
                lambda phone: self.detail.show_phone(phone) if shown == self._shown else None,
                owner=self,
                failed=self.show_error,
            )

    # ------------------------------------------------------------------------------- the form

    def _add(self) -> None:
        self._put_away()
        self.editing.add()

    def _edit(self) -> None:
        if self._shown is not None:
            self.editing.edit(self._shown)

    def _put_away(self) -> None:
        self.editing.put_away()
        if self._stack.currentIndex() == _FORM:
            self._stack.setCurrentIndex(_NOTHING if self._shown is None else _DETAIL)

    def _closed(self, kept: bool) -> None:
        self._put_away()
        if kept:
            self.message.emit(tr("What was typed is kept until you go on with it."), None)
        self.list.setFocus()

    def _saved(self, record: ResidentRecord) -> None:
        self._stack.setCurrentIndex(_DETAIL)
        self.message.emit(tr("{name} is saved.", name=record.name), None)
        self.show_record("resident", record.id)
        self.list.setFocus()

    def _known(self, resident_id: UUID) -> None:
        self._stack.setCurrentIndex(_DETAIL)
        self.show_record("resident", resident_id)


def _view(tx: Tx, resident_id: UUID) -> ResidentView:
    listing = Listing("registered_at", True, filters={"resident_id": resident_id})
    return ResidentView(
        residents.get_resident(tx, resident_id),
        visit_lists.visits_of(tx, resident_id),
        issue_records.list_issues(tx, listing).rows,
        issue_records.count_issues(tx, listing),
    )
