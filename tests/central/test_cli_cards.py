"""The administrator's commands on the keys of duty cards; what stations and phones see of it."""

from __future__ import annotations

import httpx
import pytest

from central.database import administered
from central.journal import broken_link
from tests.central.conftest import RunningCentre
from tests.central.device import Device, mutation
from tests.central.signed_card import HandedIn, hand_in_a_card
from tests.central.terminal import Terminal


def page(centre: RunningCentre, card: HandedIn) -> str:
    return httpx.get(f"http://127.0.0.1:{centre.port}/C/{card.written}").text


def told(device: Device, kind: str) -> list[dict[str, object]]:
    """What all stations below the highest region read of a kind."""
    rows = device.pull_all(stream="R:DL").values()
    return [dict(row.body or {}) for row in rows if row.kind == kind]


def test_a_key_is_certified_once_listed_and_refused_when_revoked(
    central: Terminal, centre: RunningCentre, device: Device
) -> None:
    assert central("cards", "list").out == "还没有。"
    card = hand_in_a_card(device, 1, "于桂芳")
    assert "于桂芳" not in page(centre, card)
    assert central.json("cards", "publish") == {"ok": True, "keys": 1, "notices": 0}
    assert "于桂芳" in page(centre, card)
    assert central("cards", "publish").out == "认证密钥 0 个，通知作废 0 张。"
    [key] = central.json("cards", "list")["keys"]
    assert (key["key_id"], key["revoked_at"]) == (card.key_id, None)
    assert told(device, "card_issuer")[0]["key_id"] == card.key_id
    assert (
        central("cards", "revoke", card.key_id, "--by", "王").out
        == "从现在起，它签发的卡不再认可。"
    )
    assert "已作废" in page(centre, card)
    assert central("cards", "list").out.startswith(card.key_id)
    assert central.json("cards", "list")["keys"][0]["revoked_at"]
    acts = centre.sql("SELECT act, who FROM audit_head WHERE act = 'revoke-key'")
    assert acts == [("revoke-key", "王")]
    assert centre.sql("SELECT target FROM audit_head WHERE act = 'certify'") == [("1",)]
    with administered(centre.settings) as connection:
        assert broken_link(connection) is None


def test_a_void_card_is_told_to_all_stations(
    central: Terminal, centre: RunningCentre, device: Device
) -> None:
    card = hand_in_a_card(device, 1, "于桂芳")
    central("cards", "publish")
    void = {"state": ("issued", "void")}
    device.push(mutation(5, "duty_card", id=card.card_id, op="edit", base=1, fields=void))
    assert central("cards", "publish").out == "认证密钥 0 个，通知作废 1 张。"
    mine = [
        one for one in told(centre.device(), "card_notice") if one["card_id"] == card.card_id.hex
    ]
    assert [one["state"] for one in mine] == ["void"]
    assert "已作废" in page(centre, card)


@pytest.mark.parametrize("key", ["0123456789abcdef", ""])
def test_what_is_no_key_is_told_in_a_sentence(central: Terminal, key: str) -> None:
    ended = central("cards", "revoke", key)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == "没有这个密钥，或者已经停用。"
    assert central("cards", "revoke", key, "--json").status == 1
