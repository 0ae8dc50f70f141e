"""One issue as it is typed: the text, a title made from it, category, place, urgency, handling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from db.vocabulary import Urgency
from station_app.domain.dictionaries import CategoryRecord, DeclineReason
from station_app.domain.issue_views import SimilarIssue
from station_app.domain.issue_words import urgency_word
from station_app.domain.issues import EarlierIssue, IssueDraft, title_of
from station_app.i18n import tr
from station_app.ui.desk.completion import CategoryInput
from station_app.ui.desk.enter import EnterChain
from station_app.ui.desk.handling import Outcome
from station_app.ui.desk.same_issue import SameIssue
from station_app.ui.theme import lay, px
from station_app.ui.widgets import Field, ShortcutButton, TextArea


class IssueBlock(QWidget):
    """One issue. Everything has a sensible value, so that the text alone is enough."""

    edited = Signal()

    def __init__(self, chain: EnterChain) -> None:
        super().__init__()
        self.title = QLineEdit()
        self.title.setMaxLength(100)
        self.text = TextArea(lines=2, most=9, placeholder=tr("What the visitor says"), fill=True)
        self.same = SameIssue()
        self.category = CategoryInput()
        self.place = QLineEdit()
        self.urgent = ShortcutButton(urgency_word(Urgency.URGENT), "Alt+U", kind="choice")
        self.urgent.setCheckable(True)
        self.urgent.setProperty("tall", "true")  # as tall as the inputs beside it
        self.outcome = Outcome()
        self._chain = chain
        self._lay_out()
        chain.link(self.text, self.category, self.place)
        self.category.install()
        self._listen()
        self._retitle()

    def draft(self) -> IssueDraft:
        """The issue as typed."""
        urgency = Urgency.URGENT if self.urgent.isChecked() else Urgency.NORMAL
        return IssueDraft(
            title=self.title.text(),
            text=self.text.text(),
            category=self.category.code,
            place=self.place.text(),
            urgency=urgency,
            join_to=self.same.joined,
            **({} if self.same.joined else self.outcome.facts()),
        )

    def plain(self) -> IssueDraft:
        """Title and text alone, as typed so far."""
        return IssueDraft(self.title.text(), self.text.text())

    def offer(
        self,
        categories: tuple[CategoryRecord, ...],
        deputies: Sequence[tuple[UUID, str]],
        reasons: Sequence[DeclineReason],
    ) -> None:
        """Complete from ``categories``; ``deputies`` may have answered, ``reasons`` decline."""
        self.category.offer(categories)
        self.outcome.offer_deputies(deputies)
        self.outcome.offer_reasons(reasons)

    def offer_earlier(self, earlier: Sequence[EarlierIssue]) -> None:
        """What the visitor raised before."""
        self.same.offer(earlier)
        self._show_outcome()

    def offer_similar(self, found: Sequence[SimilarIssue]) -> None:
        """What is likely the same matter as the text."""
        self.same.offer_similar(found)
        self._show_outcome()

    def state(self) -> dict[str, Any]:
        """Everything as typed, for the kept draft."""
        return {
            "title": self.title.text(),
            "text": self.text.text(),
            "category": self.category.state(),
            "place": self.place.text(),
            "urgent": self.urgent.isChecked(),
            "join": self.same.state(),
            "outcome": self.outcome.state(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Show a state again."""
        self.text.setPlainText(state.get("text", ""))
        self.title.setText(state.get("title", ""))
        self.category.restore(state.get("category", ""))
        self.place.setText(state.get("place", ""))
        self.urgent.setChecked(state.get("urgent", False))
        self.outcome.restore(state.get("outcome", {}))
        self.same.restore(state.get("join"))
        self._show_outcome()

    def forget(self) -> None:
        """Leave the form's Enter chain; the block goes away."""
        self._chain.unlink(self.text, self.category, self.place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        text = Field(tr("What is raised"), self.text, required=True)
        self._parts = [
            Field(tr("Category"), self.category),
            Field(tr("Title"), self.title),
            Field(tr("Place"), self.place),
            Field(tr("Urgency"), self.urgent),
        ]
        self.urgent.setAccessibleName(urgency_word(Urgency.URGENT))
        names = ("category", "title", "place")
        self.fields = {"text": text, **dict(zip(names, self._parts, strict=False))}
        self.fields |= self.outcome.fields
        self._facts = lay(QGridLayout(), spacing=12)
        self._columns = 0
        whole = lay(QVBoxLayout(self), spacing=8)
        whole.addWidget(text, 1)
        whole.addLayout(self._facts)
        self._arrange()
        whole.addWidget(self.outcome)
        # Put in last, so that Tab leads from the text to the category; Alt+J joins from anywhere.
        whole.insertWidget(1, self.same)

    def _arrange(self) -> None:
        """Category, title, place and urgency in one row, or in two where it is narrow."""
        columns = 4 if self.width() >= px(520) else 2
        if columns == self._columns:
            return
        self._columns = columns
        for at, part in enumerate(self._parts):
            self._facts.addWidget(part, at // columns, at % columns)
        for at, stretch in enumerate((5, 5, 4, 0) if columns == 4 else (1, 1, 0, 0)):
            self._facts.setColumnStretch(at, stretch)

    def _listen(self) -> None:
        self.text.textChanged.connect(self._retitle)
        for line in (self.title, self.place):
            line.textChanged.connect(lambda _text: self.edited.emit())
        self.text.textChanged.connect(self.edited)
        self.category.changed.connect(self.edited)
        self.urgent.toggled.connect(lambda _on: self.edited.emit())
        self.outcome.edited.connect(self.edited)
        self.same.changed.connect(self._joined)

    def _joined(self) -> None:
        self._show_outcome()
        self.edited.emit()

    def _show_outcome(self) -> None:
        """What is joined is handled where it was joined to."""
        self.outcome.setVisible(self.same.joined is None)

    def _retitle(self) -> None:
        made = title_of(IssueDraft("", self.text.text()))
        self.title.setPlaceholderText(made or tr("From the text"))
