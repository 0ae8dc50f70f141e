"""Issuing cards: to whom, of which kind, until when; one, several, or all who have none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.vocabulary import CardKind
from station_app.domain.card_words import kind_word
from station_app.domain.duty_cards import CardDraft, usual_end
from station_app.domain.pinyin import spellings
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    ChoiceBar,
    DateField,
    Field,
    Flow,
    PickMany,
    ShortcutButton,
    label,
)

if TYPE_CHECKING:
    from station_app.services.card_lists import Holder

NONE_YET, EVERYBODY, SOME = "none_yet", "everybody", "some"


class IssueForm(QWidget):
    """``wanted`` carries the drafts; ``left`` closes the form."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._holders: Sequence[Holder] = ()
        self._today = date.min
        kinds = [(one, kind_word(one)) for one in CardKind]
        self.kind: ChoiceBar[CardKind] = ChoiceBar(
            kinds, name=tr("Kind of card"), start=CardKind.TERM
        )
        self.who: ChoiceBar[str] = ChoiceBar(
            [(SOME, tr("Some")), (NONE_YET, tr("Without a card")), (EVERYBODY, tr("All"))],
            name=tr("To whom"), start=SOME,
        )  # fmt: skip
        self.people = PickMany(
            name=tr("Deputies"), placeholder=tr("Name or pinyin"), matches=_matches
        )
        self.until = DateField(today=lambda: self._today)
        self._until = Field(tr("Valid until"), self.until, required=True)
        self._people = Field(tr("Deputies"), self.people, required=True)
        self._told = label("", "quiet", wrap=True)
        self.save = ShortcutButton("", "Ctrl+Return", kind="primary", act=self._submit)
        back = ShortcutButton(tr("Cancel"), "Escape", act=self.left.emit)
        whole = lay(QVBoxLayout(self), spacing=14)
        whole.addWidget(label(tr("Issue cards"), "section"))
        whole.addWidget(Field(tr("Kind of card"), self.kind))
        whole.addWidget(Field(tr("To whom"), self.who))
        for part in (self._people, self._until, self._told):
            whole.addWidget(part)
        ends = QWidget()
        end = Flow(ends)
        for button in (self.save, back):
            end.addWidget(button)
        whole.addWidget(ends)
        whole.addStretch(1)
        self.kind.changed.connect(lambda _kind: self._kind_changed())
        self.who.changed.connect(lambda _who: self._tell())
        self.people.changed.connect(self._tell)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by the names that rules use."""
        return {"deputy_id": self._people, "valid_to": self._until}

    def begin(self, holders: Sequence[Holder], today: date, chosen: Sequence[UUID] = ()) -> None:
        """Show the form anew; ``chosen`` are deputies taken already."""
        self._holders, self._today = holders, today
        for field in self.fields.values():
            field.set_error("")
        self.people.clear()
        self.people.offer([(one.id, one.name) for one in holders])
        self.kind.choose(CardKind.TERM)
        self.who.choose(SOME)
        self.until.set(usual_end(today))
        self.people.take(*chosen)
        self.people.setFocus()

    def drafts(self) -> tuple[CardDraft, ...]:
        """The cards that are asked for."""
        kind = self.kind.chosen or CardKind.TERM
        day = self.until.value or self._today
        first = day if kind is CardKind.DAY else self._today
        return tuple(CardDraft(kind, one, first, day) for one in self._chosen())

    def _chosen(self) -> tuple[UUID, ...]:
        who = self.who.chosen
        if who == EVERYBODY:
            return tuple(one.id for one in self._holders)
        if who == NONE_YET:
            return tuple(one.id for one in self._holders if not one.has_card)
        return cast("tuple[UUID, ...]", self.people.taken)

    def _kind_changed(self) -> None:
        day = self.kind.chosen is CardKind.DAY
        self._until.set_title(tr("Day of duty") if day else tr("Valid until"))
        self.until.set(self._today if day else usual_end(self._today))
        self._tell()

    def _tell(self) -> None:
        self._people.setVisible(self.who.chosen == SOME)
        chosen = self._chosen()
        known = {one.id: one for one in self._holders}
        holding = sum(known[one].has_card for one in chosen if one in known)
        self.save.setText(tr("Issue cards: {n}", n=len(chosen)))
        self.save.setEnabled(bool(chosen))
        again = holding and self.kind.chosen is CardKind.TERM
        said = tr("{n} of them have a valid card; it stays valid beside the new one.", n=holding)
        self._told.setText(said if again else "")
        self._told.setVisible(bool(again))

    def _submit(self) -> None:
        if self.until.value is None:
            self._until.set_error(tr("Type a date."))
            self.until.setFocus()
            return
        self.wanted.emit(self.drafts())


def _matches(name: str, _value: object, typed: str) -> bool:
    wanted = typed.strip().casefold()
    return wanted in name.casefold() or any(one.startswith(wanted) for one in spellings(name))
