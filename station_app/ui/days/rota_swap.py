"""Two deputies who change places between two days, with what that would bring said before."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.domain.rota import Place, RotaQuestion, Seats, swapped, worth
from station_app.domain.rota_words import change_words
from station_app.i18n import tr
from station_app.ui.days.words import weekday
from station_app.ui.theme import lay
from station_app.ui.widgets import Combo, Field, ShortcutButton, column, label, row

_LINES = 3  # of what the exchange would bring


class RotaSwap(QWidget):
    """Chooses one who is due on a day, and somebody of another day.

    ``swapped`` carries the seats after, and the exchange in words.
    """

    swapped = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._question: RotaQuestion | None = None
        self._seats: Seats = {}
        self._day: UUID | None = None
        self._after: Seats | None = None
        self.who, self.other = Combo(), Combo()
        self.effects = label("", "quiet", wrap=True)
        self.swap = ShortcutButton(
            tr("Let them change places"), "Alt+X", icon="refresh", act=self._swap
        )
        fields = row(Field(tr("rota|Instead of"), self.who), Field(tr("rota|Comes"), self.other))
        fields.setStretch(0, 2)
        fields.setStretch(1, 3)
        foot = row(self.effects, self.swap)
        foot.setStretch(0, 1)
        self.setLayout(lay(column(fields, foot, spacing=8), spacing=8))
        self.who.currentIndexChanged.connect(lambda _at: self._offer_others())
        self.other.currentIndexChanged.connect(lambda _at: self._say())

    def show_day(self, question: RotaQuestion, seats: Seats, day: UUID | None) -> None:
        """Offer those due on ``day`` by ``seats``; hidden where nobody can change places."""
        self._question, self._seats, self._day = question, seats, day
        here = seats.get(day, frozenset()) if day is not None else frozenset()
        due = [(one.id, one.name) for one in question.deputies if one.id in here]
        self.who.fill([*due])
        self._offer_others()
        self.setVisible(self.other.count() > 0)

    def _offer_others(self) -> None:
        place = self._place
        if place is not None and self._question is not None:
            self.other.fill([
                ((day.id, one.id), f"{one.name} · {day.on:%m-%d} {weekday(day.on)}")
                for day in self._question.days
                for one in self._question.deputies
                if swapped(self._seats, place, (day.id, one.id)) is not None
            ])  # fmt: skip
        else:
            self.other.fill([])
        self._say()

    def _say(self) -> None:
        place, other, asked = self._place, self.other.currentData(), self._question
        self._after = None
        if place is not None and other is not None and asked is not None:
            self._after = swapped(self._seats, place, other)
        self.swap.setEnabled(self._after is not None)
        if self._after is None or asked is None:
            self.effects.setText("")
            return
        said = change_words(asked, worth(asked, self._seats), worth(asked, self._after))
        shown = said[:_LINES] + ([tr("and {n} more remarks", n=len(said) - _LINES)]
                                 if len(said) > _LINES else [])  # fmt: skip
        self.effects.setText("\n".join(shown) or tr("Nothing speaks against it."))

    @property
    def _place(self) -> Place | None:
        who = self.who.currentData()
        return None if who is None or self._day is None else (self._day, who)

    def _swap(self) -> None:
        if self._after is not None and self._question is not None and self._day is not None:
            on = {day.id: day.on for day in self._question.days}
            other_day, _ = self.other.currentData()
            self.swapped.emit(self._after, tr(
                "{one} ({day}) and {other} ({other_day}) change places; not saved yet.",
                one=self.who.currentText(), day=f"{on[self._day]:%m-%d}",
                other=self.other.currentText().split(" · ")[0],
                other_day=f"{on[other_day]:%m-%d}",
            ))  # fmt: skip
