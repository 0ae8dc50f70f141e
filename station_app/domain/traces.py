"""Takes out of photos and documents what tells where, when and by whom they were made.

The picture itself stays as it was, byte by byte; only what is told beside it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_SCAN, _END = 0xDA, 0xD9
_EXIF, _PROFILE = b"Exif\x00\x00", b"ICC_PROFILE\x00"
#: Segments that only tell about a picture: the APPn but JFIF and Adobe's, and comments.
_TELLING = frozenset({*range(0xE1, 0xF0), 0xFE}) - {0xEE}
_ORIENTATION, _GPS = 0x0112, 0x8825
#: Chunks that a PNG is drawn with; those in capitals a reader must know, and they stay too.
_PNG_DRAWN = frozenset({b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"})
_WEBP_DRAWN = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)


def jpeg_without_traces(jpeg: bytes) -> bytes:
    """A JPEG with its picture, its colours and which way is up, and nothing after its end.

    What follows the end is often a second picture with a place of its own. Raises ValueError for
    what is no whole JPEG.
    """
    if not jpeg.startswith(_JPEG):
        raise ValueError("no JPEG")
    out, at, turned = bytearray(_JPEG), 2, 1
    while True:
        marker, at = _marker(jpeg, at)
        if marker == _END:
            out += b"\xff\xd9"
            return bytes(_turned(out, turned))
        end = at + int.from_bytes(jpeg[at : at + 2], "big")
        if end < at + 2 or end > len(jpeg):
            raise ValueError("a broken JPEG")
        payload = jpeg[at + 2 : end]
        if marker == 0xE1 and payload.startswith(_EXIF):
            turned = next(_values(payload[6:], _ORIENTATION), 1)
        if marker not in _TELLING or (marker == 0xE2 and payload.startswith(_PROFILE)):
            out += jpeg[at - 2 : end]
        at = end
        if marker == _SCAN:
            at = _scanned(jpeg, at)
            out += jpeg[end:at]


def png_without_traces(png: bytes) -> bytes:
    """A PNG with only the chunks it is drawn with. Raises ValueError for what is no whole PNG."""
    out, at = bytearray(_PNG), 8
    while at + 12 <= len(png):
        name = png[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(png[at : at + 4], "big")
        if end > len(png):
            break
        if name[:1].isupper() or name in _PNG_DRAWN:
            out += png[at:end]
        if name == b"IEND":
            return bytes(out)
        at = end
    raise ValueError("a broken PNG")


def webp_without_traces(webp: bytes) -> bytes:
    """A WebP with only the chunks it is drawn with. Raises ValueError for a broken one."""
    whole = 8 + int.from_bytes(webp[4:8], "little")
    out, at = bytearray(), 12
    while at + 8 <= whole:
        name, size = webp[at : at + 4], int.from_bytes(webp[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if end > len(webp):
            break
        if name in _WEBP_DRAWN:
            part = bytearray(webp[at:end])
            if name == b"VP8X":
                part[8] &= ~0x0C & 0xFF  # it says whether Exif and XMP follow
            out += part
        at = end
    if at < whole or not out:
        raise ValueError("a broken WebP")
    return b"RIFF" + (4 + len(out)).to_bytes(4, "little") + b"WEBP" + bytes(out)


def pdf_without_places(pdf: bytes) -> bytes:
    """A PDF in which the photos of a telephone no longer tell their place.

    What told it is blanked where it stands, so that every offset holds; what tells no place is
    left alone, for a signed document must stay as it was signed.
    """
    out = bytearray(pdf)
    at = out.find(_EXIF)
    while at >= 0:
        if at >= 4 and out[at - 4 : at - 2] == b"\xff\xe1":
            end = at - 2 + int.from_bytes(out[at - 2 : at], "big")
            if next(_values(bytes(out[at + 6 : end]), _GPS), 0):
                out[at:end] = bytes(len(out[at:end]))
        at = out.find(_EXIF, at + 1)
    for packet in _PACKET.finditer(pdf):
        if b"GPS" in packet.group():
            out[packet.start() : packet.end()] = b" " * len(packet.group())
    return bytes(out)


def _marker(jpeg: bytes, at: int) -> tuple[int, int]:
    """The marker at ``at`` and where its segment begins."""
    while at + 1 < len(jpeg) and jpeg[at] == 0xFF:
        if jpeg[at + 1] != 0xFF:  # not a fill byte
            return jpeg[at + 1], at + 2
        at += 1
    raise ValueError("a broken JPEG")


def _scanned(jpeg: bytes, at: int) -> int:
    """Where the coded picture that begins at ``at`` ends."""
    while True:
        at = jpeg.find(b"\xff", at)
        if at < 0 or at + 1 >= len(jpeg):
            raise ValueError("a JPEG that was cut off")
        if jpeg[at + 1] != 0 and not 0xD0 <= jpeg[at + 1] <= 0xD7:
            return at
        at += 2


def _values(tiff: bytes, wanted: int) -> Iterator[int]:
    """The value of a short or long tag in the first directory of Exif data."""
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if order == "little" else "big")

    first = number(4, 4)
    for place in range(number(first, 2)):
        at = first + 2 + 12 * place
        if at + 12 > len(tiff):
            return
        if number(at, 2) == wanted:
            yield number(at + 8, 2 if number(at + 2, 2) == 3 else 4)


def _turned(jpeg: bytearray, turned: int) -> bytearray:
    """``jpeg`` with a mark that says which way is up, and nothing else."""
    if not 2 <= turned <= 8:
        return jpeg
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + turned.to_bytes(2, "big") + b"\x00\x00"
    told = _EXIF + b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + entry + bytes(4)
    mark = b"\xff\xe1" + (len(told) + 2).to_bytes(2, "big") + told
    return jpeg[:2] + mark + jpeg[2:]
