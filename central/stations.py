"""Regions and stations: the tree that decides which streams a device sees."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID, uuid4

from central.database import Connection, own_stream


class StationEntry(NamedTuple):
    """A station as the administrator lists it."""

    station_id: UUID
    code: str
    name: str
    region: str
    devices: int


class Below(ValueError):
    """A region would come to lie below itself."""


def add_region(connection: Connection, code: str, name: str, parent: str | None = None) -> str:
    """Add a region, or give it another name or place; returns its stream. Raises Below."""
    circle = connection.execute(
        "WITH RECURSIVE above(code, parent) AS (SELECT code, parent FROM region WHERE code = %s"
        " UNION SELECT r.code, r.parent FROM region r JOIN above a ON a.parent = r.code)"
        " SELECT 1 FROM above WHERE code = %s",
        [parent, code],
    ).fetchone()
    if circle:
        raise Below(code)
    connection.execute(
        "INSERT INTO region VALUES (%s, %s, %s)"
        " ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent = excluded.parent",
        [code, name, parent],
    )
    stream = f"R:{code}"
    connection.execute(
        "INSERT INTO stream (stream_id) VALUES (%s) ON CONFLICT DO NOTHING", [stream]
    )
    return stream


def list_regions(connection: Connection) -> list[tuple[str, str, str | None]]:
    """(code, name, parent) of every region."""
    rows = connection.execute("SELECT code, name, parent FROM region ORDER BY code")
    return [(code, name, parent) for code, name, parent in rows]


def add_station(connection: Connection, code: str, name: str, region: str) -> UUID:
    """Add a station with an empty stream."""
    station = uuid4()
    stream = own_stream(station)
    connection.execute("INSERT INTO stream (stream_id) VALUES (%s)", [stream])
    connection.execute(
        "INSERT INTO station VALUES (%s, %s, %s, %s, %s)", [station, stream, code, name, region]
    )
    return station


def put_station(connection: Connection, code: str, name: str, region: str) -> bool:
    """Add a station, or give the one with this code another name or region; False: all as wanted.

    In another region its PCs read other deputies from their next exchange on.
    """
    if find_station(connection, code) is None:
        add_station(connection, code, name, region)
        return True
    done = connection.execute(
        "UPDATE station SET name = %s, region = %s WHERE code = %s AND (name, region) <> (%s, %s)",
        [name, region, code, name, region],
    )
    return bool(done.rowcount)


def find_station(connection: Connection, code: str) -> UUID | None:
    """The station with this code."""
    row = connection.execute("SELECT station_id FROM station WHERE code = %s", [code]).fetchone()
    return row[0] if row else None


def list_stations(connection: Connection) -> list[StationEntry]:
    """Every station with the number of its active devices."""
    rows = connection.execute(
        "SELECT station_id, code, name, region, (SELECT count(*) FROM device d"
        " WHERE d.station_id = s.station_id AND status = 'active') FROM station s ORDER BY code"
    )
    return [StationEntry(*row) for row in rows]
