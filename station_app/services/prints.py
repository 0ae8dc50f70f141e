"""What was printed of a record, out of the audit log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from db.models import Account, Audit
from db.vocabulary import Op
from station_app.store import Tx


class PrintMade(NamedTuple):
    """One print: which form, when, and by whom."""

    form: str
    at: datetime
    who: str


def prints_of(tx: Tx, record_ids: Collection[UUID], limit: int = 20) -> tuple[PrintMade, ...]:
    """The prints made of these records on this PC, the latest first."""
    query = (
        select(Audit.fields, Audit.at, Account.name)
        .outerjoin(Account, Account.id == Audit.actor_id)
        .where(Audit.record_id.in_(record_ids), Audit.op == Op.PRINT)
        .order_by(Audit.seq.desc())
        .limit(limit)
    )
    return tuple(PrintMade(form, at, who or "") for form, at, who in tx.session.execute(query))
