"""Each kind of record as it lies in the file: its table, its columns, and values to and from JSON.

Pulled rows bypass the ORM, because that would cost ten times as much; what SQLAlchemy would store
is said here once more and held equal by tests/sync/test_kinds.py.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Enum,
    Integer,
    LargeBinary,
    String,
    Time,
    Uuid,
    inspect,
)
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from db.models import Base
from db.models.base import UtcDateTime
from db.policy import models, travelling
from db.wire import Body

Convert = Callable[[Any], Any]

_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
_TIME = "%H:%M:%S.%f"
_json = msgspec.json.Encoder(uuid_format="hex").encode


@dataclass(frozen=True, slots=True)
class Field:
    """One travelling column. ``to_file`` raises ValueError or TypeError for a strange value."""

    name: str
    to_file: Convert
    to_wire: Convert
    nullable: bool
    default: Any
    target: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its table and its travelling columns, in order."""

    name: str
    table: str
    fields: tuple[Field, ...]
    names: tuple[str, ...]
    known: frozenset[str]
    steps: tuple[tuple[str, Convert, Any], ...]

    def values(self, body: Body) -> list[Any]:
        """The columns of ``body`` as the file holds them, ``extra`` among them.

        What this program does not know, a field or a word of a newer one, goes to ``extra``
        untouched, with the column at its default.
        """
        strange: Body = {}
        found: list[Any] = []
        for name, to_file, empty in self.steps:
            given = body.get(name)
            if given is None:
                found.append(empty)
                continue
            try:
                found.append(to_file(given))
            except (ValueError, TypeError, AttributeError):
                strange[name] = given
                found.append(empty)
        if strange or not self.known.issuperset(body):
            strange |= {name: body[name] for name in body.keys() - self.known}
        strange |= body.get("extra") or {}
        if strange:
            found[self.names.index("extra")] = _json(strange).decode()
        return found

    def body(self, row: tuple[Any, ...]) -> Body:
        """The body of a stored row (the columns of ``names``); what is null is left out."""
        found: Body = {}
        for one, kept in zip(self.fields, row, strict=True):
            if kept is not None and (value := one.to_wire(kept)) is not None:
                found[one.name] = value
        return found | (found.pop("extra", None) or {})


@cache
def kinds() -> dict[str, Kind]:
    """Every kind that travels, each after the kinds it refers to."""
    tables = {model.__table__: name for name, model in models().items()}
    order = [tables[table] for table in Base.metadata.sorted_tables if table in tables]
    return {name: _kind(name, {table.name: of for table, of in tables.items()}) for name in order}


@cache
def writing_order() -> tuple[str, ...]:
    """The kinds, each after those it refers to; but the acts on issues come before the issues.

    An issue is then written once, with the columns that follow from its acts.
    """
    order = [name for name in kinds() if name != "issue_event"]
    order.insert(order.index("issue"), "issue_event")
    return tuple(order)


@cache
def references(kind: str) -> tuple[tuple[Kind, str], ...]:
    """(kind, column) of everything in the file that refers to records of ``kind``.

    Derived columns too: a deleted record must not be missed by any of them.
    """
    target = models()[kind].__tablename__
    return tuple(
        (kinds()[name], column.name)
        for name, model in models().items()
        for column in model.__table__.columns
        if any(key.column.table.name == target for key in column.foreign_keys)
    )


def _kind(name: str, by_table: dict[str, str]) -> Kind:
    model = models()[name]
    mapper = inspect(model)
    fields = []
    for attribute in travelling(model):
        column = mapper.columns[attribute]
        key = next(iter(column.foreign_keys), None)
        target = by_table[key.column.table.name] if key is not None else ""
        to_file, to_wire, empty = _converters(column)
        default = _default(column, to_file, empty)
        fields.append(Field(column.name, to_file, to_wire, bool(column.nullable), default, target))
    names = tuple(one.name for one in fields)
    return Kind(
        name, model.__tablename__, tuple(fields), names, frozenset(names),
        tuple(_step(one) for one in fields),
    )  # fmt: skip


def _step(field: Field) -> tuple[str, Convert, Any]:
    """How a value comes into the file, told as briefly as each of a thousand rows asks for it."""
    empty = None if field.nullable else field.default
    return field.name, (lambda _: empty) if field.name == "extra" else field.to_file, empty


def _default(column: Column[Any], to_file: Convert, empty: Any) -> Any:
    given = column.default
    if isinstance(given, CallableColumnDefault):
        return to_file(given.arg(None))  # type: ignore[arg-type]  # list and dict take no context
    if isinstance(given, ScalarElementColumnDefault) and given.arg is not None:
        return to_file(given.arg.value if isinstance(given.arg, enum.Enum) else given.arg)
    return empty


def _converters(column: Column[Any]) -> tuple[Convert, Convert, Any]:
    kind = column.type
    if isinstance(kind, Uuid):
        return _uuid, str, UUID(int=0).hex
    if isinstance(kind, UtcDateTime):
        return _moment, _moment_to_wire, "1970-01-01 00:00:00.000000"
    if isinstance(kind, Date):
        return _date, str, "1970-01-01"
    if isinstance(kind, Time):
        return _time, _time_to_wire, "00:00:00.000000"
    if isinstance(kind, JSON):
        return _to_json, msgspec.json.decode, "null"
    if isinstance(kind, Enum):
        return _word(frozenset(kind.enums)), str, kind.enums[0]
    if isinstance(kind, Boolean):
        return _boolean, bool, 0
    if isinstance(kind, Integer):
        return _integer, int, 0
    if isinstance(kind, LargeBinary):
        return _picture, _named_picture, b""
    assert isinstance(kind, String), kind
    return _text, str, ""


def _uuid(value: Any) -> str:
    if len(value) == 32 and value.isalnum() and value.islower():
        return str(value)
    return UUID(value).hex


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return value


def _integer(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _boolean(value: Any) -> int:
    if type(value) is not bool:
        raise TypeError(value)
    return int(value)


def _word(words: frozenset[str]) -> Convert:
    def convert(value: Any) -> str:
        if value not in words:
            raise ValueError(value)
        return str(value)

    return convert


def _date(value: Any) -> str:
    return date.fromisoformat(value).isoformat()


def _time(value: Any) -> str:
    return time.fromisoformat(value).strftime(_TIME)


def _time_to_wire(kept: str) -> str:
    return time.fromisoformat(kept).isoformat()


def _moment(value: Any) -> str:
    """``2026-11-10T01:00:00Z`` as SQLAlchemy stores it; the usual forms without parsing."""
    if value[-1:] == "Z" and value[10:11] == "T":
        if len(value) == 20:
            datetime.fromisoformat(value)
            return f"{value[:10]} {value[11:19]}.000000"
        if len(value) == 27:
            datetime.fromisoformat(value)
            return f"{value[:10]} {value[11:26]}"
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment.astimezone(UTC).strftime(_MOMENT)


def _moment_to_wire(kept: str) -> str:
    whole, _, part = kept.partition(".")
    part = part if part.strip("0") else ""
    return f"{whole[:10]}T{whole[11:]}{'.' + part if part else ''}Z"


def _to_json(value: Any) -> str:
    return _json(value).decode()


def _picture(_: Any) -> bytes:
    return b""


def _named_picture(_: bytes) -> None:
    """A picture travels by its SHA-256, beside the records."""
    return
