"""Bundles on USB sticks: both directions, twice, by another PC, too late, damaged, pictures too."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from central import bundle as central_bundle
from central.database import administered
from central.devices import revoke
from central.upkeep import new_epoch
from db import wire
from db.bundle import (
    CENTRE,
    BadBundle,
    BundleAnswer,
    BundleOut,
    open_letter,
    read_letter,
    seal,
)
from db.wire import Cursor, Outcome, Problem
from tests.central.conftest import RunningCentre
from tests.central.device import Device, mutation


@pytest.fixture
def desk(centre: RunningCentre) -> central_bundle.Desk:
    return centre.gateway._centre.desk


def bundled(
    device: Device,
    desk: central_bundle.Desk,
    *mutations: wire.Mutation,
    cursors: dict[str, Cursor] | None = None,
    blobs: dict[str, bytes] | None = None,
) -> bytes:
    hello = wire.Hello(1, "1.0", 1, device.incarnation, 1 + len(mutations), 0, cursors or {})
    pushes = [wire.Push(device.incarnation, [one]) for one in mutations]
    return seal(
        BundleOut(hello, pushes, blobs or {}),
        key=device.key,
        sender=device.keyid,
        recipient=CENTRE,
        recipient_key=desk._keys.seal.public_key(),
    )


def opened(device: Device, answer: bytes) -> BundleAnswer:
    assert device.centre_key is not None
    letter = open_letter(answer, device.seal, device.keyid)
    assert letter.sender == CENTRE
    return read_letter(letter, device.centre_key, BundleAnswer)


def live(answer: BundleAnswer, stream: str) -> set[UUID]:
    return {row.id for one in answer.pages if one.page.stream == stream for row in one.page.rows}


def test_what_waits_goes_in_and_what_is_there_comes_back(
    device: Device, desk: central_bundle.Desk
) -> None:
    batch = [mutation(1), mutation(2)]
    whose, sealed = desk.take_in(bundled(device, desk, *batch))
    answer = opened(device, sealed)
    assert whose == UUID(device.keyid)
    assert [one.results[0].outcome for one in answer.answers] == [Outcome.APPLIED] * 2
    assert live(answer, device.own) == {one.id for one in batch}
    assert all(one.snapshot for one in answer.pages)
    assert device.pull_all().keys() == {one.id for one in batch}


def test_a_bundle_twice_or_a_bundle_and_the_network_both_is_harmless(
    device: Device, desk: central_bundle.Desk, centre: RunningCentre
) -> None:
    batch = [mutation(1), mutation(2)]
    file = bundled(device, desk, *batch)
    first = opened(device, desk.take_in(file)[1])
    device.push(*batch)
    second = opened(device, desk.take_in(file)[1])
    assert [one.results for one in first.answers] == [one.results for one in second.answers]
    assert centre.sql("SELECT head FROM stream WHERE stream_id = %s", device.own) == [(2,)]


def test_a_stick_that_comes_late_uses_up_no_letter(
    device: Device, desk: central_bundle.Desk, centre: RunningCentre
) -> None:
    first = mutation(1)
    late = bundled(device, desk, first)
    device.push(first, mutation(2))
    assert opened(device, desk.take_in(late)[1]).hello.incarnation == 1
    # The same mid with other words in it: that PC was restored and works on.
    restored = bundled(device, desk, mutation(1))
    assert opened(device, desk.take_in(restored)[1]).hello.letter == "B"


def test_only_what_is_new_comes_back(device: Device, desk: central_bundle.Desk) -> None:
    device.push(mutation(1))
    heads = device.hello(2).streams
    cursors = {name: Cursor(one.epoch, one.head) for name, one in heads.items()}
    assert opened(device, desk.take_in(bundled(device, desk, cursors=cursors))[1]).pages == []


def test_after_a_restore_of_the_centre_everything_comes_back(
    device: Device, desk: central_bundle.Desk, centre: RunningCentre
) -> None:
    made = mutation(1)
    device.push(made)
    old = {name: Cursor(one.epoch, one.head) for name, one in device.hello(2).streams.items()}
    with administered(centre.settings) as connection:
        new_epoch(connection)
    answer = opened(device, desk.take_in(bundled(device, desk, made, cursors=old))[1])
    assert live(answer, device.own) == {made.id}


def test_many_pages_are_one_file(
    make_settings: Callable[..., object], run_centre: Callable[..., RunningCentre]
) -> None:
    centre = run_centre(make_settings(policy=wire.Policy(page=3)))
    device, desk = centre.device(), centre.gateway._centre.desk
    device.push(*(mutation(mid) for mid in range(1, 11)))
    answer = opened(device, desk.take_in(bundled(device, desk))[1])
    assert len(live(answer, device.own)) == 10
    assert [one.page.more for one in answer.pages if one.page.stream == device.own] == [
        True, True, True, False]  # fmt: skip


def test_pictures_go_in_and_come_out_to_the_other_pc(
    centre: RunningCentre, desk: central_bundle.Desk
) -> None:
    _, station = centre.station()
    first, second = centre.device(station), centre.device(station)
    picture = b"\xff\xd8" + bytes(5000)
    name = sha256(picture).hexdigest()
    photo = mutation(1, "photo", fields={"sha256": (None, name)})
    mine = opened(first, desk.take_in(bundled(first, desk, photo, blobs={name: picture}))[1])
    assert mine.blobs == {}  # it has its own
    theirs = opened(second, desk.take_in(bundled(second, desk))[1])
    assert theirs.blobs == {name: picture}


def test_pictures_beyond_one_file_wait_for_the_network(
    centre: RunningCentre, desk: central_bundle.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, station = centre.station()
    first, second = centre.device(station), centre.device(station)
    pictures = {sha256(one).hexdigest(): one for one in (b"a" * 900, b"b" * 900)}
    photos = [mutation(mid, "photo", fields={"sha256": (None, name)})
              for mid, name in enumerate(pictures, 1)]  # fmt: skip
    desk.take_in(bundled(first, desk, *photos, blobs=pictures))
    monkeypatch.setattr(central_bundle, "MOST_PICTURES", 1000)
    assert len(opened(second, desk.take_in(bundled(second, desk))[1]).blobs) == 1


def test_a_dead_pcs_bundle_may_be_handed_in_by_any_pc_of_its_station(
    centre: RunningCentre, desk: central_bundle.Desk
) -> None:
    _, station = centre.station()
    dead, living = centre.device(station), centre.device(station)
    file = bundled(dead, desk, mutation(1))
    status, _, sealed = living.ask("POST", "/v1/bundle", file)
    assert status == 200
    assert opened(dead, sealed).answers[0].last_mid == 1
    with pytest.raises(BadBundle):
        opened(living, sealed)


def test_a_bundle_of_another_station_is_out_of_scope(
    centre: RunningCentre, desk: central_bundle.Desk
) -> None:
    ours, theirs = centre.device(), centre.device()
    status, _, body = ours.ask("POST", "/v1/bundle", bundled(theirs, desk, mutation(1)))
    assert (status, msgspec.json.decode(body, type=wire.Refusal).problem) == (403, Problem.SCOPE)
    assert not theirs.pull_all()


def test_a_revoked_pcs_bundle_is_refused(centre: RunningCentre, desk: central_bundle.Desk) -> None:
    _, station = centre.station()
    revoked, living = centre.device(station), centre.device(station)
    file = bundled(revoked, desk, mutation(1))
    with administered(centre.settings) as connection:
        revoke(connection, UUID(revoked.keyid))
    status, _, body = living.ask("POST", "/v1/bundle", file)
    assert (status, msgspec.json.decode(body, type=wire.Refusal).problem) == (403, Problem.REVOKED)


def test_a_hole_in_the_queue_is_told_and_the_rest_of_the_answer_still_comes(
    device: Device, desk: central_bundle.Desk
) -> None:
    answer = opened(device, desk.take_in(bundled(device, desk, mutation(2)))[1])
    assert (answer.refusal, answer.answers) == ("gap", [])


def test_an_old_image_gets_a_new_life_and_nothing_is_applied(
    device: Device, desk: central_bundle.Desk
) -> None:
    device.push(mutation(1), mutation(2), mutation(3))
    answer = opened(device, desk.take_in(bundled(device, desk, mutation(1)))[1])
    assert (answer.hello.incarnation, answer.answers) == (2, [])
    assert len(live(answer, device.own)) == 3


@pytest.mark.parametrize("where", [0, 20, 60, 200, -1])
def test_a_damaged_bundle_is_refused(device: Device, desk: central_bundle.Desk, where: int) -> None:
    file = bytearray(bundled(device, desk, mutation(1)))
    file[where] ^= 1
    with pytest.raises(BadBundle):
        desk.take_in(bytes(file))
    assert not device.pull_all()


def test_a_bundle_in_another_devices_name_is_refused(
    centre: RunningCentre, desk: central_bundle.Desk
) -> None:
    forger, victim = centre.device(), centre.device()
    forger.keyid = victim.keyid
    with pytest.raises(BadBundle):
        desk.take_in(bundled(forger, desk, mutation(1)))


def test_a_bundle_for_another_centre_is_refused(device: Device, desk: central_bundle.Desk) -> None:
    hello = wire.Hello(1, "1.0", 1, 1, 1, 0, {})
    other: X25519PublicKey = X25519PrivateKey.generate().public_key()
    file = seal(BundleOut(hello, []), key=device.key, sender=device.keyid, recipient=CENTRE,
                recipient_key=other)  # fmt: skip
    with pytest.raises(BadBundle):
        desk.take_in(file)


def test_a_bundle_that_would_be_huge_once_opened_is_refused_over_the_network(
    make_settings: Callable[..., object], run_centre: Callable[..., RunningCentre]
) -> None:
    centre = run_centre(make_settings(opened_limit=100_000))
    device, desk = centre.device(), centre.gateway._centre.desk
    big = mutation(1, fields={"name": (None, "x" * 1_000_000)})
    file = bundled(device, desk, big)
    assert len(file) < 100_000
    status, _, body = device.ask("POST", "/v1/bundle", file)
    assert (status, msgspec.json.decode(body, type=wire.Refusal).problem) == (
        400, Problem.MALFORMED)  # fmt: skip
    assert desk.take_in(file)  # from a stick, by the administrator, it is welcome
