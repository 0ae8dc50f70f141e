"""One whole exchange with the centre: hello, push, pull, pictures, comparing now and then."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import httpx

from db.wire import HelloAnswer, Problem, Refusal
from station_app.errors import SyncFault
from station_app.store import Store
from station_app.store.transaction import driver_of
from station_app.sync import digest, outbox
from station_app.sync.asking import ask_again
from station_app.sync.blobs import move_pictures
from station_app.sync.client import Client, Clock, Refused
from station_app.sync.collecting import rarely_collecting
from station_app.sync.hello import hello_of, take_answer
from station_app.sync.identity import Me, centres_now, note, who_am_i
from station_app.sync.moments import stored
from station_app.sync.pull import places, pull_stream
from station_app.sync.push import push, to_quarantine
from station_app.sync.report import SyncReport
from station_app.sync.restored import RESTORED, RESYNC, read_anew

#: How often equal revisions are compared by digest.
CHECK_EVERY = timedelta(days=1)
#: Greetings in one exchange: each follows a restore, a renewal or a gap.
_MOST_GREETINGS = 6

Step = Callable[[str], None]


def sync_once(
    store: Store,
    *,
    transport: httpx.BaseTransport | None = None,
    clock: Clock = time.time,
    step: Step = lambda _: None,
    check: bool = False,
) -> SyncReport:
    """Exchange everything once. Raises SyncFault (Offline, Refused; "not_joined").

    ``step`` hears the name of each step, and may end the exchange by raising. ``check`` compares
    digests now and not only once a day. No transaction is open while the network is used.
    """
    me = who_am_i(store)
    report = SyncReport()
    try:
        with Client(
            me.url, me.signer, me.device_id.hex, me.centre, transport=transport, clock=clock
        ) as client:
            try:
                with rarely_collecting():
                    _exchange(store, client, report, step, check)
            except Refused as refused:
                if refused.problem is Problem.REVOKED:
                    to_quarantine(store, me, client)
                raise
    except SyncFault as fault:
        with store.write(me.actor) as tx:
            note(driver_of(tx.session), problem=_standing(me.problem, fault.kind))
        raise
    with store.write(me.actor) as tx:
        driver = driver_of(tx.session)
        note(driver, problem="", last_exchange_at=stored(tx.now))
        outbox.prune(driver, centres_now(driver, tx.now))
    return report


def _standing(known: str, met: str) -> str:
    """The problem that stands: a PC that was shut out stays so when it is unplugged."""
    return known if known == "revoked" and met in ("offline", "busy") else met


def _exchange(store: Store, client: Client, report: SyncReport, step: Step, check: bool) -> None:
    for _ in range(_MOST_GREETINGS):
        step("hello")
        answer = _greet(store, client)
        if _hand_in_and_read(store, client, answer, report, step):
            break
    else:
        raise Refused(Refusal(Problem.BUSY))
    step("pictures")
    report.changes |= move_pictures(store, who_am_i(store), client)
    if answer.pull_allowed and (check or _due(store)):
        step("check")
        report.repaired += _compare(store, client, report)
    if not answer.pull_allowed:
        raise Refused(Refusal(Problem.UPGRADE))


def _greet(store: Store, client: Client) -> HelloAnswer:
    me = who_am_i(store)
    with store.read(me.actor) as tx:
        message = hello_of(driver_of(tx.session), me)
    answer = client.ask("POST", "/v1/hello", message, HelloAnswer)
    with store.write(me.actor) as tx:
        take_answer(tx, me, answer)
    return answer


def _hand_in_and_read(
    store: Store, client: Client, answer: HelloAnswer, report: SyncReport, step: Step
) -> bool:
    """Push, then pull; False: something changed so much that the centre is greeted again."""
    me = who_am_i(store)
    pulls = answer.pull_allowed
    with store.read(me.actor) as tx:
        place = places(driver_of(tx.session))[me.own]
    try:
        if place.mode == RESTORED:
            step("check")
            if not ask_again(store, me, client, answer.last_mid):
                return False
        if pulls and place.mode and answer.streams[me.own].head:
            # A new PC, or one after a restore, looks before it speaks.
            step("snapshot")
            _read(store, me, client, me.own, report)
        step("push")
        pushed = push(store, me, client)
        report.sent += pushed.sent
        report.refused += pushed.refused
        report.conflicts += pushed.conflicts
        report.changes |= pushed.changes
        if pushed.again:
            return False
        for stream, head in sorted(answer.streams.items()) if pulls else ():
            step(f"pull {stream}")
            with store.read(me.actor) as tx:
                place = places(driver_of(tx.session))[stream]
            unread, rev = (pushed.unread, pushed.rev) if stream == me.own else (False, 0)
            if place.mode or unread or place.rev != max(head.head, rev):
                _read(store, me, client, stream, report)
    except Refused as refused:
        if refused.problem is Problem.EPOCH:
            return False
        raise
    return True


def _read(store: Store, me: Me, client: Client, stream: str, report: SyncReport) -> None:
    try:
        applied, changes = pull_stream(store, me, client, stream)
    except Refused as refused:
        if refused.problem is not Problem.RESYNC:
            raise
        with store.write(me.actor) as tx:
            driver = driver_of(tx.session)
            read_anew(driver, stream, places(driver)[stream].mode or RESYNC)
        applied, changes = pull_stream(store, me, client, stream)
    report.written += applied.written
    report.removed += applied.removed
    report.held += applied.held
    report.changes |= changes


def _due(store: Store) -> bool:
    me = who_am_i(store)
    with store.read(me.actor) as tx:
        now = centres_now(driver_of(tx.session), tx.now)
        return me.last_check_at is None or me.last_check_at < stored(now - CHECK_EVERY)


def _compare(store: Store, client: Client, report: SyncReport) -> int:
    me = who_am_i(store)
    unequal = digest.unequal(store, me, client)
    for stream in unequal:
        with store.write(me.actor) as tx:
            read_anew(driver_of(tx.session), stream, "compare")
        _read(store, me, client, stream, report)
    with store.write(me.actor) as tx:
        driver = driver_of(tx.session)
        note(driver, last_check_at=stored(centres_now(driver, tx.now)))
    return len(unequal)
