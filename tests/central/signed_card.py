"""A duty card that a device has signed and handed in, as a station does."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.card_code import CardPayload, key_id, sign_card
from db.vocabulary import CardKind
from tests.central.device import Device, mutation


class HandedIn(NamedTuple):
    """The card, the name of its key, and what its code carries."""

    card_id: UUID
    key_id: str
    written: str


def hand_in_a_card(device: Device, mid: int, name: str) -> HandedIn:
    """Four changes from ``mid`` on: the station, its deputy ``name``, the key and the card."""
    key, station, deputy, card = Ed25519PrivateKey.generate(), uuid4(), uuid4(), uuid4()
    public = key.public_key().public_bytes_raw()
    always = (date(2020, 1, 1), date(2199, 1, 1))
    payload = CardPayload(CardKind.TERM, card, deputy, station, *always, key_id(public), "KY-A-1")
    signed = sign_card(payload, key)
    made: tuple[tuple[str, UUID, dict[str, Any]], ...] = (
        ("station", station, {"name": "葵英", "address": "葵英街12号"}),
        ("deputy", deputy, {"name": name, "levels": ["county"]}),
        ("card_key", uuid4(), {"key_id": payload.key_id, "public_key": public.hex(),
                               "station_id": station.hex}),
        ("duty_card", card, {"key_id": payload.key_id, "state": "issued", "signed": signed,
                             "station_id": station.hex}),
    )  # fmt: skip
    device.push(*(
        mutation(mid + place, kind, id=one, fields={key: (None, value)
                                                    for key, value in fields.items()})
        for place, (kind, one, fields) in enumerate(made)
    ))  # fmt: skip
    return HandedIn(card, payload.key_id, signed)
