"""The words of the field as enums: standard library only, so that every room may read them."""

from __future__ import annotations

from db.vocabulary.casework import (
    AskedHow,
    Clock,
    Degree,
    Finding,
    Handling,
    IssueEventKind,
    IssueStatus,
    Rater,
    Rating,
    Stage,
    Supervisor,
    Turn,
    Urgency,
)
from db.vocabulary.days import (
    ActivityKind,
    CardKind,
    CardState,
    Channel,
    CheckInMethod,
    DayKind,
    DayStatus,
    Pattern,
    Shift,
    Wish,
)
from db.vocabulary.records import FactKind, Op
from db.vocabulary.stations import Gender, Level, Role, RoleClass, StationKind

__all__ = [
    "ActivityKind",
    "AskedHow",
    "CardKind",
    "CardState",
    "Channel",
    "CheckInMethod",
    "Clock",
    "DayKind",
    "DayStatus",
    "Degree",
    "FactKind",
    "Finding",
    "Gender",
    "Handling",
    "IssueEventKind",
    "IssueStatus",
    "Level",
    "Op",
    "Pattern",
    "Rater",
    "Rating",
    "Role",
    "RoleClass",
    "Shift",
    "Stage",
    "StationKind",
    "Supervisor",
    "Turn",
    "Urgency",
    "Wish",
]
