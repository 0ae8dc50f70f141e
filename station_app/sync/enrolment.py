"""Join the centre with a one-time code: keys are made here and only their public halves leave."""

from __future__ import annotations

from typing import Any

import httpx
import sqlcipher3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from db.policy import SCHEMA_VERSION
from db.wire import Enrol, EnrolAnswer, Problem
from station_app import __version__
from station_app.domain.accounts import Actor, require_head
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.services.settings import set_setting, setting
from station_app.store import Store
from station_app.store.transaction import driver_of
from station_app.sync.client import Client, Refused
from station_app.sync.moments import stored

#: Keys made for a code whose answer has not come yet: asked again, the PC must be the same.
_JOINING = "sync_joining"


def join(
    store: Store,
    actor: Actor,
    url: str,
    code: str,
    *,
    transport: httpx.BaseTransport | None = None,
) -> str:
    """Make this PC a device of the centre at ``url``; returns its letter (A, B, …).

    Raises as ``enrolled``.
    """
    return enrolled(store, actor, url, code, transport=transport).letter


def enrolled(
    store: Store,
    actor: Actor,
    url: str,
    code: str,
    *,
    transport: httpx.BaseTransport | None = None,
) -> EnrolAnswer:
    """Make this PC a device of the centre at ``url``; returns what the centre told of it.

    Raises NotAllowed for anybody but the head, RuleViolation for a code that does not serve,
    Offline. Asked again after a lost answer it ends as the same device.
    """
    require_head(actor)
    url = _address(url)
    keys = _keys(store, actor, url)
    sign = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(keys["sign"]))
    seal = X25519PrivateKey.from_private_bytes(bytes.fromhex(keys["seal"]))
    public = sign.public_key().public_bytes_raw().hex()
    message = Enrol(
        code.strip(), public, seal.public_key().public_bytes_raw().hex(), __version__,
        SCHEMA_VERSION,
    )  # fmt: skip
    try:
        with Client(url, sign, public, None, transport=transport) as client:
            answer = client.ask("POST", "/v1/enrol", message, EnrolAnswer)
    except Refused as refused:
        if refused.problem is Problem.SCOPE:
            raise RuleViolation({"code": _why(refused.refusal.text)}) from refused
        raise
    with store.write(actor) as tx:
        _become(driver_of(tx.session), url, keys, answer, stored(tx.now))
        set_setting(tx, _JOINING, None)
    return answer


def _address(url: str) -> str:
    url = url.strip().rstrip("/")
    if not url.startswith(("https://", "http://127.0.0.1", "http://localhost", "http://[::1]")):
        raise RuleViolation({"url": tr("The centre's address begins with https://")})
    return url


def _keys(store: Store, actor: Actor, url: str) -> dict[str, Any]:
    with store.write(actor) as tx:
        kept: dict[str, Any] | None = setting(tx, _JOINING)
        if kept is None or kept["url"] != url:
            kept = {
                "url": url,
                "sign": Ed25519PrivateKey.generate().private_bytes_raw().hex(),
                "seal": X25519PrivateKey.generate().private_bytes_raw().hex(),
            }
            set_setting(tx, _JOINING, kept)
    return kept


def _become(
    driver: sqlcipher3.Connection, url: str, keys: dict[str, Any], answer: EnrolAnswer, now: str
) -> None:
    """Take the identity on; what an earlier one had exchanged waits to be handed in again."""
    driver.execute("DELETE FROM identity")
    for table in ("cursor", "stage", "shadow"):
        driver.execute(f"DELETE FROM {table}")
    driver.execute("UPDATE outbox SET state = 'pending', result = NULL, acked_at = NULL")
    driver.execute(
        "INSERT INTO identity (id, url, device_id, station_id, letter, incarnation, sign_key,"
        " seal_key, centre_sign_key, centre_seal_key, acked_mid, renew, joined_at, clock_off,"
        " problem, policy) VALUES (1, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, 0, ?, 0, '', '{}')",
        (
            url, answer.device_id.hex, answer.station_id.hex, answer.letter,
            bytes.fromhex(keys["sign"]), bytes.fromhex(keys["seal"]),
            bytes.fromhex(answer.centre_sign_key), bytes.fromhex(answer.centre_seal_key),
            _before_first(driver), now,
        ),
    )  # fmt: skip
    use_letter(driver, answer.letter)


def _before_first(driver: sqlcipher3.Connection) -> int:
    """The mid before the oldest change that is still here."""
    row = driver.execute("SELECT min(mid) FROM outbox").fetchone()
    return 0 if row[0] is None else int(row[0]) - 1


def use_letter(driver: sqlcipher3.Connection, letter: str) -> None:
    """From now on paper numbers of this PC bear ``letter``."""
    driver.execute("UPDATE identity SET letter = ?", (letter,))
    driver.execute("UPDATE station SET letter = ?", (letter,))


def _why(text: str) -> str:
    if text == "expired":
        return tr("This code is too old. Ask for a new one.")
    if text == "used":
        return tr("This code was used already. Ask for a new one.")
    if text == "unapproved":
        return tr("A second person at the centre must approve this code first.")
    return tr("The centre does not know this code. Check it letter by letter.")
