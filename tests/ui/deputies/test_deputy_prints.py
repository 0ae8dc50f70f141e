"""What is printed of a deputy: duties, file and points, of one and of everybody who serves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from db.vocabulary import Role
from station_app.domain.deputies import DeputyRecord
from station_app.printing.catalogue import Batch, Form, Print
from station_app.ui.deputies.page import DeputiesPage
from station_app.ui.main_window import MainWindow

Open = Callable[..., tuple[MainWindow, DeputiesPage]]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.VIEWER])
def test_the_papers_of_a_deputy_and_of_everybody(
    role: Role, people: tuple[DeputyRecord, ...], open_page: Open, qtbot: QtBot
) -> None:
    _window, page = open_page(role)
    detail = page.pane.detail
    qtbot.waitUntil(lambda: detail.print.isVisible())
    offered = detail.print.offered
    assert offered[0] == "值班通知单"
    assert [one.partition("（")[0] for one in offered[1:5]] == [
        "代表履职档案", "代表履职档案", "履职积分明细", "履职积分明细",
    ]  # fmt: skip
    assert all(one.startswith("全体代表：") for one in offered[5:])
    acts = [one for one in detail.print.menu_of_forms.actions() if not one.isSeparator()]

    def printed(at: int) -> Print | Batch:
        with qtbot.waitSignal(page.print_requested) as asked:
            acts[at].trigger()
        found: Print | Batch = asked.args[1]
        return found

    name = page.model.rows[0].name
    one = printed(4)
    assert isinstance(one, Print)
    assert one.form is Form.DUTY_POINTS
    assert one.title.startswith(f"履职积分明细 {name} ")
    assert one().startswith(b"%PDF")
    everybody = printed(5)
    assert isinstance(everybody, Batch)
    assert [each.form for each in everybody.prints] == [Form.DUTY_FILE] * len(people)
