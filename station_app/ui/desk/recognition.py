"""Earlier visitors offered while a name is typed: characters, pinyin, initials, a phone's tail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from station_app.domain.issue_words import status_word
from station_app.domain.phones import mask_phone
from station_app.i18n import tr
from station_app.ui.desk.enter import EnterChain
from station_app.ui.desk.reading import Known, find_known
from station_app.ui.desk.waiting import HeldKeys
from station_app.ui.widgets import PopupList, Suggestion

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

#: Long enough to skip half a syllable, too short to be noticed.
PAUSE_MS = 40


class Recognition(QObject):
    """Watches ``line``; ``taken`` carries the Known chosen, ``refused`` means a new visitor.

    Enter pressed before the answer arrived waits for it, so that nobody has to watch the list.
    """

    taken = Signal(object)
    refused = Signal()

    def __init__(self, jobs: Jobs, line: QLineEdit, chain: EnterChain) -> None:
        super().__init__(line)
        self._jobs, self._line, self._chain = jobs, line, chain
        self._waiting = False
        self._enter_waits = False
        self._held = HeldKeys(line, longest_ms=3000)
        self._held.expired.connect(self.stop)
        line.installEventFilter(self)
        self.popup = PopupList(line, name=tr("Earlier visitors"))
        self.popup.chosen.connect(self._chosen)
        line.textEdited.connect(self._typed)

    def stop(self) -> None:
        """Forget what was asked; the list goes away."""
        self._jobs.forget("name", owner=self)
        self._waiting = False
        self._let_go()
        self.popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self._waiting:
            self._enter_waits = True
            self._held.hold()
            self._ask(self._line.text(), 0)
            return True
        return False

    def _let_go(self) -> bool:
        """End the waiting of Enter, if it waits; what was typed meanwhile follows."""
        waited, self._enter_waits = self._enter_waits, False
        if waited:
            self._held.release()
        return waited

    def _typed(self, typed: str) -> None:
        if typed.strip():
            self._waiting = True
            self._ask(typed, PAUSE_MS)
        else:
            self.stop()

    def _ask(self, typed: str, pause_ms: int) -> None:
        self._jobs.latest(
            "name",
            lambda tx: (typed, find_known(tx, typed)),
            self._show,
            owner=self,
            failed=lambda _error: self.stop(),
            delay_ms=pause_ms,
        )

    def _show(self, answer: tuple[str, tuple[Known, ...]]) -> None:
        typed, found = answer
        self._waiting = False
        sure = _is_sure(typed, found)
        if self._enter_waits:
            if found and sure:
                self._chosen(found[0])
            else:
                self._chain.move_on(self._line)
            self._let_go()
        elif self._line.hasFocus():
            self.popup.show_rows(_rows(found))
            if not sure:  # Enter then means: a new visitor, with the name as typed
                self.popup.view.setCurrentIndex(QModelIndex())

    def _chosen(self, value: object) -> None:
        if isinstance(value, Known):
            self.taken.emit(value)
        else:
            self.refused.emit()
            self._chain.move_on(self._line)


def _is_sure(typed: str, found: tuple[Known, ...]) -> bool:
    """Whether Enter may take the first one found.

    Letters and digits can only be meant to find somebody. Characters may be the whole name of
    somebody new (李丽) that an earlier visitor's name (李丽华) contains.
    """
    plain = typed.strip()
    return plain.isascii() or any(one.record.name == plain for one in found[:1])


def _rows(found: tuple[Known, ...]) -> list[Suggestion]:
    if not found:
        return []
    rows = [_row(one) for one in found]
    return [*rows, Suggestion(tr("Enter as a new visitor"), icon="user-plus")]


def _row(one: Known) -> Suggestion:
    record = one.record
    home = record.address or record.community
    extra = " · ".join(part for part in (mask_phone(record.phone), home) if part)
    return Suggestion(record.name, extra=extra, detail=_history(one), value=one)


def _history(one: Known) -> str:
    if not one.last_on:
        return tr("Has not come before")
    came = tr("Came {n} times, last on {date}", n=one.record.visit_count, date=one.last_on)
    match = one.match
    if match is None or match.last_issue_status is None:
        return came
    status = status_word(match.last_issue_status)
    return tr("{came}: {title} ({status})", came=came, title=match.last_issue_title, status=status)
