"""Where the exchange speaks: values as people read them, and what records are known by."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import String, Text, inspect

from db.models import (
    Absence,
    Account,
    Activity,
    Assistance,
    Attachment,
    Attendance,
    CalendarDay,
    Category,
    Deputy,
    DeputySuggestion,
    DictionaryEntry,
    Duty,
    DutyCard,
    Issue,
    IssueEvent,
    Meeting,
    ReceptionDay,
    Recurrence,
    ReportSnapshot,
    Resident,
    ScannedPaper,
    Station,
    SuggestionEvent,
    Unit,
    Visit,
)
from db.policy import models
from db.vocabulary import (
    ActivityKind,
    CardKind,
    CardState,
    Channel,
    CheckInMethod,
    DayKind,
    DayStatus,
    Gender,
    IssueEventKind,
    Level,
    Pattern,
    Role,
    RoleClass,
    Shift,
    Stage,
    StationKind,
    Urgency,
    Wish,
)
from station_app.domain import card_words, words
from station_app.domain.absences import wish_word
from station_app.domain.activities import activity_word, yuan
from station_app.domain.case_words import stage_word
from station_app.domain.dictionaries import Dictionary, dictionary_word
from station_app.domain.issue_words import event_word, urgency_word
from station_app.domain.moments import local
from station_app.domain.periods import PeriodKind, kind_word
from station_app.domain.recurrence_words import (
    months_word,
    pattern_word,
    shift_word,
    weekday_word,
)
from station_app.i18n import tr
from station_app.services.dictionaries import category_paths
from station_app.services.recurrences import recurrence_of
from station_app.store import Tx

_WORDS: dict[type[enum.Enum], Callable[[Any], str]] = {
    ActivityKind: activity_word,
    CardKind: card_words.kind_word,
    CardState: card_words.state_word,
    Channel: words.channel_word,
    CheckInMethod: words.check_in_word,
    DayKind: words.day_kind_word,
    DayStatus: words.day_status_word,
    Gender: words.gender_word,
    IssueEventKind: event_word,
    Pattern: pattern_word,
    Role: words.role_word,
    RoleClass: words.role_class_word,
    Shift: shift_word,
    Stage: stage_word,
    StationKind: words.station_kind_word,
    Urgency: urgency_word,
    Wish: wish_word,
}
#: Fields whose values are no plain values of their column.
_OWN_WORDS: dict[str, Callable[[Any], str]] = {
    "amount": lambda fen: tr("{amount} yuan", amount=yuan(fen)),
    "dictionary": lambda code: dictionary_word(Dictionary(code)),
    "levels": lambda found: words.levels_words(Level(one) for one in found if one in set(Level)),
    "months": lambda found: months_word(frozenset(map(int, found))),
    "report_kind": lambda kind: kind_word(PeriodKind(kind)),
    "weekdays": lambda found: _listed(weekday_word(int(one)) for one in found),
}
#: Fields that name other records without a foreign key, one or many.
_REFERS: dict[str, type[Any]] = {
    "deputy_ids": Deputy,
    "issue_ids": Issue,
    "recurrence_id": Recurrence,
    "replaced_by": DutyCard,
    "resolved_by": Account,
}
#: What a record is known by.
_KNOWN_BY: dict[type[Any], str] = {
    Account: "name", Activity: "title", Assistance: "what", Attachment: "name",
    Attendance: "name", CalendarDay: "day", Category: "name", Deputy: "name",
    DeputySuggestion: "title", DictionaryEntry: "name", DutyCard: "number", Issue: "title",
    Meeting: "topic", ReceptionDay: "held_on", ReportSnapshot: "title", Resident: "name",
    ScannedPaper: "name", Station: "name", Unit: "name",
}  # fmt: skip
#: Records that are known by another one: through which field.
_THROUGH: dict[type[Any], tuple[tuple[type[Any], str], ...]] = {
    Absence: ((Deputy, "deputy_id"),),
    Attendance: ((Deputy, "deputy_id"),),
    Duty: ((ReceptionDay, "day_id"), (Deputy, "deputy_id")),
    IssueEvent: ((Issue, "issue_id"),),
    SuggestionEvent: ((DeputySuggestion, "suggestion_id"),),
    Visit: ((Resident, "resident_id"),),
}
_LONG = frozenset({"text", "note", "profile"})
#: Chosen in a way of their own where they are edited, which a single line is not.
_NO_LINE = frozenset({"amount", "category", "dictionary", "report_kind"})


def value_words(tx: Tx, kind: str, field: str, value: Any) -> str:
    """A value, as it travels, as people read it; one of a newer program as it is."""
    if value is None or value in ("", [], {}):
        return tr("value|(empty)")
    column = _column(kind, field)
    if field == "category":
        return category_paths(tx).get(str(value), str(value))
    if column is None:
        return str(value)
    try:
        return _said(tx, column, field, value)
    except (ValueError, KeyError, TypeError, msgspec.ValidationError):
        return str(value)


def editor_of(kind: str, field: str) -> tuple[str, tuple[tuple[Any, str], ...]]:
    """How another value is given: see ``ConflictView``."""
    column = _column(kind, field)
    if column is None or column.foreign_keys or field in _NO_LINE:
        return "", ()
    wanted = column.type.python_type
    if issubclass(wanted, enum.Enum):
        known = tuple((one.value, _WORDS[wanted](one)) for one in wanted if wanted in _WORDS)
        return ("choice", known) if known else ("", ())
    if isinstance(column.type, String | Text):
        return ("lines" if field in _LONG else "line"), ()
    return ("line" if wanted in (int, date, time) else ""), ()  # of yes and no there is no third


def record_name(tx: Tx, record: Any) -> str:
    """How people know a record; "" where they would not ask for one by name."""
    if isinstance(record, Recurrence):
        return recurrence_of(record).words
    own = getattr(record, _KNOWN_BY.get(type(record), ""), "")
    if own:
        return str(own)
    others = (
        record_name(tx, tx.session.get(model, getattr(record, field)))
        for model, field in _THROUGH.get(type(record), ())
        if getattr(record, field) is not None
    )
    return " ".join(name for name in others if name)


def _said(tx: Tx, column: Any, field: str, value: Any) -> str:
    if field in _OWN_WORDS:
        return _OWN_WORDS[field](value)
    if field in _REFERS and isinstance(value, list):
        return _listed(name for one in value if (name := _named(tx, _REFERS[field], one)))
    if field in _REFERS:
        return _referred(tx, _REFERS[field], value)
    for key in column.foreign_keys:
        return _referred(tx, _model(key.column.table.name), value)
    if isinstance(value, list):
        return _listed(map(str, value))
    return _plain(column.type.python_type, value)


def _plain(wanted: type[Any], value: Any) -> str:
    if wanted is bool:
        return _yes_or_no(bool(value))
    if issubclass(wanted, enum.Enum):
        return _WORDS[wanted](wanted(value))
    if issubclass(wanted, datetime):
        return f"{local(msgspec.convert(value, datetime)):%Y-%m-%d %H:%M}"
    if issubclass(wanted, time):
        return f"{msgspec.convert(value, time):%H:%M}"
    return str(value)


def _yes_or_no(said: bool) -> str:
    return tr("value|yes") if said else tr("value|no")


def _listed(found: Iterable[str]) -> str:
    return tr("list|, ").join(found)


def _column(kind: str, field: str) -> Any:
    model = models().get(kind)
    return None if model is None else inspect(model).columns.get(field)


def _model(table: str) -> type[Any] | None:
    return next((one for one in models().values() if one.__tablename__ == table), None)


def _referred(tx: Tx, model: type[Any] | None, value: Any) -> str:
    return _named(tx, model, value) or tr("value|(a record that is not here)")


def _named(tx: Tx, model: type[Any] | None, value: Any) -> str:
    return record_name(tx, None if model is None else tx.session.get(model, UUID(str(value))))
