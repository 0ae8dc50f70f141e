"""The faults of docs/sync.md §13 at the centre's end; the station's end is in tests/sync/."""

from __future__ import annotations

import http.client
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import msgspec
import psycopg
import pytest

from db import signing, wire
from db.wire import Outcome, Problem, encode
from tests.central.conftest import RunningCentre
from tests.central.device import Device, Said, edit, mutation


def head(centre: RunningCentre, device: Device) -> int:
    [(rev,)] = centre.sql("SELECT head FROM stream WHERE stream_id = %s", device.own)
    return int(rev)


def test_request_lost_or_cut_applies_nothing_and_is_sent_again(
    device: Device, centre: RunningCentre
) -> None:
    body = encode(wire.Push(1, [mutation(1)]))
    signed = signing.sign_request(
        device.key, device.keyid, "POST", "/v1/push", body, created=int(time.time())
    )
    lines = [f"{name}: {value}" for name, value in signed.items()]
    start = "\r\n".join(["POST /v1/push HTTP/1.1", "host: x", f"content-length: {len(body)}",
                         *lines, "", ""]).encode()  # fmt: skip
    for cut in (0, 20, len(start), len(start) + 1, len(start) + len(body) - 1):
        with socket.create_connection(("127.0.0.1", device.port)) as line:
            line.sendall((start + body)[:cut])
            line.shutdown(socket.SHUT_WR)
            assert b" 200 " not in line.recv(4096)
        assert head(centre, device) == 0
    assert device.ask("POST", "/v1/push", body, headers=signed)[0] == 200
    assert head(centre, device) == 1


def test_answer_lost_gives_duplicates_with_the_same_revisions(
    device: Device, centre: RunningCentre
) -> None:
    body = encode(wire.Push(1, [mutation(1), mutation(2)]))
    signed = signing.sign_request(
        device.key, device.keyid, "POST", "/v1/push", body, created=int(time.time())
    )
    line = http.client.HTTPConnection("127.0.0.1", device.port)
    line.request("POST", "/v1/push", body, signed)
    line.getresponse()
    line.close()  # the answer is thrown away
    answer = device.post(
        wire.PushAnswer, "/v1/push", wire.Push(1, [*wire_mutations(body), mutation(3)])
    )
    assert [one.rev for one in answer.results] == [1, 2, 3]
    assert head(centre, device) == 3


def test_reordered_requests_meet_a_gap_and_are_sent_again(device: Device) -> None:
    first, second = mutation(1), mutation(2)
    with pytest.raises(Said) as said:
        device.push(second)
    assert (said.value.refusal.problem, said.value.refusal.expected) == (Problem.GAP, 1)
    assert [one.rev for one in device.push(first, second)] == [1, 2]


def test_a_batch_with_a_hole_or_out_of_order_is_malformed(device: Device) -> None:
    for mids in ((1, 3), (2, 1), (1, 1), (0, 1), ()):
        with pytest.raises(Said) as said:
            device.push(*(mutation(mid) for mid in mids))
        assert (said.value.status, said.value.refusal.problem) == (400, Problem.MALFORMED)


def test_the_same_batch_many_times_at_once_takes_effect_once(
    device: Device, centre: RunningCentre
) -> None:
    batch = [mutation(mid) for mid in range(1, 21)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: device.push(*batch), range(16)))
    assert all(one == answers[0] for one in answers)
    assert head(centre, device) == 20


def test_many_pcs_of_one_station_at_once_leave_no_hole(centre: RunningCentre) -> None:
    _, station = centre.station()
    pcs = [centre.device(station) for _ in range(4)]

    def work(pc: Device) -> None:
        for first in range(1, 41, 8):
            pc.push(*(mutation(mid) for mid in range(first, first + 8)))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, pcs))
    revs = [row.rev for row in pcs[0].pull_all(7).values()]
    assert sorted(revs) == list(range(1, 161))


def test_two_stations_pull_while_others_push_and_skip_nothing(centre: RunningCentre) -> None:
    _, station = centre.station()
    writer, reader = centre.device(station), centre.device(station)
    reader.hello(1)
    seen: list[int] = []

    def write() -> None:
        for mid in range(1, 61):
            writer.push(mutation(mid))

    with ThreadPoolExecutor(1) as pool:
        done, since = pool.submit(write), 0
        while not done.done() or since < 60:
            page = reader.pull(since, 5)
            seen += [row.rev for row in page.rows]
            since = page.next
        done.result()
    assert seen == list(range(1, 61))


# ---------------------------------------------------------------------------------------- poison

