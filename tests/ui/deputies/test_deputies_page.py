"""The deputies' page at work: found, added, edited, kept half-typed, retired, looked at only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.models import Audit
from db.vocabulary import Level, Op, Role
from station_app import wiring
from station_app.domain.deputies import DeputyDraft, DeputyRecord
from station_app.services import deputies
from station_app.ui.deputies.page import DeputiesPage
from station_app.ui.deputies.table import RETIRED
from station_app.ui.main_window import MainWindow
from tests.ui.deputies.conftest import all_deputies
from tests.ui.keyboard import CTRL, press, type_text

Opened = tuple[MainWindow, DeputiesPage]
Open = Callable[..., Opened]
Key = Qt.Key


def names(page: DeputiesPage) -> list[str]:
    return [row.name for row in page.model.rows]


def test_an_empty_station_says_what_to_do(open_page: Open, qtbot: QtBot) -> None:
    _window, page = open_page()
    said = [one.text() for one in page.table.findChildren(QPushButton) if one.isVisible()]
    assert said == ["导入名册", "新增代表"]
    assert not page.pane.isVisible()


def test_the_list_shows_everybody_with_masked_phones(
    people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    _window, page = open_page()
    assert names(page) == ["李𬱖", "玛依努尔·吐尔逊江", "张三"]
    assert page.model.columns[3].text(people[0]) == "138****0231"
    qtbot.waitUntil(lambda: page.pane.record is not None)
    assert page.pane.record is not None
    assert page.pane.record.name == "李𬱖"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zs", ["张三"]),
        ("张", ["张三"]),
        ("0077", ["李𬱖"]),
        ("吐尔", ["玛依努尔·吐尔逊江"]),
        ("xx", []),
    ],
)
def test_the_filter_box_finds_by_characters_pinyin_and_phone(
    people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot, typed: str, found: list[str]
) -> None:
    _window, page = open_page()
    page.search.setFocus()
    type_text(qtbot, typed)
    qtbot.waitUntil(lambda: names(page) == found)


def test_the_level_chips_count_and_filter(
    people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    _window, page = open_page()
    qtbot.waitUntil(lambda: page.chips.buttons[0].text() == "全部 3")
    assert [one.text() for one in page.chips.buttons] == [
        "全部 3", "全国 1", "省 0", "市 1", "区县 2", "乡镇 0", "已离任 0",
    ]  # fmt: skip
    page.chips.choose(Level.COUNTY)
    qtbot.waitUntil(lambda: names(page) == ["李𬱖", "张三"])


def test_a_deputy_is_added_by_keyboard_alone(
    station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    qtbot.keyClick(window, Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: page.pane.is_editing)
    type_text(qtbot, "王㛃")
    press(qtbot, Key.Key_Return)  # gender
    press(qtbot, Key.Key_Return)  # phone
    type_text(qtbot, "138 0000 0001")
    press(qtbot, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: names(page) == ["王㛃"])
    assert [one.phone for one in all_deputies(station)] == ["13800000001"]
    assert window.toast.text == "王㛃 已保存。"


def test_a_wrong_phone_is_said_beneath_its_field_and_nothing_is_saved(
    station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    qtbot.keyClick(window, Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: page.pane.is_editing)
    fields = page.pane.form.fields
    type_text(qtbot, "王五")
    fields["phone"].focus()
    type_text(qtbot, "123")
    press(qtbot, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: fields["phone"].error != "")
    assert QApplication.focusWidget() is fields["phone"].input
    assert all_deputies(station) == []
    type_text(qtbot, "4")
    assert fields["phone"].error == ""


def test_escape_keeps_what_was_typed(
    people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    qtbot.keyClick(window, Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: page.pane.is_editing)
    type_text(qtbot, "赵六")
    press(qtbot, Key.Key_Escape)
    assert not page.pane.is_editing
    assert "暂存" in window.toast.text
    window.toast.undo.click()
    qtbot.waitUntil(lambda: page.pane.is_editing)
    assert page.pane.form.collect()["name"] == "赵六"
    assert page.pane.form.kept.isVisible()


def test_half_typed_words_survive_the_end_of_the_program(
    people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    page.table.select(people[0].id)
    qtbot.waitUntil(lambda: page.pane.record is not None and page.pane.record.name == "张三")
    page.pane.edit()
    qtbot.waitUntil(lambda: page.pane.is_editing)
    page.pane.form.fields["deputy_group"].focus()
    type_text(qtbot, "8")
    page.pane.kept.keep()  # the pause in typing
    window.close()
    _window, again = open_page()
    again.table.select(people[0].id)
    qtbot.waitUntil(lambda: again.pane.record is not None and again.pane.record.name == "张三")
    again.pane.edit()
    qtbot.waitUntil(lambda: again.pane.is_editing)
    assert again.pane.form.collect()["deputy_group"] == "第一小组8"
    again.pane.form.began_anew.emit()
    assert again.pane.form.collect()["deputy_group"] == "第一小组"


def test_choosing_somebody_else_puts_the_form_aside(
    people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    qtbot.waitUntil(lambda: page.pane.record is not None)
    page.pane.edit()
    qtbot.waitUntil(lambda: page.pane.is_editing)
    page.pane.form.fields["note"].focus()
    page.pane.form.fields["note"].input.setPlainText("常驻")  # type: ignore[attr-defined]  # a TextArea
    page.table.select(people[0].id)
    qtbot.waitUntil(lambda: page.pane.record is not None and page.pane.record.name == "张三")
    assert not page.pane.is_editing
    window.toast.undo.click()
    qtbot.waitUntil(lambda: page.pane.is_editing)
    assert page.pane.form.collect()["note"] == "常驻"


def test_a_saved_edit_reaches_the_list(
    people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    _window, page = open_page()
    qtbot.waitUntil(lambda: page.pane.record is not None)
    page.pane.edit()
    qtbot.waitUntil(lambda: page.pane.is_editing)
    page.pane.form.fields["deputy_group"].input.setText("第九小组")  # type: ignore[attr-defined]  # a QLineEdit
    press(qtbot, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.model.rows[0].deputy_group == "第九小组")
    assert page.table.current.name == "李𬱖"


def test_somebody_retires_with_a_reason_and_comes_back(
    station: wiring.OpenStation, people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    qtbot.waitUntil(lambda: page.pane.detail.isVisible())
    page.table.setFocus()
    press(qtbot, Key.Key_T)
    type_text(qtbot, "任期届满")
    press(qtbot, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: names(page) == ["玛依努尔·吐尔逊江", "张三"])
    assert [one.retired_reason for one in all_deputies(station, retired=True)] == ["任期届满"]
    assert "李𬱖 已离任" in window.toast.text
    window.toast.undo.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 3)
    assert all_deputies(station, retired=True) == []


def test_the_retired_stand_in_their_own_view(
    station: wiring.OpenStation, people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    with station.store.write(station.actor) as tx:
        deputies.retire_deputy(tx, people[0].id, reason="调离")
    _window, page = open_page()
    page.chips.choose(RETIRED)
    qtbot.waitUntil(lambda: names(page) == ["张三"])
    qtbot.waitUntil(lambda: page.pane.detail.restore.isVisible())
    page.pane.detail.restore.click()
    qtbot.waitUntil(lambda: names(page) == [])


def test_a_whole_phone_number_is_logged_when_asked_for(
    station: wiring.OpenStation, people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    _window, page = open_page()
    qtbot.waitUntil(lambda: page.pane.detail.isVisible())
    page.table.setFocus()
    assert "13800000077" not in shown_texts(page)
    press(qtbot, Key.Key_V)
    qtbot.waitUntil(lambda: "13800000077" in shown_texts(page))
    with station.store.read(station.actor) as tx:
        found = tx.session.scalars(select(Audit).where(Audit.op == Op.VIEW)).all()
    assert [row.record_id for row in found] == [people[1].id]


def shown_texts(page: DeputiesPage) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [one.text() for one in page.pane.detail.findChildren(QLabel) if one.isVisible()]


def test_a_viewer_sees_no_button_that_would_refuse(
    people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    _window, page = open_page(Role.VIEWER)
    qtbot.waitUntil(lambda: page.pane.detail.isVisible())
    seen = [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]
    assert seen == ["履职卡", "导出", *(one.text() for one in page.chips.buttons), "打印"]
    page.table.setFocus()
    press(qtbot, Key.Key_E)
    press(qtbot, Key.Key_Return)
    assert not page.pane.is_editing


def test_every_part_that_takes_the_keyboard_has_a_name(
    people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    _window, page = open_page()
    qtbot.waitUntil(lambda: page.pane.record is not None)
    page.pane.edit()
    qtbot.waitUntil(lambda: page.pane.is_editing)
    mute = [
        one
        for one in page.findChildren(QLineEdit) + page.findChildren(QPushButton)
        if one.isVisible() and not one.accessibleName()
    ]
    assert mute == []


def test_what_was_changed_elsewhere_meanwhile_is_not_overwritten(
    people: tuple[DeputyRecord, ...],
    open_page: Open,
    station: wiring.OpenStation,
    qtbot: QtBot,
) -> None:
    _window, page = open_page()
    qtbot.waitUntil(lambda: page.pane.record is not None)
    shown = page.pane.record
    assert shown is not None
    page.pane.edit()
    qtbot.waitUntil(lambda: page.pane.is_editing)
    group, phone = (page.pane.form.fields[one].input for one in ("deputy_group", "phone"))
    assert isinstance(group, QLineEdit)
    assert isinstance(phone, QLineEdit)
    group.setText("第九小组")
    with station.store.write(station.actor) as tx:
        deputies.save_deputy(tx, replace(drafted(shown), phone="13942000001"),
                             deputy_id=shown.id)  # fmt: skip
    press(qtbot, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "在别处改过" in page.pane.form.kept.accessibleName())
    assert (group.text(), phone.text()) == ("第九小组", "13942000001")
    press(qtbot, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not page.pane.is_editing)
    [saved] = [one for one in all_deputies(station) if one.id == shown.id]
    assert (saved.deputy_group, saved.phone) == ("第九小组", "13942000001")


def drafted(record: DeputyRecord) -> DeputyDraft:
    """A deputy as they were typed."""
    return DeputyDraft(**{one.name: getattr(record, one.name) for one in fields(DeputyDraft)})
