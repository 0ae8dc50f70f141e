"""What is shown to the public and what is not, and each issue's words beside the list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.vocabulary import Role
from station_app.domain.issue_words import degree_word, status_word
from station_app.domain.lists import Listing
from station_app.domain.publishing import PublicRow
from station_app.i18n import tr
from station_app.services import publishing
from station_app.ui.issues.looks import STATUS_TONES
from station_app.ui.publishing.pane import PublicPane
from station_app.ui.side_by_side import SideBySide
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Card,
    Column,
    EmptyState,
    ListTable,
    PagedTable,
    SearchField,
    column,
)
from station_app.ui.widgets.filter_chips import FilterChips

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page

_PAUSE_MS = 120
START = Listing("registered_at", descending=True, filters={"published": False})


class PublishingSection(QWidget):
    """Choose what the public may read."""

    def __init__(self, jobs: Jobs, page: Page, *, role: Role) -> None:
        super().__init__()
        self._jobs = jobs
        self.pane = PublicPane(jobs, page, writable=role is not Role.VIEWER)
        self.search = SearchField(tr("Words, name or number"), "Ctrl+F")
        self.chips: FilterChips[bool] = FilterChips(
            [(False, tr("public|Not shown")), (True, tr("public|Shown"))], name=tr("State")
        )
        self.model: PagedTable[PublicRow] = PagedTable(
            jobs,
            _columns(),
            publishing.list_public,
            listing=START,
            count=publishing.count_public,
            parent=self,
        )
        self._empty = EmptyState("eye", "")
        self.table = ListTable(self.model, name=tr("Issues"), empty=self._empty)
        self._list = Card(margin=1, spacing=0)
        head = lay(column(self.search, self.chips), margins=(14, 14, 14, 12), spacing=10)
        self._list.content.addLayout(head)
        self._list.content.addWidget(self.table, 1)
        fit(self._list, lambda card: card.setMinimumWidth(px(280)))
        self.sides = SideBySide(self._list, self.pane, even=True)
        lay(QHBoxLayout(self)).addWidget(self.sides)
        self._later = QTimer(self)
        self._connect()

    def reload(self) -> None:
        """Read the list, the counts and the issue shown."""
        self._jobs.latest("counts", _counts, self.chips.set_counts, owner=self)
        self.model.reload()
        self.pane.reload()

    def _connect(self) -> None:
        self.pane.done.connect(self.table.setFocus)
        self.table.chosen.connect(lambda one: self.pane.show_id(one.id))
        self.table.opened.connect(lambda _one: self.sides.show_right())
        self.table.clicked.connect(lambda _index: self.sides.show_right())
        self.model.loaded.connect(self._loaded)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._later.start())
        self.search.returnPressed.connect(self.table.setFocus)
        self.chips.changed.connect(self._turn)

    def _turn(self, _shown: object) -> None:
        self.pane.show_none()
        self._ask()

    def _ask(self) -> None:
        filters = {"published": self.chips.chosen}
        self.model.ask(replace(START, text=self.search.text(), filters=filters))

    def _loaded(self) -> None:
        if self.model.rows and self.table.current is None and self.pane.shown is None:
            self.table.setCurrentIndex(self.model.index(0, 0))
        if self.search.text():
            self._empty.set(tr("No such issue"), tr("Try other words."))
        elif self.chips.chosen:
            self._empty.set(tr("Nothing is shown to the public yet"))
        else:
            advice = tr("Answered, replied and settled issues appear here.")
            self._empty.set(tr("Nothing could be shown"), advice)
        self.sides.set_alone(self.pane.currentIndex() == 0 and not self.model.rows)


def _counts(tx: Tx) -> dict[Any, int]:
    return {
        shown: publishing.count_public(tx, replace(START, filters={"published": shown}))
        for shown in (False, True)
    }


def _columns() -> list[Column[PublicRow]]:
    return [
        Column(
            tr("Issue"), lambda one: one.title, detail=lambda one: one.number, strong=True
        ),
        Column(
            tr("Registered"), lambda one: f"{one.registered_on:%Y-%m-%d}", "registered_at",
            width=104,
        ),
        Column(
            tr("State"),
            lambda one: status_word(one.status),
            width=150,
            tone=lambda one: STATUS_TONES[one.status],
            detail=lambda one: degree_word(one.degree) if one.degree else " ",
        ),
    ]  # fmt: skip
