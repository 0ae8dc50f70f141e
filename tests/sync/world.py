"""PCs with real files: as the examples use them, and the template of the random histories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from db.vocabulary import Level, Role, StationKind
from station_app.config import DataDir
from station_app.domain.accounts import Actor
from station_app.domain.residents import ResidentDraft
from station_app.domain.station import StationDraft
from station_app.services import dictionaries
from station_app.services.residents import save_resident
from station_app.services.station import create_station
from station_app.store import Store, keys
from station_app.sync.enrolment import join
from station_app.sync.once import sync_once
from station_app.sync.report import SyncReport
from tests.sync.centre import Centre

URL = "http://127.0.0.1:1"
START = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that a test turns; stations may have their own error on top."""

    at: datetime = START

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


@dataclass
class Desk:
    """One PC of a station."""

    store: Store
    data: DataDir
    key: bytes
    actor: Actor
    clock: Clock
    transport: httpx.BaseTransport | None = None
    reports: list[SyncReport] = field(default_factory=list)

    def sync(self, **more: Any) -> SyncReport:
        """One exchange with the centre."""
        given: dict[str, Any] = {"transport": self.transport} | more
        self.reports.append(sync_once(self.store, **given))
        return self.reports[-1]

    def add(self, name: str = "张三", phone: str = "") -> UUID:
        """A new resident."""
        with self.store.write(self.actor) as tx:
            return save_resident(tx, ResidentDraft(name, phone)).id

    def do(self, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """One act of the services in one transaction."""
        with self.store.write(self.actor) as tx:
            return act(tx, *args, **named)

    def ask(self, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Read something in a transaction of its own."""
        with self.store.read(self.actor) as tx:
            return act(tx, *args, **named)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the file says."""
        from station_app.store.transaction import driver_of

        with self.store.read(self.actor) as tx:
            return driver_of(tx.session).execute(sql, values).fetchall()  # type: ignore[no-any-return]  # the driver has no types


def new_desk(folder: Path, clock: Clock | None = None, *, name: str = "王秀英") -> Desk:
    """A PC that was just set up, with its station's row, its head and the dictionaries."""
    clock = clock or Clock()
    data, key = DataDir(folder), keys.new_key()
    store = Store.create(data, key, clock=clock)
    from uuid_utils.compat import uuid7

    from station_app.domain.accounts import AccountDraft
    from station_app.services import accounts

    actor = Actor(uuid7(), name, Role.HEAD)
    with store.write(actor) as tx:
        create_station(tx, StationDraft("葵英街道", "KY", StationKind.STATION, "人大代表联络站"))
        accounts.add_account(tx, AccountDraft(name, Role.HEAD), slot="")
        dictionaries.seed_dictionaries(tx)
    return Desk(store, data, key, actor, clock)


def make_template(folder: Path) -> None:
    """A station that was set up, for the random histories: small, with two deputies."""
    import msgspec
    from uuid_utils.compat import uuid7

    from station_app.domain.accounts import AccountDraft
    from station_app.domain.deputies import DeputyDraft
    from station_app.services import accounts, deputies

    key, actor = keys.new_key(), Actor(uuid7(), "王秀英", Role.HEAD)
    store = Store.create(DataDir(folder), key, clock=Clock())
    with store.write(actor) as tx:
        create_station(tx, StationDraft("葵英街道", "KY", StationKind.STATION, "人大代表联络站"))
        accounts.add_account(tx, AccountDraft("王秀英", Role.HEAD), slot="")
        for name in ("于桂芳", "李丽"):
            deputies.save_deputy(tx, DeputyDraft(name, levels=(Level.COUNTY,)))
    store.close()
    facts = {"key": key.hex(), "actor": actor.id.hex}
    (folder / "facts.json").write_bytes(msgspec.json.encode(facts))


def joined(centre: Centre, station: UUID, desk: Desk) -> Desk:
    """The PC as a device of the station."""
    desk.transport = centre.transport
    join(desk.store, desk.actor, URL, centre.code(station), transport=desk.transport)
    return desk
