"""The visitors of a ledger: recognised among the residents or made.

Sure only: the same name and the same phone; or the same name and address where one of them has no
phone, and nobody else can be meant. Others of that name stay other people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import select

from db.models import Resident
from station_app.domain.residents import ResidentDraft, tidy_resident
from station_app.services.residents import fill_resident
from station_app.store import Tx

Item = TypeVar("Item")

_CHUNK = 500
_FILLED = ("phone", "address", "community", "gender")


class People:
    """The residents who bear one of the ``names`` of a ledger, and those made for it.

    ``made`` in the order of the ledger; ``recognised`` were here before; ``completed`` are those
    of them who lacked something that the ledger says, with the names of the fields.
    """

    def __init__(self, tx: Tx, names: Iterable[str]) -> None:
        self._tx = tx
        self._by_name: defaultdict[str, list[Resident]] = defaultdict(list)
        self.made: list[Resident] = []
        self.recognised: dict[Resident, None] = {}
        self.completed: dict[Resident, list[str]] = {}
        for chunk in chunks(sorted({tidy_resident(ResidentDraft(one)).name for one in names})):
            query = select(Resident).where(Resident.name.in_(chunk), Resident.voided_at.is_(None))
            for row in tx.session.scalars(query.order_by(Resident.id)):
                self._by_name[row.name].append(row)

    def find(self, draft: ResidentDraft) -> Resident | None:
        """Who is surely meant by ``draft``, if anybody is here."""
        draft = tidy_resident(draft)
        namesakes = self._by_name[draft.name]
        if draft.phone:
            same = [one for one in namesakes if one.phone == draft.phone]
            if same:
                return same[0]
        lives = [one for one in namesakes if _lives(draft) and _lives(one) == _lives(draft)]
        possible = [one for one in lives if not (one.phone and draft.phone)]
        return possible[0] if len(possible) == 1 else None

    def take(self, draft: ResidentDraft, found: Resident | None) -> Resident:
        """The resident of a visit: ``found`` with what was empty filled in, or a new one."""
        draft = tidy_resident(draft)
        if found is None:
            found = Resident(visit_count=0)
            fill_resident(found, draft)
            self._tx.session.add(found)
            self._by_name[draft.name].append(found)
            self.made.append(found)
            return found
        lacking = [name for name in _FILLED if getattr(draft, name) and not getattr(found, name)]
        for name in lacking:
            setattr(found, name, getattr(draft, name))
        if found not in self.made:
            self.recognised[found] = None
            if lacking:
                self.completed.setdefault(found, []).extend(lacking)
        return found

    @staticmethod
    def came(resident: Resident, at: datetime) -> None:
        """Count one visit more."""
        resident.visit_count += 1
        last = resident.last_visit_at
        resident.last_visit_at = at if last is None else max(last, at)


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """``items`` in lists that fit one query."""
    left = iter(items)
    while found := list(islice(left, _CHUNK)):
        yield found


def _lives(one: ResidentDraft | Resident) -> tuple[str, str] | None:
    """Where somebody lives, if it is known."""
    return (one.address, one.community) if one.address or one.community else None
