"""The search index: one FTS5 table inside the encrypted file, kept by the flush listener.

``find_row`` gives each record a number that outlives VACUUM; of a noun the highest is the newest.
The FTS5 table is contentless: it holds words and numbers, the texts stay where they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import sqlcipher3
from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    MetaData,
    Select,
    Table,
    TableClause,
    Uuid,
    and_,
    column,
    literal_column,
    select,
    table,
)
from sqlalchemy.orm import Session

from db.vocabulary import Op
from station_app.domain.search import Found
from station_app.store.journal import Entry
from station_app.store.search_documents import DOCUMENTS
from station_app.store.search_words import query
from station_app.store.transaction import Tx, driver_of

METADATA = MetaData()

#: Every indexed record by its number.
FIND_ROW = Table(
    "find_row",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("record_id", Uuid, unique=True, nullable=False),
)

#: One is a Chinese character by itself. Other words carry a mark of two letters, so 3 to 8 are
#: their first one to six typed letters or digits; pairs of characters are in none of these.
_PREFIXES = "1 3 4 5 6 7 8"

#: SQL that makes the tables of the index; the migrations and ``create`` run the same.
SCHEMA = (
    "CREATE TABLE find_row (row INTEGER NOT NULL PRIMARY KEY, record_id CHAR(32) NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE find_text USING fts5(name, rest, content='', contentless_delete=1,"
    f" tokenize='ascii', prefix='{_PREFIXES}')",
)

#: Each noun has its own range of numbers, so that one table serves all without their mixing:
#: one visit's commit writes one piece of index instead of three.
_RANGE = 1 << 40
_FIRST = {kind: place * _RANGE for place, kind in enumerate(Found)}

_BATCH = 5000


def find(
    tx: Tx,
    kind: Found,
    typed: str,
    *,
    limit: int = 20,
    after: UUID | None = None,
    names_only: bool = False,
) -> list[UUID]:
    """The ids of the records that hold every word of ``typed``, the newest first.

    A word is a Chinese fragment of any length, the beginning of a Latin word or number, pinyin,
    initials, the beginning or the tail (three digits or more) of a phone, or a paper number from
    any of its usual beginnings. ``names_only`` looks at names, titles, phones and numbers only.
    ``after`` goes on behind the last id of an earlier answer. Never raises for typed text.
    """
    asked = query(typed, names_only=names_only)
    if asked is None:
        return []
    first = _FIRST[kind]
    below: int | str = first + _RANGE - 1
    if after is not None:
        below = "(SELECT row - 1 FROM find_row WHERE record_id = ?2)"
    sql = (
        "SELECT r.record_id FROM find_text f JOIN find_row r ON r.row = f.rowid"
        f" WHERE find_text MATCH ?1 AND f.rowid BETWEEN {first} AND {below}"
        f" ORDER BY f.rowid DESC LIMIT {int(limit)}"
    )
    given = (asked,) if after is None else (asked, after.hex)
    return [UUID(row[0]) for row in driver_of(tx.session).execute(sql, given)]


def matching(kind: Found, typed: str) -> Select[tuple[UUID]]:
    """The ids of all records that ``find`` would find, as a subquery for ``column.in_(…)``."""
    wanted = select(FIND_ROW.c.record_id)
    asked = query(typed)
    if asked is None:
        return wanted.where(literal_column("0 = 1"))
    index, said = _said(kind, asked)
    return wanted.where(FIND_ROW.c.row.in_(select(index.c.rowid).where(said)))


def found_in(
    wanted: Select[Any], kind: Found, typed: str, ident: ColumnElement[UUID]
) -> tuple[Select[Any], ColumnElement[int]]:
    """``wanted`` with only the records that ``find`` would find, and their order (newest: highest).

    Unlike ``matching`` it streams: a page in this order is read without meeting the rest.
    """
    asked = query(typed)
    index, said = _said(kind, asked or "")
    if asked is None:
        said = literal_column("0 = 1")  # "false()" would take the joins with it
    # CROSS JOIN (a join without ON) would be no different here: SQLite begins with MATCH.
    joined = wanted.select_from(index).join(FIND_ROW, FIND_ROW.c.row == index.c.rowid)
    return joined.where(said, ident == FIND_ROW.c.record_id), index.c.rowid


def _said(kind: Found, asked: str) -> tuple[TableClause, ColumnElement[bool]]:
    """The index, and the condition that a row of it is of ``kind`` and says ``asked``."""
    index = table("find_text", column("rowid", Integer))
    says = literal_column("find_text").op("MATCH", is_comparison=True)(asked)
    return index, and_(says, index.c.rowid.between(*range_of(kind)))


def refresh(session: Session, driver: sqlcipher3.Connection, entries: Iterable[Entry]) -> None:
    """Bring the index in line with the records that a transaction changed."""
    for entry in entries:
        made = DOCUMENTS.get(entry.kind)
        if made is None:
            continue
        if entry.op is Op.DELETE:
            _drop(driver, entry.id)
        elif entry.op is Op.ADD:
            _add(driver, made.found, [(entry.id.hex, made.of_record(session, entry.record))])
        elif not made.columns.isdisjoint(entry.fields):
            _replace(driver, made.found, entry.id.hex, made.of_record(session, entry.record))
            _refresh_named(session, driver, entry)


def catch_up(driver: sqlcipher3.Connection, kind: str, record_ids: Iterable[str]) -> None:
    """Bring the index in line with records (hex ids) that were written or removed by SQL.

    What is found by a resident's name is not looked up here: name those records too.
    """
    made = DOCUMENTS.get(kind)
    wanted = list(dict.fromkeys(record_ids))
    if made is None or not wanted:
        return
    known = dict(
        driver.execute(
            "SELECT record_id, row FROM find_row"
            " WHERE record_id IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        ).fetchall()
    )
    fresh, changed = [], []
    for record_id, text in made.texts_of(driver, wanted):
        row = known.pop(record_id, None)
        if row is None:
            fresh.append((record_id, text))
        else:
            changed.append((row, *text))
    sql = "INSERT OR REPLACE INTO find_text (rowid, name, rest) VALUES (?, ?, ?)"
    driver.executemany(sql, changed)
    driver.executemany("DELETE FROM find_text WHERE rowid = ?", [(row,) for row in known.values()])
    driver.executemany("DELETE FROM find_row WHERE row = ?", [(row,) for row in known.values()])
    _add(driver, made.found, fresh)


def unfound(driver: sqlcipher3.Connection, kind: str) -> list[str]:
    """The records (hex ids) of a kind that the index does not know: it was not searched before."""
    table_name = DOCUMENTS[kind].table
    sql = f"SELECT id FROM {table_name} WHERE id NOT IN (SELECT record_id FROM find_row)"
    return [row[0] for row in driver.execute(sql)]


def rebuild(driver: sqlcipher3.Connection) -> None:
    """Make the index anew from the records; within a transaction of the caller."""
    driver.execute("DELETE FROM find_row")
    driver.execute("INSERT INTO find_text (find_text) VALUES ('delete-all')")
    for made in DOCUMENTS.values():
        for batch in _batches(made.all_texts(driver)):
            _add(driver, made.found, batch)


def range_of(kind: Found) -> tuple[int, int]:
    """The first and the last number that records of ``kind`` may have."""
    return _FIRST[kind], _FIRST[kind] + _RANGE - 1


def _batches(
    texts: Iterator[tuple[str, tuple[str, str]]],
) -> Iterator[list[tuple[str, tuple[str, str]]]]:
    batch = []
    for one in texts:
        batch.append(one)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _add(
    driver: sqlcipher3.Connection, found: Found, texts: list[tuple[str, tuple[str, str]]]
) -> None:
    if not texts:
        return
    first, last = range_of(found)
    sql = "SELECT max(row) FROM find_row WHERE row BETWEEN ? AND ?"
    newest = driver.execute(sql, (first, last)).fetchone()[0]
    numbered = list(enumerate(texts, (newest or first) + 1))
    driver.executemany(
        "INSERT INTO find_row (row, record_id) VALUES (?, ?)",
        [(row, record_id) for row, (record_id, _) in numbered],
    )
    driver.executemany(
        "INSERT INTO find_text (rowid, name, rest) VALUES (?, ?, ?)",
        [(row, name, rest) for row, (_, (name, rest)) in numbered],
    )


def _replace(
    driver: sqlcipher3.Connection, found: Found, record_id: str, text: tuple[str, str]
) -> None:
    sql = "SELECT row FROM find_row WHERE record_id = ?"
    known = driver.execute(sql, (record_id,)).fetchone()
    if known is None:
        _add(driver, found, [(record_id, text)])
        return
    sql = "INSERT OR REPLACE INTO find_text (rowid, name, rest) VALUES (?, ?, ?)"
    driver.execute(sql, (known[0], *text))


def _drop(driver: sqlcipher3.Connection, record_id: UUID) -> None:
    sql = "DELETE FROM find_row WHERE record_id = ? RETURNING row"
    known = driver.execute(sql, (record_id.hex,)).fetchall()
    driver.executemany("DELETE FROM find_text WHERE rowid = ?", known)


def _refresh_named(session: Session, driver: sqlcipher3.Connection, entry: Entry) -> None:
    """A resident's new name belongs into the visits and issues that are found by it."""
    if entry.kind == "resident" and "name" in entry.fields:
        for made in DOCUMENTS.values():
            if made.by_resident:
                for record_id, text in list(made.texts_of_resident(driver, entry.id)):
                    _replace(driver, made.found, record_id, text)
