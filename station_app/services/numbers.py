"""Running numbers for paper; a number rolled back with its transaction was never given out."""

from __future__ import annotations

from datetime import date

from station_app.domain import numbers
from station_app.domain.station import StationRecord
from station_app.store import Tx

_NEXT = (
    "INSERT INTO counter (scope, last) VALUES (?, 1)"
    " ON CONFLICT (scope) DO UPDATE SET last = last + 1 RETURNING last"
)


def next_number(tx: Tx, station: StationRecord, prefix: str, *, on: date | None = None) -> str:
    """The next number of this kind on this PC, of today or of the day a ledger tells of."""
    scope = numbers.scope(prefix, station.code, station.letter, on or tx.today)
    # On the connection: a session would first flush rows that have nothing to do with numbers.
    running = tx.session.connection().exec_driver_sql(_NEXT, (scope,)).scalar_one()
    return numbers.number(scope, running)


def next_card_number(tx: Tx, station: StationRecord) -> str:
    """The next number of a duty card of this PC this year: ``KY-A-2026-0017``."""
    scope = numbers.card_scope(station.code, station.letter, tx.today)
    running = tx.session.connection().exec_driver_sql(_NEXT, (scope,)).scalar_one()
    return numbers.card_number(scope, running)
