"""What is due, overdue first; each line opens its issue where something is to be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from db.vocabulary import Clock as Due
from db.vocabulary import Degree, IssueEventKind, Role, Stage
from station_app.domain.issues import IssueDraft
from station_app.domain.moments import local
from station_app.domain.suggestions import SuggestionDraft
from station_app.services import dictionaries, issue_care, issues, suggestions
from station_app.ui.main_window import MainWindow
from station_app.ui.today.rows import DueRow, Kind
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import Room, press
from tests.ui.today.conftest import Desk

_E = IssueEventKind
Show = Callable[..., Desk]
Key = Qt.Key


def texts(window: MainWindow) -> str:
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def lives(room: Room, clock: Clock) -> dict[str, UUID]:
    """One issue of each kind, all due by the last day."""
    today = local(clock()).date()
    made = {}
    for name in ("决定", "催办", "承诺", "回访", "回头看", "评价"):
        made[name] = room.issue(f"居民{name}", IssueDraft(f"要{name}的事", place="桃源街"))
    for name in ("催办", "承诺", "回访", "回头看"):
        room.assign(made[name])
    promised = today + timedelta(days=20)
    room.do(issues.reply_issue, made["承诺"], text="已答复", promise="修好", promise_on=promised)
    for name, degree in (("回访", Degree.SOLVED), ("回头看", Degree.PLANNED)):
        room.do(issues.reply_issue, made[name], text="已完工")
        room.do(issues.settle_issue, made[name], degree=degree, evidence="照片")
    room.do(issues.answer_issue, made["评价"], text="已说明", deputy_id=None)
    clock.move(days=120)
    return made


def test_an_empty_day_says_so(show: Show) -> None:
    desk = show()
    assert "没有到期的事项" in texts(desk.window)
    assert not desk.page.open.isVisible()
    desk.wait(lambda: "已超期 0 项" in texts(desk.window))


def test_each_kind_is_listed_and_opens_at_its_act(room: Room, show: Show, clock: Clock) -> None:
    made = lives(room, clock)
    desk = show()
    rows = {(one.issue.id, one.kind): one for one in desk.page.table.rows}
    wanted = {
        (made["决定"], Kind.DEADLINE): None,
        (made["催办"], Kind.URGE): _E.URGED,
        (made["承诺"], Kind.PROMISE): _E.KEPT,
        (made["回访"], Kind.REVISIT): _E.REVISITED,
        (made["回头看"], Kind.LOOK_BACK): _E.LOOKED_BACK,
        (made["评价"], Kind.RATE): _E.EVALUATED,
    }
    assert wanted.keys() <= rows.keys()
    dated = [one.days for one in desk.page.table.rows if one.days is not None]
    assert dated == sorted(dated)
    assert dated[0] < 0
    for key, act in wanted.items():
        desk.window.open_page("today")
        leads(desk, rows[key], act)


def leads(desk: Desk, row: DueRow, act: IssueEventKind | None) -> None:
    """Enter on a row opens its issue at ``act``, or with the keyboard on its acts."""
    desk.choose(row)
    desk.page.list.setFocus()
    press(Key.Key_Return)
    shown = desk.issues.detail
    desk.wait(lambda: shown.view is not None and shown.view.record.id == row.issue.id)
    if act is None:
        desk.wait(lambda: next(iter(shown.turn.buttons.values())).hasFocus())
    else:
        desk.wait(lambda: shown.panel.doing is act)


def test_chips_narrow_and_the_badge_counts_what_is_due(
    room: Room, show: Show, clock: Clock
) -> None:
    lives(room, clock)
    desk = show()
    desk.wait(lambda: desk.page.chips.buttons[0].text() != "全部")
    due = sum(one.days is not None and one.days <= 0 for one in desk.page.table.rows)
    entry = desk.window.rail.entries["today"]
    desk.wait(lambda: entry.accessibleName() == f"今日事项，{due} 项待办")
    chip = next(one for one in desk.page.chips.buttons if one.text() == "承诺 1")
    chip.click()
    desk.wait(lambda: len(desk.page.table.rows) == 1)
    assert desk.lines() == ["超期 100 天 | 答复承诺 | 要承诺的事 | 承诺兑现"]


def test_what_was_done_goes_away_by_itself(room: Room, show: Show, clock: Clock) -> None:
    ident = room.issue("李建国", IssueDraft("路灯不亮"))
    room.assign(ident)
    due = local(clock()).date() + timedelta(days=3)
    room.do(issue_care.commit_on_issue, ident, text="换灯", due_on=due)
    clock.move(days=3)
    desk = show()
    assert [one.split(" | ")[0] for one in desk.lines()] == ["今天"]
    desk.page.open.click()
    panel = desk.issues.detail.panel
    desk.wait(lambda: panel.doing is _E.KEPT)
    panel.fill({"kept": "kept", "evidence": "灯亮了"})
    press(Key.Key_Return, control=True)
    desk.wait(lambda: room.read(ident).case.promises[0].kept is True)
    desk.window.open_page("today")
    desk.wait(lambda: desk.page.table.rows == [])
    entry = desk.window.rail.entries["today"]
    desk.wait(lambda: entry.accessibleName() == "今日事项")


def test_a_new_day_brings_what_is_due_then(room: Room, show: Show, clock: Clock) -> None:
    room.issue("李建国", IssueDraft("路灯不亮"))
    desk = show()
    assert desk.lines()[0].startswith("周五")
    clock.move(days=30)
    with desk.qtbot.waitSignal(desk.window.day_began):
        desk.window._day = local(clock()).date() - timedelta(days=30)
        desk.window._tick()
    desk.wait(lambda: desk.lines()[0].startswith("超期"))


def test_what_the_suggestion_owes_leads_to_it(room: Room, show: Show, clock: Clock) -> None:
    deputy, ident = room.deputy("于桂芳"), room.issue("李建国", IssueDraft("路灯不亮"))
    draft = SuggestionDraft("加装路灯", "建议加装。", (ident,), (deputy,))
    room.do(suggestions.raise_suggestion, draft)
    made = room.read(ident).case.suggestion_id
    with room.station.store.read(room.station.actor) as tx:
        unit = dictionaries.list_units(tx)[0].id
    for stage in (Stage.REVIEWED, Stage.CLASSIFIED, Stage.ASSIGNED):
        room.do(suggestions.advance_suggestion, made, stage=stage, unit_id=unit)
    clock.move(days=100)
    desk = show()
    opened: list[tuple[str, object]] = []
    desk.page.open_requested.connect(lambda kind, one: opened.append((kind, one)))
    assert [one.clock for one in desk.page.table.rows] == [Due.SUGGESTION]
    desk.page.open.click()
    assert opened == [("deputy_suggestion", made)]


def test_a_viewer_is_led_to_the_issue_without_a_form(room: Room, show: Show, clock: Clock) -> None:
    made = lives(room, clock)
    desk = show(Role.VIEWER)
    row = next(one for one in desk.page.table.rows if one.kind is Kind.PROMISE)
    desk.choose(row)
    desk.page.open.click()
    shown = desk.issues.detail
    desk.wait(lambda: shown.view is not None and shown.view.record.id == made["承诺"])
    assert not shown.panel.isVisible()
