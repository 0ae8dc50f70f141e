"""A station without a file: changes made up for the gateway alone, over one open connection."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from benchmarks.centre import HOST, PORT, Centre
from db import wire
from tests.central.device import Device

_SAYS = "居民反映小区东门路灯损坏已有两周，夜间出行不便，希望尽快派人维修。"


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


def enrolled(centre: Centre) -> Device:
    """The first device of a new station."""
    device = Device(HOST, PORT)
    device.enrol(centre.code(centre.station()))
    return device
