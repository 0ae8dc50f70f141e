"""The form of an activity: what, when, where, and who took part."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from db.vocabulary import ActivityKind, RoleClass
from station_app.domain.activities import ActivityDraft, ActivityRecord, Guest, activity_word
from station_app.domain.words import role_class_word
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.ui.days.deputy_pick import DeputyPick
from station_app.ui.days.planning import Choice
from station_app.ui.kept_form import Typed
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    Combo,
    DateField,
    ElidedLabel,
    EnterMovesOn,
    Field,
    MessageBar,
    ShortcutButton,
    TextArea,
    TimeField,
    column,
    row,
    scrolling,
)
from station_app.ui.widgets.popup import hide_popups

#: The role classes besides deputies, each a line of names.
GUESTS = (RoleClass.LEADER, RoleClass.DEPARTMENT, RoleClass.COMMITTEE)
_LINES = ("title", "place", "campaign")
_BETWEEN = re.compile(r"[,，、;；\n]+")


class ActivityForm(QWidget):
    """Everything about one activity. ``edited`` tells of changes."""

    edited = Signal()
    save_requested = Signal()
    cancelled = Signal()
    began_anew = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._today = date(2000, 1, 1)
        self._title = ElidedLabel("", "section")
        self.kept = MessageBar("blue", icon="history")
        self.kept.add_button(
            ShortcutButton(tr("Begin anew"), "Ctrl+Backspace", act=self.began_anew.emit)
        )
        self._build()
        self.save = ShortcutButton(
            tr("Save"), "Ctrl+Return", kind="primary", act=self.save_requested.emit
        )
        self.cancel = ShortcutButton(tr("form|Close"), "Escape", act=self._escape)
        self._compose()
        self._moves = EnterMovesOn(self)
        self._watch()

    def _build(self) -> None:
        self.kind = Combo()
        self.kind.fill([(one.value, activity_word(one)) for one in ActivityKind])
        # Its longest word must not take the room of the date beside it.
        self.kind.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(6)
        self.held_on = DateField(today=lambda: self._today)
        self.starts, self.ends = TimeField(), TimeField()
        self.lines = {name: QLineEdit() for name in _LINES}
        self.guests = {one: QLineEdit() for one in GUESTS}
        for line in (*self.lines.values(), *self.guests.values()):
            line.setMaxLength(200)
        for line in self.guests.values():
            line.setPlaceholderText(tr("names, with a comma between"))
        self.deputies = DeputyPick(tr("Deputies who took part"))
        self.note = TextArea(lines=3, most=8)
        self.fields = {
            "title": Field(tr("activity|About"), self.lines["title"], required=True),
            "kind": Field(tr("Kind"), self.kind),
            "held_on": Field(tr("Date"), self.held_on, required=True),
            "starts": Field(tr("From"), self.starts),
            "ends": Field(tr("To"), self.ends),
            "place": Field(tr("Place"), self.lines["place"]),
            "campaign": Field(tr("Campaign"), self.lines["campaign"]),
            "deputy_ids": Field(tr("Deputies who took part"), self.deputies),
            **{one.value: Field(role_class_word(one), line) for one, line in self.guests.items()},
            "note": Field(tr("Note"), self.note),
        }

    def _compose(self) -> None:
        grid = lay(QGridLayout(), spacing=12)
        places = (
            ("title", 0, 0, 4), ("kind", 1, 0, 2), ("held_on", 1, 2, 2), ("starts", 2, 0, 1),
            ("ends", 2, 1, 1), ("place", 2, 2, 2), ("deputy_ids", 3, 0, 4), ("leader", 4, 0, 4),
            ("department", 5, 0, 4), ("committee", 6, 0, 4), ("campaign", 7, 0, 4),
            ("note", 8, 0, 4),
        )  # fmt: skip
        for name, line, left, wide in places:
            grid.addWidget(self.fields[name], line, left, 1, wide, Qt.AlignmentFlag.AlignTop)
        for at in range(4):
            grid.setColumnStretch(at, 1)
        body = lay(column(self.kept), margins=(20, 4, 20, 20), spacing=12)
        body.addLayout(grid)
        body.addStretch(1)
        self._area = scrolling(body, tr("Activity"), gutter=20)
        card = Card(margin=1, spacing=0)
        card.content.addLayout(lay(row(self._title), margins=(20, 16, 20, 8)))
        card.content.addWidget(self._area, 1)
        card.content.addLayout(lay(row(None, self.cancel, self.save), margins=(20, 12, 20, 14)))
        lay(QHBoxLayout(self)).addWidget(card)

    def _watch(self) -> None:
        for line in (self.held_on, self.starts, self.ends, *self.lines.values(),
                     *self.guests.values()):  # fmt: skip
            line.textChanged.connect(lambda _text: self.edited.emit())
        self.kind.activated.connect(lambda _at: self.edited.emit())
        self.note.textChanged.connect(self.edited.emit)
        self.deputies.changed.connect(self.edited.emit)

    def set_ground(self, title: str, choices: tuple[Choice, ...], today: date) -> None:
        """Offer the deputies; ``title`` stands above the form."""
        self._today = today
        self.deputies.offer_deputies(choices)
        self._title.set(title)

    def begin(self) -> None:
        """Put the cursor where filling in begins."""
        self._area.verticalScrollBar().setValue(0)
        self.fields["title"].focus()

    def fill(self, typed: Typed) -> None:
        """Write ``typed`` (as ``collect`` gives it) into the inputs."""
        self.blockSignals(True)
        self.kind.take(typed["kind"])
        for name, line in (("held_on", self.held_on), ("starts", self.starts),
                           ("ends", self.ends), *self.lines.items()):  # fmt: skip
            line.setText(typed[name])
        for one, line in self.guests.items():
            line.setText(typed[one.value])
        self.note.setPlainText(typed["note"])
        self.deputies.clear()
        self.deputies.take(*(UUID(one) for one in typed["deputy_ids"]))
        self.blockSignals(False)

    def collect(self) -> Typed:
        """What the inputs say, as plain values."""
        return {
            "kind": self.kind.currentData(),
            "held_on": self.held_on.text(),
            "starts": self.starts.text(),
            "ends": self.ends.text(),
            **{name: line.text() for name, line in self.lines.items()},
            **{one.value: line.text() for one, line in self.guests.items()},
            "note": self.note.text(),
            "deputy_ids": [str(one) for one in self.deputies.taken],
        }

    def draft(self) -> ActivityDraft:
        """What the inputs say. Raises RuleViolation where no date or time is meant."""
        wrong = {}
        if self.held_on.value is None:
            wrong["held_on"] = tr("Type a date, like 1110 or 11-10.")
        for name, line in (("starts", self.starts), ("ends", self.ends)):
            if line.text().strip() and line.value is None:
                wrong[name] = tr("Type a time, like 930 or 9:30.")
        if wrong or self.held_on.value is None:
            raise RuleViolation(wrong)
        return ActivityDraft(
            kind=ActivityKind(self.kind.currentData()),
            **{name: line.text() for name, line in self.lines.items()},
            held_on=self.held_on.value,
            starts=self.starts.value if self.starts.text().strip() else None,
            ends=self.ends.value if self.ends.text().strip() else None,
            note=self.note.text(),
            deputy_ids=tuple(one for one in self.deputies.taken if isinstance(one, UUID)),
            guests=tuple(Guest(role, name) for role, line in self.guests.items()
                         for name in _names(line.text())),
        )  # fmt: skip

    def _escape(self) -> None:
        if not hide_popups(self.window()):
            self.cancelled.emit()


def typed_of(record: ActivityRecord) -> Typed:
    """``record`` as the form would collect it."""
    guests = {
        one.value: "、".join(who.name for who in record.people if who.role_class is one)
        for one in GUESTS
    }
    return {
        "kind": record.kind.value,
        "held_on": f"{record.held_on:%Y-%m-%d}",
        "starts": f"{record.starts.hour}:{record.starts.minute:02}" if record.starts else "",
        "ends": f"{record.ends.hour}:{record.ends.minute:02}" if record.ends else "",
        "title": record.title,
        "place": record.place,
        "campaign": record.campaign,
        "note": record.note,
        **guests,
        "deputy_ids": [str(who.deputy_id) for who in record.people if who.deputy_id],
    }


def typed_for_new(today: date) -> Typed:
    """A new activity as it begins: today."""
    empty = dict.fromkeys((*_LINES, "starts", "ends", "note", *(one.value for one in GUESTS)), "")
    return {
        "kind": ActivityKind.TRAINING.value, "held_on": f"{today:%Y-%m-%d}", **empty,
        "deputy_ids": [],
    }  # fmt: skip


def _names(typed: str) -> list[str]:
    return list(dict.fromkeys(filter(None, (one.strip() for one in _BETWEEN.split(typed)))))
