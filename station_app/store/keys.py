"""The data key of a station, wrapped once for each password in ``station.keys``; no names in it.

The file is encrypted with one random key. Each account's password, and the printed recovery key,
opens a slot that holds the data key (Argon2id, then AES-256-GCM). Only ``json`` is loaded with
this module: the unlock window lists the slots before anything heavy is there.
"""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.vocabulary import Role
from station_app.config import DataDir
from station_app.errors import Conflict, FaultKind, NotFound, StoreFault
from station_app.i18n import tr
from station_app.store.faults import fault, fault_of_os
from station_app.store.files import replace_file

KEY_BYTES = 32

#: Argon2id, RFC 9106's second choice (64 MiB, 3 passes): about 0.1 to 0.2 s on an office PC.
_COST = {"memory_kib": 65536, "passes": 3, "lanes": 2}

#: No 0/O, 1/I/L: the recovery key is read from paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUP = 5
_GROUPS = 5


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to open the file: the ``ordinal``-th account of ``role`` (工作人员 1)."""

    id: str
    role: Role
    ordinal: int


def list_slots(data: DataDir) -> tuple[Slot, ...]:
    """The slots in the order they were made. Raises StoreFault when there is no key file."""
    return tuple(_slot(entry) for entry in _read(data)["slots"])


def new_key() -> bytes:
    """A random data key of 32 bytes."""
    return os.urandom(KEY_BYTES)


def new_recovery_key() -> str:
    """A random recovery key to print: five groups of five (124 bits) and a checksum group."""
    import secrets  # not before the first window

    body = "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP * _GROUPS))
    text = body + _checksum(body)
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def add_slot(data: DataDir, key: bytes, role: Role, password: str) -> Slot:
    """Let ``password`` open the file from now on; makes the key file with the first slot."""
    body = _read(data) if data.keys.exists() else {"version": 1, "slots": [], "recovery": None}
    taken = [entry["ordinal"] for entry in body["slots"] if entry["role"] == role.value]
    slot = Slot(os.urandom(8).hex(), role, max(taken, default=0) + 1)
    entry = {"id": slot.id, "role": role.value, "ordinal": slot.ordinal}
    body["slots"].append(entry | _wrap(key, password, _label(entry)))
    _write(data, body)
    return slot


def remove_slot(data: DataDir, slot_id: str) -> None:
    """Take a password's way in away. Raises Conflict for the last one, NotFound if unknown."""
    body = _read(data)
    entry = _entry(body, slot_id)
    if len(body["slots"]) == 1:
        raise Conflict(tr("This is the only account left; make another one first."))
    body["slots"].remove(entry)
    _write(data, body)


def set_password(data: DataDir, key: bytes, slot_id: str, password: str) -> None:
    """Wrap the key anew with ``password``. Raises NotFound for an unknown slot."""
    body = _read(data)
    entry = _entry(body, slot_id)
    entry |= _wrap(key, password, _label(entry))
    _write(data, body)


def set_recovery(data: DataDir, key: bytes, recovery_key: str) -> None:
    """Let ``recovery_key`` open the file; an earlier recovery key opens it no longer."""
    body = _read(data)
    body["recovery"] = _wrap(key, _tidy(recovery_key), b"recovery")
    _write(data, body)


def unlock(data: DataDir, slot_id: str, password: str) -> bytes:
    """The data key. Raises StoreFault(WRONG_PASSWORD), NotFound for an unknown slot."""
    entry = _entry(_read(data), slot_id)
    return _unwrap(entry, password, _label(entry))


def unlock_recovery(data: DataDir, recovery_key: str) -> bytes:
    """The data key, by the recovery key as typed: blanks, dashes and small letters do not matter.

    Raises StoreFault(WRONG_PASSWORD); its sentence tells a slip of the finger from a wrong key.
    """
    wrapped = _read(data)["recovery"]
    text = _tidy(recovery_key)
    body, check = text[: _GROUP * _GROUPS], text[_GROUP * _GROUPS :]
    if len(text) != _GROUP * (_GROUPS + 1) or _checksum(body) != check:
        raise StoreFault(
            FaultKind.WRONG_PASSWORD,
            tr("The recovery key is not typed correctly. Compare each group with the paper."),
        )
    if wrapped is None:
        raise fault(FaultKind.WRONG_PASSWORD)
    try:
        return _unwrap(wrapped, text, b"recovery")
    except StoreFault as error:
        text = tr("This recovery key belongs to another station.")
        raise StoreFault(FaultKind.WRONG_PASSWORD, text) from error


