"""A device as small as can be: it keeps its own outbox and speaks real HTTP to a real gateway."""

from __future__ import annotations

import http.client
import time
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID, uuid4

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from db import packing, signing, wire

Kind = TypeVar("Kind", bound=msgspec.Struct)


class Said(Exception):
    """The centre refused; ``refusal`` says why."""

    def __init__(self, status: int, refusal: wire.Refusal) -> None:
        super().__init__(f"{status} {refusal.problem} {refusal.text}")
        self.status = status
        self.refusal = refusal


def mutation(mid: int, kind: str = "resident", **changes: Any) -> wire.Mutation:
    """A change made up for a test; an added resident unless said otherwise."""
    given: dict[str, Any] = {
        "uuid": uuid4(), "group": uuid4(), "id": uuid4(), "op": "add", "base": 0,
        "fields": {"name": (None, "张三"), "created_at": (None, "2026-11-10T01:00:00Z")},
        "schema": 1, "hlc": f"{1_762_736_400_000 + mid:013d}-000000", "actor": uuid4(),
    }  # fmt: skip
    return wire.Mutation(mid=mid, kind=kind, **(given | changes))


def edit(mid: int, one: UUID, base: int, **fields: Any) -> wire.Mutation:
    """An edit of a resident; a value is the new one, or (old, new)."""
    pairs = {
        name: value if isinstance(value, tuple) else (None, value) for name, value in fields.items()
    }
    return mutation(mid, id=one, base=base, op="edit", fields=pairs)


class Device:
    """The other end of the protocol."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.key = Ed25519PrivateKey.generate()
        self.seal = X25519PrivateKey.generate()
        self.keyid = ""
        self.incarnation = 1
        self.skew = 0.0
        self.last_sent = 0
        self.centre_key: Ed25519PublicKey | None = None
        self.streams: list[str] = []
        self.letter = ""
        self.named: list[str] = []

    @property
    def own(self) -> str:
        return next(name for name in self.streams if name.startswith("S:"))

    def ask(
        self,
        method: str,
        target: str,
        body: bytes = b"",
        *,
        headers: dict[str, str] | None = None,
        connection: http.client.HTTPConnection | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request, signed or with the ``headers`` given; check the answer's signature."""
        sent, coding = packing.pack(body)
        signed = headers
        if signed is None:
            now = int(time.time() + self.skew)
            signed = signing.sign_request(self.key, self.keyid, method, target, sent, created=now)
        if coding:
            signed = signed | {"content-encoding": coding}
        self.last_sent = len(sent)
        own = connection or http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            own.request(method, target, sent or None, signed)
            answer = own.getresponse()
            raw = answer.read()
        finally:
            if connection is None:
                own.close()
        got = {name.lower(): value for name, value in answer.getheaders()}
        if self.centre_key:
            asked = signed.get("signature", "")
            signing.check_answer(self.centre_key, answer.status, asked, got, raw)
        opened = packing.unpack(raw, got.get("content-encoding", ""), 1 << 30)
        return answer.status, got, opened

    def get(self, kind: type[Kind], target: str, **query: Any) -> Kind:
        return self._told(
            kind, *self.ask("GET", target + ("?" + urlencode(query) if query else ""))
        )

    def post(self, kind: type[Kind], target: str, message: msgspec.Struct) -> Kind:
        return self._told(kind, *self.ask("POST", target, wire.encode(message)))

    def enrol(self, code: str) -> wire.EnrolAnswer:
        sign_key = self.key.public_key().public_bytes_raw().hex()
        seal_key = self.seal.public_key().public_bytes_raw().hex()
        self.keyid = sign_key
        message = wire.Enrol(code, sign_key, seal_key, "1.0", 1)
        answer = self.post(wire.EnrolAnswer, "/v1/enrol", message)
        self.keyid = answer.device_id.hex
        self.streams, self.letter = answer.streams, answer.letter
        self.centre_key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(answer.centre_sign_key))
        return answer

    def hello(
        self, next_mid: int = 1, acked_mid: int = 0, *, epoch: UUID | None = None, **more: Any
    ) -> wire.HelloAnswer:
        cursors = {} if epoch is None else {self.own: wire.Cursor(epoch, 0)}
        message = wire.Hello(1, "1.0", 1, self.incarnation, next_mid, acked_mid, cursors, **more)
        return self.post(wire.HelloAnswer, "/v1/hello", message)

    def push(self, *mutations: wire.Mutation) -> list[wire.Result]:
        message = wire.Push(self.incarnation, list(mutations))
        return self.post(wire.PushAnswer, "/v1/push", message).results

    def name(self, picture: str) -> None:
        """Hand in the record of a picture, as a PC does before it sends the bytes."""
        if picture not in self.named:
            self.named.append(picture)
            fields: dict[str, Any] = {"sha256": (None, picture)}
            self.push(mutation(len(self.named), "photo", fields=fields))

    def pull(self, since: int = 0, limit: int = 2000, stream: str = "") -> wire.PullAnswer:
        stream = stream or self.own
        head = self.hello(1 << 40).streams[stream]
        return self.get(
            wire.PullAnswer, "/v1/pull", stream=stream, epoch=head.epoch, since=since, limit=limit
        )

    def pull_all(self, limit: int = 2000, stream: str = "") -> dict[UUID, wire.Row]:
        rows: dict[UUID, wire.Row] = {}
        page = self.pull(0, limit, stream)
        rows |= {row.id: row for row in page.rows}
        while page.more:
            page = self.pull(page.next, limit, stream)
            rows |= {row.id: row for row in page.rows}
        return rows

    @staticmethod
    def _told(kind: type[Kind], status: int, _: dict[str, str], body: bytes) -> Kind:
        if status >= 300:
            raise Said(status, msgspec.json.decode(body, type=wire.Refusal))
        return msgspec.json.decode(body, type=kind)
