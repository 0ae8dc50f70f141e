"""The import of a roster within the deputies' page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from station_app.ui.deputies.roster import roster_kind
from station_app.ui.imports.importer import Importer

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs


class RosterImporter(Importer):
    """Leads from a file to imported deputies."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, roster_kind())
