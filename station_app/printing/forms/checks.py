"""Every text of a form with where it stands, so that a character no font draws can be named."""

from __future__ import annotations

from collections.abc import Iterator

from station_app.domain.days import DayRecord
from station_app.domain.issues import IssueRecord
from station_app.domain.residents import ResidentRecord
from station_app.domain.station import StationRecord
from station_app.domain.visits import VisitRecord
from station_app.i18n import tr

Placed = Iterator[tuple[str, str]]


def station_texts(station: StationRecord) -> Placed:
    """The station's own words."""
    yield tr("station's name"), station.name + station.term
    yield tr("station's address and hours"), station.address + station.opening_hours


def visit_texts(visit: VisitRecord) -> Placed:
    """Everything of one visit that a form prints."""
    yield from _resident_texts(tr("visitor's name"), visit.resident)
    for one in visit.companions:
        yield from _resident_texts(tr("companion's name"), one)
    for deputy in visit.deputies:
        yield tr("name of deputy {name}", name=deputy.name), deputy.name
    yield tr("recorder's name"), visit.recorder
    yield tr("reason why the visit is void"), visit.void_reason
    for issue in visit.issues:
        yield from _issue_texts(issue)


def day_texts(day: DayRecord) -> Placed:
    """Everything of the day itself that the ledger prints."""
    yield tr("day's place and theme"), day.place + day.theme
    for name in [one.name for one in day.deputies] + [one.name for one in day.guests]:
        yield tr("name of deputy {name}", name=name), name


def _resident_texts(role: str, resident: ResidentRecord) -> Placed:
    yield tr("{role} “{name}”", role=role, name=resident.name), resident.name
    yield (
        tr("address of {name}", name=resident.name),
        resident.address + resident.community + resident.phone,
    )


def _issue_texts(issue: IssueRecord) -> Placed:
    where = tr("issue {number}", number=issue.number)
    yield where, issue.title + issue.text + issue.place + issue.category_name + issue.unit
    for event in issue.events:
        details = "".join(one for one in event.details.values() if isinstance(one, str))
        yield tr("history of issue {number}", number=issue.number), event.text + details
        yield tr("history of issue {number}", number=issue.number), event.unit + event.deputy
