"""The schema ``report``: a typed view of every kind, for tools that only read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from central.database import READER
from central.reports import make_views
from db.policy import models
from tests.central.conftest import RunningCentre
from tests.central.device import Device, mutation


@pytest.fixture(scope="module")
def centre(
    make_settings: Callable[..., Any], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    running = run_centre(make_settings())
    make_views(running.settings.admin_url)
    return running


def ask(centre: RunningCentre, query: str, *values: Any) -> list[tuple[Any, ...]]:
    url = make_conninfo(centre.settings.admin_url, user=READER)
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode(), values).fetchall()


def test_there_is_a_view_of_every_kind(centre: RunningCentre) -> None:
    found = centre.sql("SELECT table_name FROM information_schema.views WHERE table_schema = %s",
                       "report")  # fmt: skip
    assert {name for (name,) in found} == models().keys()
    for kind in models():
        ask(centre, f"SELECT * FROM report.{kind}")


def test_values_have_their_types(device: Device, centre: RunningCentre) -> None:
    day = mutation(1, "day", fields={"held_on": (None, "2026-11-10"), "status": (None, "open"),
                                     "created_at": (None, "2026-11-10T01:00:00Z")})  # fmt: skip
    device.push(day)
    [(one, held_on, status, made)] = ask(
        centre, "SELECT id, held_on, status, created_at FROM report.day WHERE id = %s", day.id
    )
    assert (one, held_on, status, made.year) == (day.id, date(2026, 11, 10), "open", 2026)
    assert isinstance(one, UUID)


def test_what_is_gone_is_not_in_a_report(device: Device, centre: RunningCentre) -> None:
    made = mutation(1)
    device.push(made, mutation(2, id=made.id, op="delete", base=1, fields={}))
    assert ask(centre, "SELECT 1 FROM report.resident WHERE id = %s", made.id) == []


def test_one_odd_value_does_not_spoil_a_report(device: Device, centre: RunningCentre) -> None:
    odd = mutation(1, "day", fields={"held_on": (None, "the tenth"), "status": (None, 7),
                                     "created_at": (None, [])})  # fmt: skip
    device.push(odd)
    query = "SELECT held_on, status, created_at FROM report.day WHERE id = %s"
    assert ask(centre, query, odd.id) == [(None, "7", None)]


def test_views_are_made_again_without_harm(centre: RunningCentre) -> None:
    views = "SELECT count(*) FROM information_schema.views WHERE table_schema = 'report'"
    before = centre.sql(views)
    make_views(centre.settings.admin_url)
    assert centre.sql(views) == before


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM record", "UPDATE record SET rev = 0", "INSERT INTO region VALUES ('a', 'b')",
     "SELECT * FROM record_history", "SELECT * FROM device", "SELECT enter(gen_random_uuid())",
     "SELECT device_key(gen_random_uuid())", "SELECT * FROM mutation_result"],
)  # fmt: skip
def test_a_reporting_tool_can_do_nothing_else(centre: RunningCentre, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(centre, statement)
