"""Photos and papers of an issue: added by keys, drop and paste, looked at, taken as evidence."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLineEdit, QPlainTextEdit
from reportlab.pdfgen.canvas import Canvas

from db.vocabulary import IssueStatus, Role
from station_app.services import attachments, issues
from station_app.ui.attachments import pictures
from station_app.ui.attachments.viewer import PaperViewer
from station_app.ui.widgets import IconButton
from tests.ui.issues.conftest import Room, Screen, focused, press

Key = Qt.Key
NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
COPY = Qt.DropAction.CopyAction
Show = Callable[..., Screen]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo of a telephone that lay on its side, with the place where it was taken."""
    told = Image.Exif()
    told[0x010F], told[0x0112] = "PHONE-7", 6
    told.get_ifd(0x8825).update({1: "N", 2: (38.0, 55.0, 13.0)})
    path = tmp_path / "楼道现场.jpg"
    Image.radial_gradient("L").convert("RGB").resize((320, 200)).save(path, exif=told)
    return path


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A document of two pages."""
    path = tmp_path / "验收单.pdf"
    page = Canvas(str(path))
    for number in (1, 2):
        page.drawString(100, 700, f"Page {number}")
        page.showPage()
    page.save()
    return path


def drag(screen: Screen, *paths: Path) -> tuple[bool, QMimeData]:
    """Move files over the issue shown; whether it would take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    with warnings.catch_warnings():  # a newer Qt wants a pointing device, an older one has none
        warnings.simplefilter("ignore", DeprecationWarning)
        enters = QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NONE)
    QApplication.sendEvent(screen.page.detail, enters)
    return enters.isAccepted(), data


def drop(screen: Screen, *paths: Path) -> None:
    """Drop files on the issue shown."""
    taken, data = drag(screen, *paths)
    assert taken
    falls = QDropEvent(QPointF(9, 9), COPY, data, LEFT, NONE)
    QApplication.sendEvent(screen.page.detail, falls)


def names(screen: Screen) -> list[str]:
    return [one.name for one in screen.page.detail.papers.papers]


def test_added_by_button_drop_and_paste_then_taken_away_and_back(
    room: Room, show: Show, photo: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.issue()
    screen = show()
    card = screen.page.detail.papers
    chosen = lambda *_: ([str(photo)], "")  # noqa: E731 - stands for the desktop's own window
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    press(Key.Key_U, control=True)
    screen.wait(lambda: names(screen) == ["楼道现场.jpg"])
    drop(screen, paper)
    screen.wait(lambda: len(names(screen)) == 2)
    copied = QImage(30, 20, QImage.Format.Format_RGB32)
    copied.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(copied)
    press(Key.Key_V, control=True)
    screen.wait(lambda: len(names(screen)) == 3)
    kept = {one.name: one for one in card.papers}
    with room.station.store.read(room.station.actor) as tx:
        data = attachments.attachment_data(tx, kept["楼道现场.jpg"].id)
    assert b"PHONE-7" not in data
    assert dict(Image.open(io.BytesIO(data)).getexif()) == {0x0112: 6}
    screen.wait(lambda: all(not row._image.isNull() for row in card.rows.values()))
    small = card.rows[kept["楼道现场.jpg"].id]._image
    assert small.height() > small.width()  # the right way up
    first = card.rows[kept["楼道现场.jpg"].id]
    first.findChildren(IconButton)[0].setFocus()
    press(Key.Key_Space)
    screen.wait(lambda: "楼道现场.jpg" not in names(screen))
    press(Key.Key_Z, control=True)
    screen.wait(lambda: "楼道现场.jpg" in names(screen))
    assert len(card.rows) == 3


def test_looked_at_in_the_window_page_by_page(
    room: Room, show: Show, photo: Path, paper: Path
) -> None:
    room.issue()
    screen = show()
    card = screen.page.detail.papers
    drop(screen, photo, paper)
    screen.wait(lambda: len(card.rows) == 2)
    next(iter(card.rows.values())).link.setFocus()
    press(Key.Key_Return)
    screen.wait(lambda: bool(screen.window.findChildren(PaperViewer)))
    viewer = screen.window.findChildren(PaperViewer)[0]
    screen.qtbot.waitUntil(viewer.isActiveWindow)
    screen.wait(lambda: not viewer.sheet.pixmap().isNull())
    assert viewer.sheet.pixmap().height() > viewer.sheet.pixmap().width()
    press(Key.Key_Right)
    screen.wait(lambda: viewer.shown.name == "验收单.pdf" and viewer.pages == 2)
    first = viewer.sheet.pixmap().toImage()
    press(Key.Key_PageDown)
    screen.wait(lambda: not viewer.page_down.isEnabled())
    screen.wait(lambda: viewer.sheet.pixmap().toImage() != first)
    press(Key.Key_Escape)
    screen.wait(lambda: not screen.window.findChildren(PaperViewer))


def test_a_photo_dropped_while_settling_is_the_evidence(
    room: Room, show: Show, photo: Path
) -> None:
    ident = room.issue()
    room.assign(ident)
    room.do(issues.reply_issue, ident, text="已完工")
    screen = show()
    screen.page.show_record("issue", ident)
    screen.shows(ident)
    screen.ask(Key.Key_S)
    press(Key.Key_Down)
    drop(screen, photo)
    panel = screen.page.detail.panel
    screen.wait(lambda: any(one.isChecked() for one in panel.findChildren(QCheckBox)))
    press(Key.Key_Return, control=True)
    screen.status(IssueStatus.SETTLED)
    screen.wait(lambda: len(names(screen)) == 1)
    (kept,) = screen.page.detail.papers.papers
    settled = room.read(ident).counted[-1]
    assert settled.details["attachments"] == [kept.id.hex]
    assert "照片和文件 1 份" in screen.window.texts()


def test_what_is_no_paper_is_refused_in_words(room: Room, show: Show, tmp_path: Path) -> None:
    room.issue()
    screen = show()
    wrong = tmp_path / "台账.txt"
    wrong.write_text("无", "utf-8")
    drop(screen, wrong)
    screen.wait(lambda: "PDF" in screen.window.toast.text)
    drop(screen, tmp_path / "没有.pdf")
    screen.wait(lambda: "没有.pdf" in screen.window.toast.text)
    assert not screen.page.detail.papers.papers


def test_a_viewer_adds_nothing(room: Room, show: Show, photo: Path) -> None:
    room.issue()
    screen = show(Role.VIEWER)
    card = screen.page.detail.papers
    assert not card.plus.isVisible()
    assert not drag(screen, photo)[0]


def test_text_pasted_into_a_field_stays_text(room: Room, show: Show) -> None:
    room.issue()
    screen = show()
    QGuiApplication.clipboard().setText("希望加装电梯")
    screen.ask(Key.Key_N)
    part = focused()
    assert isinstance(part, QPlainTextEdit | QLineEdit)
    press(Key.Key_V, control=True)
    text = part.toPlainText() if isinstance(part, QPlainTextEdit) else part.text()
    assert text == "希望加装电梯"
    assert not screen.page.detail.papers.papers


def test_a_heavy_photo_becomes_light_and_stays_upright() -> None:
    told = Image.Exif()
    told[0x0112] = 6
    out = io.BytesIO()
    Image.effect_noise((4000, 3000), 90).convert("RGB").save(out, "JPEG", quality=95, exif=told)
    kept = pictures.to_keep(out.getvalue())
    assert len(kept) < len(out.getvalue()) // 2
    assert Image.open(io.BytesIO(kept)).size == (1920, 2560)
    assert pictures.to_keep(kept[:1000]) == kept[:1000]
