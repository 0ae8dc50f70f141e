"""The gateway as a WSGI application: open, check, answer, sign; nothing between requests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from central.card_page import HEADERS, card_page
from central.database import RETRY_SECONDS, Database
from central.observe import Observer
from central.refused import Refused
from central.routes import ROUTES, Answer, Centre, Request, Route
from db import packing, signing
from db.wire import Problem, Refusal, encode

Environ = Mapping[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]

_ENROL = "/v1/enrol"
_CARD = "/C/"
_CHINA = timezone(timedelta(hours=8))
_MOST_KEYS = 50_000


class Gateway:
    """Answers the stations. Several processes of it may stand side by side on one database."""

    def __init__(
        self, centre: Centre, observer: Observer, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._centre = centre
        self._observer = observer
        self._clock = clock
        self._keys = DeviceKeys(centre.database)
        self._routes = {(route.method, route.path): route for route in ROUTES}

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Answer one request; the answer is signed whatever it is."""
        began = time.perf_counter()
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        plain = self._observer.page(method, path)
        if plain is not None:
            start(*plain[:2])
            return [plain[2]]
        try:
            if method in ("GET", "HEAD") and path[:3].upper() == _CARD:
                return self._show_card(start, method, path[3:], began)
            answer = self._answer(environ, method, path)
        except Refused as refused:
            answer = _refusal(refused)
        except psycopg.OperationalError as error:
            # The database is away or restarting: what was asked may or may not have been done.
            self._observer.failed(self._routed(method, path), error)
            answer = _refusal(Refused(Problem.BUSY, retry_after=RETRY_SECONDS))
        except Exception as error:
            self._observer.failed(self._routed(method, path), error)
            answer = Answer(status=500)
        self._observer.answered(self._routed(method, path), answer.status, began)
        return self._send(environ, start, answer)

    def _show_card(
        self, start: StartResponse, method: str, written: str, began: float
    ) -> Iterable[bytes]:
        """The page for residents behind a duty card's code: neither signed for nor signed."""
        today = datetime.fromtimestamp(self._clock(), _CHINA).date()
        status, html = card_page(self._centre.database, written, today)
        self._observer.answered(_CARD, int(status[:3]), began)
        start(status, [*HEADERS, ("content-length", str(len(html)))])
        return [b"" if method == "HEAD" else html]

    def close(self) -> None:
        """Let the database and the attachments go."""
        self._centre.close()

    def _routed(self, method: str, path: str) -> str:
        """The route's own path: addresses with hashes in them stay out of logs and metrics."""
        route = self._find(method, path)
        return route[0].path if route else "-"

    def _find(self, method: str, path: str) -> tuple[Route, str] | None:
        route = self._routes.get((method, path))
        if route:
            return route, ""
        folder, _, name = path.rpartition("/")
        route = self._routes.get((method, folder + "/{sha256}"))
        return (route, name) if route and name else None

    def _answer(self, environ: Environ, method: str, path: str) -> Answer:
        found = self._find(method, path)
        if found is None:
            known = {route for _, route in self._routes}
            status = 405 if path in known or path.rpartition("/")[0] == "/v1/blob" else 404
            return Answer(Refusal(Problem.MALFORMED, "no such message"), status=status)
        body = self._read(environ)
        signed_by = self._check(environ, method, path, body)
        opened = self._open(environ, body)
        query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
        return found[0].handler(self._centre, Request(signed_by, query, opened, found[1]))

    def _read(self, environ: Environ) -> bytes:
        limit = self._centre.settings.sent_limit
        said = environ.get("CONTENT_LENGTH") or ""
        length = int(said) if said.isascii() and said.isdigit() else None
        if length is not None and length > limit:
            raise Refused(Problem.TOO_LARGE)
        if length is None and not environ.get("HTTP_TRANSFER_ENCODING"):
            return b""
        wanted = limit + 1 if length is None else length
        body = bytes(environ["wsgi.input"].read(wanted))
        if len(body) > limit:
            raise Refused(Problem.TOO_LARGE)
        return body

    def _open(self, environ: Environ, body: bytes) -> bytes:
        coding = environ.get("HTTP_CONTENT_ENCODING", "")
        try:
            return packing.unpack(body, coding, self._centre.settings.opened_limit)
        except packing.Oversize:
            raise Refused(Problem.TOO_LARGE) from None
        except packing.BadPacking:
            raise Refused(Problem.MALFORMED, "the body cannot be opened") from None

    def _check(self, environ: Environ, method: str, path: str, body: bytes) -> str:
        query = environ.get("QUERY_STRING", "")
        target = f"{path}?{query}" if query else path
        headers = {
            name: environ.get("HTTP_" + name.upper().replace("-", "_"), "")
            for name in ("signature", "signature-input", "content-digest")
        }
        try:
            claim = signing.read_request(method, target, headers, body)
            signing.check(self._keys.find(claim.keyid, path == _ENROL), claim)
        except signing.BadSignature as error:
            raise Refused(Problem.UNSIGNED, str(error)) from None
        now = self._clock()
        if abs(now - claim.created) > signing.WINDOW_SECONDS:
            raise Refused(Problem.STALE, server_time=_iso(now))
        return claim.keyid

    def _send(self, environ: Environ, start: StartResponse, answer: Answer) -> Iterable[bytes]:
        raw = encode(answer.message) if answer.message is not None else answer.body
        body, coding = packing.pack(raw) if answer.message is not None else (raw, "")
        headers = [("content-type", "application/json" if answer.message is not None
                    else "application/octet-stream"), *answer.headers]  # fmt: skip
        if coding:
            headers.append(("content-encoding", coding))
        if isinstance(answer.message, Refusal) and answer.message.retry_after:
            headers.append(("retry-after", str(round(answer.message.retry_after))))
        asked = environ.get("HTTP_SIGNATURE", "")
        if not asked.isascii():
            asked = ""  # no device signs so
        if environ["REQUEST_METHOD"] == "HEAD":
            body = b""
        signed = signing.sign_answer(
            self._centre.keys.sign, answer.status, asked, body, created=int(self._clock())
        )
        headers += signed.items()
        headers.append(("content-length", str(len(body))))
        start(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [body]


class DeviceKeys:
    """The public keys of devices. A device's key never changes, so that it may be kept."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, Ed25519PublicKey] = {}

    def find(self, keyid: str, enrolling: bool) -> Ed25519PublicKey:
        """The key behind ``keyid``. Raises Refused(UNKNOWN), BadSignature."""
        known = self._known.get(keyid)
        if known is not None and not enrolling:
            return known
        try:
            raw = bytes.fromhex(keyid) if enrolling else self._fetch(UUID(hex=keyid))
            key = Ed25519PublicKey.from_public_bytes(raw)
        except ValueError:
            raise signing.BadSignature("no such key") from None
        if not enrolling:
            if len(self._known) >= _MOST_KEYS:
                self._known.clear()
            self._known[keyid] = key
        return key

    def _fetch(self, device: UUID) -> bytes:
        with self._database.connection() as connection:
            row = connection.execute("SELECT device_key(%s)", [device]).fetchone()
        if row is None or row[0] is None:
            raise Refused(Problem.UNKNOWN)
        return bytes(row[0])


def _refusal(refused: Refused) -> Answer:
    return Answer(refused.refusal, status=refused.status)


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()
