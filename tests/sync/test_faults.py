"""Every row of docs/sync.md §13 at the station's end, each by its name.

| what goes wrong | here |
|---|---|
| request lost or cut | test_request_lost_or_cut_… |
| answer lost | test_answer_lost_… |
| page cut | test_page_cut_… |
| reordered | test_reordered_… |
| kill -9 at every step | test_step_crash.py, test_processes.py |
| power loss | test_power_loss_…; the last commit: test_processes.py |
| disk full | test_disk_full_… |
| PostgreSQL killed | test_processes.py, tests/central/test_outage.py |
| centre restored | test_faults_of_time.py: test_centre_restored_… |
| PC image restored, cloned | test_faults_of_time.py: test_image_restored_…, test_clone_… |
| poison mutation | test_poison_… |
| clock a year off | test_faults_of_time.py: test_clock_… |
| 400 days offline | test_faults_of_time.py: test_400_days_offline_… |
| old program, new centre; reverse | test_faults_of_time.py: test_old_…, test_new_app_… |
| revoked device | test_revoked_… |
| tampered or replayed request | test_tampered_…, test_replayed_… |
| captive portal | test_captive_portal_… |
| 5,731 stations at once | test_many_stations_…; at the centre: benchmarks/fleet.py |

The centre's end of the same rows is in tests/central/test_faults.py.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
import pytest

from central.devices import revoke
from db.models import Resident
from db.wire import Problem, Refusal
from station_app.errors import FaultKind, StoreFault
from station_app.services import sync_state
from station_app.store.transaction import driver_of
from station_app.sync.client import Offline, Refused
from station_app.sync.once import sync_once
from station_app.sync.runner import SyncRunner
from tests.sync.acts import Pc, add, names, pending, there
from tests.sync.centre import Centre
from tests.sync.faults import Fault


def test_request_lost_or_cut_applies_nothing_and_is_sent_again(bench: Pc, centre: Centre) -> None:
    a = bench("a")
    add(a)
    a.sync(at=1, fault=Fault.LOST_REQUEST)
    assert (pending(a), there(centre, a)) == (1, [])
    a.sync()
    assert (pending(a), there(centre, a)) == (0, ["于桂芳"])


def test_answer_lost_is_told_again_with_the_same_revisions(bench: Pc, centre: Centre) -> None:
    a = bench("a")
    add(a)
    a.sync(at=1, fault=Fault.LOST_ANSWER)
    head = centre.stream(a.me.own)
    assert (pending(a), there(centre, a)) == (1, ["于桂芳"])
    a.sync()
    assert pending(a) == 0
    assert centre.stream(a.me.own) == head


def test_page_cut_is_thrown_away_and_the_cursor_stays(bench: Pc) -> None:
    a, b = bench("a"), bench("b")
    add(a)
    a.sync()
    before = b.rows("SELECT stream, rev FROM cursor ORDER BY stream")
    b.sync(at=1, fault=Fault.CUT_ANSWER)
    assert names(b) == []
    assert b.rows("SELECT stream, rev FROM cursor ORDER BY stream") == before
    b.sync()
    assert names(b) == ["于桂芳"]


def test_reordered_meets_a_gap_and_is_sent_again(bench: Pc, centre: Centre) -> None:
    a = bench("a")
    add(a)
    a.sync()
    add(a, "李丽")
    steps: list[str] = []

    def forget_the_last_one(step: str) -> None:
        steps.append(step)
        if step == "push" and steps.count("push") == 1:  # as if it had never come
            who = "device_id = %s AND incarnation = 1"
            device = a.me.device_id
            centre.sql(f"DELETE FROM mutation_result WHERE {who} AND to_mid = 5", device)
            centre.sql(f"UPDATE incarnation SET last_mid = last_mid - 1 WHERE {who}", device)

    a.sync(step=forget_the_last_one)
    assert steps.count("hello") == 2
    assert (pending(a), there(centre, a)) == (0, ["于桂芳", "李丽"])


def test_power_loss_that_damages_the_file_ends_in_a_restore_a_new_life_and_a_pull(
    bench: Pc, tmp_path: Path
) -> None:
    a = bench("a")
    backup = a.image(tmp_path / "nightly")
    add(a)
    a.sync()
    a.store.close()
    with a.data.database.open("r+b") as file:
        file.write(b"\0" * 4096)
    with pytest.raises(StoreFault) as told:
        type(a.store).open(a.data, a.key)
    assert told.value.kind is FaultKind.DAMAGED
    shutil.rmtree(a.data.root)
    shutil.copytree(backup, a.data.root)
    a.store = type(a.store).open(a.data, a.key, clock=a.clock)
    a.sync()
    assert (a.me.incarnation, names(a)) == (2, ["于桂芳"])


def test_disk_full_is_said_and_the_queue_stays(bench: Pc) -> None:
    a, b = bench("a"), bench("b")
    b.do(lambda tx: tx.session.add(Resident(name="于桂芳", sort_key="y", note="长" * 200_000)))
    b.sync()
    add(a, "李丽")
    with a.store.write(a.actor) as tx:
        [(pages,)] = driver_of(tx.session).execute("PRAGMA page_count").fetchall()
        driver_of(tx.session).execute(f"PRAGMA max_page_count={pages + 8}").fetchall()
    with pytest.raises(StoreFault) as told:
        sync_once(a.store, transport=a.network)
    assert told.value.kind is FaultKind.DISK_FULL
    assert names(a) == ["李丽"]
    a.start_again()
    a.sync()
    assert names(a) == ["于桂芳", "李丽"]


def test_poison_mutation_is_rejected_and_the_queue_goes_on(bench: Pc, centre: Centre) -> None:
    a = bench("a")
    for name in ("于桂芳", "毒\0", "李丽"):
        add(a, name)
    a.sync()
    assert (pending(a), there(centre, a)) == (0, ["于桂芳", "李丽"])
    with a.store.read(a.actor) as tx:
        assert [one.code for one in sync_state.list_refused(tx)] == ["refused"]


def test_revoked_device_is_told_and_what_waits_goes_to_quarantine(
    bench: Pc, centre: Centre
) -> None:
    a = bench("a")
    add(a)
    with centre.administered() as connection:
        revoke(connection, a.me.device_id)
    with pytest.raises(Refused) as told:
        a.sync()
    assert told.value.problem is Problem.REVOKED
    held = centre.sql("SELECT count(*) FROM quarantine WHERE device_id = %s", a.me.device_id)
    assert (a.me.problem, pending(a), held) == ("revoked", 1, [(1,)])


class Tampering(httpx.BaseTransport):
    """Somebody in between changes one letter of what is handed in."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self.inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        if request.url.path == "/v1/push":
            body = body[:-1] + bytes([body[-1] ^ 1])
        changed = httpx.Request(request.method, request.url, headers=request.headers, content=body)
        return self.inner.handle_request(changed)


