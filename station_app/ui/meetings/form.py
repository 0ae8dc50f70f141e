"""The form of a three-party meeting: when, where, who was there, and a decision on each issue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.vocabulary import IssueEventKind
from station_app.domain.dictionaries import UnitRecord
from station_app.domain.meetings import MeetingDraft
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.ui.days.deputy_pick import DeputyPick
from station_app.ui.days.planning import Choice
from station_app.ui.issues.several import Chosen, IssueSearch
from station_app.ui.kept_form import Typed
from station_app.ui.meetings.decision import DecisionBlock
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    DateField,
    ElidedLabel,
    EnterMovesOn,
    Field,
    MessageBar,
    ShortcutButton,
    TextArea,
    column,
    row,
    scrolling,
)
from station_app.ui.widgets.popup import hide_popups

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

_BETWEEN = re.compile(r"[、，,;；\n]+")


class MeetingForm(QWidget):
    """Everything of a meeting; its fields grow with its issues."""

    edited = Signal()
    save_requested = Signal()
    cancelled = Signal()
    began_anew = Signal()
    issue_opened = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._units: Sequence[UnitRecord] = ()
        self._today = date.min
        self.blocks: dict[str, DecisionBlock] = {}
        self.kept = MessageBar("blue", icon="history")
        self.kept.add_button(
            ShortcutButton(tr("Begin anew"), "Ctrl+Backspace", act=self.began_anew.emit)
        )
        self._build_inputs(jobs)
        self.save = ShortcutButton(
            tr("Save"), "Ctrl+Return", kind="primary", act=self.save_requested.emit
        )
        self.cancel = ShortcutButton(tr("form|Close"), "Escape", act=self._escape)
        self._compose()
        self._moves = EnterMovesOn(self)
        self._watch()

    def _build_inputs(self, jobs: Jobs) -> None:
        self.held_on = DateField(today=lambda: self._today)
        self.place, self.topic = QLineEdit(), QLineEdit()
        self.residents, self.departments = QLineEdit(), QLineEdit()
        self.deputies = DeputyPick(tr("Deputies"))
        self.text = TextArea(lines=3, most=20)
        self.search = IssueSearch(jobs, IssueEventKind.MET)
        names = tr("Several names with a comma between them")
        self._plain = {
            "held_on": Field(tr("Date"), self.held_on, required=True),
            "place": Field(tr("Place"), self.place),
            "topic": Field(tr("What it was about"), self.topic, required=True),
            "deputy_ids": Field(tr("Deputies who took part"), self.deputies, required=True),
            "residents": Field(
                tr("Residents who took part"), self.residents, required=True, hint=names
            ),
            "departments": Field(
                tr("Departments that took part"), self.departments, required=True, hint=names
            ),
            "text": Field(tr("Record"), self.text),
            "items": Field(tr("Issues that were talked about"), self.search, required=True),
        }

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by the names that errors use: ``items.0.conclusion``."""
        found = dict(self._plain)
        for place, block in enumerate(self.blocks.values()):
            found |= {f"items.{place}.{name}": one for name, one in block.fields.items()}
        return found

    def _compose(self) -> None:
        grid = lay(QGridLayout(), spacing=12)
        for name, line, left, wide in (
            ("held_on", 0, 0, 1),
            ("place", 0, 1, 1),
            ("topic", 1, 0, 2),
            ("deputy_ids", 2, 0, 2),
            ("residents", 3, 0, 1),
            ("departments", 3, 1, 1),
            ("text", 4, 0, 2),
        ):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(self._plain[name], line, left, 1, wide, top)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        self._blocks = lay(QVBoxLayout(), spacing=10)
        body = lay(column(self.kept), margins=(20, 4, 20, 20), spacing=12)
        body.addLayout(grid)
        body.addLayout(self._blocks)
        body.addWidget(self._plain["items"])
        body.addStretch(1)
        self._area = scrolling(body, tr("Three-party meeting"), gutter=20)
        head = lay(row(), margins=(20, 16, 20, 8))
        head.addWidget(ElidedLabel(tr("Three-party meeting"), "section"), 1)
        card = Card(margin=1, spacing=0)
        card.content.addLayout(head)
        card.content.addWidget(self._area, 1)
        card.content.addLayout(lay(row(None, self.cancel, self.save), margins=(20, 12, 20, 14)))
        lay(QHBoxLayout(self)).addWidget(card)

    def _watch(self) -> None:
        lines = (self.held_on, self.place, self.topic, self.residents, self.departments)
        for line in lines:
            line.textEdited.connect(lambda _text: self.edited.emit())
        self.held_on.changed.connect(lambda _value: self.edited.emit())
        self.text.textChanged.connect(self.edited.emit)
        self.deputies.changed.connect(self._picked)
        self.search.picked.connect(self._add)

    def set_ground(
        self, choices: Sequence[Choice], units: Sequence[UnitRecord], today: date
    ) -> None:
        """Offer deputies and units."""
        self._units, self._today = units, today
        self.deputies.offer_deputies(choices)

    def begin(self) -> None:
        """Put the cursor where filling in begins."""
        self._area.verticalScrollBar().setValue(0)
        empty = (line for line in (self.held_on, self.topic) if not line.text().strip())
        next(empty, self.deputies).setFocus()

    def fill(self, typed: Typed) -> None:
        """Write ``typed`` (as ``collect`` gives it) into the inputs."""
        self.blockSignals(True)
        self.held_on.setText(typed["held_on"])
        for name in ("place", "topic", "residents", "departments"):
            getattr(self, name).setText(typed[name])
            getattr(self, name).setCursorPosition(0)
        self.deputies.clear()
        self.deputies.take(*(UUID(one) for one in typed["deputy_ids"]))
        self.text.setPlainText(typed["text"])
        for block in list(self.blocks.values()):
            self._take_out(block)
        for one in typed["items"]:
            block = self._block(Chosen(one["id"], one["number"], one["title"]))
            block.fill(one)
        self.blockSignals(False)

    def collect(self) -> Typed:
        """What the inputs say, as plain values."""
        lines = ("place", "topic", "residents", "departments")
        return {
            "held_on": self.held_on.text(),
            **{name: getattr(self, name).text() for name in lines},
            "deputy_ids": [str(one) for one in self.deputies.taken],
            "text": self.text.text(),
            "items": [block.collect() for block in self.blocks.values()],
        }

    def draft(self) -> MeetingDraft:
        """What the inputs say, for the service. Raises RuleViolation where no date is meant."""
        wrong = {
            f"items.{place}.promise_on": tr("This is not a day. For example 1110.")
            for place, block in enumerate(self.blocks.values())
            if block.unreadable
        }
        held_on = self.held_on.value
        if held_on is None or wrong:
            if held_on is None:
                wrong["held_on"] = tr("Type a date, like 1110 or 11-10.")
            raise RuleViolation(wrong)
        return MeetingDraft(
            held_on=held_on,
            topic=self.topic.text(),
            items=tuple(block.item() for block in self.blocks.values()),
            place=self.place.text(),
            text=self.text.text(),
            deputy_ids=tuple(one for one in self.deputies.taken if isinstance(one, UUID)),
            residents=names_in(self.residents.text()),
            departments=names_in(self.departments.text()),
        )

    def _add(self, one: Chosen) -> None:
        self._plain["items"].set_error("")
        block = self._block(one)
        self.edited.emit()
        block.conclusion.setFocus()

    def _block(self, one: Chosen) -> DecisionBlock:
        made = DecisionBlock(one, self._units)
        made.edited.connect(self.edited)
        made.opened.connect(self.issue_opened)
        made.dropped.connect(lambda: self._drop(made))
        for part in (made.promise, made.promise_on, made.unit, made.outcome):
            part.installEventFilter(self._moves)
        self._blocks.addWidget(made)
        made.show()  # at once: a layout would do so only after the next event
        self.blocks[one.id] = made
        self.search.without = frozenset(self.blocks)
        return made

    def _drop(self, block: DecisionBlock) -> None:
        self._take_out(block)
        self.search.setFocus()
        self.edited.emit()

    def _take_out(self, block: DecisionBlock) -> None:
        self.blocks.pop(block.issue.id)
        self._blocks.removeWidget(block)
        block.hide()
        block.deleteLater()
        self.search.without = frozenset(self.blocks)

    def _picked(self) -> None:
        self._plain["deputy_ids"].set_error("")
        self.edited.emit()

    def _escape(self) -> None:
        if not hide_popups(self.window()):
            self.cancelled.emit()


def names_in(typed: str) -> tuple[str, ...]:
    """The names in a line."""
    return tuple(one.strip() for one in _BETWEEN.split(typed) if one.strip())


def names_line(names: Iterable[str]) -> str:
    """Names in one line."""
    return "、".join(dict.fromkeys(names))


def typed_for_new(
    held_on: date,
    items: Sequence[Chosen],
    *,
    place: str = "",
    topic: str = "",
    deputy_ids: Sequence[UUID] = (),
    residents: Iterable[str] = (),
    departments: Iterable[str] = (),
) -> Typed:
    """A meeting as its form begins."""
    plain: list[dict[str, Any]] = [
        {
            "id": one.id, "number": one.number, "title": one.title, "conclusion": "",
            "unit_id": "", "outcome": "", "promise": "", "promise_on": "",
        }
        for one in items
    ]  # fmt: skip
    return {
        "held_on": f"{held_on:%Y-%m-%d}",
        "place": place,
        "topic": topic,
        "residents": names_line(residents),
        "departments": names_line(departments),
        "deputy_ids": [str(one) for one in deputy_ids],
        "text": "",
        "items": plain,
    }
