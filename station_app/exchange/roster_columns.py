"""The fields of a roster, and which columns of a sheet hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from station_app.exchange.births import BirthStyle, read_birth
from station_app.exchange.cells import (
    looks_like_name,
    read_ethnicity,
    read_gender,
    read_levels,
    read_phones,
    read_tick,
)
from station_app.exchange.choosing import corrected_columns, name_by_cells
from station_app.exchange.headers import Check, ColumnMeaning, Header, head_words, read_columns
from station_app.exchange.sheet import Sheet, Value, text_of
from station_app.i18n import tr

#: The dictionary of a roster's heads.
ROSTER_WORDS = "roster_columns"
#: Fields that several columns may feed together (employer and post, several remarks).
_SHARED = frozenset(("position", "profile", "note", "levels"))


def roster_fields() -> tuple[tuple[str, str], ...]:
    """Every field a column can be given, with its label in the language in use."""
    return (
        ("name", tr("roster|Name")),
        ("gender", tr("roster|Gender")),
        ("ethnicity", tr("roster|Ethnic group")),
        ("born_on", tr("roster|Born")),
        ("levels", tr("roster|Levels in words")),
        ("level:national", tr("roster|Level: national")),
        ("level:provincial", tr("roster|Level: provincial")),
        ("level:city", tr("roster|Level: city")),
        ("level:county", tr("roster|Level: county or district")),
        ("level:township", tr("roster|Level: township or subdistrict")),
        ("position", tr("roster|Employer and post")),
        ("electoral_unit", tr("roster|Electoral unit")),
        ("deputy_group", tr("roster|Deputy group")),
        ("professional_group", tr("roster|Professional group")),
        ("phone", tr("roster|Phone")),
        ("other_phone", tr("roster|Other phone")),
        ("profile", tr("roster|Profile")),
        ("note", tr("roster|Remark")),
    )


def roster_columns(
    sheet: Sheet, header: Header, today: date, *, guess_names: bool
) -> tuple[ColumnMeaning, ...]:
    """The columns' meanings, each field once; a second phone column becomes the other phone.

    ``guess_names``: without a telling head, take the column whose cells are names.
    """
    found = list(read_columns(sheet, header, head_words(ROSTER_WORDS), _checks(today)))
    taken = {column.field for column in found}
    if "name" not in taken and guess_names:
        name_by_cells(sheet, header, found)
    best: set[str] = set()
    for column in sorted(found, key=lambda column: -column.confidence):
        field = column.field
        if field == "phone" and "phone" in best and "other_phone" not in taken:
            taken.add("other_phone")
            found[column.index] = replace(column, field="other_phone")
        elif field and field in best and field not in _SHARED:
            found[column.index] = replace(column, field=None, confidence=0.0)
        best.add(field or "")
    return tuple(found)


def _checks(today: date) -> dict[str, Check]:
    """For each field that cells can confirm: whether one cell does."""

    def ticks(value: Value) -> bool:
        text = text_of(value)
        return not read_tick(text).problem or len(read_levels(text).value) == 1

    checks: dict[str, Check] = {
        "name": lambda value: looks_like_name(text_of(value), strict=True),
        "gender": lambda value: not read_gender(text_of(value)).problem,
        "ethnicity": lambda value: not read_ethnicity(text_of(value)).problem,
        "born_on": lambda value: bool(read_birth(value, BirthStyle(), today).value),
        "levels": lambda value: not read_levels(text_of(value)).problem,
        "phone": lambda value: any(len(n) >= 11 for n in read_phones(text_of(value)).numbers),
        "other_phone": lambda value: bool(read_phones(text_of(value)).numbers),
    }
    return checks | {field: ticks for field, _ in roster_fields() if field.startswith("level:")}


def corrected_roster(
    found: tuple[ColumnMeaning, ...], mapping: Mapping[int, str | None]
) -> tuple[ColumnMeaning, ...]:
    """The columns with the operator's ``mapping``; ExchangeFault for no such column or field."""
    return corrected_columns(found, mapping, {field for field, _ in roster_fields()}, _SHARED)
