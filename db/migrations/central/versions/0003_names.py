"""A PC that joins is told what its station is called."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: The station of the device that ``enter`` let in, and no other.
MY_STATION = """
CREATE FUNCTION my_station(OUT code text, OUT name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT s.code, s.name FROM station s
      WHERE s.stream_id = current_setting('app.own', true) $$;
REVOKE EXECUTE ON FUNCTION my_station FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_station TO liaison_gateway, liaison_admin;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(MY_STATION)


def downgrade() -> None:
    op.get_bind().exec_driver_sql("DROP FUNCTION my_station")
