"""What counts of issues, kept beside them: of one issue all anew when its history changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

import sqlcipher3

#: SQL that makes the trigger; the migrations and ``create`` run the same. An issue that goes away,
#: by an undone import or because the centre took it back, takes what counted of it along.
SCHEMA = (
    "CREATE TRIGGER issue_fact_drop AFTER DELETE ON issue BEGIN"
    " DELETE FROM issue_fact WHERE issue_id = OLD.id; END",
)
_COLUMNS = "kind, day, event_id, unit_id, word, who, apart, done, issue_id"
_PUT = f"INSERT OR REPLACE INTO issue_fact ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def keep(
    driver: sqlcipher3.Connection,
    issue_ids: Iterable[str],
    facts: Iterable[tuple[str, Sequence[Any]]],
) -> None:
    """Forget what counted of ``issue_ids`` (hex); ``facts`` are (issue, what counts of it now)."""
    asked = (json.dumps(list(issue_ids)),)
    known = "SELECT 1 FROM issue_fact WHERE issue_id IN (SELECT value FROM json_each(?)) LIMIT 1"
    if driver.execute(known, asked).fetchone():
        gone = "DELETE FROM issue_fact WHERE issue_id IN (SELECT value FROM json_each(?))"
        driver.execute(gone, asked)
    rows = [(*(_stored(value) for value in fact), issue_id) for issue_id, fact in facts]
    if rows:
        driver.executemany(_PUT, rows)


def _stored(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return getattr(value, "hex", value)
