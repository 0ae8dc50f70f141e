"""The ledger of one day, gathered in a Tx and made into a PDF outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from station_app.printing.catalogue import Form, Print

if TYPE_CHECKING:
    from station_app.store import Tx


def ledger_of(tx: Tx, day_id: UUID) -> tuple[str, Print]:
    """The ledger's title and its maker; that a print of personal data was made is logged."""
    from station_app.printing.making import record_print  # not needed before the first print

    made = record_print(tx, Form.DAY_LEDGER, day_id)
    return made.title, made
