"""Signed messages: RFC 9421 with Ed25519 over RFC 9530 digests, one strict form for both sides."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LABEL = "liaison"
#: What a request's signature covers; the host is left out because proxies change it.
REQUEST = ("@method", "@path", "@query", "content-digest")
ANSWER = ("@status", "content-digest", f'"signature";req;key="{LABEL}"')
#: A signature's age beyond which it is refused; the centre's clock decides.
WINDOW_SECONDS = 900

_PARAMETERS = re.compile(
    r'(?P<list>\([^()]*\));created=(?P<created>\d{1,12});nonce="(?P<nonce>[0-9a-f]{16})"'
    r';keyid="(?P<keyid>[0-9a-z]{1,64})";alg="ed25519"'
)
_SIGNATURE = re.compile(LABEL + r"=:(?P<bytes>[A-Za-z0-9+/]{86}==):")


class BadSignature(Exception):
    """A message that was not signed, not by this key, or changed on its way."""


class Claim(NamedTuple):
    """What a signed message says of itself, before anybody has checked it."""

    keyid: str
    created: int
    base: bytes
    signature: bytes


def content_digest(body: bytes) -> str:
    """The Content-Digest of ``body`` as it is sent (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(sha256(body).digest()).decode()}:"


def signature_base(components: Iterable[tuple[str, str]], parameters: str) -> bytes:
    """The bytes that are signed (RFC 9421 §2.5); a name with parameters comes quoted already."""
    lines = [f"{_quoted(name)}: {value}" for name, value in components]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode("latin-1")


def sign_request(
    key: Ed25519PrivateKey,
    keyid: str,
    method: str,
    target: str,
    body: bytes,
    *,
    created: int,
) -> dict[str, str]:
    """The headers that make a request a signed one. ``target`` is its path with its query."""
    digest = content_digest(body)
    parameters = _parameters(REQUEST, keyid, created)
    base = signature_base(_of_request(method, target, digest), parameters)
    return _headers(digest, parameters, key.sign(base))


def read_request(method: str, target: str, headers: Mapping[str, str], body: bytes) -> Claim:
    """What a request claims; its digest is checked here, its signature by ``check``.

    Raises BadSignature unless it has exactly the form that ``sign_request`` gives it.
    """
    if not target.isascii():
        raise BadSignature("an address is ASCII")
    digest = _checked_digest(headers, body)
    return _claim(headers, REQUEST, _of_request(method, target, digest))


def sign_answer(
    key: Ed25519PrivateKey, status: int, asked: str, body: bytes, *, created: int
) -> dict[str, str]:
    """The headers of the centre's answer to the request whose Signature header is ``asked``."""
    digest = content_digest(body)
    parameters = _parameters(ANSWER, "centre", created)
    base = signature_base(_of_answer(status, digest, asked), parameters)
    return _headers(digest, parameters, key.sign(base))


def check_answer(
    key: Ed25519PublicKey, status: int, asked: str, headers: Mapping[str, str], body: bytes
) -> None:
    """Make sure that the centre gave this answer to that request.

    Raises BadSignature else: somebody else answered, such as a captive portal.
    """
    digest = _checked_digest(headers, body)
    check(key, _claim(headers, ANSWER, _of_answer(status, digest, asked)))


def check(key: Ed25519PublicKey, claim: Claim) -> None:
    """Make sure that ``key`` signed it. Raises BadSignature."""
    try:
        key.verify(claim.signature, claim.base)
    except InvalidSignature:
        raise BadSignature("the signature does not fit") from None


def _claim(
    headers: Mapping[str, str], covered: tuple[str, ...], components: list[tuple[str, str]]
) -> Claim:
    name, _, parameters = headers.get("signature-input", "").partition("=")
    found = _PARAMETERS.fullmatch(parameters)
    signed = _SIGNATURE.fullmatch(headers.get("signature", ""))
    if name != LABEL or not found or not signed or found["list"] != _list(covered):
        raise BadSignature("not signed in the form that is asked for")
    return Claim(
        found["keyid"],
        int(found["created"]),
        signature_base(components, parameters),
        base64.b64decode(signed["bytes"]),
    )


def _checked_digest(headers: Mapping[str, str], body: bytes) -> str:
    digest = content_digest(body)
    if headers.get("content-digest") != digest:
        raise BadSignature("the body is not the one that was signed")
    return digest


def _of_request(method: str, target: str, digest: str) -> list[tuple[str, str]]:
    path, _, query = target.partition("?")
    return list(zip(REQUEST, (method.upper(), path, "?" + query, digest), strict=True))


def _of_answer(status: int, digest: str, asked: str) -> list[tuple[str, str]]:
    value = asked.partition("=")[2]
    return list(zip(ANSWER, (str(status), digest, value), strict=True))


def _parameters(covered: tuple[str, ...], keyid: str, created: int) -> str:
    nonce = secrets.token_hex(8)
    return f'{_list(covered)};created={created};nonce="{nonce}";keyid="{keyid}";alg="ed25519"'


def _list(covered: tuple[str, ...]) -> str:
    return "(" + " ".join(_quoted(name) for name in covered) + ")"


def _quoted(name: str) -> str:
    return name if name.startswith('"') else f'"{name}"'


def _headers(digest: str, parameters: str, signature: bytes) -> dict[str, str]:
    return {
        "content-digest": digest,
        "signature-input": f"{LABEL}={parameters}",
        "signature": f"{LABEL}=:{base64.b64encode(signature).decode()}:",
    }
