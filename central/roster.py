"""Read a roster of deputies from a CSV file, for the deputies of a region (docs/sync.md)."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from central.publish import Wanted
from db.vocabulary import Gender, Level

_NAMESPACE = UUID("6f0b8a6e-1d0c-5f43-9d52-5d0e1a9f9c11")

#: What a column may be called → the field of a deputy.
COLUMNS = {
    "姓名": "name", "name": "name",
    "性别": "gender", "gender": "gender",
    "民族": "ethnicity", "ethnicity": "ethnicity",
    "出生年月": "born_on", "出生日期": "born_on", "born_on": "born_on",
    "层级": "levels", "代表层级": "levels", "levels": "levels",
    "职务": "position", "工作单位及职务": "position", "position": "position",
    "选区": "electoral_unit", "选举单位": "electoral_unit", "electoral_unit": "electoral_unit",
    "代表小组": "deputy_group", "deputy_group": "deputy_group",
    "专业小组": "professional_group", "professional_group": "professional_group",
    "电话": "phone", "手机": "phone", "phone": "phone",
    "备注": "note", "note": "note",
}  # fmt: skip
_GENDERS = {"男": Gender.MALE, "女": Gender.FEMALE, "male": Gender.MALE, "female": Gender.FEMALE}
_LEVELS = {
    "全国": Level.NATIONAL, "国家": Level.NATIONAL, "省": Level.PROVINCIAL, "市": Level.CITY,
    "区": Level.COUNTY, "县": Level.COUNTY, "区县": Level.COUNTY, "县区": Level.COUNTY,
    "乡": Level.TOWNSHIP, "镇": Level.TOWNSHIP, "乡镇": Level.TOWNSHIP,
    **{level.value: level for level in Level},
}  # fmt: skip
_SEPARATORS = str.maketrans("、，;；/ ", ",,,,,,")


class Roster(NamedTuple):
    """What was read; ``problems`` maps a line of the file to what is wrong with it."""

    deputies: list[Wanted]
    problems: dict[int, str]


class NoNames(Exception):
    """The file has no column of names in its first line."""


def read_roster(path: Path, region: str) -> Roster:
    """The deputies in ``path`` (UTF-8 or GB 18030). Raises NoNames, OSError.

    A deputy's id follows from region, name, birth and electoral unit: reading the same file again
    changes nothing, and a corrected telephone number changes that alone.
    """
    rows = csv.reader(io.StringIO(text_of(path)))
    columns = [COLUMNS.get(cell.strip().lower(), "") for cell in next(rows, [])]
    if "name" not in columns:
        raise NoNames
    deputies: dict[UUID, Wanted] = {}
    problems: dict[int, str] = {}
    for line, cells in enumerate(rows, 2):
        given = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
        if not any(given.values()):
            continue
        if not given["name"]:
            problems[line] = "name"
            continue
        fields, problem = _fields(given)
        if problem:
            problems[line] = problem
        key = "/".join([region, *(str(fields[one]) for one in _IDENTITY)])
        one = uuid5(_NAMESPACE, key)
        deputies[one] = Wanted("deputy", one, fields)
    return Roster(list(deputies.values()), problems)


_IDENTITY = ("name", "born_on", "electoral_unit")
_TEXTS = ("ethnicity", "born_on", "position", "electoral_unit", "deputy_group",
          "professional_group", "phone", "note")  # fmt: skip


def new_deputy(wanted: Wanted) -> Wanted:
    """The record of a deputy who is not there yet, with all that a deputy has."""
    made = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    empty = {"other_phone": "", "profile": "", "retired_reason": "", "created_at": made}
    return Wanted(wanted.kind, wanted.id, empty | wanted.fields)


def _fields(given: dict[str, str]) -> tuple[dict[str, Any], str]:
    levels = [one for one in given.get("levels", "").translate(_SEPARATORS).split(",") if one]
    known = [_LEVELS[one] for one in levels if one in _LEVELS]
    gender = _GENDERS.get(given.get("gender", "").lower())
    fields: dict[str, Any] = {
        "name": given["name"],
        "gender": gender.value if gender else None,
        "levels": [level.value for level in Level if level in known],
    }
    fields |= {name: given.get(name, "") for name in _TEXTS}
    if len(known) != len(levels):
        return fields, "levels"
    return fields, "gender" if given.get("gender") and gender is None else ""


def text_of(path: Path) -> str:
    """A file that a spreadsheet wrote: UTF-8, or GB 18030."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")
