"""The card that says what was printed of a record, when and by whom."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from station_app.i18n import tr
from station_app.printing.catalogue import Form, form_name
from station_app.services.prints import PrintMade, prints_of
from station_app.ui.theme import lay
from station_app.ui.widgets import Card, ElidedLabel, label

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

_SHOWN = 8


class PrintsCard(Card):
    """The latest prints first; hidden while there are none."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(margin=14, spacing=4)
        self._jobs = jobs
        self._of: tuple[UUID, ...] = ()
        self.setAccessibleName(tr("Prints made"))
        self.content.addWidget(label(tr("Prints made"), "strong"))
        self._lines = lay(QVBoxLayout(), spacing=2)
        self.content.addLayout(self._lines)
        self.hide()

    def show_of(self, *record_ids: UUID) -> None:
        """Show the prints of these records together."""
        if record_ids != self._of:
            self._of = record_ids
            self.hide()
        self.reload()

    def reload(self) -> None:
        """Read again: something was printed."""
        ids = self._of

        def read(tx: Tx) -> tuple[tuple[PrintMade, ...], tzinfo]:
            return prints_of(tx, ids, _SHOWN), tx.zone

        if ids:
            self._jobs.latest("prints", read, self._show, owner=self)

    def _show(self, found: tuple[tuple[PrintMade, ...], tzinfo]) -> None:
        made, zone = found
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in made:
            at = one.at.astimezone(zone)
            line = f"{_word(one.form)} · {at:%Y-%m-%d} {at.hour}:{at:%M} · {one.who}"
            shown = ElidedLabel(line, "secondary")
            self._lines.addWidget(shown)
            shown.show()  # at once: a layout would do so only after the next event
        self.setVisible(bool(made))


def _word(form: str) -> str:
    """The form's name; what an earlier version called otherwise stays as it was written."""
    return form_name(Form(form)) if form in set(Form) else form
