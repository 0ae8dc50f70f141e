"""What a resident's phone shows: the page behind the code of a duty card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from central.cards import publish_cards, revoke_key
from central.config import Settings
from central.database import administered, own_stream
from central.keys import load_keys
from central.publish import Wanted, publish
from db.card_code import CardPayload, card_text, key_id, sign_card
from db.vocabulary import CardKind
from tests.central.conftest import RunningCentre

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = KEY.public_key().public_bytes_raw()


@pytest.fixture(scope="module")
def centre(
    make_settings: Callable[..., Settings], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    return run_centre(make_settings())


class Booth:
    """A station with one deputy, whose cards it has handed in."""

    def __init__(self, centre: RunningCentre) -> None:
        self.centre = centre
        self.stream = own_stream(centre.station()[1])
        self.row, self.deputy = uuid4(), uuid4()
        self.key = Ed25519PrivateKey.generate()
        public = self.key.public_key().public_bytes_raw()
        self.key_id = key_id(public)
        self.write("station", self.row, address="葵英街12号", opening_hours="每月10日", name="葵英")
        self.write("deputy", self.deputy, name="于桂芳<b>", levels=["city", "county"],
                   phone="13800001234")  # fmt: skip
        self.write("card_key", uuid4(), key_id=self.key_id, public_key=public.hex(),
                   station_id=self.row.hex)  # fmt: skip
        with administered(centre.settings) as connection:
            publish_cards(connection, load_keys(centre.settings.home).sign)

    def write(self, kind: str, one: UUID, **fields: object) -> None:
        with administered(self.centre.settings) as connection:
            publish(connection, self.stream, [Wanted(kind, one, fields)])

    def card(self, first: date, last: date, *, state: str = "issued", known: bool = True) -> str:
        one = uuid4()
        payload = CardPayload(CardKind.TERM, one, self.deputy, self.row, first, last,
                              self.key_id, "KY-A-2026-0001")  # fmt: skip
        if known:
            self.write("duty_card", one, key_id=self.key_id, state=state)
        return sign_card(payload, self.key)

    def page(self, written: str) -> tuple[int, str]:
        answer = httpx.get(f"http://127.0.0.1:{self.centre.port}/C/{written}")
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        return answer.status_code, answer.text


def test_the_page_says_whose_card_it_is_and_how_it_stands(centre: RunningCentre) -> None:
    booth = Booth(centre)
    always = (date(2020, 1, 1), date(2199, 1, 1))
    good = booth.card(*always)
    status, text = booth.page(good)
    assert status == 200
    for said in (
        "核验通过",
        "于桂芳&lt;b&gt;",
        "市、区县人大代表",
        "葵英街12号",
        "不证明持卡人身份",
    ):
        assert said in text
    assert "1380000" not in text
    assert booth.page(good.lower())[0] == 200
    assert "已过期" in booth.page(booth.card(date(2020, 1, 1), date(2020, 1, 2)))[1]
    assert "还没有生效" in booth.page(booth.card(date(2198, 1, 1), date(2199, 1, 1)))[1]
    assert "已作废" in booth.page(booth.card(*always, state="void"))[1]
    unknown = booth.page(booth.card(*always, known=False))[1]
    assert "还没有收到" in unknown
    letter = "A" if good[60] != "A" else "B"
    altered = booth.page(good[:60] + letter + good[61:])[1]
    assert "于桂芳" not in altered
    stranger = CardPayload(CardKind.TERM, uuid4(), None, booth.row, *always, key_id(PUBLIC), "X")
    assert "没有找到签发单位" in booth.page(sign_card(stranger, KEY))[1]
    assert booth.page("nonsense")[0] == 404
    with administered(centre.settings) as connection:
        revoke_key(connection, booth.key_id)
    assert "已作废" in booth.page(good)[1]
    assert httpx.post(f"http://127.0.0.1:{centre.port}/C/{good}").status_code == 404
    assert card_text(good, f"http://127.0.0.1:{centre.port}").endswith(good)
