"""The words of a ledger beside those of the station: categories, units, deputies."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import select

from db.models import Deputy
from station_app.config import RESOURCES
from station_app.domain.deputies import tidy_name
from station_app.services import dictionaries
from station_app.store import Tx

Value = TypeVar("Value")


class Received(NamedTuple):
    """Receiving deputies: those whom the register knows, and the names it does not."""

    known: tuple[UUID, ...]
    strangers: tuple[str, ...]


class Words:
    """What the words of a ledger mean at this station, looked up once for a whole import."""

    def __init__(self, tx: Tx) -> None:
        aliases = _aliases()
        self._categories: dict[str, str] = {}
        for one in dictionaries.list_categories(tx):
            self._categories.setdefault(_bare(one.path), one.code)
        for one in dictionaries.list_categories(tx):
            self._categories.setdefault(_bare(one.name), one.code)
        codes = set(self._categories.values())
        _take_aliases(self._categories, aliases["categories"], {one: one for one in codes})
        units = dictionaries.list_units(tx)
        self._units = {_bare(one.name): one.id for one in units}
        _take_aliases(self._units, aliases["units"], {one.code: one.id for one in units})
        self._deputies: defaultdict[str, list[UUID]] = defaultdict(list)
        for ident, name in tx.session.execute(select(Deputy.id, Deputy.name)):
            self._deputies[tidy_name(name)].append(ident)

    def category(self, word: str) -> str:
        """The code of the category that ``word`` means, or nothing."""
        return self._categories.get(_bare(word), "")

    def unit(self, word: str) -> UUID | None:
        """The unit that ``word`` means for certain."""
        bare = _bare(word)
        if bare in self._units:
            return self._units[bare]
        alike = {ident for name, ident in self._units.items() if len(bare) > 2 and bare in name}
        return alike.pop() if len(alike) == 1 else None

    def received(self, names: Iterable[str]) -> Received:
        """Who received; a name that several deputies bear is a stranger's."""
        known: list[UUID] = []
        strangers: list[str] = []
        for name in names:
            found = self._deputies.get(tidy_name(name), [])
            if len(found) == 1:
                known.append(found[0])
            else:
                strangers.append(name)
        return Received(tuple(dict.fromkeys(known)), tuple(strangers))


def _take_aliases(
    into: dict[str, Value], aliases: Mapping[str, str], known: Mapping[str, Value]
) -> None:
    for word, code in aliases.items():
        if code in known:
            into.setdefault(_bare(word), known[code])


@cache
def _aliases() -> dict[str, dict[str, str]]:
    """``categories`` and ``units``: words that ledgers use → the code of the default entry."""
    path = RESOURCES / "dictionaries" / "ledger_aliases.json"
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _bare(word: str) -> str:
    return re.sub(r"[\s\W_]+", "", unicodedata.normalize("NFKC", word).casefold())
