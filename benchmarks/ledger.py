"""The ledger of a day with 1,000 visits as PDF, against reportlab's own table of the same texts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from io import BytesIO
from time import process_time
from uuid import UUID

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from benchmarks.mass import CHARACTERS
from benchmarks.report import Result, against, median, show
from station_app.config import RESOURCES
from station_app.domain.visits import VisitRecord
from station_app.printing.forms.day_ledger import day_ledger
from tests.printing import samples

VISITS = 1000
ROUNDS = 3
FACE = "NotoSansSC"


def main() -> Sequence[Result]:
    """Measure and print."""
    registerFont(TTFont(FACE, str(RESOURCES / "fonts" / f"{FACE}-Regular.ttf")))
    chance = random.Random(20261110)
    visits = [_visit(chance, number) for number in range(VISITS)]
    ours, peers = [], []
    for _ in range(ROUNDS):
        began = process_time()
        _ours(visits)
        ours.append(process_time() - began)
        began = process_time()
        _peer(visits)
        peers.append(process_time() - began)
    name = f"a ledger of {VISITS:,} visits as PDF"
    peer = "reportlab's own table"
    return show([against(name, median(ours), "s", limit=median(peers), peer=peer, most=1)])


def _ours(visits: Sequence[VisitRecord]) -> None:
    day, station = samples.day(), samples.station()
    day_ledger(day, visits, samples.counters(), station, printed_on=samples.PRINTED_ON)


def _peer(visits: Sequence[VisitRecord]) -> None:
    style = ParagraphStyle("cell", fontName=FACE, fontSize=9, wordWrap="CJK")
    rows = [
        [Paragraph(text, style) for text in (one.number, one.resident.name, one.resident.phone,
                                             one.issues[0].title, one.issues[0].text)]
        for one in visits
    ]  # fmt: skip
    SimpleDocTemplate(BytesIO(), pagesize=landscape(A4)).build([LongTable(rows)])


def _visit(chance: random.Random, number: int) -> VisitRecord:
    drawn = "".join(chance.choices(CHARACTERS[:2000], k=60))
    issue = samples.issue(number, id=UUID(int=number + 1), title=drawn[:12], text=drawn[12:57])
    who = samples.resident(drawn[57:], phone=f"138{number:08d}")
    return samples.visit(number=f"LF-KY-A-20261110-{number}", sequence=number, resident=who,
                         issues=(issue,))  # fmt: skip


if __name__ == "__main__":
    main()
