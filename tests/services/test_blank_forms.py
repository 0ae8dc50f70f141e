"""Forms numbered in advance: their numbers are nobody else's, and each is typed in once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from db.vocabulary import Role
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.errors import NotAllowed, RuleViolation
from station_app.services import visits
from station_app.services.blank_forms import blank_forms, reserve_blank_forms
from station_app.wiring import OpenStation
from tests.services.casework import Office

DRAFT = VisitDraft(Party(ResidentDraft("张三")), (IssueDraft("路灯不亮"),))


def test_a_reserved_number_is_never_given_out_and_is_typed_in_once(office: Office) -> None:
    reserved = office.write(lambda tx: reserve_blank_forms(tx, 3))
    assert reserved == tuple(f"LF-KY-A-20261110-{n:03d}" for n in (1, 2, 3))
    plain = office.write(lambda tx: visits.save_visit(tx, DRAFT))
    assert plain.number == "LF-KY-A-20261110-004"
    office.later(2)
    at = datetime(2026, 11, 10, 2, 15, tzinfo=UTC)
    typed = replace(DRAFT, number=" lf-ky-a-20261110-002 ", arrived_at=at)
    made = office.write(lambda tx: visits.save_visit(tx, typed))
    assert (made.number, made.arrived_at) == (reserved[1], at)
    kept = {one.number: one.visit_id for one in office.read(blank_forms)}
    assert kept == {reserved[0]: None, reserved[1]: made.id, reserved[2]: None}
    with pytest.raises(RuleViolation) as again:
        office.write(lambda tx: visits.save_visit(tx, typed))
    assert "已经录入" in again.value.fields["number"]


@pytest.mark.parametrize("number", ["LF-KY-A-20261110-001", "LF-KY-B-20261110-001", "1"])
def test_a_number_that_was_not_reserved_is_refused(office: Office, number: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        office.write(lambda tx: visits.save_visit(tx, replace(DRAFT, number=number)))
    assert set(refused.value.fields) == {"number"}


def test_nobody_came_in_the_future(office: Office) -> None:
    later = replace(DRAFT, arrived_at=datetime(2026, 11, 10, 1, 1, tzinfo=UTC))
    with pytest.raises(RuleViolation) as refused:
        office.write(lambda tx: visits.save_visit(tx, later))
    assert set(refused.value.fields) == {"arrived_at"}


@pytest.mark.parametrize("count", [0, 101])
def test_a_count_out_of_range_reserves_nothing(office: Office, count: int) -> None:
    with pytest.raises(RuleViolation):
        office.write(lambda tx: reserve_blank_forms(tx, count))
    assert office.read(blank_forms) == ()


def test_a_viewer_reserves_nothing(station: OpenStation) -> None:
    viewer = replace(station.actor, role=Role.VIEWER)
    with station.store.write(viewer) as tx, pytest.raises(NotAllowed):
        reserve_blank_forms(tx, 1)
