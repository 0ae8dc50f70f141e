"""The form of one deputy: filled, collected, refused, and kept while half-typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from db.vocabulary import Gender, Level
from station_app.domain.deputies import DeputyDraft, DeputyRecord
from station_app.domain.words import gender_word, level_word
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    Combo,
    ElidedLabel,
    EnterMovesOn,
    Field,
    Flow,
    MessageBar,
    PopupList,
    ShortcutButton,
    TextArea,
    column,
    row,
    scrolling,
)

_TEXTS = (
    "name", "ethnicity", "born_on", "position", "electoral_unit", "deputy_group",
    "professional_group", "phone", "other_phone",
)  # fmt: skip
_LONG = ("profile", "note")


class DeputyForm(QWidget):
    """Everything kept about a deputy. ``edited`` tells of each change by the operator."""

    edited = Signal()
    save_requested = Signal()
    cancelled = Signal()
    began_anew = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._title = ElidedLabel("", "section")
        self.kept = MessageBar("blue", icon="history")
        self.kept.add_button(
            ShortcutButton(tr("Begin anew"), "Ctrl+Backspace", act=self.began_anew.emit)
        )
        self._build_inputs()
        self.save = ShortcutButton(
            tr("Save"), "Ctrl+Return", kind="primary", act=self.save_requested.emit
        )
        self.cancel = ShortcutButton(tr("form|Close"), "Escape", act=self._escape)
        self._compose()
        self._moves = EnterMovesOn(self)

    def _build_inputs(self) -> None:
        names = _field_names()
        for name in _TEXTS:
            line = QLineEdit()
            line.setMaxLength(50 if name == "name" else 200)
            line.textEdited.connect(lambda _text, name=name: self._typed(name))
            self.fields[name] = Field(names[name], line, required=name == "name")
        self.fields["born_on"].input.setProperty("placeholderText", tr("like 1975-01"))
        for name in _LONG:
            area = TextArea(lines=2, most=8)
            area.textChanged.connect(lambda name=name: self._typed(name))
            self.fields[name] = Field(names[name], area)
        self.gender = Combo()
        self.gender.fill([("", "–"), *((one.value, gender_word(one)) for one in Gender)])
        self.gender.activated.connect(lambda _at: self.edited.emit())
        self.levels = {level: QCheckBox(level_word(level)) for level in Level}
        ticks = QWidget()
        flow = Flow(ticks, spacing=4)
        for box in self.levels.values():
            box.clicked.connect(lambda _on: self.edited.emit())
            flow.addWidget(box)
        self._ticks = Field(tr("Levels"), ticks)
        self._ticks.setFocusProxy(self.levels[Level.NATIONAL])

    def _compose(self) -> None:
        grid = lay(QGridLayout(), spacing=12)
        place = self.fields
        for at, (left, right) in enumerate(
            (
                (place["name"], Field(tr("Gender"), self.gender)),
                (place["phone"], place["other_phone"]),
                (place["deputy_group"], place["electoral_unit"]),
                (place["born_on"], place["ethnicity"]),
            )
        ):
            grid.addWidget(left, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(right, at, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        body = lay(column(), margins=(20, 4, 20, 20), spacing=12)
        for part in (self.kept, self._ticks):
            body.addWidget(part)
        body.insertLayout(1, grid)
        for name in ("position", "professional_group", *_LONG):
            body.addWidget(place[name])
        body.addStretch(1)
        self._area = scrolling(body, tr("Deputy"), gutter=20)
        head = lay(row(), margins=(20, 16, 20, 4))
        head.addWidget(self._title, 1)
        foot = lay(row(None, self.cancel, self.save), margins=(20, 12, 20, 14))
        card = Card(margin=1, spacing=0)
        card.content.addLayout(head)
        card.content.addWidget(self._area, 1)
        card.content.addLayout(foot)
        lay(QHBoxLayout(self)).addWidget(card)

    def set_title(self, title: str) -> None:
        """Say whose form it is."""
        self._title.set(title)

    def begin(self) -> None:
        """Put the cursor where filling in begins."""
        self._area.verticalScrollBar().setValue(0)
        self.fields["name"].focus()

    def fill(self, typed: dict[str, Any]) -> None:
        """Write ``typed`` (as ``collect`` gives it) into the inputs."""
        for name in (*_TEXTS, *_LONG):
            box = self.fields[name].input
            assert isinstance(box, QLineEdit | TextArea)
            box.blockSignals(True)
            text = str(typed.get(name, ""))
            box.setText(text) if isinstance(box, QLineEdit) else box.setPlainText(text)
            box.blockSignals(False)
        self.gender.take(typed.get("gender", ""))
        for level, tick in self.levels.items():
            tick.setChecked(level.value in typed.get("levels", []))

    def collect(self) -> dict[str, Any]:
        """What the inputs say, as plain values."""
        typed: dict[str, Any] = {}
        for name in (*_TEXTS, *_LONG):
            box = self.fields[name].input
            assert isinstance(box, QLineEdit | TextArea)
            typed[name] = box.text()
        typed["gender"] = self.gender.currentData()
        typed["levels"] = [level.value for level, box in self.levels.items() if box.isChecked()]
        return typed

    def draft(self) -> DeputyDraft:
        """What the inputs say, for the service."""
        typed = self.collect()
        gender, levels = typed.pop("gender"), typed.pop("levels")
        return DeputyDraft(
            **typed,
            gender=Gender(gender) if gender else None,
            levels=tuple(Level(one) for one in levels),
        )

    def _typed(self, name: str) -> None:
        if self.fields[name].error:
            self.fields[name].set_error("")
        self.edited.emit()

    def _escape(self) -> None:
        popups = [one for one in self.window().findChildren(PopupList) if one.isVisible()]
        for popup in popups:
            popup.hide()
        if not popups:
            self.cancelled.emit()


def typed_of(record: DeputyRecord | None) -> dict[str, Any]:
    """``record`` as the form would collect it; None is a new deputy."""
    if record is None:
        return dict.fromkeys((*_TEXTS, *_LONG), "") | {"gender": "", "levels": []}
    typed: dict[str, Any] = {name: getattr(record, name) for name in (*_TEXTS, *_LONG)}
    typed["gender"] = record.gender.value if record.gender else ""
    typed["levels"] = [level.value for level in Level if level in record.levels]
    return typed


def _field_names() -> dict[str, str]:
    return {
        "name": tr("Name"),
        "ethnicity": tr("Ethnicity"),
        "born_on": tr("Born"),
        "position": tr("Work unit and position"),
        "electoral_unit": tr("Electoral unit"),
        "deputy_group": tr("Deputy group"),
        "professional_group": tr("Professional group"),
        "phone": tr("Phone"),
        "other_phone": tr("Other phone"),
        "profile": tr("Profile"),
        "note": tr("Note"),
    }
