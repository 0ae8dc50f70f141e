"""The form of a new version of the deadlines: from when, its name, and each span."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from db.vocabulary import Degree
from station_app.domain.rule_words import body_of, span_word
from station_app.domain.rules import SPANS, RuleSet
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    Combo,
    DateField,
    EnterMovesOn,
    Field,
    MessageBar,
    ShortcutButton,
    label,
    row,
)

_NONE, _NEXT_YEAR = "none", "next_year"
_BACKS = tuple(f"look_back.{one.value}" for one in Degree)
_DAYS = ("long_open_days", "soon_days", "notice_days")


class RuleForm(Card):
    """``edited`` comes with any key; ``body`` is the rule set as typed."""

    edited = Signal()
    saved = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__(margin=24, spacing=12)
        self._today = date.min
        self.name = QLineEdit()
        self.name.setMaxLength(50)
        self.code = ""
        self.valid_from = DateField(today=lambda: self._today)
        self.spans = {name: SpanInput(name) for name in (*SPANS, *_BACKS)}
        self.days = {name: QLineEdit() for name in _DAYS}
        self.fields: dict[str, Field] = {
            "name": Field(tr("dictionary|Name"), self.name, required=True),
            "valid_from": Field(tr("Counts from"), self.valid_from, required=True),
            **{name: Field(span_word(name), one) for name, one in self.spans.items()},
            **{
                name: Field(tr("{what} (days)", what=span_word(name)), one)
                for name, one in self.days.items()
            },
        }
        grid = lay(QGridLayout(), spacing=12)
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, at // 2, at % 2)
            grid.setColumnStretch(at % 2, 1)
        self.preview = MessageBar("blue", icon="info-circle")
        self.save = ShortcutButton(tr("Save"), "Ctrl+Return", kind="primary", act=self.saved.emit)
        self.cancel = ShortcutButton(tr("Cancel"), "Escape", act=self.cancelled.emit)
        self.content.addWidget(label(tr("New version"), "section"))
        self.content.addLayout(grid)
        self.content.addWidget(self.preview)
        self.content.addLayout(row(None, self.cancel, self.save))
        EnterMovesOn(self)
        for line in (self.name, self.valid_from, *self.days.values()):
            line.textEdited.connect(lambda _text: self.edited.emit())
        self.valid_from.changed.connect(lambda _value: self.edited.emit())
        for one in self.spans.values():
            one.edited.connect(self.edited)

    def begin(self) -> None:
        """Put the cursor where filling in begins."""
        self.valid_from.setFocus()
        self.valid_from.selectAll()

    def fill(self, rules: RuleSet, known: Mapping[str, RuleSet], today: date) -> None:
        """Begin with what ``rules`` say, from the next month on, under a code of its own."""
        self._today = today
        first = date(today.year + today.month // 12, today.month % 12 + 1, 1)
        said = tr("Deadlines of {year}", year=first.year)
        self.put(body_of(rules) | {"name": said, "valid_from": first.isoformat()})
        number = 2
        while f"local-{number}" in known:
            number += 1
        self.code = f"local-{number}"
        for field in self.fields.values():
            field.set_error("")

    def put(self, body: Mapping[str, Any]) -> None:
        """Show a rule set as ``body`` tells it; its code stays the next free one."""
        from_day = str(body["valid_from"])
        self.name.setText(str(body["name"]))
        self.valid_from.set(date.fromisoformat(from_day) if from_day else None)
        for name in SPANS:
            self.spans[name].put(body[name])
        for name in _BACKS:
            self.spans[name].put(body["look_back"].get(name.removeprefix("look_back.")))
        for name, line in self.days.items():
            line.setText(str(body[name]))

    def body(self) -> dict[str, Any]:
        """The rule set as its JSON; what is no number is left for the service to refuse."""
        from_day = self.valid_from.value
        backs = {
            name.removeprefix("look_back."): said
            for name in _BACKS
            if (said := self.spans[name].get()) is not None
        }
        return {
            "code": self.code,
            "name": self.name.text().strip(),
            "valid_from": from_day.isoformat() if from_day else "",
            **{name: self.spans[name].get() for name in SPANS},
            "look_back": backs,
            **{name: _number(line.text()) for name, line in self.days.items()},
        }


class SpanInput(QWidget):
    """A number and its unit; a look-back may also be on a day of the next year, or never."""

    edited = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.number, self.unit = QLineEdit(), Combo()
        self.number.setAccessibleName(span_word(name))
        self.unit.setAccessibleName(tr("{what}: unit", what=span_word(name)))
        units: list[tuple[object, str]] = [
            ("working_days", tr("unit|working days")),
            ("days", tr("unit|days")),
            ("months", tr("unit|months")),
        ]
        if name in _BACKS:
            units += [(_NEXT_YEAR, tr("unit|of the next year (MM-DD)")), (_NONE, tr("unit|never"))]
        self.unit.fill(units)
        line = lay(QHBoxLayout(self), spacing=8)
        line.addWidget(self.number, 1)
        line.addWidget(self.unit, 2)
        self.setFocusProxy(self.number)
        self.number.textEdited.connect(lambda _text: self.edited.emit())
        self.unit.currentIndexChanged.connect(lambda _at: self._turned())

    def put(self, said: Mapping[str, Any] | None) -> None:
        """Show a span of the JSON."""
        unit, value = next(iter(said.items())) if said else (_NONE, "")
        self.unit.take(unit)
        self.number.setText(str(value))
        self.number.setEnabled(unit != _NONE)

    def get(self) -> dict[str, Any] | None:
        """The span as its JSON; None for never."""
        unit, text = str(self.unit.currentData()), self.number.text().strip()
        if unit == _NONE:
            return None
        return {unit: text if unit == _NEXT_YEAR else _number(text)}

    def _turned(self) -> None:
        self.number.setEnabled(self.unit.currentData() != _NONE)
        self.edited.emit()


def _number(text: str) -> int | str:
    return int(text) if text.strip().isdecimal() else text
