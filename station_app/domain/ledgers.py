"""Ledgers of earlier years: what one row says, and what became of it when it was imported."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from hashlib import blake2b
from uuid import UUID

from db.vocabulary import Channel, Rating
from station_app.domain.deputies import tidy_name
from station_app.domain.residents import ResidentDraft


class Said(StrEnum):
    """What a ledger says became of a matter; a reply alone never settles it."""

    NOTHING = "nothing"
    UNDER_WAY = "under_way"
    ANSWERED = "answered"
    HANDED_ON = "handed_on"
    REPLIED = "replied"
    SOLVED = "solved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class LedgerDraft:
    """One row of a ledger as it was understood.

    ``people`` is None where the ledger does not say. ``category``, ``unit`` and ``deputies`` are
    words as written. ``outcome`` is what was written about the handling, ``said`` what it means,
    ``done_on`` its date. ``rating`` is what the resident felt, only where the ledger says that it
    was the resident; ``opinion`` any other judgement, as written. ``number`` is a number that the
    paper bears, ``serial`` the place in the ledger.
    """

    row_number: int
    held_on: date
    resident: ResidentDraft
    text: str
    at: time | None = None
    people: int | None = None
    channel: Channel = Channel.IN_PERSON
    category: str = ""
    place: str = ""
    deputies: tuple[str, ...] = ()
    outcome: str = ""
    said: Said = Said.NOTHING
    unit: str = ""
    done_on: date | None = None
    rating: Rating | None = None
    opinion: str = ""
    number: str = ""
    serial: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """Where the rows came from: the file's name, its SHA-256 and the sheet."""

    name: str
    sha256: str
    sheet: str


class Fate(StrEnum):
    """What became of one row.

    ``ADDED``: a visit of its own. ``JOINED``: an issue more of a visit that the ledger or the
    station has already. ``KNOWN``: imported earlier. ``PRESENT``: the station had registered it
    itself. ``REFUSED``: not imported, with its reason.
    """

    ADDED = "added"
    JOINED = "joined"
    KNOWN = "known"
    PRESENT = "present"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowFate:
    """What became of one row; ``notes`` are sentences about what could not be taken over."""

    row_number: int
    fate: Fate
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerImport:
    """What an import did. ``batch_id`` is None if nothing was new.

    ``still_open`` counts the new issues that the ledger does not say to be solved or declined.
    ``strangers`` are receiving deputies whom the register does not know; their names stay in the
    visits' notes. ``unstated`` counts rows without a number of people: each counts as one.
    """

    batch_id: UUID | None
    rows: tuple[RowFate, ...]
    visits: int = 0
    issues: int = 0
    still_open: int = 0
    days_made: int = 0
    residents_made: int = 0
    residents_known: int = 0
    unstated: int = 0
    strangers: tuple[str, ...] = ()

    def count(self, fate: Fate) -> int:
        """How many rows met ``fate``."""
        return sum(one.fate is fate for one in self.rows)


@dataclass(frozen=True, slots=True)
class Batch:
    """One import, for the list of imports that can be taken back."""

    id: UUID
    file: str
    sheet: str
    imported_at: datetime
    by: str
    visits: int
    issues: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Undo:
    """What taking an import back did: rows taken back, and rows kept with the reason why."""

    taken_back: int
    kept: dict[int, str]


def said_text(text: str) -> str:
    """``text`` for telling whether two rows say the same: half width, no blanks, no stops."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s\W_]+", "", folded)


def fingerprints(drafts: Iterable[LedgerDraft]) -> Iterator[bytes]:
    """A stable mark of each row: the same whatever the file's format and the row's place.

    Rows of one ledger that say the very same are told apart by their order.
    """
    seen: Counter[bytes] = Counter()
    for one in drafts:
        facts = (
            one.held_on.isoformat(),
            tidy_name(one.resident.name),
            said_text(one.text),
            one.number,
        )
        mark = blake2b("\x1f".join(facts).encode(), digest_size=24).digest()
        seen[mark] += 1
        yield mark + seen[mark].to_bytes(2, "big")
