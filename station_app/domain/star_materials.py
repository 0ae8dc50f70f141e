"""Star materials 星级评定材料: what the records of a year say for a station that asks for stars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.vocabulary import ActivityKind
from station_app.domain.days import DayRow
from station_app.domain.figures import Figure, Rated, Value
from station_app.domain.periods import Period


@dataclass(frozen=True, slots=True)
class StarMaterials:
    """The evidence of the year ``period`` as it was on ``made_on``.

    ``figures`` and ``ratings`` are the report's own. ``planned`` counts the days that were not
    cancelled, ``days`` are those held, ``activities`` is how many there were of each kind.
    """

    period: Period
    made_on: date
    figures: tuple[tuple[Figure, Value], ...]
    ratings: tuple[Rated, ...]
    planned: int
    days: tuple[DayRow, ...]
    activities: tuple[tuple[ActivityKind, int], ...]
    suggestions: int
    revisits: int
    look_backs: int

    @property
    def year(self) -> int:
        """Which year it is about."""
        return self.period.last.year

    @property
    def registered(self) -> int:
        """How many deputies are registered, as the attendance rate counts them."""
        return dict(self.figures)[Figure.ATTENDANCE_RATE].whole or 0
