"""Poses of the lists with their details: residents, deputies, reception days."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.shots.stage import Pose, Stage

SAMPLE = Path(__file__).parents[1] / "exchange" / "samples" / "deputies.xlsx"


def no_match(stage: Stage, noun: str) -> None:
    """A filter that fits nothing."""
    stage.page(noun)
    stage.keys("Ctrl+F")
    stage.type("qqqq")


def some_match(stage: Stage, noun: str, typed: str) -> None:
    """A filter that fits some."""
    stage.page(noun)
    stage.keys("Ctrl+F")
    stage.type(typed)


def pressed(stage: Stage, noun: str, *keys: str) -> None:
    """A page after some keys."""
    stage.page(noun)
    stage.keys(*keys)


def resident_editing(stage: Stage) -> None:
    """A resident being edited."""
    page = stage.page("residents")
    page.detail.edit.click()


def deputy_errors(stage: Stage) -> None:
    """A new deputy without a name."""
    pressed(stage, "deputies", "Ctrl+N", "Ctrl+Return")


def retired(stage: Stage) -> None:
    """A deputy who left, shown under the filter of those."""
    page = stage.page("deputies")
    page.pane.detail.retire.click()
    stage.settle()


def roster(stage: Stage, *, imported: bool = False) -> None:
    """The sample roster as it was understood, or after the import."""
    page = stage.page("deputies")
    page.open_import(str(SAMPLE))
    stage.settle()
    if imported:
        stage.keys("Ctrl+Return")
        stage.settle()


def planning(stage: Stage) -> None:
    """The plan of the next day, filled from the last one."""
    pressed(stage, "days", "Ctrl+N")
    stage.keys("Ctrl+D")
    stage.type("物业服务与停车")


def plan_errors(stage: Stage) -> None:
    """A plan with hours that cannot be."""
    page = stage.page("days")
    stage.keys("Ctrl+N")
    page.pane.form.starts.setText("11:30")
    page.pane.form.ends.setText("9:00")
    page.pane.form.held_on.setText("二月三十")
    stage.keys("Ctrl+Return")


def day_at(stage: Stage, place: int) -> None:
    """One day of the list."""
    page = stage.page("days")
    page.table.setCurrentIndex(page.model.index(place, 0))


def _each(noun: str, *poses: tuple[str, str, Callable[[Stage], object]]) -> list[Pose]:
    return [Pose(f"{noun}-{name}" if name else noun, scene, act) for name, scene, act in poses]


POSES = [
    *_each(
        "residents",
        ("", "demo", lambda stage: stage.page("residents")),
        ("found", "demo", partial(some_match, noun="residents", typed="wj")),
        ("no-match", "demo", partial(no_match, noun="residents")),
        ("new", "demo", lambda stage: pressed(stage, "residents", "Ctrl+N")),
        ("edit", "demo", resident_editing),
        ("of-viewer", "viewer", lambda stage: stage.page("residents")),
        ("none", "empty", lambda stage: stage.page("residents")),
    ),
    *_each(
        "deputies",
        ("", "demo", lambda stage: stage.page("deputies")),
        ("found", "demo", partial(some_match, noun="deputies", typed="l")),
        ("no-match", "demo", partial(no_match, noun="deputies")),
        ("new", "demo", deputy_errors),
        ("edit", "demo", lambda stage: pressed(stage, "deputies", "E")),
        ("retire", "demo", retired),
        ("of-viewer", "viewer", lambda stage: stage.page("deputies")),
        ("none", "empty", lambda stage: stage.page("deputies")),
        ("roster-begin", "empty", lambda stage: pressed(stage, "deputies", "Ctrl+I")),
        ("roster", "empty", roster),
        ("roster-result", "empty", partial(roster, imported=True)),
    ),
    *_each(
        "days",
        ("", "demo", lambda stage: stage.page("days")),
        ("planned", "demo", partial(day_at, place=0)),
        ("locked", "demo", partial(day_at, place=4)),
        ("plan", "demo", planning),
        ("plan-errors", "demo", plan_errors),
        ("no-match", "demo", partial(no_match, noun="days")),
        ("of-viewer", "viewer", lambda stage: stage.page("days")),
        ("none", "empty", lambda stage: stage.page("days")),
    ),
]
