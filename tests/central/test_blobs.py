"""Attachments: resumable parts, named by their hash, sealed where they lie, read at home only."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from central.blobs import NAMED
from central.blobstore import Damaged, FolderStore
from central.config import Settings
from central.database import administered
from central.erasure import erase
from central.upkeep import damaged_blobs, prune
from db import wire
from db.wire import Problem
from tests.central.conftest import RunningCentre
from tests.central.device import Device

PART = 1000


@pytest.fixture(scope="module")
def centre(
    make_settings: Callable[..., Settings], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    return run_centre(make_settings(blob_part=PART, blob_limit=20_000))


def picture(seed: int, size: int = 3500) -> tuple[str, bytes]:
    body = Random(seed).randbytes(size)
    return sha256(body).hexdigest(), body


def put(device: Device, name: str, offset: int, size: int, part: bytes) -> tuple[int, Any, bytes]:
    device.name(name)
    return device.ask("PUT", f"/v1/blob/{name}?offset={offset}&size={size}", part)


def send(device: Device, name: str, body: bytes, part: int = PART) -> int:
    status = 0
    for at in range(0, len(body), part):
        status, _, _ = put(device, name, at, len(body), body[at : at + part])
    return status


def fetch(device: Device, name: str) -> bytes:
    got = b""
    while True:
        status, headers, part = device.ask("GET", f"/v1/blob/{name}?offset={len(got)}")
        assert status == 200
        got += part
        if len(got) >= int(headers["upload-length"]):
            return got


def stands(device: Device, name: str) -> tuple[int, int]:
    status, headers, _ = device.ask("HEAD", f"/v1/blob/{name}")
    return status, int(headers["upload-offset"])


def problem(answer: tuple[int, Any, bytes]) -> tuple[int, Problem]:
    return answer[0], msgspec.json.decode(answer[2], type=wire.Refusal).problem


def test_an_attachment_goes_and_comes_back(device: Device) -> None:
    name, body = picture(1)
    assert stands(device, name) == (404, 0)
    assert put(device, name, 0, len(body), body[:PART])[0] == 202
    assert stands(device, name) == (404, PART)
    assert send(device, name, body) == 200
    assert stands(device, name) == (200, len(body))
    assert fetch(device, name) == body


def test_a_cut_upload_goes_on_where_it_was(device: Device) -> None:
    name, body = picture(2)
    put(device, name, 0, len(body), body[:700])
    status, headers, _ = put(device, name, 0, len(body), body[:PART])  # the answer was lost
    assert (status, headers["upload-offset"]) == (202, "700")
    status, headers, _ = put(device, name, 2000, len(body), body[2000:3000])  # too far
    assert (status, headers["upload-offset"]) == (202, "700")
    for at in range(700, len(body), PART):
        status, _, _ = put(device, name, at, len(body), body[at : at + PART])
    assert status == 200
    assert fetch(device, name) == body


def test_what_is_not_what_its_name_says_is_not_kept(device: Device) -> None:
    name, body = picture(4)
    wrong = put(device, name, 0, 900, body[:900])
    assert problem(wrong) == (400, Problem.MALFORMED)
    assert stands(device, name) == (404, 0)
    assert send(device, name, body) == 200


def test_what_no_record_names_is_not_kept(device: Device, centre: RunningCentre) -> None:
    """It was erased, and the PC cannot know that: it is told that nothing more is to be sent."""
    name, body = picture(13)
    device.name(name)
    target = f"/v1/blob/{name}?offset=0&size={len(body)}"
    [(photo,)] = centre.sql("SELECT id FROM record WHERE stream_id = %s", device.own)
    with administered(centre.settings) as connection:
        erase(connection, device.own, ("photo", photo.hex))
    status, headers, _ = device.ask("PUT", target, body[:PART])
    assert (status, int(headers["upload-offset"])) == (200, len(body))
    assert stands(device, name) == (404, 0)
    assert not list(centre.settings.blobs.rglob(name))


def test_who_names_a_picture_is_found_without_reading_the_others(centre: RunningCentre) -> None:
    """It is asked for each part that comes."""
    with administered(centre.settings) as connection:
        connection.execute("SET LOCAL enable_seqscan = off")
        found = connection.execute(f"EXPLAIN {NAMED}".encode(), ["S:unseen", "0" * 64])
        plan = "\n".join(one for (one,) in found)
        connection.rollback()
    assert "sha256" in plan.partition("Index Cond")[2].partition("\n")[0], plan


def test_sent_again_when_it_is_there_it_changes_nothing(device: Device) -> None:
    name, body = picture(5)
    send(device, name, body)
    assert put(device, name, 0, len(body), body[:PART])[0] == 200
    assert fetch(device, name) == body


def test_too_large_is_413(device: Device) -> None:
    name, _ = picture(6)
    assert problem(put(device, name, 0, 20_001, b"x")) == (413, Problem.TOO_LARGE)
    assert problem(put(device, name, 0, 9000, b"x" * (PART + 1))) == (413, Problem.TOO_LARGE)


@pytest.mark.parametrize(
    ("name", "query", "part"),
    [("0" * 64, "offset=0&size=3", b""), ("0" * 64, "offset=2&size=3", b"ab"),
     ("0" * 64, "offset=x&size=3", b"a"), ("0" * 64, "size=3", b"a"),
     ("..", "offset=0&size=1", b"a"), ("A" * 64, "offset=0&size=1", b"a"),
     ("0" * 63, "offset=0&size=1", b"a")],
)  # fmt: skip
def test_nonsense_is_malformed(device: Device, name: str, query: str, part: bytes) -> None:
    answer = device.ask("PUT", f"/v1/blob/{name}?{query}", part)
    assert problem(answer) == (400, Problem.MALFORMED)


def test_another_pc_of_the_station_reads_it_and_another_station_does_not(
    centre: RunningCentre,
) -> None:
    _, station = centre.station()
    first, second, stranger = centre.device(station), centre.device(station), centre.device()
    name, body = picture(7)
    send(first, name, body)
    assert fetch(second, name) == body
    assert stands(stranger, name) == (404, 0)
    assert stranger.ask("GET", f"/v1/blob/{name}")[0] == 404
    # The stranger's own copy is its own: whether others have it cannot be learnt from this.
    assert put(stranger, name, 0, len(body), body[:PART])[0] == 202


def test_an_offset_beyond_the_end_gives_nothing(device: Device) -> None:
    name, body = picture(8)
    send(device, name, body)
    assert device.ask("GET", f"/v1/blob/{name}?offset=99999")[::2] == (200, b"")


def test_parts_may_be_read_from_anywhere(device: Device) -> None:
    name, body = picture(9)
    send(device, name, body, 333)
    for offset in (0, 1, 332, 333, 334, 3499):
        part = device.ask("GET", f"/v1/blob/{name}?offset={offset}")[2]
        assert part
        assert body[offset:].startswith(part)


# ---------------------------------------------------------------------------------- where it lies


def test_nothing_is_readable_where_it_lies(device: Device, centre: RunningCentre) -> None:
    body = "张三的身份证照片".encode() * 50
    name = sha256(body).hexdigest()
    send(device, name, body)
    files = [one for one in centre.settings.blobs.rglob("*") if one.is_file()]
    assert files
    everything = b"".join(one.read_bytes() for one in files)
    assert "张三".encode() not in everything
    assert not [one for one in files if device.own[2:] in str(one)]


def test_a_damaged_file_is_found_and_never_given_out(
    make_settings: Callable[..., Settings], run_centre: Callable[..., RunningCentre]
) -> None:
    centre = run_centre(make_settings())
    device = centre.device()
    name, body = picture(10)
    send(device, name, body)
    [path] = [one for one in centre.settings.blobs.rglob("*") if one.is_file()]
    raw = bytearray(path.read_bytes())
    raw[100] ^= 1
    path.write_bytes(raw)
    assert device.ask("GET", f"/v1/blob/{name}")[0] == 404
    path.unlink()
    assert device.ask("GET", f"/v1/blob/{name}")[0] == 404
    store = FolderStore(centre.settings.blobs, bytes(32))
    with administered(centre.settings) as connection:
        assert damaged_blobs(connection, store) == [(device.own, name)]


def test_a_part_cannot_stand_for_another(tmp_path: Path) -> None:
    store = FolderStore(tmp_path, bytes(32))
    store.put("S:1", "a" * 64, 0, b"one")
    store.put("S:1", "a" * 64, 3, b"two")
    assert [part for _, part in store.parts("S:1", "a" * 64)] == [b"one", b"two"]
    [path] = [one for one in tmp_path.rglob("*") if one.is_file()]
    raw = path.read_bytes()
    half = len(raw) // 2
    path.write_bytes(raw[half:] + raw[:half])
    with pytest.raises(Damaged):
        list(store.parts("S:1", "a" * 64))


def test_a_file_that_ran_ahead_of_the_database_is_written_over(tmp_path: Path) -> None:
    store = FolderStore(tmp_path, bytes(32))
    store.put("S:1", "a" * 64, 0, b"one")
    store.put("S:1", "a" * 64, 3, b"lost, because the commit failed")
    store.put("S:1", "a" * 64, 3, b"two")
    assert b"".join(part for _, part in store.parts("S:1", "a" * 64)) == b"onetwo"


def test_half_attachments_are_forgotten_after_a_month(
    device: Device, centre: RunningCentre
) -> None:
    name, body = picture(11)
    put(device, name, 0, len(body), body[:PART])
    centre.sql("UPDATE blob SET received_at = now() - interval '31 days' WHERE sha256 = %s", name)
    with administered(centre.settings) as connection:
        assert prune(connection).blobs == [(device.own, name)]
    assert stands(device, name) == (404, 0)


def test_without_the_centres_key_the_folder_cannot_be_opened(
    device: Device, centre: RunningCentre
) -> None:
    name, body = picture(12)
    send(device, name, body)
    other = FolderStore(centre.settings.blobs, b"\1" * 32)
    with pytest.raises(Damaged):
        list(other.parts(device.own, name))
