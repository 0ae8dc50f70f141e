"""The station's own row."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from db.models import Station
from db.vocabulary import StationKind
from station_app.domain.accounts import require_head
from station_app.domain.station import StationDraft, StationRecord, check_station
from station_app.errors import NotFound
from station_app.i18n import tr
from station_app.store import Tx
from station_app.store.transaction import driver_of

_STATION = (
    "SELECT id, name, code, station_kind, term, region, address, opening_hours, phone, letter"
    " FROM station LIMIT 1"
)


def get_station(tx: Tx) -> StationRecord:
    """This station. Raises NotFound before set-up."""
    # Below the ORM: this is on the path of every save.
    row = driver_of(tx.session).execute(_STATION).fetchone()
    if row is None:
        raise _not_set_up()
    ident, name, code, kind, *rest = row
    return StationRecord(UUID(ident), name, code, StationKind(kind), *rest)


def create_station(tx: Tx, draft: StationDraft, *, letter: str = "A") -> StationRecord:
    """Make the station's row at set-up. ``letter`` tells this PC's paper numbers apart.

    Raises RuleViolation.
    """
    check_station(draft)
    row = Station(letter=letter, **_columns(draft))
    tx.session.add(row)
    tx.session.flush()
    return _record(row)


def save_station(tx: Tx, draft: StationDraft) -> StationRecord:
    """Change the station's facts; only its head may. Raises RuleViolation, NotAllowed."""
    require_head(tx.actor)
    check_station(draft)
    row = _row(tx)
    for name, value in _columns(draft).items():
        setattr(row, name, value)
    tx.session.flush()
    return _record(row)


def _row(tx: Tx) -> Station:
    row = tx.session.scalars(select(Station)).first()
    if row is None:
        raise _not_set_up()
    return row


def _not_set_up() -> NotFound:
    return NotFound(tr("The station has not been set up yet."))


def _columns(draft: StationDraft) -> dict[str, object]:
    return {
        "name": draft.name.strip(),
        "code": draft.code,
        "station_kind": draft.kind,
        "term": draft.term.strip(),
        "region": draft.region.strip(),
        "address": draft.address.strip(),
        "opening_hours": draft.opening_hours.strip(),
        "phone": draft.phone.strip(),
    }


def _record(row: Station) -> StationRecord:
    return StationRecord(
        id=row.id,
        name=row.name,
        code=row.code,
        kind=row.station_kind,
        term=row.term,
        region=row.region,
        address=row.address,
        opening_hours=row.opening_hours,
        phone=row.phone,
        letter=row.letter,
    )
