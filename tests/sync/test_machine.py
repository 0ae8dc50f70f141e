"""Random histories in each run of the tests; ``run.py drill sync`` tries thousands."""

from __future__ import annotations

from pathlib import Path

from central.embedded import EmbeddedPostgres
from tests.sync.centre import Centre
from tests.sync.machine import try_histories

EXAMPLES = 60
SEED = 2026


def test_random_histories_end_equal(
    postgres: EmbeddedPostgres, template: Path, tmp_path: Path
) -> None:
    centre = Centre(postgres, tmp_path / "centre")
    try_histories(centre, template, EXAMPLES, SEED)
    assert centre.sql("SELECT count(*) FROM stream WHERE head > 0")[0][0] > EXAMPLES
    centre.close()
