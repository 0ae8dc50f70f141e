"""Where an issue can stand that has what a list asks for: what follows from what.

A search for what cannot be would read every issue, only to find none.
"""

from __future__ import annotations

from collections.abc import Mapping

from db.vocabulary import Degree, IssueStatus, Turn
from station_app.domain.issue_views import View
from station_app.domain.standing import OF_TURN

_S, _T = IssueStatus, Turn
_ALL = frozenset(_S)
_SAID = frozenset({_S.ANSWERED, _S.REPLIED})
_OPEN = OF_TURN | _SAID | {_S.RAISED}

#: turn → where an issue stands whose turn it is (domain/standing.py).
_OF_TURN = {
    _T.STATION: frozenset({_S.REGISTERED}) | _SAID,
    _T.UNIT: frozenset({_S.ASSIGNED, _S.TAKEN_UP}),
    _T.RESIDENT: OF_TURN,
    _T.RATING: _SAID,
    _T.CONGRESS: frozenset({_S.RAISED}),
    _T.NOBODY: _ALL - _OPEN,
}
#: view → where an issue of it stands; the others may hold any.
_OF_VIEW = {
    View.TO_DO: _OF_TURN[_T.STATION],
    View.DUE_SOON: OF_TURN | {_S.RAISED},
    View.OVERDUE: OF_TURN | {_S.RAISED},
    View.TO_RATE: _SAID | {_S.SETTLED},
    View.TO_REVISIT: frozenset({_S.SETTLED}),
    View.LOOK_BACKS: frozenset({_S.SETTLED}),
    View.PROMISES: _ALL - {_S.VOIDED, _S.JOINED},
    View.SUPERVISED: _OPEN,
    View.LONG_OPEN: _OPEN,
}
_RATED = _ALL - OF_TURN - {_S.DECLINED}


def possible_statuses(filters: Mapping[str, object]) -> frozenset[IssueStatus]:
    """The statuses of which issues may fit all of ``filters`` (issue_records.list_issues)."""
    view = View(str(filters.get("view") or View.ALL))
    turn, degree, rating = filters.get("turn"), filters.get("degree"), filters.get("rating")
    found = _OF_VIEW.get(view, _ALL)
    if filters.get("status") is not None:
        found &= {_S(str(filters["status"]))}
    if turn is not None:
        found &= _OF_TURN[_T(str(turn))]
        if view is View.TO_DO and turn != _T.STATION:
            return frozenset()
        # Who waits for the resident has no day: the clock stands still.
        if view in (View.DUE_SOON, View.OVERDUE) and turn == _T.RESIDENT:
            return frozenset()
    if degree is not None:
        found &= {_S.SETTLED}
        if view is View.TO_REVISIT and degree != Degree.SOLVED:
            return frozenset()
    if rating is not None:
        found &= _RATED
        if view is View.TO_RATE:
            return frozenset()
    return found
