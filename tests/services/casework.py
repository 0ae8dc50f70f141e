"""A small station for the stories of casework: people who come, units, deputies, acts in short."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from db.vocabulary import Level
from station_app.domain.deputies import DeputyDraft
from station_app.domain.issues import IssueDraft, IssueRecord
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services import deputies, dictionaries, visits
from station_app.store import Tx
from station_app.wiring import OpenStation


@dataclass
class Clock:
    """Time stands still until a test moves it."""

    at: datetime = field(default=datetime(2026, 11, 10, 1, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


class Office:
    """The station, its clock, and what the stories need of both."""

    def __init__(self, station: OpenStation, clock: Clock) -> None:
        self.station, self.clock = station, clock
        with station.store.write(station.actor) as tx:
            self.units = [one.id for one in dictionaries.list_units(tx)]
            draft = DeputyDraft(name="赵代表", levels=(Level.CITY,))
            self.deputy = deputies.save_deputy(tx, draft).id

    def come(self, name: str, issue: IssueDraft, *, size: int = 1, phone: str = "") -> IssueRecord:
        """Somebody comes and raises one issue; the first deputy receives."""
        lead = Party(ResidentDraft(name, phone=phone, address="桃源街12号楼3单元501"))
        draft = VisitDraft(lead, (issue,), party_size=size, deputy_ids=(self.deputy,))
        with self.station.store.write(self.station.actor) as tx:
            return visits.save_visit(tx, draft).issues[0]

    def write(self, work: Callable[[Tx], Any]) -> Any:
        with self.station.store.write(self.station.actor) as tx:
            return work(tx)

    def read(self, work: Callable[[Tx], Any]) -> Any:
        with self.station.store.read(self.station.actor) as tx:
            return work(tx)

    def act(self, service: Callable[..., IssueRecord], issue_id: UUID, **given: Any) -> IssueRecord:
        """One act in a transaction of its own."""
        with self.station.store.write(self.station.actor) as tx:
            return service(tx, issue_id, **given)

    def later(self, days: int) -> None:
        self.clock.move(days=days)
