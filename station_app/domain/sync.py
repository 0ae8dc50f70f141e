"""Where the exchange with the centre stands, and what waits for a person to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from station_app.domain.moments import local
from station_app.domain.phones import is_phone, normalise_phone
from station_app.errors import RuleViolation
from station_app.i18n import tr

#: Seconds that this PC's clock may differ from the centre's before it is said.
CLOCK_TOLERANCE = 300


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How the exchange stands. ``pending`` counts acts, ``since`` is when the oldest was made.

    ``problem`` is the kind of the last SyncFault ("" after a good exchange). ``held`` records
    would be removed and wait for a yes; ``unknown`` are here and not at the centre.
    ``clock_off`` is this PC's clock minus the centre's, in seconds.
    """

    joined: bool
    letter: str = ""
    url: str = ""
    pending: int = 0
    since: datetime | None = None
    last_exchange_at: datetime | None = None
    problem: str = ""
    clock_off: int = 0
    refused: int = 0
    conflicts: int = 0
    held: int = 0
    unknown: int = 0

    @property
    def locked(self) -> bool:
        """Whether the centre revoked this PC: it may no longer be worked with."""
        return self.problem == "revoked"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change as it travels: what it was and what it should become."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RefusedChange:
    """One change that the centre did not accept; ``why`` is a sentence."""

    mid: int
    kind: str
    record_id: UUID
    made_at: datetime
    actor: str
    fields: tuple[FieldChange, ...]
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class ConflictRecord:
    """Two values of one field, written apart. ``id`` is None until the centre has told the rest.

    ``deletion``: an edit met a deletion, or the other way round.
    """

    id: UUID | None
    kind: str
    record_id: UUID
    field: str
    present: Any
    wanted: Any
    present_actor: str
    wanted_actor: str
    present_at: datetime | None
    wanted_at: datetime | None
    deletion: bool


@dataclass(frozen=True, slots=True)
class UnknownRecord:
    """A record of this PC that the centre does not have."""

    kind: str
    record_id: UUID


@dataclass(frozen=True, slots=True)
class Waiting:
    """Records of one kind with changes that wait to be handed in, the oldest made at ``since``."""

    kind: str
    records: int
    since: datetime | None


def status_words(status: SyncStatus, today: date) -> str:
    """The state of the exchange in a few words, for the status strip.

    ``today`` is the station's date: an older moment is said with its day.
    """
    if not status.joined:
        return tr("Not joined to a centre")
    if status.locked:
        return tr("This computer was shut out by the centre")
    said = [_problem_words(status.problem), _queue_words(status, today)]
    if status.conflicts:
        said.append(tr("{n} to be chosen", n=status.conflicts))
    if status.refused:
        said.append(tr("{n} not accepted", n=status.refused))
    if status.held:
        said.append(tr("{n} removals to be confirmed", n=status.held))
    if status.unknown:
        said.append(tr("{n} to be looked at", n=status.unknown))
    return tr("status|, ").join(part for part in said if part)


def since_words(moment: datetime, today: date) -> str:
    """A moment by the station's clock, with its day unless that is ``today``."""
    at = local(moment)
    if at.date() == today:
        return f"{at:%H:%M}"
    return tr("{month}-{day} {time}", month=at.month, day=at.day, time=f"{at:%H:%M}")


def _queue_words(status: SyncStatus, today: date) -> str:
    if status.pending and status.since is not None:
        since = since_words(status.since, today)
        return tr("{n} not handed in, since {time}", n=status.pending, time=since)
    return "" if status.problem else tr("Everything is handed in")


def _problem_words(problem: str) -> str:
    known = {
        "": "",
        "offline": tr("Offline"),
        "busy": tr("The centre is busy"),
        "upgrade": tr("A newer program is needed"),
        "unknown": tr("To be joined again"),
    }
    return known.get(problem, tr("The centre does not answer as it should"))


def own_value(field: str, typed: str) -> str:
    """What somebody typed instead of both values of a conflict, made uniform.

    Raises RuleViolation ("value").
    """
    text = typed.strip()
    if field in ("phone", "other_phone") and text:
        text = normalise_phone(text)
        if not is_phone(text):
            raise RuleViolation({"value": tr("This is not a phone number.")})
    if field in ("name", "title") and not text:
        raise RuleViolation({"value": tr("This cannot stay empty.")})
    return text


def clock_words(status: SyncStatus) -> str:
    """What to say about this PC's clock; "" while it is right enough."""
    if abs(status.clock_off) <= CLOCK_TOLERANCE:
        return ""
    minutes = round(abs(status.clock_off) / 60)
    if status.clock_off > 0:
        return tr("This computer's clock is {n} minutes fast. Please set it right.", n=minutes)
    return tr("This computer's clock is {n} minutes slow. Please set it right.", n=minutes)


def refusal_words(code: str) -> str:
    """Why the centre refused a change, and what can be done."""
    known = {
        "expected_state": tr("Somebody else had moved it on meanwhile. Look at it and act again."),
        "erased": tr("The person's data were erased on request; nothing more is kept of them."),
        "moved": tr("This record belongs to another station now."),
        "deleted": tr("This record had been deleted meanwhile."),
        "group": tr("It belongs to an act that was refused as a whole."),
        "unknown_record": tr("The centre does not have the record that this changes."),
        "append_only": tr("What was recorded there is not changed; add a new entry instead."),
        "centre_only": tr("Only the centre changes this. Send a suggestion instead."),
    }
    return known.get(code, tr("The centre could not store it. Enter it once more, please."))
