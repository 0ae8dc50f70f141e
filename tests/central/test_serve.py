"""Gateway processes as in production: TLS, several on one database, a log of objects, an end."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from central.config import Settings
from db import wire
from tests.central.conftest import RunningCentre
from tests.central.device import Device, mutation
from tests.central.processes import certificate, served
from tests.central.terminal import Terminal


@pytest.fixture(scope="module")
def centre(
    make_settings: Callable[..., Settings], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    """The same database as the processes use, with a gateway here to enrol at."""
    return run_centre(make_settings())


def test_tls_with_a_certificate(centre: RunningCentre, tmp_path: Path) -> None:
    pem, key = certificate(tmp_path)
    trust = ssl.create_default_context(cafile=str(pem))
    words = ("--certificate", str(pem), "--key", str(key))
    device = centre.device()
    with served(centre.settings, tmp_path / "log", *words, tls=trust) as gateway:
        line = gateway.line()
        line.connect()
        assert isinstance(line.sock, ssl.SSLSocket)
        assert line.sock.version() == "TLSv1.3"
        body = wire.encode(wire.Push(1, [mutation(1)]))
        status, _, _ = device.ask("POST", "/v1/push", body, connection=line)
        assert status == 200
        line.close()
        older = ssl.create_default_context(cafile=str(pem))
        older.maximum_version = ssl.TLSVersion.TLSv1_2
        with (
            pytest.raises(ssl.SSLError),
            socket.create_connection(("127.0.0.1", gateway.port)) as plain,
        ):
            older.wrap_socket(plain, server_hostname="127.0.0.1")
        with (
            pytest.raises(ssl.SSLCertVerificationError),
            socket.create_connection(("127.0.0.1", gateway.port)) as plain,
        ):
            ssl.create_default_context().wrap_socket(plain, server_hostname="127.0.0.1")
    assert len(device.pull_all()) == 1


def test_several_gateways_on_one_database(centre: RunningCentre, tmp_path: Path) -> None:
    _, station = centre.station()
    pcs = [centre.device(station) for _ in range(4)]
    with (
        served(centre.settings, tmp_path / "one", "--processes", "2") as one,
        served(centre.settings, tmp_path / "two") as two,
    ):
        ports = [one.port, two.port]

        def work(numbered: tuple[int, Device]) -> None:
            number, pc = numbered
            for mid in range(1, 31, 3):
                pc.port = ports[(number + mid) % 2]  # any gateway will do at any time
                pc.push(*(mutation(m) for m in range(mid, mid + 3)))

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, enumerate(pcs)))
        rows = [pc.pull_all(11) for pc in pcs]
        pages = {one.get("/metrics")[1].decode() for _ in range(20)}
    assert all(it == rows[0] for it in rows)
    assert sorted(row.rev for row in rows[0].values()) == list(range(1, 121))
    assert all('central_connections{process="' in page for page in pages)


def test_every_line_it_says_is_an_object_without_names(
    centre: RunningCentre, tmp_path: Path
) -> None:
    device = centre.device()
    with served(centre.settings, tmp_path / "log") as gateway:
        device.port = gateway.port
        device.push(
            mutation(1, fields={"name": (None, "欧阳锦绣"), "phone": (None, "13912345678")})
        )
        device.ask("GET", "/v1/pull?stream=13912345678")
        device.pull_all()
        assert gateway.stop() == 0
    lines: list[dict[str, Any]] = [
        json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines()
    ]
    answered = [one for one in lines if one["event"] == "answered"]
    assert {"/v1/push", "/v1/pull"} <= {one["route"] for one in answered}
    assert all(one.keys() == {"at", "level", "event", "route", "status", "ms"} for one in answered)
    text = (tmp_path / "log").read_text("utf-8")
    assert "欧阳" not in text
    assert "13912345678" not in text
    assert device.keyid not in text


def test_a_port_that_is_taken_is_told_at_once(centre: RunningCentre, central: Terminal) -> None:
    told = central("serve", "--port", str(centre.port))
    assert told.status == 1
    assert str(centre.port) in told.err
