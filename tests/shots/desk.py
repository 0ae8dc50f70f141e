"""Poses of the reception desk."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from station_app.i18n import tr
from station_app.services import attendance
from station_app.store import Tx
from tests.shots.stage import Pose, Stage, today

LAMPS = "小区东门到幼儿园这一段的路灯坏了五盏，晚上接孩子看不见路，希望尽快修好。"
LIFT = "3号楼2单元的电梯又停了两天，楼上有两位老人下不了楼。"
#: Somebody of the demo station who came before and whose issue is still open.
KNOWN = "zsf"


def new_visit(stage: Stage) -> None:
    """A visitor who was never here, one issue, nearly done."""
    stage.type("林婉秋")
    stage.keys("Return")
    stage.type("13800009911")
    stage.keys("Return", "Return")
    stage.type("红旗路52号楼1单元301")
    stage.keys("Return")
    stage.type("红旗社区")
    stage.keys("Return")
    stage.type(LAMPS)


def suggestions(stage: Stage) -> None:
    """Two initials, and the list beneath them."""
    stage.type("wj")


def same_issue(stage: Stage) -> None:
    """Somebody recognised, whose earlier issue is offered."""
    stage.type(KNOWN)
    stage.keys("Return")
    stage.type("21号楼旁边的工地夜里十一点还在打桩，老人睡不着。")


def joined(stage: Stage) -> None:
    """The same, joined."""
    same_issue(stage)
    stage.keys("Alt+J")


def two_issues(stage: Stage) -> None:
    """Two issues in one visit, the second answered at once."""
    new_visit(stage)
    stage.keys("Ctrl+I")
    stage.type(LIFT)
    stage.keys("Alt+D")
    stage.type("已当场联系物业，今天下午派人抢修，修好后回电。")


def errors(stage: Stage) -> None:
    """Saved too early."""
    stage.type("林婉秋")
    stage.keys("Return")
    stage.type("138000")
    stage.keys("Ctrl+Return")


def declined(stage: Stage) -> None:
    """A matter that is not for the station."""
    new_visit(stage)
    stage.keys("Alt+N")
    stage.page("desk").entry.form.issues.shown.outcome.reason.setCurrentIndex(1)


def party(stage: Stage) -> None:
    """Several people with one matter."""
    new_visit(stage)
    desk = stage.page("desk")
    desk.entry.form.visitor.party.setValue(4)


def saved(stage: Stage) -> None:
    """Just saved: the form is empty again, the message offers to take it back."""
    new_visit(stage)
    stage.keys("Ctrl+Return")


def visit_opened(stage: Stage) -> None:
    """An arrival chosen at the left."""
    desk = stage.page("desk")
    desk.arrivals.opened.emit(desk.desk.visits[2].id)


def voiding(stage: Stage) -> None:
    """About to void a visit."""
    visit_opened(stage)
    stage.settle()
    stage.press(tr("Void this visit"))


def check_in(stage: Stage) -> None:
    """Typing a deputy's initials."""
    stage.keys("F2")
    stage.type("l")


def guest(stage: Stage) -> None:
    """Somebody who is no deputy."""
    stage.keys("Ctrl+G")


def closing(stage: Stage) -> None:
    """Before the reception ends."""
    stage.keys("F10")


def ended(stage: Stage) -> None:
    """The reception has ended."""
    stage.now += timedelta(minutes=50)
    stage.keys("F10", "Ctrl+Return")
    stage.page("desk")


def locking(stage: Stage, *, sure: bool = False) -> None:
    """Before the day is locked, and after it."""
    ended(stage)
    stage.press(tr("Lock the day"))
    if sure:
        stage.press(tr("Lock it"))


def half_typed_again(stage: Stage) -> None:
    """What was half-typed is back after the program began anew."""
    new_visit(stage)
    stage.page("desk").entry.kept.keep()
    stage.settle()
    stage.begin_again()


def everybody_here(stage: Stage) -> None:
    """All deputies due have come."""

    def act(tx: Tx) -> None:
        day = today(tx)
        for one in day.deputies:
            if one.attendance_id is None:
                attendance.check_in(tx, day.id, one.deputy_id)

    stage.write(act)


def unclosed(stage: Stage) -> None:
    """Yesterday's reception was never ended."""
    stage.now += timedelta(hours=22)
    stage.begin_again()


POSES = [
    Pose("desk", "demo", suggestions),
    Pose("desk-empty-form", "demo", lambda stage: None),
    Pose("desk-new-visit", "demo", new_visit),
    Pose("desk-same-issue", "demo", same_issue),
    Pose("desk-joined", "demo", joined),
    Pose("desk-two-issues", "demo", two_issues),
    Pose("desk-declined", "demo", declined),
    Pose("desk-party", "demo", party),
    Pose("desk-errors", "demo", errors),
    Pose("desk-saved", "demo", saved),
    Pose("desk-half-typed", "demo", half_typed_again),
    Pose("desk-visit", "demo", visit_opened),
    Pose("desk-void", "demo", voiding),
    Pose("desk-check-in", "demo", check_in),
    Pose("desk-guest", "demo", guest),
    Pose("desk-everybody-here", "demo", everybody_here),
    Pose("desk-closing", "demo", closing),
    Pose("desk-ended", "demo", ended),
    Pose("desk-locking", "demo", locking),
    Pose("desk-locked", "demo", partial(locking, sure=True)),
    Pose("desk-unclosed", "demo", unclosed),
    Pose("desk-no-day", "day after", lambda stage: None),
    Pose("desk-between", "day after", lambda stage: stage.keys("F4")),
    Pose("desk-planned", "planned", lambda stage: None),
    Pose("desk-of-viewer", "viewer", lambda stage: None),
    Pose("desk-visit-of-viewer", "viewer", visit_opened),
    Pose("desk-empty", "empty", lambda stage: None),
    Pose("desk-empty-between", "empty", lambda stage: stage.keys("F4")),
]
