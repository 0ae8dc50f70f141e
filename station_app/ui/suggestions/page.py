"""The page of what is done with many issues: suggestions, like issues, meetings, the public."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, ClassVar, Protocol
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocabulary import Role
from station_app.i18n import tr
from station_app.ui.meetings.section import MeetingsSection
from station_app.ui.page import Page
from station_app.ui.publishing.section import PublishingSection
from station_app.ui.suggestions.clusters import ClustersSection
from station_app.ui.suggestions.section import SuggestionsSection, overdue
from station_app.ui.widgets import ChoiceBar, ShortcutButton

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.ui.jobs import Jobs


class _Section(Protocol):
    def reload(self) -> None: ...


class SuggestionsPage(Page):
    """One section at a time, chosen on top."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"deputy_suggestion", "suggestion_event", "meeting", "issue", "issue_event", "deputy",
         "unit", "category"}
    )  # fmt: skip

    def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(jobs, actor, parent)
        writable = actor.role is not Role.VIEWER
        self.set_title(tr("page|Suggestions"))
        self.suggestions = SuggestionsSection(jobs, self, role=actor.role)
        self.clusters = ClustersSection(jobs, role=actor.role)
        self.meetings = MeetingsSection(jobs, self, role=actor.role)
        self.publishing = PublishingSection(jobs, self, role=actor.role)
        self.sections: dict[str, QWidget] = {
            "suggestions": self.suggestions,
            "clusters": self.clusters,
            "meetings": self.meetings,
            "publishing": self.publishing,
        }
        self.choice = ChoiceBar(
            [
                ("suggestions", tr("Suggestions")),
                ("clusters", tr("Like issues")),
                ("meetings", tr("Meetings")),
                ("publishing", tr("Shown to the public")),
            ],
            name=tr("Section"),
            start="suggestions",
            kind="filter",
        )
        self.new = ShortcutButton(
            tr("New suggestion"), "Ctrl+N", icon="plus", kind="primary", act=self._begin
        )
        self.add_action(self.new)
        self._writable = writable
        self._stack = QStackedWidget()
        for section in self.sections.values():
            self._stack.addWidget(section)
        self.body.addWidget(self.choice)
        self.body.addWidget(self._stack, 1)
        self._connect()
        self._show("suggestions")
        self.start = self.suggestions.table

    @property
    def section(self) -> str:
        """The name of the section shown."""
        return list(self.sections)[self._stack.currentIndex()]

    def _connect(self) -> None:
        self.choice.changed.connect(lambda name: self._show(str(name)))
        self.clusters.raise_requested.connect(self.raise_from)
        self.clusters.meet_requested.connect(self.meet_about)
        self.clusters.issue_opened.connect(lambda one: self.open_requested.emit("issue", one))
        self.shortcut("Ctrl+F", tr("Filter the list"), self._search)
        for at, name in enumerate(self.sections, start=1):
            self.shortcut(f"Ctrl+{at}", self._words(name), self._opener(name))

    def _words(self, name: str) -> str:
        return {
            "suggestions": tr("Suggestions"),
            "clusters": tr("Like issues"),
            "meetings": tr("Meetings"),
            "publishing": tr("Shown to the public"),
        }[name]

    def _opener(self, name: str) -> Callable[[], None]:
        return lambda: self.open_section(name)

    def open_section(self, name: str) -> None:
        """Show one section."""
        self.choice.choose(name)
        self._show(name)

    def _show(self, name: str) -> None:
        self._stack.setCurrentWidget(self.sections[name])
        new = {"suggestions": tr("New suggestion"), "meetings": tr("Write down a meeting")}
        self.new.setText(new.get(name, ""))
        self.new.setAccessibleName(new.get(name, ""))
        self.new.setVisible(self._writable and name in new)

    def reload(self) -> None:
        for section in self.sections.values():
            made: _Section = section  # type: ignore[assignment]  # each has it
            made.reload()
        self.jobs.latest(
            "overdue",
            overdue,
            lambda n: self.badge_changed.emit(n, n > 0),
            owner=self,
        )

    def show_record(self, kind: str, record_id: UUID | Collection[UUID]) -> None:
        """Show a suggestion or a meeting, or begin one from issues or a reception day."""
        ids = (record_id,) if isinstance(record_id, UUID) else tuple(record_id)
        if kind == "raise":
            self.raise_from(ids)
        elif kind == "meet":
            self.meet_about(ids)
        elif kind == "meet_on":
            self.open_section("meetings")
            self.meetings.pane.begin_from(day_id=ids[0])
        elif kind == "meeting":
            self.open_section("meetings")
            self.meetings.show_id(ids[0])
        else:
            self.open_section("suggestions")
            self.suggestions.show_id(ids[0])

    def raise_from(self, issue_ids: Collection[UUID]) -> None:
        """Begin a suggestion drawn from issues."""
        self.open_section("suggestions")
        self.suggestions.pane.raise_from(issue_ids)

    def meet_about(self, issue_ids: Collection[UUID]) -> None:
        """Begin the record of a meeting about issues."""
        self.open_section("meetings")
        self.meetings.pane.begin_from(issue_ids)

    def _begin(self) -> None:
        if self.section == "meetings":
            self.meetings.pane.begin_new()
        else:
            self.suggestions.pane.begin_new()

    def _search(self) -> None:
        search = getattr(self.sections[self.section], "search", None)
        if search is not None:
            search.setFocus()
