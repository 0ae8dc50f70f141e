"""How bodies are made small on the wire, and opened without trusting their size."""

from __future__ import annotations

import zlib

#: Fast rather than small: at level 1 compressing costs a tenth of what sending saves.
LEVEL = 1
#: Smaller bodies are sent as they are.
WORTHWHILE = 1024
_GZIP = 31


class Oversize(Exception):
    """A body that would be larger than allowed once opened."""


class BadPacking(Exception):
    """A body that cannot be opened."""


def pack(body: bytes) -> tuple[bytes, str]:
    """``body`` as it is sent, and its content coding ("gzip", or "" for as it is)."""
    if len(body) < WORTHWHILE:
        return body, ""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    return packer.compress(body) + packer.flush(), "gzip"


def unpack(body: bytes, coding: str, limit: int) -> bytes:
    """The body that was sent; ``limit`` in bytes. Raises Oversize, BadPacking."""
    if coding in ("", "identity"):
        if len(body) > limit:
            raise Oversize
        return body
    if coding != "gzip":
        raise BadPacking(coding)
    opener = zlib.decompressobj(_GZIP)
    try:
        opened = opener.decompress(body, limit)
    except zlib.error as error:
        raise BadPacking(str(error)) from None
    if opener.unconsumed_tail:
        raise Oversize
    if not opener.eof or opener.unused_data:
        raise BadPacking("cut or followed by something")
    return opened
