"""Text tables (.csv, .txt): encoding, separator and rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from station_app.errors import ExchangeFault
from station_app.exchange.sheet import Sheet, check_size
from station_app.i18n import tr

_SEPARATORS = ",\t;"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_MARKUP = re.compile(r"\s*<(!doctype|html|head|table|meta|\?xml)", re.IGNORECASE)

#: Characters that Python's codec still puts into the private area although GB 18030-2022 (the
#: first ten and eight) and Unicode's notes to GB 18030 (the last six) give them real code points.
_GB18030_2022 = str.maketrans(
    "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796"
    "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864"
    "\ue816\ue817\ue818\ue831\ue83b\ue855",
    "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19"
    "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb"
    "\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe",
)


def read_delimited(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The one sheet of a text table; ExchangeFault if ``data`` is no text."""
    text = _decoded(data)
    if _MARKUP.match(text):
        raise ExchangeFault(
            tr("This is a web page and no spreadsheet. Open it in WPS and save it as .xlsx.")
        )
    rows = _rows(text, _separator(text))
    while rows and not any(rows[-1]):
        rows.pop()
    check_size(len(rows), max(map(len, rows), default=0))
    return (Sheet(name, rows, exact=False),)


def _decoded(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        return text.translate(_GB18030_2022) if encoding == "gb18030" else text
    raise ExchangeFault(
        tr("This is no spreadsheet. Files ending in .xlsx, .xls, .ods and .csv can be read.")
    )


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # what WPS calls “Unicode text”
        return ("utf-16",)
    return ("utf-8-sig", "gb18030")


def _separator(text: str) -> str:
    """The separator that cuts most of the first lines into equally many cells."""
    head = "\n".join(text.splitlines()[:60])

    def evenness(separator: str) -> int:
        widths = Counter(len(row) for row in _rows(head, separator) if len(row) > 1)
        return max((count * (width - 1) for width, count in widths.items()), default=0)

    return max(_SEPARATORS, key=evenness)


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        # newline=None makes \r\n and \r one line end, also inside quoted cells
        return list(csv.reader(io.StringIO(text, newline=None), delimiter=separator))
    except csv.Error:
        raise ExchangeFault(tr("This text table is damaged and cannot be read.")) from None
