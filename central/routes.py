"""What the gateway answers to: one line a message, and what each needs from the request."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from central import enrolment, hello, pull, push, quarantine
from central.blobs import Attachments, Stored
from central.bundle import Desk
from central.config import Settings
from central.database import Database
from central.keys import CentreKeys
from central.openapi import UUID_PATTERN
from central.refused import Refused
from db import wire
from db.bundle import BadBundle
from db.wire import Problem

_MOST = 1 << 53


@dataclass(frozen=True, slots=True)
class Centre:
    """Everything that a handler stands on."""

    settings: Settings
    database: Database
    keys: CentreKeys
    attachments: Attachments
    desk: Desk

    def close(self) -> None:
        """Let the database and the attachments go."""
        self.database.close()
        self.attachments.close()


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was checked; ``signed_by`` is a device's id or, at enrolment, a key."""

    signed_by: str
    query: Mapping[str, str]
    body: bytes
    name: str = ""

    @property
    def device(self) -> UUID:
        """The device that signed."""
        return UUID(hex=self.signed_by)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a message, or the bytes of an attachment with facts in headers."""

    message: msgspec.Struct | None = None
    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


Handler = Callable[[Centre, Request], Answer]


@dataclass(frozen=True, slots=True)
class Query:
    """One value in the query, for the description of the API."""

    name: str
    schema: Mapping[str, Any]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Route:
    """One message; ``takes`` and ``gives`` are its types (None: bytes or nothing).

    ``others`` are statuses besides ``status`` and the refusals, with what they mean.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    takes: type[msgspec.Struct] | None = None
    gives: type[msgspec.Struct] | None = None
    query: tuple[Query, ...] = ()
    status: int = 200
    others: Mapping[int, str] = field(default_factory=dict)
    gives_bytes: bool = False


def _number(request: Request, name: str, default: int | None = None) -> int:
    text = request.query.get(name, "" if default is None else str(default))
    if not (text.isascii() and text.isdigit() and int(text) <= _MOST):
        raise Refused(Problem.MALFORMED, f"{name} is a number")
    return int(text)


def _uuid(request: Request, name: str) -> UUID:
    text = request.query.get(name, "")
    if not re.fullmatch(UUID_PATTERN, text, re.ASCII):
        raise Refused(Problem.MALFORMED, f"{name} is a UUID")
    return UUID(text)


def _hello(centre: Centre, request: Request) -> Answer:
    message = decoded(request.body, wire.Hello)
    return Answer(hello.hello(centre.database, centre.settings, request.device, message))


def _push(centre: Centre, request: Request) -> Answer:
    message = decoded(request.body, wire.Push)
    return Answer(push.push(centre.database, request.device, message))


def _pull(centre: Centre, request: Request) -> Answer:
    page = pull.pull(
        centre.database,
        request.device,
        request.query.get("stream", ""),
        _uuid(request, "epoch"),
        _number(request, "since"),
        _number(request, "limit", centre.settings.policy.page),
        oldest_schema=centre.settings.oldest_schema,
    )
    return Answer(page)


def _snapshot(centre: Centre, request: Request) -> Answer:
    page = pull.snapshot(
        centre.database,
        request.device,
        request.query.get("stream", ""),
        _uuid(request, "epoch") if "epoch" in request.query else None,
        _number(request, "since", 0),
        _number(request, "at", 0),
        _number(request, "limit", centre.settings.policy.page),
        oldest_schema=centre.settings.oldest_schema,
    )
    return Answer(page)


def _digest(centre: Centre, request: Request) -> Answer:
    message = decoded(request.body, wire.DigestRequest)
    return Answer(hello.compare(centre.database, request.device, message))


def _enrol(centre: Centre, request: Request) -> Answer:
    message = decoded(request.body, wire.Enrol)
    return Answer(enrolment.enrol(centre.database, centre.keys, message, request.signed_by))


def _blob_head(centre: Centre, request: Request) -> Answer:
    have = centre.attachments.head(request.device, request.name)
    return Answer(status=200 if have.complete else 404, headers=_told(have))


