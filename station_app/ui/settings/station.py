"""The station's facts, for its head to change."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from station_app.i18n import tr
from station_app.services.station import get_station, save_station
from station_app.ui.record_pane import ChangedElsewhere
from station_app.ui.station_form import StationForm
from station_app.ui.widgets.basic import Card, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.keys import EnterMovesOn
from station_app.ui.widgets.layout import row

if TYPE_CHECKING:
    from station_app.domain.station import StationDraft, StationRecord
    from station_app.errors import StationError
    from station_app.store import Tx
    from station_app.ui.settings.page import SettingsPage


class StationSection(Card):
    """The form, saved with Ctrl+Enter."""

    def __init__(self, page: SettingsPage) -> None:
        super().__init__(margin=24, spacing=16)
        self._page = page
        self._kept: StationDraft | None = None
        self._shown: StationRecord | None = None
        self.form = StationForm()
        self.save = ShortcutButton(tr("Save"), "Ctrl+Return", kind="primary", act=self._save)
        self.content.addWidget(label(tr("Station"), "section"))
        self.content.addWidget(
            label(tr("These words stand on screen and on paper from now on."), "quiet", wrap=True)
        )
        self.content.addWidget(self.form)
        self.content.addLayout(row(None, self.save))
        EnterMovesOn(self)

    def reload(self) -> None:
        """Show the station as it is kept."""
        self._page.jobs.read(get_station, self._show, owner=self)

    def _show(self, station: StationRecord) -> None:
        if self._kept in (None, self.form.draft()):  # what is half-typed stays
            self._fill(station)

    def _fill(self, station: StationRecord) -> None:
        self.form.set(station)
        self._kept, self._shown = self.form.draft(), station

    def _save(self) -> None:
        draft, shown = self.form.draft(), self._shown

        def write(tx: Tx) -> StationRecord:
            known = get_station(tx)
            if shown is not None and known != shown:
                raise ChangedElsewhere(known)
            return save_station(tx, draft)

        self._page.jobs.write(write, self._saved, owner=self, failed=self._refused)

    def _refused(self, error: StationError) -> None:
        if isinstance(error, ChangedElsewhere):
            typed, before = asdict(self.form.draft()), asdict(self._kept) if self._kept else {}
            touched = {name: value for name, value in typed.items() if value != before.get(name)}
            self._fill(error.known)
            self.form.set(replace(error.known, **touched))
        self._page.show_error(error, self.form.fields)

    def _saved(self, station: StationRecord) -> None:
        for field in self.form.fields.values():
            field.set_error("")
        self._fill(station)
        self._page.message.emit(tr("Saved."), None)
