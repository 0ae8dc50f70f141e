"""Help that was given: the fields of a new entry, and the one chosen, void or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db.vocabulary import Role
from station_app.domain.activities import AssistanceDraft, AssistanceRow, yuan
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.services import assistances
from station_app.ui.days.planning import Choice
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    Combo,
    DateField,
    EnterMovesOn,
    Field,
    ShortcutButton,
    column,
    label,
    row,
    scrolling,
)

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page


class HelpPane(QWidget):
    """Writes down help; ``added`` carries the new entry's id."""

    added = Signal(object)

    def __init__(self, jobs: Jobs, page: Page, *, role: Role) -> None:
        super().__init__()
        self._jobs, self._page, self._writable = jobs, page, role is not Role.VIEWER
        self._today = date(2000, 1, 1)
        self._chosen: AssistanceRow | None = None
        self.held_on = DateField(today=lambda: self._today)
        self.people, self.amount = QLineEdit("1"), QLineEdit()
        self.what, self.campaign = QLineEdit(), QLineEdit()
        for line in (self.what, self.campaign):
            line.setMaxLength(200)
        self.deputy = Combo()
        self.fields = {
            "held_on": Field(tr("Date"), self.held_on, required=True),
            "people": Field(tr("People helped"), self.people, required=True),
            "amount": Field(tr("Amount in yuan"), self.amount, hint=tr("empty: no money")),
            "what": Field(tr("What help"), self.what),
            "deputy_id": Field(tr("Given or brought by"), self.deputy),
            "campaign": Field(tr("Campaign"), self.campaign),
        }
        self.save = ShortcutButton(
            tr("Write help down"), "Ctrl+Return", kind="primary", act=self._save
        )
        self.void = ShortcutButton(tr("Mark void"), act=self._void)
        self._said = label("", wrap=True, selectable=True)
        self._compose()
        self._moves = EnterMovesOn(self)

    def _compose(self) -> None:
        form = lay(column(label(tr("Help given"), "section"), spacing=12), spacing=12)
        for field in self.fields.values():
            form.addWidget(field)
        form.addLayout(row(None, self.save))
        held = QWidget()
        held.setLayout(form)
        held.setVisible(self._writable)
        body = lay(column(self._said, spacing=12), margins=(20, 18, 20, 18), spacing=16)
        body.addLayout(row(self.void, None))
        body.addWidget(held)
        body.addStretch(1)
        card = Card(margin=1)
        card.content.addWidget(scrolling(body, tr("Help given"), gutter=20))
        lay(QVBoxLayout(self)).addWidget(card)
        self.show_row(None)

    def set_ground(self, choices: tuple[Choice, ...], today: date) -> None:
        """Offer the deputies; a new entry is of today."""
        self._today = today
        if not self.held_on.text():
            self.held_on.setText(f"{today:%Y-%m-%d}")
        chosen = self.deputy.currentData()
        self.deputy.fill([("", tr("nobody in particular")),
                          *((str(one.id), one.said) for one in choices)])  # fmt: skip
        self.deputy.take(chosen or "")

    def begin(self) -> None:
        """Put the cursor where a new entry begins."""
        self.held_on.setFocus()
        self.held_on.selectAll()

    def show_row(self, chosen: AssistanceRow | None) -> None:
        """Say what the chosen entry is, with the way to mark it void."""
        self._chosen = chosen
        self._said.setVisible(chosen is not None)
        self.void.setVisible(chosen is not None and self._writable)
        if chosen is None:
            return
        parts = [f"{chosen.held_on:%Y-%m-%d}", tr("{n} people", n=chosen.people)]
        if chosen.amount:
            parts.append(tr("{amount} yuan", amount=yuan(chosen.amount)))
        parts += [chosen.what, chosen.deputy, chosen.campaign]
        self._said.setText(" · ".join(filter(None, parts)))
        self.void.setText(tr("Count it again") if chosen.voided else tr("Mark void"))

    def _draft(self) -> AssistanceDraft:
        wrong = {}
        on, people, fen = self.held_on.value, self.people.text().strip(), _fen(self.amount.text())
        if on is None:
            wrong["held_on"] = tr("Type a date, like 1110 or 11-10.")
        if not people.isdecimal():
            wrong["people"] = tr("Type how many people were helped.")
        if fen is None:
            wrong["amount"] = tr("Type an amount, like 500 or 12.50.")
        if on is None or fen is None or wrong:
            raise RuleViolation(wrong)
        deputy = self.deputy.currentData()
        return AssistanceDraft(
            on, int(people), fen, self.what.text(), self.campaign.text(),
            UUID(deputy) if deputy else None,
        )  # fmt: skip

    def _save(self) -> None:
        for field in self.fields.values():
            field.set_error("")
        try:
            draft = self._draft()
        except RuleViolation as error:
            self._page.show_error(error, self.fields)
            return
        self._jobs.write(
            partial(assistances.add_assistance, draft=draft), self._saved, owner=self,
            failed=lambda error: self._page.show_error(error, self.fields),
        )  # fmt: skip

    def _saved(self, made: UUID) -> None:
        for line in (self.amount, self.what):
            line.clear()
        self.people.setText("1")
        self._page.message.emit(tr("Help written down."), partial(self._mark, made, True))
        self.added.emit(made)
        self.begin()

    def _void(self) -> None:
        if self._chosen is not None:
            one, voided = self._chosen.id, not self._chosen.voided
            said = tr("Marked void.") if voided else tr("It counts again.")
            back = partial(self._mark, one, not voided)
            self._mark(one, voided, lambda: self._page.message.emit(said, back))

    def _mark(self, one: UUID, voided: bool, then: Callable[[], object] = lambda: None) -> None:
        def done(_none: None) -> None:
            self.show_row(None)
            then()

        self._jobs.write(
            partial(assistances.void_assistance, assistance_id=one, voided=voided), done,
            owner=self, failed=self._page.show_error,
        )  # fmt: skip


def _fen(typed: str) -> int | None:
    """The amount in fen; 0 where nothing was typed, None where it is no amount."""
    text = typed.strip().replace(",", "").replace("，", "")
    if not text:
        return 0
    try:
        amount = Decimal(text) * 100
    except InvalidOperation:
        return None
    return int(amount) if amount >= 0 and amount == amount.to_integral_value() else None
