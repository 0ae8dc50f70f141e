"""The form of one resident: typed in place, kept while half-typed, refused beside its fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from db.vocabulary import Gender
from station_app.domain.phones import mask_phone
from station_app.domain.residents import ResidentDraft, ResidentMatch
from station_app.domain.words import gender_word
from station_app.i18n import tr
from station_app.services import residents
from station_app.ui.issues.links import scroll
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    Combo,
    EnterMovesOn,
    Field,
    MessageBar,
    PopupList,
    ShortcutButton,
    Suggestion,
    TextArea,
    label,
    row,
)

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

_LINES = {"name": 50, "phone": 40, "community": 100, "address": 300}


class ResidentForm(Card):
    """What is kept about a resident. ``known`` carries the id of one who is there already."""

    edited = Signal()
    saved = Signal()
    closed = Signal()
    began_anew = Signal()
    known = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(margin=1, spacing=0)
        self._jobs, self._new = jobs, False
        self._title = label("", "section", wrap=True)
        self.kept = MessageBar("blue", icon="history")
        self.kept.add_button(
            ShortcutButton(tr("form|Begin anew"), "Ctrl+Backspace", act=self.began_anew.emit)
        )
        self.kept.set("")
        self.fields: dict[str, Field] = {}
        self._lines: dict[str, QLineEdit] = {}
        self._build()
        self._moves = EnterMovesOn(self)
        self._people = self._popup(self._lines["name"], tr("Residents of this name"), 380)
        self._people.chosen.connect(self.known)
        self._communities: Sequence[str] = ()
        self._places = self._popup(self._lines["community"], tr("resident|Community"), 240)
        self._places.chosen.connect(self._take_community)
        self._lines["name"].textEdited.connect(self._seek)
        self._lines["community"].textEdited.connect(self._complete)

    def begin(self, title: str, values: dict[str, Any], *, new: bool) -> None:
        """Show the form with ``values``; a new resident is looked up while typed."""
        self._new = new
        self._title.setText(title)
        self.setAccessibleName(title)
        for name, line in self._lines.items():
            line.setText(values.get(name, ""))
        self.gender.take(values.get("gender", ""))
        self.note.setPlainText(values.get("note", ""))
        for field in self.fields.values():
            field.set_error("")
        self.fields["name"].focus()

    def set_communities(self, communities: Sequence[str]) -> None:
        """The communities to complete what is typed."""
        self._communities = communities

    def values(self) -> dict[str, Any]:
        """What is typed, to be kept."""
        typed: dict[str, Any] = {name: line.text() for name, line in self._lines.items()}
        typed["gender"] = self.gender.currentData() or ""
        typed["note"] = self.note.text()
        return typed

    def draft(self) -> ResidentDraft:
        """What is typed, to be saved."""
        typed = self.values()
        gender = Gender(typed.pop("gender")) if typed["gender"] else None
        typed.pop("gender", None)
        return ResidentDraft(gender=gender, **typed)

    def _build(self) -> None:
        titles = {
            "name": tr("resident|Name"),
            "phone": tr("resident|Phone"),
            "community": tr("resident|Community"),
            "address": tr("resident|Address"),
        }
        for name, most in _LINES.items():
            line = QLineEdit()
            line.setMaxLength(most)
            line.textEdited.connect(self.edited)
            self._lines[name] = line
            self.fields[name] = Field(titles[name], line, required=name == "name")
        self.gender = Combo()
        self.gender.fill([("", "–"), *((one.value, gender_word(one)) for one in Gender)])
        self.gender.currentIndexChanged.connect(self.edited)
        self.note = TextArea(lines=2, most=8)
        self.note.textChanged.connect(self.edited)
        self.save = ShortcutButton(
            tr("form|Save"), "Ctrl+Return", kind="primary", act=self.saved.emit
        )
        self.leave = ShortcutButton(tr("form|Close"), "Escape", act=self._leave)
        grid = lay(QGridLayout(), spacing=12)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.fields["name"], 0, 0, top)
        grid.addWidget(Field(tr("resident|Gender"), self.gender), 0, 1, top)
        grid.addWidget(self.fields["phone"], 1, 0, top)
        grid.addWidget(self.fields["community"], 1, 1, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        inner = QWidget()
        body = lay(QVBoxLayout(inner), margins=(20, 18, 20, 12), spacing=12)
        body.addWidget(self._title)
        body.addWidget(self.kept)
        body.addLayout(grid)
        body.addWidget(self.fields["address"])
        body.addWidget(Field(tr("resident|Note"), self.note))
        body.addStretch(1)
        self.content.addWidget(scroll(inner, gutter=20), 1)
        self.content.addLayout(lay(row(None, self.leave, self.save), margins=(20, 12, 20, 14)))

    def _popup(self, line: QLineEdit, name: str, width: float) -> PopupList:
        return PopupList(line, name=name, width=width, first_taken=False)

    def _leave(self) -> None:
        for popup in (self._people, self._places):
            if popup.isVisible():
                popup.hide()
                return
        self.closed.emit()

    def _seek(self, typed: str) -> None:
        if not self._new:
            return
        self._jobs.latest(
            "name",
            lambda tx: residents.match_residents(tx, typed),
            self._offer_people,
            owner=self,
            delay_ms=120,
        )

    def _offer_people(self, found: Sequence[ResidentMatch]) -> None:
        if not self._lines["name"].hasFocus():
            return
        section = tr("Already here: choose to open")
        self._people.show_rows([_suggestion(one, section) for one in found])

    def _complete(self, typed: str) -> None:
        part = typed.strip()
        found = [one for one in self._communities if part and part in one and part != one]
        self._places.show_rows([Suggestion(one, value=one, icon="map-pin") for one in found[:8]])

    def _take_community(self, name: str) -> None:
        self._lines["community"].setText(name)
        self.edited.emit()


def _suggestion(one: ResidentMatch, section: str) -> Suggestion:
    ident: UUID = one.id
    detail = " · ".join(filter(None, (one.community, one.address)))
    return Suggestion(
        one.name, extra=mask_phone(one.phone), detail=detail, value=ident, section=section
    )
