"""One conversation with the centre over HTTP: signed questions, checked answers, clear refusals."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from db import packing, signing
from db.wire import Problem, Refusal, encode
from station_app.errors import SyncFault
from station_app.i18n import tr

#: A page of rows opened; more than the centre ever sends.
_LARGEST = 256 << 20
#: Seconds to connect, and to wait for each part of an answer.
_PATIENCE = httpx.Timeout(30.0, connect=10.0)

Answer = TypeVar("Answer", bound=msgspec.Struct)
Clock = Callable[[], float]


class Offline(SyncFault):
    """Nobody answered, or somebody who is not the centre (a captive portal)."""

    def __init__(self, text: str = "") -> None:
        text = text or tr("The centre cannot be reached; everything is kept here.")
        super().__init__("offline", text)


class Intercepted(Offline):
    """Something between here and the centre answered in its place, such as a login page."""

    def __init__(self) -> None:
        super().__init__(
            tr(
                "Another computer answered in the centre's place. If this network asks for a "
                "login, log in with the browser first, then try again."
            )
        )


class Refused(SyncFault):
    """The centre refused a request; ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.problem.value, _sentence(refusal.problem))
        self.refusal = refusal
        self.problem = refusal.problem


class Packed:
    """A body made ready for the wire ahead of time."""

    def __init__(self, body: bytes) -> None:
        self.body, self.coding = packing.pack(body)


class Raw(msgspec.Struct, frozen=True):
    """An answer as it came: headers in lower case, the body opened."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Talks to the centre at ``url`` as ``keyid``; ``centre`` None trusts the first answer.

    ``transport`` stands in for the network in tests; ``clock`` gives seconds since 1970.
    """

    def __init__(
        self,
        url: str,
        key: Ed25519PrivateKey,
        keyid: str,
        centre: Ed25519PublicKey | None,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Clock = time.time,
    ) -> None:
        self._key = key
        self._keyid = keyid
        self._centre = centre
        self._clock = clock
        self._off = 0.0
        self._http = httpx.Client(
            base_url=url, timeout=_PATIENCE, transport=transport, follow_redirects=False
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(
        self,
        method: str,
        target: str,
        message: msgspec.Struct | Packed | None,
        answer: type[Answer],
    ) -> Answer:
        """Send a message and read the answer. Raises Offline, Refused."""
        body = encode(message) if isinstance(message, msgspec.Struct) else message or b""
        raw = self.send(method, target, body)
        return _decoded(raw.body, answer)

    def send(
        self,
        method: str,
        target: str,
        body: bytes | Packed = b"",
        *,
        also: frozenset[int] = frozenset(),
    ) -> Raw:
        """Send bytes and read bytes; statuses in ``also`` are answers too.

        Raises Offline, Refused. A clock that is far off is set right once.
        """
        packed = body if isinstance(body, Packed) else Packed(body)
        try:
            return self._send(method, target, packed, also)
        except Refused as refused:
            if refused.problem is not Problem.STALE or not refused.refusal.server_time:
                raise
            theirs = datetime.fromisoformat(refused.refusal.server_time).timestamp()
            self._off = theirs - self._clock()
        return self._send(method, target, packed, also)

    def _send(self, method: str, target: str, packed: Packed, also: frozenset[int]) -> Raw:
        body, coding = packed.body, packed.coding
        created = int(self._clock() + self._off)
        signed = signing.sign_request(self._key, self._keyid, method, target, body, created=created)
        headers = {**signed, "accept-encoding": "gzip"}
        if coding:
            headers["content-encoding"] = coding
        try:
            with self._http.stream(method, target, content=body, headers=headers) as reply:
                got = b"".join(reply.iter_raw())
                raw = self._checked(reply.status_code, reply.headers, got, signed["signature"])
        except httpx.HTTPError as error:
            raise Offline from error
        if raw.status >= 400 and raw.status not in also:
            raise _refusal(raw.status, raw.body)
        return raw

    def _checked(self, status: int, headers: Mapping[str, str], body: bytes, asked: str) -> Raw:
        try:
            opened = packing.unpack(body, headers.get("content-encoding", ""), _LARGEST)
            if self._centre is not None:
                signing.check_answer(self._centre, status, asked, headers, body)
        except (signing.BadSignature, packing.BadPacking, packing.Oversize) as error:
            raise Intercepted from error
        return Raw(status, headers, opened)


def _refusal(status: int, body: bytes) -> SyncFault:
    try:
        return Refused(msgspec.json.decode(body, type=Refusal))
    except msgspec.DecodeError:
        if status >= 500:
            return Refused(Refusal(Problem.BUSY, retry_after=60.0))
        return Intercepted()


def _decoded(body: bytes, answer: type[Answer]) -> Answer:
    try:
        return msgspec.json.decode(body, type=answer)
    except msgspec.DecodeError as error:
        raise Intercepted from error


def _sentence(problem: Problem) -> str:
    if problem is Problem.REVOKED:
        return tr("This computer may no longer exchange with the centre. Ask the centre.")
    if problem is Problem.UPGRADE:
        return tr("The centre needs a newer program before it sends changes here.")
    if problem is Problem.UNKNOWN:
        return tr("The centre does not know this computer. Join again with a new code.")
    if problem is Problem.BUSY:
        return tr("The centre is busy; this computer tries again by itself.")
    return tr("The centre did not accept this exchange; everything is kept here.")
