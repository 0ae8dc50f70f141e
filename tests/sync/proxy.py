"""A network that misbehaves on real sockets: an HTTP proxy between a station and its gateway."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

_PORTAL = "<html>请登录无线网络</html>".encode()
#: Seconds that a slow network takes for one answer.
DELAY_S = 0.2


class Mishap(StrEnum):
    """What befalls one request."""

    NONE = "none"
    DELAY = "delay"
    CUT_REQUEST = "the request is cut"
    CUT_ANSWER = "the answer is cut"
    RESET = "the connection is reset"
    DROP_ANSWER = "the answer is lost"
    TWICE = "the request comes twice"
    PORTAL = "a captive portal answers"


class _Message(NamedTuple):
    head: bytes
    body: bytes


class FaultProxy:
    """Listens on ``port`` and passes on to ``upstream`` (a port here), as the ``plan`` has it.

    The plan names the mishap of each request in turn; when it is at its end all goes well.
    """

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.port = 0
        self.met: list[Mishap] = []
        self._plan: Iterator[Mishap] = iter(())
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)

    def __enter__(self) -> FaultProxy:
        self._thread.start()
        assert self._ready.wait(30)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(30)

    @property
    def url(self) -> str:
        """Where stations find it."""
        return f"http://127.0.0.1:{self.port}"

    def plan(self, mishaps: Iterable[Mishap]) -> None:
        """From the next request on."""
        self._plan, self.met = iter(mishaps), []

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stopped = asyncio.Event()
        self._open: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopped.wait()
        server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            while await self._one(await _read(reader), writer):
                pass
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # somebody hung up, or the test is over
        finally:
            self._open.discard(task)
            writer.close()

    async def _one(self, request: _Message, writer: asyncio.StreamWriter) -> bool:
        """One request; whether the connection goes on."""
        mishap = next(self._plan, Mishap.NONE)
        self.met.append(mishap)
        if mishap is Mishap.RESET:
            _reset(writer)
            return False
        if mishap is Mishap.PORTAL:
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n")
            writer.write(b"content-length: %d\r\n\r\n" % len(_PORTAL) + _PORTAL)
            await writer.drain()
            return True
        if mishap is Mishap.CUT_REQUEST:
            await self._pass_on(request, half=True)
            return False
        if mishap is Mishap.TWICE:
            await self._pass_on(request)
        answer = await self._pass_on(request)
        if mishap is Mishap.DROP_ANSWER or answer is None:
            return False
        if mishap is Mishap.DELAY:
            await asyncio.sleep(DELAY_S)
        cut = len(answer.body) // 2 if mishap is Mishap.CUT_ANSWER else len(answer.body)
        writer.write(answer.head + answer.body[:cut])
        await writer.drain()
        return mishap is not Mishap.CUT_ANSWER

    async def _pass_on(self, request: _Message, *, half: bool = False) -> _Message | None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            whole = request.head + request.body
            writer.write(whole[: len(whole) // 2] if half else whole)
            await writer.drain()
            if half:
                return None
            return await _read(reader, bodiless=request.head.startswith(b"HEAD"))
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader, *, bodiless: bool = False) -> _Message:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            length = int(value)
    return _Message(head, b"" if bodiless else await reader.readexactly(length))


def _reset(writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.close()
