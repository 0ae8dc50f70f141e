"""Prints from the command line: every form, of the record that its number or its day names."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from station_app.cli.terminal import written
from station_app.domain.lists import Listing
from station_app.domain.search import Found
from station_app.errors import NotFound, StationError
from station_app.i18n import tr
from station_app.printing.catalogue import KIND_OF, YEARLY, Form, Print

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.wiring import OpenStation

#: A deputy and a year behind the name: 于桂芳 2025.
_NAME_AND_YEAR = re.compile(r"(.+?)\s+((?:19|20)\d\d)")
#: One of every form, into a folder.
ALL = "all"
#: The forms as they are typed; the day's ledger goes by its short name too.
Paper = StrEnum(  # type: ignore[misc] # the words come from the forms
    "Paper",
    {form.name: form.value.replace("_", "-") for form in Form} | {"LEDGER": "ledger", "ALL": ALL},
)


def made(station: OpenStation, paper: str, what: str) -> bytes:
    """The PDF of ``paper`` for what ``what`` names; the print is logged. Raises NotFound."""
    form = Form.DAY_LEDGER if paper == "ledger" else Form(paper.replace("-", "_"))
    with station.store.write(station.actor) as tx:
        found = _gathered(tx, form, what)
    return found()


def all_into(station: OpenStation, folder: Path) -> list[str]:
    """One of every form into ``folder``, a PDF each; returns the names of the files."""
    from station_app.printing.all_forms import one_of_each

    with station.store.write(station.actor) as tx:
        prints = one_of_each(tx).prints
    folder.mkdir(parents=True, exist_ok=True)
    for one in prints:
        written(folder / f"{one.form.value}.pdf", one())
    return [f"{one.form.value}.pdf" for one in prints]


def _gathered(tx: Tx, form: Form, what: str) -> Print:
    from station_app.printing import making

    if form in YEARLY and (named := _NAME_AND_YEAR.fullmatch(what.strip())):
        return making.year_print(tx, form, _deputy(tx, named[1]), int(named[2]))
    if form in KIND_OF:
        return making.record_print(tx, form, _FINDERS[KIND_OF[form]](tx, what))
    if form is Form.BLANK_FORMS:
        return making.blanks_print(tx, _count(what))
    if form is Form.EIGHT_HAVES:
        return making.eight_haves_print(tx)
    first_on, last_on = period(what)
    if form is Form.STAR_MATERIALS:
        return making.star_materials_print(tx, first_on.year)
    if form is Form.ROTA:
        return making.rota_print(tx, first_on, last_on)
    if form is Form.PROMISE_LEDGER:
        return making.promises_print(tx, first_on, last_on)
    if form is Form.LEGISLATION_LEDGER:
        return making.legislation_print(tx, first_on, last_on)
    filters = {"first_on": first_on, "last_on": last_on}
    return making.issues_print(tx, Listing("registered_at", filters=filters))


def period(typed: str) -> tuple[date, date]:
    """The days that ``2026``, ``2026-11`` or ``2026-11-10`` means. Raises NotFound."""
    try:
        parts = [int(one) for one in typed.split("-")]
        year, month, day = (*parts, 0, 0)[:3]
        last = calendar.monthrange(year, month or 12)[1]
        return date(year, month or 1, day or 1), date(year, month or 12, day or last)
    except ValueError as error:
        raise NotFound(tr("Write the period as 2026, 2026-11 or 2026-11-10.")) from error


def _count(typed: str) -> int:
    if not typed.isdecimal():
        raise StationError(tr("Write how many blank forms are wanted."))
    return int(typed)


def _visit(tx: Tx, number: str) -> UUID:
    from station_app.services.search import search
    from station_app.services.visits import get_visit

    hits = (get_visit(tx, hit.id) for hit in search(tx, number) if hit.kind is Found.VISIT)
    for visit in hits:
        if visit.number == number:
            return visit.id
    raise NotFound(tr("There is no visit with the number {number}.", number=number))


def _issue(tx: Tx, number: str) -> UUID:
    from station_app.services.issues import get_issue
    from station_app.services.search import search

    hits = (get_issue(tx, hit.id) for hit in search(tx, number) if hit.kind is Found.ISSUE)
    for issue in hits:
        if issue.number == number:
            return issue.id
    raise NotFound(tr("There is no issue with the number {number}.", number=number))


def _meeting(tx: Tx, on: str) -> UUID:
    from station_app.services.meeting_lists import list_meetings

    rows = list_meetings(tx, Listing("held_on", descending=True)).rows
    for row in rows:
        if f"{row.held_on:%Y-%m-%d}" == on:
            return row.id
    raise NotFound(tr("There is no meeting on {day}.", day=on))


def _suggestion(tx: Tx, title: str) -> UUID:
    from station_app.services.suggestion_lists import list_suggestions

    listing = Listing("drafted_on", descending=True, text=title)
    rows = list_suggestions(tx, listing).rows
    if title.strip() and rows:
        return rows[0].id
    raise NotFound(tr("There is no suggestion “{title}”.", title=title))


def _day(tx: Tx, on: str) -> UUID:
    """The reception day that begins with ``on``: a date, with its hour if there were several."""
    from station_app.services.day_lists import list_days

    if not on[:4].isdecimal():
        raise NotFound(tr("Write the day as 2026-11-10."))
    year = Listing("held_on", filters={"year": int(on[:4])})
    page = list_days(tx, year)
    while True:
        for row in page.rows:
            if f"{row.held_on} {row.starts:%H:%M}".startswith(on):
                return row.id
        if page.after is None:
            raise NotFound(tr("There is no reception day on {day}.", day=on))
        page = list_days(tx, year, at=page.after)


def _deputy(tx: Tx, name: str) -> UUID:
    from station_app.services.deputies import list_deputies

    rows = list_deputies(tx, Listing("name", text=name)).rows
    found = [row.id for row in rows if row.name == name]
    if len(found) != 1:
        raise NotFound(tr("There is no deputy “{name}”, or more than one.", name=name))
    return found[0]


_FINDERS: dict[str, Callable[[Tx, str], UUID]] = {
    "visit": _visit,
    "issue": _issue,
    "day": _day,
    "deputy": _deputy,
    "meeting": _meeting,
    "deputy_suggestion": _suggestion,
}
