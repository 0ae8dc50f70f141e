"""What others changed in records that paper is printed of: the fields, for the audit.

So a scanned paper that is older than its record can say what was changed, also elsewhere
(services/paper_state.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import sqlcipher3

from db.vocabulary import Op
from station_app.domain.record_codes import PRINTED
from station_app.store import Tx
from station_app.sync import rows
from station_app.sync.kinds import kinds


def note_edits(
    tx: Tx,
    driver: sqlcipher3.Connection,
    name: str,
    fresh: Iterable[rows.Pulled],
    known: Mapping[str, int],
) -> None:
    """Note which fields ``fresh`` changes in ``known`` records, before it is written."""
    coming = [one for one in fresh if one.id in known] if name in PRINTED else []
    here = rows.bodies(driver, kinds()[name], [one.id for one in coming]) if coming else {}
    for one in coming:
        then, now = here[one.id], one.body
        names = sorted(
            field for field in then.keys() | now.keys() if then.get(field) != now.get(field)
        )
        if names:
            tx.note(Op.PULL, name, UUID(one.id), why=",".join(names))
