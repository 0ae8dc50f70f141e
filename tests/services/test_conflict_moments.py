"""Moments in conflicts: shown as people read them, and chosen like any other value."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from db.models import Conflict, Deputy
from station_app.domain.deputies import DeputyDraft
from station_app.errors import RuleViolation
from station_app.services import deputies
from station_app.services.sync_state import resolve_conflict
from station_app.services.sync_values import value_words
from station_app.wiring import OpenStation

HERE, THERE = "2026-11-09T01:00:00Z", "2026-11-10T02:30:00Z"


def test_a_moment_is_told_as_people_read_it_and_can_be_chosen(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        deputy = deputies.save_deputy(tx, DeputyDraft("宋贵森"))
        row = Conflict(record_kind="deputy", record_id=deputy.id, field="retired_at")
        row.present, row.wanted = HERE, THERE
        tx.session.add(row)
        tx.session.flush()
        assert value_words(tx, "deputy", "retired_at", THERE) == "2026-11-10 10:30"
        with pytest.raises(RuleViolation):
            resolve_conflict(tx, row.id, "昨天")
        resolve_conflict(tx, row.id, THERE)
        found = tx.session.get(Deputy, deputy.id)
        assert found is not None
        assert found.retired_at == datetime(2026, 11, 10, 2, 30, tzinfo=UTC)
        assert row.resolved_at is not None
