"""Signed paper: the register of duty cards, the keys they are signed with, and scanned papers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _synced(
        "duty_card",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("card_kind", sa.String(24), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("station_id", sa.Uuid(), nullable=False),
        *_text("key_id", "signed"),
        sa.Column("state", sa.String(24), nullable=False),
        *_text("void_reason"),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("replaced_by", sa.Uuid(), nullable=True),
        _to("duty_card", "deputy_id", "deputy"),
    )
    _index("duty_card", "state", "valid_to")
    _index("duty_card", "number")
    _index("duty_card", "deputy_id")
    _synced("card_key", *_key_columns())
    _index("card_key", "key_id")
    _synced(
        "card_issuer",
        *_key_columns(),
        *_text("station_name", "certificate"),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
    )
    _index("card_issuer", "key_id")
    _synced(
        "card_notice",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("station_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
    )
    _index("card_notice", "card_id")
    op.create_table(
        "own_card_key",
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_own_card_key")),
    )
    _synced(
        "scanned_paper",
        *_text("record_kind"),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("paper_edition", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        *_text("name", "media_type"),
        sa.Column("size", sa.Integer(), nullable=False),
        *_text("removed_reason"),
        _to("scanned_paper", "photo_id", "photo"),
    )
    _index("scanned_paper", "record_id")


def _key_columns() -> list[sa.Column[object]]:
    return [*_text("key_id", "public_key"), sa.Column("station_id", sa.Uuid(), nullable=False)]


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
