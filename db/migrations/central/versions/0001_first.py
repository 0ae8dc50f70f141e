"""The tables of the first version, and the wall of row-level security around each (sync.md §2)."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

PARTITIONS = 16

TABLES = """
CREATE TABLE region (
    code text PRIMARY KEY CHECK (code ~ '^[A-Za-z0-9_-]{1,40}$'),
    name text NOT NULL,
    parent text REFERENCES region
);
CREATE TABLE stream (
    stream_id text PRIMARY KEY CHECK (stream_id ~ '^(S:[0-9a-f]{32}|R:[A-Za-z0-9_-]+|C:global)$'),
    kind "char" GENERATED ALWAYS AS (substr(stream_id, 1, 1)::"char") STORED,
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    head bigint NOT NULL DEFAULT 0,
    floor_rev bigint NOT NULL DEFAULT 0,
    digest numeric(20) NOT NULL DEFAULT 0
);
CREATE TABLE station (
    station_id uuid PRIMARY KEY,
    stream_id text NOT NULL UNIQUE REFERENCES stream,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    region text NOT NULL REFERENCES region
);
CREATE TABLE device (
    device_id uuid PRIMARY KEY,
    station_id uuid NOT NULL REFERENCES station,
    letter text NOT NULL,
    public_key bytea NOT NULL UNIQUE,
    seal_key bytea NOT NULL,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'revoked')),
    enrolled_at timestamptz NOT NULL DEFAULT now(),
    last_seen timestamptz,
    app_version text NOT NULL DEFAULT '',
    schema_version int NOT NULL DEFAULT 0
);
CREATE TABLE incarnation (
    device_id uuid REFERENCES device,
    incarnation int,
    letter text NOT NULL,
    last_mid bigint NOT NULL DEFAULT 0,
    -- Changes with a lower mid may be from before this life; null: the PC has not said so yet.
    born_mid bigint,
    began_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (device_id, incarnation)
);
CREATE TABLE record (
    stream_id text NOT NULL,
    kind text NOT NULL,
    id uuid NOT NULL,
    rev bigint NOT NULL,
    row_version int NOT NULL,
    state smallint NOT NULL,
    body jsonb,
    field_versions jsonb NOT NULL,
    origin_device uuid,
    origin_mid bigint NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (stream_id, kind, id),
    UNIQUE (stream_id, rev)
) PARTITION BY HASH (stream_id);
CREATE TABLE record_history (
    stream_id text NOT NULL,
    kind text NOT NULL,
    id uuid NOT NULL,
    row_version int NOT NULL,
    diff jsonb,
    actor uuid,
    device uuid,
    mid bigint NOT NULL DEFAULT 0,
    hlc text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (stream_id, kind, id, row_version)
) PARTITION BY HASH (stream_id);
-- One row a batch: mid is its first; results, uuids (16 bytes) and hashes (32) are in mid order.
CREATE TABLE mutation_result (
    device_id uuid NOT NULL,
    incarnation int NOT NULL,
    mid bigint NOT NULL,
    to_mid bigint NOT NULL,
    uuids bytea NOT NULL,
    body_sha256 bytea NOT NULL,
    result jsonb NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (device_id, incarnation, mid)
);
CREATE TABLE enrolment (
    code_sha256 bytea PRIMARY KEY,
    station_id uuid NOT NULL REFERENCES station,
    issued_by text NOT NULL,
    approved_by text,
    needs_approval boolean NOT NULL,
    expires_at timestamptz NOT NULL,
    device_id uuid REFERENCES device
);
CREATE TABLE blob (
    stream_id text NOT NULL REFERENCES stream,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint NOT NULL,
    stored bigint NOT NULL DEFAULT 0,
    complete boolean NOT NULL DEFAULT false,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (stream_id, sha256)
);
CREATE TABLE quarantine (
    device_id uuid NOT NULL REFERENCES device,
    received_at timestamptz NOT NULL DEFAULT now(),
    body_sha256 bytea NOT NULL,
    body bytea NOT NULL,
    accepted_at timestamptz,
    PRIMARY KEY (device_id, body_sha256)
);
CREATE TABLE audit_head (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    act text NOT NULL,
    who text NOT NULL,
    target text NOT NULL,
    link bytea NOT NULL
);
"""

#: Who a device is and what it may see is decided here, not in the gateway.
ENTER = """
CREATE FUNCTION enter(wanted uuid, OUT station uuid, OUT status text, OUT streams text[],
    OUT lives int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE home text;
BEGIN
    SELECT d.station_id, d.status, s.stream_id INTO station, status, home
    FROM device d JOIN station s USING (station_id) WHERE d.device_id = wanted;
    SELECT count(*) INTO lives FROM incarnation i JOIN device d USING (device_id)
    WHERE d.station_id = station;
    WITH RECURSIVE above(code, parent) AS (
        SELECT r.code, r.parent FROM region r JOIN station s ON s.region = r.code
        WHERE s.station_id = station
        UNION SELECT r.code, r.parent FROM region r JOIN above a ON a.parent = r.code
    )
    SELECT array_agg(stream_id ORDER BY stream_id) INTO streams FROM stream
    WHERE stream_id = home OR stream_id = 'C:global'
        OR stream_id IN (SELECT 'R:' || code FROM above);
    PERFORM set_config('app.device', coalesce(wanted::text, ''), true),
            set_config('app.own', coalesce(home, ''), true),
            set_config('app.streams',
                       CASE WHEN home IS NULL THEN '' ELSE array_to_string(streams, ' ') END, true);
END $$;
CREATE FUNCTION device_key(wanted uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT public_key FROM device WHERE device_id = wanted $$;
"""

#: Answers to the other lives of this PC, and to the other PCs of its station.
TOLD = """
CREATE FUNCTION told_at_station(life int) RETURNS TABLE (uuids bytea, result jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.uuids, m.result FROM mutation_result m JOIN device d USING (device_id)
    WHERE d.station_id = (SELECT station_id FROM device
                          WHERE device_id = current_setting('app.device')::uuid)
        AND NOT (m.device_id = current_setting('app.device')::uuid AND m.incarnation = life)
    ORDER BY m.received_at, m.mid
$$;
"""

#: A letter is never given twice at a station: paper numbers made apart cannot collide.
JOIN = """
CREATE FUNCTION next_letter(wanted uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n int;
BEGIN
    PERFORM 1 FROM station WHERE station_id = wanted FOR UPDATE;
    SELECT count(*) INTO n FROM incarnation JOIN device USING (device_id)
    WHERE station_id = wanted;
    RETURN CASE WHEN n < 26 THEN chr(65 + n) ELSE chr(64 + n / 26) || chr(65 + mod(n, 26)) END;
END $$;
CREATE FUNCTION join_station(code bytea, new_id uuid, sign bytea, seal bytea, app text, schema int,
    OUT problem text, OUT device uuid, OUT station uuid, OUT its_letter text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE found enrolment;
BEGIN
    SELECT * INTO found FROM enrolment WHERE code_sha256 = code FOR UPDATE;
    station := found.station_id;
    IF found.device_id IS NOT NULL THEN
        -- The answer was lost and the same PC asks again.
        SELECT d.device_id, d.letter INTO device, its_letter FROM device d
        WHERE d.device_id = found.device_id AND d.public_key = sign AND d.seal_key = seal;
        IF device IS NULL THEN problem := 'used'; END IF;
    ELSIF station IS NULL THEN problem := 'unknown';
    ELSIF found.expires_at < clock_timestamp() THEN problem := 'expired';
    ELSIF found.approved_by IS NULL AND (found.needs_approval OR EXISTS (
        -- Asked again: another code may have been used since this one was issued.
        SELECT 1 FROM device d WHERE d.station_id = found.station_id AND d.status = 'active'))
        THEN problem := 'unapproved';
    ELSIF EXISTS (SELECT 1 FROM device WHERE public_key = sign) THEN problem := 'key';
    ELSE
        device := new_id;
        its_letter := next_letter(station);
        INSERT INTO device (device_id, station_id, letter, public_key, seal_key,
            app_version, schema_version)
        VALUES (device, station, its_letter, sign, seal, app, schema);
        INSERT INTO incarnation (device_id, incarnation, letter) VALUES (device, 1, its_letter);
        UPDATE enrolment SET device_id = device WHERE code_sha256 = code;
    END IF;
END $$;
CREATE FUNCTION renew(wanted uuid, after bigint, at_least int,
    OUT its_incarnation int, OUT its_letter text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF wanted::text IS DISTINCT FROM current_setting('app.device', true) THEN
        RAISE insufficient_privilege;
    END IF;
    SELECT next_letter(d.station_id) INTO its_letter FROM device d WHERE d.device_id = wanted;
    SELECT greatest(max(i.incarnation) + 1, at_least) INTO its_incarnation
    FROM incarnation i WHERE i.device_id = wanted;
    INSERT INTO incarnation (device_id, incarnation, letter, last_mid)
    VALUES (wanted, its_incarnation, its_letter, after);
END $$;
"""

#: What runs as the owner; each looks at one device or one code only.
FOR_THE_GATEWAY = "enter, device_key, told_at_station, join_station, renew"

#: COALESCE keeps the planner from looking rows up by it: an index that fits ``ANY`` seems to it as
#: good as the primary key, and a new centre would read a whole stream for each record of a batch.
_STREAMS = (
    "coalesce(stream_id = ANY"
    " ((SELECT string_to_array(current_setting('app.streams', true), ' '))::text[]), false)"
)
_OWN = "stream_id = (SELECT current_setting('app.own', true))"
_DEVICE = "device_id = (SELECT nullif(current_setting('app.device', true), '')::uuid)"

#: Table → what the gateway may read, what it may write, and by which commands.
WALLS = {
    "region": ("", "", "SELECT"),
    "station": ("", "", ""),
    "stream": (_STREAMS, _OWN, "SELECT, UPDATE"),
    "record": (_STREAMS, _OWN, "SELECT, INSERT, UPDATE"),
    "record_history": (_OWN, _OWN, "SELECT, INSERT"),
    "device": (_DEVICE, _DEVICE, "SELECT, UPDATE"),
    "incarnation": (_DEVICE, _DEVICE, "SELECT, INSERT, UPDATE"),
    "mutation_result": (_DEVICE, _DEVICE, "SELECT, INSERT"),
    "enrolment": ("", "", ""),
    "blob": (_STREAMS, _OWN, "SELECT, INSERT, UPDATE, DELETE"),
    "quarantine": (_DEVICE, _DEVICE, "SELECT, INSERT"),
    "audit_head": ("", "", ""),
}


def upgrade() -> None:
    _run(TABLES)
    _run("CREATE INDEX ix_blob_pending ON blob (received_at) WHERE NOT complete")
    _run("CREATE INDEX ix_mutation_result_received ON mutation_result USING brin (received_at)")
    for table in ("record", "record_history"):
        for part in range(PARTITIONS):
            name = f"{table}_{part:02d}"
            _run(f"CREATE TABLE {name} PARTITION OF {table} FOR VALUES"
                 f" WITH (MODULUS {PARTITIONS}, REMAINDER {part})")  # fmt: skip
            _wall(name, "", "", "")
    for table, (reads, writes, commands) in WALLS.items():
        _wall(table, reads, writes, commands)
    _run("GRANT SELECT ON record TO liaison_reader")
    _run("CREATE POLICY reports ON record FOR SELECT TO liaison_reader USING (true)")
    _run(ENTER + TOLD + JOIN)
    _run("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC")
    _run(f"GRANT EXECUTE ON FUNCTION {FOR_THE_GATEWAY} TO liaison_gateway, liaison_admin")
    _run("INSERT INTO stream (stream_id) VALUES ('C:global')")


def downgrade() -> None:
    _run("DROP FUNCTION enter, device_key, told_at_station, next_letter, join_station, renew")
    _run("DROP TABLE " + ", ".join(reversed(WALLS)) + " CASCADE")


def _wall(table: str, reads: str, writes: str, commands: str) -> None:
    """Nobody sees a row unless a policy lets them, not even the table's owner."""
    _run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    _run(f"CREATE POLICY centre ON {table} TO liaison_owner, liaison_admin USING (true)")
    _run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO liaison_admin")
    if not commands:
        return
    _run(f"GRANT {commands} ON {table} TO liaison_gateway")
    _run(f"CREATE POLICY reads ON {table} FOR SELECT TO liaison_gateway USING ({reads or 'true'})")
    for command in {"INSERT", "UPDATE", "DELETE"} & set(commands.split(", ")):
        shape = {"INSERT": f"WITH CHECK ({writes})", "DELETE": f"USING ({writes})"}.get(
            command, f"USING ({writes}) WITH CHECK ({writes})"
        )
        _run(f"CREATE POLICY may_{command.lower()} ON {table} FOR {command}"
             f" TO liaison_gateway {shape}")  # fmt: skip


def _run(statements: str) -> None:
    op.get_bind().exec_driver_sql(statements)
