"""Likely the same matter: earlier issues like a typed one, and clusters of like open issues."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import literal_column, select

from db.models import Issue, Resident, Visit
from db.vocabulary import IssueEventKind, IssueStatus
from station_app.domain.issue_views import Cluster, SimilarIssue
from station_app.domain.transitions import CLOSED, TRANSITIONS
from station_app.services.dictionaries import category_paths
from station_app.store import Tx, likeness, tally
from station_app.store.transaction import driver_of

#: From this likeness on an issue is offered; the place and the person speak for it too.
OFFERED = 0.4
_PLACE, _PERSON = 0.3, 0.15
#: A street or an estate: what stands before the first number.
_STREET = re.compile(r"[^0-9０-９]{2,}")
_CLUSTERED = 5000


def similar_issues(
    tx: Tx,
    text: str,
    *,
    place: str = "",
    resident_id: UUID | None = None,
    without: UUID | None = None,
    limit: int = 5,
) -> tuple[SimilarIssue, ...]:
    """Issues with like words, at the same place or of the same resident, the likeliest first.

    ``text`` is title and text as typed. An issue that was joined stands for the one it joined.
    """
    driver = driver_of(tx.session)
    found = likeness.candidates(driver, text, tally.total(driver))
    whole = sum(found.weights.values())
    if not whole:
        return ()
    street, scored = street_of(place), []
    for row, resident in _rows(tx, found.shared):
        shared = sum(found.weights[word] for word in found.shared[row.id]) / whole
        there = bool(street) and street == street_of(row.place)
        same = resident_id is not None and row.resident_id == resident_id
        score = min(1.0, shared + _PLACE * there + _PERSON * same)
        if score >= OFFERED and row.status is not IssueStatus.VOIDED:
            scored.append((score, row, resident, there, same))
    scored.sort(key=lambda one: (one[0], one[1].registered_at), reverse=True)
    made: dict[UUID, SimilarIssue] = {}
    for score, row, resident, there, same in scored:
        target = row if row.joined_to is None else tx.session.get_one(Issue, row.joined_to)
        if target.id != without and row.id != without and len(made) < limit:
            made.setdefault(target.id, _similar(target, resident, score, there, same))
    return tuple(made.values())


def issue_clusters(tx: Tx, *, least: int = 3, limit: int = 20) -> tuple[Cluster, ...]:
    """Issues of one category at one place that may be raised, ``least`` or more; most first.

    Joined issues count with the one they joined. A suggestion can be drafted from each cluster.
    """
    query = (
        select(Issue.id, Issue.category, Issue.place, Issue.joined_count, Issue.visit_id)
        .where(Issue.turn != literal_column("'nobody'"), Issue.category != "", Issue.place != "")
        .where(Issue.status.in_(TRANSITIONS[IssueEventKind.RAISED][0]))
        .order_by(Issue.registered_at.desc())
        .limit(_CLUSTERED)
    )
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in tx.session.execute(query):
        street = street_of(row.place)
        if street:
            groups[street, row.category].append(row)
    sized = {key: sum(1 + one.joined_count for one in rows) for key, rows in groups.items()}
    best = sorted((key for key in groups if sized[key] >= least), key=lambda key: -sized[key])
    paths = category_paths(tx)
    return tuple(
        Cluster(
            place=street,
            category=code,
            category_name=paths.get(code, "").rpartition(" · ")[2],
            issues=sized[street, code],
            people=_people(tx, groups[street, code]),
            issue_ids=tuple(one.id for one in groups[street, code]),
        )
        for street, code in best[:limit]
    )


def street_of(place: str) -> str:
    """The street or the estate of a place: 桃源街12号楼 is at 桃源街."""
    found = _STREET.match(place.strip())
    return "" if found is None else found.group().strip()


def _rows(tx: Tx, shared: Iterable[UUID]) -> list[tuple[Issue, str]]:
    query = select(Issue, Resident.name).join(Resident, Resident.id == Issue.resident_id)
    return [(row[0], row[1]) for row in tx.session.execute(query.where(Issue.id.in_(list(shared))))]


def _similar(row: Issue, resident: str, score: float, there: bool, same: bool) -> SimilarIssue:
    return SimilarIssue(
        id=row.id,
        number=row.number,
        title=row.title,
        place=row.place,
        status=row.status,
        resident=resident,
        joined_count=row.joined_count,
        likeness=score,
        same_place=there,
        same_resident=same,
        open=row.status not in CLOSED,
    )


def _people(tx: Tx, rows: list[Any]) -> int:
    joined = select(Issue.visit_id).where(Issue.joined_to.in_([one.id for one in rows]))
    visits = {one.visit_id for one in rows} | set(tx.session.scalars(joined))
    sizes = select(Visit.party_size).where(Visit.id.in_(visits), Visit.voided_at.is_(None))
    return sum(tx.session.scalars(sizes))
