"""The sample booklet: one of every paper with invented records, as small pictures for the texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from db.card_code import CardPayload, card_text, key_id, sign_card
from db.vocabulary import CardKind, Level, StationKind
from station_app.domain.station import StationRecord
from station_app.printing.cards.board import deputy_board
from station_app.printing.cards.faces import CardFace
from station_app.printing.cards.sheets import CARD, LANYARD, card_sheets
from station_app.printing.cards.table_top import table_top
from station_app.printing.catalogue import Form, form_name
from station_app.printing.examples import example
from station_app.printing.forms.report import report_form
from station_app.printing.preview import PdfPages
from tests.printing.reports import report

DPI = 84
#: A page of a form needs no more greys.
GREYS = 16
STATION = StationRecord(
    UUID(int=1), "葵英街道", "KY", StationKind.STATION, "人大代表联络站", "滨城市中山区",
    "中山区葵英街12号一楼", "每月10日 9:00–11:30", "0411-83600001", "A",
)  # fmt: skip
EXAMPLE_DAY = date(2026, 11, 10)
NAMES = ("于桂芳", "阿卜杜热西提·买买提", "赵文海", "欧阳雪", "钱立群", "孙晓梅")
#: Signs nothing but these samples.
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
_HEAD = """# 表单样本

以下是系统打印的各种表单，内容均为虚构。打印出来是矢量文字，可以放大、复制、检索；每页右上角的二维码
用来在系统里找到这条记录。表单的标题、字句和页脚可以在“设置—表单”中修改。

本页由 `run.py shots --booklet` 生成。
"""


def write(folder: Path) -> None:
    """Every page of every form into ``folder``, and the page that shows them."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    told = [_HEAD]
    forms = [
        (form.value, form_name(form), example(form, STATION), form is Form.BLANK_FORMS)
        for form in Form
    ]
    for value, title, pdf, first_only in (*forms, *_apart()):
        told.append(f"## {title}\n")
        for name, picture in _pages(value, pdf, first_only=first_only):
            picture.save(folder / f"{name}.png", optimize=True)
            told.append(f"![{title}]({name}.png)\n")
    (folder / "README.md").write_text("\n".join(told), encoding="utf-8")


def _apart() -> list[tuple[str, str, bytes, bool]]:
    """The report and the cards in their shapes: name, title, PDF, only its first page."""
    faces = [_face(place, name) for place, name in enumerate(NAMES, start=1)]
    on = EXAMPLE_DAY
    return [
        ("report", "统计报告", report_form(report(), STATION, printed_on=on), False),
        ("card", "履职二维码卡", card_sheets(faces, STATION, printed_on=on, kind=CARD), False),
        ("lanyard", "胸牌", card_sheets(faces[:4], STATION, printed_on=on, kind=LANYARD), False),
        ("table-top", "值班牌（A5 桌牌）", table_top(faces[:1], STATION, printed_on=on), True),
        ("board", "代表公示栏（A3）", deputy_board(faces, STATION, printed_on=on), True),
    ]


def _face(number: int, name: str) -> CardFace:
    ends, printed = date(2026, 12, 31), f"KY-A-2026-{number:04}"
    payload = CardPayload(
        CardKind.TERM, UUID(int=number), UUID(int=7), STATION.id, EXAMPLE_DAY, ends,
        key_id(KEY.public_key().public_bytes_raw()), printed,
    )  # fmt: skip
    return CardFace(
        name, (Level.CITY, Level.COUNTY), None, printed, EXAMPLE_DAY, ends,
        card_text(sign_card(payload, KEY), ""), STATION.opening_hours, STATION.address,
    )  # fmt: skip


def _pages(value: str, pdf: bytes, *, first_only: bool) -> list[tuple[str, Image.Image]]:
    with PdfPages(pdf) as pages:
        shown = range(1 if first_only else len(pages))
        images = [pages.image(page, dpi=DPI, grey=True) for page in shown]
    made = []
    for place, one in enumerate(images, start=1):
        whole = Image.frombytes("L", (one.width, one.height), one.data, "raw", "L", one.stride)
        name = value.replace("_", "-") + (f"-{place}" if len(images) > 1 else "")
        made.append((name, whole.quantize(GREYS, dither=Image.Dither.NONE)))
    return made
