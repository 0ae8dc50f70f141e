"""What is done about an issue at the desk: answered, to be handled, declined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.vocabulary import Handling
from station_app.domain.dictionaries import DeclineReason
from station_app.domain.issue_words import handling_word
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Combo,
    Field,
    ShortcutButton,
    TextArea,
    label,
    row,
    show_keys_if_room,
)

CHOICES = (
    (Handling.ANSWERED, "message-check", "Alt+D"),
    (Handling.TO_HANDLE, "send", "Alt+B"),
    (Handling.DECLINED, "ban", "Alt+N"),
)


class HandlingBar(QWidget):
    """Three choices side by side, each with its key; one is always taken."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Handling"))
        self._group = QButtonGroup(self)
        self.buttons: dict[Handling, ShortcutButton] = {}
        line = lay(QHBoxLayout(self), spacing=8)
        for place, (handling, icon, keys) in enumerate(CHOICES):
            button = ShortcutButton(handling_word(handling), keys, icon=icon, kind="choice")
            button.setCheckable(True)
            self._group.addButton(button, place)
            self.buttons[handling] = button
            line.addWidget(button, 1)
        self.take(Handling.TO_HANDLE)
        self._group.idToggled.connect(self._toggled)
        self.setFocusProxy(self.buttons[Handling.TO_HANDLE])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # All three are as wide as the widest.
        widest = max(self.buttons.values(), key=lambda one: len(one.text()))
        show_keys_if_room([widest] * 3, self.width())
        for button in self.buttons.values():
            button.show_keys(widest.shows_keys)

    @property
    def chosen(self) -> Handling:
        """The choice taken."""
        return CHOICES[self._group.checkedId()][0]

    def take(self, handling: Handling) -> None:
        """Choose ``handling``."""
        self.buttons[handling].setChecked(True)

    def _toggled(self, place: int, on: bool) -> None:
        if on:
            self.changed.emit(CHOICES[place][0])


class Outcome(QWidget):
    """The choice with what it asks for: the answer and who gave it, or the reason and a way on."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.bar = HandlingBar()
        self.answer = TextArea(lines=2, placeholder=tr("What the deputy answered"))
        self.deputy = Combo()
        self.reason = Combo()
        self.instead = QLineEdit()
        self._filled = self._awaited = ""
        self._advice: dict[str, str] = {}
        self._lay_out()
        self.bar.changed.connect(self._chosen)
        self.answer.textChanged.connect(self.edited)
        self.deputy.currentIndexChanged.connect(lambda _at: self.edited.emit())
        self.reason.currentIndexChanged.connect(self._reason_chosen)
        self.instead.textChanged.connect(lambda _text: self.edited.emit())
        self._show()

    def offer_deputies(self, deputies: Sequence[tuple[UUID, str]]) -> None:
        """These may have answered; the first is taken unless another was."""
        first_time = self.deputy.count() <= 1
        self.deputy.fill([*deputies, (None, tr("Nobody named"))])
        if first_time:
            self._take_deputy(None)

    def offer_reasons(self, reasons: Sequence[DeclineReason]) -> None:
        """These are the station's reasons to decline; the one taken stays taken."""
        self._advice = {one.code: one.instead for one in reasons}
        choices: list[tuple[object, str]] = [(one.code, one.name) for one in reasons]
        self.reason.fill([("", tr("Choose a reason")), *choices])
        if self._awaited in self._advice:
            self._take_reason(self._awaited)

    def facts(self) -> dict[str, Any]:
        """The part of an IssueDraft that is decided here."""
        handling = self.bar.chosen
        if handling is Handling.ANSWERED:
            deputy = self.deputy.currentData()
            return {"handling": handling, "answer": self.answer.text(), "deputy_id": deputy}
        if handling is Handling.DECLINED:
            reason = self.reason.currentData() or ""
            return {"handling": handling, "reason": reason, "instead": self.instead.text()}
        return {"handling": handling}

    def state(self) -> dict[str, Any]:
        """Everything as typed, also what the present choice hides."""
        deputy = self.deputy.currentData()
        return {
            "handling": str(self.bar.chosen),
            "answer": self.answer.text(),
            "deputy": "" if deputy is None else deputy.hex,
            "reason": self.reason.currentData() or self._awaited,
            "instead": self.instead.text(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Show a state again."""
        self.bar.take(Handling(state.get("handling", Handling.TO_HANDLE)))
        self.answer.setPlainText(state.get("answer", ""))
        self._take_deputy(state.get("deputy"))
        self._take_reason(state.get("reason", ""))
        self.instead.setText(state.get("instead", ""))
        self._show()

    def _lay_out(self) -> None:
        self.offer_reasons(())
        self.fields = {
            "answer": Field(tr("Answer given"), self.answer, required=True),
            "deputy_id": Field(tr("Answered by"), self.deputy),
            "reason": Field(tr("Why it is declined"), self.reason, required=True),
            "instead": Field(tr("Where to go instead"), self.instead, required=True),
        }
        whole = lay(QVBoxLayout(self), spacing=4)
        whole.addWidget(label(tr("Handling"), "label"))
        whole.addWidget(self.bar)
        whole.addSpacing(4)
        self._answered, self._declined = QWidget(), QWidget()
        answered = row(self.fields["answer"], self.fields["deputy_id"], spacing=12)
        answered.setStretch(0, 5)
        answered.setStretch(1, 2)
        lay(QVBoxLayout(self._answered)).addLayout(answered)
        declined = lay(QVBoxLayout(self._declined), spacing=8)
        declined.addWidget(self.fields["reason"])
        declined.addWidget(self.fields["instead"])
        whole.addWidget(self._answered)
        whole.addWidget(self._declined)

    def _chosen(self, handling: Handling) -> None:
        self._show()
        if handling is Handling.ANSWERED:
            self.answer.setFocus()
        elif handling is Handling.DECLINED:
            self.reason.setFocus()
        self.edited.emit()

    def _take_deputy(self, ident: str | None) -> None:
        """Choose a deputy by id, nobody for an empty one, the first of the present for None."""
        place = 0
        if ident is not None:
            place = self.deputy.place_of(UUID(ident) if ident else None)
        self.deputy.blockSignals(True)
        self.deputy.setCurrentIndex(place if place >= 0 else self.deputy.count() - 1)
        self.deputy.blockSignals(False)

    def _take_reason(self, code: str) -> None:
        """Choose a reason; one that is not offered yet is taken once it is."""
        known = self.reason.place_of(code) >= 0
        self._awaited = "" if known else code
        self.reason.blockSignals(True)
        self.reason.take(code if known else "")
        self.reason.blockSignals(False)

    def _show(self) -> None:
        self._answered.setVisible(self.bar.chosen is Handling.ANSWERED)
        self._declined.setVisible(self.bar.chosen is Handling.DECLINED)

    def _reason_chosen(self, _at: int) -> None:
        """Say where to go instead, unless the operator has written something of their own."""
        self._awaited = ""
        if self.instead.text() in ("", self._filled):
            code = self.reason.currentData()
            self._filled = self._advice.get(code, "")
            self.instead.setText(self._filled)
            self.instead.setCursorPosition(0)
        self.edited.emit()
