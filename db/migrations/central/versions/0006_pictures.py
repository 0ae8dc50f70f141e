"""Which record names a picture is asked for each part of it that comes, so it is found at once."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _run(
        "CREATE INDEX ix_record_picture ON record (stream_id, (body->>'sha256'))"
        " WHERE kind = 'photo' AND state = 0"
    )


def downgrade() -> None:
    _run("DROP INDEX ix_record_picture")


def _run(statement: str) -> None:
    op.get_bind().exec_driver_sql(statement)
