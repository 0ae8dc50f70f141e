"""Both values of a field side by side: chosen by keys, edited, taken back, read on a deletion."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from db.vocabulary import Gender
from station_app.domain.sync import ConflictRecord
from station_app.services.sync_state import list_conflicts
from station_app.ui.sync.conflicts import ConflictsCard
from tests.ui.sync.conftest import House, Pc, Screen, rows

HERE, THERE = "13800000002", "13800000001"


@pytest.fixture
def apart(joined: Screen, other: Callable[[], Pc]) -> tuple[Screen, Pc, UUID]:
    """Two PCs that know one resident; the window's PC does not exchange by itself for now."""
    resident_id = joined.add()
    joined.exchanged()
    return joined, other(), resident_id


def meet(screen: Screen, second: Pc, resident_id: UUID, here: str = HERE) -> ConflictsCard:
    """Both write the phone, the second hands in first; the window shows the conflict."""
    second.edit(resident_id, phone=THERE)
    second.sync()
    screen.edit(resident_id, phone=here)
    screen.exchanged()
    card = screen.page.conflicts
    screen.until(lambda: card.view is not None and card.present.button.isVisible())
    return card


def open_ones(pc: Pc) -> tuple[ConflictRecord, ...]:
    return pc.ask(list_conflicts)


def test_both_values_are_shown_with_who_and_when(apart: tuple[Screen, Pc, UUID]) -> None:
    screen, second, resident_id = apart
    card = meet(screen, second, resident_id)
    assert card.present.value.text() == THERE
    assert card.wanted.value.text() == HERE
    assert card.present.who.text().startswith("李桂香，20")
    assert card.wanted.who.text().startswith("王秀英，20")
    assert "来访群众“于桂芳”：电话" in screen.said(card)
    screen.until(lambda: screen.strip == "全部已上交，1 处待选定")
    assert "1" in screen.window.rail.entries["sync"].accessibleName()


def test_the_other_value_is_taken_by_keys_and_reaches_everybody(
    apart: tuple[Screen, Pc, UUID], house: House
) -> None:
    screen, second, resident_id = apart
    meet(screen, second, resident_id)
    screen.keys("Ctrl+2")
    screen.until(lambda: screen.window.toast.text == "已选定。")
    screen.until(lambda: screen.strip == "全部已上交")
    assert screen.phone(resident_id) == HERE
    screen.until(lambda: not screen.page.conflicts.isVisible())
    second.sync()
    assert second.phone(resident_id) == HERE
    assert open_ones(second) == ()


def test_what_holds_now_is_kept_and_can_be_taken_back(apart: tuple[Screen, Pc, UUID]) -> None:
    screen, second, resident_id = apart
    card = meet(screen, second, resident_id)
    screen.keys("Ctrl+1")
    screen.until(lambda: screen.window.toast.text == "已选定。")
    screen.until(lambda: not card.isVisible())
    screen.keys("Ctrl+Z")
    screen.until(lambda: len(open_ones(screen)) == 1)
    screen.until(card.present.button.isVisible)
    assert screen.phone(resident_id) == THERE


def test_a_choice_of_the_other_value_taken_back(apart: tuple[Screen, Pc, UUID]) -> None:
    screen, second, resident_id = apart
    card = meet(screen, second, resident_id)
    screen.keys("Ctrl+2")
    screen.until(lambda: not card.isVisible())
    screen.until(lambda: screen.window.toast.text == "已选定。")
    screen.keys("Ctrl+Z")
    screen.until(lambda: screen.phone(resident_id) == THERE)
    screen.until(card.present.button.isVisible)
    screen.until(lambda: screen.strip == "全部已上交，1 处待选定")
    second.sync()
    assert second.phone(resident_id) == THERE


def test_a_third_value_is_typed(apart: tuple[Screen, Pc, UUID]) -> None:
    screen, second, resident_id = apart
    card = meet(screen, second, resident_id)
    screen.keys("Ctrl+3")
    line = card.third.line
    assert line.hasFocus()
    assert line.text() == THERE
    line.setText("abc")
    screen.keys("Return")
    assert card.third.field.error == "这不像电话号码，请核对。"
    line.setText("138 0000 0003")
    screen.keys("Ctrl+Return")
    screen.until(lambda: screen.window.toast.text == "已选定。")
    assert screen.phone(resident_id) == "13800000003"


def test_esc_leaves_the_third_value(apart: tuple[Screen, Pc, UUID]) -> None:
    screen, second, resident_id = apart
    card = meet(screen, second, resident_id)
    screen.keys("Ctrl+3", "Escape")
    assert not card.third.isVisible()
    assert card.other.isVisible()
    assert len(open_ones(screen)) == 1


def test_what_arrives_meanwhile_does_not_disturb_the_third_value(
    apart: tuple[Screen, Pc, UUID],
) -> None:
    screen, second, resident_id = apart
    card = meet(screen, second, resident_id)
    screen.keys("Ctrl+3")
    card.third.line.setText("1380000")
    second.add("周龚")
    second.sync()
    screen.exchanged()
    assert card.third.line.text() == "1380000"
    assert card.third.isVisible()


def test_a_word_is_chosen_from_the_words_there_are(apart: tuple[Screen, Pc, UUID]) -> None:
    screen, second, resident_id = apart
    second.edit(resident_id, gender=Gender.MALE)
    second.sync()
    screen.edit(resident_id, gender=Gender.FEMALE)
    screen.exchanged()
    card = screen.page.conflicts
    screen.until(lambda: (card.present.value.text(), card.wanted.value.text()) == ("男", "女"))
    screen.until(card.present.button.isVisible)
    screen.keys("Ctrl+3")
    assert [card.third.choice.itemText(at) for at in range(2)] == ["女", "男"]


def test_one_after_the_other(apart: tuple[Screen, Pc, UUID]) -> None:
    screen, second, resident_id = apart
    second.edit(resident_id, phone=THERE, address="桃源街1号")
    second.sync()
    screen.edit(resident_id, phone=HERE, address="桃源街2号")
    screen.exchanged()
    card = screen.page.conflicts
    screen.until(lambda: "第 1 处，共 2 处" in screen.said(card))
    first = card.view
    screen.keys("Alt+Right")
    screen.until(lambda: card.view is not first and "第 2 处，共 2 处" in screen.said(card))
    screen.keys("Ctrl+1")
    screen.until(lambda: len(open_ones(screen)) == 1)
    screen.until(lambda: card.view == first)
    assert len(open_ones(screen)) == 1


def test_a_viewer_only_looks(apart: tuple[Screen, Pc, UUID]) -> None:
    screen, second, resident_id = apart
    screen.page.writable = False
    second.edit(resident_id, phone=THERE)
    second.sync()
    screen.edit(resident_id, phone=HERE)
    screen.exchanged()
    card = screen.page.conflicts
    screen.until(lambda: card.view is not None and bool(card.present.value.text()))
    assert not card.present.button.isVisible()
    assert not card.other.isVisible()


def test_a_whole_number_that_was_shown_is_logged(apart: tuple[Screen, Pc, UUID]) -> None:
    screen, second, resident_id = apart
    meet(screen, second, resident_id)
    [(seen,)] = rows(screen, "SELECT count(*) FROM audit WHERE op = 'view' AND kind = 'resident'")
    assert seen == 1
