"""The centre's own keys: to sign answers, to open sealed bundles, to encrypt attachments."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

_FILE = "centre.keys"


@dataclass(frozen=True, slots=True)
class CentreKeys:
    """Stations know the public halves of ``sign`` and ``seal``.

    ``rest`` (32 bytes) encrypts the attachments where they lie.
    """

    sign: Ed25519PrivateKey
    seal: X25519PrivateKey
    rest: bytes

    @property
    def sign_public(self) -> str:
        """The public half that answers are checked with, as hex."""
        return self.sign.public_key().public_bytes_raw().hex()

    @property
    def seal_public(self) -> str:
        """The public half that bundles are sealed to, as hex."""
        return self.seal.public_key().public_bytes_raw().hex()


def load_keys(home: Path) -> CentreKeys:
    """The keys kept in ``home``. Raises FileNotFoundError before ``central init``."""
    kept = json.loads((home / _FILE).read_text("ascii"))
    return CentreKeys(
        Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept["sign"])),
        X25519PrivateKey.from_private_bytes(bytes.fromhex(kept["seal"])),
        bytes.fromhex(kept["rest"]),
    )


def make_keys(home: Path) -> CentreKeys:
    """Make the keys unless they are there; only their owner may read the file."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / _FILE
    fresh = {name: secrets.token_bytes(32).hex() for name in ("sign", "seal", "rest")}
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return load_keys(home)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(fresh, file)
        file.flush()
        os.fsync(file.fileno())
    return load_keys(home)
