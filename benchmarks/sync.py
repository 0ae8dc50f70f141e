"""10,000 changes to the centre and back over HTTP, against a raw jsonb upsert in the same run."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from uuid_utils.compat import uuid7

from benchmarks.report import Result, median, show
from central import enrolment, stations
from central.config import Settings
from central.database import administered, prepare
from central.embedded import EmbeddedPostgres
from central.keys import make_keys
from db import wire
from tests.central.device import Device

CHANGES = 10_000
BATCH = 500
ROUNDS = 3
PORT = 18_431
_SAYS = "居民反映小区东门路灯损坏已有两周，夜间出行不便，希望尽快派人维修。"

_UPSERT = (
    "INSERT INTO raw SELECT * FROM jsonb_to_recordset(%s::jsonb)"
    " AS x(id uuid, rev bigint, body jsonb)"
    " ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, body = excluded.body"
)
_encode = msgspec.json.Encoder(uuid_format="hex").encode


def main() -> Sequence[Result]:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder) / "data" / "postgres")
        try:
            settings = _prepared(server, Path(folder) / "data")
            with running(settings):
                return show(_measure(settings))
        finally:
            server.stop()


def _measure(settings: Settings) -> list[Result]:
    raws, ups, downs, sent = [], [], [], 0
    for _ in range(ROUNDS):
        changes = list(made(CHANGES))
        raws.append(_raw(settings, changes))
        device = KeptOpen(enrolled(settings))
        began = time.perf_counter()
        for at in range(0, CHANGES, BATCH):
            device.push(changes[at : at + BATCH])
        ups.append(time.perf_counter() - began)
        sent = device.sent
        began = time.perf_counter()
        count = device.pull()
        downs.append(time.perf_counter() - began)
        assert count == CHANGES
    raw = CHANGES / median(raws)
    print(f"{sent / CHANGES:.0f} bytes a change on the wire, up")
    return [
        share("handed in: gateway and PostgreSQL", CHANGES / median(ups), raw, 0.33),
        share("given back: PostgreSQL and gateway", CHANGES / median(downs), raw, 0.45),
    ]


def share(name: str, rate: float, raw: float, least: float) -> Result:
    """A rate in changes a second that must reach ``least`` of the raw upsert's."""
    ratio = rate / raw
    budget = f"≥ {least:.0%}"
    return Result(name, rate, "/s", raw, "raw jsonb upsert", ratio, budget, ratio >= least)


def made(count: int) -> Iterator[wire.Mutation]:
    """Changes of a reception day: a resident, a visit, an issue, two steps of it; then again."""
    shapes = ("resident", "visit", "issue", "issue_event", "issue_event")
    group, resident, visit, issue = uuid7(), uuid7(), uuid7(), uuid7()
    actor = uuid7()
    for place in range(count):
        kind = shapes[place % len(shapes)]
        if kind == "resident":
            group, resident, visit, issue = uuid7(), uuid7(), uuid7(), uuid7()
        one = {"resident": resident, "visit": visit, "issue": issue}.get(kind) or uuid7()
        fields = _fields(kind, place, resident, visit, issue)
        yield wire.Mutation(
            mid=place + 1, uuid=uuid7(), group=group, kind=kind, id=one, op="add", base=0,
            fields={name: (None, value) for name, value in fields.items()}, schema=1,
            hlc=f"{1_770_000_000_000 + place:013d}-000000", actor=actor,
        )  # fmt: skip


def _fields(kind: str, place: int, resident: UUID, visit: UUID, issue: UUID) -> dict[str, Any]:
    at = "2026-11-10T01:00:00.123456Z"
    if kind == "resident":
        return {"name": f"居民{place}", "phone": f"138{place:08d}",
                "address": "开元街道建设路8号", "community": "科园社区",
                "gender": "female", "note": "", "created_at": at}  # fmt: skip
    if kind == "visit":
        return {"number": f"KY-A-20261110-{place}", "resident_id": resident.hex,
                "arrived_at": at, "channel": "in_person", "party_size": 1, "sequence": place,
                "deputy_ids": [issue.hex], "note": "", "created_at": at}  # fmt: skip
    if kind == "issue":
        return {"number": f"KY-A-20261110-{place}", "visit_id": visit.hex, "title": _SAYS[:16],
                "text": _SAYS * 2, "category": "0201", "place": "东门", "urgency": "normal",
                "registered_at": at, "created_at": at}  # fmt: skip
    return {"issue_id": issue.hex, "event": "registered", "happened_at": at,
            "actor_id": resident.hex, "text": _SAYS, "details": {}, "created_at": at}  # fmt: skip


