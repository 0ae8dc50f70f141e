"""A network and a gateway that misbehave on purpose, and every word of it is heard."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

import httpx
import psycopg
from psycopg_pool import ConnectionPool

from central.config import Settings
from central.database import Database
from tests.sync.counts import FAULTS

#: What psycopg says of connections that we cut ourselves.
logging.getLogger("psycopg").setLevel(logging.CRITICAL)


class Killed(BaseException):
    """The PC's process ended here: nothing may catch this."""


class GatewayKilled(BaseException):
    """The gateway's process ended here; its connection to the database is cut."""


#: Requests of one exchange: the longest random history needs a tenth of them.
ENDLESS = 2000

Heard = Callable[[httpx.Request, int, bytes, httpx.Headers, bool], None]


class Fault(StrEnum):
    """What happens to one request."""

    LOST_REQUEST = "lost request"
    LOST_ANSWER = "lost answer"
    CUT_ANSWER = "cut answer"
    PORTAL = "captive portal"
    BUSY = "a proxy says 503"
    TWICE = "sent twice"
    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"
    GATEWAY_KILLED = "gateway killed"


#: The centre has answered, and the PC never hears of it.
_NEVER_ARRIVES = frozenset({Fault.LOST_ANSWER, Fault.CUT_ANSWER, Fault.KILLED_AFTER})


@dataclass
class Network(httpx.BaseTransport):
    """The way to the centre. The fault befalls the ``at``-th request from now, if any."""

    inner: httpx.BaseTransport
    heard: Heard = lambda *_: None
    fault: Fault | None = None
    at: int = 0
    count: int = field(default=0)
    gateway_dies_at: int = 3
    asked: int = 0

    def break_at(self, at: int, fault: Fault) -> None:
        """Let ``fault`` befall the ``at``-th request from now (0: the next)."""
        self.fault, self.at, self.count = fault, at, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request, as the plan has it."""
        struck = self.fault if self.count == self.at else None
        self.count += 1
        self.asked += 1
        assert self.asked < ENDLESS, "an exchange without an end (17)"
        request.read()
        if struck:
            FAULTS[struck.value] += 1
            answer = self._instead(struck, request)
            if answer is not None:
                return answer
        status, body, headers = self._pass_on(request, arrives=struck not in _NEVER_ARRIVES)
        if struck is Fault.KILLED_AFTER:
            raise Killed
        if struck is Fault.LOST_ANSWER:
            raise httpx.ReadError("lost")
        if struck is Fault.CUT_ANSWER:
            body = body[: len(body) // 2]
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))

    def _instead(self, struck: Fault, request: httpx.Request) -> httpx.Response | None:
        """What comes instead of the centre's answer; None: the request still gets there."""
        if struck is Fault.LOST_REQUEST:
            raise httpx.ConnectError("lost")
        if struck is Fault.KILLED_BEFORE:
            raise Killed
        if struck is Fault.PORTAL:
            page = httpx.ByteStream("<html>请登录</html>".encode())
            return httpx.Response(200, headers={"content-type": "text/html"}, stream=page)
        if struck is Fault.BUSY:
            return httpx.Response(503, stream=httpx.ByteStream(b"<html>busy</html>"))
        if struck is Fault.TWICE:
            self._pass_on(request)
        if struck is Fault.GATEWAY_KILLED:
            FragileConnection.steps = self.gateway_dies_at
            try:
                self._pass_on(request)
            finally:
                FragileConnection.steps = None
        return None

    def _pass_on(
        self, request: httpx.Request, *, arrives: bool = False
    ) -> tuple[int, bytes, httpx.Headers]:
        try:
            answer = self.inner.handle_request(request)
        except GatewayKilled:
            FragileConnection.steps = None
            raise httpx.RemoteProtocolError("gone") from None
        body = b"".join(answer.iter_raw())
        self.heard(request, answer.status_code, body, answer.headers, arrives)
        return answer.status_code, body, answer.headers


class FragileConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection whose gateway may die at any statement, and just before or after a commit."""

    steps: ClassVar[int | None] = None
    taken: ClassVar[int] = 0

    def execute(self, *given: Any, **named: Any) -> psycopg.Cursor[tuple[Any, ...]]:
        self._edge()
        return super().execute(*given, **named)

    def commit(self) -> None:
        self._edge()
        super().commit()
        self._edge()

    def _edge(self) -> None:
        FragileConnection.taken += 1
        if FragileConnection.steps is not None:
            FragileConnection.steps -= 1
            if FragileConnection.steps < 0:
                self.pgconn.finish()
                raise GatewayKilled


class FragileDatabase(Database):
    """The gateway's connections, each of which may die."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._pool = ConnectionPool(
            settings.gateway_url, connection_class=FragileConnection, min_size=1,
            max_size=settings.connections, open=False,
        )  # fmt: skip
