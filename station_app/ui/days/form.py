"""The form of a reception day: when, where, what about, and which deputies are due."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from db.vocabulary import DayKind
from station_app.domain.days import DayDraft
from station_app.domain.words import day_kind_word
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.ui.days.deputy_pick import DeputyPick
from station_app.ui.days.planning import Planning
from station_app.ui.days.words import how_far
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

_LINES = ("place", "theme", "campaign")


class DayForm(QWidget):
    """Everything planned about a day. ``edited`` tells of changes, ``hours_edited`` of hours."""

    edited = Signal()
    hours_edited = Signal()
    save_requested = Signal()
    cancelled = Signal()
    began_anew = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._planning: Planning | None = None
        self._title = ElidedLabel("", "section")
        self.kept = MessageBar("blue", icon="history")
        self.kept.add_button(
            ShortcutButton(tr("Begin anew"), "Ctrl+Backspace", act=self.began_anew.emit)
        )
        self._build_inputs()
        self.same = ShortcutButton(
            tr("Same as last time"), "Ctrl+D", icon="copy", act=self._take_last
        )
        self.save = ShortcutButton(
            tr("Save"), "Ctrl+Return", kind="primary", act=self.save_requested.emit
        )
        self.cancel = ShortcutButton(tr("form|Close"), "Escape", act=self._escape)
        self._compose()
        self._moves = EnterMovesOn(self)
        self._watch()

    def _build_inputs(self) -> None:
        self.held_on = DateField(today=lambda: self._planning.today if self._planning else date.min)
        self.starts, self.ends = TimeField(), TimeField()
        self.kind = Combo()
        self.kind.fill([(kind.value, day_kind_word(kind)) for kind in DayKind])
        self.kind.setMinimumContentsLength(4)  # its longest word would leave the date no room
        self.kind.setSizeAdjustPolicy(
            self.kind.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.lines = {name: QLineEdit() for name in _LINES}
        for line in self.lines.values():
            line.setMaxLength(200)
        self.deputies = DeputyPick(tr("Deputies due"))
        self.note = TextArea(lines=2, most=6)
        self.fields = {
            "held_on": Field(tr("Date"), self.held_on, required=True, hint=" "),
            "starts": Field(tr("From"), self.starts, required=True),
            "ends": Field(tr("To"), self.ends, required=True),
            "place": Field(tr("Place"), self.lines["place"]),
            "kind": Field(tr("Kind"), self.kind),
            "theme": Field(tr("Theme"), self.lines["theme"]),
            "campaign": Field(tr("Campaign"), self.lines["campaign"]),
            "deputy_ids": Field(tr("Deputies due"), self.deputies),
            "note": Field(tr("Note"), self.note),
        }

    def _compose(self) -> None:
        grid = lay(QGridLayout(), spacing=12)
        for at, (name, line, left, wide) in enumerate(
            (
                ("held_on", 0, 0, 2),
                ("starts", 0, 2, 1),
                ("ends", 0, 3, 1),
                ("place", 1, 0, 2),
                ("kind", 1, 2, 2),
                ("theme", 2, 0, 4),
                ("deputy_ids", 3, 0, 4),
                ("campaign", 4, 0, 4),
                ("note", 5, 0, 4),
            )
        ):
            grid.addWidget(self.fields[name], line, left, 1, wide, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at % 4, 1)
        body = lay(column(self.kept), margins=(20, 4, 20, 20), spacing=12)
        body.addLayout(grid)
        body.addStretch(1)
        self._area = scrolling(body, tr("day|Reception day"), gutter=20)
        head = lay(row(), margins=(20, 16, 20, 8))
        head.addWidget(self._title, 1)
        head.addWidget(self.same)
        card = Card(margin=1, spacing=0)
        card.content.addLayout(head)
        card.content.addWidget(self._area, 1)
        card.content.addLayout(lay(row(None, self.cancel, self.save), margins=(20, 12, 20, 14)))
        lay(QHBoxLayout(self)).addWidget(card)

    def _watch(self) -> None:
        for line in (self.held_on, self.starts, self.ends, *self.lines.values()):
            line.textEdited.connect(lambda _text: self.edited.emit())
        for part in (self.held_on, self.starts, self.ends):
            part.changed.connect(lambda _value: self._moved())
            part.editingFinished.connect(self._moved)
        self.kind.activated.connect(lambda _at: self.edited.emit())
        self.note.textChanged.connect(self.edited.emit)
        self.deputies.changed.connect(self._picked)

    def set_ground(self, title: str, ground: Planning) -> None:
        """Offer what a plan can hold; ``title`` stands above it."""
        self._planning = ground
        self.deputies.offer_deputies(ground.choices)
        self._title.set(title)
        self.same.setVisible(ground.last is not None)

    def begin(self) -> None:
        """Put the cursor where filling in begins."""
        self._area.verticalScrollBar().setValue(0)
        self.held_on.setFocus()
        self.held_on.selectAll()
        self._moved()

    def fill(self, typed: Typed) -> None:
        """Write ``typed`` (as ``collect`` gives it) into the inputs."""
        self.blockSignals(True)
        self.held_on.setText(typed["held_on"])
        self.starts.setText(typed["starts"])
        self.ends.setText(typed["ends"])
        for name, line in self.lines.items():
            line.setText(typed[name])
        self.kind.take(typed["kind"])
        self.note.setPlainText(typed["note"])
        self.deputies.clear()
        self.deputies.take(*(UUID(one) for one in typed["deputy_ids"]))
        self.blockSignals(False)
        self._say_date()

    def collect(self) -> Typed:
        """What the inputs say, as plain values."""
        return {
            "held_on": self.held_on.text(),
            "starts": self.starts.text(),
            "ends": self.ends.text(),
            **{name: line.text() for name, line in self.lines.items()},
            "kind": self.kind.currentData(),
            "note": self.note.text(),
            "deputy_ids": [str(one) for one in self.deputies.taken],
        }

    def draft(self) -> DayDraft:
        """What the inputs say, for the service. Raises RuleViolation where no date is meant."""
        on, starts, ends = self.held_on.value, self.starts.value, self.ends.value
        if on is None or starts is None or ends is None:
            raise RuleViolation(self._unreadable())
        return DayDraft(
            held_on=on,
            starts=starts,
            ends=ends,
            **{name: line.text() for name, line in self.lines.items()},
            kind=DayKind(self.kind.currentData()),
            note=self.note.text(),
            deputy_ids=tuple(one for one in self.deputies.taken if isinstance(one, UUID)),
        )

    def meant_hours(self) -> tuple[date, time, time] | None:
        """Date and hours, once all three can be read."""
        on, starts, ends = self.held_on.value, self.starts.value, self.ends.value
        return None if on is None or starts is None or ends is None else (on, starts, ends)

    def say_hours(self, found: dict[str, str]) -> None:
        """Show what is wrong with the hours beneath their fields; nothing takes it away."""
        for name in ("starts", "ends"):
            self.fields[name].set_error(found.get(name, ""))

    def _unreadable(self) -> dict[str, str]:
        wrong = {}
        if self.held_on.value is None:
            wrong["held_on"] = tr("Type a date, like 1110 or 11-10.")
        for name, line in (("starts", self.starts), ("ends", self.ends)):
            if line.value is None:
                wrong[name] = tr("Type a time, like 930 or 9:30.")
        return wrong

    def _take_last(self) -> None:
        last = self._planning.last if self._planning else None
        if last is None:
            return
        typed = typed_of(last) | {name: self.collect()[name] for name in ("held_on", "note")}
        theme = self.lines["theme"].text()
        self.fill(typed | {"theme": theme})
        self.lines["theme"].setFocus()
        self._moved()
        self.edited.emit()

    def _picked(self) -> None:
        self.fields["deputy_ids"].set_error("")
        self.edited.emit()

    def _moved(self) -> None:
        self._say_date()
        self.edited.emit()
        self.hours_edited.emit()

    def _say_date(self) -> None:
        on = self.held_on.value
        today = self._planning.today if self._planning else None
        said = how_far(on, today) if on is not None and today is not None else " "
        self.fields["held_on"].set_hint(said)

    def _escape(self) -> None:
        if not hide_popups(self.window()):
            self.cancelled.emit()


def typed_of(day: Any, *, on: date | None = None) -> Typed:
    """``day`` (DayRecord) as the form would collect it; ``on`` puts it on another date."""
    held_on = on or day.held_on
    return {
        "held_on": f"{held_on:%Y-%m-%d}",
        "starts": _clock(day.starts),
        "ends": _clock(day.ends),
        "place": day.place,
        "theme": day.theme,
        "campaign": day.campaign,
        "kind": day.kind.value,
        "note": day.note,
        "deputy_ids": [str(one.deputy_id) for one in day.deputies if one.due],
    }


def typed_for_new(ground: Planning) -> Typed:
    """A new day as it begins: hours and place of the last one, its date at the same pace."""
    last = ground.last
    return {
        "held_on": f"{ground.proposed:%Y-%m-%d}",
        "starts": _clock(last.starts) if last else "9:00",
        "ends": _clock(last.ends) if last else "11:30",
        "place": last.place if last else "",
        "theme": "",
        "campaign": "",
        "kind": (last.kind if last else DayKind.REGULAR).value,
        "note": "",
        "deputy_ids": [],
    }


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"
