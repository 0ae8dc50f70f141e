"""The prints of one visit: form and receipt, made off the GUI thread and logged."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from station_app.printing import catalogue

if TYPE_CHECKING:
    from station_app.store import Tx

Print = tuple[str, catalogue.Print]


def receipt_of(tx: Tx, visit_id: UUID) -> Print:
    """The receipt for the visitor; that it was printed is logged (domain.md §8)."""
    return _made(tx, catalogue.Form.RECEIPT, visit_id)


def form_of(tx: Tx, visit_id: UUID) -> Print:
    """The reception form for the file; that it was printed is logged."""
    return _made(tx, catalogue.Form.RECEPTION_FORM, visit_id)


def _made(tx: Tx, form: catalogue.Form, visit_id: UUID) -> Print:
    from station_app.printing.making import record_print  # not needed before the first print

    made = record_print(tx, form, visit_id)
    return made.title, made
