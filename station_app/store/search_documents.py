"""What each noun is found by: its names (titles, phones, numbers too) and its other texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlcipher3
from sqlalchemy.orm import Session

from db.models import Resident
from station_app.domain.search import Found
from station_app.store.search_words import (
    date_words,
    joined,
    number_words,
    phone_words,
    sound_words,
    text_words,
)

Text = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """How records of one kind become words.

    ``text`` turns the values of ``columns`` (and the resident's name after them, if
    ``by_resident``) into the two indexed texts.
    """

    found: Found
    table: str
    columns: frozenset[str]
    order: tuple[str, ...]
    text: Callable[..., Text]
    by_resident: bool = False

    def of_record(self, session: Session, record: Any) -> Text:
        """The texts of a record that the session holds."""
        values = [getattr(record, name) for name in self.order]
        if self.by_resident:
            values.append(session.get_one(Resident, record.resident_id).name)
        return self.text(*values)

    def all_texts(self, driver: sqlcipher3.Connection) -> Iterator[tuple[str, Text]]:
        """The texts of every record of this kind, the oldest first."""
        return self._read(driver, "ORDER BY t.created_at, t.id", ())

    def texts_of_resident(
        self, driver: sqlcipher3.Connection, resident_id: UUID
    ) -> Iterator[tuple[str, Text]]:
        """The texts of every record of one resident."""
        return self._read(driver, "WHERE t.resident_id = ?", (resident_id.hex,))

    def texts_of(
        self, driver: sqlcipher3.Connection, record_ids: Iterable[str]
    ) -> Iterator[tuple[str, Text]]:
        """The texts of the records among ``record_ids`` (hex) that are there, the oldest first."""
        wanted = json.dumps(list(record_ids))
        tail = "WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.created_at, t.id"
        return self._read(driver, tail, (wanted,))

    def _read(
        self, driver: sqlcipher3.Connection, tail: str, given: tuple[str, ...]
    ) -> Iterator[tuple[str, Text]]:
        names = ", ".join(f"t.{name}" for name in self.order)
        joins = ""
        if self.by_resident:
            names, joins = f"{names}, r.name", "JOIN resident r ON r.id = t.resident_id"
        rows = driver.execute(f"SELECT t.id, {names} FROM {self.table} t {joins} {tail}", given)
        for record_id, *values in rows:
            yield record_id, self.text(*values)


def _resident(name: str, phone: str, address: str, community: str, note: str) -> Text:
    return (
        joined(text_words(name), sound_words(name), phone_words(phone)),
        joined(text_words(address), text_words(community), text_words(note)),
    )


def _issue(number: str, title: str, text: str, place: str, resident: str) -> Text:
    return (
        joined(text_words(title), number_words(number)),
        joined(text_words(text), text_words(place), text_words(resident)),
    )


def _visit(number: str, note: str, resident: str) -> Text:
    names = joined(text_words(resident), sound_words(resident), number_words(number))
    return names, joined(text_words(note))


def _deputy(name: str, phone: str, other_phone: str, *rest: str) -> Text:
    names = joined(text_words(name), sound_words(name), phone_words(phone, other_phone))
    return names, joined(*(text_words(text) for text in rest))


def _day(held_on: Any, theme: str, place: str, campaign: str, note: str) -> Text:
    year, month, day = str(held_on).split("-")
    spoken = f"{year}年{int(month)}月{int(day)}日"
    names = joined(text_words(theme), text_words(spoken), date_words(year + month + day))
    return names, joined(text_words(place), text_words(campaign), text_words(note))


def _document(
    found: Found, table: str, order: str, text: Callable[..., Text], *, by_resident: bool = False
) -> Document:
    names = tuple(order.split())
    return Document(found, table, frozenset(names), names, text, by_resident)


#: By the kind of a Change.
DOCUMENTS: dict[str, Document] = {
    "resident": _document(
        Found.RESIDENT, "resident", "name phone address community note", _resident
    ),
    "issue": _document(Found.ISSUE, "issue", "number title text place", _issue, by_resident=True),
    "visit": _document(Found.VISIT, "visit", "number note", _visit, by_resident=True),
    "deputy": _document(
        Found.DEPUTY,
        "deputy",
        "name phone other_phone position electoral_unit deputy_group professional_group profile"
        " note",
        _deputy,
    ),
    "activity": _document(Found.ACTIVITY, "activity", "held_on title place campaign note", _day),
    "day": _document(Found.DAY, "reception_day", "held_on theme place campaign note", _day),
}
