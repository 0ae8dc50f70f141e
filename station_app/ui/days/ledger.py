"""The ledger of one day, gathered in a Tx and made into a PDF outside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from db.vocabulary import Op
from station_app.i18n import tr
from station_app.services import day_lists, days, visit_lists, visits
from station_app.services.station import get_station
from station_app.ui.days.words import day_title

if TYPE_CHECKING:
    from station_app.store import Tx


def ledger_of(tx: Tx, day_id: UUID) -> tuple[str, Callable[[], bytes]]:
    """The ledger's title and its maker; that a print of personal data was made is logged."""
    day, counters, station = (
        days.get_day(tx, day_id),
        day_lists.day_counters(tx, day_id),
        get_station(tx),
    )
    came = [visits.get_visit(tx, one) for one in visit_lists.day_visit_ids(tx, day_id)]
    today = tx.today
    tx.note(Op.PRINT, "day", day_id, why="ledger")

    def make() -> bytes:
        from station_app.printing.forms.day_ledger import day_ledger

        return day_ledger(day, came, counters, station, printed_on=today)

    return tr("Ledger of {day}", day=day_title(day.held_on)), make
