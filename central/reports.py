"""Typed views of every kind in the schema ``report``, made from the models, for reporting tools."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, Time, Uuid, inspect

from central.database import ADMIN, OWNER, READER
from db.models.base import UtcDateTime
from db.policy import models, travelling

_TYPES: tuple[tuple[type[Any], str], ...] = (
    (UtcDateTime, "timestamptz"),
    (DateTime, "timestamptz"),
    (Date, "date"),
    (Time, "time"),
    (Uuid, "uuid"),
    (Boolean, "boolean"),
    (Integer, "bigint"),
)


def make_views(url: str) -> None:
    """Make the views anew. ``security_invoker``: whoever asks sees what the policies let them."""
    with psycopg.connect(url) as connection:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(OWNER)))
        connection.execute("CREATE SCHEMA IF NOT EXISTS report")
        readers = sql.SQL(", ").join(map(sql.Identifier, (ADMIN, READER)))
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA report TO {}").format(readers))
        for cast in sorted({cast for _, cast in _TYPES}):
            # One odd value that a station once handed in must not spoil a report of all.
            connection.execute(
                sql.SQL(
                    "CREATE OR REPLACE FUNCTION {}(text) RETURNS {} LANGUAGE plpgsql STABLE STRICT"
                    " PARALLEL SAFE AS $$ BEGIN RETURN $1::{};"
                    " EXCEPTION WHEN data_exception THEN RETURN NULL; END $$"
                ).format(_function(cast), sql.SQL(cast), sql.SQL(cast))
            )
        for kind, model in sorted(models().items()):
            view = sql.Identifier("report", kind)
            connection.execute(sql.SQL("DROP VIEW IF EXISTS {}").format(view))
            connection.execute(
                sql.SQL(
                    "CREATE VIEW {} WITH (security_invoker) AS SELECT stream_id, id, row_version,"
                    " updated_at AS received_at, {} FROM record WHERE kind = {} AND state = 0"
                ).format(view, sql.SQL(", ").join(_columns(model)), kind)
            )
            connection.execute(sql.SQL("GRANT SELECT ON {} TO {}").format(view, readers))


def _columns(model: type[Any]) -> list[sql.Composable]:
    columns = inspect(model).columns
    return [_column(name, columns[name].type) for name in travelling(model)]


def _column(name: str, kind: Any) -> sql.Composable:
    if isinstance(kind, JSON) or name == "body":
        return sql.SQL("body->{} AS {}").format(name, sql.Identifier(name))
    cast = next((one for known, one in _TYPES if isinstance(kind, known)), None)
    value = sql.SQL("body->>{}").format(name)
    if cast:
        value = sql.SQL("{}({})").format(_function(cast), value)
    return sql.SQL("{} AS {}").format(value, sql.Identifier(name))


def _function(cast: str) -> sql.Composable:
    return sql.Identifier("report", f"as_{cast}")
