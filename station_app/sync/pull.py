"""Read streams: pages to the stage, then all of them at once into the tables (sync.md §7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from time import sleep
from urllib.parse import quote

import msgspec
import sqlcipher3

from db.wire import PullAnswer, Result
from station_app.store import Change, Store, Tx
from station_app.store.transaction import driver_of
from station_app.sync import outbox
from station_app.sync.apply import Applied, Pause, apply_pages
from station_app.sync.client import Client, Offline
from station_app.sync.identity import Me
from station_app.sync.restored import FRESH, RESTORED, RESYNC, lower_bases, read_anew, settle_in

#: How often applying is begun anew for somebody who saves; then that one waits.
_MOST_WAYS_GIVEN = 8
_A_MOMENT = 0.002

_page = msgspec.json.Decoder(PullAnswer).decode


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading of a stream stands; of a snapshot ``rev`` is the head of its first page."""

    stream: str
    epoch: str
    rev: int
    mode: str
    next_rev: int
    held: int
    confirmed: bool

    @property
    def since(self) -> int:
        """From where the next page is read."""
        return self.next_rev if self.mode else max(self.rev, self.next_rev)


def places(driver: sqlcipher3.Connection) -> dict[str, Place]:
    """Where reading stands, the streams that others refer to first."""
    found = driver.execute(
        "SELECT stream, epoch, rev, mode, next_rev, held, confirmed FROM cursor ORDER BY stream"
    )
    return {row[0]: Place(*row) for row in found}


def pull_stream(
    store: Store, me: Me, client: Client, stream: str
) -> tuple[Applied, frozenset[Change]]:
    """Read one stream to its end and apply what came. Raises Offline, Refused."""
    while True:
        with store.read(me.actor) as tx:
            place = places(driver_of(tx.session))[stream]
        raw = client.send("GET", _target(place, me.policy.page)).body
        page = _checked(raw, place)
        if not page.more:
            return apply_staged(store, me, stream, last=(place, raw, page))
        with store.write(me.actor) as tx:
            _stage(driver_of(tx.session), place, raw, page)


def go_along(driver: sqlcipher3.Connection, own: str, results: list[Result]) -> bool:
    """Move past what this PC has just handed in, if nobody else wrote to the stream meanwhile.

    Revisions without a hole from the cursor on are this PC's own changes: reading them back would
    tell nothing. Otherwise the cursor stays, and the stream is read.
    """
    first = results[0].rev
    if [one.rev for one in results] != list(range(first, first + len(results))):
        return False
    moved = driver.execute(
        "UPDATE cursor SET rev = ? WHERE stream = ? AND rev = ? AND mode = '' AND next_rev = 0"
        " AND held = 0",
        (results[-1].rev, own, first - 1),
    )
    return bool(moved.rowcount)


def apply_staged(
    store: Store, me: Me, stream: str, *, last: tuple[Place, bytes, PullAnswer] | None = None
) -> tuple[Applied, frozenset[Change]]:
    """Apply all pages at once, the ``last`` one too: nobody ever sees a part of them.

    A person who saves meanwhile comes first: the work is undone and begun anew, but not for ever.
    """
    ways = _MOST_WAYS_GIVEN
    while True:
        try:
            with store.write(me.actor) as tx:
                if last is not None:
                    _stage(driver_of(tx.session), *last)
                place = places(driver_of(tx.session))[stream]
                applied = _apply(tx, me, place, partial(_give_way, store, ways))
            return applied, frozenset(tx.changes)
        except _GaveWay:
            ways -= 1
            while store.wanted:
                sleep(_A_MOMENT)


class _GaveWay(Exception):
    """Somebody waits to save: the transaction is undone."""


def _give_way(store: Store, ways: int) -> None:
    if ways and store.wanted:
        raise _GaveWay


def take_page(store: Store, me: Me, raw: bytes, *, snapshot: bool) -> bool:
    """Stage a page that came by another way, if it goes on where this PC stands."""
    page = _page(raw)
    with store.write(me.actor) as tx:
        driver = driver_of(tx.session)
        place = places(driver).get(page.stream)
        if place is None or place.epoch != page.epoch.hex:
            return False
        if snapshot and not place.mode and page.head > place.rev:
            read_anew(driver, page.stream, RESYNC)
            place = places(driver)[page.stream]
        if bool(place.mode) != snapshot or page.next <= place.since:
            return False
        _stage(driver, place, raw, page)
    return True


def _target(place: Place, limit: int) -> str:
    kind = "snapshot" if place.mode else "pull"
    at = f"&at={place.rev}" if place.mode else ""
    return (
        f"/v1/{kind}?stream={quote(place.stream, safe='')}&epoch={place.epoch}"
        f"&since={place.since}{at}&limit={limit}"
    )


def _checked(raw: bytes, place: Place) -> PullAnswer:
    """The page, which must be the one that was asked for: a cut one is thrown away."""
    try:
        page = _page(raw)
    except msgspec.DecodeError as error:
        raise Offline from error
    if page.stream != place.stream or page.epoch.hex != place.epoch:
        raise Offline
    return page


def _stage(driver: sqlcipher3.Connection, place: Place, raw: bytes, page: PullAnswer) -> None:
    driver.execute(
        "INSERT OR REPLACE INTO stage (stream, since, page) VALUES (?, ?, ?)",
        (place.stream, f"{place.since:020d}", raw),
    )
    head = (place.rev or page.head) if place.mode else place.rev
    driver.execute(
        "UPDATE cursor SET next_rev = ?, rev = ? WHERE stream = ?",
        (page.next, head, place.stream),
    )


def _apply(tx: Tx, me: Me, place: Place, pause: Pause) -> Applied:
    driver = driver_of(tx.session)
    pages = [
        row[0]
        for row in driver.execute(
            "SELECT page FROM stage WHERE stream = ? ORDER BY since", (place.stream,)
        )
    ]
    own = place.stream == me.own
    if own and place.mode == FRESH:
        settle_in(driver, _live(pages))
    applied = apply_pages(
        tx,
        place.stream,
        pages,
        own=own,
        mode=place.mode,
        confirmed=place.confirmed,
        pause=pause,
    )
    if applied.held:
        driver.execute("UPDATE cursor SET held = ? WHERE stream = ?", (applied.held, place.stream))
        return applied
    if own and place.mode == RESTORED:
        lower_bases(driver)
    if own:
        outbox.conflicts_arrived(driver)
    driver.execute("DELETE FROM stage WHERE stream = ?", (place.stream,))
    driver.execute(
        "UPDATE cursor SET rev = ?, mode = '', next_rev = 0, held = 0, confirmed = 0"
        " WHERE stream = ?",
        (place.next_rev, place.stream),
    )
    return applied


def _live(pages: Iterable[bytes]) -> set[tuple[str, str]]:
    return {
        (row.kind, row.id.hex) for page in pages for row in _page(page).rows if row.state == "live"
    }
