"""Search against a naive scan over the same texts, for any text and anything typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from uuid_utils.compat import uuid7

from db.models import Issue, Visit
from station_app.config import DataDir
from station_app.domain.search import Found
from station_app.store import Store, Tx, keys
from station_app.store.search_index import find
from tests.store.conftest import ACTOR
from tests.store.people import add_issue, add_resident, add_visit
from tests.store.test_search import hits

CHINESE = "路灯不亮小区停车难一二三张伟𠮷"
TEXTS = st.text(alphabet=CHINESE + "AbZ019 ，。-·\"'*()^:{}+", max_size=24)


@dataclass
class Shelf:
    """A store whose issues are put in anew for each example."""

    store: Store

    def fill(self, tx: Tx, texts: list[str]) -> None:
        for row in tx.session.scalars(select(Issue)):
            tx.session.delete(row)
        tx.session.flush()
        visit = tx.session.scalars(select(Visit)).one()
        for place, text in enumerate(texts):
            add_issue(tx, visit, f"N{place}", text)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    store = Store.create(DataDir(tmp_path_factory.mktemp("shelf") / "station"), keys.new_key())
    with store.write(ACTOR) as tx:
        add_visit(tx, add_resident(tx, "甲", ""), f"V{uuid7().hex}")
    yield Shelf(store)
    store.close()


def naive(text: str, typed: str) -> bool:
    """Whether every typed word stands in ``text``: Chinese anywhere, letters and digits from the
    beginning of a run of theirs, punctuation not counted."""
    plain = re.sub(r"[^0-9a-z\u2e80-\U0010ffff]", " ", text.lower())
    plain = re.sub(r"(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])", " ", plain)
    runs = re.findall(r"[0-9]+|[a-z]+|[\u2e80-\U0010ffff]", re.sub("[，。]", " ", plain))
    for word in typed.lower().split():
        asked = re.findall(r"[0-9]+|[a-z]+|[\u2e80-\U0010ffff]", re.sub("[，。]", " ", word))
        if asked and not _stands(runs, asked):
            return False
    return True


def _stands(runs: list[str], asked: list[str]) -> bool:
    *whole, last = asked
    for at in range(len(runs) - len(whole)):
        if runs[at : at + len(whole)] == whole and runs[at + len(whole)].startswith(last):
            return True
    return False


@given(texts=st.lists(TEXTS, min_size=1, max_size=4), typed=TEXTS)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_finds_what_a_naive_scan_finds(shelf: Shelf, texts: list[str], typed: str) -> None:
    with shelf.store.write(ACTOR) as tx:
        shelf.fill(tx, texts)
    expected = {text for text in texts if naive(text, typed) and re.search(r"\w", typed)}
    found = set(hits(shelf.store, Found.ISSUE, typed))
    # Paper numbers (N0 …) may be met besides; a title that stands there is always found.
    assert expected <= found
    assert all(naive(text, typed) or "n" in typed.lower() for text in found)


@given(start=st.data(), text=st.text(alphabet=CHINESE, min_size=1, max_size=20))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_fragment_of_a_title_finds_it(shelf: Shelf, start: st.DataObject, text: str) -> None:
    first = start.draw(st.integers(0, len(text) - 1))
    last = start.draw(st.integers(first + 1, len(text)))
    with shelf.store.write(ACTOR) as tx:
        shelf.fill(tx, [text])
    assert hits(shelf.store, Found.ISSUE, text[first:last]) == [text]


@given(typed=st.text(max_size=200))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_typed_text_ever_raises(shelf: Shelf, typed: str) -> None:
    with shelf.store.read(ACTOR) as tx:
        found = [find(tx, kind, typed, limit=7) for kind in Found]
        found.append(find(tx, Found.RESIDENT, typed, names_only=True))
    assert all(len(one) <= 7 for one in found)
