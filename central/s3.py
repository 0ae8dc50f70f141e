"""Attachments in an S3-compatible store: one object a part, signed with AWS Signature 4."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import quote, urlencode, urlsplit

import httpx

from central.blobstore import Damaged, Seal, place
from central.config import Bucket
from central.refused import Refused
from db.wire import Problem

#: A store that does not answer is busy; the station comes back by itself.
_PATIENCE = httpx.Timeout(30.0, connect=5.0)
_RETRY_SECONDS = 30.0
_TRIES = 3
_KEY = re.compile(rb"<Key>([^<]+)</Key>")


def signed_headers(
    bucket: Bucket,
    method: str,
    url: str,
    body: bytes,
    at: datetime,
    more: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The headers that let a request pass; ``url`` is quoted already and its query in order."""
    address = urlsplit(url)
    moment, day = at.strftime("%Y%m%dT%H%M%SZ"), at.strftime("%Y%m%d")
    digest = sha256(body).hexdigest()
    headers = {"host": address.netloc, "x-amz-content-sha256": digest, "x-amz-date": moment}
    headers |= more or {}
    names = sorted(headers)
    lines = [method, address.path, address.query, *(f"{name}:{headers[name]}" for name in names),
             "", ";".join(names), digest]  # fmt: skip
    scope = f"{day}/{bucket.region}/s3/aws4_request"
    canonical = sha256("\n".join(lines).encode()).hexdigest()
    key = b"AWS4" + bucket.secret.encode()
    for word in (day, bucket.region, "s3", "aws4_request"):
        key = hmac.digest(key, word.encode(), "sha256")
    said = "\n".join(["AWS4-HMAC-SHA256", moment, scope, canonical])
    signature = hmac.digest(key, said.encode(), "sha256").hex()
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={bucket.key_id}/{scope},"
        f"SignedHeaders={';'.join(names)},Signature={signature}"
    )
    return headers


class S3Store:
    """Objects ``{place}/{offset}``: a part is one object, replaced whole if it is sent again."""

    def __init__(
        self,
        bucket: Bucket,
        key: bytes,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._bucket = bucket
        self._seal = Seal(key)
        self._clock = clock
        self._http = httpx.Client(timeout=_PATIENCE, follow_redirects=False)

    def put(self, stream_id: str, name: str, offset: int, part: bytes) -> None:
        """Store the part. Raises Refused(BUSY) if the store does not take it."""
        sealed = self._seal.close(stream_id, name, offset, part)
        self._ask("PUT", _object(stream_id, name, offset), sealed)

    def parts(self, stream_id: str, name: str, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """The parts from the one that holds ``start``: at once if one begins there."""
        sealed = self._ask("GET", _object(stream_id, name, start))
        offset = start if sealed is not None else 0
        if sealed is None:
            sealed = self._ask("GET", _object(stream_id, name, 0))
        if sealed is None:
            raise Damaged(name)
        while sealed is not None:
            part = self._seal.open(stream_id, name, offset, sealed)
            if offset + len(part) > start:
                yield offset, part
            offset += len(part)
            sealed = self._ask("GET", _object(stream_id, name, offset))

    def remove(self, stream_id: str, name: str) -> None:
        """Remove every object of the attachment, those of abandoned attempts too."""
        prefix = urlsplit(self._bucket.url).path.lstrip("/").partition("/")[2]
        folder = f"{place(stream_id, name)}/"
        query = {"list-type": "2", "prefix": f"{prefix}/{folder}" if prefix else folder}
        while found := _KEY.findall(self._ask("GET", "", query=query) or b""):
            for key in found:
                self._ask("DELETE", folder + key.decode("ascii").rpartition("/")[2])

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def _ask(
        self, method: str, path: str, body: bytes = b"", query: Mapping[str, str] | None = None
    ) -> bytes | None:
        """The answer's body; None if there is no such object."""
        url = self._url(path, query)
        for _ in range(_TRIES):
            headers = signed_headers(self._bucket, method, url, body, self._clock())
            try:
                answer = self._http.request(method, url, headers=headers, content=body)
            except httpx.HTTPError:
                continue
            if answer.status_code == 404 and path and method != "PUT":
                return None
            if answer.is_success:
                return answer.content
            if answer.status_code < 500:
                break
        raise Refused(Problem.BUSY, "the store of attachments", retry_after=_RETRY_SECONDS)

    def _url(self, path: str, query: Mapping[str, str] | None) -> str:
        if query is None:
            return f"{self._bucket.url.rstrip('/')}/{path}"
        # The bucket itself is asked, whatever prefix the objects have.
        address = urlsplit(self._bucket.url)
        bucket = address.path.lstrip("/").partition("/")[0]
        asked = urlencode(sorted(query.items()), quote_via=quote, safe="")
        return f"{address.scheme}://{address.netloc}/{bucket}?{asked}"


def _object(stream_id: str, name: str, offset: int) -> str:
    return f"{place(stream_id, name)}/{offset:012d}"
