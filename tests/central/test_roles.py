"""The gateway's role owns nothing and may nothing more than it needs (docs/sync.md §2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from central.config import Settings
from central.database import GATEWAY, OWNER
from tests.central.conftest import RunningCentre
from tests.central.device import Device, mutation


def test_the_gateways_role_owns_nothing_and_may_nothing_more(centre: RunningCentre) -> None:
    [rights] = centre.sql(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
        " FROM pg_roles WHERE rolname = %s", GATEWAY)  # fmt: skip
    assert not any(rights)
    for catalogue, owner in (("pg_class", "relowner"), ("pg_proc", "proowner"),
                             ("pg_namespace", "nspowner"), ("pg_database", "datdba"),
                             ("pg_type", "typowner")):  # fmt: skip
        owned = centre.sql(f"SELECT count(*) FROM {catalogue} JOIN pg_roles r ON r.oid = {owner}"
                           " WHERE rolname = %s", GATEWAY)  # fmt: skip
        assert owned == [(0,)], catalogue
    assert centre.sql("SELECT 1 FROM pg_auth_members JOIN pg_roles r ON r.oid = member"
                      " WHERE rolname = %s", GATEWAY) == []  # fmt: skip


def test_row_level_security_is_forced_on_every_table_with_rows_of_stations(
    centre: RunningCentre,
) -> None:
    tables = centre.sql(
        "SELECT relname, relrowsecurity, relforcerowsecurity, rolname FROM pg_class"
        " JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_roles r ON r.oid = relowner"
        " WHERE nspname = 'public' AND relkind IN ('r', 'p') AND relname <> 'alembic_version'"
    )
    assert len(tables) == 12 + 32
    assert [name for name, on, forced, _ in tables if not (on and forced)] == []
    assert {owner for *_, owner in tables} == {OWNER}


def test_the_gateway_runs_only_the_functions_it_needs(centre: RunningCentre) -> None:
    may = centre.sql(
        "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
        " WHERE nspname = 'public' AND has_function_privilege(%s, pg_proc.oid, 'EXECUTE')", GATEWAY,
    )  # fmt: skip
    assert {name for (name,) in may} == {
        "enter", "device_key", "told_at_station", "join_station", "renew", "my_station",
        "public_card"}  # fmt: skip


def test_who_logs_in_as_somebody_mightier_is_narrowed_to_the_gateway(
    centre: RunningCentre, run_centre: Callable[..., RunningCentre], device: Device
) -> None:
    device.push(mutation(1))
    settings: Settings = replace(centre.settings, gateway_url=centre.settings.admin_url)
    mighty = run_centre(settings)
    with mighty.gateway._centre.database.connection() as connection:
        assert connection.execute("SELECT current_user").fetchone() == (GATEWAY,)
        assert connection.execute("SELECT count(*) FROM record").fetchone() == (0,)
    device.port = mighty.port
    assert len(device.pull_all()) == 1
