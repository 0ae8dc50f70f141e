"""Accounts: who may do what, and what makes a password good enough."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from db.vocabulary import Role
from station_app.errors import NotAllowed, violations
from station_app.i18n import tr

#: Long enough against guessing offline with Argon2id, short enough to be typed ten times a day.
SHORTEST_PASSWORD = 8


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: handed to every Tx, written into every outbox and audit row."""

    id: UUID
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """What the head typed about an account."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """One account as a screen shows it."""

    id: UUID
    name: str
    role: Role
    slot: str
    retired: bool


def check_account(draft: AccountDraft) -> None:
    """Raise RuleViolation unless the account can be made."""
    found = []
    if not draft.name.strip():
        found.append(("name", tr("Type the person's name.")))
    elif len(draft.name) > 50:
        found.append(("name", tr("A name has at most 50 characters.")))
    violations(found)


def check_password(password: str, again: str) -> None:
    """Raise RuleViolation unless the password is long enough and typed twice alike."""
    found = []
    if len(password) < SHORTEST_PASSWORD:
        text = tr("Use at least {n} characters.", n=SHORTEST_PASSWORD)
        found.append(("password", text))
    elif password.isdigit() and len(set(password)) <= 2:
        found.append(("password", tr("This password is too easy to guess.")))
    if password != again:
        found.append(("again", tr("The two passwords differ.")))
    violations(found)


def require_writer(actor: Actor) -> None:
    """Raise NotAllowed for a viewer."""
    if actor.role is Role.VIEWER:
        raise NotAllowed(tr("This account may only look. Ask the head of the station."))


def require_head(actor: Actor) -> None:
    """Raise NotAllowed for anybody but the head of the station."""
    if actor.role is not Role.HEAD:
        raise NotAllowed(tr("Only the head of the station may do this."))
