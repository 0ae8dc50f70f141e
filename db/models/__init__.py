"""SQLAlchemy classes, one module per noun; importing this package knows them all."""

from __future__ import annotations

from db.models.account import Account
from db.models.base import Base, Synced
from db.models.day import Attendance, Duty, ReceptionDay
from db.models.deputy import Deputy
from db.models.dictionary import Category, Unit
from db.models.issue import Issue, IssueEvent
from db.models.journal import Audit, Outbox
from db.models.local import Counter, FormDraft, Setting
from db.models.photo import Photo
from db.models.resident import Resident
from db.models.station import Station
from db.models.sync import BlobTask, Conflict, Cursor, Identity, Shadow, Stage, Suggestion
from db.models.visit import Visit, VisitCompanion

__all__ = [
    "Account",
    "Attendance",
    "Audit",
    "Base",
    "BlobTask",
    "Category",
    "Conflict",
    "Counter",
    "Cursor",
    "Deputy",
    "Duty",
    "FormDraft",
    "Identity",
    "Issue",
    "IssueEvent",
    "Outbox",
    "Photo",
    "ReceptionDay",
    "Resident",
    "Setting",
    "Shadow",
    "Stage",
    "Station",
    "Suggestion",
    "Synced",
    "Unit",
    "Visit",
    "VisitCompanion",
]
