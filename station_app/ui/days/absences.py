"""Absences and wishes beside the rota: written down in a line, taken back in one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from db.vocabulary import Wish
from station_app.domain.absences import AbsenceDraft, AbsenceRecord, wish_word
from station_app.domain.rota import RotaDeputy
from station_app.i18n import tr
from station_app.services.absences import add_absence, list_absences, withdraw_absence
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Combo,
    DateField,
    EnterMovesOn,
    Field,
    IconButton,
    ShortcutButton,
    column,
    label,
    row,
    scrolling,
)

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page

_YEAR = timedelta(days=366)


class Absences(QWidget):
    """The absences of the coming year, a line for a new one; ``changed``: look again."""

    changed = Signal()

    def __init__(self, jobs: Jobs, page: Page) -> None:
        super().__init__()
        self._jobs, self._page = jobs, page
        self._today = date(2000, 1, 1)
        self.deputy = Combo()
        self.wish = Combo()
        self.wish.fill([(one.value, wish_word(one)) for one in Wish])
        self.first = DateField(today=lambda: self._today)
        self.last = DateField(today=lambda: self.first.value or self._today)
        self.note = QLineEdit()
        self.note.setMaxLength(100)
        self.fields = {
            "deputy_id": Field(tr("Deputy"), self.deputy),
            "wish": Field(tr("What they said"), self.wish),
            "first_on": Field(tr("From"), self.first),
            "last_on": Field(tr("To"), self.last),
            "note": Field(tr("Note"), self.note),
        }
        self.add = ShortcutButton(tr("Write it down"), "Alt+Return", icon="plus", act=self._add)
        self._rows = lay(QVBoxLayout(), spacing=4)
        self._compose()
        self._moves = EnterMovesOn(self)

    def _compose(self) -> None:
        form = lay(column(*self.fields.values(), spacing=8), margins=(14, 0, 14, 12), spacing=8)
        form.addLayout(row(None, self.add))
        form.addLayout(self._rows)
        form.addStretch(1)
        whole = lay(QVBoxLayout(self), spacing=0)
        whole.addWidget(scrolling(form, tr("Absences and wishes"), gutter=14), 1)

    def offer(self, deputies: tuple[RotaDeputy, ...], today: date) -> None:
        """Offer the deputies in office."""
        chosen = self.deputy.currentData()
        self._today = today
        self.deputy.fill([(str(one.id), one.name) for one in deputies])
        if chosen is not None:
            self.deputy.take(chosen)

    def reload(self) -> None:
        """Show what was said about the year to come and since today."""
        today = self._today
        self._jobs.latest(
            "absences", lambda tx: list_absences(tx, today, today + _YEAR), self._show, owner=self
        )

    def _show(self, found: tuple[AbsenceRecord, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for one in found:
            self._rows.addWidget(self._row(one))
        if not found:
            self._rows.addWidget(label(tr("Nobody is away and nobody has a wish."), "quiet"))

    def _row(self, one: AbsenceRecord) -> QWidget:
        place = QWidget()
        dates = f"{one.first_on:%m-%d}" if one.first_on == one.last_on else (
            f"{one.first_on:%m-%d} – {one.last_on:%m-%d}")  # fmt: skip
        said = QLabel(f"{one.name} · {wish_word(one.wish)} · {dates}"
                      + (f" · {one.note}" if one.note else ""))  # fmt: skip
        said.setWordWrap(True)
        remove = IconButton("x", tr("Take back: {what}", what=f"{one.name} {dates}"),
                            act=partial(self._withdraw, one.id))  # fmt: skip
        line = row(said, remove)
        line.setStretch(0, 1)
        place.setLayout(line)
        return place

    def _add(self) -> None:
        first = self.first.value
        last = self.last.value if self.last.text().strip() else first
        wrong = {
            "deputy_id": "" if self.deputy.currentData() else tr("Choose a deputy."),
            "first_on": "" if first else tr("Type a date, like 1110 or 11-10."),
            "last_on": "" if last else tr("Type a date, like 1110 or 11-10."),
        }
        for name, text in wrong.items():
            self.fields[name].set_error(text)
        if first is None or last is None or any(wrong.values()):
            return
        draft = AbsenceDraft(
            UUID(self.deputy.currentData()), first, last, Wish(self.wish.currentData()),
            self.note.text(),
        )  # fmt: skip
        self._jobs.write(
            partial(add_absence, draft=draft), self._added, owner=self,
            failed=lambda error: self._page.show_error(error, self.fields),
        )  # fmt: skip

    def _added(self, made: AbsenceRecord) -> None:
        for line in (self.first, self.last, self.note):
            line.clear()
        self.deputy.setFocus()
        said = tr("Written down: {name}.", name=made.name)
        self._page.message.emit(said, partial(self._withdraw, made.id))
        self.changed.emit()

    def _withdraw(self, absence_id: UUID, withdrawn: bool = True) -> None:
        def done(_found: None) -> None:
            if withdrawn:
                back = partial(self._withdraw, absence_id, False)
                self._page.message.emit(tr("Taken back."), back)
            self.changed.emit()

        self._jobs.write(
            partial(withdraw_absence, absence_id=absence_id, withdrawn=withdrawn), done,
            owner=self, failed=self._page.show_error,
        )  # fmt: skip
