"""Drafts the text of a suggestion out of issues: the facts, and the residents only masked."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import func, select

from db.models import Issue, IssueEvent, Resident, Unit, Visit
from db.vocabulary import IssueEventKind
from station_app.config import RESOURCES
from station_app.domain.moments import local
from station_app.domain.redaction import mask_name, redact, stand_ins
from station_app.domain.suggestions import SuggestionDraft
from station_app.services.dictionaries import category_paths
from station_app.services.issue_act import issue_row
from station_app.services.issue_likeness import street_of
from station_app.services.station import get_station
from station_app.store import Tx


def suggestion_text(tx: Tx, issue_ids: Collection[UUID]) -> SuggestionDraft:
    """A suggestion to begin with, drawn from issues and those that were joined to them.

    Names are masked, phones and doors taken out; what is suggested is left to the deputy.
    """
    rows = [issue_row(tx, one) for one in dict.fromkeys(issue_ids)]
    joined = select(Issue).where(Issue.joined_to.in_([one.id for one in rows]))
    everything = sorted([*rows, *tx.session.scalars(joined)], key=lambda one: one.registered_at)
    said = _template()
    parts = [
        _facts(tx, everything, said),
        said["raised_head"],
        *_raised(tx, everything, said),
        said["done_head"],
        *(_done(tx, rows, said) or [said["nothing_done"]]),
        said["wanted_head"],
        said["wanted"],
    ]
    return SuggestionDraft(_title(tx, rows, said), "\n".join(parts), tuple(one.id for one in rows))


def _title(tx: Tx, rows: Sequence[Issue], said: dict[str, str]) -> str:
    if not rows:
        return ""
    category = category_paths(tx).get(rows[0].category, "").rpartition(" · ")[2]
    # One building, else the one street that all of it is in.
    for places in ({one.place for one in rows}, {street_of(one.place) for one in rows}):
        place = places.pop() if len(places) == 1 else ""
        if place:
            break
    return said["title"].format(place=place, category=category or rows[0].title)[:100]


def _facts(tx: Tx, rows: Sequence[Issue], said: dict[str, str]) -> str:
    if not rows:
        return ""
    visits = {one.visit_id for one in rows}
    query = select(func.coalesce(func.sum(Visit.party_size), 0)).where(Visit.id.in_(visits))
    first, last = (local(one.registered_at) for one in (rows[0], rows[-1]))
    one_day = first.date() == last.date()
    station = get_station(tx)
    return said["facts_one_day" if one_day else "facts"].format(
        first=f"{first:%Y-%m-%d}",
        last=f"{last:%Y-%m-%d}",
        station=f"{station.name}{station.term}",
        issues=len(rows),
        people=tx.session.scalar(query),
    )


def _raised(tx: Tx, rows: Sequence[Issue], said: dict[str, str]) -> list[str]:
    ids = {one.resident_id for one in rows}
    named = tx.session.scalars(select(Resident).where(Resident.id.in_(ids)))
    people = {one.id: one for one in named}
    sizes = {
        row.id: row.party_size
        for row in tx.session.execute(
            select(Visit.id, Visit.party_size).where(Visit.id.in_({one.visit_id for one in rows}))
        )
    }
    private = stand_ins((one.name, one.address) for one in people.values())
    return [
        said["raised" if sizes[one.visit_id] > 1 else "raised_alone"].format(
            n=place,
            name=mask_name(people[one.resident_id].name),
            text=redact(" ".join((one.text or one.title).split()), private),
        )
        for place, one in enumerate(rows, start=1)
    ]


def _done(tx: Tx, rows: Sequence[Issue], said: dict[str, str]) -> list[str]:
    names = {one.id: one.number for one in rows}
    query = select(IssueEvent, Unit.name).outerjoin(Unit, Unit.id == IssueEvent.unit_id)
    query = query.where(
        IssueEvent.issue_id.in_(names), IssueEvent.event == IssueEventKind.REPLIED
    ).order_by(IssueEvent.happened_at, IssueEvent.id)
    return [
        said["done"].format(
            number=names[event.issue_id],
            unit=unit or "",
            date=f"{local(event.happened_at):%Y-%m-%d}",
            text=" ".join(event.text.split()),
        )
        for event, unit in tx.session.execute(query)
    ]


@cache
def _template() -> dict[str, str]:
    path = RESOURCES / "dictionaries" / "suggestion_template.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found
