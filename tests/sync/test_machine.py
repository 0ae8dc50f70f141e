"""A few dozen random histories in each run of the tests; ``run.py drill sync`` tries thousands."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from central.embedded import EmbeddedPostgres
from db.wire import Policy
from tests.sync.machine import Exchange
from tests.sync.world import Centre, make_template

EXAMPLES = 25


def test_random_histories_end_equal(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    make_template(tmp_path / "template")
    centre = Centre(postgres, tmp_path / "centre", policy=Policy(batch=3, page=4))

    class Histories(Exchange):
        pass

    Histories.centre, Histories.template = centre, tmp_path / "template"
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
    centre.close()
    assert centre.sql("SELECT count(*) FROM stream WHERE head > 0")[0][0] > EXAMPLES
