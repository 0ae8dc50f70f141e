"""What keeps a centre right over the years: epochs, forgetting, verifying, the journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from central.database import administered
from central.journal import broken_link, note
from central.records import LOAD_OWN, words
from central.upkeep import new_epoch, prune, wrong_digests
from db.wire import Outcome, Problem
from tests.central.conftest import RunningCentre
from tests.central.device import Device, Said, edit, mutation


@pytest.fixture(scope="module")
def centre(
    make_settings: Callable[..., Any], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    return run_centre(make_settings())


def wrong(centre: RunningCentre) -> list[str]:
    with administered(centre.settings) as connection:
        return wrong_digests(connection)


def test_digests_are_right_whatever_was_done(device: Device, centre: RunningCentre) -> None:
    made = [mutation(mid) for mid in range(1, 6)]
    device.push(*made, edit(6, made[0].id, 1, name="李四"),
                mutation(7, id=made[1].id, op="delete", base=1, fields={}))  # fmt: skip
    with administered(centre.settings) as connection:
        prune(connection, gone_for=timedelta(0))
    assert wrong(centre) == []


@pytest.mark.parametrize(
    "harm",
    ["UPDATE record SET row_version = 9 WHERE stream_id = %s AND rev = 1",
     "DELETE FROM record WHERE stream_id = %s AND rev = 1",
     "UPDATE record SET state = 1, body = NULL WHERE stream_id = %s AND rev = 1",
     "UPDATE stream SET head = 1 WHERE stream_id = %s",
     "UPDATE stream SET digest = digest + 1 WHERE stream_id = %s"],
)  # fmt: skip
def test_what_was_altered_behind_the_centres_back_is_found(
    device: Device, centre: RunningCentre, harm: str
) -> None:
    device.push(mutation(1), mutation(2))
    centre.sql(harm, device.own)
    assert device.own in wrong(centre)
    centre.sql("DELETE FROM record WHERE stream_id = %s", device.own)
    centre.sql("UPDATE stream SET digest = 0 WHERE stream_id = %s", device.own)


def test_every_stream_gets_an_epoch_of_its_own(centre: RunningCentre) -> None:
    before = dict(centre.sql("SELECT stream_id, epoch FROM stream"))
    with administered(centre.settings) as connection:
        assert new_epoch(connection) == len(before)
    after = dict(centre.sql("SELECT stream_id, epoch FROM stream"))
    assert not set(before.values()) & set(after.values())
    assert len(set(after.values())) == len(after)


def test_old_answers_are_forgotten_after_stations_forgot_their_questions(
    device: Device, centre: RunningCentre
) -> None:
    old = mutation(1)
    device.push(old)
    device.push(mutation(2))
    for days, left in ((36, 2), (61, 1)):
        centre.sql("UPDATE mutation_result SET received_at = now() - %s WHERE device_id = %s"
                   " AND mid = 1", timedelta(days=days), UUID(device.keyid))  # fmt: skip
        with administered(centre.settings) as connection:
            prune(connection)
        assert centre.sql("SELECT count(*) FROM mutation_result WHERE device_id = %s",
                          UUID(device.keyid)) == [(left,)]  # fmt: skip
    # Who can say whether this is the change that had the mid, or a restored PC's new one?
    with pytest.raises(Said) as said:
        device.push(old)
    assert said.value.refusal.problem is Problem.MID_REUSE
    device.incarnation = device.hello(3, renew=True).incarnation
    assert device.push(old)[0].outcome is Outcome.NOOP
    assert device.pull().head == 2


def test_letters_given_after_the_backup_are_not_given_again(centre: RunningCentre) -> None:
    _, station = centre.station()
    given = [centre.device(station).letter]
    [(backup,)] = centre.sql("SELECT letters FROM station WHERE station_id = %s", station)
    given += [centre.device(station).letter, centre.device(station).letter]
    centre.sql("UPDATE station SET letters = %s WHERE station_id = %s", backup, station)
    with administered(centre.settings) as connection:
        new_epoch(connection)
    given += [centre.device(station).letter, centre.device(station).letter]
    assert given == ["A", "B", "C", "AA", "AB"]


def test_codes_that_are_over_are_forgotten(centre: RunningCentre) -> None:
    centre.device()
    centre.sql("UPDATE enrolment SET expires_at = now() - interval '2 days'")
    with administered(centre.settings) as connection:
        prune(connection)
    assert centre.sql("SELECT count(*) FROM enrolment") == [(0,)]


# ------------------------------------------------------------------------------------ the journal


def write(centre: RunningCentre, *targets: str) -> None:
    for target in targets:
        with administered(centre.settings) as connection:
            note(connection, "enrol", "甲", target)


def broken(centre: RunningCentre) -> int | None:
    with administered(centre.settings) as connection:
        return broken_link(connection)


@pytest.mark.parametrize(
    ("harm", "found"),
    [("UPDATE audit_head SET who = '乙' WHERE seq = 2", 2),
     ("UPDATE audit_head SET at = at - interval '1 hour' WHERE seq = 3", 3),
     ("DELETE FROM audit_head WHERE seq = 2", 2),
     ("DELETE FROM audit_head WHERE seq = 1", 1),
     ("UPDATE audit_head SET seq = seq + 10 WHERE seq = 3", 3)],
)  # fmt: skip
def test_an_entry_that_was_removed_or_altered_is_found(
    centre: RunningCentre, harm: str, found: int
) -> None:
    centre.sql("DELETE FROM audit_head")
    write(centre, "ST1", "ST2", "ST3")
    assert broken(centre) is None
    centre.sql(harm)
    assert broken(centre) == found
    centre.sql("DELETE FROM audit_head")


def test_records_are_found_by_their_key_in_streams_that_statistics_do_not_know(
    centre: RunningCentre,
) -> None:
    # To what was empty when it was looked at last, each index that begins with the stream is as
    # good as the key's; by any but that one a whole stream is read for each record.
    centre.sql("ANALYZE record")
    with administered(centre.settings) as connection:
        connection.execute("SET LOCAL enable_seqscan = off")
        connection.execute("SELECT set_config('app.own', 'S:unseen', true)")
        wanted = words([("resident", "01a200000000700080000000000000aa")] * 300)
        plan = "\n".join(one for (one,) in connection.execute("EXPLAIN " + LOAD_OWN, wanted))
        connection.rollback()
    assert "Index Cond: ((stream_id" in plan
    assert "_rev" not in plan, plan


def test_a_pc_is_let_in_without_a_walk_through_all_stations(centre: RunningCentre) -> None:
    for _ in range(40):
        centre.device()
    device = UUID(centre.device().keyid)
    looked_at = (
        "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"
        " WHERE relname IN ('stream', 'station', 'device', 'incarnation', 'region')"
    )
    with administered(centre.settings) as connection:
        connection.execute("SET LOCAL enable_seqscan = off")
        told = connection.execute("SELECT status, lives FROM enter(%s)", [device]).fetchone()
        [(rows,)] = connection.execute(looked_at).fetchall()
    assert told == ("active", 1)
    assert 0 < rows < 20
