"""The meetings: the list at the left, one of them or the form of a new one at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.vocabulary import Role
from station_app.domain.lists import Listing
from station_app.domain.meetings import MeetingRecord, MeetingRow
from station_app.i18n import tr
from station_app.services import meeting_lists
from station_app.ui.meetings.pane import MeetingPane
from station_app.ui.side_by_side import SideBySide
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Card,
    Column,
    EmptyState,
    ListTable,
    PagedTable,
    SearchField,
    ShortcutButton,
    column,
)

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page

_PAUSE_MS = 120
START = Listing("held_on", descending=True)


class MeetingsSection(QWidget):
    """List meetings, read one, write one down."""

    def __init__(self, jobs: Jobs, page: Page, *, role: Role) -> None:
        super().__init__()
        self.writable = role is not Role.VIEWER
        self.pane = MeetingPane(jobs, page, role=role)
        self.search = SearchField(tr("What it was about"), "Ctrl+F")
        self.model: PagedTable[MeetingRow] = PagedTable(
            jobs,
            _columns(),
            meeting_lists.list_meetings,
            listing=START,
            count=meeting_lists.count_meetings,
            parent=self,
        )
        self._first = ShortcutButton(
            tr("Write down a meeting"), icon="plus", act=lambda: self.pane.begin_new()
        )
        self._empty = EmptyState("users-group", "", "", self._first)
        self.table = ListTable(self.model, name=tr("Meetings"), empty=self._empty)
        self._list = Card(margin=1, spacing=0)
        head = lay(column(self.search), margins=(14, 14, 14, 12))
        self._list.content.addLayout(head)
        self._list.content.addWidget(self.table, 1)
        fit(self._list, lambda card: card.setMinimumWidth(px(280)))
        self.sides = SideBySide(self._list, self.pane, even=True)
        lay(QHBoxLayout(self)).addWidget(self.sides)
        self._later = QTimer(self)
        self._connect()

    def reload(self) -> None:
        """Read the list and the meeting shown."""
        self.model.reload()
        self.pane.reload()

    def show_id(self, meeting_id: UUID) -> None:
        """Show one meeting."""
        self.table.select(meeting_id)
        self.pane.show_id(meeting_id)
        self.sides.show_right()

    def _connect(self) -> None:
        self.pane.saved.connect(self._saved)
        self.pane.began.connect(self._form_opened)
        self.pane.currentChanged.connect(lambda _at: self._arrange())
        self.table.chosen.connect(lambda one: self.pane.show_id(one.id))
        self.table.opened.connect(lambda _one: self.sides.show_right())
        self.table.clicked.connect(lambda _index: self.sides.show_right())
        self.model.loaded.connect(self._loaded)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._later.start())
        self.search.returnPressed.connect(self.table.setFocus)

    def _ask(self) -> None:
        self.model.ask(replace(START, text=self.search.text()))

    def _loaded(self) -> None:
        untouched = not self.search.text()
        if self.model.rows and self.table.current is None and self.pane.shown is None:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._first.setVisible(untouched and self.writable)
        if untouched:
            advice = tr("Deputies, residents and departments agree on many issues at once.")
            self._empty.set(tr("No meeting yet"), advice)
        else:
            self._empty.set(tr("No such meeting"), tr("Try other words."))
        self._arrange()

    def _arrange(self) -> None:
        self.sides.set_alone(self.pane.currentIndex() == 0 and not self.model.rows)

    def _form_opened(self) -> None:
        self._arrange()
        self.sides.show_right()

    def _saved(self, record: MeetingRecord) -> None:
        self.table.select(record.id)
        self.table.setFocus()


def _columns() -> list[Column[MeetingRow]]:
    return [
        Column(
            tr("Date"), lambda one: f"{one.held_on:%Y-%m-%d}", "held_on", width=110, strong=True
        ),
        Column(
            tr("What it was about"),
            lambda one: one.topic,
            detail=lambda one: one.place or "–",
        ),
        Column(
            tr("Took part"),
            lambda one: tr("Issues: {n}", n=one.issues),
            width=170,
            detail=lambda one: tr(
                "deputies {deputies}, residents {residents}, departments {departments}",
                deputies=one.deputies,
                residents=one.residents,
                departments=one.departments,
            ),
        ),
    ]
