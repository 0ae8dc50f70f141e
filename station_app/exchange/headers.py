"""Finding the header of a sheet and what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from station_app.exchange.cells import dictionary, is_blank, plain, share, tidy
from station_app.exchange.sheet import Sheet, Value, text_of

#: Rows from the top among which a header is looked for, rows of one header, cells looked at below.
_DEPTH, _TALLEST, _SAMPLE = 60, 3, 200
_EXACT, _WEAK, _PART, _UPPER = 1.0, 0.6, 0.5, 0.8

#: A row with a single telling head is a header only if it has this many heads.
_FEWEST = 3

#: Tells from one cell whether a column can have a meaning.
Check = Callable[[Value], bool]


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """One column: ``index`` from 0, its ``head`` as written, its ``field`` or None.

    ``confidence`` from 0 to 1; a column that the operator set has 1.
    """

    index: int
    head: str
    field: str | None
    confidence: float

    @property
    def letter(self) -> str:
        """The column's letters as the spreadsheet program shows them."""
        letters, number = "", self.index + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters


class Header(NamedTuple):
    """A header: its rows (indexes from 0, maybe none), each column's texts from top to bottom."""

    rows: range
    heads: tuple[tuple[str, ...], ...]
    score: float


@dataclass(frozen=True, slots=True)
class HeadWords:
    """Which heads mean which field. ``ticked``: only if the cells below agree."""

    exact: Mapping[str, tuple[str, float]]
    ticked: Mapping[str, str]
    parts: tuple[tuple[str, str], ...]
    under: Mapping[str, str]

    def meaning(self, heads: tuple[str, ...]) -> tuple[str | None, float]:
        """Field and confidence for a column whose header cells are ``heads``, top first."""
        words = [word for word in map(_bare, heads) if word]
        if not words:
            return None, 0.0
        below = self._under(words if len(words) > 1 else [*map(_bare, heads[-1].split())])
        if below:
            return below, _EXACT
        for word in dict.fromkeys((words[-1], "".join(words))):
            if word in self.exact:
                return self.exact[word]
            if word in self.ticked:
                return self.ticked[word], _WEAK
        return self._looser(words)

    def _under(self, words: Sequence[str]) -> str | None:
        """``市`` below ``代表层级`` is surely a level, wherever else it might be a city."""
        child = self.ticked.get(words[-1]) or self.exact.get(words[-1], ("", 0.0))[0]
        for word in words[:-1]:
            prefix = self.under.get(self.exact.get(word, ("", 0.0))[0])
            if prefix and child.startswith(prefix):
                return child
        return None

    def _looser(self, words: Sequence[str]) -> tuple[str | None, float]:
        for part, field in self.parts:
            if part in words[-1] and len(words[-1]) <= len(part) + 8:
                return field, _PART
        for word in reversed(words[:-1]):
            if word in self.exact:
                field, sure = self.exact[word]
                return field, sure * _UPPER
        return None, 0.0


@cache
def head_words(name: str) -> HeadWords:
    """The heads of ``resources/dictionaries/<name>.json``."""
    data: dict[str, Any] = dictionary(name)
    exact: dict[str, tuple[str, float]] = {}
    ticked: dict[str, str] = {}
    parts: list[tuple[str, str]] = []
    for field, words in data["fields"].items():
        exact |= {plain(word): (field, _WEAK) for word in words.get("weak", ())}
        exact |= {plain(word): (field, _EXACT) for word in words.get("heads", ())}
        ticked |= {plain(word): field for word in words.get("ticked", ())}
        parts += [(plain(word), field) for word in words.get("parts", ())]
    return HeadWords(exact, ticked, tuple(parts), data["under"])


