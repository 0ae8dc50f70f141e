"""The evidence of a year for the stars, each number from the place that counts it everywhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from db.models import IssueEvent
from db.vocabulary import ActivityKind, DayStatus, IssueEventKind, IssueStatus
from station_app.domain.figures import TOLD
from station_app.domain.issue_history import standing
from station_app.domain.lists import Listing
from station_app.domain.periods import Period, PeriodKind, period_around
from station_app.domain.standing import Act
from station_app.domain.star_materials import StarMaterials
from station_app.domain.suggestions import STAGES
from station_app.services import figures
from station_app.services.activities import activities_between
from station_app.services.day_lists import days_between
from station_app.services.figure_counts import HELD, starts
from station_app.services.suggestion_lists import count_suggestions
from station_app.store import Tx

_E = IssueEventKind
_LOOKS = (_E.REVISITED, _E.LOOKED_BACK)
_BATCH = 500
_DAY = timedelta(days=1)
_ACT = (
    IssueEvent.event, IssueEvent.happened_at, IssueEvent.unit_id, IssueEvent.details,
    IssueEvent.expected, IssueEvent.id,
)  # fmt: skip


def star_materials(tx: Tx, year: int) -> StarMaterials:
    """What the records of ``year`` tell: the figures of its report, and what stands beside them."""
    period = period_around(PeriodKind.YEAR, date(year, 1, 1))
    ends = (period.first, period.last)
    days = [one for one in days_between(tx, *ends) if one.status is not DayStatus.CANCELLED]
    kinds = Counter(one.kind for one in activities_between(tx, *ends))
    looks = _looks(tx, period)
    return StarMaterials(
        period=period,
        made_on=tx.today,
        figures=tuple(zip(TOLD, figures.totals(tx, TOLD, period), strict=True)),
        ratings=figures.ratings(tx, period),
        planned=len(days),
        days=tuple(one for one in days if one.status in HELD),
        activities=tuple((kind, kinds[kind]) for kind in ActivityKind if kinds[kind]),
        suggestions=_suggestions(tx, year),
        revisits=looks[_E.REVISITED],
        look_backs=looks[_E.LOOKED_BACK],
    )


def _suggestions(tx: Tx, year: int) -> int:
    """Those drafted in ``year``, but for the withdrawn ones."""
    drafted = (Listing("drafted_on", filters={"year": year, "stage": one}) for one in STAGES)
    return sum(count_suggestions(tx, one) for one in drafted)


def _looks(tx: Tx, period: Period) -> Counter[IssueEventKind]:
    """The revisits and look-backs of a period that stand, of issues that are not void."""
    first, last = starts(tx, period.first), starts(tx, period.last + _DAY)
    within = (IssueEvent.happened_at >= first, IssueEvent.happened_at < last)
    query = select(IssueEvent.issue_id).where(IssueEvent.event.in_(_LOOKS), *within).distinct()
    ids = tx.session.scalars(query).all()
    found: Counter[IssueEventKind] = Counter()
    for at in range(0, len(ids), _BATCH):
        for acts in _acts(tx, ids[at : at + _BATCH]).values():
            stands = standing(acts)
            if stands.status is not IssueStatus.VOIDED:
                gone = stands.undone | stands.overtaken
                made = [one for one in acts if one.event in _LOOKS and one.id not in gone]
                found.update(one.event for one in made if first <= one.happened_at < last)
    return found


def _acts(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, list[Act]]:
    """The acts of some issues, each oldest first; below the ORM: they may be many."""
    query = select(IssueEvent.issue_id, *_ACT).where(IssueEvent.issue_id.in_(ids))
    found: dict[UUID, list[Act]] = defaultdict(list)
    for row in tx.session.execute(query.order_by(IssueEvent.happened_at, IssueEvent.id)):
        issue_id, kind, moment, unit_id, details, expected, ident = row
        found[issue_id].append(Act(kind, moment, unit_id, details or {}, expected, ident))
    return found
