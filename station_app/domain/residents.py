"""Residents: the least that is kept about somebody who comes, and the rules for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from db.vocabulary import Gender, IssueStatus
from station_app.domain.deputies import tidy_name
from station_app.domain.phones import is_phone, normalise_phone
from station_app.i18n import tr


@dataclass(frozen=True, slots=True)
class ResidentDraft:
    """What was typed about a resident."""

    name: str
    phone: str = ""
    address: str = ""
    community: str = ""
    gender: Gender | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResidentRecord:
    """One resident; ``phone`` is whole here, screens mask it until asked (``mask_phone``)."""

    id: UUID
    edition: int
    name: str
    phone: str
    address: str
    community: str
    gender: Gender | None
    note: str
    visit_count: int
    last_visit_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResidentMatch:
    """One earlier visitor offered while a name is typed."""

    id: UUID
    name: str
    phone: str
    address: str
    community: str
    visit_count: int
    last_visit_at: datetime | None
    last_issue_title: str
    last_issue_status: IssueStatus | None


def tidy_resident(draft: ResidentDraft) -> ResidentDraft:
    """``draft`` with trimmed texts and a uniform phone."""
    return ResidentDraft(
        name=tidy_name(draft.name),
        phone=normalise_phone(draft.phone),
        address=draft.address.strip(),
        community=draft.community.strip(),
        gender=draft.gender,
        note=draft.note.strip(),
    )


def resident_violations(draft: ResidentDraft) -> list[tuple[str, str]]:
    """(field, sentence) for everything wrong with a tidied ``draft``."""
    found = []
    if not draft.name:
        found.append(("name", tr("Type the visitor's name.")))
    elif len(draft.name) > 50:
        found.append(("name", tr("A name has at most 50 characters.")))
    if draft.phone and not is_phone(draft.phone):
        found.append(("phone", tr("This is not a phone number.")))
    if len(draft.address) > 200:
        found.append(("address", tr("An address has at most 200 characters.")))
    return found
