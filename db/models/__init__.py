"""SQLAlchemy classes, one module per noun; importing this package knows them all."""

from __future__ import annotations

from db.models.account import Account
from db.models.base import Base, Synced
from db.models.day import Attendance, Duty, ReceptionDay
from db.models.deputy import Deputy
from db.models.dictionary import Category, DictionaryEntry, Unit
from db.models.duty_card import (
    CardIssuer,
    CardKey,
    CardNotice,
    DutyCard,
    OwnCardKey,
    ScannedPaper,
)
from db.models.fact import IssueFact
from db.models.imports import ImportBatch, ImportRecord, ImportRow
from db.models.issue import Issue, IssueDeputy, IssueEvent, Tally
from db.models.journal import Audit, Outbox
from db.models.local import Counter, FormDraft, Setting
from db.models.meeting import Meeting
from db.models.photo import Attachment, Photo
from db.models.planning import Absence, Activity, Assistance, Recurrence, ReportSnapshot
from db.models.resident import Resident
from db.models.rules import CalendarDay, RuleSetRow
from db.models.station import Station
from db.models.suggestion import DeputySuggestion, SuggestionEvent
from db.models.sync import BlobTask, Conflict, Cursor, Identity, Shadow, Stage, Suggestion
from db.models.visit import Visit, VisitCompanion

__all__ = [
    "Absence",
    "Account",
    "Activity",
    "Assistance",
    "Attachment",
    "Attendance",
    "Audit",
    "Base",
    "BlobTask",
    "CalendarDay",
    "CardIssuer",
    "CardKey",
    "CardNotice",
    "Category",
    "Conflict",
    "Counter",
    "Cursor",
    "Deputy",
    "DeputySuggestion",
    "DictionaryEntry",
    "Duty",
    "DutyCard",
    "FormDraft",
    "Identity",
    "ImportBatch",
    "ImportRecord",
    "ImportRow",
    "Issue",
    "IssueDeputy",
    "IssueEvent",
    "IssueFact",
    "Meeting",
    "Outbox",
    "OwnCardKey",
    "Photo",
    "ReceptionDay",
    "Recurrence",
    "ReportSnapshot",
    "Resident",
    "RuleSetRow",
    "ScannedPaper",
    "Setting",
    "Shadow",
    "Stage",
    "Station",
    "Suggestion",
    "SuggestionEvent",
    "Synced",
    "Tally",
    "Unit",
    "Visit",
    "VisitCompanion",
]
