"""Casework: deadlines and views beside issues, suggestions, meetings, rules, calendar, papers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

#: The columns that every new issue column gets until the program has worked through the file.
_ISSUE: tuple[tuple[str, Any, Any], ...] = (
    ("turn", sa.String(24), "station"),
    ("due_on", sa.Date(), None),
    ("promise_on", sa.Date(), None),
    ("look_back_on", sa.Date(), None),
    ("revisit_on", sa.Date(), None),
    ("to_rate", sa.Boolean(), sa.false()),
    ("supervised", sa.Boolean(), sa.false()),
    ("degree", sa.String(24), None),
    ("rating", sa.String(24), None),
    ("suggestion_id", sa.Uuid(), None),
)
_INDEXES = (
    ("due", "due_on", "due_on IS NOT NULL"),
    ("promise", "promise_on", "promise_on IS NOT NULL"),
    ("look_back", "look_back_on", "look_back_on IS NOT NULL"),
    ("revisit", "revisit_on", "revisit_on IS NOT NULL"),
    ("to_do", "registered_at", "turn = 'station'"),
    ("to_rate", "registered_at", "to_rate"),
    ("supervised", "registered_at", "supervised"),
    ("open", "registered_at", "turn <> 'nobody'"),
)
_FILTERS = (
    ("unit", ["unit_id", "registered_at", "id"]),
    ("degree", ["degree", "registered_at", "id"]),
    ("rating", ["rating", "registered_at", "id"]),
    ("suggestion", ["suggestion_id"]),
)
_COUNTED = "event IN ('committed', 'kept', 'broken', 'evaluated', 'settled', 'met')"
#: name, the day it goes by, when an issue counts; {r} is NEW or OLD.
_TALLIES = (
    ("status", "{r}.status", "1"),
    ("due", "{r}.due_on", "{r}.due_on IS NOT NULL"),
    ("promise", "{r}.promise_on", "{r}.promise_on IS NOT NULL"),
    ("look_back", "{r}.look_back_on", "{r}.look_back_on IS NOT NULL"),
    ("revisit", "{r}.revisit_on", "{r}.revisit_on IS NOT NULL"),
    ("to_do", "''", "{r}.turn = 'station'"),
    ("to_rate", "''", "{r}.to_rate"),
    ("supervised", "''", "{r}.supervised"),
    ("open", "date({r}.registered_at, '+8 hours')", "{r}.turn <> 'nobody'"),
)


def upgrade() -> None:
    with op.batch_alter_table("issue") as table:
        for name, kind, value in _ISSUE:
            column: sa.Column[object] = sa.Column(
                name, kind, nullable=value is None, server_default=value
            )
            table.add_column(column)
    for name, columns in _FILTERS:
        there = sa.text(f"{columns[0]} IS NOT NULL")
        op.create_index(f"ix_issue_{name}", "issue", columns, sqlite_where=there)
    for name, first, said in _INDEXES:
        op.create_index(f"ix_issue_{name}", "issue", [first, "id"], sqlite_where=sa.text(said))
    with op.batch_alter_table("issue_event") as table:
        table.add_column(sa.Column("expected", sa.String(24), nullable=True))
    op.create_index(
        "ix_issue_event_kind",
        "issue_event",
        ["event", "happened_at"],
        sqlite_where=sa.text(_COUNTED),
    )
    _own_tables()
    _records()
    _triggers()
    # What follows from the histories is worked out by the program when it opens the file.
    op.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('issue_columns', '\"stale\"')")


def _own_tables() -> None:
    op.create_table(
        "issue_deputy",
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("deputy_id", "issue_id", name=op.f("pk_issue_deputy")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_issue_deputy_issue_id"), "issue_deputy", ["issue_id"])
    op.create_table(
        "tally",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "day", name=op.f("pk_tally")),
        sqlite_with_rowid=False,
    )


def _synced(name: str, *columns: sa.Column[object] | sa.ForeignKeyConstraint) -> None:
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _text(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _json(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.JSON(), nullable=False) for name in names]


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _records() -> None:
    _synced(
        "deputy_suggestion",
        *_text("title", "text", "official_number"),
        *_json("deputy_ids", "issue_ids"),
        sa.Column("complex", sa.Boolean(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(24), nullable=False),
    )
    _index("deputy_suggestion", "drafted_on", "id")
    _index("deputy_suggestion", "stage", "drafted_on")
    _synced(
        "suggestion_event",
        sa.Column("suggestion_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(24), nullable=False),
        sa.Column("expected", sa.String(24), nullable=True),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        *_text("text"),
        *_json("details"),
        _to("suggestion_event", "suggestion_id", "deputy_suggestion"),
        _to("suggestion_event", "actor_id", "account"),
        _to("suggestion_event", "unit_id", "unit"),
    )
    _index("suggestion_event", "suggestion_id", "happened_at", "id")
    _synced(
        "meeting",
        sa.Column("held_on", sa.Date(), nullable=False),
        *_text("place", "topic", "text"),
        *_json("deputy_ids", "residents", "departments", "issue_ids"),
    )
    _index("meeting", "held_on", "id")
    _synced(
        "rule_set",
        *_text("code"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        *_json("body"),
    )
    _index("rule_set", "code")
    _synced(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        *_text("name"),
    )
    _index("calendar_day", "day")
    _synced(
        "dictionary_entry",
        *_text("dictionary", "code", "name", "text"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
    )
    _index("dictionary_entry", "dictionary")
    _synced(
        "attachment",
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        *_text("name", "media_type"),
        sa.Column("size", sa.Integer(), nullable=False),
        *_text("removed_reason"),
        _to("attachment", "issue_id", "issue"),
        _to("attachment", "photo_id", "photo"),
    )
    _index("attachment", "issue_id")


def _moved(row: str, by: int) -> str:
    return " ".join(
        f"INSERT INTO tally (name, day, n) SELECT '{name}', {day.format(r=row)}, {by}"
        f" WHERE {counts.format(r=row)}"
        " ON CONFLICT (name, day) DO UPDATE SET n = n + excluded.n;"
        for name, day, counts in _TALLIES
    )


def _triggers() -> None:
    columns = (
        "status, due_on, promise_on, look_back_on, revisit_on, turn, to_rate, supervised,"
        " registered_at"
    )
    add, drop = _moved("NEW", 1), _moved("OLD", -1)
    op.execute(f"CREATE TRIGGER issue_tally_add AFTER INSERT ON issue BEGIN {add} END")
    op.execute(
        f"CREATE TRIGGER issue_tally_edit AFTER UPDATE OF {columns} ON issue BEGIN {drop} {add} END"
    )
    op.execute(f"CREATE TRIGGER issue_tally_drop AFTER DELETE ON issue BEGIN {drop} END")
