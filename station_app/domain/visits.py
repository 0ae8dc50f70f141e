"""Visits: one arrival of one party, with the issues it raised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from db.vocabulary import Channel, IssueStatus
from station_app.domain.deputies import DeputyBrief
from station_app.domain.issues import IssueDraft, IssueRecord, issue_violations
from station_app.domain.residents import (
    ResidentDraft,
    ResidentRecord,
    resident_violations,
    tidy_resident,
)
from station_app.errors import violations
from station_app.i18n import tr

#: Five or more people who come together are a collective visit (domain.md §2).
COLLECTIVE = 5
MOST_REPRESENTATIVES = 5
LARGEST_PARTY = 999


@dataclass(frozen=True, slots=True)
class Party:
    """One named person of a party, known by ``id`` or new; ``draft`` holds what is typed now.

    For a known person an unchanged draft changes nothing; a changed one edits the resident.
    """

    draft: ResidentDraft
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """What was typed at the desk. ``day_id`` is None for a visit between reception days.

    ``number`` is that of a form numbered in advance and filled in by hand, ``arrived_at`` the
    moment that stands on it; else both are given when the visit is saved.
    """

    lead: Party
    issues: tuple[IssueDraft, ...]
    day_id: UUID | None = None
    companions: tuple[Party, ...] = ()
    party_size: int = 1
    channel: Channel = Channel.IN_PERSON
    deputy_ids: tuple[UUID, ...] = ()
    note: str = ""
    number: str = ""
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One visit whole, for the desk and for its forms."""

    id: UUID
    edition: int
    number: str
    day_id: UUID | None
    sequence: int
    arrived_at: datetime
    channel: Channel
    party_size: int
    resident: ResidentRecord
    companions: tuple[ResidentRecord, ...]
    deputies: tuple[DeputyBrief, ...]
    issues: tuple[IssueRecord, ...]
    note: str
    recorder: str
    voided: bool
    void_reason: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit in the list of arrivals. ``status`` and ``title`` are of its first issue.

    ``joined_to_count`` is how many issues are joined where the first issue was joined to (else 0).
    """

    id: UUID
    number: str
    sequence: int
    arrived_at: datetime
    name: str
    party_size: int
    issue_count: int
    title: str
    status: IssueStatus
    joined_to_count: int
    voided: bool


def is_collective(party_size: int) -> bool:
    """Whether a party counts as a collective visit."""
    return party_size >= COLLECTIVE


def tidy_visit(draft: VisitDraft) -> VisitDraft:
    """``draft`` with every person tidied; companions without a name are dropped."""
    companions = tuple(replace(one, draft=tidy_resident(one.draft)) for one in draft.companions)
    return replace(
        draft,
        lead=replace(draft.lead, draft=tidy_resident(draft.lead.draft)),
        companions=tuple(one for one in companions if one.draft.name),
        note=draft.note.strip(),
    )


def check_visit(draft: VisitDraft) -> None:
    """Raise RuleViolation with a sentence for each field of a tidied ``draft`` that is wrong."""
    found = [(f"resident.{name}", text) for name, text in resident_violations(draft.lead.draft)]
    for place, one in enumerate(draft.companions):
        wrong = resident_violations(one.draft)
        found += [(f"companions.{place}.{name}", text) for name, text in wrong]
    if not 1 <= draft.party_size <= LARGEST_PARTY:
        found.append(("party_size", tr("A party has 1 to 999 people.")))
    elif draft.party_size < 1 + len(draft.companions):
        found.append(("party_size", tr("More people are named than came.")))
    if len(draft.companions) >= MOST_REPRESENTATIVES:
        found.append(("companions", tr("At most five representatives are named.")))
    if not draft.issues:
        found.append(("issues", tr("Write down what the visitor raised.")))
    for place, issue in enumerate(draft.issues):
        found += [(f"issues.{place}.{name}", text) for name, text in issue_violations(issue)]
    violations(found)
