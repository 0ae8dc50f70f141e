"""What a held pull would take away, for a person to look at before saying yes (sync.md §6)."""

from __future__ import annotations

from uuid import UUID

from db.wire import State
from station_app.domain.sync import UnknownRecord
from station_app.store import Tx
from station_app.store.transaction import driver_of
from station_app.sync import glances, outbox, rows
from station_app.sync.identity import me
from station_app.sync.kinds import kinds
from station_app.sync.pull import places
from station_app.sync.restored import RESYNC


def list_held(tx: Tx) -> tuple[UnknownRecord, ...]:
    """The records that wait for a yes before they are removed here."""
    driver = driver_of(tx.session)
    own = me(driver).own
    waiting = outbox.pending_keys(driver)
    found: list[UnknownRecord] = []
    for place in places(driver).values():
        if not place.held:
            continue
        sql = "SELECT page FROM stage WHERE stream = ? ORDER BY since"
        staged = driver.execute(sql, (place.stream,)).fetchall()
        seen = list(glances.seen(page for (page,) in staged))
        column = "" if place.stream == own else place.stream
        for kind in kinds().values():
            gone = {one.id.hex for one in seen
                    if one.kind == kind.name and one.state is not State.LIVE}  # fmt: skip
            if place.mode == RESYNC:
                sql = f"SELECT id FROM {kind.table} WHERE stream = ? AND row_version > 0"
                here = {row[0] for row in driver.execute(sql, (column,))}
                gone |= here - {one.id.hex for one in seen if one.kind == kind.name}
            known = rows.versions(driver, kind, gone)
            found += [
                UnknownRecord(kind.name, UUID(one))
                for one in sorted(known)
                if (kind.name, one) not in waiting
            ]
    return tuple(found)
