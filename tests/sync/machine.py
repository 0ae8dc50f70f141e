"""Random histories of three PCs, two stations and a centre, with everything that goes wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.internal.conjecture.engine import ConjectureRunner
from hypothesis.stateful import run_state_machine_as_test

from station_app.sync import blobs
from tests.sync.centre import Centre
from tests.sync.headquarters import Headquarters
from tests.sync.holds import Holds
from tests.sync.misfortune import Misfortune
from tests.sync.papers import PART, Papers
from tests.sync.people import People

STEPS = 30


class Exchange(People, Papers, Headquarters, Misfortune, Holds):
    """All rules, and what must hold."""


def try_histories(centre: Centre, template: Path, examples: int, seeded: int) -> None:
    """Run ``examples`` random histories; the same seed gives the same ones."""

    class Histories(Exchange):
        pass

    Histories.centre, Histories.template = centre, template
    run = seed(seeded)(Histories)
    with (
        patch.object(ConjectureRunner, "generate_mutations_from", _not_another_like_it),
        patch.object(blobs, "PART", PART),
    ):
        run_state_machine_as_test(
            run,
            settings=settings(
                max_examples=examples,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                phases=(Phase.explicit, Phase.generate),
                suppress_health_check=list(HealthCheck),
            ),
        )


def _not_another_like_it(*_: Any) -> None:
    """Hypothesis would try five variations of each history: three in five were hardly new."""
