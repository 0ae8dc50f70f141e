"""The fields of a ledger, and which columns of a sheet hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from station_app.exchange.cells import is_blank, looks_like_name, read_gender, read_phones
from station_app.exchange.choosing import corrected_columns, name_by_cells
from station_app.exchange.headers import Check, ColumnMeaning, Header, head_words, read_columns
from station_app.exchange.ledger_dates import read_days
from station_app.exchange.ledger_words import LEDGER_WORDS, read_people
from station_app.exchange.sheet import Sheet, Value, text_of
from station_app.i18n import tr

#: Without these columns a ledger cannot be imported.
NEEDED = ("name", "held_on", "text")
#: Fields that several columns may feed together.
_SHARED = frozenset(("text", "outcome", "note", "deputies"))


def ledger_fields() -> tuple[tuple[str, str], ...]:
    """Every field a column can be given, with its label in the language in use."""
    return (
        ("name", tr("ledger|Visitor")),
        ("held_on", tr("ledger|Date")),
        ("phone", tr("ledger|Phone")),
        ("address", tr("ledger|Address")),
        ("community", tr("ledger|Community")),
        ("gender", tr("ledger|Gender")),
        ("people", tr("ledger|People")),
        ("channel", tr("ledger|Way of coming")),
        ("category", tr("ledger|Category")),
        ("place", tr("ledger|Place")),
        ("text", tr("ledger|Matter")),
        ("deputies", tr("ledger|Receiving deputies")),
        ("outcome", tr("ledger|Handling")),
        ("unit", tr("ledger|Unit")),
        ("done_on", tr("ledger|Date of the handling")),
        ("rating", tr("ledger|What the resident felt")),
        ("opinion", tr("ledger|Another judgement")),
        ("number", tr("ledger|Paper number")),
        ("serial", tr("ledger|Serial number")),
        ("note", tr("ledger|Remark")),
    )


def ledger_columns(
    sheet: Sheet, header: Header, today: date, *, guess_names: bool
) -> tuple[ColumnMeaning, ...]:
    """The columns' meanings, each field once.

    ``guess_names``: without a telling head, take the column whose cells are names.
    """
    found = list(read_columns(sheet, header, head_words(LEDGER_WORDS), _checks(today)))
    taken = {column.field for column in found}
    if "name" not in taken and guess_names:
        name_by_cells(sheet, header, found)
    best: set[str] = set()
    for column in sorted(found, key=lambda column: -column.confidence):
        field = column.field
        if field == "held_on" and "held_on" in best and "done_on" not in taken:
            taken.add("done_on")
            found[column.index] = replace(column, field="done_on")
        elif field and field in best and field not in _SHARED:
            found[column.index] = replace(column, field=None, confidence=0.0)
        best.add(field or "")
    return tuple(found)


def corrected_ledger(
    found: tuple[ColumnMeaning, ...], mapping: Mapping[int, str | None]
) -> tuple[ColumnMeaning, ...]:
    """The columns with the operator's ``mapping``; ExchangeFault for no such column or field."""
    return corrected_columns(found, mapping, {field for field, _ in ledger_fields()}, _SHARED)


def _checks(today: date) -> dict[str, Check]:
    """For each field that cells can confirm: whether one cell does."""

    def dated(value: Value) -> bool:
        [read] = read_days([value], [str(today.year)], today, exact=True)
        return read.value is not None

    return {
        "name": lambda value: looks_like_name(text_of(value), strict=True),
        "gender": lambda value: not read_gender(text_of(value)).problem,
        "phone": lambda value: any(len(n) >= 11 for n in read_phones(text_of(value)).numbers),
        "people": lambda value: not read_people(text_of(value)).problem,
        "held_on": dated,
        "done_on": dated,
        "serial": lambda value: text_of(value).strip().isdecimal(),
        "deputies": lambda value: not is_blank(text_of(value)),
    }
