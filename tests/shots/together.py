"""Poses of what is done with many issues: suggestions, like issues, meetings, public, papers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QLinearGradient, QPainter

from db.vocabulary import Stage as At
from station_app.domain.issue_views import View
from station_app.services.issue_likeness import issue_clusters
from station_app.ui.attachments import pictures
from tests.shots.stage import Pose, Stage


def section(stage: Stage, name: str) -> None:
    """One section of the page."""
    page = stage.page("suggestions")
    page.open_section(name)
    stage.settle()


def raised(stage: Stage) -> None:
    """A suggestion drafted out of the first cluster."""
    section(stage, "clusters")
    stage.page("suggestions").clusters.cards[0].draft.click()


def at_stage(stage: Stage, at: At | str) -> None:
    """The suggestions at one stage."""
    section(stage, "suggestions")
    stage.page("suggestions").suggestions.chips.choose(at)


def stepping(stage: Stage) -> None:
    """The next step of a suggestion, saved without what it needs."""
    at_stage(stage, "all")
    page = stage.page("suggestions").suggestions
    rows = page.model.rows
    wanted = next((one for one in rows if one.stage is At.CLASSIFIED), rows[0])
    page.show_id(wanted.id)
    stage.settle()
    page.pane.detail.next.setFocus()
    stage.keys("Alt+A", "Ctrl+Return")


def meeting(stage: Stage) -> None:
    """The record of a meeting about a cluster, half filled in."""
    found = stage.write(issue_clusters)[0]
    page = stage.page("suggestions")
    page.meet_about(found.issue_ids[:3])
    stage.settle()
    block = next(iter(page.meetings.pane.form.blocks.values()))
    page.meetings.pane.form.topic.setText("桃源街加装电梯三方共议")
    block.conclusion.setPlainText("区住建局一个月内公示加装方案，一楼住户采光补偿由街道牵头协商。")


def meeting_errors(stage: Stage) -> None:
    """A meeting saved without what it needs."""
    section(stage, "meetings")
    stage.keys("Ctrl+N", "Ctrl+Return")


def photo(hue: int) -> bytes:
    """A picture such as somebody takes of a staircase."""
    image = QImage(900, 640, QImage.Format.Format_RGB32)
    shade = QLinearGradient(0, 0, 900, 640)
    for at, light in ((0.0, 90), (0.5, 200), (1.0, 140)):
        colour = Qt.GlobalColor.white if light > 150 else Qt.GlobalColor.darkCyan
        shade.setColorAt(at, colour)
    painter = QPainter(image)
    painter.fillRect(image.rect(), shade)
    painter.fillRect(120 + hue, 90, 260, 460, Qt.GlobalColor.darkGray)
    painter.end()
    return pictures.from_clipboard(image)


def papers(stage: Stage, *, whole: bool = False) -> None:
    """An issue with photos, perhaps one of them looked at."""
    page = stage.page("issues")
    page.views.choose(View.TO_DO)
    stage.settle()
    card = page.detail.papers
    card.add([lambda: ("楼道现场.png", photo(0)), lambda: ("电梯井位置示意.png", photo(260))])
    stage.settle()
    if whole:
        card.look_at(card.papers[0].id)


def settings(stage: Stage, name: str, *keys: str) -> None:
    """One section of the settings."""
    page = stage.page("settings")
    page.choice.choose(name)
    page.open_section(name)
    stage.settle()
    stage.keys(*keys)


POSES = [
    Pose("suggestions", "demo", partial(section, name="suggestions")),
    Pose("suggestions-all", "demo", partial(at_stage, at="all")),
    Pose("suggestions-done", "demo", partial(at_stage, at=At.FED_BACK)),
    Pose("suggestions-step", "demo", stepping),
    Pose("suggestions-new", "demo", raised),
    Pose("suggestions-none", "empty", partial(section, name="suggestions")),
    Pose("suggestions-of-viewer", "viewer", partial(section, name="suggestions")),
    Pose("clusters", "demo", partial(section, name="clusters")),
    Pose("clusters-none", "empty", partial(section, name="clusters")),
    Pose("meetings", "demo", partial(section, name="meetings")),
    Pose("meetings-new", "demo", meeting),
    Pose("meetings-errors", "demo", meeting_errors),
    Pose("meetings-none", "empty", partial(section, name="meetings")),
    Pose("publishing", "demo", partial(section, name="publishing")),
    Pose("publishing-none", "empty", partial(section, name="publishing")),
    Pose("papers", "demo", papers),
    Pose("papers-whole", "demo", partial(papers, whole=True)),
    Pose("settings-duty-cards", "demo", partial(settings, name="duty_cards")),
    Pose("settings-dictionaries", "demo", partial(settings, name="dictionaries")),
    Pose("settings-rules", "demo", partial(settings, name="rules")),
    Pose("settings-calendar", "demo", partial(settings, name="calendar")),
    Pose("settings-rules-new", "demo", lambda stage: settings(stage, "rules", "Ctrl+N")),
]
