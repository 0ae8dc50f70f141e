"""The PCs of the stations, as the administrator sees them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from central.database import Connection


def list_devices(connection: Connection, station: UUID | None = None) -> list[dict[str, Any]]:
    """Every device with where its queue stands; ``lives`` above 1: it was restored or cloned."""
    rows = connection.execute(
        "SELECT d.device_id, s.code, (array_agg(i.letter ORDER BY i.incarnation DESC))[1],"
        " d.status, d.last_seen, d.app_version,"
        " max(i.incarnation), max(i.last_mid), (SELECT count(*) FROM quarantine q"
        " WHERE q.device_id = d.device_id AND accepted_at IS NULL)"
        " FROM device d JOIN station s USING (station_id) JOIN incarnation i USING (device_id)"
        " WHERE %s::uuid IS NULL OR d.station_id = %s"
        " GROUP BY d.device_id, s.code ORDER BY s.code, d.enrolled_at",
        [station, station],
    )
    return [
        {"device_id": one.hex, "station": code, "letter": letter, "status": status,
         "last_seen": seen.isoformat() if seen else None, "app_version": version,
         "lives": lives, "last_mid": last_mid, "quarantined": held}
        for one, code, letter, status, seen, version, lives, last_mid, held in rows
    ]  # fmt: skip


def revoke(connection: Connection, device: UUID) -> bool:
    """Lock a device out; False if there is none."""
    done = connection.execute("UPDATE device SET status = 'revoked' WHERE device_id = %s", [device])
    return done.rowcount == 1