def is_sound(path: Path) -> bool:
    """Whether the key file at ``path`` is there and whole, so that a password may open with it."""
    try:
        _read_file(path)
    except StoreFault:
        return False
    return True


def merge_slots(data: DataDir, older: bytes) -> None:
    """Go back to the slots of ``older`` (a key file's content), each with its password of today.

    After a restore the accounts are those of the backup. A slot that is still known keeps its
    present password, so nobody needs to remember an old one.
    """
    body = json.loads(older)
    if data.keys.exists():
        present = _read(data)
        now = {entry["id"]: entry for entry in present["slots"]}
        body["slots"] = [now.get(entry["id"], entry) for entry in body["slots"]]
        body["recovery"] = present["recovery"] or body["recovery"]
    _write(data, body)


def _read(data: DataDir) -> dict[str, Any]:
    return _read_file(data.keys)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        body: dict[str, Any] = json.loads(path.read_bytes())
        if body["version"] != 1:
            raise fault(FaultKind.NEWER)
        for entry in (*body["slots"], *filter(None, [body["recovery"]])):
            _ = {name: bytes.fromhex(entry[name]) for name in ("salt", "nonce", "wrapped")}
            _ = entry["kdf"]["memory_kib"], entry["kdf"]["passes"], entry["kdf"]["lanes"]
        if not [_slot(entry) for entry in body["slots"]]:
            raise ValueError("no slot")
    except OSError as error:
        raise fault_of_os(error) from error
    except (ValueError, KeyError, TypeError) as error:
        text = tr("The key file that passwords open is damaged; the records are not touched. "
                  "Nothing is deleted.")  # fmt: skip
        raise StoreFault(FaultKind.DAMAGED, text) from error
    return body


def _write(data: DataDir, body: dict[str, Any]) -> None:
    try:
        data.root.mkdir(parents=True, exist_ok=True)
        replace_file(data.keys, json.dumps(body, indent=1).encode())
    except OSError as error:
        raise fault_of_os(error) from error


def _entry(body: dict[str, Any], slot_id: str) -> dict[str, Any]:
    for entry in body["slots"]:
        if entry["id"] == slot_id:
            found: dict[str, Any] = entry
            return found
    raise NotFound(tr("This account can no longer open the station."))


def _slot(entry: dict[str, Any]) -> Slot:
    return Slot(entry["id"], Role(entry["role"]), entry["ordinal"])


def _label(entry: dict[str, Any]) -> bytes:
    """What the wrapping is bound to, so that nobody makes a viewer's slot a head's."""
    return f"{entry['id']}:{entry['role']}:{entry['ordinal']}".encode()


def _wrap(key: bytes, password: str, label: bytes) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    wrapped = AESGCM(_derive(password, salt, _COST)).encrypt(nonce, key, label)
    return {
        "kdf": {"name": "argon2id", **_COST},
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "wrapped": wrapped.hex(),
    }


def _unwrap(entry: dict[str, Any], password: str, label: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    derived = _derive(password, bytes.fromhex(entry["salt"]), entry["kdf"])
    nonce, wrapped = bytes.fromhex(entry["nonce"]), bytes.fromhex(entry["wrapped"])
    try:
        return AESGCM(derived).decrypt(nonce, wrapped, label)
    except InvalidTag:
        raise fault(FaultKind.WRONG_PASSWORD) from None


def _derive(password: str, salt: bytes, cost: dict[str, Any]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # The same password may be typed composed or decomposed, full or half width.
    secret = unicodedata.normalize("NFKC", password).encode()
    return hash_secret_raw(
        secret, salt, cost["passes"], cost["memory_kib"], cost["lanes"], KEY_BYTES, Type.ID
    )


def _tidy(recovery_key: str) -> str:
    text = unicodedata.normalize("NFKC", recovery_key).upper()
    return "".join(character for character in text if character.isalnum())


def _checksum(body: str) -> str:
    from hashlib import blake2b  # not before the first window

    number = int.from_bytes(blake2b(body.encode(), digest_size=8).digest(), "big")
    letters = []
    for _ in range(_GROUP):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)
