"""The gateway itself: addresses, sizes, packing, health, metrics, a log without names."""

from __future__ import annotations

import gzip
import http.client
import json
import logging
import socket
import time
import zlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
import psycopg
import pytest

from central import push
from central.database import administered
from central.erasure import erase
from central.observe import JsonLines
from db import signing, wire
from db.wire import Problem, encode
from tests.central.conftest import RunningCentre
from tests.central.device import Device, Said, edit, mutation


def problem(answer: tuple[int, Any, bytes]) -> tuple[int, Problem]:
    return answer[0], msgspec.json.decode(answer[2], type=wire.Refusal).problem


# ------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("GET", "/v2/hello", 404), ("POST", "/v1/hello/", 404),
     ("GET", "/v1/hello", 405), ("DELETE", "/v1/push", 405), ("PATCH", "/v1/blob/x", 405),
     ("POST", "/health", 404), ("GET", "/v1/blob/", 405), ("OPTIONS", "/v1/pull", 405)],
)  # fmt: skip
def test_what_there_is_not_is_told(device: Device, method: str, path: str, status: int) -> None:
    assert device.ask(method, path)[0] == status


@pytest.mark.parametrize(
    "line",
    [b"GET /v1/pull?stream=\xe4\xb8\xad HTTP/1.1", b"GET /\xff\xfe HTTP/1.1",
     b"GET /v1/blob/%00 HTTP/1.1", b"POST /v1/hello?%ff=%zz HTTP/1.1",
     b"GET /v1/pull?" + b"a=1&" * 4000 + b" HTTP/1.1"],
)  # fmt: skip
def test_addresses_that_no_station_asks_for_are_no_fault_of_ours(
    centre: RunningCentre, line: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", centre.port)) as connection:
        connection.sendall(line + b"\r\nhost: x\r\nsignature: liaison=:\xff:\r\n\r\n")
        status = int(connection.recv(4096).split()[1])
    assert 400 <= status < 500


# ----------------------------------------------------------------------------------------- sizes


@pytest.fixture(scope="module")
def small(
    make_settings: Callable[..., Any], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    return run_centre(make_settings(sent_limit=10_000, opened_limit=50_000))


def test_too_large_as_sent_is_413(small: RunningCentre) -> None:
    device = small.device()
    body = b"{}" + b" " * 10_000
    assert problem(raw_post(device, body)) == (413, Problem.TOO_LARGE)


def test_too_large_once_opened_is_413(small: RunningCentre) -> None:
    device = small.device()
    bomb = gzip.compress(b" " * 50_001)
    assert len(bomb) < 1000
    assert problem(raw_post(device, bomb, "gzip")) == (413, Problem.TOO_LARGE)


def test_a_bomb_is_not_opened_further_than_the_limit(small: RunningCentre) -> None:
    device = small.device()
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(bytes(5_000_000)) + packer.flush()
    assert problem(raw_post(device, bomb, "gzip")) == (413, Problem.TOO_LARGE)


@pytest.mark.parametrize(
    ("body", "coding"),
    [(b"x" * 100, "gzip"), (gzip.compress(b"{}")[:-4], "gzip"), (b"{}", "br"),
     (gzip.compress(b"{}") + b"more", "gzip")],
    ids=["not packed", "cut", "another way", "more behind it"],
)  # fmt: skip
def test_a_body_that_cannot_be_opened_is_malformed(
    device: Device, body: bytes, coding: str
) -> None:
    assert problem(raw_post(device, body, coding)) == (400, Problem.MALFORMED)


def raw_post(device: Device, body: bytes, coding: str = "") -> tuple[int, dict[str, str], bytes]:
    now = int(time.time())
    headers = signing.sign_request(device.key, device.keyid, "POST", "/v1/hello", body, created=now)
    if coding:
        headers["content-encoding"] = coding
    line = http.client.HTTPConnection("127.0.0.1", device.port)
    try:
        line.request("POST", "/v1/hello", body, headers)
        answer = line.getresponse()
        return answer.status, {}, answer.read()
    finally:
        line.close()


# ------------------------------------------------------------------------ what administrators see


def page(centre: RunningCentre, path: str) -> tuple[int, str]:
    status, _, body = Device("127.0.0.1", centre.port).ask("GET", path, headers={})
    return status, body.decode()


def test_it_is_well_and_ready(centre: RunningCentre) -> None:
    assert page(centre, "/health") == (200, '{"ok":true}')
    assert page(centre, "/ready") == (200, '{"ok": true}')


def test_it_counts_what_it_answers(centre: RunningCentre, device: Device) -> None:
    name = "c" * 64
    device.ask("GET", f"/v1/blob/{name}")
    _, text = page(centre, "/metrics")
    assert 'route="/v1/blob/{sha256}",status="404"' in text
    assert name not in text
    assert 'central_connections{process="' in text
    for line in text.splitlines():
        assert line.startswith("# TYPE ") or float(line.rpartition(" ")[2]) >= 0


def test_the_histogram_is_one(centre: RunningCentre, device: Device) -> None:
    device.hello()
    lines = [
        one
        for one in page(centre, "/metrics")[1].splitlines()
        if one.startswith("central_answer_seconds") and 'route="/v1/hello"' in one
    ]
    buckets = [int(one.rpartition(" ")[2]) for one in lines if "_bucket" in one]
    [count] = [int(one.rpartition(" ")[2]) for one in lines if "_count" in one]
    assert buckets == sorted(buckets)
    assert buckets[-1] == count > 0


def test_it_describes_itself(centre: RunningCentre) -> None:
    status, text = page(centre, "/openapi.json")
    said = json.loads(text)
    assert (status, said["openapi"]) == (200, "3.1.0")
    assert {"/v1/hello", "/v1/push", "/v1/pull", "/v1/blob/{sha256}"} <= said["paths"].keys()


# -------------------------------------------------------------------------------------- the log

NAME, PHONE, TEXT = "欧阳锦绣", "13912345678", "三单元路灯不亮"


def test_the_log_has_no_personal_data(
    centre: RunningCentre, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    _, station = centre.station()
    a, b = centre.device(station), centre.device(station)
    made = mutation(1, fields={"name": (None, NAME), "phone": (None, PHONE), "note": (None, TEXT)})
    a.push(made, mutation(2, fields={"name": (None, NAME + "\0")}))
    a.push(edit(3, made.id, 1, name=NAME + "一"))
    b.push(edit(1, made.id, 1, name=NAME + "二"))
    a.pull_all()
    a.ask("GET", f"/v1/pull?stream={PHONE}")
    a.ask("GET", f"/v1/{PHONE}")
    a.ask("POST", "/v1/push", (NAME * 9).encode())
    for error in (ValueError(NAME), psycopg.OperationalError(PHONE)):

        def fail(*_: object, error: Exception = error) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(push, "push", fail)
            status, _, _ = a.ask("POST", "/v1/push", encode(wire.Push(1, [edit(4, made.id, 2)])))
        assert status in (500, 503)
    with administered(centre.settings) as connection:
        erase(connection, a.own, ("resident", made.id.hex))
    lines = [JsonLines().format(one) for one in caplog.records if one.name == "central"]
    assert {json.loads(one)["event"] for one in lines} == {"answered", "failed"}
    everything = "\n".join([*lines, caplog.text])
    for word in (NAME, PHONE, TEXT, PHONE[-4:], made.id.hex, str(made.id)):
        assert word not in everything
    failed = [json.loads(one) for one in lines if '"failed"' in one]
    assert [one["error"] for one in failed] == ["ValueError", "OperationalError"]
    assert {one["route"] for one in failed} == {"/v1/push"}


def test_every_line_of_the_log_is_an_object() -> None:
    record = logging.LogRecord("_granian", logging.INFO, "", 0, "Started worker-%d", (1,), None)
    said = json.loads(JsonLines().format(record))
    assert (said["event"], said["level"]) == ("Started worker-1", "info")


def test_a_bug_of_ours_is_a_signed_500(
    device: Device, monkeypatch: pytest.MonkeyPatch, centre: RunningCentre
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(push, "push", broken)
    assert device.ask("POST", "/v1/push", encode(wire.Push(1, [mutation(1)])))[0] == 500
    monkeypatch.undo()
    assert device.push(mutation(1))[0].rev == 1
    assert centre.port


def test_keys_of_many_devices_are_kept_in_bounds(
    device: Device, centre: RunningCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("central.gateway._MOST_KEYS", 2)
    for _ in range(4):
        centre.device().hello()
    device.hello()
    assert len(centre.gateway._keys._known) <= 2
    stranger = Device("127.0.0.1", centre.port)
    stranger.keyid = UUID(int=1).hex
    with pytest.raises(Said):
        stranger.hello()
