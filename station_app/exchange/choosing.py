"""Which sheet and header of a file hold a list, and which column each of its fields is given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from station_app.errors import ExchangeFault
from station_app.exchange.cells import is_blank, looks_like_name, share
from station_app.exchange.grid import Grid
from station_app.exchange.headers import ColumnMeaning, Header, HeadWords, find_header
from station_app.exchange.sheet import Sheet, text_of
from station_app.i18n import tr


def choose_header(
    grid: Grid, words: HeadWords, name: str | None, header_row: int | None
) -> tuple[Sheet, Header]:
    """The sheet called ``name``, or the one most like such a list, and its header.

    ``header_row`` is the number (from 1) of the header's first row; 0: there is none.
    Raises ExchangeFault for a sheet or row that is not there.
    """
    offered = [grid.sheet(name)] if name is not None else list(grid.sheets)
    if header_row is None:
        found = [(sheet, find_header(sheet, words)) for sheet in offered]
        # people fill many rows: of equally clear headers the one above the longer list
        return max(found, key=lambda pair: (round(pair[1].score, 2), len(pair[0].rows)))
    if not 0 <= header_row <= len(offered[0].rows):
        raise ExchangeFault(tr("There is no row {row} in this sheet.", row=header_row))
    if header_row == 0:
        return offered[0], Header(range(0), ((),) * offered[0].width, 0.0)
    return offered[0], find_header(offered[0], words, row=header_row - 1)


def name_by_cells(sheet: Sheet, header: Header, found: list[ColumnMeaning]) -> None:
    """Take the column that holds Chinese names in most of its cells, whatever its head says."""
    scores = {}
    for column in found:
        if column.field is None:
            cells = [
                sheet.value(row, column.index) for row in range(header.rows.stop, len(sheet.rows))
            ]
            texts = [text for text in map(text_of, cells[:200]) if not is_blank(text)]
            scores[column.index] = share(looks_like_name(text, strict=True) for text in texts)
    best = max(scores, key=lambda index: scores[index], default=None)
    if best is not None and scores[best] >= 0.6:
        found[best] = replace(found[best], field="name", confidence=0.4)


def corrected_columns(
    found: tuple[ColumnMeaning, ...],
    mapping: Mapping[int, str | None],
    known: Collection[str],
    shared: Collection[str],
) -> tuple[ColumnMeaning, ...]:
    """The columns with the operator's ``mapping``; ExchangeFault for no such column or field.

    A field of ``known`` has one column, one of ``shared`` may have several.
    """
    for index, field in mapping.items():
        if not 0 <= index < len(found) or (field and field not in known):
            raise ExchangeFault(tr("Column {column} cannot be set so.", column=index + 1))
    chosen = {field for field in mapping.values() if field} - set(shared)
    columns = []
    for column in found:
        if column.index in mapping:
            columns.append(replace(column, field=mapping[column.index] or None, confidence=1.0))
        elif column.field in chosen:
            columns.append(replace(column, field=None, confidence=0.0))
        else:
            columns.append(column)
    return tuple(columns)


def places_of(columns: tuple[ColumnMeaning, ...]) -> dict[str, tuple[int, ...]]:
    """For each field that has a column its columns, from the left."""
    places: dict[str, tuple[int, ...]] = {}
    for column in columns:
        if column.field:
            places[column.field] = (*places.get(column.field, ()), column.index)
    return places
