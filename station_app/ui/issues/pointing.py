"""A list that points at the record shown beside it, or at nothing when it does not hold it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QModelIndex

from station_app.ui.widgets import ListTable


class PointingList(ListTable):
    """A ListTable beside a detail that may show a record of another view."""

    def point_at(self, record_id: UUID) -> None:
        """Make that record current, now or once it is loaded; until then none is."""
        if self._table.row_of(record_id) < 0:
            self._kept = None
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        self.select(record_id)
