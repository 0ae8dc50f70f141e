"""Local time: every station lives in China Standard Time, whatever its PC is set to.

A PC with a wrong time zone is common and must not move a visit to another day; China has one zone
and no summer time, so the offset is fixed and needs no time-zone data on the machine.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

ZONE = timezone(timedelta(hours=8), "CST")


def local(moment: datetime) -> datetime:
    """``moment`` (aware) as the station's wall clock shows it."""
    return moment.astimezone(ZONE)
