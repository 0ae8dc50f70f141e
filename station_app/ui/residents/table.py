"""The residents' list: its columns, and what is hidden where there is little room."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent

from station_app.domain.lists import Listing
from station_app.domain.phones import mask_phone
from station_app.domain.residents import ResidentRecord
from station_app.i18n import tr
from station_app.services import residents
from station_app.ui.issues.pointing import PointingList
from station_app.ui.theme import px
from station_app.ui.widgets import Column, EmptyState, PagedTable

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

#: Beneath these widths in dp a column gives its room to the others.
_NEEDS = {1: 420, 2: 540, 3: 340}


def day_of(at: datetime | None) -> str:
    """The date of a visit on the clock of this PC, empty if there was none."""
    return "" if at is None else f"{at.astimezone():%Y-%m-%d}"


def columns() -> list[Column[ResidentRecord]]:
    """Name with address, masked phone, community, visits, last visit."""
    return [
        Column(
            tr("resident|Name"),
            lambda one: one.name,
            "name",
            detail=lambda one: one.address or one.community or "–",
            strong=True,
        ),
        Column(
            tr("resident|Phone"), lambda one: mask_phone(one.phone), width=118, role="secondary"
        ),
        Column(tr("resident|Community"), lambda one: one.community, "community", 112),
        Column(
            tr("resident|Visits"),
            lambda one: str(one.visit_count) if one.visit_count else "",
            "visit_count",
            72,
            right=True,
        ),
        Column(
            tr("resident|Last visit"),
            lambda one: day_of(one.last_visit_at),
            "last_visit_at",
            112,
            role="secondary",
        ),
    ]


class ResidentTable(PagedTable[ResidentRecord]):
    """The residents of a listing; the latest visitors stand first."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(
            jobs,
            columns(),
            residents.list_residents,
            listing=Listing("last_visit_at", descending=True),
            count=residents.count_residents,
        )


class ResidentList(PointingList):
    """The rows of a ResidentTable."""

    def __init__(self, table: ResidentTable, empty: EmptyState) -> None:
        super().__init__(table, name=tr("page|Residents"), empty=empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        for at, needed in _NEEDS.items():
            self.setColumnHidden(at, self.width() < px(needed))
        super().resizeEvent(event)
