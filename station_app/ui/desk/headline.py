"""The desk's heading: which day it is, its hours, place and theme."""

from __future__ import annotations

from station_app.i18n import tr
from station_app.ui.days.words import hours
from station_app.ui.desk.reading import Desk


def headline(desk: Desk) -> tuple[str, str]:
    """The title and the grey line under it."""
    day = desk.day
    if day is None:
        return tr("Reception desk"), tr("No reception day today")
    title = tr("{month}-{day} reception day", month=day.held_on.month, day=day.held_on.day)
    theme = tr("Theme: {theme}", theme=day.theme) if day.theme else ""
    return title, " · ".join(filter(None, (hours(day.starts, day.ends), day.place, theme)))
