"""Filters over everything, shown as tokens, kept as views of one's own; all by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from db.vocabulary import Degree, IssueStatus, Rating, Turn, Urgency
from station_app.domain.days import DayDraft
from station_app.domain.issue_views import View
from station_app.domain.issues import IssueDraft
from station_app.domain.lists import Listing
from station_app.services import days, dictionaries, saved_filters
from station_app.ui.issues.filter_inputs import DeputyFilter
from station_app.ui.issues.orders import orders_for
from station_app.ui.issues.views import MOST, Own
from station_app.ui.widgets import IconButton
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import Room, Screen, focused, press

Show = Callable[..., Screen]
Key = Qt.Key


@pytest.fixture
def street(room: Room) -> Room:
    """Three issues of different kinds."""
    room.issue("李建国", IssueDraft("加装电梯", category="zj-dt", place="桃源街12号楼"))
    urgent = IssueDraft("屋顶漏水", category="zj-ws", place="桃源街2号", urgency=Urgency.URGENT)
    room.issue("王芳", urgent)
    room.issue("孙翀", IssueDraft("夜间停车", category="jt-tc", place="学苑小区"))
    return room


def opened(show: Show) -> Screen:
    """The filter panel, its choices read."""
    screen = show()
    combo = combo_of(screen, "unit_id")
    screen.wait(lambda: combo.count() > 1)
    press(Key.Key_F, alt=True)
    assert screen.page.filters.isVisible()
    return screen


def combo_of(screen: Screen, name: str) -> QComboBox:
    found = screen.page.filters.inputs[name].field.input
    assert isinstance(found, QComboBox)
    return found


def take(screen: Screen, name: str, words: str) -> None:
    """Choose by the words that are read."""
    combo = combo_of(screen, name)
    combo.setCurrentIndex(combo.findText(words))


def tokens(screen: Screen) -> list[str]:
    return [one.text() for one in screen.page.tokens.tokens.values()]


def saved(room: Room) -> dict[str, Listing]:
    with room.station.store.read(room.station.actor) as tx:
        return saved_filters.saved_filters(tx)


def test_filters_are_combined_and_taken_away_one_by_one(street: Room, show: Show) -> None:
    screen = opened(show)
    assert focused() is combo_of(screen, "status")
    take(screen, "category", "住建")
    screen.wait(lambda: screen.titles() == ["加装电梯", "屋顶漏水"])
    take(screen, "urgent", "紧急")
    screen.wait(lambda: screen.titles() == ["屋顶漏水"])
    assert tokens(screen) == ["类别：住建 ×", "紧急程度：紧急 ×"]
    screen.wait(lambda: "符合条件 1 条" in screen.window.texts())
    screen.page.tokens.tokens["category"].click()
    assert tokens(screen) == ["紧急程度：紧急 ×"]
    assert combo_of(screen, "category").currentIndex() == 0
    press(Key.Key_C, alt=True)
    screen.wait(lambda: len(screen.titles()) == 3)
    assert not screen.page.tokens.isVisible()
    press(Key.Key_Escape)
    assert screen.page.detail.isVisible()
    assert focused() is screen.page.pane.list


def test_a_place_a_word_and_days_narrow_too(street: Room, show: Show, clock: Clock) -> None:
    clock.move(days=3)
    street.issue("周龚", IssueDraft("桃源街路灯", place="桃源街口"))
    screen = opened(show)
    place = screen.page.filters.inputs["place"].field.input
    place.setFocus()
    assert isinstance(place, QLineEdit)
    place.insert("桃源街")
    place.textEdited.emit(place.text())
    screen.wait(lambda: len(screen.titles()) == 3)
    first = screen.page.filters.inputs["first_on"].field.input
    assert isinstance(first, QLineEdit)
    first.setFocus()
    QTest.keyClicks(focused(), "20261112")
    press(Key.Key_Tab)
    screen.wait(lambda: screen.titles() == ["桃源街路灯"])
    assert tokens(screen)[-1] == "登记日期，从：2026-11-12 ×"
    first.setFocus()
    first.selectAll()
    press(Key.Key_Delete)
    press(Key.Key_Tab)
    screen.wait(lambda: len(screen.titles()) == 3)
    screen.page.pane.search.setText("漏水")
    screen.wait(lambda: screen.titles() == ["屋顶漏水"])
    assert tokens(screen)[-1] == "文字：漏水 ×"


def test_a_deputy_is_found_by_typing(room: Room, show: Show) -> None:
    deputy = room.deputy("于桂芳")
    room.receive("李建国", IssueDraft("她接待的"), deputy_ids=(deputy,))
    room.issue("王芳", IssueDraft("别人接待的"))
    screen = opened(show)
    found = screen.page.filters.inputs["deputy_id"]
    assert isinstance(found, DeputyFilter)
    found.line.setFocus()
    QTest.keyClicks(focused(), "ygf")
    screen.wait(lambda: found._popup is not None and found._popup.isVisible())
    press(Key.Key_Return)
    screen.wait(lambda: screen.titles() == ["她接待的"])
    assert tokens(screen) == ["代表：于桂芳 ×"]
    screen.page.filters.put({"deputy_id": deputy})
    screen.wait(lambda: found.line.text() == "于桂芳")
    QTest.keyClick(found.line, Key.Key_Backspace)
    screen.wait(lambda: len(screen.titles()) == 2)


def test_a_view_of_ones_own_is_saved_opened_renamed_and_deleted(street: Room, show: Show) -> None:
    screen = opened(show)
    take(screen, "category", "住建")
    screen.wait(lambda: len(screen.titles()) == 2)
    press(Key.Key_S, control=True)
    own = screen.page.filters.own
    assert focused() is own.name
    press(Key.Key_Return)
    screen.wait(lambda: bool(own.field.error))
    own.name.setText("住建")
    press(Key.Key_Return)
    screen.wait(lambda: screen.page.views.chosen == Own("住建"))
    assert saved(street)["住建"].filters == {"view": View.TO_DO, "category": "zj"}
    screen.view(View.ALL)
    assert screen.page.filters.filters == {}
    screen.wait(lambda: len(screen.titles()) == 3)
    screen.view(Own("住建"))
    assert set(screen.titles()) == {"加装电梯", "屋顶漏水"}
    assert tokens(screen) == ["类别：住建 ×"]
    button(screen, "给视图“住建”改名").click()
    own.name.setText("住建的事")
    press(Key.Key_Return)
    screen.wait(lambda: screen.page.views.chosen == Own("住建的事"))
    button(screen, "删除视图“住建的事”").click()
    screen.wait(lambda: screen.page.views.chosen is View.TO_DO)
    assert saved(street) == {}
    screen.window.toast.undo.click()
    screen.wait(lambda: Own("住建的事") in screen.page.views._values)


def test_own_views_are_counted_as_the_others_are(street: Room, show: Show) -> None:
    kept = {"住建": {"category": "zj"}, "停车": {"category": "jt"}}
    with street.station.store.write(street.station.actor) as tx:
        for name, filters in kept.items():
            saved_filters.save_filter(tx, name, Listing("registered_at", filters=filters))
    screen = show()
    views = screen.page.views

    def shown() -> list[str]:
        return [one.text() for one in views.buttons[-2:]]

    screen.wait(lambda: shown() == ["住建 2", "停车 1"])
    street.issue("周强", IssueDraft("路灯不亮", category="jt-tc"))
    screen.page.mark_stale()
    screen.wait(lambda: shown() == ["住建 2", "停车 2"])
    with street.station.store.write(street.station.actor) as tx:
        saved_filters.rename_filter(tx, "停车", "出行")
    screen.page.mark_stale()
    screen.wait(lambda: shown() == ["住建 2", "出行 2"])
    views.show_own_count("出行", MOST)
    assert shown() == ["住建 2", "出行 9999+"]
    assert "全部 4" in [one.text() for one in views.buttons]


def button(screen: Screen, name: str) -> IconButton:
    found = screen.page.filters.findChildren(IconButton)
    return next(one for one in found if one.accessibleName() == name)


def test_what_was_saved_long_ago_still_opens(street: Room, show: Show) -> None:
    """A retired unit, an unknown order: the view stays, as far as it can."""
    with street.station.store.write(street.station.actor) as tx:
        unit = dictionaries.list_units(tx)[0].id
        days.save_day(tx, DayDraft(date(2026, 11, 12), time(9), time(11), campaign="进家站"))
        filters = {
            "unit_id": unit, "status": IssueStatus.ASSIGNED, "turn": Turn.UNIT,
            "degree": Degree.PLANNED, "rating": Rating.DISSATISFIED, "campaign": "早没有了",
            "last_on": date(2026, 1, 1), "urgent": True,
        }  # fmt: skip
        saved_filters.save_filter(tx, "旧的", Listing("due_on", filters=filters))
    screen = show()
    screen.wait(lambda: Own("旧的") in screen.page.views._values)
    screen.view(Own("旧的"))
    assert screen.titles() == []
    assert screen.page.filters.filters == filters
    assert "所属活动：（已停用） ×" in tokens(screen)
    press(Key.Key_C, alt=True)
    screen.wait(lambda: len(screen.titles()) == 3)


@pytest.mark.parametrize("view", View)
def test_only_orders_with_an_index_are_offered(view: View) -> None:
    own = [one.sort for one, _name in orders_for(view, ())]
    assert len(own) == len(set(orders_for(view, ())))
    if own[0] != "registered_at":
        assert len(own) == 1, "a view of days is read along its own index"
    narrowed = {one.sort for one, _name in orders_for(view, ("unit_id",))}
    assert len(narrowed) == 1
