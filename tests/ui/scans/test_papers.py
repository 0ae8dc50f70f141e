"""A form at the scanner: it opens its record, and says when it is older and what changed."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from station_app.domain.record_codes import record_code
from station_app.services import issues
from station_app.services.deputies import get_deputy, save_deputy
from station_app.store import Tx
from tests.ui.conftest import Clock
from tests.ui.scans.conftest import Hall


def test_a_form_opens_its_record_and_is_told_when_older(
    hall: Hall, clock: Clock, qtbot: QtBot
) -> None:
    visit = hall.visit()
    hall.window.open_page("residents")
    code = record_code("visit", visit.id, visit.edition)
    hall.scan(code)
    page = hall.window.open_page("residents")
    qtbot.waitUntil(lambda: visit.number in words_of(page))
    assert hall.answer.text == ""
    clock.move(minutes=5)
    hall.do(issues.note_issue, visit.issues[0].id, text="等住户回来")
    hall.scan(code)
    hall.says("这张纸比记录旧", visit.number, "第 1 版，现在是第 2 版")
    hall.says("王秀英", f"{visit.issues[0].number} 备注")


def words_of(page: QWidget) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_what_changed_is_shown_with_old_and_new(hall: Hall, qtbot: QtBot) -> None:
    from dataclasses import fields

    from station_app.domain.deputies import DeputyDraft

    who = hall.deputies[0]

    def rename(tx: Tx) -> None:
        kept = get_deputy(tx, who)
        values = {one.name: getattr(kept, one.name) for one in fields(DeputyDraft)}
        save_deputy(tx, DeputyDraft(**values | {"position": "社区书记"}), deputy_id=who)

    hall.do(rename)
    hall.scan(record_code("deputy", who, 1))
    hall.says("这张纸比记录旧", "于桂芳", "第 1 版，现在是第 2 版", "社区书记")
    assert hall.here() == 0  # an unsigned code checks nobody in


def test_a_record_that_is_not_here_is_told(hall: Hall) -> None:
    hall.scan(record_code("issue", UUID(int=5), 1))
    hall.says("本机没有这张纸对应的记录")
    assert hall.answer.rung > 0
