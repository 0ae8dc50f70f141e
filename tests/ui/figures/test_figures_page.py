"""The page of reports at work: periods by keyboard, figures opened to their rows, frozen, saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.vocabulary import AskedHow, Degree, Handling, Level, Rater, Rating, Role
from station_app import wiring
from station_app.domain.accounts import Actor
from station_app.domain.days import DayDraft
from station_app.domain.deputies import DeputyDraft
from station_app.domain.figures import CAMPAIGN, Figure, Split
from station_app.domain.issues import IssueDraft
from station_app.domain.periods import PeriodKind, period_around
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services import (
    attendance,
    day_lists,
    days,
    deputies,
    issue_results,
    issues,
    reports,
    visits,
)
from station_app.ui.figures.kept import KeptReports
from station_app.ui.figures.page import FiguresPage
from station_app.ui.figures.writing import save_report
from station_app.ui.jobs import Jobs
from station_app.ui.main_window import MainWindow
from station_app.ui.page import PageSpec
from tests.ui.keyboard import CTRL

Key = Qt.Key
Open = Callable[..., tuple[MainWindow, FiguresPage]]


@pytest.fixture
def lived(station: wiring.OpenStation) -> UUID:
    """One reception of a campaign with two visits; an issue is solved and rated. Its id."""
    with station.store.write(station.actor) as tx:
        one, _other = (
            deputies.save_deputy(tx, DeputyDraft(name, levels=(Level.CITY,))).id
            for name in ("于桂芳", "曾乐")
        )
        draft = DayDraft(date(2026, 11, 10), time(9), time(11), "接待室", campaign="进家站月")
        day = days.open_day(tx, days.save_day(tx, draft).id)
        attendance.check_in(tx, day.id, one)
        answered = IssueDraft("路灯不亮", category="cs", handling=Handling.ANSWERED, answer="已修",
                              deputy_id=one)  # fmt: skip
        made = [
            visits.save_visit(tx, VisitDraft(Party(ResidentDraft(name)), (issue,), day.id))
            for name, issue in (("张三", answered), ("李四", IssueDraft("加装电梯", category="zj")))
        ]
        issue = made[0].issues[0].id
        issue_results.evaluate_issue(
            tx, issue, rater=Rater.RESIDENT, rating=Rating.SATISFIED, how=AskedHow.PHONE
        )
        issues.settle_issue(tx, issue, degree=Degree.SOLVED, evidence="已亮")
        days.close_day(tx, day.id)
    return issue


@pytest.fixture
def open_page(qtbot: QtBot, make_jobs: Callable[[Role], Jobs], station: wiring.OpenStation) -> Open:
    def open_(role: Role = Role.HEAD) -> tuple[MainWindow, FiguresPage]:
        jobs = make_jobs(role)
        actor = Actor(station.actor.id, station.actor.name, role)
        spec = PageSpec("figures", "报表", "chart-bar", lambda: FiguresPage(jobs, actor))
        window = MainWindow(jobs, actor, [spec])
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        page = window.page
        assert isinstance(page, FiguresPage)
        qtbot.waitUntil(lambda: page.report is not None)
        return window, page

    return open_


def shown(page: FiguresPage, figure: Figure) -> str:
    return page.overview.cards[figure].accessibleName()


def test_the_report_of_a_campaign_is_opened_from_its_day(
    lived: UUID, station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    with station.store.read(station.actor) as tx:
        [day] = day_lists.days_between(tx, date(2026, 11, 10), date(2026, 11, 10))
    _window, page = open_page()
    page.show_record("campaign", day.id)
    qtbot.waitUntil(lambda: page.report is not None and page.report.period.campaign == "进家站月")
    assert page.picker is not None
    assert page.picker.kinds.chosen is PeriodKind.CAMPAIGN
    assert set(page.overview.cards) >= set(CAMPAIGN)


def test_a_period_is_chosen_and_each_figure_says_what_it_means(
    lived: UUID, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    assert page.picker is not None
    assert shown(page, Figure.PEOPLE) == "接待群众人次 2 人次"
    assert shown(page, Figure.ATTENDANCE_RATE) == "进站率 50.0%"
    said = page.overview.cards[Figure.SOLVED].accessibleDescription()
    assert "比上月多 1（原为 0）" in said
    assert "本期办结且为“已解决”的问题" in said
    qtbot.keyClick(window, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: shown(page, Figure.PEOPLE) == "接待群众人次 0 人次")
    assert page.picker.said.text() == "2026年10月"
    page.picker.kinds.choose(PeriodKind.CAMPAIGN)
    qtbot.waitUntil(lambda: page.report is not None and page.report.period.campaign != "")
    visible = [one for one, card in page.overview.cards.items() if card.isVisible()]
    assert visible == list(CAMPAIGN)


def test_figures_come_first_and_nothing_is_printed_before_all_is_counted(
    station: wiring.OpenStation, lived: UUID, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    qtbot.keyClick(window, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.printable() is None
    assert not page.save.isEnabled()
    assert not page.freeze.isEnabled()
    qtbot.waitUntil(lambda: page.report is not None)
    assert page.save.isEnabled()
    assert page.freeze.isEnabled()
    overview = page.overview
    with station.store.read(station.actor) as tx:
        november = period_around(PeriodKind.MONTH, date(2026, 11, 10))
        begun, whole = reports.begin_report(tx, november), reports.make_report(tx, november)
    assert begun.figures == whole.figures
    assert whole.breakdowns
    assert not begun.breakdowns
    overview.begin_report(begun)
    assert shown(page, Figure.PEOPLE) == "接待群众人次 2 人次"
    qtbot.waitUntil(overview.counting.isVisible)  # the rest is long in coming
    assert not overview.trend.isVisible()
    overview.show_report(whole)
    assert overview.trend.isVisible()
    assert not overview.counting.isVisible()


def test_a_figure_opens_its_rows_and_a_row_its_record(
    lived: UUID, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    card = page.overview.cards[Figure.SOLVED_RATE]
    card.setFocus()
    qtbot.keyClick(card, Key.Key_Return)
    qtbot.waitUntil(lambda: page.rows.model.total == 2 and len(page.rows.model.rows) == 2)
    assert "解决率 · 2026年11月 · 共 2 条" in page.rows.title.text()
    page.rows.which.buttons[1].click()
    qtbot.waitUntil(lambda: [one.record_id for one in page.rows.model.rows] == [lived])
    page.rows.table.setCurrentIndex(page.rows.model.index(0, 0))
    with qtbot.waitSignal(page.open_requested) as asked:
        qtbot.keyClick(page.rows.table, Key.Key_Return)
    assert asked.args == ["issue", lived]
    qtbot.keyClick(window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.steps.currentWidget() is page._scroll


def test_charts_are_walked_by_keys_and_open_their_part(
    lived: UUID, open_page: Open, qtbot: QtBot
) -> None:
    _window, page = open_page()
    chart = page.overview.parts
    qtbot.waitUntil(lambda: len(chart.marks) == 2)
    chart.setFocus()
    qtbot.keyClick(chart, Key.Key_Down)
    assert chart.accessibleDescription() == chart.marks[0].words
    qtbot.keyClick(chart, Key.Key_Return)
    qtbot.waitUntil(lambda: page.rows.model.total == 1)
    assert page.rows.asked is not None
    assert (page.rows.asked.figure, page.rows.asked.split) == (Figure.ISSUES, Split.CATEGORY)
    page.show_figures()
    page.overview.figure.take(Figure.ATTENDANCES)
    page.overview.split.take(Split.DEPUTY)
    qtbot.waitUntil(lambda: [one.words for one in chart.marks] == ["于桂芳 1"])


def test_a_frozen_report_stays_while_the_figures_go_on(
    station: wiring.OpenStation, lived: UUID, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    qtbot.keyClick(window, Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "2026年11月统计报告”已存档" in window.toast.text)
    with station.store.write(station.actor) as tx:
        issues.reopen_issue(tx, lived, reason="又坏了")
        (kept,) = reports.list_snapshots(tx)
    page.mark_stale()
    qtbot.waitUntil(lambda: shown(page, Figure.SOLVED) == "解决问题 0 个")
    qtbot.keyClick(window, Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: page.findChild(KeptReports) is not None)
    dialog = page.findChild(KeptReports)
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.model.rows) == 1)
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    qtbot.keyClick(dialog.table, Key.Key_Return)
    qtbot.waitUntil(lambda: page.snapshot is not None and page.snapshot.id == kept.id)
    assert shown(page, Figure.SOLVED) == "解决问题 1 个"
    assert not page.freeze.isEnabled()


def test_a_report_is_saved_and_printed(
    lived: UUID, open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window, page = open_page()
    assert page.report is not None
    save_report(page, page.report, None, tmp_path / "报告.docx")
    qtbot.waitUntil(lambda: window.toast.text == "报告已保存为 报告.docx。")
    assert ZipFile(tmp_path / "报告.docx").testzip() is None
    printable = page.printable()
    assert printable is not None
    assert printable[1]().startswith(b"%PDF")


def test_who_may_only_look_freezes_nothing(open_page: Open, qtbot: QtBot) -> None:
    _window, page = open_page(Role.VIEWER)
    assert not page.freeze.isVisible()
    qtbot.waitUntil(lambda: shown(page, Figure.VISITS) == "接待批次 0 批")
    assert page.overview._no_ratings.isVisible()
    qtbot.waitUntil(lambda: page.overview.absent_words.text() == "还没有在册代表。")
