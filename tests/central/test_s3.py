"""Attachments in an S3-compatible store: the published signatures, and a real store over HTTP."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from random import Random
from typing import Any

import pytest

from central.blobstore import Damaged, FolderStore, store_of
from central.config import Bucket, Settings, settings_from
from central.refused import Refused
from central.s3 import S3Store, signed_headers
from tests.central.bucket import KEY_ID, REGION, SECRET, SmallS3, small_s3
from tests.central.conftest import RunningCentre
from tests.central.device import Device

NAME = "a" * 64


@pytest.fixture
def s3() -> Iterator[SmallS3]:
    with small_s3() as server:
        yield server


@pytest.fixture(params=["", "/attachments/2026"], ids=["bucket", "folder"])
def store(s3: SmallS3, request: pytest.FixtureRequest) -> Iterator[S3Store]:
    made = S3Store(bucket_at(s3.url + request.param), bytes(32))
    yield made
    made.close()


def bucket_at(url: str, secret: str = SECRET) -> Bucket:
    return Bucket(url, KEY_ID, secret, REGION)


def whole(store: Any, start: int = 0) -> bytes:
    return b"".join(part for _, part in store.parts("S:1", NAME, start))


# ------------------------------------------------------------------------------------ signatures

#: The examples of Amazon's own documentation of Signature 4 for S3.
EXAMPLE = Bucket("", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
THEN = datetime(2013, 5, 24, tzinfo=UTC)
HOST = "https://examplebucket.s3.amazonaws.com"


@pytest.mark.parametrize(
    ("path", "more", "signature"),
    [
        ("/test.txt", {"range": "bytes=0-9"},
         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        ("/?lifecycle=", {},
         "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        ("/?max-keys=2&prefix=J", {},
         "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ],
)  # fmt: skip
def test_the_signatures_are_those_of_the_specification(
    path: str, more: dict[str, str], signature: str
) -> None:
    headers = signed_headers(EXAMPLE, "GET", HOST + path, b"", THEN, more)
    assert headers["authorization"].endswith("Signature=" + signature)


def test_a_wrong_secret_is_refused_by_the_store(s3: SmallS3) -> None:
    store = S3Store(bucket_at(s3.url, "wrong"), bytes(32))
    with pytest.raises(Refused):
        store.put("S:1", NAME, 0, b"x")
    assert not s3.objects
    store.close()


# ------------------------------------------------------------------------------------- the store


def test_parts_go_and_come_back(store: S3Store, s3: SmallS3) -> None:
    store.put("S:1", NAME, 0, b"one")
    store.put("S:1", NAME, 3, b"three")
    assert whole(store) == b"onethree"
    assert whole(store, 3) == b"three"
    assert whole(store, 5) == b"three"  # from the part that holds it
    assert not [one for one in s3.objects.values() if b"one" in one]


def test_a_part_sent_again_takes_the_place_of_the_first(store: S3Store) -> None:
    store.put("S:1", NAME, 0, b"one")
    store.put("S:1", NAME, 0, b"two")
    assert whole(store) == b"two"


def test_removing_leaves_nothing_not_even_of_abandoned_attempts(
    store: S3Store, s3: SmallS3
) -> None:
    store.put("S:1", NAME, 0, b"one")
    store.put("S:1", NAME, 77, b"abandoned")
    store.put("S:2", NAME, 0, b"another station's")
    store.remove("S:1", NAME)
    assert len(s3.objects) == 1
    store.remove("S:1", NAME)
    with pytest.raises(Damaged):
        whole(store)


def test_what_was_altered_there_is_noticed(store: S3Store, s3: SmallS3) -> None:
    store.put("S:1", NAME, 0, b"one")
    [key] = s3.objects
    s3.objects[key] = s3.objects[key][:-1] + b"\0"
    with pytest.raises(Damaged):
        whole(store)


def test_a_store_that_stumbles_is_asked_again(store: S3Store, s3: SmallS3) -> None:
    s3.faults = [503, 500]
    store.put("S:1", NAME, 0, b"one")
    assert whole(store) == b"one"


@pytest.mark.parametrize("status", [503, 403, 404])
def test_a_store_that_does_not_take_it_makes_the_centre_busy(
    store: S3Store, s3: SmallS3, status: int
) -> None:
    s3.faults = [status] * 3
    with pytest.raises(Refused) as refused:
        store.put("S:1", NAME, 0, b"one")
    assert (refused.value.status, refused.value.refusal.retry_after) == (503, 30.0)


def test_erasing_is_not_done_as_long_as_the_store_is_away(store: S3Store, s3: SmallS3) -> None:
    s3.faults = [404]
    with pytest.raises(Refused):
        store.remove("S:1", NAME)


# ------------------------------------------------------------------------------------ the gateway


def test_a_station_notices_no_difference(
    s3: SmallS3,
    make_settings: Callable[..., Settings],
    run_centre: Callable[..., RunningCentre],
) -> None:
    centre = run_centre(make_settings(blob_part=1000, bucket=bucket_at(s3.url)))
    device = centre.device()
    body = Random(1).randbytes(2500)
    name = sha256(body).hexdigest()
    device.name(name)
    assert put(device, name, body, 0) == 202
    s3.faults = [503] * 3
    assert put(device, name, body, 1000) == 503
    assert put(device, name, body, 1000) == 202
    assert put(device, name, body, 2000) == 200
    got = b""
    while len(got) < len(body):
        got += device.ask("GET", f"/v1/blob/{name}?offset={len(got)}")[2]
    assert got == body
    assert not centre.settings.blobs.exists()
    s3.faults = [503] * 3
    assert device.ask("GET", f"/v1/blob/{name}")[0] == 503


def put(device: Device, name: str, body: bytes, at: int) -> int:
    target = f"/v1/blob/{name}?offset={at}&size={len(body)}"
    return device.ask("PUT", target, body[at : at + 1000])[0]


def test_the_store_is_a_folder_unless_a_bucket_is_named(make_settings: Any) -> None:
    settings = make_settings()
    assert isinstance(store_of(settings, bytes(32)), FolderStore)
    there = settings_from({"CENTRAL_S3_URL": "https://s3.example/b", "CENTRAL_S3_KEY_ID": "i",
                           "CENTRAL_S3_SECRET": "s"})  # fmt: skip
    made = store_of(dataclasses.replace(settings, bucket=there.bucket), bytes(32))
    assert isinstance(made, S3Store)
    made.close()
