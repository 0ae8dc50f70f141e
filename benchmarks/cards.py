"""1,000 duty cards in one PDF, each code verified by reading it, against reportlab drawing bare."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from time import process_time
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.mass import CHARACTERS
from benchmarks.report import Result, against, fact, median, show
from db.card_code import CardPayload, card_text, key_id, sign_card
from db.vocabulary import CardKind, Level
from station_app.config import RESOURCES
from station_app.printing import qr
from station_app.printing.cards.faces import CODE_SIDE, CardFace
from station_app.printing.cards.sheets import CARD, card_sheets
from station_app.printing.pen import A4
from tests.printing import samples

CARDS = 1000
ROUNDS = 3
LIMIT_S = 5.0
LIMIT_BYTES = 4096
FACE = "NotoSansSC"
DAY, END = date(2026, 11, 10), date(2026, 12, 31)


def main() -> Sequence[Result]:
    """Measure and print."""
    registerFont(TTFont(FACE, str(RESOURCES / "fonts" / f"{FACE}-Regular.ttf")))
    faces = _faces()
    few = len(_drawn(faces[:10]))
    ours, peers, size = [], [], 0
    for _ in range(ROUNDS):
        qr.modules.cache_clear()
        began = process_time()
        size = len(_drawn(faces))
        ours.append(process_time() - began)
        qr.modules.cache_clear()
        began = process_time()
        _bare(faces)
        peers.append(process_time() - began)
    each = (size - few) / (CARDS - 10)
    name = f"{CARDS:,} cards of both sides as PDF, each code read back"
    return show(
        [
            against(name, median(ours), "s", limit=LIMIT_S, peer="limit", most=1),
            against("a card in that PDF", each, "bytes", limit=LIMIT_BYTES, peer="limit", most=1),
            fact("reportlab drawing the faces' codes and strings bare", median(peers), "s"),
        ]
    )


def _drawn(faces: Sequence[CardFace]) -> bytes:
    return card_sheets(faces, samples.station(), printed_on=DAY)


def _bare(faces: Sequence[CardFace]) -> None:
    """The same codes, module by module run, and the same strings, without layout or checking."""
    canvas = Canvas(BytesIO(), pagesize=A4)
    for place, one in enumerate(faces):
        if place and place % CARD.count == 0:
            canvas.showPage()
        canvas.setFont(FACE, 8)
        for line, text in enumerate((one.name, one.hours, one.place, one.number)):
            canvas.drawString(20, 800 - 10 * line, text)
        rows = qr.modules(one.code, level="M")
        module = CODE_SIDE / len(rows)
        for column, row, width, height in qr.rectangles(rows):
            canvas.rect(column * module, row * module, width * module, height * module,
                        stroke=0, fill=1)  # fmt: skip
    canvas.save()


def _faces() -> list[CardFace]:
    key = Ed25519PrivateKey.generate()
    name = key_id(key.public_key().public_bytes_raw())
    made = []
    for number in range(CARDS):
        payload = CardPayload(CardKind.TERM, UUID(int=number + 1), UUID(int=number + 7),
                              UUID(int=3), DAY, END, name, f"KY-A-2026-{number:04}")  # fmt: skip
        code = card_text(sign_card(payload, key), "https://lz.bincheng.gov.cn")
        made.append(
            CardFace(
                "".join(CHARACTERS[(number * 3 + one) % 2000] for one in range(3)),
                (Level.CITY, Level.COUNTY),
                None,
                payload.number,
                DAY,
                END,
                code,
                "每月10日 9:00–11:30",
                "中山区葵英街12号",
            )
        )
    return made


if __name__ == "__main__":
    main()
