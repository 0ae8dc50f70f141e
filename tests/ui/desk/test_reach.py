"""The desk without a mouse and without eyes: every stop of Tab has a name and a place in order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from station_app.ui import theme
from tests.ui.desk.conftest import Keyboard, Room, Window, focused


def stops(window: Window) -> list[QWidget]:
    """Where Tab leads, from the name field once around."""
    window.page.entry.form.visitor.name.setFocus()
    keys, found = Keyboard(), []
    while focused() not in found:
        found.append(focused())
        keys.press(Qt.Key.Key_Tab)
    return found


def test_every_stop_of_tab_has_a_name(room: Room, show: Callable[..., Window]) -> None:
    day = room.open()
    room.receive("周龚", day=day)
    window = show()
    found = stops(window)
    assert len(found) > 20
    for one in found:
        words = one.text() if isinstance(one, QAbstractButton) else ""
        assert one.accessibleName() or words, one
    form = window.page.entry.form
    block = form.issues.shown
    order = [
        form.visitor.name,
        form.visitor.phone,
        form.visitor.party,
        form.visitor.address,
        form.visitor.community,
        block.text,
        block.category,
        block.place,
    ]
    places = [found.index(one) for one in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("size", "percent"), [((1040, 610), 100), ((1200, 780), 100), ((1200, 810), 150)]
)
def test_nothing_is_cut_off_sideways(
    app: QApplication,
    room: Room,
    show: Callable[..., Window],
    size: tuple[int, int],
    percent: int,
) -> None:
    room.open()
    theme.apply(app, percent=percent)
    window = show(size=size)
    QApplication.processEvents()
    entry = window.page.entry
    right = entry._area.viewport().mapTo(window, entry._area.viewport().rect().topRight()).x()
    for one in entry.form.findChildren(QWidget):
        if one.isVisible() and one.parentWidget() is not None:
            edge = one.mapTo(window, one.rect().topRight()).x()
            assert edge <= right + 1, one
    for button in entry.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.minimumSizeHint().width(), button.text()
