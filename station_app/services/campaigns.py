"""Campaigns: the tags of reception days, activities and help, and the days they span."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, union_all

from db.models import Activity, Assistance, ReceptionDay
from db.vocabulary import DayStatus
from station_app.domain.periods import Period, PeriodKind
from station_app.store import Tx


def campaigns(tx: Tx) -> tuple[tuple[str, date, date], ...]:
    """The campaign tags with the first and last of their days, the latest first.

    Tags of receptions and activities that take place, and of help that was given.
    """
    tagged = union_all(
        _tagged(ReceptionDay.campaign, ReceptionDay.held_on).where(
            ReceptionDay.status != DayStatus.CANCELLED
        ),
        _tagged(Activity.campaign, Activity.held_on).where(~Activity.cancelled),
        _tagged(Assistance.campaign, Assistance.held_on).where(Assistance.voided_at.is_(None)),
    ).subquery()
    first, last = func.min(tagged.c.on), func.max(tagged.c.on)
    query = select(tagged.c.tag, first, last).group_by(tagged.c.tag)
    rows = tx.session.execute(query.order_by(last.desc(), tagged.c.tag))
    return tuple((row[0], row[1], row[2]) for row in rows)


def campaign_of(tx: Tx, record_id: UUID) -> str:
    """The tag of a reception day or an activity; empty where it has none."""
    found = tx.session.get(ReceptionDay, record_id) or tx.session.get(Activity, record_id)
    return "" if found is None else found.campaign


def campaign_period(name: str, first: date, last: date, today: date) -> Period:
    """A campaign's period: from its first day on to ``today``, for what came of it."""
    return Period(first, max(last, today), PeriodKind.CAMPAIGN, name)


def _tagged(tag: Any, on: Any) -> Select[Any]:
    tables = select(tag.label("tag"), on.label("on"))
    return tables.where(tag != "")
