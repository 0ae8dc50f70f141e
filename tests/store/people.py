"""Invented people for the store's tests."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from db.models import Issue, Resident, Visit
from station_app.domain.pinyin import sort_key
from station_app.store import Tx


def add_resident(tx: Tx, name: str = "张伟", phone: str = "13842610117", **more: str) -> Resident:
    """One resident, flushed."""
    row = Resident(id=uuid7(), name=name, sort_key=sort_key(name), phone=phone, **more)
    tx.session.add(row)
    tx.session.flush()
    return row


def add_visit(
    tx: Tx, resident: Resident, number: str, *, at: datetime | None = None, note: str = ""
) -> Visit:
    """One visit of a resident, flushed."""
    row = Visit(
        id=uuid7(), number=number, resident_id=resident.id, arrived_at=at or tx.now, note=note
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def add_issue(tx: Tx, visit: Visit, number: str, title: str, text: str = "") -> Issue:
    """One issue of a visit, flushed."""
    row = Issue(
        id=uuid7(),
        number=number,
        visit_id=visit.id,
        resident_id=visit.resident_id,
        title=title,
        text=text,
        registered_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def titled(tx: Tx, *titles: str) -> list[UUID]:
    """One issue for each title, in order; returns their ids."""
    resident = add_resident(tx)
    visit = add_visit(tx, resident, f"LF-{uuid7().hex}")
    return [
        add_issue(tx, visit, f"WZ-KY-A-20260610-{place:03d}-{visit.number[-8:]}", title).id
        for place, title in enumerate(titles, 1)
    ]
