"""The calendar of working days: a year's holidays, the table of a coming year, edits by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from station_app.domain.working_days import WorkCalendar, holidays_of
from station_app.errors import ExchangeFault, StationError
from station_app.exchange.holidays import Day, read_holidays
from station_app.i18n import tr
from station_app.services import drafts
from station_app.services.rules import import_calendar, work_calendar
from station_app.ui.days.words import weekday
from station_app.ui.kept_form import Typed
from station_app.ui.settings.held_form import HeldForm
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    Combo,
    DateField,
    EnterMovesOn,
    Field,
    MessageBar,
    ShortcutButton,
    label,
    row,
)

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.settings.page import SettingsPage

#: Under which name a half-typed day is kept.
_DRAFT = "calendar/day"
_OFF, _WORKED, _USUAL = "off", "worked", "usual"


@dataclass(frozen=True, slots=True)
class _Known:
    calendar: WorkCalendar
    today: date


class CalendarSection(QWidget):
    """Deadlines count these days."""

    def __init__(self, page: SettingsPage) -> None:
        super().__init__()
        self._page = page
        self._known: _Known | None = None
        self.year = Combo()
        self.year.setAccessibleName(tr("Year"))
        self.year.currentIndexChanged.connect(lambda _at: self._show())
        self.warning = MessageBar("amber", icon="alert-triangle")
        self.warning.set("")
        self.wrong = MessageBar("red", icon="alert-triangle")
        self.wrong.set("")
        self.take_table = ShortcutButton(
            tr("Import a year"), "Ctrl+I", icon="table-import", act=self._choose
        )
        self._lines = lay(QGridLayout(), spacing=8)
        whole = lay(QVBoxLayout(self), spacing=16)
        whole.addWidget(self._year_card())
        whole.addWidget(self._day_card())

    def _year_card(self) -> Card:
        card = Card(margin=24, spacing=12)
        card.content.addLayout(
            row(label(tr("Working days"), "section"), None, self.year, self.take_table)
        )
        card.content.addWidget(
            label(
                tr(
                    "Holidays and the weekend days worked for them, as published for each year. "
                    "The table has a row a day: date, kind (off or worked), name; or a row a "
                    "holiday: name, from, to, worked."
                ),
                "quiet",
                wrap=True,
            )
        )
        card.content.addWidget(self.warning)
        card.content.addWidget(self.wrong)
        card.content.addLayout(self._lines)
        return card

    def _day_card(self) -> Card:
        self.day = DateField(today=lambda: self._known.today if self._known else date.min)
        self.kind = Combo()
        self.kind.fill(
            [
                (_OFF, tr("calendar|A day off")),
                (_WORKED, tr("calendar|A working day")),
                (_USUAL, tr("calendar|As its weekday says")),
            ]
        )
        self.name = QLineEdit()
        self.name.setMaxLength(50)
        self.fields = {
            "day": Field(tr("Date"), self.day, required=True, hint=" "),
            "kind": Field(tr("calendar|It is"), self.kind),
            "name": Field(tr("calendar|Holiday"), self.name),
        }
        self.save = ShortcutButton(tr("Save"), "Ctrl+Return", kind="primary", act=self._save)
        card = Card(margin=24, spacing=12)
        self.held = HeldForm(self._page.jobs, card, self._typed, self._put)
        card.content.addWidget(label(tr("Change one day"), "section"))
        card.content.addWidget(self.held.bar)
        grid = lay(QGridLayout(), spacing=12)
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, 0, at)
            grid.setColumnStretch(at, 1)
        card.content.addLayout(grid)
        card.content.addLayout(row(None, self.save))
        EnterMovesOn(card)
        self.day.textEdited.connect(lambda _text: self._say_day())
        self.day.changed.connect(lambda _value: self._say_day())
        for line in (self.day, self.name):
            line.textEdited.connect(lambda _text: self.held.kept.note())
        self.day.changed.connect(lambda _value: self.held.kept.note())
        self.kind.currentIndexChanged.connect(lambda _at: self.held.kept.note())
        return card

    def _typed(self) -> Typed:
        kind = str(self.kind.currentData())
        return {"day": self.day.text(), "kind": kind, "name": self.name.text()}

    def _put(self, typed: Typed) -> None:
        self.day.setText(typed["day"])
        self.kind.take(typed["kind"])
        self.name.setText(typed["name"])
        self._say_day()

    def reload(self) -> None:
        """Read the calendar."""
        self._page.jobs.read(lambda tx: _Known(work_calendar(tx), tx.today), self._take, owner=self)

    def _take(self, known: _Known) -> None:
        self._known = known
        years = sorted(known.calendar.years | {known.today.year, known.today.year + 1})
        kept = self.year.currentData()
        self.year.fill([(one, str(one)) for one in reversed(years)])
        if kept is None:
            self.year.take(known.today.year)
            self.held.begin(_DRAFT)
        self._show()

    def _show(self) -> None:
        known, year = self._known, self.year.currentData()
        if known is None or not isinstance(year, int):
            return
        missing = year not in known.calendar.years
        self.warning.set(
            tr("The holidays of {year} are not known yet.", year=year) if missing else "",
            tr("Until they are, only weekends are free and deadlines are marked as uncertain.")
            if missing
            else "",
        )
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, one in enumerate(holidays_of(known.calendar, year)):
            days = _span(one.first, one.last)
            worked = tr("levels|, ").join(_short(day) for day in one.worked)
            self._lines.addWidget(label(one.name or tr("calendar|A day off"), "strong"), at, 0)
            self._lines.addWidget(label(days), at, 1)
            told = tr("worked instead: {days}", days=worked) if worked else ""
            self._lines.addWidget(label(told, "secondary", wrap=True), at, 2)
        for column, share in enumerate((1, 2, 2)):
            self._lines.setColumnStretch(column, share)

    def _say_day(self) -> None:
        day, known = self.day.value, self._known
        if day is None or known is None:
            self.fields["day"].set_hint(" ")
            return
        works = known.calendar.is_working(day)
        now = tr("now a working day") if works else tr("now a day off")
        self.fields["day"].set_hint(f"{weekday(day)}, {now}")

    def _choose(self) -> None:
        kinds = tr("Spreadsheets (*.xlsx *.xls *.ods *.csv)")
        path, _kind = QFileDialog.getOpenFileName(self, tr("Import a year"), "", kinds)
        if path:
            self._page.jobs.work(
                lambda: read_holidays(Path(path)), self._import, owner=self, failed=self._unread
            )

    def _unread(self, error: StationError) -> None:
        rows = error.rows.items() if isinstance(error, ExchangeFault) else ()
        told = [tr("Row {row}: {reason}", row=row, reason=reason) for row, reason in rows]
        self.wrong.set(error.text, "\n".join(told[:8]))

    def _import(self, days: tuple[Day, ...]) -> None:
        self.wrong.set("")
        years = tr("levels|, ").join(str(one) for one in sorted({day.year for day, _, _ in days}))
        told = tr("{n} days of {years} are taken in.", n=len(days), years=years)
        self._write(days, told)
        self.year.take(max(day.year for day, _, _ in days))

    def _save(self) -> None:
        day = self.day.value
        if day is None:
            self.fields["day"].set_error(tr("Type a date, like 1110 or 11-10."))
            self.day.setFocus()
            return
        kind = self.kind.currentData()
        works = day.weekday() < 5 if kind == _USUAL else kind == _WORKED
        name = "" if kind == _USUAL else self.name.text()
        draft = self.held.saving()
        self._write(((day, works, name),), tr("{day} is changed.", day=f"{day:%Y-%m-%d}"), draft)

    def _write(self, days: tuple[Day, ...], told: str, draft: str = "") -> None:
        known = self._known
        before = () if known is None else tuple(_as_now(known.calendar, one[0]) for one in days)

        def act(tx: Tx) -> int:
            changed = import_calendar(tx, days)
            if draft:
                drafts.drop_draft(tx, draft)
            return changed

        def done(_changed: int) -> None:
            if draft:
                self.held.begin(draft)
            self.reload()
            back = partial(self._write, before, tr("It is as before.")) if before else None
            self._page.message.emit(told, back)

        def refused(error: StationError) -> None:
            if draft:
                self.held.refused()
            self._page.show_error(error, self.fields)

        self._page.jobs.write(act, done, owner=self, failed=refused)


def _as_now(calendar: WorkCalendar, day: date) -> Day:
    return day, calendar.is_working(day), calendar.off.get(day, "")


def _span(first: date, last: date) -> str:
    if first == last:
        return _short(first)
    n = (last - first).days + 1
    return tr("{first} to {last}, {n} days", first=_short(first), last=_short(last), n=n)


def _short(day: date) -> str:
    return f"{day:%m-%d} {weekday(day)}"
