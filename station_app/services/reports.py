"""Reports: made from the figures of a period, and frozen so that later edits never change them."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from db.models import ReportSnapshot
from station_app.domain.accounts import require_writer
from station_app.domain.figures import CAMPAIGN, TOLD, Figure
from station_app.domain.periods import Period, PeriodKind, period_word
from station_app.domain.reports import (
    PARTED,
    Breakdown,
    Report,
    Snapshot,
    SnapshotRow,
    report_data,
    report_of,
)
from station_app.errors import NotFound, RuleViolation
from station_app.i18n import tr
from station_app.services import figures
from station_app.services.station import get_station
from station_app.store import Tx


def begin_report(tx: Tx, period: Period) -> Report:
    """Only the figures of a period: what they are made of takes longer, in a large station."""
    told: tuple[Figure, ...] = CAMPAIGN if period.campaign else TOLD
    station = get_station(tx)
    return Report(
        period=period,
        station=f"{station.name}{station.term}",
        made_on=tx.today,
        figures=figures.compared(tx, period, told),
    )


def make_report(tx: Tx, period: Period) -> Report:
    """The report of a period. A campaign has its six counters, and what they are made of."""
    begun = begin_report(tx, period)
    told = {one.figure for one in begun.figures}
    return replace(
        begun,
        breakdowns=tuple(
            Breakdown(split, figure, figures.parts(tx, figure, period, split))
            for split, figure in PARTED
            if figure in told
        ),
        trend=figures.trend(tx, period),
        ratings=figures.ratings(tx, period),
        ages=figures.ages(tx),
        heat=figures.heat(tx, period),
        absent=figures.absent(tx, period),
    )


def freeze_report(tx: Tx, report: Report, *, title: str = "") -> Snapshot:
    """Keep ``report`` as it is. Raises RuleViolation beside ``title`` if that is too long."""
    require_writer(tx.actor)
    said = title.strip() or tr("Report {period}", period=period_word(report.period))
    if len(said) > 100:
        raise RuleViolation({"title": tr("A title has at most 100 characters.")})
    row = ReportSnapshot(
        title=said,
        report_kind=report.period.kind.value,
        period_from=report.period.first,
        period_until=report.period.last,
        campaign=report.period.campaign,
        figures=report_data(report),
        frozen_at=tx.now,
        frozen_by=tx.actor.name,
    )
    tx.session.add(row)
    tx.session.flush()
    return _snapshot(row)


def list_snapshots(tx: Tx, limit: int = 200) -> tuple[SnapshotRow, ...]:
    """The frozen reports, the latest first."""
    query = select(ReportSnapshot).order_by(
        ReportSnapshot.frozen_at.desc(), ReportSnapshot.id.desc()
    )
    return tuple(
        SnapshotRow(row.id, row.title, _period(row), row.frozen_at, row.frozen_by)
        for row in tx.session.scalars(query.limit(limit))
    )


def get_snapshot(tx: Tx, snapshot_id: UUID) -> Snapshot:
    """A frozen report whole. Raises NotFound."""
    row = tx.session.get(ReportSnapshot, snapshot_id)
    if row is None:
        raise NotFound(tr("This report is no longer there."))
    return _snapshot(row)


def _snapshot(row: ReportSnapshot) -> Snapshot:
    report = report_of(row.figures)
    return Snapshot(row.id, row.title, row.frozen_at, row.frozen_by, report, row.edition)


def _period(row: ReportSnapshot) -> Period:
    known = row.report_kind if row.report_kind in set(PeriodKind) else PeriodKind.ANY
    return Period(row.period_from, row.period_until, PeriodKind(known), row.campaign)
