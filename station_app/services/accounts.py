"""Accounts of this station; passwords live in the key slots, not here."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from db.models import Account, Identity
from db.vocabulary import Role
from station_app.domain.accounts import (
    AccountDraft,
    AccountRecord,
    Actor,
    check_account,
    require_head,
)
from station_app.errors import Conflict, NotFound
from station_app.i18n import tr
from station_app.store import Tx


def list_accounts(tx: Tx) -> tuple[AccountRecord, ...]:
    """All accounts, heads first, retired ones last."""
    order = {Role.HEAD: 0, Role.OPERATOR: 1, Role.VIEWER: 2}
    rows = sorted(
        tx.session.scalars(select(Account)),
        key=lambda row: (row.retired_at is not None, order[row.role], row.created_at),
    )
    return tuple(_record(row) for row in rows)


def actor_of_slot(tx: Tx, slot: str) -> Actor:
    """Who the key slot ``slot`` belongs to. Raises NotFound for an unknown or retired one."""
    row = tx.session.scalars(select(Account).where(Account.slot == slot)).first()
    if row is None or row.retired_at is not None:
        raise NotFound(tr("This account is no longer in use."))
    return Actor(row.id, row.name, row.role)


def is_shut_out(tx: Tx) -> bool:
    """Whether the centre shut this PC out when it was last asked: nobody may sign in."""
    return tx.session.scalar(select(Identity.problem)) == "revoked"


def add_account(tx: Tx, draft: AccountDraft, *, slot: str) -> AccountRecord:
    """Add an account whose password opens ``slot``; only the head may.

    The very first account, at set-up, is the one who sets up. Raises RuleViolation, NotAllowed.
    """
    require_head(tx.actor)
    check_account(draft)
    first = tx.session.scalars(select(Account.id).limit(1)).first() is None
    row = Account(name=draft.name.strip(), role=draft.role, slot=slot)
    if first:
        row.id = tx.actor.id
    tx.session.add(row)
    tx.session.flush()
    return _record(row)


def rename_account(tx: Tx, account_id: UUID, *, name: str) -> AccountRecord:
    """Correct an account's name; only the head may. Raises RuleViolation, NotAllowed, NotFound."""
    require_head(tx.actor)
    row = _row(tx, account_id)
    check_account(AccountDraft(name, row.role))
    row.name = name.strip()
    tx.session.flush()
    return _record(row)


def retire_account(tx: Tx, account_id: UUID) -> AccountRecord:
    """Close an account; what it recorded keeps its name. Raises Conflict for the last head.

    A head who signs in at another PC only does not count for this one.
    """
    require_head(tx.actor)
    row = _row(tx, account_id)
    heads = [one for one in list_accounts(tx) if one.role is Role.HEAD and not one.retired]
    others = [one for one in heads if one.id != row.id and (one.slot or not row.slot)]
    if row.role is Role.HEAD and not others:
        raise Conflict(tr("A station needs at least one head."))
    row.retired_at = tx.now
    tx.session.flush()
    return _record(row)


def restore_account(tx: Tx, account_id: UUID, *, slot: str) -> AccountRecord:
    """Open a closed account again, under a new key slot."""
    require_head(tx.actor)
    row = _row(tx, account_id)
    row.retired_at = None
    row.slot = slot
    tx.session.flush()
    return _record(row)


def _row(tx: Tx, account_id: UUID) -> Account:
    row = tx.session.get(Account, account_id)
    if row is None:
        raise NotFound(tr("This account is no longer there."))
    return row


def _record(row: Account) -> AccountRecord:
    return AccountRecord(row.id, row.name, row.role, row.slot or "", row.retired_at is not None)
