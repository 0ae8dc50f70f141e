"""The page of activities and of help given: a list, and one entry or its form beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocabulary import ActivityKind, Role
from station_app.domain.activities import ActivityRecord, ActivityRow, AssistanceRow
from station_app.i18n import tr
from station_app.services import activities, assistances
from station_app.ui.activities.help_pane import HelpPane
from station_app.ui.activities.pane import ActivityPane
from station_app.ui.activities.table import ALL, START, activity_columns, help_columns, kinds
from station_app.ui.days.planning import Choice, planning
from station_app.ui.page import Page
from station_app.ui.side_by_side import NarrowColumns, SideBySide
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Card,
    ChoiceBar,
    Combo,
    EmptyState,
    ListTable,
    PagedTable,
    SearchField,
    ShortcutButton,
    column,
    row,
)

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.ui.jobs import Jobs

_PAUSE_MS = 120
_ACTIVITIES, _HELP = "activities", "help"


class ActivitiesPage(Page):
    """What deputies do beside receiving residents, and whom they helped."""

    kinds = frozenset({"activity", "assistance", "attendance", "deputy"})

    def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(jobs, actor, parent)
        self.writable = actor.role is not Role.VIEWER
        self.pane = ActivityPane(jobs, self, role=actor.role)
        self.help = HelpPane(jobs, self, role=actor.role)
        self.add = ShortcutButton(
            tr("Write an activity down"), "Ctrl+N", icon="plus", kind="primary", act=self.begin
        )
        self.add_action(self.add)
        self.add.setVisible(self.writable)
        self.which = ChoiceBar(
            [(_ACTIVITIES, tr("Activities")), (_HELP, tr("Help given"))],
            name=tr("What is listed"), start=_ACTIVITIES, kind="filter",
        )  # fmt: skip
        self.search = SearchField(tr("Words of the title or place"), "Ctrl+F")
        self.kind = Combo()
        self.kind.setAccessibleName(tr("Kind"))
        self.kind.fill([(str(value), text) for value, text in kinds()])
        fit(self.kind, lambda combo: combo.setFixedWidth(px(150)))
        self._build_lists()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._connect()
        self.set_title(tr("page|Activities"))

    def _build_lists(self) -> None:
        self.model: PagedTable[ActivityRow] = PagedTable(
            self.jobs, activity_columns(), activities.list_activities, listing=START,
            count=activities.count_activities, parent=self,
        )  # fmt: skip
        self.helped: PagedTable[AssistanceRow] = PagedTable(
            self.jobs, help_columns(), assistances.list_assistances, listing=START,
            count=assistances.count_assistances, parent=self,
        )  # fmt: skip
        nothing = EmptyState(
            "users-group",
            tr("No activity yet"),
            tr("Training, inspections, reports to electors: write them down here."),
        )
        nobody = EmptyState(
            "star",
            tr("No help written down yet"),
            tr("Whom deputies helped, and with how much: write it down at the right."),
        )
        self.table = ListTable(self.model, name=tr("Activities"), empty=nothing)
        self.help_table = ListTable(self.helped, name=tr("Help given"), empty=nobody)
        self.start = self.table
        line = row()
        line.addWidget(self.search, 1)
        line.addWidget(self.kind)
        head = lay(column(self.which, line), margins=(14, 14, 14, 12), spacing=10)
        self._lists, self._sides = QStackedWidget(), QStackedWidget()
        for table in (self.table, self.help_table):
            self._lists.addWidget(table)
        for side in (self.pane, self.help):
            self._sides.addWidget(side)
        left = Card(margin=1, spacing=0)
        left.content.addLayout(head)
        left.content.addWidget(self._lists, 1)
        fit(left, lambda card: card.setMinimumWidth(px(280)))
        self.sides = SideBySide(left, self._sides)
        NarrowColumns(self.table, {2: 420})
        self.body.addWidget(self.sides, 1)

    def _connect(self) -> None:
        self._later.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._later.start())
        self.kind.currentIndexChanged.connect(lambda _at: self._ask())
        self.which.changed.connect(self._show_which)
        self.table.chosen.connect(lambda one: self.pane.show_id(one.id))
        self.table.clicked.connect(lambda _index: self.sides.show_right())
        self.table.opened.connect(lambda _one: self.pane.edit())
        self.help_table.chosen.connect(self.help.show_row)
        self.help_table.clicked.connect(lambda _index: self.sides.show_right())
        self.pane.saved.connect(self._saved)
        self.help.added.connect(self.help_table.select)
        self.model.loaded.connect(self._first)
        self.shortcut("Ctrl+F", tr("Filter the list"), self.search.setFocus)

    def reload(self) -> None:
        self.model.reload()
        self.helped.reload()
        self.pane.reload()
        self.jobs.latest("ground", lambda tx: (planning(tx).choices, tx.today), self._know,
                         owner=self)  # fmt: skip

    def begin(self) -> None:
        if not self.writable:
            return
        self.sides.show_right()
        if self.which.chosen == _HELP:
            self.help.begin()
        else:
            self.pane.begin_new()

    def show_record(self, kind: str, record_id: UUID) -> None:
        self.which.choose(_HELP if kind == "assistance" else _ACTIVITIES)
        if kind == "assistance":
            self.help_table.select(record_id)
        else:
            self.table.select(record_id)
            self.pane.show_id(record_id)
        self.sides.show_right()

    def _know(self, found: tuple[tuple[Choice, ...], date]) -> None:
        self.help.set_ground(*found)

    def _show_which(self, which: str) -> None:
        helping = which == _HELP
        self._lists.setCurrentIndex(int(helping))
        self._sides.setCurrentIndex(int(helping))
        self.kind.setVisible(not helping)
        self.add.setText(tr("Write help down") if helping else tr("Write an activity down"))
        self._ask()

    def _ask(self) -> None:
        text = self.search.text()
        if self.which.chosen == _HELP:
            self.helped.ask(replace(self.helped.listing, text=text))
            return
        chosen = self.kind.currentData()
        filters = {} if chosen == ALL else {"kind": ActivityKind(chosen)}
        self.model.ask(replace(self.model.listing, text=text, filters=filters))

    def _first(self) -> None:
        if not self.model.rows:
            self.pane.show_none()
        elif self.table.current is None and self.pane.shown is None:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _saved(self, record: ActivityRecord) -> None:
        self.table.select(record.id)
        self.table.setFocus()
