"""The prints of one visit: form and receipt, made off the GUI thread and logged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from db.vocabulary import Op
from station_app.domain.station import StationRecord
from station_app.domain.visits import VisitRecord
from station_app.i18n import tr
from station_app.services import station, visits

if TYPE_CHECKING:
    from station_app.store import Tx

Print = tuple[str, Callable[[], bytes]]


def receipt_of(tx: Tx, visit_id: UUID) -> Print:
    """The receipt for the visitor; that it was printed is logged (domain.md §8)."""
    visit = visits.get_visit(tx, visit_id)
    tx.note(Op.PRINT, "visit", visit_id, why="receipt")
    make = partial(_receipt, visit, station.get_station(tx), tx.today)
    return tr("Receipt {number}", number=visit.number), make


def form_of(tx: Tx, visit_id: UUID) -> Print:
    """The reception form for the file; that it was printed is logged."""
    visit = visits.get_visit(tx, visit_id)
    tx.note(Op.PRINT, "visit", visit_id, why="reception_form")
    make = partial(_form, visit, station.get_station(tx), tx.today)
    return tr("Reception form {number}", number=visit.number), make


def _receipt(visit: VisitRecord, own: StationRecord, today: date) -> bytes:
    # Only here: reportlab and its fonts are not needed before the first print.
    from station_app.printing.forms.receipt import receipt

    return receipt(visit, own, printed_on=today)


def _form(visit: VisitRecord, own: StationRecord, today: date) -> bytes:
    from station_app.printing.forms.reception_form import reception_form

    return reception_form(visit, own, printed_on=today)
