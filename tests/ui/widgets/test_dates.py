"""Dates and times as the operator types them, and the fields that show what was understood."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station_app.ui.theme import px
from station_app.ui.widgets import (
    DateField,
    TimeField,
    parse_date,
    parse_time,
)
from tests.ui.widgets.conftest import put

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1110", date(2026, 11, 10)),
        ("11-10", date(2026, 11, 10)),
        ("11月8日", date(2026, 11, 8)),
        ("8", date(2026, 11, 8)),
        ("308", date(2026, 3, 8)),
        ("261231", date(2026, 12, 31)),
        ("20270102", date(2027, 1, 2)),
        ("2027/1/2", date(2027, 1, 2)),
        ("27.1.2", date(2027, 1, 2)),
        ("+3", date(2026, 11, 13)),
        ("-10", date(2026, 10, 31)),
        ("1332", None),
        ("0230", None),
        ("soon", None),
        ("12345", None),
    ],
)
def test_dates_take_quick_typing(typed: str, meant: date | None) -> None:
    assert parse_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("9", time(9)),
        ("14", time(14)),
        ("9:05", time(9, 5)),
        ("9：30", time(9, 30)),
        ("9点30", time(9, 30)),
        ("1110", time(11, 10)),
        ("24", None),
        ("960", None),
        ("noon", None),
    ],
)
def test_times_take_quick_typing(typed: str, meant: time | None) -> None:
    assert parse_time(typed) == meant


def test_a_date_field_shows_what_it_understood(form: QWidget, qtbot: QtBot) -> None:
    field, beside = DateField(today=lambda: TODAY), QLineEdit()
    put(form, field, beside)
    field.setFocus()
    with qtbot.waitSignal(field.changed) as told:
        qtbot.keyClicks(field, "1108")
        beside.setFocus()
    assert told.args == [date(2026, 11, 8)]
    assert field.text() == "2026-11-08"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value == date(2026, 11, 9)
    for unclear in ("soon", ""):
        field.setText(unclear)
        assert [field.value] == [None]


def test_a_whole_date_is_seen_however_narrow_the_form(form: QWidget) -> None:
    field = DateField(date(2026, 12, 28))
    put(form, field)
    field.setFixedWidth(field.minimumWidth())
    ends = []
    for place in (0, len("2026-12-28")):
        field.setCursorPosition(place)
        ends.append(field.cursorRect().center().x())
    needed = field.fontMetrics().horizontalAdvance("2026-12-28")
    assert ends[1] - ends[0] >= needed - 2  # nothing went out of sight at the left
    assert ends[1] <= field.width() - px(28)  # nor beneath the button


def test_a_time_field_steps_by_five_minutes(form: QWidget, qtbot: QtBot) -> None:
    field = TimeField(time(9, 0))
    put(form, field)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "9:05"
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.value == time(8, 55)