def find_header(sheet: Sheet, words: HeadWords, *, row: int | None = None) -> Header:
    """The best header of ``sheet``; with ``row`` (index from 0) the best that begins there.

    Without any likely one the header has no rows and a score of 0.
    """
    starts = range(min(len(sheet.rows), _DEPTH)) if row is None else range(row, row + 1)
    best = Header(range(0), ((),) * sheet.width, 0.0)
    if row is not None:
        best = _header(sheet, words, range(row, row + 1))
    for start in starts:
        for tall in range(1, min(_TALLEST, len(sheet.rows) - start) + 1):
            found = _header(sheet, words, range(start, start + tall))
            # of equals the lowest: a title above adds rows but no meaning
            if (found.score, -tall) > (best.score, -len(best.rows)):
                best = found
    return best


def read_columns(
    sheet: Sheet, header: Header, words: HeadWords, checks: Mapping[str, Check]
) -> tuple[ColumnMeaning, ...]:
    """What every column seems to mean, by its head and by the cells below it."""
    first = header.rows.stop
    meanings = []
    for index, heads in enumerate(header.heads):
        cells = _sample(sheet, index, first)
        field, sure = _supported(*words.meaning(heads), cells, checks)
        meanings.append(ColumnMeaning(index, " ".join(heads), field, round(sure, 2)))
    return tuple(meanings)


def _header(sheet: Sheet, words: HeadWords, rows: range) -> Header:
    heads = _heads(sheet, rows)
    best: dict[str, float] = {}
    for texts in heads:
        field, sure = words.meaning(texts)
        if field and sure > best.get(field, 0.0):
            best[field] = sure
    lone = _EXACT in best.values() and sum(map(bool, heads)) >= _FEWEST
    likely = best.get("name") == _EXACT or len(best) > 1 or lone
    return Header(rows, heads, sum(best.values()) + ("name" in best) if likely else 0.0)


def _heads(sheet: Sheet, rows: range) -> tuple[tuple[str, ...], ...]:
    """The header texts above each column; a merged or carried-over one counts for all below it."""
    lines = [[tidy(text) for text in sheet.texts(row)] for row in rows]
    for line in lines:
        line += [""] * (sheet.width - len(line))
    for span in sheet.spans:
        if span.top in rows and span.left < span.right and span.left < sheet.width:
            line = lines[span.top - rows.start]
            right = min(span.right, sheet.width - 1)
            line[span.left : right + 1] = [line[span.left]] * (right - span.left + 1)
    for upper, lower in pairwise(lines):
        for index in range(1, sheet.width):
            if lower[index] and not upper[index]:
                upper[index] = upper[index - 1]
    return tuple(tuple(dict.fromkeys(filter(None, texts))) for texts in zip(*lines, strict=True))


def _supported(
    field: str | None, sure: float, cells: Sequence[Value], checks: Mapping[str, Check]
) -> tuple[str | None, float]:
    """Let the cells confirm, refute or (without a telling head) give the meaning."""
    if field is None:
        return _guessed(cells, checks)
    check = checks.get(field)
    if not cells:  # below a merged head only one column is filled: that one counts more
        return field, 0.7 * sure
    if check is None:
        return field, sure
    agree = share(map(check, cells))
    if sure <= _WEAK and agree < 0.3:
        return _guessed(cells, checks)
    return field, 0.7 * sure + 0.3 * agree


def _guessed(cells: Sequence[Value], checks: Mapping[str, Check]) -> tuple[str | None, float]:
    """Only what cannot be mistaken: phones, genders and ethnic groups speak for themselves."""
    for field in ("phone", "gender", "ethnicity"):
        if field in checks and len(cells) > 1 and share(map(checks[field], cells)) >= 0.7:
            return field, 0.4
    return None, 0.0


def _sample(sheet: Sheet, column: int, first: int) -> list[Value]:
    cells: list[Value] = []
    for row in range(first, len(sheet.rows)):
        value = sheet.value(row, column)
        if not is_blank(text_of(value)):
            cells.append(value)
        if len(cells) == _SAMPLE:
            break
    return cells


@lru_cache(maxsize=4096)
def _bare(head: str) -> str:
    """A head for comparing: without blanks, remarks in brackets and signs around it."""
    word = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】", "", plain(head))
    return re.sub(r"[\s\W_]+", "", word)
