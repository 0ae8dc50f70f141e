"""Real gateway processes: started, waited for, killed; and a certificate made here."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import ip_address
from pathlib import Path
from ssl import SSLContext

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from central.config import Settings

PATIENCE_S = 60.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """``central serve`` as a process; its log is in ``log``."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    tls: SSLContext | None = field(default=None)

    def line(self) -> HTTPConnection:
        """A connection to it."""
        if self.tls:
            return HTTPSConnection("127.0.0.1", self.port, timeout=30, context=self.tls)
        return HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path: str) -> tuple[int, bytes]:
        """A page for administrators."""
        line = self.line()
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def wait_for(self, path: str = "/ready", status: int = 200) -> None:
        """Until it answers ``path`` with ``status``."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                if self.get(path)[0] == status:
                    return
            except OSError:
                assert self.process.poll() is None, self.log.read_text("utf-8")
            assert time.monotonic() < deadline, self.log.read_text("utf-8")
            time.sleep(0.05)

    def stop(self) -> int:
        """End it as an administrator does; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)


@contextmanager
def served(
    settings: Settings, log: Path, *words: str, tls: SSLContext | None = None
) -> Iterator[Served]:
    """A gateway in processes of its own, ready; killed at the end if it still runs."""
    port = free_port()
    environment = os.environ | {
        "CENTRAL_DATABASE_URL": settings.gateway_url, "CENTRAL_HOME": str(settings.home),
        "CENTRAL_LANGUAGE": "en",
    }  # fmt: skip
    with open(log, "wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "central", "serve", "--port", str(port), *words],
            env=environment, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    one = Served(process, port, log, tls)
    try:
        one.wait_for()
        yield one
    finally:
        if process.poll() is None:
            one.stop()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 and its key, as PEM files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "centre of a test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_path, key_path = folder / "centre.pem", folder / "centre.key"
    cert_path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert_path, key_path
