"""Letters of PCs are counted where a restore can skip those that it does not know of."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: A letter is never given twice at a station: paper numbers made apart cannot collide. After
#: a restore the count goes on behind a gap (central/upkeep.py): A … Z, AA … ZZ, AAA …
NEXT_LETTER = """
CREATE OR REPLACE FUNCTION next_letter(wanted uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n int; letter text := '';
BEGIN
    UPDATE station SET letters = letters + 1 WHERE station_id = wanted RETURNING letters INTO n;
    WHILE n > 0 LOOP
        letter := chr(65 + mod(n - 1, 26)) || letter;
        n := (n - 1) / 26;
    END LOOP;
    RETURN letter;
END $$;
"""
COUNT = """
UPDATE station s SET letters =
    (SELECT count(*) FROM incarnation JOIN device d USING (device_id)
     WHERE d.station_id = s.station_id)
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION next_letter(wanted uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n int;
BEGIN
    PERFORM 1 FROM station WHERE station_id = wanted FOR UPDATE;
    SELECT count(*) INTO n FROM incarnation JOIN device USING (device_id)
    WHERE station_id = wanted;
    RETURN CASE WHEN n < 26 THEN chr(65 + n) ELSE chr(64 + n / 26) || chr(65 + mod(n, 26)) END;
END $$;
"""


def upgrade() -> None:
    _run("ALTER TABLE station ADD COLUMN letters int NOT NULL DEFAULT 0")
    _run(COUNT)
    _run(NEXT_LETTER)


def downgrade() -> None:
    _run(AS_BEFORE)
    _run("ALTER TABLE station DROP COLUMN letters")


def _run(statements: str) -> None:
    op.get_bind().exec_driver_sql(statements)
