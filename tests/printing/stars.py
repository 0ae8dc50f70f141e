"""Invented years for the star materials: the longest and the emptiest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db.vocabulary import ActivityKind, Rater
from station_app.domain.figures import RATES, TOLD, Rated, Value
from station_app.domain.star_materials import StarMaterials
from station_app.printing.example_year import invented_year
from tests.printing import casework
from tests.printing.samples import LONG_NAME, PRINTED_ON


def longest() -> StarMaterials:
    """A reception on every third day with long themes, and the greatest of numbers."""
    much = invented_year(PRINTED_ON)
    first = much.days[0]
    themes = ("", LONG_NAME, casework.STORY * 2)
    days = tuple(
        replace(
            first, held_on=first.held_on + timedelta(days=3 * n), theme=themes[n % 3],
            visits=9999, people=99999, issues=9999, present=999,
        )
        for n in range(110)
    )  # fmt: skip
    great = 99_999_999_99
    return replace(
        much,
        figures=tuple((one, Value(great, great if one in RATES else None)) for one in TOLD),
        ratings=tuple(Rated(one, at, 99999, 99999, 99999) for at in (False, True) for one in Rater),
        planned=99999,
        days=days,
        activities=tuple((kind, 99999) for kind in ActivityKind),
    )


def emptiest() -> StarMaterials:
    """A station that has no record yet."""
    none = tuple((one, Value(0, 0 if one in RATES else None)) for one in TOLD)
    return replace(
        invented_year(PRINTED_ON), figures=none, ratings=(), planned=0, days=(), activities=(),
        suggestions=0, revisits=0, look_backs=0,
    )  # fmt: skip
