"""A scan dropped on the window: its pages find their records, and what has no code is asked for."""

from __future__ import annotations

import warnings
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.models import ScannedPaper
from station_app.domain.visits import VisitRecord
from station_app.printing.cards.gathering import cards_print
from station_app.printing.cards.shapes import Shape
from station_app.printing.forms.day_ledger import day_ledger
from station_app.printing.forms.receipt import receipt
from station_app.printing.preview import PdfPages
from station_app.printing.scans import read_pages
from station_app.services import days, scanned_papers, station, visits
from station_app.services.attachments import list_attachments
from station_app.services.day_lists import day_counters
from station_app.store import Tx
from station_app.ui.papers.dialog import PapersDialog
from station_app.ui.papers.door import PaperDoor
from tests.printing.reading import page_image
from tests.ui.scans.conftest import TODAY, Hall


def drop(hall: Hall, *files: Path) -> PapersDialog:
    """Drop files on the window, as the system does."""
    told = QMimeData()
    told.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
    at, act = QPoint(200, 20), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():  # a newer Qt wants a pointing device, an older one has none
        warnings.simplefilter("ignore", DeprecationWarning)
        enters = QDragEnterEvent(at, act, told, buttons, keys)
    QApplication.sendEvent(hall.window, enters)
    assert enters.isAccepted()
    QApplication.sendEvent(hall.window, QDropEvent(at.toPointF(), act, told, buttons, keys))
    (dialog,) = hall.window.findChildren(PapersDialog)
    return dialog


@pytest.fixture
def visit(hall: Hall) -> VisitRecord:
    return hall.visit()


@pytest.fixture
def scan(hall: Hall, visit: VisitRecord, tmp_path: Path) -> Path:
    """A scan of three pages: a receipt on its side, one without a code, a ledger upside down."""

    def pages(tx: Tx) -> tuple[bytes, bytes]:
        own = station.get_station(tx)
        day = days.get_day(tx, hall.day)
        shown = visits.get_visit(tx, visit.id)
        return (
            receipt(shown, own, printed_on=TODAY),
            day_ledger(day, [shown], day_counters(tx, day.id), own, printed_on=TODAY),
        )

    first, last = hall.do(pages)
    images = [
        page_image(first).rotate(90, expand=True),
        Image.new("L", (1240, 1754), 255),
        page_image(last).rotate(180, expand=True),
    ]
    path = tmp_path / "扫描.pdf"
    images[0].save(path, "PDF", resolution=150, save_all=True, append_images=images[1:])
    return path


def papers(hall: Hall, kind: str, record: UUID) -> list[bytes]:
    with hall.station.store.read(hall.station.actor) as tx:
        return list(scanned_papers.papers_data(tx, kind, record))


def test_three_mixed_pages_are_filed_and_can_be_taken_back(
    hall: Hall, visit: VisitRecord, scan: Path, qtbot: QtBot
) -> None:
    dialog = drop(hall, scan)
    qtbot.waitUntil(lambda: len(dialog.rows) == 3)
    assert [one.decided for one in dialog.rows] == [True, False, True]
    assert not dialog.save.isEnabled()
    first, asked, last = dialog.rows
    assert first.target is not None
    assert (first.target.kind, first.target.id) == ("visit", visit.id)
    assert last.target is not None
    assert (last.target.kind, last.target.id) == ("day", hall.day)
    asked.same.click()
    assert asked.target == first.target
    qtbot.waitUntil(dialog.save.isEnabled)
    dialog.save.click()
    qtbot.waitUntil(lambda: "2" in hall.window.toast.text)
    (filed,) = papers(hall, "visit", visit.id)
    with PdfPages(filed) as pages:
        assert len(pages) == 2
        assert pages.size(0)[0] < pages.size(0)[1]  # it stands upright now
    (ledger,) = papers(hall, "day", hall.day)
    assert [one.turn for one in read_pages(ledger)] == [0]
    hall.window.toast.undo.click()
    qtbot.waitUntil(lambda: not papers(hall, "visit", visit.id))
    with hall.station.store.read(hall.station.actor) as tx:
        assert tx.session.query(ScannedPaper).count() == 2  # nothing is deleted


def test_a_page_without_a_code_is_searched_for_or_left_out(
    hall: Hall, visit: VisitRecord, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "photo.png"
    Image.new("RGB", (400, 600), (240, 240, 240)).save(path)
    dialog = drop(hall, path)
    qtbot.waitUntil(lambda: len(dialog.rows) == 1)
    (only,) = dialog.rows
    only.leave_out.click()
    assert not dialog.save.isEnabled()
    only.other.click()
    qtbot.keyClicks(only.line, visit.issues[0].number)
    qtbot.waitUntil(lambda: only._popup is not None and only._popup.isVisible())
    qtbot.keyClick(only.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: only.decided and dialog.save.isEnabled())
    assert only.target is not None
    dialog.save.click()

    def attached() -> int:
        with hall.station.store.read(hall.station.actor) as tx:
            return len(list_attachments(tx, visit.issues[0].id))

    qtbot.waitUntil(lambda: attached() == 1)


def test_a_lone_card_on_a_picture_or_in_the_clipboard_is_scanned(
    hall: Hall, tmp_path: Path, qtbot: QtBot
) -> None:
    card = hall.card()
    _, make = hall.do(cards_print, [card], Shape.TABLE_TOP)
    path = tmp_path / "card.png"
    page_image(make()).rotate(90, expand=True).save(path)
    drop(hall, path)
    hall.says("于桂芳 已签到")
    hall.answer.hide()
    door = hall.window.findChild(PaperDoor)
    assert isinstance(door, PaperDoor)
    QGuiApplication.clipboard().setImage(QImage(str(path)))
    door.intake.paste()
    hall.says("首次签到是 9:00")
    assert hall.here() == 1


def test_what_is_no_paper_is_told(hall: Hall, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    dialog = drop(hall, path)
    qtbot.waitUntil(lambda: dialog._wrong.isVisible())
    assert not dialog.save.isEnabled()