def test_tampered_request_is_refused_and_nothing_is_lost(bench: Pc, centre: Centre) -> None:
    a = bench("a")
    add(a)
    with pytest.raises(Refused) as told:
        sync_once(a.store, transport=Tampering(centre.transport))
    assert told.value.problem is Problem.UNSIGNED
    assert (pending(a), there(centre, a)) == (1, [])
    a.sync()
    assert there(centre, a) == ["于桂芳"]


def test_replayed_request_changes_nothing(bench: Pc, centre: Centre) -> None:
    a = bench("a")
    add(a)
    a.sync(at=1, fault=Fault.TWICE)
    assert there(centre, a) == ["于桂芳"]
    [(versions,)] = centre.sql(
        "SELECT sum(row_version) FROM record WHERE stream_id = %s AND state = 0", a.me.own
    )
    assert centre.stream(a.me.own)[0] == versions


@pytest.mark.parametrize("at", [0, 1, 2])
def test_captive_portal_counts_as_offline(bench: Pc, at: int) -> None:
    a, b = bench("a"), bench("b")
    add(b)
    b.sync()
    add(a, "李丽")
    a.network.break_at(at, Fault.PORTAL)
    with pytest.raises(Offline):
        sync_once(a.store, transport=a.network)
    assert a.me.problem == "offline"
    a.sync()
    assert names(a) == ["于桂芳", "李丽"]


def test_many_stations_at_once_come_back_when_told_and_not_together(bench: Pc) -> None:
    a = bench("a")
    runner = SyncRunner(a.store, done=lambda _: None, failed=lambda _: None)
    busy = Refused(Refusal(Problem.BUSY, retry_after=60.0))
    runner._failures = 1
    pauses = {runner._pause_after(busy) for _ in range(20)}
    assert min(pauses) >= 60
    assert len(pauses) == 20
