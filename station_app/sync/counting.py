"""What counts in figures of the issues that were pulled: worked out from their histories anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import groupby

import sqlcipher3

from station_app.domain.issue_facts import COUNTED
from station_app.domain.issue_history import standing
from station_app.domain.standing import Act
from station_app.services.issue_columns import Yardstick
from station_app.store import facts

#: Only histories with an act that may count: most issues that arrive have none yet.
_HISTORY = f"""
SELECT issue_id, event, happened_at, unit_id, details, expected, id FROM issue_event
WHERE issue_id IN (
    SELECT issue_id FROM issue_event
    WHERE issue_id IN (SELECT value FROM json_each(?))
        AND event IN ({", ".join(f"'{one.value}'" for one in sorted(COUNTED))}))
ORDER BY issue_id, happened_at, id
"""


def keep_facts(
    driver: sqlcipher3.Connection,
    measure: Yardstick,
    issue_ids: Iterable[str],
    act_of: Callable[..., Act],
) -> None:
    """Bring what counts of these issues (hex) in line; ``act_of`` makes an act of its columns."""
    wanted = list(issue_ids)
    if not wanted:
        return
    told = driver.execute(_HISTORY, (json.dumps(wanted),)).fetchall()
    counted = []
    for issue_id, lines in groupby(told, key=lambda row: row[0]):
        acts = [act_of(*line[1:7]) for line in lines]
        counted += [(issue_id, one) for one in measure.facts(acts, standing(acts))]
    facts.keep(driver, wanted, counted)
