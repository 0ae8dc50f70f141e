"""Typed views of every kind in the schema ``report``, made from the models, for reporting tools."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, Time, Uuid, inspect

from central.database import ADMIN, OWNER
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
        connection.execute(
            sql.SQL("GRANT USAGE ON SCHEMA report TO {}").format(sql.Identifier(ADMIN))
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
            connection.execute(
                sql.SQL("GRANT SELECT ON {} TO {}").format(view, sql.Identifier(ADMIN))
            )


def _columns(model: type[Any]) -> list[sql.Composable]:
    columns = inspect(model).columns
    return [_column(name, columns[name].type) for name in travelling(model)]


def _column(name: str, kind: Any) -> sql.Composable:
    if isinstance(kind, JSON) or name == "body":
        return sql.SQL("body->{} AS {}").format(name, sql.Identifier(name))
    cast = next((one for known, one in _TYPES if isinstance(kind, known)), "text")
    return sql.SQL("(body->>{})::{} AS {}").format(name, sql.SQL(cast), sql.Identifier(name))
