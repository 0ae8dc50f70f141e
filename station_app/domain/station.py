"""The station itself: its name, code, kind and the word it goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from db.vocabulary import StationKind
from station_app.errors import violations
from station_app.i18n import tr

_CODE = re.compile(r"[A-Z0-9]{2,8}")


@dataclass(frozen=True, slots=True)
class StationDraft:
    """What the wizard or the settings page collected. ``term`` is the word on screen and paper."""

    name: str
    code: str
    kind: StationKind
    term: str
    region: str = ""
    address: str = ""
    opening_hours: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class StationRecord:
    """The station as screens and prints show it. ``letter`` is this PC's letter on paper."""

    id: UUID
    name: str
    code: str
    kind: StationKind
    term: str
    region: str
    address: str
    opening_hours: str
    phone: str
    letter: str

    @property
    def title(self) -> str:
        """The whole name as it stands on paper: 葵英街道人大代表联络站."""
        return self.name if self.name.endswith(self.term) else self.name + self.term


def check_station(draft: StationDraft) -> None:
    """Raise RuleViolation unless name, code and term can stand on paper."""
    found = []
    if not draft.name.strip():
        found.append(("name", tr("Type the station's name.")))
    if not _CODE.fullmatch(draft.code):
        found.append(("code", tr("Use 2 to 8 capital letters or digits, such as KY.")))
    if not draft.term.strip():
        found.append(("term", tr("Choose the word your place uses.")))
    violations(found)
