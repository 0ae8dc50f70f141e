"""Prints from the command line: a visit's form or receipt, a day's ledger."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from db.vocabulary import Op
from station_app.domain.lists import Listing
from station_app.domain.search import Found
from station_app.errors import NotFound
from station_app.i18n import tr

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.wiring import OpenStation


class Form(StrEnum):
    """What can be printed from the command line."""

    RECEPTION_FORM = "reception-form"
    RECEIPT = "receipt"
    LEDGER = "ledger"


def made(station: OpenStation, form: Form, what: str) -> bytes:
    """The PDF of ``form`` for the visit or day ``what``; the print is logged. Raises NotFound."""
    return _ledger(station, what) if form is Form.LEDGER else _of_visit(station, what, form)


def _of_visit(station: OpenStation, number: str, form: Form) -> bytes:
    """The PDF of the visit with ``number``. Raises NotFound."""
    from station_app.printing.forms.receipt import receipt
    from station_app.printing.forms.reception_form import reception_form
    from station_app.services.search import search
    from station_app.services.station import get_station
    from station_app.services.visits import get_visit

    with station.store.write(station.actor) as tx:
        visits = (get_visit(tx, hit.id) for hit in search(tx, number) if hit.kind is Found.VISIT)
        visit = next((one for one in visits if one.number == number), None)
        if visit is None:
            raise NotFound(tr("There is no visit with the number {number}.", number=number))
        tx.note(Op.PRINT, "visit", visit.id, why=form.value)
        of, today = get_station(tx), tx.today
    draw = receipt if form is Form.RECEIPT else reception_form
    return draw(visit, of, printed_on=today)


def _ledger(station: OpenStation, on: str) -> bytes:
    """The PDF of the ledger of the reception day held ``on`` a date. Raises NotFound."""
    from station_app.printing.forms.day_ledger import day_ledger
    from station_app.services.day_lists import day_counters
    from station_app.services.days import get_day
    from station_app.services.station import get_station
    from station_app.services.visit_lists import day_visit_ids
    from station_app.services.visits import get_visit

    with station.store.write(station.actor) as tx:
        day = get_day(tx, _day_on(tx, on))
        visits = [get_visit(tx, one) for one in day_visit_ids(tx, day.id)]
        tx.note(Op.PRINT, "day", day.id, why="ledger")
        counters, of, today = day_counters(tx, day.id), get_station(tx), tx.today
    return day_ledger(day, visits, counters, of, printed_on=today)


def _day_on(tx: Tx, on: str) -> UUID:
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