def _blob_get(centre: Centre, request: Request) -> Answer:
    found = centre.attachments.get(request.device, request.name, _number(request, "offset", 0))
    if found is None:
        return Answer(status=404)
    have, part = found
    return Answer(body=part, headers=_told(have))


def _blob_put(centre: Centre, request: Request) -> Answer:
    have = centre.attachments.put(
        request.device,
        request.name,
        _number(request, "offset"),
        _number(request, "size"),
        request.body,
    )
    return Answer(status=200 if have.complete else 202, headers=_told(have))


def _told(have: Stored) -> tuple[tuple[str, str], ...]:
    return (("upload-offset", str(have.stored)), ("upload-length", str(have.size)))


def _quarantine(centre: Centre, request: Request) -> Answer:
    decoded(request.body, wire.Push)
    limit = centre.settings.quarantine_limit
    quarantine.keep(centre.database, request.device, request.body, limit)
    return Answer(status=202)


def _bundle(centre: Centre, request: Request) -> Answer:
    with centre.database.entered(request.device) as (_, caller):
        if caller.status != "active":
            raise Refused(Problem.REVOKED)
    try:
        limit = centre.settings.opened_limit
        _, answer = centre.desk.take_in(request.body, station=caller.station, limit=limit)
    except BadBundle as error:
        raise Refused(Problem.MALFORMED, str(error)) from None
    return Answer(body=answer)


Message = TypeVar("Message", bound=msgspec.Struct)


def decoded(body: bytes, kind: type[Message]) -> Message:
    """The message in a body. Raises Refused(MALFORMED)."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused(Problem.MALFORMED, f"not a {kind.__name__}") from None


_BLOB = "/v1/blob/{sha256}"
_COUNT = {"type": "integer", "minimum": 0, "maximum": _MOST}
_STREAM = Query("stream", {"type": "string"})
_EPOCH = {"type": "string", "pattern": UUID_PATTERN}
_LIMIT = Query("limit", _COUNT, required=False)

ROUTES = (
    Route("POST", "/v1/enrol", _enrol, "Register a PC with a one-time code.",
          wire.Enrol, wire.EnrolAnswer),
    Route("POST", "/v1/hello", _hello, "Compare notes before a sync.",
          wire.Hello, wire.HelloAnswer),
    Route("POST", "/v1/push", _push, "Hand changes in, in the order of their mids.",
          wire.Push, wire.PushAnswer),
    Route("GET", "/v1/pull", _pull, "The rows of a stream beyond a revision.",
          gives=wire.PullAnswer,
          query=(_STREAM, Query("epoch", _EPOCH), Query("since", _COUNT), _LIMIT)),
    Route("GET", "/v1/snapshot", _snapshot, "Everything that lives in a stream; resumable.",
          gives=wire.PullAnswer,
          query=(_STREAM, Query("epoch", _EPOCH, required=False),
                 Query("since", _COUNT, required=False), Query("at", _COUNT, required=False),
                 _LIMIT)),
    Route("POST", "/v1/digest", _digest, "The centre's digests of streams, to compare.",
          wire.DigestRequest, wire.DigestAnswer),
    Route("HEAD", _BLOB, _blob_head, "How much of an attachment is there (Upload-Offset).",
          others={404: "Not, or not all of it."}),
    Route("GET", _BLOB, _blob_get, "A part of an attachment.",
          query=(Query("offset", _COUNT, required=False),), others={404: "It is not there."},
          gives_bytes=True),
    Route("PUT", _BLOB, _blob_put, "Hand a part of an attachment in.",
          query=(Query("offset", _COUNT), Query("size", _COUNT)),
          others={202: "Go on at Upload-Offset."}),
    Route("POST", "/v1/bundle", _bundle, "Hand in the bundle of another PC of the station.",
          gives_bytes=True),
    Route("POST", "/v1/quarantine", _quarantine, "A revoked PC hands in what it still has.",
          wire.Push, status=202),
)  # fmt: skip
