"""The tables of the exchange with the centre; numbers given out twice are no error any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SYNCED = (
    ("row_version", sa.Integer(), False),
    ("edition", sa.Integer(), False),
    ("stream", sa.String(), False),
    ("extra", sa.JSON(), True),
    ("created_at", sa.DateTime(), False),
    ("updated_at", sa.DateTime(), False),
)


def upgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("acked_at", sa.DateTime(), nullable=True))
    for name in ("visit", "issue"):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"uq_{name}_number"), type_="unique")
            table.create_index(op.f(f"ix_{name}_number"), ["number"], unique=False)
    _own_tables()
    _records()


def _own_tables() -> None:
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("station_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("incarnation", sa.Integer(), nullable=False),
        sa.Column("sign_key", sa.LargeBinary(), nullable=False),
        sa.Column("seal_key", sa.LargeBinary(), nullable=False),
        sa.Column("centre_sign_key", sa.LargeBinary(), nullable=False),
        sa.Column("centre_seal_key", sa.LargeBinary(), nullable=False),
        sa.Column("acked_mid", sa.Integer(), nullable=False),
        sa.Column("renew", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.Column("last_exchange_at", sa.DateTime(), nullable=True),
        sa.Column("last_check_at", sa.DateTime(), nullable=True),
        sa.Column("clock_off", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
    )
    op.create_table(
        "cursor",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("next_rev", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_cursor")),
    )
    op.create_table(
        "stage",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("page", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "since", name=op.f("pk_stage")),
    )
    op.create_table(
        "shadow",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "record_id", name=op.f("pk_shadow")),
    )
    op.create_table(
        "blob_task",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "way", name=op.f("pk_blob_task")),
    )


def _records() -> None:
    op.create_table(
        "conflict",
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("present_actor_id", sa.Uuid(), nullable=True),
        sa.Column("wanted_actor_id", sa.Uuid(), nullable=True),
        sa.Column("present_hlc", sa.String(), nullable=False),
        sa.Column("wanted_hlc", sa.String(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, kind, nullable=null) for name, kind, null in _SYNCED),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    with op.batch_alter_table("conflict") as table:
        table.create_index(table.f("ix_conflict_resolved_at"), ["resolved_at"], unique=False)
        table.create_index(table.f("ix_conflict_record_id"), ["record_id"], unique=False)
    op.create_table(
        "suggestion",
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, kind, nullable=null) for name, kind, null in _SYNCED),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
