"""The first words of a sync: heads, policy, restored PCs, a restored centre, comparing."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from central.database import administered
from central.upkeep import new_epoch
from db import wire
from db.wire import DIGEST_MODULUS, Outcome, Problem, State, digest_part
from tests.central.conftest import RunningCentre
from tests.central.device import Device, Said, edit, mutation


def test_hello_says_where_everything_stands(device: Device) -> None:
    device.push(mutation(1), mutation(2))
    answer = device.hello(3, 2)
    assert (answer.last_mid, answer.incarnation, answer.letter) == (2, 1, "A")
    assert answer.streams.keys() == {device.own, "R:KY", "R:DL", "C:global"}
    assert (answer.streams[device.own].head, answer.streams[device.own].floor) == (2, 0)
    assert answer.pull_allowed
    assert (answer.policy.batch, answer.policy.poll, answer.policy.jitter) == (500, 60.0, 30.0)


def test_hello_is_remembered_for_the_administrator(device: Device, centre: RunningCentre) -> None:
    device.hello()
    [(version, schema, recent)] = centre.sql(
        "SELECT app_version, schema_version, last_seen > now() - interval '1 minute'"
        " FROM device WHERE device_id = %s",
        UUID(device.keyid),
    )
    assert (version, schema, recent) == ("1.0", 1, True)


def test_a_pc_restored_from_an_old_image_begins_a_new_life(device: Device) -> None:
    device.push(*(mutation(mid) for mid in range(1, 6)))
    epoch = device.hello(6, 5).streams[device.own].epoch
    answer = device.hello(next_mid=3, acked_mid=2, epoch=epoch)  # it ends at 2, the centre has 5
    assert (answer.incarnation, answer.letter, answer.last_mid) == (2, "B", 2)
    device.incarnation = 2
    assert device.push(mutation(3))[0].rev == 6


def test_a_copy_that_knows_an_epoch_before_a_restore_hands_in_all_that_it_keeps(
    device: Device, centre: RunningCentre
) -> None:
    epoch = device.hello().streams[device.own].epoch
    forget_after(centre, device, 0)
    device.push(*(mutation(mid) for mid in range(1, 6)))  # of the disk that it was copied from
    answer = device.hello(next_mid=4, acked_mid=3, kept_mid=2, epoch=epoch)
    assert (answer.incarnation, answer.last_mid) == (2, 1)


def test_pc_image_cloned_is_detected_and_nothing_overwritten(
    device: Device, centre: RunningCentre
) -> None:
    theirs = mutation(1, fields={"name": (None, "甲"), "created_at": (None, "x")})
    device.push(theirs)
    with pytest.raises(Said) as said:  # the clone made something else of the same mid
        device.push(mutation(1))
    assert said.value.refusal.problem is Problem.MID_REUSE
    device.incarnation = device.hello(2, 1, renew=True).incarnation
    assert device.push(mutation(2))[0].outcome is Outcome.APPLIED
    rows = device.pull_all()
    assert len(rows) == 2
    assert (rows[theirs.id].body or {})["name"] == "甲"


def test_what_an_earlier_life_handed_in_is_not_applied_twice(device: Device) -> None:
    made = mutation(1)
    [first] = device.push(made)
    device.incarnation = device.hello(1).incarnation
    again = wire.Mutation(**{name: getattr(made, name) for name in made.__struct_fields__})
    [told] = device.push(again)
    assert (told.outcome, told.rev) == (first.outcome, first.rev)
    assert device.pull().head == 1


def test_a_centre_restored_to_an_hour_ago_asks_for_the_replay(
    device: Device, centre: RunningCentre
) -> None:
    batch = [mutation(mid) for mid in range(1, 6)]
    device.push(*batch)
    before = device.hello(6, 5)
    forget_after(centre, device, 2)
    after = device.hello(6, 5, kept_mid=1)
    assert after.last_mid == 2
    assert after.incarnation == 1
    assert all(after.streams[name].epoch != before.streams[name].epoch for name in after.streams)
    device.push(*batch[2:])
    assert device.pull_all().keys() == {one.id for one in batch}


def test_a_centre_restored_to_before_this_life_of_the_pc_takes_it_up_again(
    device: Device, centre: RunningCentre
) -> None:
    device.push(mutation(1))
    device.incarnation = device.hello(1).incarnation
    assert device.incarnation == 2
    centre.sql("DELETE FROM incarnation WHERE device_id = %s AND incarnation = 2", whose(device))
    with pytest.raises(Said) as said:
        device.push(mutation(1))
    assert (said.value.status, said.value.refusal.problem) == (409, Problem.EPOCH)
    answer = device.hello(1)
    assert (answer.incarnation, answer.last_mid) == (2, 0)
    assert device.push(mutation(1))[0].outcome is Outcome.APPLIED


def test_changes_that_a_restored_centre_lost_and_nobody_kept_leave_no_hole(
    device: Device, centre: RunningCentre
) -> None:
    device.push(*(mutation(mid) for mid in range(1, 6)))
    forget_after(centre, device, 1)
    assert device.hello(6, 5, kept_mid=4).last_mid == 3
    assert device.push(mutation(4), mutation(5))[0].outcome is Outcome.APPLIED


def test_a_cursor_of_another_epoch_is_refused(device: Device, centre: RunningCentre) -> None:
    device.push(mutation(1))
    old = device.hello(2).streams[device.own].epoch
    with administered(centre.settings) as connection:
        assert new_epoch(connection) >= 4
    with pytest.raises(Said) as said:
        device.get(wire.PullAnswer, "/v1/pull", stream=device.own, epoch=old, since=0)
    assert (said.value.status, said.value.refusal.problem) == (409, Problem.EPOCH)


@pytest.mark.parametrize(
    "wrong",
    [{"next_mid": -1}, {"next_mid": 1 << 60}, {"incarnation": 0}, {"incarnation": 1 << 40},
     {"schema_version": 1 << 40}, {"app_version": "a\0b"}, {"app_version": "x" * 500},
     {"acked_mid": "1"}, {"cursors": {"C:global": {"epoch": "x", "rev": 0}}}],
)  # fmt: skip
def test_nonsense_is_malformed_not_a_fault(device: Device, wrong: dict[str, object]) -> None:
    import msgspec

    said = msgspec.to_builtins(wire.Hello(1, "1.0", 1, 1, 1, 0, {})) | wrong
    status, _, body = device.ask("POST", "/v1/hello", msgspec.json.encode(said))
    assert status == 400
    assert msgspec.json.decode(body, type=wire.Refusal).problem is Problem.MALFORMED


# ------------------------------------------------------------------------------------ comparing


def test_equal_revisions_have_equal_digests(device: Device) -> None:
    made = [mutation(mid) for mid in range(1, 4)]
    device.push(*made, edit(4, made[0].id, 1, name="李四"),
                mutation(5, id=made[1].id, op="delete", base=1, fields={}))  # fmt: skip
    rows = device.pull_all().values()
    wanted = sum(digest_part(row.kind, row.id, row.row_version, row.state) for row in rows)
    request = wire.DigestRequest({device.own: (5, "")})
    answer = device.post(wire.DigestAnswer, "/v1/digest", request)
    assert answer.streams == {device.own: (5, f"{wanted % DIGEST_MODULUS:016x}")}
    assert [row.state for row in rows].count(State.DELETED) == 1


def test_digests_of_others_streams_are_not_told(device: Device, centre: RunningCentre) -> None:
    other = centre.device()
    request = wire.DigestRequest({other.own: (0, ""), f"S:{uuid4().hex}": (0, "")})
    assert device.post(wire.DigestAnswer, "/v1/digest", request).streams == {}


def whose(device: Device) -> UUID:
    return UUID(device.keyid)


def forget_after(centre: RunningCentre, device: Device, mid: int) -> None:
    """As if the database had been put back to just after ``mid``, by the book."""
    life = [whose(device), mid]
    keep = "stream_id = %s AND rev > %s"
    centre.sql(f"DELETE FROM record_history h USING record r WHERE h.stream_id = r.stream_id"
               f" AND h.kind = r.kind AND h.id = r.id AND r.{keep}", device.own, mid)  # fmt: skip
    centre.sql(f"DELETE FROM record WHERE {keep}", device.own, mid)
    centre.sql("UPDATE stream SET head = %s WHERE stream_id = %s", mid, device.own)
    centre.sql("DELETE FROM mutation_result WHERE device_id = %s AND to_mid > %s", *life)
    centre.sql("UPDATE incarnation SET last_mid = %s WHERE device_id = %s", mid, whose(device))
    with administered(centre.settings) as connection:
        new_epoch(connection)
