"""The next step of a suggestion, or its withdrawal: what is asked for, typed in place, kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from db.vocabulary import Rating, Stage
from station_app.domain.dictionaries import UnitRecord
from station_app.domain.issue_words import rating_word
from station_app.domain.suggestions import SuggestionRecord
from station_app.i18n import tr
from station_app.services import suggestions
from station_app.ui.issues.inputs import Input, choice, line, text
from station_app.ui.suggestions.words import act_word, text_word
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    Field,
    ShortcutButton,
    bring_into_view,
    column,
    label,
    row,
)

if TYPE_CHECKING:
    from station_app.store import Tx

Typed = Mapping[str, str]


class StepPanel(Card):
    """The form of one step. ``submitted`` asks to do it, ``closed`` is Esc, ``typed`` any key."""

    submitted = Signal()
    closed = Signal()
    typed = Signal()

    def __init__(self) -> None:
        super().__init__(margin=14, spacing=10)
        self.stage: Stage | None = None
        self.inputs: list[Input] = []
        self._title = label("", "section")
        self._form = lay(column(), spacing=10)
        self.save = ShortcutButton(
            tr("form|Save"), "Ctrl+Return", kind="primary", act=self.submitted.emit
        )
        self.leave = ShortcutButton(tr("form|Close"), "Escape", kind="quiet", act=self.closed.emit)
        self.content.addWidget(self._title)
        self.content.addLayout(self._form)
        self.content.addLayout(row(self.save, self.leave, None))
        self.hide()

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by the names that errors use."""
        return {one.name: one.field for one in self.inputs}

    def ask(self, stage: Stage, units: Sequence[UnitRecord]) -> None:
        """Show the empty form of the step to ``stage``."""
        self._clear()
        self.stage = stage
        withdrawn = stage is Stage.WITHDRAWN
        name = tr("next|Withdraw it") if withdrawn else act_word(stage)
        self._title.setText(name)
        self.setAccessibleName(name)
        self.inputs = _inputs(stage, units)
        for one in self.inputs:
            self._form.addWidget(one.field)
            self._listen(one)
        self.save.setEnabled(True)
        self.show()
        self.inputs[0].field.focus()
        bring_into_view(self)

    def values(self) -> dict[str, str]:
        """What is typed."""
        return {one.name: one.get() for one in self.inputs}

    def fill(self, values: Typed) -> None:
        """Put what was typed earlier back."""
        for one in self.inputs:
            if one.name in values:
                one.put(values[one.name])

    def close_form(self) -> None:
        """Put the form away."""
        self.stage = None
        self.hide()
        self._clear()

    def _clear(self) -> None:
        for one in self.inputs:
            self._form.removeWidget(one.field)
            one.field.hide()
            one.field.deleteLater()
        self.inputs = []

    def _listen(self, one: Input) -> None:
        part = one.field.input
        if isinstance(part, QPlainTextEdit):
            part.textChanged.connect(self.typed)
        elif isinstance(part, QLineEdit):
            part.textEdited.connect(self.typed)
        elif isinstance(part, QComboBox):
            part.currentIndexChanged.connect(self.typed)


def take_step(tx: Tx, record: SuggestionRecord, stage: Stage, typed: Typed) -> SuggestionRecord:
    """Do the step as typed. Raises RuleViolation, Conflict when it stands elsewhere by now."""
    if stage is Stage.WITHDRAWN:
        return suggestions.withdraw_suggestion(
            tx, record.id, reason=typed["reason"], expected=record.stage
        )
    unit, rating = typed.get("unit_id", ""), typed.get("rating", "")
    return suggestions.advance_suggestion(
        tx,
        record.id,
        stage=stage,
        text=typed["text"],
        unit_id=UUID(unit) if unit else None,
        official_number=typed.get("official_number", ""),
        rating=Rating(rating) if rating else None,
        expected=record.stage,
    )


def _inputs(stage: Stage, units: Sequence[UnitRecord]) -> list[Input]:
    if stage is Stage.WITHDRAWN:
        return [text("reason", tr("Why it is withdrawn"), required=True)]
    asked = text("text", text_word(stage), required=stage is Stage.ANSWERED)
    if stage is Stage.ASSIGNED:
        offered = [("", tr("Choose a unit")), *((one.id.hex, one.name) for one in units)]
        return [
            choice("unit_id", tr("assign|Unit"), offered, required=True),
            line("official_number", tr("Number given by the congress")),
            asked,
        ]
    if stage is Stage.FED_BACK:
        ratings = [("", tr("form|Choose")), *((one.value, rating_word(one)) for one in Rating)]
        return [choice("rating", tr("How satisfied"), ratings, required=True), asked]
    return [asked]
