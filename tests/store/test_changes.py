"""What every flush leaves behind: editions, times, outbox, audit, Changes."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, cast

import pytest
from sqlalchemy import Table, delete, insert, select, update
from uuid_utils.compat import uuid7

from db.models import Audit, FormDraft, Issue, Outbox, Photo, Resident
from db.vocabulary import Gender, Op
from station_app.store import Change, Store, Tx
from tests.store.conftest import ACTOR, Clock
from tests.store.people import add_issue, add_resident, add_visit


def outbox(store: Store) -> list[Outbox]:
    with store.read(ACTOR) as tx:
        return list(tx.session.scalars(select(Outbox).order_by(Outbox.mid)))


def audit(store: Store) -> list[Audit]:
    with store.read(ACTOR) as tx:
        return list(tx.session.scalars(select(Audit).order_by(Audit.seq)))


def test_a_new_record_leaves_one_row_in_outbox_and_audit(store: Store, clock: Clock) -> None:
    with store.write(ACTOR) as tx:
        row = add_resident(tx, "张伟", address="幸福路8号", gender=Gender.MALE)
    assert tx.changes == {Change("resident", row.id, Op.ADD)}
    [sent] = outbox(store)
    assert (sent.kind, sent.record_id, sent.op) == ("resident", row.id, Op.ADD)
    assert (sent.base_version, sent.state, sent.actor_id) == (0, "pending", ACTOR.id)
    assert sent.fields["name"] == [None, "张伟"]
    assert sent.fields["gender"] == [None, "male"]
    assert sent.fields["created_at"] == [None, "2026-11-10T01:00:00Z"]
    assert not {"sort_key", "visit_count", "edition", "updated_at", "id"} & set(sent.fields)
    [seen] = audit(store)
    assert (seen.op, seen.kind, seen.record_id, seen.at) == (Op.ADD, "resident", row.id, clock.at)
    assert "name" in seen.fields.split(",")


def test_an_edit_says_old_and_new_and_raises_the_edition(store: Store, clock: Clock) -> None:
    with store.write(ACTOR) as tx:
        ident = add_resident(tx, "张伟", "13842610117").id
    clock.move(hours=2)
    with store.write(ACTOR) as tx:
        row = tx.session.get_one(Resident, ident)
        row.name, row.phone = "张玮", "13842610117"
    sent = outbox(store)[-1]
    assert (sent.op, sent.fields) == (Op.EDIT, {"name": ["张伟", "张玮"]})
    with store.read(ACTOR) as tx:
        row = tx.session.get_one(Resident, ident)
        assert (row.edition, row.updated_at) == (2, clock.at)
        assert row.created_at < row.updated_at


def test_several_flushes_of_one_transaction_are_one_change(store: Store) -> None:
    with store.write(ACTOR) as tx:
        row = add_resident(tx, "张伟")
        row.address = "幸福路8号"
        tx.session.flush()
        row.address = "幸福路9号"
    [sent] = outbox(store)
    assert (sent.op, sent.fields["address"], row.edition) == (Op.ADD, [None, "幸福路9号"], 1)
    with store.write(ACTOR) as tx:
        row = tx.session.get_one(Resident, row.id)
        for address, note in (("甲", "一"), ("乙", "二"), ("幸福路9号", "三")):
            row.address, row.note = address, note
            tx.session.flush()
    sent = outbox(store)[-1]
    assert sent.fields == {"note": ["", "三"]}
    assert row.edition == 2


def test_changes_of_one_transaction_share_a_group_and_their_order(store: Store) -> None:
    with store.write(ACTOR) as tx:
        person = add_resident(tx)
        add_issue(tx, add_visit(tx, person, "LF-1"), "WZ-1", "路灯不亮")
    with store.write(ACTOR) as tx:
        add_resident(tx, "李丽")
    rows = outbox(store)
    assert [row.kind for row in rows] == ["resident", "visit", "issue", "resident"]
    assert len({row.group_id for row in rows[:3]}) == 1
    assert rows[3].group_id != rows[0].group_id
    clocks = [row.hlc for row in rows]
    assert clocks == sorted(set(clocks))


def test_the_clock_of_changes_never_goes_back(store: Store, clock: Clock) -> None:
    with store.write(ACTOR) as tx:
        add_resident(tx)
    clock.move(days=-365)
    with store.write(ACTOR) as tx:
        add_resident(tx, "李丽")
    first, second = outbox(store)
    assert first.hlc < second.hlc


def test_derived_columns_refresh_screens_and_leave_no_trace(store: Store) -> None:
    with store.write(ACTOR) as tx:
        ident = add_resident(tx).id
    with store.write(ACTOR) as tx:
        tx.session.get_one(Resident, ident).visit_count = 3
    assert tx.changes == {Change("resident", ident, Op.EDIT)}
    assert len(outbox(store)) == len(audit(store)) == 1
    with store.read(ACTOR) as tx:
        assert tx.session.get_one(Resident, ident).edition == 1


def test_setting_the_same_value_is_no_change(store: Store) -> None:
    with store.write(ACTOR) as tx:
        ident = add_resident(tx, "张伟").id
    with store.write(ACTOR) as tx:
        tx.session.get_one(Resident, ident).name = "张伟"
    assert tx.changes == set()
    assert len(outbox(store)) == 1


def test_an_expired_record_still_tells_its_old_value(store: Store) -> None:
    with store.write(ACTOR) as tx:
        ident = add_resident(tx, "张伟").id
    with store.write(ACTOR) as tx:
        row = tx.session.get_one(Resident, ident)
        tx.session.expire(row)
        row.name = "张玮"
    assert outbox(store)[-1].fields == {"name": ["张伟", "张玮"]}


def test_a_deleted_record_leaves_its_last_values(store: Store) -> None:
    with store.write(ACTOR) as tx:
        ident = add_resident(tx, "张伟").id
    with store.write(ACTOR) as tx:
        row = tx.session.get_one(Resident, ident)
        row.note = "改过"
        tx.session.flush()
        tx.session.delete(row)
    assert tx.changes == {Change("resident", ident, Op.DELETE)}
    sent = outbox(store)[-1]
    assert (sent.op, sent.fields["name"], sent.fields["note"]) == (
        Op.DELETE,
        ["张伟", None],
        ["", None],
    )


def test_what_comes_and_goes_in_one_transaction_never_was(store: Store) -> None:
    with store.write(ACTOR) as tx:
        tx.session.delete(add_resident(tx))
    assert tx.changes == set()
    assert not outbox(store)
    assert not audit(store)


def test_a_picture_travels_by_its_hash(store: Store) -> None:
    body = b"\xff\xd8 a picture"
    with store.write(ACTOR) as tx:
        tx.session.add(Photo(sha256=sha256(body).hexdigest(), body=body))
    [sent] = outbox(store)
    assert sent.fields["body"] == [None, {"sha256": sha256(body).hexdigest()}]


def test_a_rollback_leaves_nothing(store: Store) -> None:
    def break_off() -> None:
        with store.write(ACTOR) as tx:
            add_resident(tx)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert not outbox(store)
    assert not audit(store)
    with store.write(ACTOR) as tx:
        add_resident(tx)
    assert [row.seq for row in audit(store)] == [1]


def test_notes_are_audited_and_need_a_writing_transaction(store: Store) -> None:
    ident = uuid7()
    with store.write(ACTOR) as tx:
        tx.note(Op.VIEW, "resident", ident, why="phone")
        tx.note(Op.EXPORT, "issue", None)
    first, second = audit(store)
    assert (first.op, first.record_id, first.fields) == (Op.VIEW, ident, "phone")
    assert (second.op, second.record_id) == (Op.EXPORT, None)
    assert outbox(store) == []
    with store.read(ACTOR) as reading, pytest.raises(RuntimeError):
        reading.note(Op.VIEW, "resident", ident)


def test_the_audit_holds_no_personal_data(store: Store) -> None:
    with store.write(ACTOR) as tx:
        add_resident(tx, "欧阳明德", "13842610117", address="幸福路8号")
    said = " ".join(str(vars(row)) for row in audit(store))
    assert not any(word in said for word in ("欧阳", "13842610117", "幸福路"))


def _bulk(tx: Tx) -> list[Any]:
    return [
        update(Resident).values(name="x"),
        delete(Resident),
        insert(Resident),
        update(cast("Table", Issue.__table__)).values(title="x"),
    ]


@pytest.mark.parametrize("which", range(4))
def test_bulk_statements_on_synced_rows_are_refused(store: Store, which: int) -> None:
    with store.write(ACTOR) as tx, pytest.raises(RuntimeError, match="bypasses"):
        tx.session.execute(_bulk(tx)[which])


def test_bulk_methods_and_savepoints_are_refused(store: Store) -> None:
    with store.write(ACTOR) as tx:
        with pytest.raises(RuntimeError, match="bypass"):
            tx.session.bulk_save_objects([Resident(name="x")])
        with pytest.raises(RuntimeError, match="savepoints"):
            tx.session.begin_nested()


def test_only_the_store_commits(store: Store) -> None:
    with pytest.raises(RuntimeError, match="only the store"), store.write(ACTOR) as tx:
        tx.session.commit()


def test_rows_that_never_travel_may_be_changed_in_bulk(store: Store) -> None:
    with store.write(ACTOR) as tx:
        tx.session.add(FormDraft(form="visit", owner="a", body={}, saved_at=tx.now))
        tx.session.flush()
        tx.session.execute(delete(FormDraft))
    assert not outbox(store)
    assert not audit(store)
