"""Two PCs of one station and the centre: what one writes, the others have."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from db.vocabulary import Op
from station_app.domain.residents import ResidentDraft
from station_app.domain.search import Found
from station_app.services.residents import get_resident, save_resident
from station_app.store import Change, search_index
from station_app.store.verify import verify
from station_app.sync.identity import who_am_i
from tests.sync.centre import Centre
from tests.sync.world import Desk


def test_what_one_pc_hands_in_another_reads(a: Desk, b: Desk) -> None:
    resident_id = a.add("于桂芳", phone="13842610117")
    assert a.sync().sent == 1
    report = b.sync()
    assert Change("resident", resident_id, Op.ADD) in report.changes
    assert b.ask(get_resident, resident_id).phone == "13842610117"
    assert b.ask(search_index.find, Found.RESIDENT, "ygf") == [resident_id]
    assert b.rows("SELECT count(*) FROM outbox WHERE state = 'pending'") == [(0,)]


def test_a_second_pc_gives_way_where_its_set_up_met_the_station(a: Desk, b: Desk) -> None:
    assert b.reports[0].refused == 0
    assert b.reports[0].conflicts == 0
    assert b.rows("SELECT count(*), min(letter) FROM station") == [(1, "B")]
    assert a.rows("SELECT count(*), min(letter) FROM station") == [(1, "A")]
    a.sync()
    assert len(a.rows("SELECT id FROM account")) == 2
    assert verify(b.store, b.actor).ok
    assert verify(a.store, a.actor).ok


def test_nothing_is_left_to_do_the_second_time(a: Desk, b: Desk) -> None:
    a.sync()
    for desk in (a, b):
        again = desk.sync(check=True)
        assert (again.sent, again.written, again.repaired, again.changes) == (0, 0, 0, set())


def edit(desk: Desk, resident_id: UUID, **fields: Any) -> None:
    known = desk.ask(get_resident, resident_id)
    draft = ResidentDraft(known.name, known.phone, known.address, known.community)
    desk.do(save_resident, replace(draft, **fields), resident_id=resident_id)


def test_edits_of_different_fields_both_survive(a: Desk, b: Desk) -> None:
    resident_id = a.add("于桂芳", phone="13800000000")
    a.sync()
    b.sync()
    edit(a, resident_id, phone="13800000001")
    edit(b, resident_id, address="桃源街1号")
    a.sync()
    b.sync()
    a.sync()
    for desk in (a, b):
        known = desk.ask(get_resident, resident_id)
        assert (known.phone, known.address) == ("13800000001", "桃源街1号")


def test_edits_of_one_field_make_one_conflict_with_both_values(a: Desk, b: Desk) -> None:
    resident_id = a.add("于桂芳", phone="13800000000")
    a.sync()
    b.sync()
    edit(a, resident_id, phone="13800000001")
    edit(b, resident_id, phone="13800000002")
    a.sync()
    assert b.sync().conflicts == 1
    a.sync()
    for desk in (a, b):
        assert desk.ask(get_resident, resident_id).phone == "13800000001"
        assert desk.rows("SELECT present, wanted FROM conflict") == [
            ('"13800000001"', '"13800000002"')
        ]
        assert desk.sync(check=True).repaired == 0


def test_the_centre_has_what_the_pcs_have(a: Desk, b: Desk, centre: Centre) -> None:
    a.add("于桂芳")
    a.sync()
    b.sync()
    own = who_am_i(a.store).own
    there = {
        (kind, one.hex, version)
        for kind, one, version in centre.sql(
            "SELECT kind, id, row_version FROM record WHERE stream_id = %s AND state = 0", own
        )
    }
    for desk in (a, b):
        a.sync()
        here = {
            (kind, *row)
            for kind, table in (("resident", "resident"), ("unit", "unit"), ("station", "station"))
            for row in desk.rows(f"SELECT id, row_version FROM {table}")
        }
        assert here <= there
