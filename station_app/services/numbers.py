"""Running numbers for paper; a number rolled back with its transaction was never given out."""

from __future__ import annotations

from sqlalchemy import text

from station_app.domain import numbers
from station_app.domain.station import StationRecord
from station_app.store import Tx

_NEXT = text(
    "INSERT INTO counter (scope, last) VALUES (:scope, 1)"
    " ON CONFLICT (scope) DO UPDATE SET last = last + 1 RETURNING last"
)


def next_number(tx: Tx, station: StationRecord, prefix: str) -> str:
    """The next number of this kind on this PC today."""
    scope = numbers.scope(prefix, station.code, station.letter, tx.today)
    running = tx.session.execute(_NEXT, {"scope": scope}).scalar_one()
    return numbers.number(scope, running)
