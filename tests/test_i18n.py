"""English counts one thing as one; Chinese needs no such thing."""

from __future__ import annotations

import pytest

from station_app import i18n
from station_app.i18n import Language, tr


@pytest.fixture
def _english() -> None:
    i18n.use(Language.ENGLISH)


@pytest.mark.usefixtures("_english")
@pytest.mark.parametrize("n", [0, 2, 21])
def test_many_stay_many(n: int) -> None:
    assert tr("came {n} times", n=n) == f"came {n} times"


@pytest.mark.usefixtures("_english")
def test_one_is_one_with_its_verb() -> None:
    assert tr("came {n} times", n=1) == "came 1 time"
    assert tr("{n} working days", n=1) == "1 working day"
    assert tr("{n} deputies are expected.", n=1) == "1 deputy is expected."
    said = tr("The centre has removed {n} records that are still here: {kinds}.", n=1, kinds="…")
    assert said == "The centre has removed 1 record that is still here: …."


@pytest.mark.usefixtures("_english")
def test_each_count_of_a_sentence_goes_by_its_own_number() -> None:
    said = tr("{people} people, {issues} issues", people=1, issues=3)
    assert said == "1 person, 3 issues"


@pytest.mark.usefixtures("_english")
def test_a_number_that_counts_nothing_changes_nothing() -> None:
    assert tr("Visit {n} is saved.", n=1) == "Visit 1 is saved."
    assert tr("{name} has checked in.", name=1) == "1 has checked in."


def test_chinese_is_left_alone() -> None:
    assert tr("came {n} times", n=1) == "来过 1 次"
