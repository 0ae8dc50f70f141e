"""The only place where concrete things meet: key slots, the store, accounts and the clock.

The window and the command line open a station through this module and hand what comes back to
their own parts. It imports nothing heavy at its top: the unlock window must paint first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from station_app.config import DataDir
from station_app.errors import FaultKind, StoreFault
from station_app.i18n import tr

if TYPE_CHECKING:
    from uuid import UUID

    from station_app.domain.accounts import AccountDraft, AccountRecord, Actor
    from station_app.domain.station import StationDraft
    from station_app.store import Store

Clock = Callable[[], datetime]


def now() -> datetime:
    """The wall clock, in UTC: the one place where the program asks what time it is."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class OpenStation:
    """An unlocked station: its files, its data key, the store and who is signed in.

    ``shut_out``: the centre had revoked this PC when it was opened.
    """

    data: DataDir
    key: bytes
    slot: str
    store: Store
    actor: Actor
    shut_out: bool = False

    def close(self) -> None:
        """Close the file; the key is forgotten with this object."""
        self.store.close()


def set_up(
    data: DataDir,
    station: StationDraft,
    head: AccountDraft,
    password: str,
    *,
    clock: Clock = now,
) -> str:
    """Make a new station with its head's account; returns the recovery key to print.

    Raises RuleViolation before anything is written, StoreFault when the folder cannot be used or
    already holds a station. A set-up that fails leaves nothing behind.
    """
    from uuid_utils.compat import uuid7

    from station_app.domain.accounts import Actor, check_account, check_password
    from station_app.domain.station import check_station
    from station_app.services import accounts, dictionaries
    from station_app.services.station import create_station
    from station_app.store import Store, keys
    from station_app.store.files import discard

    check_station(station)
    check_account(head)
    check_password(password, password)
    if data.exists():
        raise StoreFault(FaultKind.OTHER, tr("There is a station in this folder already."))
    key, recovery_key = keys.new_key(), keys.new_recovery_key()
    try:
        slot = keys.add_slot(data, key, head.role, password)
        keys.set_recovery(data, key, recovery_key)
        store = Store.create(data, key, clock=clock)
        try:
            with store.write(Actor(uuid7(), head.name.strip(), head.role)) as tx:
                create_station(tx, station)
                accounts.add_account(tx, head, slot=slot.id)
                dictionaries.seed_dictionaries(tx)
        finally:
            store.close()
    except BaseException:
        discard(data.database, data.keys)
        raise
    return recovery_key


def open_station(data: DataDir, slot: str, password: str, *, clock: Clock = now) -> OpenStation:
    """Unlock with an account's password. Raises StoreFault (WRONG_PASSWORD among others)."""
    from station_app.store import keys

    return _open(data, slot, keys.unlock(data, slot, password), clock)


def open_with_recovery_key(
    data: DataDir, slot: str, recovery_key: str, new_password: str, *, clock: Clock = now
) -> OpenStation:
    """The forgotten password: the recovery key opens, and ``slot`` gets a new password.

    Raises StoreFault(WRONG_PASSWORD) for a wrong recovery key, RuleViolation for a weak password.
    """
    from station_app.domain.accounts import check_password
    from station_app.store import keys

    check_password(new_password, new_password)
    key = keys.unlock_recovery(data, recovery_key)
    opened = _open(data, slot, key, clock)
    keys.set_password(data, key, slot, new_password)
    return opened


def check_unlocks(station: OpenStation, password: str) -> None:
    """Whether ``password`` is the signed-in account's own. Raises StoreFault(WRONG_PASSWORD)."""
    from station_app.store import keys

    keys.unlock(station.data, station.slot, password)


def add_member(station: OpenStation, draft: AccountDraft, password: str) -> AccountRecord:
    """Add an account with its own password; only the head may.

    Raises RuleViolation, NotAllowed, StoreFault.
    """
    from station_app.domain.accounts import check_account, check_password, require_head
    from station_app.services import accounts
    from station_app.store import keys

    require_head(station.actor)
    check_account(draft)
    check_password(password, password)
    slot = keys.add_slot(station.data, station.key, draft.role, password)
    try:
        with station.store.write(station.actor) as tx:
            return accounts.add_account(tx, draft, slot=slot.id)
    except BaseException:
        keys.remove_slot(station.data, slot.id)
        raise


def retire_member(station: OpenStation, account: AccountRecord) -> None:
    """Close an account: its password opens nothing from now on; only the head may."""
    from station_app.services import accounts
    from station_app.store import keys

    with station.store.write(station.actor) as tx:
        accounts.retire_account(tx, account.id)
        if account.slot in slots_here(station):  # an account of another PC has none to take away
            keys.remove_slot(station.data, account.slot)


def slots_here(station: OpenStation) -> frozenset[str]:
    """The key slots of this PC: other PCs' accounts have theirs there."""
    from station_app.store import keys

    return frozenset(slot.id for slot in keys.list_slots(station.data))


def restore_member(station: OpenStation, account_id: UUID, password: str) -> AccountRecord:
    """Let a closed account, or one of another PC, sign in here; only the head may."""
    from station_app.domain.accounts import check_password, require_head
    from station_app.services import accounts
    from station_app.store import keys

    require_head(station.actor)
    check_password(password, password)
    with station.store.write(station.actor) as tx:
        known = next(one for one in accounts.list_accounts(tx) if one.id == account_id)
        slot = keys.add_slot(station.data, station.key, known.role, password)
        return accounts.restore_account(tx, account_id, slot=slot.id)


def set_member_password(station: OpenStation, account: AccountRecord, password: str) -> None:
    """Give an account a new password: the head anybody's, everybody their own."""
    from station_app.domain.accounts import check_password, require_head
    from station_app.store import keys

    if account.id != station.actor.id:
        require_head(station.actor)
    check_password(password, password)
    keys.set_password(station.data, station.key, account.slot, password)


def renew_recovery_key(station: OpenStation) -> str:
    """Make a new recovery key; the old paper opens nothing any more. Only the head may."""
    from station_app.domain.accounts import require_head
    from station_app.store import keys

    require_head(station.actor)
    recovery_key = keys.new_recovery_key()
    keys.set_recovery(station.data, station.key, recovery_key)
    return recovery_key


def _open(data: DataDir, slot: str, key: bytes, clock: Clock) -> OpenStation:
    from uuid_utils.compat import uuid7

    from db.vocabulary import Role
    from station_app.domain.accounts import Actor
    from station_app.services import accounts
    from station_app.store import Store

    store = Store.open(data, key, clock=clock)
    try:
        with store.read(Actor(uuid7(), "", Role.VIEWER)) as tx:
            actor = accounts.actor_of_slot(tx, slot)
            shut_out = accounts.is_shut_out(tx)
        _catch_up(store, actor)
    except BaseException:
        store.close()
        raise
    return OpenStation(data, key, slot, store, actor, shut_out)


def _catch_up(store: Store, actor: Actor) -> None:
    """After an upgrade: work out what is kept beside the records, before anybody sees a list."""
    from station_app.services import issue_columns
    from station_app.store import search_index
    from station_app.store.transaction import driver_of

    with store.read(actor) as tx:
        stale = issue_columns.is_stale(tx)
        unfound = search_index.unfound(driver_of(tx.session), "activity")
    if unfound:
        with store.write(actor) as tx:
            search_index.catch_up(driver_of(tx.session), "activity", unfound)
    if stale:
        with store.write(actor) as tx:
            issue_columns.catch_up(tx)
