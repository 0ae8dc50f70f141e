"""Several issues chosen: how many, which, what can be done with all of them, and its form."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QProgressBar, QVBoxLayout, QWidget

from db.vocabulary import IssueEventKind
from station_app.domain.issue_bulk import BulkPlan, why_unable
from station_app.domain.issues import IssueRow
from station_app.i18n import tr
from station_app.ui.issues import acts, words
from station_app.ui.issues.act_inputs import Offers
from station_app.ui.issues.acting import ELSEWHERE
from station_app.ui.issues.bulk_acts import BULK_ACTS, BulkAct, said_of
from station_app.ui.issues.bulk_print import chosen_entries
from station_app.ui.issues.inputs import Input
from station_app.ui.issues.links import scroll
from station_app.ui.printing.print_button import PrintButton
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    ElidedLabel,
    Field,
    Flow,
    MessageBar,
    Pill,
    ShortcutButton,
    column,
    label,
    row,
)

#: Of more issues than these only the number is told.
SHOWN = 8


class BulkPanel(Card):
    """``asked`` carries the act that somebody wants, ``submitted`` asks to do it.

    ``left`` closes the form, or gives up the choice when none is open; ``led`` carries an act
    that is typed on a page of its own.
    """

    asked = Signal(object)
    led = Signal(object)
    submitted = Signal()
    left = Signal()

    def __init__(self, *, writable: bool) -> None:
        super().__init__(margin=1)
        self._writable = writable
        self._chosen: tuple[IssueRow, ...] = ()
        self._public: frozenset[UUID] = frozenset()
        self.plan: BulkPlan | None = None
        self.act: BulkAct | None = None
        self.inputs: list[Input] = []
        self.buttons: dict[IssueEventKind, ShortcutButton] = {}
        self.print = PrintButton(tr("Print forms"), keys="Ctrl+P")
        self.save = ShortcutButton(
            tr("form|Save"), "Ctrl+Return", kind="primary", act=self.submitted.emit
        )
        self.leave = ShortcutButton(tr("form|Close"), "Escape", kind="quiet", act=self.left.emit)
        self._build()

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by the names that errors use."""
        return {one.name: one.field for one in self.inputs}

    @property
    def values(self) -> dict[str, str]:
        """What is typed."""
        return {one.name: one.get() for one in self.inputs}

    def show_rows(self, rows: Sequence[IssueRow], loaded: int, total: int | None) -> None:
        """Show what is chosen out of ``loaded`` rows that stand for ``total``."""
        self._title.setText(tr("{n} issues chosen", n=len(rows)))
        more = total is not None and total > loaded
        hint = tr("Ctrl+A chooses the {n} rows that are loaded; the list has {all}.",
                  n=loaded, all=total or 0)  # fmt: skip
        self._hint.setText(hint if more else tr("Shift or Ctrl chooses more, Ctrl+A all."))
        _clear(self._rows)
        for one in rows[:SHOWN]:
            _add(self._rows, _line(one))
        if len(rows) > SHOWN:
            _add(self._rows, label(tr("issues|and {n} more", n=len(rows) - SHOWN), "quiet"))
        if {one.id for one in rows} != {one.id for one in self._chosen}:
            self._public = frozenset()
        self._chosen = tuple(rows)
        self.print.offer(chosen_entries(rows))
        self._enable()

    def show_public(self, shown: Collection[UUID]) -> None:
        """Of the chosen issues these stand before the public."""
        self._public = frozenset(shown)
        self._enable()

    def _enable(self) -> None:
        for event, button in self.buttons.items():
            why = [why_unable(one, event, published=one.id in self._public) for one in self._chosen]
            button.setEnabled(not all(why))
            button.setToolTip(why[0] if all(why) and why else "")

    def show_plan(self, act: BulkAct, plan: BulkPlan, offers: Offers) -> None:
        """Say who cannot take part, and ask what the act needs."""
        self.close_form()
        name = act.name()
        self.act, self.plan = act, plan
        self.note.set(*said_of(plan, name))
        self._which.hide()  # they stand at the left all the same
        self._acts.hide()
        self._form_title.setText(name)
        self._form_title.show()
        self.leave.setText(tr("form|Close"))
        if not plan.able:
            self.leave.setFocus()
            return
        self.inputs = act.form(plan, offers)
        for one in self.inputs:
            _add(self._form, one.field)
        for title, text in plan.words:
            _add(self._form, label(title, "strong", wrap=True))
            _add(self._form, label(text, wrap=True))
        count = len(plan.able) - (1 if plan.targets else 0)
        self.save.setText(tr("{act}: {n} issues", act=name, n=count))
        self.save.setEnabled(count > 0)
        self.save.show()
        if self.inputs:
            self.inputs[0].field.focus()
        else:
            self.save.setFocus()

    def show_working(self, on: bool) -> None:
        """Show that the act is under way; Esc stops it and changes nothing."""
        self.busy.setVisible(on)
        self.save.setEnabled(not on)
        self.leave.setText(tr("Stop; change nothing") if on else tr("form|Close"))

    def close_form(self) -> None:
        """Put the form away; the acts are offered again."""
        self.act = self.plan = None
        self.inputs = []
        _clear(self._form)
        self.note.set("")
        self.save.hide()
        self._form_title.hide()
        self._which.show()
        self._acts.setVisible(self._writable)
        self.leave.setText(tr("Choose one only"))

    def _build(self) -> None:
        self._title, self._hint = label("", "title"), label("", "quiet", wrap=True)
        self._which = QWidget()
        self._rows = lay(column(), spacing=4)
        self._which.setLayout(self._rows)
        self._form = lay(column(), spacing=10)
        self._form_title = label("", "section")
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(tr("Progress"))
        self.busy.hide()
        self.note = MessageBar("amber", icon="alert-triangle")
        self._acts = QWidget()
        flow = Flow(self._acts)
        for act in BULK_ACTS:
            button = ShortcutButton(
                act.name(), act.keys, icon=act.icon, act=partial(self.asked.emit, act)
            )
            self.buttons[act.event] = button
            flow.addWidget(button)
        for event in ELSEWHERE:
            one = acts.act_of(event)
            button = ShortcutButton(
                one.name(), one.keys, icon=one.icon, act=partial(self.led.emit, event)
            )
            self.buttons[event] = button
            flow.addWidget(button)
        flow.addWidget(self.print)
        inner = QWidget()
        lines = lay(column(), margins=(22, 18, 22, 18), spacing=12)
        lines.addLayout(lay(column(self._title, self._hint), spacing=4))
        for part in (self._which, self._acts, self._form_title, self.note):
            lines.addWidget(part)
        lines.addLayout(self._form)
        lines.addWidget(self.busy)
        lines.addLayout(row(self.save, self.leave, None))
        lines.addStretch(1)
        inner.setLayout(lines)
        self.content.addWidget(scroll(inner, gutter=22))
        self.close_form()


def _add(lines: QVBoxLayout, part: QWidget) -> None:
    lines.addWidget(part)
    part.show()  # at once: a layout would do so only after the next event


def _line(one: IssueRow) -> QWidget:
    part = QWidget()
    line = row(ElidedLabel(one.title), Pill(words.row_pill(one), words.row_tone(one)), spacing=10)
    line.setStretch(0, 1)
    part.setLayout(line)
    return part


def _clear(lines: QLayout) -> None:
    while lines.count():
        item = lines.takeAt(0)
        part = item.widget() if item else None
        if part is not None:
            part.hide()
            part.deleteLater()
