"""A network that misbehaves on purpose, and hears every word that reaches the centre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import httpx


class Killed(BaseException):
    """The process ended here: nothing may catch this."""


class Fault(StrEnum):
    """What happens to one request."""

    LOST_REQUEST = "lost request"
    LOST_ANSWER = "lost answer"
    CUT_ANSWER = "cut answer"
    PORTAL = "captive portal"
    TWICE = "sent twice"
    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"


@dataclass
class Network(httpx.BaseTransport):
    """The way to the centre. The fault befalls the ``at``-th request from now, if any."""

    inner: httpx.BaseTransport
    heard: Callable[[httpx.Request, int, bytes, httpx.Headers], None] = lambda *_: None
    fault: Fault | None = None
    at: int = 0
    count: int = field(default=0)

    def break_at(self, at: int, fault: Fault) -> None:
        """Let ``fault`` befall the ``at``-th request from now (0: the next)."""
        self.fault, self.at, self.count = fault, at, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request, as the plan has it."""
        struck = self.fault if self.count == self.at else None
        self.count += 1
        request.read()
        if struck is Fault.LOST_REQUEST:
            raise httpx.ConnectError("lost")
        if struck is Fault.KILLED_BEFORE:
            raise Killed
        if struck is Fault.PORTAL:
            page = httpx.ByteStream("<html>请登录</html>".encode())
            return httpx.Response(200, headers={"content-type": "text/html"}, stream=page)
        if struck is Fault.TWICE:
            self._pass_on(request)
        status, body, headers = self._pass_on(request)
        if struck is Fault.KILLED_AFTER:
            raise Killed
        if struck is Fault.LOST_ANSWER:
            raise httpx.ReadError("lost")
        if struck is Fault.CUT_ANSWER:
            body = body[: len(body) // 2]
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))

    def _pass_on(self, request: httpx.Request) -> tuple[int, bytes, httpx.Headers]:
        answer = self.inner.handle_request(request)
        body = b"".join(answer.iter_raw())
        self.heard(request, answer.status_code, body, answer.headers)
        return answer.status_code, body, answer.headers
