"""A year is planned: recurring days, absences, activities, help given; reports are frozen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _recurrence()
    _absence()
    _activity()
    _assistance()
    _snapshot()
    with op.batch_alter_table("reception_day") as table:
        table.add_column(sa.Column("recurrence_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("meant_on", sa.Date(), nullable=True))
    _index("reception_day", "recurrence_id", "meant_on")
    with op.batch_alter_table("attendance") as table:
        table.alter_column("day_id", existing_type=sa.Uuid(), nullable=True)
        table.add_column(sa.Column("activity_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_attendance_activity_id_activity"), "activity", ["activity_id"], ["id"]
        )
    _index("attendance", "activity_id")


def _recurrence() -> None:
    _synced(
        "recurrence",
        sa.Column("pattern", sa.String(24), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("months", sa.JSON(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("shift", sa.String(24), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        *_text("place", "theme"),
        sa.Column("day_kind", sa.String(24), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
    )


def _absence() -> None:
    _synced(
        "absence",
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("wish", sa.String(24), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        *_text("note"),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        _to("absence", "deputy_id", "deputy"),
    )
    _index("absence", "deputy_id")


def _activity() -> None:
    _synced(
        "activity",
        sa.Column("activity_kind", sa.String(24), nullable=False),
        *_text("title"),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        *_text("place", "campaign", "note"),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
    )
    _index("activity", "held_on", "id")


def _assistance() -> None:
    _synced(
        "assistance",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        *_text("what", "campaign"),
        sa.Column("deputy_id", sa.Uuid(), nullable=True),
        sa.Column("day_id", sa.Uuid(), nullable=True),
        *_text("note"),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        _to("assistance", "deputy_id", "deputy"),
        _to("assistance", "day_id", "reception_day"),
    )
    _index("assistance", "held_on", "id")
    _index("assistance", "deputy_id")
    _index("assistance", "day_id")


def _snapshot() -> None:
    _synced(
        "report_snapshot",
        *_text("title", "report_kind"),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_until", sa.Date(), nullable=False),
        *_text("campaign"),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(), nullable=False),
        *_text("frozen_by"),
    )
    _index("report_snapshot", "frozen_at")


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


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
