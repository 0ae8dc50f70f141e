"""The inputs of an act's form, each read and filled as plain text so that it can be kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QLineEdit

from station_app.ui.widgets import Combo, DateField, Field, PickMany, TextArea

#: Choices of a combo: the value kept, and what is shown.
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """One field of an act under the name that the service knows it by."""

    name: str
    field: Field
    get: Callable[[], str]
    put: Callable[[str], object]


def text(name: str, title: str, *, required: bool = False, lines: int = 3, hint: str = "") -> Input:
    """Some lines of text."""
    area = TextArea(lines=lines, most=12, placeholder=hint)
    return Input(name, Field(title, area, required=required), area.text, area.setPlainText)


def line(name: str, title: str, *, required: bool = False, hint: str = "") -> Input:
    """One line of text."""
    made = QLineEdit()
    made.setPlaceholderText(hint)
    return Input(name, Field(title, made, required=required), made.text, made.setText)


def choice(name: str, title: str, choices: Choices, *, required: bool = False) -> Input:
    """One of a few; the first one is taken at the beginning."""
    combo = Combo()
    combo.fill(list(choices))
    field = Field(title, combo, required=required)
    return Input(name, field, lambda: str(combo.currentData() or ""), combo.take)


def day(name: str, title: str, *, required: bool = False) -> Input:
    """A day; what is no day yet is kept as it was typed."""
    made = DateField()

    def get() -> str:
        return made.value.isoformat() if made.value else made.text().strip()

    return Input(name, Field(title, made, required=required), get, made.setText)


def several(name: str, title: str, choices: Sequence[tuple[UUID, str]], *, hint: str) -> Input:
    """Several of many, as ids with a blank between them."""
    made = PickMany(name=title, placeholder=hint)
    made.offer(choices)

    def put(kept: str) -> None:
        made.take(*(UUID(one) for one in kept.split()))

    def get() -> str:
        return " ".join(one.hex for one in made.taken if isinstance(one, UUID))

    return Input(name, Field(title, made), get, put)
