"""Dictionaries: seeded at set-up from ``resources/dictionaries``, then the station's own."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from db.models import Category, DictionaryEntry, Unit
from db.vocabulary import Degree
from station_app.config import RESOURCES
from station_app.domain.dictionaries import CategoryRecord, DeclineReason, UnitRecord
from station_app.domain.pinyin import spellings
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.store import Tx
from station_app.store.transaction import driver_of

#: The smaller dictionaries.
DECLINE_REASON, DEGREE = "decline_reason", "degree"

#: The namespace of ids of default entries; never to be changed.
_DEFAULTS = UUID("5b2a4f0e-8f4e-5c58-9d0b-6d2f1c7a9e31")


def seed_dictionaries(tx: Tx) -> None:
    """Fill empty dictionaries with the defaults.

    A default has the same id at every station, so that those who meet at the centre are one.
    """
    for place, one in enumerate(_read("categories")):
        ident = _default_id("category", one["code"])
        row = Category(id=ident, code=one["code"], name=one["name"], position=place * 100)
        tx.session.add(row)
        for below, (code, name) in enumerate(one["children"], start=1):
            position = place * 100 + below
            ident = _default_id("category", code)
            known = {"code": code, "name": name, "parent": one["code"]}
            tx.session.add(Category(id=ident, position=position, **known))
    for place, one in enumerate(_read("units")):
        ident = _default_id("unit", one["code"])
        tx.session.add(Unit(id=ident, code=one["code"], name=one["name"], position=place))
    tx.session.flush()


def list_categories(tx: Tx) -> tuple[CategoryRecord, ...]:
    """All categories in use, each parent before its children."""
    query = select(Category.code, Category.name, Category.parent, Category.retired_at)
    rows = tx.session.execute(query.order_by(Category.position, Category.code)).all()
    names = {row.code: row.name for row in rows}
    return tuple(
        _category(row.code, row.name, row.parent, names.get(row.parent, ""))
        for row in rows
        if row.retired_at is None
    )


def category_paths(tx: Tx) -> dict[str, str]:
    """Code → what people read (住建 · 加装电梯), retired ones too, because old issues bear them."""
    rows = tx.session.execute(select(Category.code, Category.name, Category.parent)).all()
    names = {row.code: row.name for row in rows}
    return {row.code: _path(row.name, names.get(row.parent, "")) for row in rows}


def category_path(tx: Tx, code: str) -> str:
    """What people read for one code; empty for none."""
    # Below the ORM: every act on an issue asks for one.
    sql = (
        "SELECT c.name, coalesce(p.name, '') FROM category c"
        " LEFT JOIN category p ON p.code = c.parent WHERE c.code = ?"
    )
    row = driver_of(tx.session).execute(sql, (code,)).fetchone() if code else None
    return "" if row is None else _path(row[0], row[1])


def list_units(tx: Tx) -> tuple[UnitRecord, ...]:
    """All units in use, in their order."""
    query = select(Unit).where(Unit.retired_at.is_(None)).order_by(Unit.position, Unit.code)
    return tuple(UnitRecord(row.id, row.code, row.name) for row in tx.session.scalars(query))


@cache
def decline_reasons() -> tuple[DeclineReason, ...]:
    """Why a matter is not taken, with where to go instead: the shipped list, before any edits."""
    return tuple(DeclineReason(**one) for one in _read("decline_reasons"))


def list_decline_reasons(tx: Tx) -> tuple[DeclineReason, ...]:
    """Why a matter is not taken, as this station words it; the shipped list with its edits."""
    entries = _entries(tx, DECLINE_REASON)
    found = [
        DeclineReason(one.code, one.name, one.instead)
        for one in decline_reasons()
        if one.code not in entries
    ]
    rows = [row for row in entries.values() if row.retired_at is None]
    return (*found, *(DeclineReason(row.code, row.name, row.text) for row in rows))


def decline_reason_names(tx: Tx) -> dict[str, str]:
    """Code → why a matter was not taken, retired ones too, because old issues bear them."""
    own = {row.code: row.name for row in _entries(tx, DECLINE_REASON).values()}
    return {one.code: one.name for one in decline_reasons()} | own


def degree_names(tx: Tx) -> dict[Degree, str]:
    """The words for the degrees of solution as this place says them, where it has its own."""
    entries = _entries(tx, DEGREE)
    return {one: entries[one.value].name for one in Degree if one.value in entries}


def decline_details(tx: Tx, code: str) -> dict[str, str]:
    """What a declining event remembers: the code and the words it had that day.

    Raises RuleViolation for a code that is not in the list.
    """
    for one in list_decline_reasons(tx):
        if one.code == code:
            return {"reason": code, "why": one.name}
    raise RuleViolation({"reason": tr("Choose why this is declined.")})


def _entries(tx: Tx, dictionary: str) -> dict[str, DictionaryEntry]:
    query = select(DictionaryEntry).where(DictionaryEntry.dictionary == dictionary)
    rows = tx.session.scalars(query.order_by(DictionaryEntry.position, DictionaryEntry.code))
    return {row.code: row for row in rows}


def _read(name: str) -> list[dict[str, Any]]:
    path = RESOURCES / "dictionaries" / f"{name}.json"
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _default_id(kind: str, code: str) -> UUID:
    return uuid5(_DEFAULTS, f"{kind}:{code}")


def _path(name: str, parent: str) -> str:
    return f"{parent} · {name}" if parent else name


@cache
def _keys(name: str) -> tuple[str, ...]:
    return spellings(name)


def _category(code: str, name: str, parent: str, parent_name: str) -> CategoryRecord:
    return CategoryRecord(code, name, parent, _path(name, parent_name), _keys(name))