DEEP: Any = None
for _ in range(200):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fields": {"name": (None, "a\0b")}}, "refused"),
        ({"fields": {"a\0b": (None, 1)}}, "refused"),
        ({"hlc": "\0"}, "refused"),
        ({"kind": "a\0b"}, "unknown_kind"),
        ({"kind": "petition"}, "unknown_kind"),
        ({"kind": "A B", "schema": 99}, "unknown_kind"),
        ({"kind": "a\0b", "schema": 99}, "unknown_kind"),
        ({"op": "view"}, "unknown_op"),
        ({"op": ""}, "unknown_op"),
        ({"op": "edit"}, "unknown_record"),
        ({"op": "delete"}, "unknown_record"),
    ],
)
def test_poison_mutation_is_rejected_and_the_queue_goes_on(
    device: Device, changes: dict[str, Any], code: str
) -> None:
    batch = [mutation(1), mutation(2, **changes), mutation(3)]
    results = device.push(*batch)
    assert [one.outcome for one in results] == [
        Outcome.APPLIED, Outcome.REJECTED, Outcome.APPLIED]  # fmt: skip
    assert results[1].code == code
    assert device.push(*batch) == results
    assert device.push(mutation(4))[0].outcome is Outcome.APPLIED
    assert len(device.pull_all()) == 3


@pytest.mark.parametrize(
    "value", [DEEP, 10**400, -1.5, "𠮷" * 1000, {"": {"a": []}}, True, "\u2028", 1 << 63]
)
def test_a_strange_value_is_kept_as_it_is(device: Device, value: Any) -> None:
    made = mutation(1, fields={"name": (None, "张三"), "strange": (None, value)})
    assert device.push(made)[0].outcome is Outcome.APPLIED
    assert device.push(made)[0].outcome is Outcome.APPLIED
    assert (device.pull_all()[made.id].body or {})["strange"] == value


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[]", b'{"incarnation":1}', b"\xff\xfe", b"[" * 100_000,
     b'{"incarnation":1,"mutations":[{}]}', b'{"incarnation":1,"mutations":' + b'[{"mid":' * 5000],
)  # fmt: skip
def test_a_body_that_is_no_message_is_malformed(device: Device, body: bytes) -> None:
    status, _, answer = device.ask("POST", "/v1/push", body)
    assert status == 400
    assert msgspec.json.decode(answer, type=wire.Refusal).problem is Problem.MALFORMED


def test_clock_a_year_off_leaves_the_order_unchanged(centre: RunningCentre) -> None:
    _, station = centre.station()
    ahead, behind = centre.device(station), centre.device(station)
    year = 365 * 86_400_000
    made = mutation(1, hlc=f"{1_762_736_400_000 + year:013d}-000000")
    ahead.push(made)
    later = edit(1, made.id, 1, name="李四")
    later = msgspec.structs.replace(later, hlc=f"{1_762_736_400_000 - year:013d}-000000")
    [result] = behind.push(later)
    assert (result.outcome, result.rev) == (Outcome.APPLIED, 2)
    assert (ahead.pull_all()[made.id].body or {})["name"] == "李四"


def test_too_many_stations_at_once_are_told_when_to_come_back(
    centre: RunningCentre, make_settings: Any, run_centre: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("central.database.WAIT_SECONDS", 0.2)
    small = run_centre(make_settings(connections=1, waiting=1))
    device = small.device()
    device.hello()
    question = encode(wire.DigestRequest({}))
    with psycopg.connect(small.settings.admin_url) as lock:
        lock.execute("SELECT 1 FROM stream WHERE stream_id = %s FOR UPDATE", [device.own])
        with ThreadPoolExecutor(8) as pool:
            stuck = pool.submit(device.push, mutation(1))
            wait_for_lock(small)
            asked = list(pool.map(lambda _: device.ask("POST", "/v1/digest", question), range(6)))
            for status, headers, body in asked:
                told = msgspec.json.decode(body, type=wire.Refusal)
                assert (status, told.problem) == (503, Problem.BUSY)
                assert int(headers["retry-after"]) == round(told.retry_after) == 5
            lock.rollback()
            assert stuck.result()[0].rev == 1
    assert device.push(mutation(2))[0].rev == 2


def wait_for_lock(centre: RunningCentre) -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    deadline = time.monotonic() + 20
    while centre.sql(waiting) == [(0,)]:
        assert time.monotonic() < deadline


def wire_mutations(body: bytes) -> list[wire.Mutation]:
    return msgspec.json.decode(body, type=wire.Push).mutations


def test_revoked_device_hands_in_to_quarantine_only(centre: RunningCentre) -> None:
    device = centre.device()
    centre.sql("UPDATE device SET status = 'revoked' WHERE device_id = %s", UUID(device.keyid))
    with pytest.raises(Said) as said:
        device.push(mutation(1))
    assert (said.value.status, said.value.refusal.problem) == (403, Problem.REVOKED)
    status, _, _ = device.ask("POST", "/v1/quarantine", encode(wire.Push(1, [mutation(1)])))
    assert status == 202
    assert head(centre, device) == 0
