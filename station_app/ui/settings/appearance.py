"""The look of the window, its scale and language, and when it locks by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from station_app.i18n import Language, language, tr
from station_app.ui import preferences
from station_app.ui.idle import IdleWatch
from station_app.ui.theme import SCALES, Look
from station_app.ui.widgets.basic import Card, label
from station_app.ui.widgets.buttons import ChoiceBar
from station_app.ui.widgets.fields import Field

if TYPE_CHECKING:
    from station_app.ui.pages import Context


class AppearanceSection(Card):
    """Choices that act at once; there is nothing to save."""

    def __init__(self, context: Context) -> None:
        super().__init__(margin=24, spacing=16)
        self._context, self._data = context, context.station.data
        kept = preferences.load(self._data)
        self.look = ChoiceBar(
            [
                (Look.LIGHT, tr("Light"), "sun"),
                (Look.DARK, tr("Dark"), "moon"),
                (Look.CONTRAST, tr("High contrast"), "contrast"),
            ],
            name=tr("Look"),
            start=kept.look,
        )
        self.scale = ChoiceBar(
            [(percent, f"{percent} %") for percent in SCALES],
            name=tr("Size of text and buttons"),
            start=kept.percent,
        )
        self.language = ChoiceBar(
            [(Language.CHINESE, "中文"), (Language.ENGLISH, "English")],
            name=tr("Language"),
            start=language(),
        )
        self.minutes = ChoiceBar(
            [(n, tr("{n} minutes", n=n) if n else tr("Never")) for n in preferences.LOCK_MINUTES],
            name=tr("Lock by itself when nobody is there, after"),
            start=kept.lock_minutes,
        )
        self.content.addWidget(label(tr("Window"), "section"))
        for bar in (self.look, self.scale, self.language, self.minutes):
            self.content.addWidget(Field(bar.accessibleName(), bar))
        self.look.changed.connect(lambda look: self._use(look=look))
        self.scale.changed.connect(lambda percent: self._use(percent=percent))
        self.language.changed.connect(context.use_language)
        self.minutes.changed.connect(self._lock_after)

    def _use(self, **what: object) -> None:
        self._context.use_preferences(preferences.change(self._data, **what))

    def _lock_after(self, minutes: int) -> None:
        preferences.change(self._data, lock_minutes=minutes)
        for watch in self.window().findChildren(IdleWatch):
            watch.minutes = minutes
