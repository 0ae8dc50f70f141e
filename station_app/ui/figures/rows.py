"""The rows behind a figure: a table from which each record is opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.domain.figure_words import figure_means, figure_word
from station_app.domain.figures import RATES, Asked, Figure, FigureRow
from station_app.domain.periods import Period, period_word
from station_app.i18n import tr
from station_app.services.figure_rows import count_rows, list_rows, rows_listing
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    ChoiceBar,
    Column,
    EmptyState,
    ListTable,
    PagedTable,
    ShortcutButton,
    column,
    label,
    row,
)

if TYPE_CHECKING:
    from station_app.domain.lists import Listing
    from station_app.ui.jobs import Jobs


class RowsPane(QWidget):
    """What a figure counts, the latest first; ``closed`` asks for the way back."""

    closed = Signal()
    opened = Signal(str, object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.asked: Asked | None = None
        self._name = ""
        self.back = ShortcutButton(
            tr("Back to the figures"), "Alt+Left", icon="arrow-left", act=self.closed.emit
        )
        self.title, self.means = label("", "section"), label("", "quiet", wrap=True)
        choices: list[tuple[bool | None, str]] = [
            (None, tr("rows|All")),
            (True, tr("rows|That count")),
            (False, tr("rows|That do not count")),
        ]
        self.which: ChoiceBar[bool | None] = ChoiceBar(
            choices, name=tr("Which rows"), kind="filter"
        )
        self.which.buttons[0].setChecked(True)
        self.which.changed.connect(lambda _value: self._ask())
        self.model: PagedTable[FigureRow] = PagedTable(
            jobs, _columns(), list_rows, listing=_nothing(), count=count_rows, parent=self
        )
        empty = EmptyState("chart-bar", tr("Nothing was counted here"), "")
        self.table = ListTable(self.model, name=tr("The rows behind the figure"), empty=empty)
        self.table.opened.connect(lambda one: self.opened.emit(one.kind, one.record_id))
        self.model.counted.connect(self._counted)
        card = Card(margin=1, spacing=0)
        head = column(row(self.back, None, self.which), self.title, self.means, spacing=6)
        card.content.addLayout(lay(head, margins=(14, 14, 14, 10), spacing=6))
        card.content.addWidget(self.table, 1)
        self.setLayout(column(card))

    def show_asked(self, asked: Asked, name: str = "") -> None:
        """Show what is behind a figure or the part called ``name``."""
        self.asked, self._name = asked, name
        self.which.setVisible(asked.figure in RATES)
        at = (None, True, False).index(asked.counting)
        self.which.blockSignals(True)
        self.which.buttons[at].setChecked(True)
        self.which.blockSignals(False)
        self.means.setText(figure_means(asked.figure))
        self.title.setText(self._headline())
        self._ask()
        self.table.setFocus()

    def reload(self) -> None:
        """Read again after changes."""
        if self.asked is not None:
            self.model.reload()

    def _headline(self) -> str:
        assert self.asked is not None
        period = self.asked.period
        when = tr("today") if period.first == date(1, 1, 1) else period_word(period)
        parts = (figure_word(self.asked.figure), self._name, when)
        return " · ".join(one for one in parts if one)

    def _ask(self) -> None:
        if self.asked is None:
            return
        self.model.ask(rows_listing(replace(self.asked, counting=self._counting())))

    def _counting(self) -> bool | None:
        at = next(at for at, one in enumerate(self.which.buttons) if one.isChecked())
        return (None, True, False)[at]

    def _counted(self, total: int) -> None:
        if self.asked is not None:
            self.title.setText(f"{self._headline()} · {tr('{n} rows', n=total)}")


def _columns() -> list[Column[FigureRow]]:
    def on(one: FigureRow) -> str:
        return "–" if one.on == date.min else f"{one.on:%Y-%m-%d}"

    return [
        Column(tr("Date"), on, width=112),
        Column(tr("rows|What"), lambda one: one.words, detail=lambda one: one.beside, strong=True),
        Column(tr("Number"), lambda one: one.number or "–", width=208, role="secondary"),
        Column(tr("rows|Counts"), lambda one: f"{one.counts:,}", width=96, right=True),
    ]


def _nothing() -> Listing:
    """Before anything is asked for."""
    return rows_listing(Asked(Figure.RECEPTIONS, Period(date(1, 1, 1), date(1, 1, 1))))
