"""Poses of the reports: figures, charts, rows behind a figure, campaigns, frozen reports."""

from __future__ import annotations

from station_app.domain.figures import Figure
from station_app.domain.periods import PeriodKind
from tests.shots.stage import Pose, Stage


def year(stage: Stage) -> None:
    page = stage.page("figures")
    page.picker.kinds.choose(PeriodKind.YEAR)
    stage.settle()


def charts(stage: Stage) -> None:
    year(stage)
    page = stage.page("figures")
    bar = page._scroll.verticalScrollBar()
    bar.setValue(page.overview._charts[0].y() - 8)


def lower(stage: Stage) -> None:
    year(stage)
    bar = stage.page("figures")._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())


def rows(stage: Stage) -> None:
    year(stage)
    stage.page("figures").overview.cards[Figure.SATISFACTION].setFocus()
    stage.keys("Return")


def campaign(stage: Stage) -> None:
    stage.page("figures").picker.kinds.choose(PeriodKind.CAMPAIGN)


def frozen(stage: Stage) -> None:
    year(stage)
    stage.keys("Ctrl+S", "Ctrl+O", "Down", "Return")


def kept(stage: Stage) -> None:
    stage.page("figures")
    stage.keys("Ctrl+O")


POSES = [
    Pose("figures", "demo", year),
    Pose("figures-charts", "demo", charts),
    Pose("figures-lower", "demo", lower),
    Pose("figures-rows", "demo", rows),
    Pose("figures-campaign", "demo", campaign),
    Pose("figures-frozen", "demo", frozen),
    Pose("figures-kept-none", "demo", kept),
    Pose("figures-empty", "empty", lambda stage: stage.page("figures")),
]
