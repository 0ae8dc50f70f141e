"""A PC is let in without a look at every stream and every PC: a province has six thousand."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

_ENTER = """
CREATE OR REPLACE FUNCTION enter(wanted uuid, OUT station uuid, OUT status text, OUT streams text[],
    OUT lives int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE home text;
BEGIN
    SELECT d.station_id, d.status, s.stream_id INTO station, status, home
    FROM device d JOIN station s USING (station_id) WHERE d.device_id = wanted;
    {lives}
    WITH RECURSIVE above(code, parent) AS (
        SELECT r.code, r.parent FROM region r JOIN station s ON s.region = r.code
        WHERE s.station_id = station
        UNION SELECT r.code, r.parent FROM region r JOIN above a ON a.parent = r.code
    )
    SELECT array_agg(stream_id ORDER BY stream_id) INTO streams FROM stream
    WHERE {readable};
    PERFORM set_config('app.device', coalesce(wanted::text, ''), true),
            set_config('app.own', coalesce(home, ''), true),
            set_config('app.streams',
                       CASE WHEN home IS NULL THEN '' ELSE array_to_string(streams, ' ') END, true);
END $$;
"""
#: Arrays, each looked up in an index by its members; an OR or a join would be a walk through all.
BY_KEY = _ENTER.format(
    lives="""SELECT count(*) INTO lives FROM incarnation
    WHERE device_id = ANY
        (ARRAY(SELECT d.device_id FROM device d WHERE d.station_id = station));""",
    readable="stream_id = ANY (ARRAY[home, 'C:global'] || ARRAY(SELECT 'R:' || code FROM above))",
)
AS_BEFORE = _ENTER.format(
    lives="""SELECT count(*) INTO lives FROM incarnation i JOIN device d USING (device_id)
    WHERE d.station_id = station;""",
    readable="""stream_id = home OR stream_id = 'C:global'
        OR stream_id IN (SELECT 'R:' || code FROM above)""",
)


def upgrade() -> None:
    _run("CREATE INDEX ix_device_station ON device (station_id)")
    _run(BY_KEY)


def downgrade() -> None:
    _run(AS_BEFORE)
    _run("DROP INDEX ix_device_station")


def _run(statements: str) -> None:
    op.get_bind().exec_driver_sql(statements)
