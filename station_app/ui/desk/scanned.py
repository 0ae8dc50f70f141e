"""What the desk does with the code of a form that was filled in by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from station_app.services.blank_forms import typed_in_as

if TYPE_CHECKING:
    from station_app.ui.desk.page import DeskPage


def take_paper(page: DeskPage, number: str) -> None:
    """Open the visit that the form was typed in as, or type it in now."""

    def then(visit_id: UUID | None) -> None:
        if visit_id is not None:
            page.show_record("visit", visit_id)
        elif page.may_write:
            page.start_entry()
            page.entry.type_in(number)

    page.jobs.read(partial(typed_in_as, number=number), then, owner=page)
