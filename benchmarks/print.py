"""Paper: a ledger of 5,000 issues and the preview of a form, against reportlab with bare strings.

The peer draws the very boxes and strings that the ledger has, each where it stands, with
reportlab's own ``rect`` and ``drawString`` and its own reader of TrueType: nothing is measured,
broken into lines or checked for missing characters. A preview is gathered records to pixels: the
form laid out and drawn, then its first page rendered as the window shows it. Times are processor
time. The duty cards have a benchmark of their own, ``cards``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from time import process_time
from typing import Any
from unittest.mock import patch
from uuid import UUID

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.report import Result, against, fact, median, show
from db.vocabulary import Degree, IssueStatus, Rating, StationKind, Urgency
from station_app.config import RESOURCES
from station_app.domain.exports import IssueLine
from station_app.domain.station import StationRecord
from station_app.printing.catalogue import Form
from station_app.printing.drawing import drawn
from station_app.printing.examples import example
from station_app.printing.pen import A4_LANDSCAPE, Pen, Type
from station_app.printing.preview import PdfPages

ROWS = 5000
SECONDS, PREVIEW_SECONDS = 5.0, 0.150
TODAY = date(2026, 11, 10)
SCREEN_DPI = 105  # a sheet as wide as the preview is at first
_STORY = (
    "桃源街12号楼为7层老楼，没有电梯，三楼以上住户14户，其中70岁以上9人，上下楼困难，希望加装。"
)

Box = tuple[float, float, float, float]
String = tuple[float, float, str, float]
#: What one page shows.
Shown = tuple[list[Box], list[String]]


def main() -> Sequence[Result]:
    """Measure and print."""
    station = _station()
    for form in Form:  # fonts opened, code loaded: what a window has after its first print
        example(form, station)
    ledger, pdf = _timed(lambda: _ledger(station))
    pages = _shown(station)
    bare, _ = _timed(lambda: _bare(pages))
    previews = {form: _preview(form, station) for form in Form}
    worst = max(previews, key=lambda form: previews[form])
    name = f"a ledger of {ROWS:,} rows"
    return show(
        [
            against(name, ledger, "s", limit=SECONDS, peer="limit", most=1),
            against(f"{name}, to the peer", ledger, "s", limit=bare, peer="bare reportlab", most=2),
            fact(f"{name}, size", len(pdf) / 1e6, "MB"),
            against(
                f"preview of a form, slowest of {len(previews)} ({worst})", previews[worst], "s",
                limit=PREVIEW_SECONDS, peer="limit", most=1,
            ),
            fact("preview of a form, median", median(list(previews.values())), "s"),
        ]
    )  # fmt: skip


def _station() -> StationRecord:
    return StationRecord(
        UUID(int=1), "葵英街道", "KY", StationKind.STATION, "人大代表联络站", "滨城市中山区",
        "葵英街12号", "每月10日 9:00–11:30", "0411-83600001", "A",
    )  # fmt: skip


def _lines() -> list[IssueLine]:
    """Rows of every usual length; names and places differ, as they do."""
    began = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
    names = "李王张刘陈杨赵黄周吴"
    return [
        IssueLine(
            f"WZ-KY-A-202601{n % 28 + 1:02d}-{n:04d}", began + timedelta(hours=n % 7000),
            f"{names[n % 10]}建{names[n % 7]}", f"1380000{n:04d}", 1 + n % 3, "lift", "桃源街",
            "老旧小区加装电梯", (_STORY * 3)[: 20 + n % 110], Urgency.NORMAL,
            IssueStatus.SETTLED if n % 2 else IssueStatus.ASSIGNED, "葵英街道办事处",
            TODAY, began if n % 2 else None, Degree.SOLVED if n % 2 else None,
            Rating.SATISFIED if n % 3 else None,
        )
        for n in range(ROWS)
    ]  # fmt: skip


def _ledger(station: StationRecord) -> bytes:
    categories = {"lift": "住建 · 加装电梯"}
    return drawn(
        Form.ISSUE_LEDGER, _lines(), station, said="2026年", categories=categories,
        printed_on=TODAY,
    )  # fmt: skip


def _shown(station: StationRecord) -> list[Shown]:
    """The boxes and strings of every page of the ledger, seen while it is drawn."""
    pages: list[Shown] = [([], [])]
    box, text, turn = Pen.box, Pen.text, Pen.finish_page

    def see_box(pen: Pen, x: float, y: float, width: float, height: float, **how: Any) -> None:
        pages[-1][0].append((x, y, width, height))
        box(pen, x, y, width, height, **how)

    def see_text(pen: Pen, x: float, y: float, said: str, style: Type, **how: str) -> None:
        pages[-1][1].append((x, y, said.rstrip(), style.size))
        text(pen, x, y, said, style, **how)

    def see_turn(pen: Pen) -> None:
        pages.append(([], []))
        turn(pen)

    with (
        patch.object(Pen, "box", see_box),
        patch.object(Pen, "text", see_text),
        patch.object(Pen, "finish_page", see_turn),
    ):
        _ledger(station)
    return pages[:-1]


def _bare(pages: Sequence[Shown]) -> bytes:
    pdfmetrics.registerFont(TTFont("bare", RESOURCES / "fonts" / "NotoSansSC-Regular.ttf"))
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4_LANDSCAPE, pageCompression=1)
    for boxes, strings in pages:
        for x, y, width, height in boxes:
            canvas.rect(x, y, width, height)
        for x, y, said, size in strings:
            canvas.setFont("bare", size)
            canvas.drawString(x, y, said)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _preview(form: Form, station: StationRecord) -> float:
    def look() -> None:
        with PdfPages(example(form, station)) as pages:
            pages.image(0, dpi=SCREEN_DPI)

    return median([_timed(look)[0] for _ in range(3)])


def _timed(act: Callable[[], object]) -> tuple[float, bytes]:
    began = process_time()
    made = act()
    return process_time() - began, made if isinstance(made, bytes) else b""
