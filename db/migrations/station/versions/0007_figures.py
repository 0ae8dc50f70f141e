"""What counts of issues in figures, kept beside them, and figures frozen as a report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "issue_fact",
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "day", "event_id", name=op.f("pk_issue_fact")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_issue_fact_issue_id"), "issue_fact", ["issue_id"])
    op.create_index(
        "ix_visit_counted",
        "visit",
        ["arrived_at", "party_size", "day_id", "id"],
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    op.execute(
        "CREATE TRIGGER issue_fact_drop AFTER DELETE ON issue BEGIN"
        " DELETE FROM issue_fact WHERE issue_id = OLD.id; END"
    )
    # Filled when the station is next opened: the histories are folded by the program.
    op.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('issue_columns', '\"stale\"')")
