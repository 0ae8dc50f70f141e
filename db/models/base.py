"""The declarative base, the column types and the ``Synced`` mixin of every record that travels."""

from __future__ import annotations

import enum
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect, Enum, Integer, MetaData, TypeDecorator, Uuid, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid_utils.compat import uuid7

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: always aware and in UTC on the Python side, naive UTC in the file.

    Raises ValueError for a naive datetime, because nobody could say which moment it means.
    """

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What a value is on the Python side; a TypeDecorator itself would not say."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into naive UTC for the file."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the file's naive UTC back into an aware moment."""
        return None if value is None else value.replace(tzinfo=UTC)


def _values(words: type[enum.Enum]) -> list[str]:
    return [str(word.value) for word in words]


class Base(DeclarativeBase):
    """Every table of the station file."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Uuid(),
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        # Stored by value: the words in the file are the words of the vocabulary and of the wire.
        enum.Enum: Enum(enum.Enum, native_enum=False, length=24, values_callable=_values),
    }


class Synced:
    """A record that travels to the centre: each change leaves an outbox and an audit row.

    ``stream`` is empty for the station's own records; others came from the stream named there
    (``R:<region>``, ``C:global``) and are only read here (sync.md §1).
    ``row_version`` is the centre's version (0: never seen there). ``edition`` counts the
    changes made here and is printed on paper as 第 N 版. ``extra`` keeps fields that this
    version of the program does not know, untouched.

    A column with ``info={"derived": True}`` is computed and never travels.
    ``kind`` is the record's name in the outbox, the audit and in a Change.
    """

    kind: ClassVar[str]

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    row_version: Mapped[int] = mapped_column(Integer, default=0, info={"derived": True})
    edition: Mapped[int] = mapped_column(Integer, default=1, info={"derived": True})
    stream: Mapped[str] = mapped_column(default="", info={"derived": True})
    extra: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(info={"derived": True})


@event.listens_for(Synced, "init", propagate=True)
def _born(record: Synced, args: tuple[Any, ...], values: dict[str, Any]) -> None:
    """Give a record its id when it is made, so that others may refer to it before a flush."""
    values.setdefault("id", uuid7())
