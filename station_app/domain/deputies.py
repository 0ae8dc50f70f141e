"""Deputies: what is kept about one, and the rules for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from db.vocabulary import Gender, Level
from station_app.domain.phones import is_phone, normalise_phone
from station_app.errors import violations
from station_app.i18n import tr

_BORN = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class DeputyDraft:
    """What was typed or imported. ``born_on``: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or empty."""

    name: str
    gender: Gender | None = None
    ethnicity: str = ""
    born_on: str = ""
    levels: tuple[Level, ...] = ()
    position: str = ""
    electoral_unit: str = ""
    deputy_group: str = ""
    professional_group: str = ""
    phone: str = ""
    other_phone: str = ""
    profile: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeputyRecord:
    """One deputy as a screen or print shows it. ``levels`` highest first."""

    id: UUID
    edition: int
    name: str
    gender: Gender | None
    ethnicity: str
    born_on: str
    levels: tuple[Level, ...]
    position: str
    electoral_unit: str
    deputy_group: str
    professional_group: str
    phone: str
    other_phone: str
    profile: str
    note: str
    photo_id: UUID | None
    retired: bool
    retired_reason: str


class DeputyBrief(NamedTuple):
    """One deputy where only who they are matters. ``levels`` highest first."""

    id: UUID
    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class RosterImport:
    """What an import of a roster did: names added, names changed, how many were already so."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int


def tidy_deputy(draft: DeputyDraft) -> DeputyDraft:
    """``draft`` with trimmed texts, uniform phones and levels highest first without repeats."""
    order = list(Level)
    return DeputyDraft(
        name=tidy_name(draft.name),
        gender=draft.gender,
        ethnicity=draft.ethnicity.strip(),
        born_on=draft.born_on.strip(),
        levels=tuple(sorted(set(draft.levels), key=order.index)),
        position=draft.position.strip(),
        electoral_unit=draft.electoral_unit.strip(),
        deputy_group=draft.deputy_group.strip(),
        professional_group=draft.professional_group.strip(),
        phone=normalise_phone(draft.phone),
        other_phone=normalise_phone(draft.other_phone),
        profile=draft.profile.strip(),
        note=draft.note.strip(),
    )


def tidy_name(typed: str) -> str:
    """A person's name without the blanks that only set it nicely (``李　丽`` → ``李丽``).

    Blanks between Latin words stay one blank; the middle dot is made U+00B7.
    """
    text = re.sub(r"[\u30fb\u2022\u2027\uff65\u318d]", "\u00b7", typed.strip())
    text = re.sub(r"\s*\u00b7\s*", "\u00b7", text)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", text)


def check_deputy(draft: DeputyDraft) -> None:
    """Raise RuleViolation unless a tidied ``draft`` can be kept."""
    found = []
    if not draft.name:
        found.append(("name", tr("Type the deputy's name.")))
    elif len(draft.name) > 50:
        found.append(("name", tr("A name has at most 50 characters.")))
    if draft.born_on and not _BORN.fullmatch(draft.born_on):
        found.append(("born_on", tr("Write the birth month like 1975-01.")))
    for name, phone in (("phone", draft.phone), ("other_phone", draft.other_phone)):
        if phone and not is_phone(phone):
            found.append((name, tr("This is not a phone number.")))
    violations(found)
