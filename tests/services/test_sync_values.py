"""Values and records of every kind as an operator reads them where two PCs wrote apart."""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import inspect

from db.models import Absence, Activity, Assistance, Conflict, Deputy, Duty, Meeting, ReceptionDay
from db.models import Recurrence as Rule
from db.policy import models, travelling
from db.vocabulary import ActivityKind, DayKind, Pattern, Wish
from station_app.domain.sync_words import INNER
from station_app.services.sync_state import resolve_conflict
from station_app.services.sync_values import editor_of, record_name, value_words
from station_app.store import Tx
from station_app.wiring import OpenStation

ON = date(2026, 12, 10)


def words(station: OpenStation, kind: str, field: str, value: Any) -> str:
    with station.store.read(station.actor) as tx:
        return value_words(tx, kind, field, value)


def test_no_word_of_the_vocabulary_is_shown_as_it_travels(station: OpenStation) -> None:
    raw, seen = [], 0
    for kind, model in models().items():
        for field in set(travelling(model)) - INNER:
            of = inspect(model).columns[field].type.python_type
            for one in of if issubclass(of, enum.Enum) else ():
                seen += 1
                if words(station, kind, field, one.value) == one.value:
                    raw.append((kind, field, one.value))
    assert seen > 50
    assert raw == []


@pytest.mark.parametrize(
    ("kind", "field", "value", "said"),
    [
        ("activity", "cancelled", True, "是"),
        ("deputy_suggestion", "complex", False, "否"),
        ("assistance", "amount", 123_450, "1,234.50 元"),
        ("recurrence", "weekdays", ["0", "4"], "周一、周五"),
        ("recurrence", "months", ["1", "3", "5", "7", "9", "11"], "单月"),
        ("recurrence", "numbers", ["10", "20"], "10、20"),
        ("meeting", "departments", ["城建局", "街道办"], "城建局、街道办"),
        ("dictionary_entry", "dictionary", "units", "承办单位"),
        ("activity", "starts", "09:30:00", "09:30"),
        ("activity", "activity_kind", "of a newer program", "of a newer program"),
        ("deputy_suggestion", "issue_ids", ["not an id"], "['not an id']"),
        ("issue", "of a newer program", 7, "7"),
        ("visit", "day_id", "0" * 32, "（本机没有的记录）"),
        ("activity", "place", "", "（空）"),
    ],
)
def test_values_are_told_as_people_read_them(
    station: OpenStation, kind: str, field: str, value: Any, said: str
) -> None:
    assert words(station, kind, field, value) == said


def activity(_: Tx) -> Any:
    return Activity(activity_kind=ActivityKind.TRAINING, title="视察养老服务", held_on=ON)


def assistance(_: Tx) -> Any:
    return Assistance(held_on=ON, what="慰问困难家庭")


def absence(tx: Tx) -> Any:
    return Absence(deputy_id=deputy(tx).id, wish=Wish.AWAY, first_on=ON, last_on=ON)


def duty(tx: Tx) -> Any:
    day = ReceptionDay(held_on=ON, starts=time(9), ends=time(11), day_kind=DayKind.REGULAR)
    tx.session.add(day)
    tx.session.flush()
    return Duty(day_id=day.id, deputy_id=deputy(tx).id)


def rule(_: Tx) -> Any:
    return Rule(pattern=Pattern.WEEKDAY, begins_on=ON, weekdays=["0"], months=[], starts=time(9),
                ends=time(11))  # fmt: skip


def meeting(_: Tx) -> Any:
    return Meeting(held_on=ON, topic="老旧小区加装电梯")


def deputy(tx: Tx) -> Deputy:
    row = Deputy(name="宋贵森", sort_key="songguisen")
    tx.session.add(row)
    tx.session.flush()
    return row


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (activity, "视察养老服务"),
        (assistance, "慰问困难家庭"),
        (absence, "宋贵森"),
        (duty, "2026-12-10 宋贵森"),
        (rule, "每周一，09:00–11:00，遇休息日顺延"),
        (meeting, "老旧小区加装电梯"),
    ],
)
def test_records_are_known_by_what_people_call_them(
    station: OpenStation, make: Callable[[Tx], Any], name: str
) -> None:
    with station.store.write(station.actor) as tx:
        row = make(tx)
        tx.session.add(row)
        tx.session.flush()
        assert record_name(tx, row) == name


def test_yes_or_no_is_chosen_and_has_no_third(station: OpenStation) -> None:
    assert editor_of("activity", "cancelled") == editor_of("assistance", "amount") == ("", ())
    assert editor_of("activity", "held_on") == ("line", ())
    with station.store.write(station.actor) as tx:
        row = activity(tx)
        tx.session.add(row)
        tx.session.flush()
        conflict = Conflict(record_kind="activity", record_id=row.id, field="cancelled")
        conflict.present, conflict.wanted = False, True
        tx.session.add(conflict)
        tx.session.flush()
        resolve_conflict(tx, conflict.id, value=True)
        assert row.cancelled
