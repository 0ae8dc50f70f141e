"""Jobs on a real store: who is told what, on which thread, and what happens when nobody waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from db.vocabulary import Op
from station_app import wiring
from station_app.domain.deputies import DeputyDraft
from station_app.errors import FaultKind, NotFound, RuleViolation, StationError, StoreFault
from station_app.services import deputies
from station_app.store import Change, Tx
from station_app.ui.jobs import Jobs, Report


@pytest.fixture
def owner(app: QObject) -> QObject:
    return QObject()


def add(tx: Tx) -> object:
    return deputies.save_deputy(tx, DeputyDraft(name="于桂芳"))


def test_a_read_comes_back_on_the_gui_thread(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    seen: list[tuple[int, bool]] = []
    here = QThread.currentThread()
    jobs.read(
        lambda tx: threading.get_ident(),
        lambda ran_on: seen.append((ran_on, QThread.currentThread() is here)),
        owner=owner,
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1]


def test_a_write_is_committed_before_then_and_announced(
    qtbot: QtBot, jobs: Jobs, owner: QObject, station: wiring.OpenStation
) -> None:
    names: list[str] = []

    def then(record: object) -> None:
        with station.store.read(station.actor) as tx:
            names.append(deputies.get_deputy(tx, record.id).name)  # type: ignore[attr-defined]  # the record is handed on as it is

    with qtbot.waitSignal(jobs.changed) as told:
        jobs.write(add, then, owner=owner)
    assert names == ["于桂芳"]
    changes: frozenset[Change] = told.args[0]
    assert {(one.kind, one.op) for one in changes} == {("deputy", Op.ADD)}


def test_changes_are_announced_though_then_raises(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    def then(record: object) -> None:
        raise RuntimeError("a page erred")

    with qtbot.captureExceptions() as caught, qtbot.waitSignal(jobs.changed):
        jobs.write(add, then, owner=owner)
    assert [kind for kind, _, _ in caught] == [RuntimeError]


def test_nothing_is_delivered_to_an_owner_that_is_gone(qtbot: QtBot, jobs: Jobs) -> None:
    from shiboken6 import delete

    owner = QObject()
    seen: list[object] = []
    with qtbot.waitSignal(jobs.changed):
        jobs.write(add, seen.append, owner=owner)
        delete(owner)
    assert seen == []


def test_a_refusal_goes_to_failed_and_to_nobody_else(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    seen: list[StationError] = []
    loud: list[StationError] = []
    jobs.misfortune.connect(loud.append)
    jobs.write(
        lambda tx: deputies.save_deputy(tx, DeputyDraft(name=" ")), owner=owner, failed=seen.append
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], RuleViolation)
    assert loud == []


def raising(error: StationError) -> Callable[[Tx], None]:
    def act(tx: Tx) -> None:
        raise error

    return act


def test_without_failed_it_is_a_misfortune(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    with qtbot.waitSignal(jobs.misfortune) as told:
        jobs.read(raising(NotFound("gone")), lambda _: None, owner=owner)
    assert told.args[0].text == "gone"


def test_a_fault_of_the_file_reaches_page_and_window_and_can_be_tried_again(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    page: list[StationError] = []
    tries: list[int] = []

    def write(tx: Tx) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise StoreFault(FaultKind.DISK_FULL, "full")
        add(tx)

    with qtbot.waitSignal(jobs.misfortune):
        jobs.write(write, owner=owner, failed=page.append)
    assert len(page) == 1
    assert jobs.again is not None
    with qtbot.waitSignal(jobs.changed):
        jobs.again()
    assert len(tries) == 2


def test_a_bug_goes_to_the_crash_window(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    with qtbot.captureExceptions() as caught:
        jobs.read(lambda tx: 1 / 0, lambda _: None, owner=owner)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def answer(typed: str, tx: Tx) -> str:
    return typed


def test_only_the_latest_letter_is_answered(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    seen: list[str] = []
    for typed in ("l", "lj", "ljg"):
        jobs.latest("name", partial(answer, typed), seen.append, owner=owner)
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.wait(50)
    assert seen == ["ljg"]


def test_forgotten_requests_are_not_answered(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    seen: list[str] = []
    jobs.latest("name", lambda tx: "l", seen.append, owner=owner, delay_ms=20)
    jobs.forget("name", owner=owner)
    qtbot.wait(80)
    assert seen == []


def test_long_work_tells_how_far_it_is_and_stops_when_cancelled(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    steps: list[tuple[int, int]] = []
    ended = threading.Event()

    def work(report: Report) -> str:
        try:
            for done in range(1, 1000):
                report(done, 1000)
                ended.wait(0.005)
        finally:
            ended.set()
        return "finished"

    seen: list[str] = []
    job = jobs.long_work(
        work, seen.append, owner=owner, progress=lambda *args: steps.append((args[0], args[1]))
    )
    qtbot.waitUntil(lambda: len(steps) >= 2)
    job.cancel()
    qtbot.waitUntil(ended.is_set)
    qtbot.wait(20)
    assert steps[0] == (1, 1000)
    assert seen == []


def test_what_a_dying_window_still_asks_is_dropped(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    seen: list[int] = []
    jobs.close()
    jobs.read(lambda tx: 1, seen.append, owner=owner)
    jobs.latest("key", lambda tx: 2, seen.append, owner=owner)
    qtbot.wait(30)
    assert seen == []
