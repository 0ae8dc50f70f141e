"""The pages of the main window, in the order of the rail; each is imported when first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.vocabulary import IssueEventKind
from station_app.i18n import Language, tr
from station_app.ui.page import Page, PageSpec

if TYPE_CHECKING:
    from pathlib import Path

    from station_app.ui.jobs import Jobs
    from station_app.ui.preferences import Preferences
    from station_app.ui.sync.exchange import Exchange
    from station_app.wiring import OpenStation


@dataclass(frozen=True, slots=True)
class Context:
    """What pages are made from; the callables are for the settings page."""

    station: OpenStation
    jobs: Jobs
    use_preferences: Callable[[Preferences], object]
    use_language: Callable[[Language], object]
    restore: Callable[[Path], object]
    backed_up: Callable[[], object]
    exchange: Exchange


#: ``open_requested("issue/replied", id)`` opens an issue at one of its acts.
OPENS = frozenset({"issue", *(f"issue/{one.value}" for one in IssueEventKind)})


def page_specs(context: Context) -> list[PageSpec]:
    """The entries of the rail."""
    jobs, actor = context.jobs, context.station.actor

    def today() -> Page:
        from station_app.ui.today.page import TodayPage

        return TodayPage(jobs, actor)

    def desk() -> Page:
        from station_app.ui.desk.page import DeskPage

        return DeskPage(jobs, actor)

    def issues() -> Page:
        from station_app.ui.issues.page import IssuesPage

        return IssuesPage(jobs, actor)

    def suggestions() -> Page:
        from station_app.ui.suggestions.page import SuggestionsPage

        return SuggestionsPage(jobs, actor)

    def residents() -> Page:
        from station_app.ui.residents.page import ResidentsPage

        return ResidentsPage(jobs, actor)

    def deputies() -> Page:
        from station_app.ui.deputies.page import DeputiesPage

        return DeputiesPage(jobs, actor)

    def days() -> Page:
        from station_app.ui.days.page import DaysPage

        return DaysPage(jobs, actor)

    def reports() -> Page:
        from station_app.ui.figures.page import FiguresPage

        return FiguresPage(jobs, actor)

    def activities() -> Page:
        from station_app.ui.activities.page import ActivitiesPage

        return ActivitiesPage(jobs, actor)

    def settings() -> Page:
        from station_app.ui.settings.page import SettingsPage

        return SettingsPage(context)

    def sync() -> Page:
        from station_app.ui.sync.page import SyncPage

        return SyncPage(context)

    return [
        PageSpec("today", tr("page|Today"), "layout-dashboard", today, "Alt+0",
                 frozenset({"today"})),
        PageSpec("desk", tr("page|Desk"), "armchair", desk, "Alt+1", first=True),
        PageSpec("issues", tr("Issues"), "message-report", issues, "Alt+2", OPENS),
        PageSpec("suggestions", tr("page|Suggestions"), "file-text", suggestions, "Alt+7",
                 frozenset({"deputy_suggestion", "meeting", "raise", "meet", "meet_on"})),
        PageSpec("residents", tr("Residents"), "users", residents, "Alt+3",
                 frozenset({"resident", "visit"})),
        PageSpec("deputies", tr("Deputies"), "id-badge-2", deputies, "Alt+4",
                 frozenset({"deputy"})),
        PageSpec("days", tr("page|Days"), "calendar", days, "Alt+5", frozenset({"day"})),
        PageSpec("activities", tr("page|Activities"), "users-group", activities, "F7",
                 frozenset({"activity", "assistance"})),
        PageSpec("figures", tr("page|Reports"), "chart-bar", reports, "Alt+6",
                 frozenset({"report_snapshot", "campaign"})),
        PageSpec("sync", tr("Exchange"), "refresh", sync, "Alt+8", foot=True),
        PageSpec("settings", tr("Settings"), "settings", settings, "Alt+9", foot=True),
    ]  # fmt: skip
