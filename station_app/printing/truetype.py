"""A TrueType file read where it lies: glyph of a character, its width, and a subset to embed.

reportlab's own reader builds a dictionary of every character first, which costs a tenth of a
second and megabytes a font; here the file is mapped and only what is asked for is read.
Tables as in the OpenType specification 1.9.
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from struct import pack, unpack, unpack_from
from sys import byteorder

_COPIED = ("cvt ", "fpgm", "prep")
_ARGS_ARE_WORDS, _HAS_SCALE, _MORE, _HAS_XY_SCALE, _HAS_MATRIX = 1, 8, 32, 64, 128


class TrueTypeFile:
    """One font file. ``ascent``, ``descent`` and ``bbox`` are in thousandths of an em."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._tables = self._directory()
        head, hhea = self._tables["head"][0], self._tables["hhea"][0]
        self.units: int = unpack_from(">H", self._data, head + 18)[0]
        box = unpack_from(">4h", self._data, head + 36)
        ascent, descent = unpack_from(">2h", self._data, hhea + 4)
        self.bbox = tuple(self._thousandths(one) for one in box)
        self.ascent, self.descent = self._thousandths(ascent), self._thousandths(descent)
        (self._long_loca,) = unpack_from(">h", self._data, head + 50)
        (self._metrics,) = unpack_from(">H", self._data, hhea + 34)
        self._starts, self._ends, self._glyphs = self._character_groups()

    def glyph(self, code: int) -> int:
        """The glyph of the character ``code``, 0 if the font has none."""
        place = bisect_right(self._starts, code) - 1
        if place < 0 or code > self._ends[place]:
            return 0
        return self._glyphs[place] + code - self._starts[place]

    def advance(self, glyph: int) -> int:
        """The width of ``glyph`` in thousandths of an em."""
        return self._thousandths(self._metric(glyph)[0])

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """A font file whose glyph *n* is ``glyphs[n]``; parts of composed glyphs follow after."""
        kept, new = list(glyphs), {old: place for place, old in reversed(list(enumerate(glyphs)))}
        # ``kept`` grows while it is walked: a part may itself be composed.
        outlines = [self._renumbered(old, kept, new) for old in kept]
        offsets = [0]
        for outline in outlines:
            offsets.append(offsets[-1] + len(outline))
        metrics = b"".join(pack(">Hh", *self._metric(old)) for old in kept)
        tables = {tag: self._table(tag) for tag in _COPIED if tag in self._tables}
        tables["head"] = _patched(_patched(self._table("head"), 50, pack(">h", 1)), 8, bytes(4))
        tables["hhea"] = _patched(self._table("hhea"), 34, pack(">H", len(kept)))
        tables["maxp"] = _patched(self._table("maxp"), 4, pack(">H", len(kept)))
        tables |= {"hmtx": metrics, "glyf": b"".join(outlines), "loca": _longs(offsets)}
        return _assembled(tables)

    def _thousandths(self, units: int) -> int:
        return round(units * 1000 / self.units)

    def _directory(self) -> dict[str, tuple[int, int]]:
        (count,) = unpack_from(">H", self._data, 4)
        rows = (unpack_from(">4s3L", self._data, 12 + 16 * one) for one in range(count))
        return {tag.decode("ascii"): (offset, length) for tag, _, offset, length in rows}

    def _table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def _character_groups(self) -> tuple[array[int], array[int], array[int]]:
        """Starts, ends and first glyphs of the groups of the cmap that reaches beyond the BMP."""
        base = self._tables["cmap"][0]
        (count,) = unpack_from(">H", self._data, base + 2)
        for one in range(count):
            (offset,) = unpack_from(">L", self._data, base + 4 + 8 * one + 4)
            (layout,) = unpack_from(">H", self._data, base + offset)
            if layout == 12:
                (groups,) = unpack_from(">L", self._data, base + offset + 12)
                begin = base + offset + 16
                numbers = _big_endian(self._data[begin : begin + 12 * groups], "I")
                return numbers[0::3], numbers[1::3], numbers[2::3]
        raise ValueError("no character map of format 12")

    def _metric(self, glyph: int) -> tuple[int, int]:
        """Width and left side bearing in font units."""
        base, last = self._tables["hmtx"][0], self._metrics - 1
        if glyph <= last:
            width, bearing = unpack_from(">Hh", self._data, base + 4 * glyph)
            return width, bearing
        (width,) = unpack_from(">H", self._data, base + 4 * last)
        (bearing,) = unpack_from(">h", self._data, base + 4 * last + 4 + 2 * (glyph - last - 1))
        return width, bearing

    def _outline(self, glyph: int) -> bytes:
        loca, glyf = self._tables["loca"][0], self._tables["glyf"][0]
        if self._long_loca:
            begin, end = unpack_from(">2L", self._data, loca + 4 * glyph)
        else:
            begin, end = (2 * one for one in unpack_from(">2H", self._data, loca + 2 * glyph))
        return self._data[glyf + begin : glyf + end]

    def _renumbered(self, glyph: int, kept: list[int], new: dict[int, int]) -> bytes:
        """The outline with the numbers of its parts made new; unknown parts join ``kept``."""
        outline = bytearray(self._outline(glyph))
        if len(outline) > 10 and unpack_from(">h", outline)[0] < 0:
            place, flags = 10, _MORE
            while flags & _MORE:
                flags, part = unpack_from(">2H", outline, place)
                if part not in new:
                    new[part] = len(kept)
                    kept.append(part)
                outline[place + 2 : place + 4] = pack(">H", new[part])
                place += 4 + _argument_bytes(flags)
        outline += bytes(-len(outline) % 4)
        return bytes(outline)


def _argument_bytes(flags: int) -> int:
    size = 4 if flags & _ARGS_ARE_WORDS else 2
    if flags & _HAS_SCALE:
        return size + 2
    if flags & _HAS_XY_SCALE:
        return size + 4
    return size + 8 if flags & _HAS_MATRIX else size


def _big_endian(data: bytes, typecode: str) -> array[int]:
    numbers = array(typecode, data)
    if byteorder == "little":
        numbers.byteswap()
    return numbers


def _longs(numbers: Sequence[int]) -> bytes:
    return pack(f">{len(numbers)}L", *numbers)


def _patched(table: bytes, offset: int, value: bytes) -> bytes:
    return table[:offset] + value + table[offset + len(value) :]


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    return int(sum(unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF)


def _assembled(tables: dict[str, bytes]) -> bytes:
    """A whole font file: the directory ordered by tag, every table at a multiple of four."""
    count, power = len(tables), len(tables).bit_length() - 1
    header = pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    offset, directory, body = 12 + 16 * count, b"", b""
    for tag in sorted(tables):
        data = tables[tag]
        directory += pack(">4s3L", tag.encode(), _checksum(data), offset + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    whole = header + directory + body
    adjustment = (0xB1B0AFBA - _checksum(whole)) & 0xFFFFFFFF
    head = unpack_from(">L", directory, 16 * sorted(tables).index("head") + 8)[0]
    return _patched(whole, head + 8, pack(">L", adjustment))
