"""The page that a resident's phone opens from the code of a duty card: is it genuine, whose is it.

It shows what stands on the card anyway, and only for a card whose signature fits; nothing is kept
of who asked.
"""

from __future__ import annotations

from datetime import date
from html import escape
from typing import NamedTuple
from uuid import UUID

from central.database import Database
from db.card_code import BadCard, SignedCard, read_card
from db.vocabulary import Level

HEADERS = [
    ("content-type", "text/html; charset=utf-8"),
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
]
_LEVELS = {
    Level.NATIONAL: "全国", Level.PROVINCIAL: "省", Level.CITY: "市", Level.COUNTY: "区县",
    Level.TOWNSHIP: "乡镇",
}  # fmt: skip
_NOBODY = UUID(int=0)


class Shown(NamedTuple):
    """What the page says: a state in words and colour, the station, and lines of facts."""

    state: str
    good: bool
    station: str = ""
    name: str = ""
    role: str = ""
    facts: tuple[tuple[str, str], ...] = ()


def card_page(database: Database, written: str, today: date) -> tuple[str, bytes]:
    """Status and HTML for the payload in the address."""
    try:
        card = read_card(written.upper())
    except BadCard:
        return "404 Not Found", _html(Shown("这不是有效的履职二维码", False))
    return "200 OK", _html(_shown(database, card, today))


def _shown(database: Database, card: SignedCard, today: date) -> Shown:
    said = card.payload
    with database.connection() as connection:
        row = connection.execute(
            "SELECT public_key, of_station, station, revoked, card_state, name, levels, place,"
            " hours FROM public_card(%s, %s, %s)",
            [said.key_id, said.card_id, said.deputy_id or _NOBODY],
        ).fetchone()
    if row is None or row[0] is None:
        return Shown("不能核验：没有找到签发单位", False)
    key, of_station, station, revoked, state, name, levels, place, hours = row
    if UUID(of_station) != said.station_id or not card.is_signed(bytes.fromhex(key)):
        return Shown("核验不通过：二维码被改动过，或者是伪造的", False)
    if revoked or state == "void":
        return Shown("这张卡已作废", False, station)
    if state is None:
        return Shown("签名属实，但中心还没有收到这张卡的登记", False, station)
    facts = (
        ("接待时间", hours or ""), ("接待地点", place or ""),
        ("有效期", f"{said.valid_from} 至 {said.valid_to}"), ("编号", said.number),
    )  # fmt: skip
    role = "、".join(_LEVELS[Level(one)] for one in levels or ())
    who = (name or "", f"{role}人大代表" if role else "")
    if today > said.valid_to:
        return Shown("这张卡已过期", False, station, *who, facts)
    if today < said.valid_from:
        return Shown("这张卡还没有生效", False, station, *who, facts)
    return Shown("核验通过，在有效期内", True, station, *who, facts)


def _html(shown: Shown) -> bytes:
    colour = ("#2e7d4f", "#e6f3ea") if shown.good else ("#875100", "#fcf0dd")
    person = ""
    if shown.name:
        person = (
            f'<div class="who"><span class="initial" aria-hidden="true">{escape(shown.name[:1])}'
            f"</span><div><h1>{escape(shown.name)}</h1><p>{escape(shown.role)}</p></div></div>"
        )
    facts = "".join(
        f"<dt>{escape(title)}</dt><dd>{escape(text)}</dd>" for title, text in shown.facts if text
    )
    proof = "签名证明卡由所示联络站签发，不证明持卡人身份，请与本人及照片核对。"
    return _PAGE.format(
        station=escape(shown.station or "人大代表联络站"), person=person, facts=facts,
        state=escape(shown.state), ink=colour[0], soft=colour[1],
        proof=proof if shown.station else "",
    ).encode()  # fmt: skip


_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>履职二维码核验</title>
<style>
body{{margin:0;background:#f6f5f3;color:#1f1d1a;font:17px/1.6 "Noto Sans SC","PingFang SC",
"Microsoft YaHei",sans-serif}}
header{{background:#a8201a;color:#fff;padding:20px 20px 56px}}
main{{background:#fff;border-radius:12px;margin:-40px 16px 16px;padding:20px;max-width:560px}}
.who{{display:flex;gap:16px;align-items:center;margin-bottom:16px}}
.initial{{width:64px;height:64px;border-radius:50%;background:#fbebea;color:#a8201a;
font-size:28px;font-weight:700;display:flex;align-items:center;justify-content:center;flex:none}}
h1{{font-size:24px;line-height:1.3;margin:0;overflow-wrap:anywhere}}
.who p{{margin:0;color:#6b665f}}
.state{{background:{soft};color:{ink};border-radius:8px;padding:12px 14px;font-weight:700;margin:0}}
dl{{display:grid;grid-template-columns:max-content 1fr;gap:8px 16px;margin:16px 0 0}}
dl:empty{{display:none}} dt{{color:#6b665f}} dd{{margin:0;overflow-wrap:anywhere}}
.proof{{color:#6b665f;font-size:15px;margin:16px 0 0}}
@media (min-width:600px){{main{{margin-left:auto;margin-right:auto}}}}
</style></head>
<body><header>{station}</header><main>{person}<p class="state" role="status">{state}</p>
<dl>{facts}</dl><p class="proof">{proof}</p></main></body></html>
"""
