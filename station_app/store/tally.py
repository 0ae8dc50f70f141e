"""How many issues each saved view has: kept by triggers, so that counting a million costs nothing.

Triggers, because issues are written by the ORM here and by plain SQL when they are pulled.
``tally`` has a row for each name and day; a view without days has the day ''.
"""

from __future__ import annotations

from datetime import date

import sqlcipher3

#: name → (the day it goes by or '', when an issue counts); ``{r}`` is NEW or OLD.
_COUNTED = {
    "status": ("{r}.status", "1"),
    "due": ("{r}.due_on", "{r}.due_on IS NOT NULL"),
    "promise": ("{r}.promise_on", "{r}.promise_on IS NOT NULL"),
    "look_back": ("{r}.look_back_on", "{r}.look_back_on IS NOT NULL"),
    "revisit": ("{r}.revisit_on", "{r}.revisit_on IS NOT NULL"),
    "to_do": ("''", "{r}.turn = 'station'"),
    "to_rate": ("''", "{r}.to_rate"),
    "supervised": ("''", "{r}.supervised"),
    "open": ("date({r}.registered_at, '+8 hours')", "{r}.turn <> 'nobody'"),
}
_COLUMNS = (
    "status, due_on, promise_on, look_back_on, revisit_on, turn, to_rate, supervised, registered_at"
)


def _moved(row: str, by: int) -> str:
    parts = []
    for name, (day, counts) in _COUNTED.items():
        parts.append(
            f"INSERT INTO tally (name, day, n) SELECT '{name}', {day.format(r=row)}, {by}"
            f" WHERE {counts.format(r=row)}"
            f" ON CONFLICT (name, day) DO UPDATE SET n = n + excluded.n;"
        )
    return " ".join(parts)


#: SQL that makes the triggers; the migrations and ``create`` run the same.
SCHEMA = (
    f"CREATE TRIGGER issue_tally_add AFTER INSERT ON issue BEGIN {_moved('NEW', 1)} END",
    f"CREATE TRIGGER issue_tally_edit AFTER UPDATE OF {_COLUMNS} ON issue"
    f" BEGIN {_moved('OLD', -1)} {_moved('NEW', 1)} END",
    f"CREATE TRIGGER issue_tally_drop AFTER DELETE ON issue BEGIN {_moved('OLD', -1)} END",
)


def count(
    driver: sqlcipher3.Connection,
    name: str,
    *,
    first: date | None = None,
    last: date | None = None,
) -> int:
    """How many issues are counted under ``name``, with days from ``first`` to ``last``."""
    sql = "SELECT coalesce(sum(n), 0) FROM tally WHERE name = ? AND day >= ? AND day <= ?"
    ends = (str(first or ""), str(last or "9999-12-31"))
    found: int = driver.execute(sql, (name, *ends)).fetchone()[0]
    return found


def total(driver: sqlcipher3.Connection) -> int:
    """How many issues there are in all, voided ones too."""
    sql = "SELECT coalesce(sum(n), 0) FROM tally WHERE name = 'status'"
    found: int = driver.execute(sql).fetchone()[0]
    return found


def by_status(driver: sqlcipher3.Connection) -> dict[str, int]:
    """Status → how many issues stand there."""
    sql = "SELECT day, n FROM tally WHERE name = 'status' AND n <> 0"
    return dict(driver.execute(sql).fetchall())


def rebuild(driver: sqlcipher3.Connection) -> None:
    """Count anew, within a transaction of the caller."""
    driver.execute("DELETE FROM tally")
    for name, (day, counts) in _COUNTED.items():
        column, when = (one.replace("{r}.", "") for one in (day, counts))
        driver.execute(
            f"INSERT INTO tally (name, day, n) SELECT '{name}', {column}, count(*) FROM issue"
            f" WHERE {when} GROUP BY 2"
        )
