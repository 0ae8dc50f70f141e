"""All that the sync page shows, read in one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from station_app.domain.sync import ConflictRecord, SyncStatus, UnknownRecord, Waiting
from station_app.services import sync_state
from station_app.services.sync_views import RefusedView, title_of, view_refused
from station_app.store import Tx

#: So many records are named one by one; the rest is counted.
NAMED = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """Records by kind, and the titles of the first of them."""

    records: tuple[UnknownRecord, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[Waiting, ...]:
        """How many there are of each kind."""
        counted = Counter(one.kind for one in self.records)
        return tuple(Waiting(kind, n, None) for kind, n in counted.most_common())


@dataclass(frozen=True, slots=True)
class SyncView:
    """What the page shows. ``confirmed``: somebody said yes to the removals."""

    status: SyncStatus
    today: date
    waiting: tuple[Waiting, ...] = ()
    conflicts: tuple[ConflictRecord, ...] = ()
    refused: tuple[RefusedView, ...] = ()
    held: Listed = Listed()
    confirmed: bool = False
    unknown: Listed = Listed()


def read_view(tx: Tx) -> SyncView:
    """How the exchange stands and what waits for a person."""
    status = sync_state.status(tx)
    if not status.joined:
        return SyncView(status, tx.today)
    held = Listed()
    if status.held:
        from station_app.sync.held import list_held  # loads the network's modules

        held = _listed(tx, list_held(tx))
    return SyncView(
        status,
        tx.today,
        sync_state.list_waiting(tx),
        sync_state.list_conflicts(tx),
        tuple(view_refused(tx, one) for one in sync_state.list_refused(tx)),
        held,
        sync_state.removals_confirmed(tx),
        _listed(tx, sync_state.list_unknown(tx)),
    )


def _listed(tx: Tx, records: tuple[UnknownRecord, ...]) -> Listed:
    titles = tuple(title_of(tx, one.kind, one.record_id) for one in records[:NAMED])
    return Listed(records, titles)


#: Kinds with a page of their own that can show one record.
OPENABLE = frozenset({"issue", "resident", "visit", "deputy", "day"})
