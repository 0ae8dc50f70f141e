"""Hand in by USB stick: the same messages as files, signed, sealed and read back (sync.md §10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import httpx
import sqlcipher3
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from db.bundle import (
    CENTRE,
    BadBundle,
    BundleAnswer,
    BundleOut,
    BundlePage,
    open_letter,
    read_letter,
    seal,
)
from db.wire import HelloAnswer, Outcome, Problem, Push, encode
from station_app.errors import ExchangeFault
from station_app.i18n import tr
from station_app.services.sync_state import status
from station_app.store import Store
from station_app.store.transaction import driver_of
from station_app.sync import outbox
from station_app.sync.blobs import keep_picture, picture_of
from station_app.sync.client import Client, Refused
from station_app.sync.hello import hello_of, take_answer
from station_app.sync.identity import Me, note, who_am_i
from station_app.sync.moments import stored, told
from station_app.sync.pull import apply_staged, take_page
from station_app.sync.rebase import take_results
from station_app.sync.report import SyncReport

Step = Callable[[str], None]

#: Changes in one file; more wait for the next one.
_MOST_CHANGES = 50_000
#: Bytes of pictures in one file.
_MOST_PICTURES = 256 << 20


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file to carry to the centre, and how many changes are in it."""

    file: bytes
    changes: int


def bundle_out(store: Store, *, step: Step = lambda _: None) -> Bundle:
    """Everything that waits as one file that only the centre can open. Raises SyncFault.

    ``step`` hears the name of each step, and may end the work by raising: nothing is lost.
    """
    me = who_am_i(store)
    step("collect")
    with store.read(me.actor) as tx:
        driver = driver_of(tx.session)
        waiting = outbox.batch(driver, _MOST_CHANGES)
        batch = me.policy.batch
        pushes = [Push(me.incarnation, part) for part in outbox.parts(waiting, batch)]
        message = BundleOut(hello_of(driver, me), pushes, _pictures(driver))
    step("seal")
    file = seal(
        message,
        key=me.signer,
        sender=me.device_id.hex,
        recipient=CENTRE,
        recipient_key=X25519PublicKey.from_public_bytes(me.centre_seal_key),
    )
    return Bundle(file, len(waiting))


def bundle_in(store: Store, file: bytes, *, step: Step = lambda _: None) -> SyncReport:
    """Take the centre's answer in. Raises ExchangeFault for a file that is not one for this PC.

    Taken in twice, or after the network was faster, it changes nothing. ``step`` as above.
    """
    me = who_am_i(store)
    step("open")
    answer = _opened(me, file)
    report = SyncReport()
    with store.write(me.actor) as tx:
        if answer.hello.incarnation < me.incarnation:
            return report  # to an earlier life of this PC: the network was faster
        take_answer(tx, me, answer.hello, carried=True)
    me = who_am_i(store)
    about, at = iter(answer.about), told(answer.hello.server_time)
    for one in answer.answers:
        step("results")
        with store.write(me.actor) as tx:
            waiting = {made.mid: made for made in outbox.batch(driver_of(tx.session), 1 << 30)}
            known = [(waiting.get(result.mid), result, next(about, None)) for result in one.results]
            results = [result for made, result, uuid in known if made and made.uuid == uuid]
            if results:
                # The stick was under way for days, and this PC's clock may be a year off.
                take_results(tx, [waiting[result.mid] for result in results], results, at=at)
        report.sent += len(results)
        report.refused += sum(result.outcome is Outcome.REJECTED for result in results)
        report.conflicts += sum(result.outcome is Outcome.CONFLICT for result in results)
        report.changes |= tx.changes
    if answer.refusal == Problem.MID_REUSE.value:
        _live_anew(store, me, answer.hello)
    step("pages")
    _read(store, me, answer.pages, report)
    for name, picture in answer.blobs.items():
        report.changes |= keep_picture(store, me, name, picture)
    with store.write(me.actor) as tx:
        driver = driver_of(tx.session)
        note(driver, problem="", last_exchange_at=stored(tx.now))
        outbox.prune(driver, at)
        report.waiting = status(tx, unknown=0).pending
    return report


def hand_in_for_another(
    store: Store, file: bytes, *, transport: httpx.BaseTransport | None = None
) -> None:
    """Hand in over the network what another PC of this station wrote to a stick.

    For a PC that died before it could hand it in itself; twice is harmless. Raises ExchangeFault
    for a file that the centre does not take, Offline, Refused.
    """
    me = who_am_i(store)
    with Client(me.url, me.signer, me.device_id.hex, me.centre, transport=transport) as client:
        try:
            client.send("POST", "/v1/bundle", file)
        except Refused as refused:
            if refused.problem is Problem.REVOKED:
                text = tr("The computer that wrote this file was shut out by the centre. Ask the "
                          "centre.")  # fmt: skip
                raise ExchangeFault(text) from refused
            if refused.problem in (Problem.MALFORMED, Problem.SCOPE, Problem.UNKNOWN):
                text = tr("The centre does not take this file: it is damaged, or it comes from "
                          "another station.")  # fmt: skip
                raise ExchangeFault(text) from refused
            raise


def _opened(me: Me, file: bytes) -> BundleAnswer:
    try:
        key = X25519PrivateKey.from_private_bytes(me.seal_key)
        letter = open_letter(file, key, me.device_id.hex)
        if letter.sender != CENTRE:
            raise BadBundle
        return read_letter(letter, me.centre, BundleAnswer)
    except BadBundle as error:
        text = tr("This file is not the centre's answer to this computer, or it is damaged.")
        raise ExchangeFault(text) from error


def _live_anew(store: Store, me: Me, said: HelloAnswer) -> None:
    """This file is an old image or a copy: the next stick asks for a life of its own.

    Unless the stick was merely late, and the network settled it meanwhile.
    """
    with store.write(me.actor) as tx:
        driver = driver_of(tx.session)
        waiting = outbox.batch(driver, 1, whole=False)
        if waiting and waiting[0].mid <= said.last_mid:
            note(driver, renew=True)


def _read(store: Store, me: Me, pages: list[BundlePage], report: SyncReport) -> None:
    streams: dict[str, bool] = {}
    for one in pages:
        taken = take_page(store, me, encode(one.page), snapshot=one.snapshot)
        if taken:
            streams[one.page.stream] = not one.page.more
    for stream, whole in sorted(streams.items()):
        if whole:
            applied, changes = apply_staged(store, me, stream)
            report.written += applied.written
            report.removed += applied.removed
            report.held += applied.held
            report.changes |= changes


def _pictures(driver: sqlcipher3.Connection) -> dict[str, bytes]:
    """The pictures that wait to be sent, as many as fit; they follow their records' answers."""
    found: dict[str, bytes] = {}
    size = 0
    for (name,) in driver.execute("SELECT sha256 FROM blob_task WHERE way = 'out'").fetchall():
        picture = picture_of(driver, name)
        if picture is not None and size + len(picture) <= _MOST_PICTURES:
            found[name] = picture
            size += len(picture)
    return found
