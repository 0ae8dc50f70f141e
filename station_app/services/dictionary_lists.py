"""The dictionaries as their editor lists them, and the order of their entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from db.models import Category, DictionaryEntry, Unit
from db.vocabulary import Degree
from station_app.domain.accounts import require_head
from station_app.domain.dictionaries import Dictionary, EntryRow
from station_app.domain.issue_words import degree_word
from station_app.errors import NotFound
from station_app.i18n import tr
from station_app.services.dictionaries import DECLINE_REASON, DEGREE, decline_reasons, degree_names
from station_app.services.dictionary_edits import save_decline_reason
from station_app.store import Tx


def dictionary_entries(tx: Tx, which: Dictionary) -> tuple[EntryRow, ...]:
    """Every entry in its order, retired ones too; a category stands after its parent."""
    return tuple(_LISTS[which](tx))


def put_in_order(tx: Tx, which: Dictionary, code: str, *, by: int) -> None:
    """Move an entry by so many places among its siblings; only the head may.

    Raises NotFound. An entry at the end of its list stays where it is.
    """
    require_head(tx.actor)
    entries = dictionary_entries(tx, which)
    one = next((entry for entry in entries if entry.id == code), None)
    if one is None or which is Dictionary.DEGREES:
        raise NotFound(tr("This entry is no longer there."))
    siblings = [entry.id for entry in entries if entry.parent == one.parent]
    place = siblings.index(code)
    siblings.insert(max(0, min(len(siblings) - 1, place + by)), siblings.pop(place))
    if which is Dictionary.REASONS:
        _own_reasons(tx, entries)
    _number(_rows(tx, which), siblings)
    tx.session.flush()


def _number(rows: dict[str, Any], codes: Sequence[str]) -> None:
    """Give ``codes`` rising places, out of those they have; new ones only where two share one."""
    places = sorted({rows[code].position for code in codes})
    while len(places) < len(codes):
        places.append((places[-1] if places else 0) + 1)
    for place, code in zip(places, codes, strict=True):
        if rows[code].position != place:
            rows[code].position = place


def _rows(tx: Tx, which: Dictionary) -> dict[str, Any]:
    query: Any = {
        Dictionary.CATEGORIES: select(Category),
        Dictionary.UNITS: select(Unit),
        Dictionary.REASONS: select(DictionaryEntry).where(
            DictionaryEntry.dictionary == DECLINE_REASON
        ),
    }[which]
    return {row.code: row for row in tx.session.scalars(query)}


def _own_reasons(tx: Tx, entries: Sequence[EntryRow]) -> None:
    """Those shipped become the station's own: only what is kept has a place."""
    known = _rows(tx, Dictionary.REASONS)
    for one in entries:
        if one.id not in known:
            save_decline_reason(tx, code=one.id, name=one.name, instead=one.text)


def _categories(tx: Tx) -> list[EntryRow]:
    query = select(Category).order_by(Category.position, Category.code)
    rows = tx.session.scalars(query).all()
    made = []
    for parent in (row for row in rows if not row.parent):
        beneath = [row for row in rows if row.parent == parent.code]
        made += [_entry(row, parent=row.parent) for row in (parent, *beneath)]
    return made


def _units(tx: Tx) -> list[EntryRow]:
    query = select(Unit).order_by(Unit.position, Unit.code)
    return [_entry(row) for row in tx.session.scalars(query)]


def _reasons(tx: Tx) -> list[EntryRow]:
    query = select(DictionaryEntry).where(DictionaryEntry.dictionary == DECLINE_REASON)
    rows = tx.session.scalars(query.order_by(DictionaryEntry.position, DictionaryEntry.code)).all()
    known = {row.code for row in rows}
    shipped = [one for one in decline_reasons() if one.code not in known]
    made = [EntryRow(one.code, one.name, text=one.instead) for one in shipped]
    return [*made, *(_entry(row, text=row.text) for row in rows)]


def _degrees(tx: Tx) -> list[EntryRow]:
    own = degree_names(tx)
    query = select(DictionaryEntry).where(DictionaryEntry.dictionary == DEGREE)
    foreign = {row.code for row in tx.session.scalars(query) if row.stream}
    return [
        EntryRow(one.value, own.get(one) or degree_word(one), own=one.value not in foreign)
        for one in Degree
    ]


def _entry(row: Any, *, parent: str = "", text: str = "") -> EntryRow:
    retired = row.retired_at is not None
    return EntryRow(row.code, row.name, parent, text, retired, own=not row.stream)


_LISTS = {
    Dictionary.CATEGORIES: _categories,
    Dictionary.UNITS: _units,
    Dictionary.REASONS: _reasons,
    Dictionary.DEGREES: _degrees,
}
