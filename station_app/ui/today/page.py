"""The Today page: what is due today and this week, overdue first; each line opens its issue."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.vocabulary import Clock, IssueEventKind
from station_app.domain.lists import Listing
from station_app.i18n import tr
from station_app.ui.issues import acts
from station_app.ui.page import Page
from station_app.ui.today import rows
from station_app.ui.today.rows import Counted, DueRow, Kind
from station_app.ui.widgets import (
    Card,
    Column,
    EmptyState,
    ListTable,
    PagedTable,
    ShortcutButton,
    label,
)
from station_app.ui.widgets.filter_chips import FilterChips

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.ui.jobs import Jobs

ALL = "all"


class TodayPage(Page):
    """Nobody has to remember what is due: it stands here until it is done."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"issue", "issue_event", "visit", "resident", "unit", "rule_set", "calendar_day"}
    )

    def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(jobs, actor, parent)
        words = [(one, rows.kind_word(one)) for one in Kind]
        self.chips: FilterChips[Kind | str] = FilterChips(
            [(ALL, tr("view|All")), *words], name=tr("What is due")
        )
        self.open = ShortcutButton(
            tr("Open the issue"), "Alt+O", icon="arrow-right", act=self._open_current
        )
        self._due = rows.DueList()
        self.table: PagedTable[DueRow] = PagedTable(
            jobs, _columns(), self._due, listing=Listing("due_on")
        )
        advice = tr("What comes due appears here by itself: deadlines, promises, later looks.")
        self._empty = EmptyState("circle-check", tr("Nothing is due"), advice)
        self.list = ListTable(self.table, name=tr("What is due"), header=False, empty=self._empty)
        self.list.setCursor(Qt.CursorShape.PointingHandCursor)
        self.start = self.list
        self._more = label("", "quiet", wrap=True)
        card = Card(margin=1)
        card.content.addWidget(self.list, 1)
        self.add_action(self.open)
        self.body.addWidget(self.chips)
        self.body.addWidget(card, 1)
        self.body.addWidget(self._more)
        self.set_title(tr("page|Today"))
        self.chips.changed.connect(self._narrow)
        self.table.loaded.connect(self._show)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda _index: self._open_current())
        self.shortcut("Alt+L", tr("Go to the list"), self.list.setFocus)

    def reload(self) -> None:
        """Read the list; its figures come with it."""
        self.table.reload()

    def show_record(self, kind: str, record_id: UUID) -> None:
        """Come from the desk: the keyboard goes to the list."""
        self.list.setFocus()

    def _show(self) -> None:
        self._first()
        if self._due.found is not None:
            self._tell(rows.count(self._due.found))

    def _tell(self, found: Counted) -> None:
        counts: dict[Kind | str, int] = {ALL: sum(found.kinds.values())}
        for kind in Kind:
            counts[kind] = found.kinds[kind]
        self.chips.set_counts(counts)
        said = [
            tr("{n} overdue", n=found.overdue),
            tr("{n} today", n=found.today),
            tr("later this week: {n}", n=found.this_week),
            tr("{n} to be evaluated", n=found.to_rate) if found.to_rate else "",
        ]
        self.set_title(tr("page|Today"), " · ".join(filter(None, said)))
        self._more.setVisible(found.more > 0)
        text = tr("{n} more are not listed here; the views of the issues page have all.",
                  n=found.more)  # fmt: skip
        self._more.setText(text)
        self.badge_changed.emit(found.overdue + found.today, found.overdue > 0)

    def _narrow(self, kind: Kind | str) -> None:
        filters: dict[str, object] = {} if kind == ALL else {"kind": kind}
        self.table.ask(Listing("due_on", filters=filters))

    def _first(self) -> None:
        self.open.setVisible(bool(self.table.rows))
        if self.table.rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.table.index(0, 0))

    def _open_current(self) -> None:
        row = self.list.current
        if row is not None:
            self._open(row)

    def _open(self, row: DueRow) -> None:
        if row.clock is Clock.SUGGESTION and row.issue.suggestion_id is not None:
            self.open_requested.emit("deputy_suggestion", row.issue.suggestion_id)
            return
        # What has several ways is opened with the keyboard on them: no act can follow at once.
        act = row.act or IssueEventKind.REGISTERED
        self.open_requested.emit(f"issue/{act.value}", row.issue.id)


def _columns() -> list[Column[DueRow]]:
    return [
        Column("", rows.when_words, width=130, tone=rows.when_tone),
        Column("", rows.what_words, width=190),
        Column("", lambda row: row.issue.title, detail=rows.about_words, strong=True),
        Column("", _act_word, width=170, right=True, role="accent"),
    ]


def _act_word(row: DueRow) -> str:
    if row.act is None:
        return tr("due|Decide") if row.clock is Clock.DECIDE else tr("due|Look at it")
    return acts.act_name(row.act, row.issue.status)
