"""The camera: offered where its extra is installed; a code on its live picture is a scan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QTransform
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_app.printing.cards.gathering import cards_print
from station_app.printing.cards.shapes import Shape
from station_app.printing.preview import PdfPages
from station_app.ui.papers import door
from station_app.ui.papers.door import PaperDoor
from station_app.ui.printing.sending import picture_of
from station_app.ui.scans import camera
from station_app.ui.scans.camera_dialog import CameraDialog
from tests.ui.scans.conftest import Hall
from tests.ui.scans.test_papers import words_of


class Lens(QObject):
    """What stands before the program instead of a camera: a test shows it pictures."""

    came = Signal(QImage)
    failed = Signal(str)
    count = 2

    def __init__(self) -> None:
        super().__init__()
        self.on, self.device = False, 0

    def start(self) -> None:
        self.on = True

    def stop(self) -> None:
        self.on = False

    def other(self) -> None:
        self.device = 1 - self.device


@pytest.fixture
def lens(monkeypatch: pytest.MonkeyPatch) -> Lens:
    made = Lens()
    monkeypatch.setattr(door, "camera_installed", lambda: True)
    monkeypatch.setattr(door, "Camera", lambda: made)
    return made


def ways(hall: Hall) -> dict[str, Callable[[], object]]:
    found = hall.window.findChild(PaperDoor)
    assert isinstance(found, PaperDoor)
    return dict(found.ways())


def looking(hall: Hall) -> CameraDialog:
    ways(hall)["用摄像头扫码"]()
    (dialog,) = hall.window.findChildren(CameraDialog)
    return dialog


def seen(hall: Hall) -> QImage:
    """A card in somebody's hand: aslant, on a grey ground."""
    card = hall.card()
    _title, make = hall.do(cards_print, [card], Shape.LANYARD)
    with PdfPages(make()) as pages:
        image = picture_of(pages.image(0, dpi=110))
    return image.transformed(QTransform().rotate(8), Qt.TransformationMode.SmoothTransformation)


def test_without_the_extra_no_camera_is_offered(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "camera_installed", lambda: False)
    assert list(ways(hall)) == ["选择扫描件或图片…", "从剪贴板"]


def test_a_card_before_the_camera_checks_in(hall: Hall, lens: Lens, qtbot: QtBot) -> None:
    dialog = looking(hall)
    assert lens.on
    empty = QImage(640, 480, QImage.Format.Format_RGB32)
    empty.fill(Qt.GlobalColor.gray)
    lens.came.emit(empty)
    assert not dialog.live.pixmap().isNull(), "what the camera sees is shown"
    picture = seen(hall)
    # A camera goes on and on; whatever comes while one is being read is only shown.
    with qtbot.waitSignal(dialog.scanned):
        shutter = QTimer(dialog, interval=20)
        shutter.timeout.connect(lambda: lens.came.emit(picture))
        shutter.start()
    hall.says("于桂芳", "已签到")
    assert hall.here() == 1
    assert not lens.on, "the camera's light is out"


def test_a_library_that_the_system_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError("libpulse.so.0: cannot open shared object file")

    monkeypatch.setattr(camera, "import_module", missing)
    made = camera.Camera()
    told: list[str] = []
    made.failed.connect(told.append)
    made.start()
    assert made.count == 0
    assert told == ["系统里缺少摄像头要用的组件：libpulse.so.0。请管理员安装。"]


def test_no_camera_is_told_and_another_one_can_be_taken(
    hall: Hall, lens: Lens, qtbot: QtBot
) -> None:
    dialog = looking(hall)
    lens.failed.emit("没有找到摄像头。请接好后重新打开这个窗口。")
    assert dialog.trouble.isVisible()
    assert "没有找到摄像头" in words_of(dialog)
    dialog.other.click()
    assert lens.device == 1
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.gray)
    lens.came.emit(picture)
    assert not dialog.trouble.isVisible()
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not lens.on
