"""The cards beside the timeline: who came, the visit, joined and like issues, papers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.vocabulary import IssueEventKind
from station_app.domain.cases import may
from station_app.domain.issue_views import SimilarIssue
from station_app.domain.issues import IssueRow
from station_app.domain.phones import mask_phone
from station_app.domain.residents import ResidentRecord
from station_app.domain.words import channel_word
from station_app.i18n import tr
from station_app.ui.issues import words
from station_app.ui.issues.links import LinkButton
from station_app.ui.issues.side_cards import card, case_cards
from station_app.ui.issues.similar_card import similar_card
from station_app.ui.issues.words import IssueView
from station_app.ui.theme import lay
from station_app.ui.widgets import Card, ElidedLabel, IconButton, ShortcutButton, label, row

#: More joined issues than these stay folded.
SHOWN_JOINED = 6


class Side(QWidget):
    """Facts around one issue.

    ``reveal`` carries a resident's id whose number is asked for, ``join_asked`` the id of the
    issue that this one is to join.
    """

    open_requested = Signal(str, object)
    reveal = Signal(object)
    join_asked = Signal(object)

    def __init__(self, *below: QWidget, writable: bool) -> None:
        super().__init__()
        self._writable = writable
        self._all = False
        self._view: IssueView | None = None
        self._phones: dict[UUID, str] = {}
        self._similar: tuple[SimilarIssue, ...] = ()
        self._cards = lay(QVBoxLayout(), spacing=12)
        whole = lay(QVBoxLayout(self), spacing=12)
        whole.addLayout(self._cards)
        for part in below:
            whole.addWidget(part)
        whole.addStretch(1)

    def show_view(self, view: IssueView) -> None:
        """Show the cards of ``view``; whole numbers are hidden again when the issue changes."""
        if self._view is None or self._view.record.id != view.record.id:
            self._phones, self._all, self._similar = {}, False, ()
        self._view = view
        self._draw()

    def show_similar(self, issue_id: UUID, found: Sequence[SimilarIssue]) -> None:
        """Show what is like the issue, if it is still the one shown."""
        here = self._view is not None and self._view.record.id == issue_id
        if here and tuple(found) != self._similar:
            self._similar = tuple(found)
            self._draw()

    def show_phone(self, resident_id: UUID, phone: str) -> None:
        """Show a number whole."""
        self._phones[resident_id] = phone
        self._draw()

    def _draw(self) -> None:
        while self._cards.count():
            item = self._cards.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._view is None:
            return
        made = [*case_cards(self._view), self._residents(self._view), self._visit(self._view)]
        if self._view.joined:
            made.append(self._joined(self._view))
        together = self._together(self._view)
        if together is not None:
            made.append(together)
        similar = self._likely(self._view)
        if similar is not None:
            made.append(similar)
        for at, one in enumerate(made):
            self._cards.insertWidget(at, one)
            one.show()  # at once: a layout would do so only after the next event

    def _likely(self, view: IssueView) -> Card | None:
        can = self._writable and may(view.record.status, view.record.case, IssueEventKind.JOINED)
        return similar_card(
            self._similar,
            lambda ident: self.open_requested.emit("issue", ident),
            self.join_asked.emit if can else None,
        )

    def _residents(self, view: IssueView) -> Card:
        people = words.counted(view.record.joined_count, view.record.people)
        made = card(tr("issue|Residents"), people)
        for one in (view.visit.resident, *view.visit.companions):
            made.content.addWidget(self._person(one))
            if one.phone:
                made.content.addLayout(self._phone(one))
        if view.visit.resident.address:
            address = label(view.visit.resident.address, "secondary", wrap=True)
            below = lay(QVBoxLayout(), margins=(22, 0, 0, 0))
            below.addWidget(address)
            made.content.addLayout(below)
        return made

    def _person(self, one: ResidentRecord) -> LinkButton:
        link = LinkButton(one.name, "user")
        link.clicked.connect(lambda: self.open_requested.emit("resident", one.id))
        link.setAccessibleName(tr("Open resident {name}", name=one.name))
        return link

    def _phone(self, one: ResidentRecord) -> QVBoxLayout:
        whole = self._phones.get(one.id)
        number = label(whole or mask_phone(one.phone), selectable=True)
        line = row(number, None, spacing=6)
        if whole is None and self._writable:
            eye = IconButton(
                "eye",
                tr("Show the whole number of {name} (this is logged)", name=one.name),
                size=18,
                role="secondary",
                act=lambda: self.reveal.emit(one.id),
            )
            line.addWidget(eye)
        box = lay(QVBoxLayout(), margins=(22, 0, 0, 0))
        box.addLayout(line)
        return box

    def _visit(self, view: IssueView) -> Card:
        visit = view.visit
        made = card(tr("issue|Visit"), channel_word(visit.channel))
        others = [one for one in visit.issues if one.id != view.record.id]
        link = LinkButton(visit.number, "armchair")
        link.setAccessibleName(tr("Open visit {number}", number=visit.number))
        link.clicked.connect(lambda: self.open_requested.emit("visit", visit.id))
        made.content.addWidget(link)
        below = lay(QVBoxLayout(), margins=(22, 0, 0, 8 if others else 0))
        below.addWidget(label(view.moment(visit.arrived_at), "secondary"))
        made.content.addLayout(below)
        if others:
            made.content.addWidget(label(tr("Raised in the same visit"), "secondary"))
        for one in others:
            made.content.addWidget(self._issue(one.id, one.title))
        return made

    def _joined(self, view: IssueView) -> Card:
        made = card(tr("Joined issues"), tr("Issues: {n}", n=len(view.joined)))
        shown = view.joined if self._all else view.joined[:SHOWN_JOINED]
        for one in shown:
            made.content.addWidget(self._joined_row(view, one))
        left = len(view.joined) - len(shown)
        if left:
            more = ShortcutButton(tr("{n} more", n=left), kind="quiet", icon="chevron-down")
            more.clicked.connect(self._show_all)
            made.content.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _joined_row(self, view: IssueView, one: IssueRow) -> QWidget:
        box = QWidget()
        line = lay(QVBoxLayout(box), spacing=0)
        line.addWidget(self._issue(one.id, one.title))
        people = tr("{n} people", n=one.people)
        told = f"{one.resident} · {people} · {view.moment(one.registered_at)}"
        under = lay(QVBoxLayout(), margins=(22, 0, 0, 0))
        under.addWidget(ElidedLabel(told, "secondary"))
        line.addLayout(under)
        return box

    def _together(self, view: IssueView) -> Card | None:
        """The suggestion and the meetings that it is part of."""
        links: list[tuple[str, str, UUID]] = []
        if view.record.case.suggestion_id is not None:
            told = tr("Deputy's suggestion")
            links.append((told, "deputy_suggestion", view.record.case.suggestion_id))
        for one in view.record.counted:
            if one.event is IssueEventKind.MET and "meeting" in one.details:
                date = f"{view.day(one.happened_at):%Y-%m-%d}"
                told = tr("Meeting of {date}", date=date)
                links.append((told, "meeting", UUID(str(one.details["meeting"]))))
        if not links:
            return None
        made = card(tr("With other issues"))
        for told, kind, ident in links:
            link = LinkButton(told, "file-text" if kind != "meeting" else "users-group")
            link.clicked.connect(partial(self.open_requested.emit, kind, ident))
            made.content.addWidget(link)
        return made

    def _issue(self, issue_id: UUID, title: str) -> LinkButton:
        link = LinkButton(title, "message-report")
        link.setAccessibleName(tr("Open issue {title}", title=title))
        link.clicked.connect(lambda: self.open_requested.emit("issue", issue_id))
        return link

    def _show_all(self) -> None:
        self._all = True
        self._draw()
