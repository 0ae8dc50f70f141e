"""The words that places use for themselves: 人大代表联络站, 代表之家 and others."""

from __future__ import annotations

from station_app.domain.words import paper


def terms() -> tuple[str, ...]:
    """The words places use for themselves; always Chinese, because they stand on paper."""
    return (
        paper("term|Deputies' liaison station"),
        paper("term|Home of the deputies"),
        paper("term|Deputies' contact point"),
        paper("term|Deputies' studio"),
        paper("term|Deputies' centre"),
        paper("term|Legislative contact point"),
    )


def split_title(title: str) -> tuple[str, str]:
    """A whole name as (name, term): 葵英街道人大代表联络站 → 葵英街道, 人大代表联络站."""
    title = title.strip()
    found = [term for term in terms() if title.endswith(term) and title != term]
    term = max(found, key=len, default="")
    return title.removesuffix(term), term or terms()[0]
