"""Photos: small, upright, 3:4, and without a word about camera or place."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from station_app.errors import StationError
from station_app.ui.deputies.photo import photo_from_file, photo_jpeg


def camera_picture(path: Path, *, turned: bool) -> None:
    """A wide picture, red at its left and blue at its right, with marks as a phone makes them."""
    picture = Image.new("RGB", (1600, 1200), "red")
    picture.paste((0, 0, 255), (800, 0, 1600, 1200))
    marks = Image.Exif()
    marks[0x010F] = "Camera of Li"
    marks.get_ifd(0x8825)[1] = "N"
    if turned:
        marks[0x0112] = 6  # the camera was held upright
    picture.save(path, exif=marks)


@pytest.mark.parametrize("turned", [False, True])
def test_a_photo_is_small_three_to_four_and_says_nothing_of_its_camera(
    tmp_path: Path, qtbot: QtBot, turned: bool
) -> None:
    source = tmp_path / "a.jpg"
    camera_picture(source, turned=turned)
    assert b"Camera of Li" in source.read_bytes()
    made = photo_from_file(str(source))
    photo = Image.open(io.BytesIO(made))
    assert photo.format == "JPEG"
    assert photo.size == (360, 480)
    assert b"Camera" not in made
    assert b"Exif" not in made
    assert len(photo.getexif()) == 0
    top, bottom = photo.getpixel((180, 20)), photo.getpixel((180, 460))
    # Upright, the picture's left is on top; not turned, both ends of a column look alike.
    assert (top == bottom) is not turned


def test_a_small_picture_is_not_blown_up(qtbot: QtBot) -> None:
    image = QImage(60, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    photo = Image.open(io.BytesIO(photo_jpeg(image)))
    assert photo.size == (30, 40)
    assert photo.getpixel((5, 5)) == (255, 255, 255)  # nothing behind it: paper


def test_a_file_that_is_no_picture_is_refused_in_words(tmp_path: Path, qtbot: QtBot) -> None:
    source = tmp_path / "a.jpg"
    source.write_text("名册", encoding="utf-8")
    with pytest.raises(StationError, match="图片"):
        photo_from_file(str(source))
