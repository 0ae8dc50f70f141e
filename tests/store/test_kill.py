"""A killed writer loses nothing it acknowledged; the long version is ``run.py drill kill``."""

from __future__ import annotations

import random

from tests.drills.kill import drill


def test_a_killed_writer_loses_nothing() -> None:
    saved, wrong = drill(4, random.Random(7))
    assert wrong == []
    assert saved
