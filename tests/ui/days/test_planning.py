"""A year planned by keyboard: a rule, its days, a rota changed by hand, absences; each undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.vocabulary import Pattern, Role
from station_app import wiring
from station_app.domain.deputies import DeputyRecord
from station_app.domain.recurrence import RecurrenceDraft
from station_app.printing.catalogue import Batch
from station_app.services import recurrences, rotas
from station_app.ui.days.page import DaysPage
from station_app.ui.days.rota_step import RotaStep
from station_app.ui.days.rules_step import RulesStep
from station_app.ui.main_window import MainWindow
from tests.ui.days.conftest import kept_days
from tests.ui.keyboard import CTRL, press, type_text

Open = Callable[..., tuple[MainWindow, DaysPage]]
People = tuple[DeputyRecord, ...]
Key = Qt.Key


def rules_of(window: MainWindow, page: DaysPage, qtbot: QtBot) -> RulesStep:
    qtbot.keyClick(window, Key.Key_Y, CTRL)
    step = page.steps.currentWidget()
    assert isinstance(step, RulesStep)
    qtbot.waitUntil(lambda: step.year > 0 and step.new.hasFocus())
    return step


def rota_of(window: MainWindow, page: DaysPage, qtbot: QtBot) -> RotaStep:
    qtbot.keyClick(window, Key.Key_R, CTRL)
    step = page.steps.currentWidget()
    assert isinstance(step, RotaStep)
    qtbot.waitUntil(lambda: step.days.ready and step.asking.first.hasFocus())
    return step


@pytest.fixture
def tenths(station: wiring.OpenStation) -> None:
    """Every 10th of 2027 is planned."""
    rule = RecurrenceDraft(
        Pattern.MONTH_DAY, date(2027, 1, 1), time(9), time(11, 30), numbers=frozenset({10})
    )
    with station.store.write(station.actor) as tx:
        recurrences.save_recurrence(tx, rule)
        seen = recurrences.preview_year(tx, 2027)
        wanted = [(one.rule.id, one.meant.meant_on) for one in seen.days]
        recurrences.plan_days(tx, wanted)


def test_a_year_is_planned_from_one_rule_and_taken_back(
    station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    step = rules_of(window, page, qtbot)
    assert step.year == 2027
    qtbot.keyClick(window, Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: step.form.pattern.hasFocus())
    press(qtbot, Key.Key_Return)
    assert step.form.numbers.hasFocus()
    step.form.numbers.selectAll()
    type_text(qtbot, "15")
    qtbot.waitUntil(lambda: step.model.rowCount() == 12)  # seen while it is written
    assert step.unknown.isVisible()  # nobody knows the holidays of 2027 yet
    qtbot.keyClick(window, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: step.plan.isEnabled() and step.plan.hasFocus())
    assert step.plan.text() == "安排 12 个接待日"
    press(qtbot, Key.Key_Space)
    qtbot.waitUntil(lambda: window.toast.text == "已安排 12 个接待日。")
    assert {one.held_on.month for one in kept_days(station)} == set(range(1, 13))
    qtbot.waitUntil(lambda: not step.plan.isEnabled())
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: not kept_days(station))
    qtbot.keyClick(window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.steps.at_start and page.plan.isVisible())


def test_what_cannot_hold_is_said_beneath_the_field(open_page: Open, qtbot: QtBot) -> None:
    window, page = open_page()
    step = rules_of(window, page, qtbot)
    step.begin_new()
    step.form.numbers.setText("")
    assert step.form.fields["numbers"].error == "请至少选择一个日子。"
    qtbot.keyClick(window, Key.Key_Return, CTRL)
    assert step.left.currentIndex() == 1  # still being written
    step.form.pattern.take(Pattern.MONTH_WEEKDAY.value)
    assert step.form.fields["ordinals"].error == "请选择是当月第几个。"
    step.form.ordinals.take(2)
    step.form.weekdays.take(1)
    qtbot.waitUntil(lambda: step.model.rowCount() == 12)
    assert not step.form.fields["ordinals"].error


@pytest.mark.usefixtures("tenths")
def test_a_rota_is_proposed_changed_saved_and_taken_back(
    station: wiring.OpenStation, people: People, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    step = rota_of(window, page, qtbot)
    step.asking.first.setText("2027-01-01")
    step.asking.last.setText("2027-12-31")
    step.asking.each.setText("1")
    qtbot.keyClick(window, Key.Key_F5)
    qtbot.waitUntil(lambda: sum(map(len, step.seats.values())) == 12)
    assert step.spread.text() == "每人 4 次"
    assert not step.said.isVisible()
    qtbot.waitUntil(lambda: sum(bool(one.names) for one in step.days.rows) == 12)
    step.table.setCurrentIndex(step.days.index(0, 0))
    qtbot.keyClick(step.table, Key.Key_Return)
    qtbot.waitUntil(lambda: len(step.who.taken) == 1)
    [who] = step.who.taken
    other = next(one for one in people if one.id != who)
    step.who.take(other.id)
    qtbot.waitUntil(lambda: len(step.days.rows[0].names) == 2)
    assert step.said.accessibleName() == "01-11：值班代表都是第一次接待。"
    qtbot.keyClick(window, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.toast.text == "排班已保存：12 个接待日。")
    assert len(kept_days(station)[0].deputies) == 2
    qtbot.waitUntil(lambda: not step.save.isEnabled())
    prints_of_the_rota(step, page, qtbot)
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: not any(one.deputies for one in kept_days(station)))
    qtbot.keyClick(window, Key.Key_Escape)
    qtbot.waitUntil(lambda: page.steps.at_start)


def prints_of_the_rota(step: RotaStep, page: DaysPage, qtbot: QtBot) -> None:
    step.loads.setCurrentIndex(step.people.index(0, 0))
    one = step.loads.current
    assert one is not None
    step.print.refill()
    assert step.print.offered == [
        "值班表（这段时间）", "值班通知单：每位代表一张", f"值班通知单：{one.name}",
        "接待日公告：每个接待日一张",
    ]  # fmt: skip
    counts = []
    for action in step.print.menu_of_forms.actions()[1:]:
        with qtbot.waitSignal(page.print_requested) as asked:
            action.trigger()
        batch = asked.args[1]
        assert isinstance(batch, Batch)
        counts.append(len(batch.prints))
    assert counts == [3, 1, 12]


@pytest.mark.usefixtures("tenths")
def test_two_deputies_change_places_in_one_act(
    station: wiring.OpenStation, people: People, open_page: Open, qtbot: QtBot
) -> None:
    first, second, *_rest = kept_days(station)
    seats = {first.id: frozenset({people[0].id}), second.id: frozenset({people[1].id})}
    with station.store.write(station.actor) as tx:
        rotas.save_rota(tx, seats)
    window, page = open_page()
    step = rota_of(window, page, qtbot)
    step.asking.first.setText("2027-01-01")
    step.asking.last.setText("2027-02-28")
    step.reload()
    qtbot.waitUntil(lambda: len(step.days.rows) == 2 and bool(step.days.rows[0].names))
    step.table.setCurrentIndex(step.days.index(0, 0))
    qtbot.waitUntil(lambda: step.swap.isVisible() and step.swap.swap.isEnabled())
    assert step.swap.who.currentText() == "于桂芳"
    assert step.swap.other.currentText() == "曾乐（第2小组） · 02-10 周三"
    assert step.swap.effects.text() == "对调后没有新的问题。"
    qtbot.keyClick(window, Key.Key_X, Qt.KeyboardModifier.AltModifier)
    assert window.toast.text == "已对调：于桂芳（01-11）与曾乐（第2小组）（02-10），尚未保存。"
    assert step.who.taken == (people[1].id,)
    assert step.seats == {first.id: seats[second.id], second.id: seats[first.id]}
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert step.seats == seats


@pytest.mark.usefixtures("tenths")
def test_who_is_due_is_found_by_the_letters_of_the_name(
    people: People, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    step = rota_of(window, page, qtbot)
    step.asking.first.setText("2027-01-01")
    step.asking.last.setText("2027-02-28")
    step.reload()
    qtbot.waitUntil(lambda: len(step.days.rows) == 2)
    step.table.setCurrentIndex(step.days.index(1, 0))
    qtbot.waitUntil(step.who.isVisible)
    step.who.setFocus()
    qtbot.waitUntil(step.who.input.hasFocus)
    type_text(qtbot, "ygf")
    press(qtbot, Key.Key_Return)
    assert step.who.taken == (people[0].id,)


@pytest.mark.usefixtures("tenths", "people")
def test_a_rota_that_cannot_be_had_is_explained(open_page: Open, qtbot: QtBot) -> None:
    window, page = open_page()
    step = rota_of(window, page, qtbot)
    step.asking.first.setText("2027-01-01")
    step.asking.last.setText("2027-12-31")
    step.asking.least.setText("20")
    step.propose()
    qtbot.waitUntil(step.said.isVisible)
    assert "共需 60 人次" in step.said.accessibleName()
    step.asking.least.setText("zwei")
    step.propose()
    assert step.asking.fields["least"].error == "请填写数字。"


@pytest.mark.usefixtures("tenths")
def test_an_absence_keeps_a_deputy_from_the_rota(
    people: People, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    step = rota_of(window, page, qtbot)
    step.asking.first.setText("2027-01-01")
    step.asking.last.setText("2027-06-30")
    step.asking.each.setText("2")
    step.sides.choose("absences")
    away = step.absences
    qtbot.waitUntil(lambda: away.deputy.count() == 3)
    away.deputy.take(str(people[0].id))
    away.first.setText("2027-01-01")
    away.last.setText("2027-06-30")
    away.add.click()
    qtbot.waitUntil(lambda: window.toast.text == "已登记：于桂芳。")
    qtbot.waitUntil(lambda: step._question is not None and any(
        one.away for one in step._question.deputies))  # fmt: skip
    step.propose()
    qtbot.waitUntil(lambda: sum(map(len, step.seats.values())) == 12)
    assert all(people[0].id not in who for who in step.seats.values())
    assert "不足" not in step.said.accessibleName() or "于桂芳" in step.said.accessibleName()
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: step._question is not None and not any(
        one.away for one in step._question.deputies))  # fmt: skip


def test_a_viewer_has_no_way_to_plan(open_page: Open) -> None:
    _window, page = open_page(Role.VIEWER)
    assert not any(button.isVisible() for button in (*page.planning, page.plan))
