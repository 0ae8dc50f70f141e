"""The form of a suggestion: its issues, who makes it, its title and its text drafted from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from db.vocabulary import IssueEventKind
from station_app.domain.suggestions import SuggestionDraft, SuggestionRecord
from station_app.i18n import tr
from station_app.ui.days.deputy_pick import DeputyPick
from station_app.ui.days.planning import Choice
from station_app.ui.issues.several import IssuesInput
from station_app.ui.kept_form import Typed
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    ElidedLabel,
    EnterMovesOn,
    Field,
    MessageBar,
    ShortcutButton,
    TextArea,
    column,
    row,
    scrolling,
)
from station_app.ui.widgets.popup import hide_popups

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs


class SuggestionForm(QWidget):
    """Everything of a suggestion. ``redraft_requested`` asks for a text out of the issues."""

    edited = Signal()
    redraft_requested = Signal()
    save_requested = Signal()
    cancelled = Signal()
    began_anew = Signal()
    issue_opened = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._proposed: tuple[str, str] = ("", "")
        self._title = ElidedLabel("", "section")
        self.kept = MessageBar("blue", icon="history")
        self.kept.add_button(
            ShortcutButton(tr("Begin anew"), "Ctrl+Backspace", act=self.began_anew.emit)
        )
        self.issues = IssuesInput(jobs, IssueEventKind.RAISED)
        self.deputies = DeputyPick(tr("Deputies"))
        self.title = QLineEdit()
        self.title.setMaxLength(100)
        self.text = TextArea(lines=14, most=60)
        self.complex = QCheckBox(tr("A complex matter: it may take longer"))
        self.fields = {
            "issue_ids": Field(tr("Drawn from these issues"), self.issues, required=True),
            "deputy_ids": Field(tr("Deputies; the first one leads"), self.deputies, required=True),
            "title": Field(tr("Title"), self.title, required=True),
            "text": Field(
                tr("Text"),
                self.text,
                required=True,
                hint=tr("Names are masked, phones and doors left out. Check it once more."),
            ),
        }
        self.redraft = ShortcutButton(
            tr("Draft it anew from the issues"), "Ctrl+D", icon="refresh",
            act=self.redraft_requested.emit,
        )  # fmt: skip
        self.save = ShortcutButton(
            tr("Save"), "Ctrl+Return", kind="primary", act=self.save_requested.emit
        )
        self.cancel = ShortcutButton(tr("form|Close"), "Escape", act=self._escape)
        self._compose()
        self._moves = EnterMovesOn(self)
        self._watch()

    def _compose(self) -> None:
        body = lay(column(self.kept), margins=(20, 4, 20, 20), spacing=12)
        for name in ("issue_ids", "deputy_ids", "title", "text"):
            body.addWidget(self.fields[name])
        body.addWidget(self.complex)
        body.addStretch(1)
        self._area = scrolling(body, tr("Suggestion"), gutter=20)
        head = lay(row(), margins=(20, 16, 20, 8))
        head.addWidget(self._title, 1)
        head.addWidget(self.redraft)
        card = Card(margin=1, spacing=0)
        card.content.addLayout(head)
        card.content.addWidget(self._area, 1)
        card.content.addLayout(lay(row(None, self.cancel, self.save), margins=(20, 12, 20, 14)))
        lay(QHBoxLayout(self)).addWidget(card)

    def _watch(self) -> None:
        self.issues.opened.connect(self.issue_opened)
        self.issues.changed.connect(self._issues_changed)
        self.deputies.changed.connect(self._picked)
        self.title.textEdited.connect(lambda _text: self.edited.emit())
        self.text.textChanged.connect(self.edited.emit)
        self.complex.toggled.connect(lambda _on: self.edited.emit())

    def set_ground(self, title: str, choices: Sequence[Choice], *, drawn: bool) -> None:
        """Offer the deputies; ``drawn``: the issues are fixed, only words may change."""
        self._title.set(title)
        self.deputies.offer_deputies(choices)
        self.issues.fix(drawn)
        self.redraft.setVisible(not drawn)

    def begin(self) -> None:
        """Put the cursor where filling in begins."""
        self._area.verticalScrollBar().setValue(0)
        (self.deputies if self.issues.ids else self.issues).setFocus()

    def fill(self, typed: Typed) -> None:
        """Write ``typed`` (as ``collect`` gives it) into the inputs."""
        self.blockSignals(True)
        self.issues.put(typed["issues"])
        self.deputies.clear()
        self.deputies.take(*(UUID(one) for one in typed["deputy_ids"]))
        self.title.setText(typed["title"])
        self.text.setPlainText(typed["text"])
        self.complex.setChecked(typed["complex"])
        self._proposed = (typed["title"], typed["text"])
        self.blockSignals(False)

    def collect(self) -> Typed:
        """What the inputs say, as plain values."""
        return {
            "issues": self.issues.collect(),
            "deputy_ids": [str(one) for one in self.deputies.taken],
            "title": self.title.text(),
            "text": self.text.text(),
            "complex": self.complex.isChecked(),
        }

    def draft(self) -> SuggestionDraft:
        """What the inputs say, for the service."""
        return SuggestionDraft(
            self.title.text(),
            self.text.text(),
            self.issues.ids,
            tuple(one for one in self.deputies.taken if isinstance(one, UUID)),
            self.complex.isChecked(),
        )

    def propose(self, draft: SuggestionDraft, *, over: bool) -> None:
        """Write a text drawn from the issues; what was typed by hand stays unless ``over``."""
        title, text = self._proposed
        if over or self.title.text() in ("", title):
            self.title.setText(draft.title)
        if over or self.text.text() in ("", text):
            self.text.setPlainText(draft.text)
        self._proposed = (draft.title, draft.text)
        self.edited.emit()

    def _issues_changed(self) -> None:
        self.fields["issue_ids"].set_error("")
        self.edited.emit()

    def _picked(self) -> None:
        self.fields["deputy_ids"].set_error("")
        self.edited.emit()

    def _escape(self) -> None:
        if not hide_popups(self.window()):
            self.cancelled.emit()


def typed_of(record: SuggestionRecord) -> Typed:
    """A suggestion as its form would collect it."""
    return {
        "issues": [
            {"id": one.id.hex, "number": one.number, "title": one.title} for one in record.issues
        ],
        "deputy_ids": [str(one.id) for one in record.deputies],
        "title": record.title,
        "text": record.text,
        "complex": record.complex,
    }


def typed_for_new(
    issues: Sequence[dict[str, Any]], deputy_ids: Sequence[UUID], draft: SuggestionDraft
) -> Typed:
    """A new suggestion as it begins: drafted from issues, with who received their residents."""
    return {
        "issues": list(issues),
        "deputy_ids": [str(one) for one in deputy_ids],
        "title": draft.title,
        "text": draft.text,
        "complex": False,
    }
