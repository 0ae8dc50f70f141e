"""A form filled by hand during a power cut is typed in under its own number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from station_app.domain.record_codes import blank_code
from station_app.services.blank_forms import reserve_blank_forms
from tests.ui.desk.conftest import Keyboard, Room, Window
from tests.ui.desk.test_entry import saved, typed


def reserved(room: Room) -> str:
    with room.station.store.write(room.station.actor) as tx:
        return reserve_blank_forms(tx, 1)[0]


def test_a_scanned_paper_form_is_saved_under_its_number(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day, number = room.open(), reserved(room)
    window = show()
    assert window.page.on_scanned(blank_code(number))
    qtbot.waitUntil(lambda: window.page.entry.form.paper.number.text() == number)
    form = typed(window, "张三", "路灯不亮")
    assert form.paper.isVisible()
    form.paper.hour.setText("830")
    saved(qtbot, window, "001")
    visit = room.latest(day)
    assert visit.number == number
    assert visit.arrived_at == datetime(2026, 11, 10, 0, 30, tzinfo=UTC)
    assert not form.paper.isVisible()
    window.page.on_scanned(blank_code(number))  # once more: it is there already
    qtbot.waitUntil(
        lambda: window.page.detail.visit is not None and window.page.detail.visit.id == visit.id
    )


def test_a_wrong_number_is_told_beside_it_and_can_be_left(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    window, keys = show(), Keyboard()
    form = typed(window, "张三", "路灯不亮")
    window.page.entry.type_in()
    form.paper.number.setText("LF-KY-A-20261110-099")
    keys.press(Qt.Key.Key_Return, control=True)
    field = form.paper.fields["number"]
    qtbot.waitUntil(lambda: "没有打印过" in field.error)
    form.paper.clear()
    saved(qtbot, window, "001")
    assert room.latest(day).number == "LF-KY-A-20261110-001"


def test_what_is_half_typed_of_it_comes_back(room: Room, show: Callable[..., Window]) -> None:
    room.open()
    form = show().page.entry.form
    form.paper.begin("LF-KY-A-20261110-007", datetime(2026, 11, 10, tzinfo=UTC).date())
    form.paper.hour.setText("8:45")
    state = form.state()
    empty = [form.is_empty]
    form.clear()
    empty.append(form.is_empty)
    assert empty == [False, True]
    form.restore(state)
    assert form.paper.arrived_at == datetime(2026, 11, 10, 0, 45, tzinfo=UTC)
    assert form.draft(None).number == "LF-KY-A-20261110-007"
