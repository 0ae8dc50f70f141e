"""Tx: one transaction, handed to services; and Change: what it did to one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import NamedTuple
from uuid import UUID

import sqlcipher3
from sqlalchemy.orm import Session

from db.vocabulary import Op
from station_app.domain.accounts import Actor


class Change(NamedTuple):
    """What happened to one record: read by the screens after the commit."""

    kind: str
    id: UUID
    op: Op


def driver_of(session: Session) -> sqlcipher3.Connection:
    """The driver's connection of a session: the hot paths below the ORM speak to it.

    A session is one transaction here, so that its connection may be remembered.
    """
    known = session.info.get("driver")
    if known is None:
        known = session.info["driver"] = session.connection().connection.driver_connection
    return known


@dataclass(eq=False, slots=True)
class Tx:
    """One transaction. Services use it; they never open, commit or roll back one.

    ``now`` is one moment for the whole transaction (aware, UTC), ``today`` its calendar date in
    ``zone``. ``changes`` is filled when the session flushes.

    ``withdraw``: what this transaction deletes was never seen by a centre, and leaves nothing to
    be sent. Only for a station that exchanges with none.
    """

    session: Session
    actor: Actor
    now: datetime
    today: date
    zone: tzinfo
    changes: set[Change] = field(default_factory=set)
    withdraw: bool = False
    _note: Callable[[Op, str, UUID | None, str], None] | None = None

    def note(self, op: Op, kind: str, record_id: UUID | None, *, why: str = "") -> None:
        """Leave an audit row for an act that changes nothing (VIEW, PRINT, EXPORT).

        ``why`` is a short code word without personal data. Only within ``Store.write``.
        """
        if self._note is None:
            raise RuntimeError("an audit note needs a writing transaction")
        self._note(op, kind, record_id, why)
