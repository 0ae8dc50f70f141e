"""The residents page as an operator meets it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from db.vocabulary import Role
from station_app.domain.issues import IssueDraft
from station_app.ui.issues.links import LinkButton
from station_app.ui.widgets import IconButton
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import LIFT, focused, press
from tests.ui.residents.conftest import People, Screen

Show = Callable[..., Screen]
Key = Qt.Key


def line(screen: Screen, name: str) -> QLineEdit:
    """The input of the form called ``name``."""
    found = screen.page.form.fields[name].input
    assert isinstance(found, QLineEdit)
    return found


def type_into(screen: Screen, name: str, text: str) -> None:
    """Replace what the input ``name`` says, as by hand."""
    target = line(screen, name)
    target.setText(text)
    target.textEdited.emit(text)


def test_an_empty_station_says_what_to_do(show: Show) -> None:
    screen = show()
    assert "还没有居民" in screen.window.texts()
    assert "请选择一位居民" in screen.window.texts()


def test_residents_are_listed_masked_and_the_latest_visitor_first(
    room: People, show: Show, clock: Clock
) -> None:
    room.receive("李建国")
    clock.move(minutes=5)
    room.receive("王芳", phone="13900001111")
    screen = show()
    assert screen.names() == ["王芳", "李建国"]
    screen.wait(lambda: "王芳" in screen.window.texts())
    assert "139****1111" in screen.window.texts()
    assert "13900001111" not in screen.window.texts()
    assert screen.page.count.text() == "2 人"


def test_the_page_opens_with_the_keys_in_its_list(room: People, show: Show) -> None:
    room.add("张三", "13800004321")
    screen = show()
    screen.wait(screen.page.list.hasFocus)
    assert focused() is screen.page.list


@pytest.mark.parametrize("typed", ["三", "zhangsan", "zs", "4321", "张三"])
def test_a_resident_is_found_by_whatever_one_types(room: People, show: Show, typed: str) -> None:
    room.add("张三", "13800004321")
    room.add("李四", "13800007777")
    screen = show()
    press(Key.Key_F, control=True)
    assert focused() is screen.page.search
    screen.filter(typed)
    assert screen.names() == ["张三"]
    screen.wait(lambda: screen.page.count.text() == "1 人")
    screen.filter("没有这个人")
    assert "没有符合条件的居民" in screen.window.texts()
    screen.wait(lambda: "请选择一位居民" in screen.window.texts())  # nobody who is not listed
    press(Key.Key_C, alt=True)
    screen.wait(lambda: len(screen.names()) == 2)
    screen.wait(lambda: "请选择一位居民" not in screen.window.texts())


def test_headers_sort_the_whole_data(room: People, show: Show) -> None:
    for name in ("张三", "阿依古丽·买买提", "李四"):
        room.add(name)
    screen = show()
    header = screen.page.list.horizontalHeader()
    for wanted in (["阿依古丽·买买提", "李四", "张三"], ["张三", "李四", "阿依古丽·买买提"]):
        with screen.qtbot.waitSignal(screen.page.table.loaded):
            header.sectionClicked.emit(0)
        assert screen.names() == wanted


def test_end_jumps_to_the_last_row_at_once(room: People, show: Show, clock: Clock) -> None:
    for at in range(130):
        room.receive(f"居民{at}", IssueDraft("问题"), phone="")
        clock.move(minutes=1)
    screen = show()
    press(Key.Key_End)
    screen.wait(lambda: screen.page.list.current is not None)
    screen.wait(lambda: screen.page.list.current.name == "居民0")
    screen.wait(lambda: "居民0" in screen.page.detail._name.text())
    assert screen.names()[-1] == "居民0"


def test_a_phone_is_masked_until_asked_for_and_asking_is_logged(room: People, show: Show) -> None:
    room.add("张三", "13800004321")
    screen = show()
    assert screen.page.detail.phone == "138****4321"
    before = room.audited("resident")
    press(Key.Key_V, alt=True)
    screen.wait(lambda: screen.page.detail.phone == "13800004321")
    screen.wait(lambda: "13800004321" in screen.window.texts())  # a layout shows it an event later
    assert room.audited("resident") == before + 1


def test_editing_in_place_by_keyboard_shows_the_number_and_logs_that(
    room: People, show: Show
) -> None:
    ident = room.add("张三", "13800004321", community="桃源社区")
    screen = show()
    before = room.audited("resident")
    press(Key.Key_E, alt=True)
    screen.wait(screen.page.form.isVisible)
    assert focused() is line(screen, "name")
    assert line(screen, "phone").text() == "13800004321"
    assert room.audited("resident") == before + 1
    type_into(screen, "name", "")
    type_into(screen, "phone", "12")
    press(Key.Key_Return, control=True)
    screen.wait(lambda: bool(screen.page.form.fields["name"].error))
    assert screen.page.form.fields["phone"].error
    assert focused() is line(screen, "name")
    type_into(screen, "name", "张叁")
    type_into(screen, "phone", "138 0000 9999")
    press(Key.Key_Return, control=True)
    screen.wait(lambda: not screen.page.form.isVisible())
    screen.wait(lambda: screen.names() == ["张叁"])
    assert room.resident(ident).phone == "13800009999"
    assert screen.window.toast.text == "已保存 张叁。"
    screen.wait(lambda: screen.page.detail.phone == "138****9999")


def test_enter_moves_on_and_a_community_is_completed(room: People, show: Show) -> None:
    room.add("张三", community="桃源社区")
    screen = show()
    press(Key.Key_N, control=True)
    screen.wait(screen.page.form.isVisible)
    type_into(screen, "name", "李四")
    press(Key.Key_Return)
    assert focused() is not line(screen, "name")
    screen.wait(lambda: bool(screen.page.form._communities))
    line(screen, "community").setFocus()
    type_into(screen, "community", "桃")
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert line(screen, "community").text() == "桃源社区"
    press(Key.Key_Return, control=True)
    screen.wait(lambda: set(screen.names()) == {"张三", "李四"})


def test_somebody_known_is_offered_instead_of_a_second_record(room: People, show: Show) -> None:
    room.receive("张三", phone="13800004321")
    screen = show()
    press(Key.Key_N, control=True)
    screen.wait(screen.page.form.isVisible)
    QTest.keyClicks(focused(), "zs")
    popup = screen.page.form._people
    screen.wait(popup.isVisible)
    assert [row.title for row in popup.rows] == ["张三"]
    press(Key.Key_Down)
    press(Key.Key_Return)
    screen.wait(screen.page.detail.isVisible)
    assert screen.names() == ["张三"]


def test_esc_loses_no_word_and_a_crash_neither(room: People, show: Show) -> None:
    room.add("张三")
    screen = show()
    press(Key.Key_N, control=True)
    screen.wait(screen.page.form.isVisible)
    type_into(screen, "name", "欧阳玉兰")
    type_into(screen, "address", "学苑路3号")
    press(Key.Key_Escape)
    assert screen.page.detail.isVisible()
    assert "已暂存" in screen.window.toast.text
    again = show()
    press(Key.Key_N, control=True)
    again.wait(again.page.form.isVisible)
    assert line(again, "name").text() == "欧阳玉兰"
    assert line(again, "address").text() == "学苑路3号"
    assert "上次没有保存" in again.window.texts()
    press(Key.Key_Backspace, control=True)
    assert line(again, "name").text() == ""


def test_visits_and_issues_stand_beside_with_links(room: People, show: Show) -> None:
    visit = room.receive("李建国", LIFT, IssueDraft("路灯不亮"))
    screen = show()
    links = [one for one in screen.page.detail.findChildren(LinkButton) if one.isVisible()]
    assert {one.accessibleName() for one in links} >= {"桃源街12号楼加装电梯", "路灯不亮"}
    assert len(links) == 3
    for link in links:
        link.click()
    opened = set(screen.window.opened)
    assert opened == {("issue", one.id) for one in visit.issues} | {("visit", visit.id)}
    assert "反映问题 2 条" in screen.page.detail.figures.text


def test_a_viewer_sees_everything_and_no_dead_button(room: People, show: Show) -> None:
    room.add("张三", "13800004321")
    screen = show(Role.VIEWER)
    assert "138****4321" in screen.window.texts()
    assert not screen.page.add.isVisible()
    assert not screen.page.detail.edit.isVisible()
    eyes = screen.page.detail.findChildren(IconButton)
    assert [one for one in eyes if one.isVisible()] == []
    press(Key.Key_N, control=True)
    press(Key.Key_E, alt=True)
    QApplication.processEvents()
    assert not screen.page.form.isVisible()


def test_long_names_and_rare_characters_fit(room: People, show: Show) -> None:
    name = ("玛依努尔·吐尔逊江·阿布都热西提·" * 4)[:49] + "𫖯"
    room.add(name, "13800004321", address="葵英街道" * 50, note="字" * 2000)
    screen = show()
    screen.window.resize(700, 640)
    screen.qtbot.wait(100)
    detail = screen.page.detail
    inner = detail._scroll.widget()
    assert inner is not None
    assert inner.minimumSizeHint().width() <= detail._scroll.viewport().width()
    assert name in screen.window.texts()
