"""A small S3: it keeps objects in memory and checks Signature 4 with code of its own."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

KEY_ID, SECRET, REGION, BUCKET = "AKIATEST", "not/really+secret", "cn-north-1", "photos"
_CREDENTIAL = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<id>[^/]+)/(?P<scope>[^,]+),"
    r"\s*SignedHeaders=(?P<names>[^,]+),\s*Signature=(?P<signature>[0-9a-f]{64})"
)


class SmallS3(ThreadingHTTPServer):
    """``objects`` by key. ``faults`` are statuses that the next requests get instead."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.faults: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{BUCKET}"


@contextmanager
def small_s3() -> Iterator[SmallS3]:
    server = SmallS3()
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: SmallS3
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_PUT(self) -> None:
        body = self._body()
        if self._passes(body):
            self.server.objects[self._key()] = body
            self._answer(200)

    def do_GET(self) -> None:
        if not self._passes(self._body()):
            return
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            found = sorted(one for one in self.server.objects if one.startswith(query["prefix"][0]))
            keys = "".join(f"<Contents><Key>{one}</Key></Contents>" for one in found)
            self._answer(200, f"<ListBucketResult>{keys}</ListBucketResult>".encode())
        elif self._key() in self.server.objects:
            self._answer(200, self.server.objects[self._key()])
        else:
            self._answer(404)

    def do_DELETE(self) -> None:
        if self._passes(self._body()):
            self.server.objects.pop(self._key(), None)
            self._answer(204)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("content-length") or 0))

    def _key(self) -> str:
        bucket, _, key = urlsplit(self.path).path[1:].partition("/")
        assert bucket == BUCKET
        return key

    def _passes(self, body: bytes) -> bool:
        if self.server.faults:
            self._answer(self.server.faults.pop(0))
            return False
        if not self._signed(body):
            self._answer(403)
            return False
        return True

    def _signed(self, body: bytes) -> bool:
        said = _CREDENTIAL.fullmatch(self.headers.get("authorization", ""))
        digest = hashlib.sha256(body).hexdigest()
        if not said or said["id"] != KEY_ID or self.headers["x-amz-content-sha256"] != digest:
            return False
        names = said["names"].split(";")
        if not {"host", "x-amz-content-sha256", "x-amz-date"} <= set(names):
            return False
        path, _, query = self.path.partition("?")
        lines = "".join(f"{name}:{self.headers[name].strip()}\n" for name in names)
        request = f"{self.command}\n{path}\n{query}\n{lines}\n{said['names']}\n{digest}"
        hashed = hashlib.sha256(request.encode()).hexdigest()
        wanted = f"AWS4-HMAC-SHA256\n{self.headers['x-amz-date']}\n{said['scope']}\n{hashed}"
        key = f"AWS4{SECRET}".encode()
        day = self.headers["x-amz-date"][:8]
        if said["scope"] != f"{day}/{REGION}/s3/aws4_request":
            return False
        for word in said["scope"].split("/"):
            key = hmac.new(key, word.encode(), hashlib.sha256).digest()
        made = hmac.new(key, wanted.encode(), hashlib.sha256).hexdigest()
        return hmac.compare_digest(made, said["signature"])

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """A test's output is its result."""
