"""Read a list of stations from a CSV file: a county's stations are not typed one by one."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import NamedTuple

from central.roster import text_of

#: What a column may be called → what it says of a station.
COLUMNS = {
    "代码": "code", "站代码": "code", "code": "code",
    "名称": "name", "站名": "name", "联络站": "name", "name": "name",
    "区域": "region", "区域代码": "region", "region": "region",
}  # fmt: skip
_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


class Line(NamedTuple):
    """One station of the file."""

    code: str
    name: str
    region: str


class StationList(NamedTuple):
    """What was read; ``problems`` maps a line of the file to what is wrong with it."""

    stations: list[Line]
    problems: dict[int, str]


class NoColumns(Exception):
    """The file's first line does not name code and name."""


def read_stations(path: Path, region: str) -> StationList:
    """The stations in ``path`` (UTF-8 or GB 18030); ``region`` is for lines that name none.

    Raises NoColumns, OSError.
    """
    rows = csv.reader(io.StringIO(text_of(path)))
    columns = [COLUMNS.get(cell.strip().lower(), "") for cell in next(rows, [])]
    if not {"code", "name"} <= set(columns):
        raise NoColumns
    stations: dict[str, Line] = {}
    problems: dict[int, str] = {}
    for number, cells in enumerate(rows, 2):
        given = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
        line = Line(given.get("code", ""), given.get("name", ""), given.get("region") or region)
        if not any(given.values()):
            continue
        wrong = _wrong(line)
        if line.code in stations:
            wrong = "code"
        if wrong:
            problems[number] = wrong
        else:
            stations[line.code] = line
    return StationList(list(stations.values()), problems)


def _wrong(line: Line) -> str:
    if not _CODE.fullmatch(line.code):
        return "code"
    return "name" if not line.name else "region" if not line.region else ""
