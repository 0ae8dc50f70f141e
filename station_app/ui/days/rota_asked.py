"""What the rota's fields ask for, and what is read for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from station_app.domain.rota import LEAST, RotaQuestion, Seats
from station_app.i18n import tr
from station_app.services.rotas import rota_question, standing_rota
from station_app.ui.days.planning import Choice, deputy_choices
from station_app.ui.theme import fit, px
from station_app.ui.widgets import DateField, Field, Flow

_SEATS, _WIDTH = 3, 132

if TYPE_CHECKING:
    from station_app.store import Tx


@dataclass(frozen=True, slots=True)
class Asked:
    """A period, seats a day, how often everybody comes at least, whether duties are kept."""

    first: date
    last: date
    seats: int
    least: int
    keep: bool


class RotaRead(NamedTuple):
    """What the rota of a period begins with."""

    question: RotaQuestion
    saved: Seats
    choices: tuple[Choice, ...]


class RotaFields(QWidget):
    """The fields, in a line that wraps; what follows them there is added to ``flow``."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.first, self.last = DateField(today=today), DateField(today=today)
        self.each, self.least = QLineEdit(str(_SEATS)), QLineEdit(str(LEAST))
        self.keep = QCheckBox(tr("Keep who is due already"))
        self.keep.setChecked(True)
        self.fields = {
            "first": Field(tr("From"), self.first),
            "last": Field(tr("To"), self.last),
            "seats": Field(tr("Deputies a day"), self.each),
            "least": Field(tr("Times a year, at least"), self.least),
        }
        self.flow = Flow(self, spacing=12)
        for field in self.fields.values():
            fit(field, lambda one: one.setFixedWidth(px(_WIDTH)))
            self.flow.addWidget(field)
        self.flow.addWidget(Field(" ", self.keep))

    def begin(self, first: date, last: date) -> None:
        """Ask for a period, with the cursor in its beginning."""
        self.first.setText(f"{first:%Y-%m-%d}")
        self.last.setText(f"{last:%Y-%m-%d}")
        self.first.setFocus()
        self.first.selectAll()

    def asked(self) -> Asked | None:
        """What the fields ask for; None where one cannot be read, which is said beneath it."""
        first, last = self.first.value, self.last.value
        seats, least = _number(self.each.text(), 50), _number(self.least.text(), 99)
        no_date, no_number = tr("Type a date, like 1110 or 11-10."), tr("Type a number.")
        wrong = {
            "first": "" if first else no_date,
            "last": "" if last else no_date,
            "seats": "" if seats else no_number,
            "least": "" if least else no_number,
        }
        if first and last and last < first:
            wrong["last"] = tr("The last day must not be before the first.")
        for name, text in wrong.items():
            self.fields[name].set_error(text)
        if first is None or last is None or any(wrong.values()):
            return None
        return Asked(first, last, seats, least, self.keep.isChecked())


def read_rota(tx: Tx, asked: Asked) -> RotaRead:
    """The question of the period, who is due as it is saved, and who can be picked."""
    question = rota_question(
        tx, asked.first, asked.last, seats=asked.seats, least=asked.least, keep=asked.keep
    )
    return RotaRead(question, standing_rota(tx, question), deputy_choices(tx))


def _number(typed: str, most: int) -> int:
    """The number typed, from 1 to ``most``; 0 where there is none."""
    text = typed.strip()
    return int(text) if text.isdecimal() and 0 < int(text) <= most else 0
