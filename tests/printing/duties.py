"""Invented years of deputies for the duty file and the duty points: the longest, the emptiest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from db.vocabulary import ActivityKind
from station_app.domain.duty_files import DutyFile
from station_app.printing.example_file import invented_deputy, invented_file
from tests.printing import casework, samples


def longest() -> DutyFile:
    """A name of fifty characters, long words everywhere, and receptions on every third day."""
    much = invented_file(samples.PRINTED_ON)
    deputy = replace(
        much.deputy, name=samples.LONG_NAME, position=casework.STORY, deputy_group=casework.STORY,
        electoral_unit=casework.LONG_UNIT, levels=much.deputy.levels * 2,
    )  # fmt: skip
    days = [date(2026, 1, 1) + timedelta(days=3 * n) for n in range(100)]
    story = casework.STORY
    return replace(
        much,
        deputy=deputy,
        receptions=tuple(
            much.receptions[0]._replace(held_on=on, theme=story, place=casework.LONG_UNIT)
            for on in days
        ),
        visits=tuple(
            much.visits[0]._replace(on=on, visits=99, people=9999, issues=9999) for on in days
        ),
        issues=tuple(one._replace(title=story * 3) for one in much.issues * 10),
        promises=tuple(one._replace(text=casework.LONG_TEXT[:1500]) for one in much.promises * 5),
        suggestions=tuple(one._replace(title=story) for one in much.suggestions * 4),
        activities=tuple(
            much.activities[0]._replace(kind=kind, title=story, place=casework.LONG_UNIT)
            for kind in ActivityKind
        ),
        help=tuple(one._replace(what=story, amount=10**10) for one in much.help * 3),
    )


def emptiest() -> DutyFile:
    """A deputy of whom nothing but the name is known, and nothing was recorded."""
    deputy = replace(
        invented_deputy(), name="王", levels=(), position="", electoral_unit="", deputy_group=""
    )
    return DutyFile(deputy, 2026)
