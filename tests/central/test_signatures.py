"""Who speaks: tampered, replayed, unsigned, expired, somebody else's; and who answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import UUID

import msgspec
import pytest

from central.database import administered
from central.devices import revoke
from db import signing, wire
from db.wire import Problem, encode
from tests.central.conftest import RunningCentre
from tests.central.device import Device, Said, mutation

HELLO = wire.Hello(1, "1.0", 1, 1, 1, 0, {})

Headers = dict[str, str]


def signed(device: Device, body: bytes, target: str = "/v1/hello", method: str = "POST") -> Headers:
    now = int(time.time() + device.skew)
    return signing.sign_request(device.key, device.keyid, method, target, body, created=now)


def problem(device: Device, headers: Headers, body: bytes, target: str = "/v1/hello") -> Problem:
    status, _, answer = device.ask("POST", target, body, headers=headers)
    assert status == 401
    return msgspec.json.decode(answer, type=wire.Refusal).problem


def test_an_honest_request_is_answered(device: Device) -> None:
    body = encode(HELLO)
    assert device.ask("POST", "/v1/hello", body, headers=signed(device, body))[0] == 200


def test_a_tampered_body_is_refused(device: Device) -> None:
    body = encode(HELLO)
    headers = signed(device, body)
    assert problem(device, headers, body.replace(b"1.0", b"1.1")) is Problem.UNSIGNED


def test_a_tampered_body_with_a_fitting_digest_is_refused(device: Device) -> None:
    other = encode(HELLO).replace(b"1.0", b"1.1")
    headers = signed(device, encode(HELLO)) | {"content-digest": signing.content_digest(other)}
    assert problem(device, headers, other) is Problem.UNSIGNED


def test_a_tampered_address_is_refused(device: Device) -> None:
    body = encode(HELLO)
    assert problem(device, signed(device, body), body, "/v1/digest") is Problem.UNSIGNED
    assert problem(device, signed(device, body), body, "/v1/hello?x=1") is Problem.UNSIGNED


def test_another_method_is_refused(device: Device) -> None:
    name = "/v1/blob/" + "0" * 64
    headers = signed(device, b"", name, "HEAD")
    assert device.ask("GET", name, headers=headers)[0] == 401


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.replace('nonce="', 'nonce="f')[: len(one)],
        lambda one: one.replace(";created=", ";created=1"),
        lambda one: one.replace('"@method" ', ""),
        lambda one: one.replace('alg="ed25519"', 'alg="none"'),
        lambda one: one + ";x=1",
        lambda one: "",
        lambda one: "liaison=" + "(" * 5000,
        lambda one: one.replace("liaison", "other"),
    ],
)
def test_a_tampered_header_is_refused(device: Device, change: Callable[[str], str]) -> None:
    body = encode(HELLO)
    headers = signed(device, body)
    headers["signature-input"] = change(headers["signature-input"])
    assert problem(device, headers, body) is Problem.UNSIGNED


def test_unsigned_requests_are_refused(device: Device) -> None:
    for path in ("/v1/hello", "/v1/push", "/v1/digest", "/v1/enrol", "/v1/bundle"):
        assert problem(device, {}, b"{}", path) is Problem.UNSIGNED
    for target in ("/v1/pull?stream=C:global", "/v1/snapshot", "/v1/blob/" + "0" * 64):
        assert device.ask("GET", target, headers={})[0] == 401


def test_a_request_signed_with_another_devices_key_is_refused(centre: RunningCentre) -> None:
    one, other = centre.device(), centre.device()
    one.key = other.key
    with pytest.raises(Said) as said:
        one.hello()
    assert said.value.refusal.problem is Problem.UNSIGNED


def test_an_unknown_device_is_told_so(centre: RunningCentre) -> None:
    stranger = Device("127.0.0.1", centre.port)
    stranger.keyid = UUID(int=7).hex
    with pytest.raises(Said) as said:
        stranger.hello()
    assert (said.value.status, said.value.refusal.problem) == (401, Problem.UNKNOWN)


@pytest.mark.parametrize("skew", [-901, 901, 365 * 86400, -365 * 86400])
def test_an_expired_request_is_refused_and_the_clock_told(device: Device, skew: float) -> None:
    device.skew = skew
    with pytest.raises(Said) as said:
        device.hello()
    assert (said.value.status, said.value.refusal.problem) == (401, Problem.STALE)
    assert said.value.refusal.server_time[:4].isdigit()


@pytest.mark.parametrize("skew", [-800, 800])
def test_a_clock_that_is_off_by_minutes_is_no_reason_to_refuse(device: Device, skew: int) -> None:
    device.skew = skew
    assert device.push(mutation(1))[0].rev == 1


def test_tampered_or_replayed_requests_are_refused_or_change_nothing(
    device: Device, centre: RunningCentre
) -> None:
    body = encode(wire.Push(1, [mutation(1)]))
    headers = signed(device, body, "/v1/push")
    answers = [device.ask("POST", "/v1/push", body, headers=headers) for _ in range(3)]
    assert [status for status, _, _ in answers] == [200, 200, 200]
    assert len({answer for _, _, answer in answers}) == 1
    assert centre.sql("SELECT head FROM stream WHERE stream_id = %s", device.own) == [(1,)]
    assert problem(device, headers, body.replace(b'"mid":1', b'"mid":2'), "/v1/push")
    assert centre.sql("SELECT head FROM stream WHERE stream_id = %s", device.own) == [(1,)]


def test_a_revoked_device_is_refused_whatever_it_asks(centre: RunningCentre) -> None:
    device = centre.device()
    device.push(mutation(1))
    with administered(centre.settings) as connection:
        assert revoke(connection, UUID(device.keyid))
    name, epoch = "0" * 64, UUID(int=0)
    acts: list[Callable[[], object]] = [
        device.hello,
        lambda: device.push(mutation(2)),
        lambda: device.get(wire.PullAnswer, "/v1/pull", stream=device.own, epoch=epoch, since=0),
        lambda: device.get(wire.PullAnswer, "/v1/snapshot", stream=device.own),
        lambda: device.post(wire.DigestAnswer, "/v1/digest", wire.DigestRequest({})),
        lambda: device.get(wire.PullAnswer, f"/v1/blob/{name}"),
        lambda: device._told(
            wire.PullAnswer, *device.ask("PUT", f"/v1/blob/{name}?offset=0&size=1", b"x")
        ),
        lambda: device._told(wire.PullAnswer, *device.ask("POST", "/v1/bundle", b"x")),
    ]
    for act in acts:
        with pytest.raises(Said) as said:
            act()
        assert (said.value.status, said.value.refusal.problem) == (403, Problem.REVOKED)
    assert centre.sql("SELECT head FROM stream WHERE stream_id = %s", device.own) == [(1,)]


# ------------------------------------------------------------------------------- who answers


def test_every_answer_is_signed_by_the_centre(device: Device) -> None:
    # ``ask`` checks the signature of each answer; these are one of every sort.
    assert device.ask("POST", "/v1/hello", encode(HELLO))[0] == 200
    assert device.ask("POST", "/v1/hello", b"nonsense")[0] == 400
    assert device.ask("GET", "/v1/nothing")[0] == 404
    assert device.ask("GET", "/v1/hello")[0] == 405
    assert device.ask("HEAD", "/v1/blob/" + "0" * 64)[0] == 404


def test_the_answer_to_another_question_is_not_accepted(device: Device) -> None:
    assert device.centre_key is not None
    body = encode(HELLO)
    first, second = signed(device, body), signed(device, body)
    status, headers, answer = device.ask("POST", "/v1/hello", body, headers=first)
    assert "content-encoding" not in headers
    signing.check_answer(device.centre_key, status, first["signature"], headers, answer)
    with pytest.raises(signing.BadSignature):
        signing.check_answer(device.centre_key, status, second["signature"], headers, answer)


@pytest.fixture
def portal() -> Iterator[int]:
    """A captive portal: it answers everything with its log-in page."""

    class Portal(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            page = "<html>请登录</html>".encode()
            self.rfile.read(int(self.headers.get("content-length") or 0))
            self.send_response(200)
            self.send_header("content-length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """A test's output is its result."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_captive_portals_page_is_not_taken_for_the_centre(device: Device, portal: int) -> None:
    device.port = portal
    with pytest.raises(signing.BadSignature):
        device.hello()
