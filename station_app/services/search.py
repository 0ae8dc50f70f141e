"""Global search: one typed text over residents, issues, visits, deputies, days and activities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.models import Activity, Deputy, Issue, ReceptionDay, Resident, Visit
from db.vocabulary import Level
from station_app.domain import words
from station_app.domain.activities import activity_word
from station_app.domain.issue_words import status_word
from station_app.domain.phones import mask_phone
from station_app.domain.search import Found, Hit
from station_app.i18n import tr
from station_app.store import Tx, search_index


def search(tx: Tx, typed: str, *, per_kind: int = 5) -> tuple[Hit, ...]:
    """What ``typed`` finds, grouped in the order of ``Found``, the newest of each kind first."""
    if not typed.strip():
        return ()
    hits: list[Hit] = []
    for kind in Found:
        found = search_index.find(tx, kind, typed, limit=per_kind)
        rows = _rows(tx, kind, found)
        hits += [_HITS[kind](tx, rows[ident]) for ident in found if ident in rows]
    return tuple(hits)


_MODELS: dict[Found, Any] = {
    Found.RESIDENT: Resident,
    Found.ISSUE: Issue,
    Found.VISIT: Visit,
    Found.DEPUTY: Deputy,
    Found.DAY: ReceptionDay,
    Found.ACTIVITY: Activity,
}


def _rows(tx: Tx, kind: Found, found: list[UUID]) -> dict[UUID, Any]:
    model = _MODELS[kind]
    return {row.id: row for row in tx.session.scalars(select(model).where(model.id.in_(found)))}


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _resident(tx: Tx, row: Resident) -> Hit:
    came = tr("came {n} times", n=row.visit_count) if row.visit_count else ""
    return Hit(Found.RESIDENT, row.id, row.name, _joined(mask_phone(row.phone), row.address, came))


def _issue(tx: Tx, row: Issue) -> Hit:
    detail = _joined(row.number, status_word(row.status))
    return Hit(Found.ISSUE, row.id, row.title, detail)


def _visit(tx: Tx, row: Visit) -> Hit:
    resident = tx.session.get_one(Resident, row.resident_id)
    on = f"{row.arrived_at.astimezone(tx.zone):%Y-%m-%d %H:%M}"
    size = tr("{n} people", n=row.party_size)
    return Hit(Found.VISIT, row.id, resident.name, _joined(row.number, on, size))


def _deputy(tx: Tx, row: Deputy) -> Hit:
    levels = words.levels_words(tuple(Level(one) for one in row.levels))
    return Hit(Found.DEPUTY, row.id, row.name, _joined(levels, row.electoral_unit, row.position))


def _day(tx: Tx, row: ReceptionDay) -> Hit:
    title = tr("Reception day {date}", date=f"{row.held_on:%Y-%m-%d}")
    return Hit(Found.DAY, row.id, title, _joined(words.day_status_word(row.status), row.theme))


def _activity(tx: Tx, row: Activity) -> Hit:
    off = tr("activity|Cancelled") if row.cancelled else ""
    detail = _joined(f"{row.held_on:%Y-%m-%d}", activity_word(row.activity_kind), row.place, off)
    return Hit(Found.ACTIVITY, row.id, row.title, detail)


_HITS: dict[Found, Callable[[Tx, Any], Hit]] = {
    Found.RESIDENT: _resident,
    Found.ISSUE: _issue,
    Found.VISIT: _visit,
    Found.DEPUTY: _deputy,
    Found.DAY: _day,
    Found.ACTIVITY: _activity,
}
