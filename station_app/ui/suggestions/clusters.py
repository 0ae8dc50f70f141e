"""Like issues at one place: what they are about, how many came, and what can be made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.vocabulary import IssueEventKind, Role
from station_app.domain.issue_views import Cluster
from station_app.i18n import tr
from station_app.services.issue_likeness import issue_clusters
from station_app.ui.issues.links import LinkButton
from station_app.ui.issues.several import Chosen, chosen
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Card,
    EmptyState,
    Flow,
    ShortcutButton,
    column,
    label,
    row,
    scrolling,
)

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

#: More issues of a cluster than these stay unnamed.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class ClusterView:
    """A cluster with the first of its issues by name."""

    cluster: Cluster
    named: tuple[Chosen, ...]


class ClustersSection(QWidget):
    """The clusters as cards. Signals carry ids: of an issue, or of all of a cluster."""

    raise_requested = Signal(object)
    meet_requested = Signal(object)
    issue_opened = Signal(object)
    counted = Signal(int)

    def __init__(self, jobs: Jobs, *, role: Role) -> None:
        super().__init__()
        self._jobs, self._writable = jobs, role is not Role.VIEWER
        self.cards: list[ClusterCard] = []
        self._grid = lay(QVBoxLayout(), spacing=12)
        nothing = Card()
        nothing.content.addWidget(
            EmptyState(
                "stack-2",
                tr("No like issues at one place"),
                tr("Three or more open issues of one category in one street appear here."),
            )
        )
        self._nothing = nothing
        self._nothing.hide()
        body = column(self._grid, None)
        inner = scrolling(body, tr("Like issues"))
        whole = lay(QVBoxLayout(self), spacing=12)
        whole.addWidget(
            label(
                tr("Several residents raise the same: worth a suggestion or a meeting."),
                "quiet",
                wrap=True,
            )
        )
        whole.addWidget(nothing, 1)
        whole.addWidget(inner, 1)
        self._inner = inner

    def reload(self) -> None:
        """Read the clusters."""
        self._jobs.latest("clusters", _clusters, self._show, owner=self)

    def _show(self, found: list[ClusterView]) -> None:
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [ClusterCard(one, writable=self._writable) for one in found]
        for card in self.cards:
            card.raise_requested.connect(self.raise_requested)
            card.meet_requested.connect(self.meet_requested)
            card.issue_opened.connect(self.issue_opened)
            self._grid.addWidget(card)
            card.show()  # at once: a layout would do so only after the next event
        self._nothing.setVisible(not found)
        self._inner.setVisible(bool(found))
        self.counted.emit(len(found))


class ClusterCard(Card):
    """One cluster: 桃源街 加装电梯: 7 条, 23 人."""

    raise_requested = Signal(object)
    meet_requested = Signal(object)
    issue_opened = Signal(object)

    def __init__(self, view: ClusterView, *, writable: bool) -> None:
        super().__init__(margin=16, spacing=8)
        one = view.cluster
        title = f"{one.place} {one.category_name}".strip()
        told = tr("Issues: {issues}, people: {people}", issues=one.issues, people=one.people)
        self.setAccessibleName(f"{title}: {told}")
        fit(self, lambda card: card.setMaximumWidth(px(920)))
        head = row(spacing=12)
        head.addWidget(label(title, "section", wrap=True), 1)
        head.addWidget(label(told, "strong"), 0, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(head)
        for each in view.named:
            self.content.addWidget(self._link(each))
        left = len(one.issue_ids) - len(view.named)
        if left > 0:
            more = lay(QHBoxLayout(), margins=(22, 0, 0, 0))
            more.addWidget(label(tr("{n} more", n=left), "secondary"))
            self.content.addLayout(more)
        self.draft = ShortcutButton(
            tr("Draft a suggestion"), icon="edit", kind="primary",
            act=lambda: self.raise_requested.emit(one.issue_ids),
        )  # fmt: skip
        self.meet = ShortcutButton(
            tr("Three-party meeting"), icon="users-group",
            act=lambda: self.meet_requested.emit(one.issue_ids),
        )  # fmt: skip
        acts = QWidget()
        flow = Flow(acts)
        for button in (self.draft, self.meet):
            button.setAccessibleDescription(title)
            flow.addWidget(button)
        self.content.addWidget(acts)
        acts.setVisible(writable)

    def _link(self, one: Chosen) -> LinkButton:
        link = LinkButton(f"{one.title}　{one.number}", "message-report")
        link.setAccessibleName(tr("Open issue {title}", title=one.title))
        link.clicked.connect(lambda: self.issue_opened.emit(UUID(one.id)))
        return link


def _clusters(tx: Tx) -> list[ClusterView]:
    return [
        ClusterView(one, tuple(chosen(tx, one.issue_ids[:_NAMED], IssueEventKind.RAISED)))
        for one in issue_clusters(tx)
    ]
