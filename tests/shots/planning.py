"""Poses of a year's planning: calendar, rules, rota; activities and help given."""

from __future__ import annotations

from functools import partial

from station_app.ui.days.calendar_model import Span
from tests.shots.stage import Pose, Stage


def calendar(stage: Stage, span: Span) -> None:
    """The calendar at one of its spans."""
    page = stage.page("days")
    stage.keys("Ctrl+T")
    page.calendar.spans.choose(span)
    stage.settle()


def rules(stage: Stage, *, new: bool = False) -> None:
    """The rules of recurring days, or a new one being written."""
    stage.page("days")
    stage.keys("Ctrl+Y")
    stage.settle()
    if new:
        stage.keys("Ctrl+N")
        stage.settle()


def rota(stage: Stage, *, absences: bool = False, chosen: bool = False) -> None:
    """The rota as it was proposed, what stands beside it, or one of its days."""
    page = stage.page("days")
    stage.keys("Ctrl+R")
    stage.settle()
    step = page.steps.currentWidget()
    step.asking.last.setText("2027-01-31")
    stage.keys("F5")
    stage.settle()
    if absences:
        step.sides.choose("absences")
        stage.settle()
    if chosen:
        step.table.setCurrentIndex(step.days.index(0, 0))
        stage.settle()


def campaign(stage: Stage) -> None:
    """The month of a campaign."""
    calendar(stage, Span.MONTH)
    stage.page("days").calendar.turn(-1)
    stage.settle()


def helped(stage: Stage) -> None:
    """Help that was given."""
    page = stage.page("activities")
    page.which.choose("help")
    stage.settle()


def new_activity(stage: Stage) -> None:
    """An activity without a name."""
    page = stage.page("activities")
    page.begin()
    stage.settle()
    page.pane.form.save.click()


POSES = [
    *(Pose(f"days-calendar-{span.value}", "demo", partial(calendar, span=span)) for span in Span),
    Pose("days-calendar-none", "empty", partial(calendar, span=Span.MONTH)),
    Pose("days-rules", "demo", rules),
    Pose("days-rules-new", "demo", partial(rules, new=True)),
    Pose("days-rules-none", "empty", rules),
    Pose("days-rota", "demo", rota),
    Pose("days-rota-absences", "demo", partial(rota, absences=True)),
    Pose("days-rota-chosen", "demo", partial(rota, chosen=True)),
    Pose("days-calendar-campaign", "demo", campaign),
    Pose("days-rota-none", "empty", rota),
    Pose("activities", "demo", lambda stage: stage.page("activities")),
    Pose("activities-new", "demo", new_activity),
    Pose("activities-none", "empty", lambda stage: stage.page("activities")),
    Pose("activities-help", "demo", helped),
    Pose("activities-help-none", "empty", helped),
]
