"""One issue beside the list: its facts, whose turn it is, its acts, its history and its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from db.vocabulary import IssueEventKind
from station_app.domain.issue_words import status_word
from station_app.i18n import tr
from station_app.ui.attachments.card import PapersCard
from station_app.ui.issues import acts, words
from station_app.ui.issues.act_inputs import Offers
from station_app.ui.issues.act_panel import ActPanel
from station_app.ui.issues.links import FactLine, scroll
from station_app.ui.issues.side import Side
from station_app.ui.issues.timeline import LongText, Timeline
from station_app.ui.issues.turn_bar import TurnBar
from station_app.ui.issues.words import IssueView
from station_app.ui.printing.prints_card import PrintsCard
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Card,
    EmptyState,
    MessageBar,
    Pill,
    ShortcutButton,
    bring_into_view,
    column,
    label,
    row,
)

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

#: Narrower than this the cards stand below the timeline.
WIDE = 700
SIDE = 236


class IssueDetail(QWidget):
    """Shows one issue. ``asked`` carries the act somebody wants to do; ``reveal`` a resident's id.

    ``writable`` is False for viewers: they see no button that would refuse.
    """

    asked = Signal(object)
    target_requested = Signal()
    open_requested = Signal(str, object)
    reveal = Signal(object)

    def __init__(self, jobs: Jobs, *, writable: bool) -> None:
        super().__init__()
        self.view: IssueView | None = None
        self._offers = Offers()
        self.turn = TurnBar(writable=writable)
        self.turn.asked.connect(self.asked)
        self.turn.target_requested.connect(self._open_target)
        self.panel = ActPanel(jobs)
        self.timeline = Timeline()
        self.papers = PapersCard(jobs, self, writable=writable)
        self.papers.added.connect(self.panel.take_papers)
        self.prints = PrintsCard(jobs)
        self.turn.print.printed.connect(self.prints.reload)
        self.side = Side(self.papers, self.prints, writable=writable)
        self.side.open_requested.connect(self.open_requested)
        self.side.reveal.connect(self.reveal)
        self.unsaved = MessageBar("amber", icon="edit")
        self.go_on = ShortcutButton(tr("Go on"), "Alt+G")
        self.unsaved.add_button(self.go_on)
        self.unsaved.set("")
        self._build()

    def set_offers(self, offers: Offers) -> None:
        """What the dictionaries offer to the acts."""
        self._offers = offers

    def show_view(self, view: IssueView) -> None:
        """Show ``view``; another issue than before is shown from its top."""
        other = self.view is None or self.view.record.id != view.record.id
        self.view = view
        one = view.record
        self.title.setText(one.title)
        self.pill.set(status_word(one.status), words.STATUS_TONES[one.status])
        self.facts.set(words.facts(view))
        self.text.set("" if one.text.strip() == one.title.strip() else one.text)
        self.turn.show_view(view)
        self.timeline.show_view(view)
        self.side.show_view(view)
        self.prints.show_of(one.id, one.visit_id)
        self.papers.show_issue(one.id)
        if other:
            self.unsaved.set("")
            self._scroll.verticalScrollBar().setValue(0)
        self._stack.setCurrentIndex(1)

    def show_nothing(self) -> None:
        """No issue is chosen."""
        self.view = None
        self.papers.intake.open = False
        self.panel.close_form()
        self._stack.setCurrentIndex(0)

    def open_form(self, event: IssueEventKind) -> None:
        """Open the form of an act above the timeline."""
        if self.view is not None:
            self.unsaved.set("")
            self.panel.ask(event, self.view, self._offers)
            bring_into_view(self.panel)

    def show_unsaved(self, event: IssueEventKind | None) -> None:
        """Say that an act was typed and not saved; None takes it away."""
        if event is None or self.view is None:
            self.unsaved.set("")
            return
        name = acts.act_name(event, self.view.record.status)
        self.unsaved.set(tr("“{act}” was typed but not saved.", act=name))

    def _open_target(self) -> None:
        """Open what the issue became part of: a suggestion, or the issue it was joined to."""
        case = self.view.record.case if self.view is not None else None
        if case is not None and case.suggestion_id is not None:
            self.open_requested.emit("deputy_suggestion", case.suggestion_id)
        else:
            self.target_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _build(self) -> None:
        self.title = label("", "title", wrap=True, selectable=True)
        self.pill = Pill("")
        self.facts = FactLine()
        self.text = LongText()
        head = row(spacing=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        self._body = lay(column(), margins=(22, 18, 22, 18), spacing=12)
        self._body.addLayout(lay(column(head, self.facts), spacing=4))
        for part in (self.text, self.turn, self.unsaved, self.panel, self.timeline):
            self._body.addWidget(part)
        self._body.addStretch(1)
        inner.setLayout(self._body)
        self._scroll = scroll(inner, gutter=22)
        card = Card(margin=1)
        card.content.addWidget(self._scroll)
        self._beside = scroll(QWidget())
        fit(self._beside, lambda area: area.setFixedWidth(px(SIDE)))
        shown = QWidget()
        self._columns = lay(QHBoxLayout(shown), spacing=14)
        self._columns.addWidget(card, 1)
        self._columns.addWidget(self._beside)
        self._stack = QStackedLayout(self)
        nothing = Card()
        advice = tr("Its history and what can be done now appear here.")
        nothing.content.addWidget(EmptyState("message-report", tr("Choose an issue"), advice))
        self._stack.addWidget(nothing)
        self._stack.addWidget(shown)
        fit(self, lambda detail: detail._settle())

    def _settle(self) -> None:
        wide = self.width() >= px(WIDE)
        if wide == (self._beside.widget() is self.side):
            self._beside.setVisible(wide)
            return
        if wide:
            self._body.removeWidget(self.side)
            self._beside.setWidget(self.side)
        else:
            self._beside.takeWidget()
            self._body.insertWidget(self._body.count() - 1, self.side)
        self.side.show()
        self._beside.setVisible(wide)