def _raw(settings: Settings, changes: list[wire.Mutation]) -> float:
    with psycopg.connect(settings.admin_url) as connection:
        connection.execute("DROP TABLE IF EXISTS raw")
        connection.execute("CREATE TABLE raw (id uuid PRIMARY KEY, rev bigint, body jsonb)")
        connection.commit()
        rows = [
            {"id": one.id, "rev": one.mid,
             "body": {name: new for name, (_, new) in one.fields.items()}}
            for one in changes
        ]  # fmt: skip
        began = time.perf_counter()
        for at in range(0, len(rows), BATCH):
            connection.execute(_UPSERT, [_encode(rows[at : at + BATCH]).decode()])
            connection.commit()
        return time.perf_counter() - began


class KeptOpen:
    """A device that keeps its connection open, as a station does."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._connection = http.client.HTTPConnection(device.host, device.port)
        self.sent = 0

    def push(self, batch: list[wire.Mutation]) -> None:
        """Hand a batch in."""
        body = wire.encode(wire.Push(1, batch))
        answer = msgspec.json.decode(self._ask("POST", "/v1/push", body), type=wire.PushAnswer)
        assert all(one.outcome is wire.Outcome.APPLIED for one in answer.results)

    def pull(self) -> int:
        """Read the whole stream; how many rows there are."""
        epoch = self._device.hello(1 << 40).streams[self._device.own].epoch
        since, count, more = 0, 0, True
        while more:
            target = f"/v1/pull?stream={self._device.own}&epoch={epoch}&since={since}"
            page = msgspec.json.decode(self._ask("GET", target), type=wire.PullAnswer)
            since, more = page.next, page.more
            count += len(page.rows)
        return count

    def _ask(self, method: str, target: str, body: bytes = b"") -> bytes:
        device = self._device
        status, _, answer = device.ask(method, target, body, connection=self._connection)
        assert status == 200, answer
        self.sent += device.last_sent
        return answer


def enrolled(settings: Settings) -> Device:
    """The first device of a new station."""
    with administered(settings) as connection:
        stations.add_region(connection, "DL", "大连")
        station = stations.add_station(connection, uuid7().hex, "科园联络站", "DL")
        code, _ = enrolment.issue_code(connection, station, "bench")
    device = Device("127.0.0.1", PORT)
    device.enrol(code)
    return device


def _prepared(server: EmbeddedPostgres, home: Path) -> Settings:
    prepare(server.url())
    make_keys(home)
    return Settings(server.gateway_url(), server.url(), home)


@contextmanager
def running(settings: Settings, processes: int = 1) -> Iterator[None]:
    """The gateway as it runs in production, in processes of its own."""
    environment = os.environ | {
        "CENTRAL_DATABASE_URL": settings.gateway_url,
        "CENTRAL_ADMIN_URL": settings.admin_url,
        "CENTRAL_HOME": str(settings.home),
    }
    command = [sys.executable, "-m", "central", "serve", "--port", str(PORT),
               "--processes", str(processes)]  # fmt: skip
    gateway = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL)  # fmt: skip
    try:
        _wait()
        yield
    finally:
        gateway.terminate()
        gateway.wait(20)


def _wait() -> None:
    for _ in range(200):
        with closing(http.client.HTTPConnection("127.0.0.1", PORT)) as connection:
            try:
                connection.request("GET", "/ready")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
        time.sleep(0.1)
    raise TimeoutError("the gateway does not answer")


if __name__ == "__main__":
    main()
