"""Finds issues that share rare words with a text: candidates for being the same matter."""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import NamedTuple
from uuid import UUID

import sqlcipher3

from station_app.domain.search import Found
from station_app.store.search_index import range_of
from station_app.store.search_words import text_words

#: So many words of a text are looked at, and so many issues of each: a matter that thousands
#: share tells little, and the newest ones are the likeliest.
WORDS, ISSUES = 16, 100


class Candidates(NamedTuple):
    """Issues with the words that they share with the text; how much each word tells."""

    shared: dict[UUID, frozenset[str]]
    weights: dict[str, float]


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring characters in a text, each once: its words, near enough."""
    return list(dict.fromkeys(one for one in text_words(text) if len(one) == 2 and one > "\u2e7f"))


def candidates(
    driver: sqlcipher3.Connection, text: str, total: int, *, most: int = 60
) -> Candidates:
    """The ``most`` issues out of ``total`` that share what tells most, the best first."""
    first, last = range_of(Found.ISSUE)
    met: dict[int, list[str]] = defaultdict(list)
    weights: dict[str, float] = {}
    sql = (
        "SELECT rowid FROM find_text WHERE find_text MATCH ? AND rowid BETWEEN ? AND ?"
        " ORDER BY rowid DESC LIMIT ?"
    )
    for word in pairs(text)[:WORDS]:
        rows = driver.execute(sql, (f'"{word}"', first, last, ISSUES)).fetchall()
        weights[word] = log(1 + max(total, 1) / max(len(rows), 1))
        for (row,) in rows:
            met[row].append(word)
    best = sorted(met, key=lambda row: (sum(map(weights.__getitem__, met[row])), row), reverse=True)
    names = {}
    for row in best[:most]:
        found = driver.execute("SELECT record_id FROM find_row WHERE row = ?", (row,)).fetchone()
        if found is not None:
            names[UUID(found[0])] = frozenset(met[row])
    return Candidates(names, weights)
