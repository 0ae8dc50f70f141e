"""What the random histories found, each told as a short story, so that it never comes back."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from central.erasure import erase
from central.publish import Wanted, publish
from central.push import fold_into
from central.upkeep import prune
from db.models import Photo
from db.policy import SCHEMA_VERSION
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services.visits import save_visit
from station_app.store.transaction import driver_of
from station_app.sync.bundle import bundle_in, bundle_out
from station_app.sync.identity import note
from tests.central.device import mutation
from tests.sync.acts import Pc, add, change, first, remove
from tests.sync.centre import Centre
from tests.sync.people import resident


def test_what_was_deleted_meanwhile_goes_from_a_pc_restored_from_its_image(
    bench: Pc, tmp_path: Path
) -> None:
    a, b = bench("a"), bench("b")
    add(a)
    a.sync()
    image = a.image(tmp_path / "image")
    add(a, "李丽")
    a.sync()
    b.sync()
    remove(b)
    b.sync()
    a.restore(image)
    a.sync()
    assert a.rows("SELECT count(*) FROM resident") == [(1,)]
    assert a.rows("SELECT count(*) FROM resident WHERE row_version = 0") == [(0,)]


def test_a_change_handed_in_by_an_earlier_life_counts_once_whatever_the_clock_says(
    bench: Pc, tmp_path: Path
) -> None:
    a, b = bench("a"), bench("b")
    add(a)
    a.sync()
    a.clock.at += timedelta(days=400)
    change(a, note="甲")
    image = a.image(tmp_path / "image")
    a.sync()
    b.sync()
    change(b, note="乙")
    b.sync()
    a.restore(image)
    a.sync()
    b.sync()
    for pc in (a, b):
        assert pc.rows("SELECT note FROM resident") == [("乙",)]
        assert pc.rows("SELECT count(*) FROM conflict") == [(0,)]


def test_a_clock_a_year_ahead_forgets_nothing_that_a_restored_centre_may_ask_for(
    bench: Pc, centre: Centre, station: UUID
) -> None:
    a = bench("a")
    saved = centre.save(station)
    add(a)
    a.sync()
    a.clock.at += timedelta(days=400)
    a.sync()
    centre.restore(station, saved)
    a.sync()
    there = centre.records(f"S:{station.hex}")
    assert [kind for kind, _ in there].count("resident") == 1
    assert a.rows("SELECT count(*) FROM resident WHERE row_version = 0") == [(0,)]


def test_the_answer_on_a_stick_is_not_taken_for_one_to_other_changes(
    bench: Pc, centre: Centre, tmp_path: Path
) -> None:
    a = bench("a")
    image = a.image(tmp_path / "image")
    add(a)
    _, answer = centre.desk.take_in(bundle_out(a.store).file)
    a.restore(image)
    add(a, "李丽")  # gets the same mid
    bundle_in(a.store, answer)
    assert a.rows("SELECT count(*) FROM outbox WHERE state = 'pending'") == [(1,)]
    a.sync()
    assert a.rows("SELECT name FROM resident ORDER BY name") == [("于桂芳",), ("李丽",)]


def test_a_kind_of_a_newer_program_goes_when_the_restored_centre_never_had_it(
    bench: Pc, centre: Centre, station: UUID
) -> None:
    a = bench("a")
    own, saved = f"S:{station.hex}", centre.save(station)
    newer = mutation(0, kind="kiosk", schema=SCHEMA_VERSION + 1)
    with centre.administered() as connection:
        fold_into(connection, own, [newer])
    a.sync()
    assert a.rows("SELECT kind FROM shadow") == [("kiosk",)]
    centre.restore(station, saved)
    a.sync()
    assert a.rows("SELECT kind FROM shadow") == []


def test_what_was_erased_stays_erased_on_a_pc_that_joins_anew(
    bench: Pc, centre: Centre, station: UUID
) -> None:
    a = bench("a")
    add(a)
    a.sync()
    [(one,)] = a.rows("SELECT id FROM resident")
    with centre.administered() as connection:
        erase(connection, f"S:{station.hex}", ("resident", one))
    a.join(centre.code(station))
    a.sync()
    assert a.rows("SELECT count(*) FROM resident") == [(0,)]
    assert a.rows("SELECT fields FROM outbox WHERE record_id = ?", one) == [("{}",)]


def test_an_edit_of_what_was_refused_does_not_bring_it_back(bench: Pc, centre: Centre) -> None:
    a = bench("a")
    a.network.inner = centre.way("tiny")
    add(a, "毒\0")  # PostgreSQL has no such text
    change(a, note="甲")
    a.sync()
    assert a.rows("SELECT count(*) FROM resident") == [(0,)]
    assert a.rows("SELECT state FROM outbox WHERE kind = 'resident'") == [("rejected",)] * 2


def test_a_copy_of_a_disk_hands_in_again_and_shows_what_the_centre_has(
    bench: Pc, centre: Centre, tmp_path: Path
) -> None:
    a, b = bench("a"), bench("b")
    for name in ("于桂芳", "李丽"):
        add(a, name)
    change(a, note="甲")
    image = a.image(tmp_path / "image")
    a.sync()
    b.sync()
    remove(b)
    b.do(lambda tx: setattr(first(tx), "note", "乙"))
    b.sync()
    a.restore(image)
    a.sync()
    for pc in (a, b):
        assert pc.rows("SELECT name, note FROM resident") == [("李丽", "乙")]


def test_a_refused_group_leaves_no_empty_place_behind(bench: Pc) -> None:
    a = bench("a")
    draft = VisitDraft(Party(ResidentDraft("毒\0")), (IssueDraft(title="路灯", text="不亮"),))
    a.do(lambda tx: save_visit(tx, draft))
    a.sync()
    for table in ("resident", "visit", "issue", "issue_event"):
        assert a.rows(f"SELECT count(*) FROM {table}") == [(0,)], table


def test_a_place_held_for_a_refused_person_is_in_the_index(bench: Pc, centre: Centre) -> None:
    a, b = bench("a"), bench("b")
    draft = VisitDraft(Party(ResidentDraft("于桂芳")), (IssueDraft(title="路灯", text="不亮"),))
    a.do(lambda tx: save_visit(tx, draft))
    a.sync()
    [(person,)] = a.rows("SELECT id FROM resident")
    with centre.administered() as connection:
        erase(connection, a.me.own, ("resident", person))
    b.sync()
    assert b.rows("SELECT stream FROM resident") == [("gone",)]
    b.check_derived()


def test_what_the_centre_forgot_is_not_counted_as_its_own_by_a_pc_that_joins_anew(
    bench: Pc, centre: Centre, station: UUID
) -> None:
    a, b = bench("a"), bench("b")
    add(a)
    a.sync()
    b.sync()
    remove(b)
    b.sync()
    with centre.administered() as connection:
        prune(connection, gone_for=timedelta(0))
    change(a, note="甲")
    a.join(centre.code(station))
    for _ in range(2):
        report = a.sync(check=True)
        assert report is not None
        assert report.repaired == 0
    assert a.rows("SELECT row_version FROM resident") == [(0,)]


def test_a_place_is_held_for_an_issue_of_which_nothing_is_known(bench: Pc, centre: Centre) -> None:
    a = bench("a")
    event = mutation(0, kind="issue_event", fields={
        "issue_id": (None, uuid4().hex), "event": (None, "noted"), "text": (None, "已看过"),
        "happened_at": (None, "2026-11-10T01:00:00Z"), "created_at": (None, "2026-11-10T01:00:00Z"),
    })  # fmt: skip
    with centre.administered() as connection:
        fold_into(connection, a.me.own, [event])
    a.sync()
    assert a.rows("SELECT stream FROM issue") == [("gone",)]
    a.check_derived()


def test_a_mid_used_twice_is_found_between_groups_larger_than_half(
    bench: Pc, tmp_path: Path
) -> None:
    a = bench("a")
    image = a.image(tmp_path / "image")
    add(a)
    a.sync()
    a.restore(image)
    a.do(lambda tx: tx.session.add_all(map(resident, "甲乙丙丁")))
    a.do(lambda tx: tx.session.add_all(map(resident, "赵钱孙李周吴")))
    a.sync()  # for ever, when half of the batch was filled up to the whole of it
    assert a.rows("SELECT count(*) FROM outbox WHERE state = 'pending'") == [(0,)]
    assert a.rows("SELECT count(*) FROM resident WHERE row_version = 1") == [(11,)]


def test_what_the_restored_centre_forgot_of_its_own_goes_here_too(
    bench: Pc, centre: Centre, station: UUID
) -> None:
    a = bench("a")
    saved = centre.save(station)
    add(a)
    change(a, note="甲")
    a.sync()
    [(one,)] = a.rows("SELECT id FROM resident")
    with centre.administered() as connection:
        publish(connection, a.me.own, [Wanted("resident", UUID(one), {"note": "中"})])
    a.sync()
    centre.restore(station, saved)
    a.sync()
    _, there = centre.records(a.me.own)["resident", UUID(one)]
    assert there["note"] == "甲"
    assert a.rows("SELECT note FROM resident") == [("甲",)]


def test_an_image_of_a_life_that_is_over_hands_nothing_in_twice(
    bench: Pc, centre: Centre, tmp_path: Path
) -> None:
    a, b = bench("a"), bench("b")
    add(a)
    change(a, note="甲")
    image = a.image(tmp_path / "image")
    a.do(lambda tx: note(driver_of(tx.session), renew=True))
    a.sync()  # in a new life, of which the image knows nothing
    b.sync()
    change(b, note="乙")
    b.sync()
    a.restore(image)
    a.sync()
    b.sync()
    for pc in (a, b):
        assert pc.rows("SELECT note FROM resident") == [("乙",)]
        assert pc.rows("SELECT count(*) FROM conflict") == [(0,)]


def test_a_damaged_picture_holds_nothing_up(bench: Pc, centre: Centre) -> None:
    a, whole = bench("a"), b"%PDF-1.4 whole"
    name = sha256(whole).hexdigest()
    a.do(lambda tx: tx.session.add(Photo(sha256="0" * 64, body=b"damaged")))
    a.do(lambda tx: tx.session.add(Photo(sha256=name, body=whole)))
    a.sync()
    assert a.rows("SELECT count(*) FROM blob_task") == [(0,)]
    assert centre.pictures(a.me.own) == {name}
