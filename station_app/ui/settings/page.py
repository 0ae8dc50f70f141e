"""The settings page: one section at a time, chosen on top."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db.vocabulary import Role
from station_app.i18n import tr
from station_app.ui.page import Page
from station_app.ui.settings.about import AboutSection
from station_app.ui.settings.accounts import AccountsSection
from station_app.ui.settings.appearance import AppearanceSection
from station_app.ui.settings.backups import BackupsSection
from station_app.ui.settings.calendar import CalendarSection
from station_app.ui.settings.dictionaries import DictionariesSection
from station_app.ui.settings.duty_cards import DutyCardsSection
from station_app.ui.settings.forms import FormsSection
from station_app.ui.settings.rules import RulesSection
from station_app.ui.settings.station import StationSection
from station_app.ui.theme import fit, px
from station_app.ui.widgets.filter_chips import FilterChips
from station_app.ui.widgets.layout import column, row, scrolling

if TYPE_CHECKING:
    from station_app.ui.pages import Context

#: A section is no wider than this (dp).
WIDEST = 920


class SettingsPage(Page):
    """The sections that concern the signed-in account; the station's facts only for its head."""

    kinds = frozenset(
        {"station", "account", "category", "unit", "dictionary_entry", "rule_set", "calendar_day"}
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.jobs, context.station.actor, parent)
        self.set_title(tr("Settings"))
        head = self.actor.role is Role.HEAD
        made: list[tuple[str, str, QWidget]] = []
        if head:
            made.append(("station", tr("Station"), StationSection(self)))
        made.append(("accounts", tr("Accounts"), AccountsSection(self, context.station)))
        if head:
            made.append(("dictionaries", tr("Dictionaries"), DictionariesSection(self)))
            made.append(("rules", tr("Deadlines"), RulesSection(self)))
            made.append(("calendar", tr("Working days"), CalendarSection(self)))
        if head:
            made.append(("forms", tr("Forms"), FormsSection(self)))
            made.append(("duty_cards", tr("Duty cards"), DutyCardsSection(self)))
        made.append(("appearance", tr("Window"), AppearanceSection(context)))
        made.append(("backups", tr("Backups"), BackupsSection(self, context)))
        made.append(("about", tr("About"), AboutSection(context.station.data)))
        self.sections = {name: section for name, _, section in made}
        # They wrap: at 150 % there is no room for all of them in one line.
        self.choice = FilterChips([(name, text) for name, text, _ in made], name=tr("Section"))
        self._stack = QStackedWidget()
        for _, text, section in made:
            self._stack.addWidget(scrolling(_of_reading_width(section), text))
        self.body.addWidget(self.choice)
        self.body.addWidget(self._stack, 1)
        self.choice.changed.connect(self.open_section)

    def open_section(self, name: object) -> None:
        """Show the section ``name``."""
        self._stack.setCurrentIndex(list(self.sections).index(str(name)))

    def reload(self) -> None:
        """Let every section read anew."""
        for section in self.sections.values():
            reload: Callable[[], object] | None = getattr(section, "reload", None)
            if reload is not None:
                reload()


def _of_reading_width(section: QWidget) -> QVBoxLayout:
    """No wider than eyes follow from a word at the left to its button at the right."""
    fit(section, lambda one: one.setMaximumWidth(px(WIDEST)))
    line = row(section, None)
    line.setStretchFactor(section, 1000)
    return column(line, None)
