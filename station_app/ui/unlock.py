"""The unlock window: account, password; forgotten password; also the lock of an open station.

It paints before anything heavy is loaded: Qt, the key slots' JSON and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.domain.words import role_word
from station_app.errors import FaultKind, RuleViolation, StationError, StoreFault
from station_app.i18n import Language, language, tr
from station_app.store.keys import Slot
from station_app.ui.cards import CardWindow, Steps
from station_app.ui.jobs import Jobs
from station_app.ui.widgets.basic import Mark, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.fields import Combo, Field, PasswordInput
from station_app.ui.widgets.layout import column, row

Unlock = Callable[[str, str], object]
Recover = Callable[[str, str, str], object]


def slot_words(slots: Sequence[Slot]) -> list[tuple[object, str]]:
    """(id, words) of each slot: the role, and a number where there are several."""
    many = {slot.role for slot in slots if slot.ordinal > 1}
    return [
        (slot.id, f"{role_word(slot.role)} {slot.ordinal}" if slot.role in many else
         role_word(slot.role))
        for slot in slots
    ]  # fmt: skip


class UnlockWindow(CardWindow):
    """Lists the accounts by role, takes a password and opens the station on another thread.

    ``unlock(slot, password)`` and ``recover(slot, recovery_key, password)`` run on ``jobs.work``;
    what they return is carried by ``opened``. A StoreFault other than a wrong password goes to
    ``fault_met``. ``language_chosen`` asks for the whole window anew in another language.
    """

    opened = Signal(object)
    fault_met = Signal(object)
    language_chosen = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        slots: Sequence[Slot],
        *,
        unlock: Unlock,
        recover: Recover,
        locked: bool = False,
    ) -> None:
        super().__init__(width=420)
        self._jobs, self._unlock, self._recover = jobs, unlock, recover
        self.setWindowTitle(tr("Liaison station"))
        title = tr("Locked") if locked else tr("Deputies' liaison station")
        advice = (
            tr("What you typed is still here. Type your password to go on.") if locked
            else tr("Choose your account and type your password.")
        )  # fmt: skip
        self.account = Combo()
        self.account.fill(slot_words(slots))
        self.password = PasswordInput()
        self.password_field = Field(tr("Password"), self.password)
        self.button = ShortcutButton(tr("Unlock"), "", kind="primary", act=self.submit)
        self.forgotten = ShortcutButton(
            tr("Forgotten your password?"), kind="quiet", act=lambda: self._turn(1)
        )
        first = QWidget()
        lines = column(
            Field(tr("Account"), self.account),
            self.password_field,
            self.button,
            self.forgotten,
            spacing=12,
        )
        first.setLayout(lines)
        self.steps = Steps()
        self.steps.add(first)
        self._advice, self._said = label(advice, "quiet", wrap=True), advice
        words = column(label(title, "title"), self._advice, spacing=4)
        head = row(Mark(40), spacing=14)
        head.addLayout(words, 1)
        self.card.content.addLayout(head)
        self.card.content.addWidget(self.steps)
        self.foot.addStretch(1)
        self.foot.addWidget(language_switch(self.language_chosen))
        self.foot.addStretch(1)
        self.password.returnPressed.connect(self.submit)
        self.password.caps_lock.connect(self._hint)
        self._busy = False

    @cached_property
    def recovery(self) -> _Recovery:
        """The step for a forgotten password; made when asked for, not before the first paint."""
        step = _Recovery(self)
        self.steps.add(step)
        return step

    def submit(self) -> None:
        """Try the password typed."""
        if self._busy:
            return
        if not self.password.text():
            self.password_field.set_error(tr("Type your password."))
            return
        slot, password = str(self.account.currentData()), self.password.text()
        self.work(lambda: self._unlock(slot, password), self._refused)

    def work(self, act: Callable[[], object], failed: Callable[[StationError], object]) -> None:
        """Run ``act`` off the GUI thread; ``opened`` carries its result."""
        self._set_busy(True)

        def refused(error: StationError) -> None:
            self._set_busy(False)
            failed(error)

        self._jobs.work(act, self._opened, owner=self, failed=refused)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.password.setFocus()

    def _opened(self, result: object) -> None:
        self._set_busy(False)
        self.password.clear()
        self.opened.emit(result)

    def _refused(self, error: StationError) -> None:
        if isinstance(error, StoreFault) and error.kind is not FaultKind.WRONG_PASSWORD:
            self.fault_met.emit(error)
            return
        self.password_field.set_error(error.text)
        self.password.selectAll()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_busy(self, busy: bool) -> None:
        # The inputs stay enabled: disabling would take the focus away.
        self._busy = busy
        self.button.setEnabled(not busy)
        self.button.setText(tr("Opening …") if busy else tr("Unlock"))

    def _hint(self, on: bool) -> None:
        self.password_field.set_error(tr("Caps Lock is on.") if on else "")

    def _turn(self, to: int) -> None:
        first_input = self.recovery.key if to else self.password
        self._advice.setText(tr("Set a new password with the recovery key.") if to else self._said)
        self.steps.show_step(to)
        first_input.setFocus()


class _Recovery(QWidget):
    """The forgotten password: the recovery key from the paper, and a new password twice."""

    def __init__(self, window: UnlockWindow) -> None:
        super().__init__()
        self._window = window
        self.key = QLineEdit()
        self.key.setPlaceholderText("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self.password, self.again = PasswordInput(), PasswordInput()
        self.fields = {
            "key": Field(tr("Recovery key"), self.key,
                         hint=tr("It is on the sheet printed when the station was set up.")),
            "password": Field(tr("New password"), self.password),
            "again": Field(tr("The new password again"), self.again),
        }  # fmt: skip
        self.button = ShortcutButton(tr("Set the new password"), kind="primary", act=self.submit)
        back = ShortcutButton(tr("Back"), "Escape", kind="quiet", act=lambda: window._turn(0))
        self.setLayout(
            column(*self.fields.values(), row(back, None, self.button), None, spacing=12)
        )
        self.key.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.submit)

    def submit(self) -> None:
        """Check what was typed, then open by the recovery key."""
        from station_app.domain.accounts import check_password
        from station_app.ui.page import show_violation

        try:
            check_password(self.password.text(), self.again.text())
        except RuleViolation as error:
            show_violation(error, self.fields)
            return
        slot = str(self._window.account.currentData())
        key, password = self.key.text(), self.password.text()
        self._window.work(lambda: self._window._recover(slot, key, password), self._refused)

    def _refused(self, error: StationError) -> None:
        if isinstance(error, StoreFault) and error.kind is not FaultKind.WRONG_PASSWORD:
            self._window.fault_met.emit(error)
            return
        self.fields["key"].set_error(error.text)
        self.fields["key"].focus()


def language_switch(chosen: SignalInstance) -> ShortcutButton:
    """A quiet button in the other language; ``chosen`` is the signal it emits."""
    other = Language.ENGLISH if language() is Language.CHINESE else Language.CHINESE
    words = {Language.ENGLISH: "English", Language.CHINESE: "中文"}[other]
    return ShortcutButton(words, icon="language", kind="quiet", act=lambda: chosen.emit(other))
