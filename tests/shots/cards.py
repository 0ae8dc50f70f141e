"""Poses of duty cards and scanned papers: register, form, answers to scans, pages being filed."""

from __future__ import annotations

from functools import partial
from io import BytesIO

from PIL import Image
from PySide6.QtTest import QTest
from sqlalchemy import select

from db.card_code import card_text
from db.models import DutyCard
from station_app.domain.duty_cards import CardRecord
from station_app.domain.record_codes import record_code
from station_app.printing.forms.receipt import receipt
from station_app.services.card_lists import card_holders
from station_app.services.days import current_day
from station_app.services.deputies import save_deputy
from station_app.services.duty_cards import get_card
from station_app.services.station import get_station
from station_app.services.visit_lists import day_visit_ids
from station_app.services.visits import get_visit
from station_app.store import Tx
from station_app.ui.papers.dialog import PapersDialog
from station_app.ui.papers.door import PaperDoor
from station_app.ui.scans.answer import ScanAnswer
from tests.printing.reading import page_image
from tests.shots.stage import Pose, Stage


def issued(tx: Tx) -> list[CardRecord]:
    """The demo's cards as they were issued: the third is lost, the last is one of tomorrow."""
    ids = tx.session.scalars(select(DutyCard.id).order_by(DutyCard.number))
    return [get_card(tx, one) for one in ids]


def register(stage: Stage) -> None:
    """The register with its cards."""
    stage.page("deputies").open_cards()
    stage.settle()


def filtered(stage: Stage) -> None:
    """All cards, a void one chosen."""
    from station_app.ui.duty_cards.table import ALL

    register(stage)
    page = stage.page("deputies")
    page.cards.chips.choose(ALL)
    stage.settle()
    page.cards.table.setCurrentIndex(page.cards.model.index(len(page.cards.model.rows) - 3, 0))


def issuing(stage: Stage) -> None:
    """The form, with a deputy taken."""
    register(stage)
    page = stage.page("deputies")
    page.cards.begin_issue((page.cards.model.rows[0].deputy_id,))


def voiding(stage: Stage) -> None:
    """Why a card is made void."""
    register(stage)
    stage.page("deputies").cards.detail.void.click()


def none(stage: Stage) -> None:
    """No cards yet."""
    stage.page("deputies").open_cards()


def scanned(stage: Stage, which: str) -> None:
    """What a card at the scanner led to."""
    cards = stage.write(issued)
    stage.page("desk")
    card = cards[{"void": 2, "later": -1}.get(which, 3)]
    signed = card.signed
    if which == "altered":
        signed = signed[:60] + ("A" if signed[60] != "A" else "B") + signed[61:]
    _scan(stage, card_text(signed))
    if which == "twice":
        _scan(stage, card_text(signed))


def older(stage: Stage) -> None:
    """A paper that is older than its record."""

    def change(tx: Tx) -> str:
        from dataclasses import fields

        from station_app.domain.deputies import DeputyDraft
        from station_app.services.deputies import get_deputy

        who = card_holders(tx)[0].id
        kept = get_deputy(tx, who)
        values = {one.name: getattr(kept, one.name) for one in fields(DeputyDraft)}
        save_deputy(tx, DeputyDraft(**values | {"position": "社区党委书记"}), deputy_id=who)
        return record_code("deputy", who, kept.edition)

    _scan(stage, stage.write(change))


def scanned_pages(stage: Stage, *, asked: bool = False) -> None:
    """A receipt and a sheet without a code were dropped on the window."""

    def made(tx: Tx) -> bytes:
        day = current_day(tx)
        assert day is not None
        visit = get_visit(tx, day_visit_ids(tx, day.id)[0])
        return receipt(visit, get_station(tx), printed_on=tx.today)

    page, scan = page_image(stage.write(made)), BytesIO()
    page.save(scan, "PDF", resolution=150, save_all=True,
              append_images=[Image.new("L", page.size, 255)])  # fmt: skip
    stage.page("desk")
    stage.window.findChild(PaperDoor).open([lambda: ("扫描 11-10.pdf", scan.getvalue())])
    stage.settle()
    if asked:
        (dialog,) = stage.window.findChildren(PapersDialog)
        QTest.keyClicks(dialog.rows[1].line, "wj")


def _scan(stage: Stage, text: str) -> None:
    stage.window.scanner.scanned.emit(text)
    stage.settle()
    answer = stage.window.findChild(ScanAnswer)
    assert answer.text


POSES = [
    Pose("cards", "demo", register),
    Pose("cards-void", "demo", filtered),
    Pose("cards-issue", "demo", issuing),
    Pose("cards-voiding", "demo", voiding),
    Pose("cards-none", "empty", none),
    *(
        Pose(f"scan-{one}", "demo", partial(scanned, which=one))
        for one in ("good", "twice", "void", "later", "altered")
    ),
    Pose("scan-older", "demo", older),
    Pose("scan-papers", "demo", scanned_pages),
    Pose("scan-papers-asked", "demo", partial(scanned_pages, asked=True)),
]
