"""The rhythm in which the bell rings for each answer to a scan: heard without looking up."""

from __future__ import annotations

from station_app.domain.duty_cards import Arrival, CardArrival, Verdict

#: Pauses in ms before each beep.
_ONE = (0,)
_ARRIVALS = {
    Arrival.CHECKED_IN: _ONE,
    Arrival.TWICE: (0, 140),
    Arrival.NO_DAY: (0, 500),
    Arrival.NO_DEPUTY: (0, 500, 140),
}
_VERDICTS = {
    Verdict.ELSEWHERE: (0, 140, 500),
    Verdict.NOT_YET: (0, 300, 300),
    Verdict.EXPIRED: (0, 140, 140),
    Verdict.VOID: (0, 140, 140, 500),
    Verdict.REVOKED: (0, 500, 500),
    Verdict.UNKNOWN_KEY: (0, 300),
    Verdict.ALTERED: (0, 140, 140, 140, 140),
}
OLDER_PAPER = (0, 700)


def bells_of(came: CardArrival) -> tuple[int, ...]:
    """The rhythm for what came of a card."""
    if came.arrival is Arrival.REFUSED:
        return _VERDICTS.get(came.check.verdict, _ONE)
    return _ARRIVALS[came.arrival]
