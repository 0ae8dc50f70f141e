"""One card of the register beside the list: its facts, and what can be done with it."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from db.vocabulary import CardKind
from station_app.domain.card_words import kind_word, standing_word
from station_app.domain.duty_cards import CardRecord, Standing, standing
from station_app.domain.moments import local
from station_app.domain.words import levels_words
from station_app.i18n import tr
from station_app.printing.cards.shapes import Shape
from station_app.ui.duty_cards.table import tone
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Combo,
    Field,
    Flow,
    MessageBar,
    Pill,
    ShortcutButton,
    bring_into_view,
    column,
    label,
    row,
)


def shape_choices() -> list[tuple[object, str]]:
    """What cards are printed as."""
    return [
        (Shape.CARD, tr("Card 85.6 × 54 mm, ten to a sheet")),
        (Shape.LANYARD, tr("For the lanyard, 70 × 100 mm")),
        (Shape.TABLE_TOP, tr("For the table, A5")),
    ]


class CardDetail(QWidget):
    """Signals carry the id of the card that is shown, and the Shape or, where asked, why.

    What is chosen in the list may be another card by then, or none.
    """

    print_wanted = Signal(object, object)
    voided = Signal(object, str)
    reissued = Signal(object, str)
    restore_requested = Signal(object)

    def __init__(self, *, writable: bool) -> None:
        super().__init__()
        self._writable = writable
        self._card: UUID | None = None
        self._name, self._number = label("", "title", wrap=True), label("", "quiet")
        self._pill = Pill("")
        self._facts = label("", wrap=True, selectable=True)
        self._void = MessageBar("red", icon="ban")
        self._proof = label(
            tr("The signature in the code proves that this station issued the card; it does not "
               "prove who holds it."), "quiet", wrap=True,
        )  # fmt: skip
        self.shape = Combo()
        self.shape.setAccessibleName(tr("Print as"))
        self.shape.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.shape.setMinimumContentsLength(8)  # beside the list there may be little room
        self.shape.fill(shape_choices())
        self.print = ShortcutButton(tr("Print the card"), icon="printer", act=self._print)
        self.void = ShortcutButton(tr("Make void …"), icon="ban", act=lambda: self._ask(False))
        self.reissue = ShortcutButton(tr("Replace …"), icon="refresh", act=lambda: self._ask(True))
        self.restore = ShortcutButton(tr("Valid again"), icon="restore", act=self._restore)
        self.reason_bar = ReasonBar()
        self.reason_bar.confirmed.connect(self._confirmed)
        acts = QWidget()
        flow = Flow(acts)
        for button in (self.print, self.void, self.reissue, self.restore):
            flow.addWidget(button)
        whole = lay(QVBoxLayout(self), spacing=14)
        whole.addLayout(row(column(self._name, self._number, spacing=2), None, self._pill))
        for part in (self._void, self._facts, self._proof):
            whole.addWidget(part)
        whole.addWidget(self.shape)
        whole.addWidget(acts)
        whole.addWidget(self.reason_bar)
        whole.addStretch(1)

    def show_card(self, card: CardRecord, today: date) -> None:
        """Show one card."""
        self._card = card.id
        stands = standing(card.state, card.valid_from, card.valid_to, today)
        self._name.setText(card.name or tr("card|The desk"))
        self._number.setText(f"{kind_word(card.kind)} {card.number}")
        self._pill.set(standing_word(stands), tone(stands))
        issued = local(card.issued_at).date()
        lines = [
            levels_words(card.levels),
            tr("Valid from {first} to {last}.", first=card.valid_from, last=card.valid_to),
            tr("Issued on {day}.", day=issued),
        ]
        self._facts.setText("\n".join(filter(None, lines)))
        replaced = tr("Another card was issued in its place.") if card.replaced_by else ""
        void = stands is Standing.VOID
        self._void.set(card.void_reason if void else "", replaced if void else "")
        self.shape.take(Shape.TABLE_TOP if card.kind is CardKind.DAY else Shape.CARD)
        self.reason_bar.hide()
        self.print.setVisible(not void)
        self.shape.setVisible(not void)
        self.void.setVisible(self._writable and not void)
        self.reissue.setVisible(self._writable and card.replaced_by is None)
        self.restore.setVisible(self._writable and void and card.replaced_by is None)

    @property
    def chosen_shape(self) -> Shape:
        """What cards are to be printed as."""
        return Shape(self.shape.currentData())

    def _print(self) -> None:
        self.print_wanted.emit(self._card, self.chosen_shape)

    def _restore(self) -> None:
        self.restore_requested.emit(self._card)

    def _ask(self, replace: bool) -> None:
        self.reason_bar.ask(replace=replace)

    def _confirmed(self, reason: str, replace: bool) -> None:
        (self.reissued if replace else self.voided).emit(self._card, reason)


class ReasonBar(QFrame):
    """Asks why a card is made void; usual reasons are one click away."""

    confirmed = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "amber")
        self._replace = False
        self._title = label("", "strong", wrap=True)
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self._field = Field(tr("Reason"), self.reason, required=True)
        usual = QWidget()
        flow = Flow(usual, spacing=6)
        for text in (tr("Lost"), tr("Damaged"), tr("Wrong facts"), tr("Serves no longer")):
            flow.addWidget(ShortcutButton(text, kind="filter", act=partial(self._use, text)))
        self.save = ShortcutButton("", "Ctrl+Return", kind="primary", act=self._confirm)
        back = ShortcutButton(tr("Cancel"), "Escape", act=self.hide)
        whole = lay(QVBoxLayout(self), margins=(12, 12, 12, 12), spacing=10)
        for part in (self._title, self._field, usual):
            whole.addWidget(part)
        ends = QWidget()
        end = Flow(ends)
        end.addWidget(self.save)
        end.addWidget(back)
        whole.addWidget(ends)
        self.reason.returnPressed.connect(self._confirm)
        self.hide()

    def ask(self, *, replace: bool) -> None:
        """Open the bar."""
        self._replace = replace
        self._title.setText(
            tr("The old card is made void and a new one is issued.")
            if replace
            else tr("The card is refused from now on; other stations hear of it.")
        )
        self.save.setText(tr("Replace") if replace else tr("Make void"))
        self.reason.clear()
        self._field.set_error("")
        self.show()
        self.reason.setFocus()
        bring_into_view(self)

    def _use(self, text: str) -> None:
        self.reason.setText(text)
        self.reason.setFocus()

    def _confirm(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self._field.set_error(tr("Write down why."))
            return
        self.hide()
        self.confirmed.emit(reason, self._replace)
