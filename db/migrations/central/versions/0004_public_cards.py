"""What the page behind a duty card's code may know: one card of one key, and nobody else's."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

#: Only what stands on the card itself; who asks has to bring the card's id and its key's name.
_PUBLIC_CARD = """
CREATE FUNCTION public_card(key_name text, card uuid, deputy uuid, OUT public_key text,
    OUT of_station text, OUT station text, OUT revoked boolean, OUT card_state text,
    OUT name text, OUT levels jsonb, OUT place text, OUT hours text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE home text;
BEGIN
    SELECT r.body->>'public_key', r.body->>'station_id', r.body->>'station_name',
        r.body->>'revoked_at' IS NOT NULL INTO public_key, of_station, station, revoked
    FROM record r WHERE r.kind = 'card_issuer' AND r.state = 0
        AND r.body->>'key_id' = key_name LIMIT 1;
    SELECT r.stream_id, r.body->>'state' INTO home, card_state
    FROM record r WHERE r.kind = 'duty_card' AND r.id = card AND r.state = 0
        AND r.body->>'key_id' = key_name LIMIT 1;
    IF public_key IS NULL OR home IS NULL THEN RETURN; END IF;
    SELECT r.body->>'name', r.body->'levels' INTO name, levels
    FROM record r WHERE r.kind = 'deputy' AND r.id = deputy AND r.state = 0
        AND (r.stream_id = home OR r.stream_id LIKE 'R:%') LIMIT 1;
    SELECT r.body->>'address', r.body->>'opening_hours' INTO place, hours
    FROM record r WHERE r.stream_id = home AND r.kind = 'station' AND r.state = 0 LIMIT 1;
END $$;
"""


def upgrade() -> None:
    _run("CREATE INDEX ix_record_public ON record (id) WHERE kind IN ('duty_card', 'deputy')")
    _run("CREATE INDEX ix_record_issuer ON record ((body->>'key_id')) WHERE kind = 'card_issuer'")
    _run(_PUBLIC_CARD)
    _run("REVOKE EXECUTE ON FUNCTION public_card FROM PUBLIC")
    _run("GRANT EXECUTE ON FUNCTION public_card TO liaison_gateway, liaison_admin")


def downgrade() -> None:
    _run("DROP FUNCTION public_card")
    _run("DROP INDEX ix_record_public, ix_record_issuer")


def _run(statements: str) -> None:
    op.get_bind().exec_driver_sql(statements.replace("%", "%%"))
