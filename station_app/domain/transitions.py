"""The life of an issue: one table of transitions (domain.md says the words, docs/ has the picture).

Each line: an act, the statuses it may start from, the status after it (``None``: it stays).
A reply never settles; everything closed can be opened again.
"""

from __future__ import annotations

from collections.abc import Mapping

from db.vocabulary import IssueEventKind, IssueStatus
from station_app.errors import Conflict
from station_app.i18n import tr

_E, _S = IssueEventKind, IssueStatus
_From = frozenset[IssueStatus]


def _of(*statuses: IssueStatus) -> _From:
    return frozenset(statuses)


_WITH_UNIT = _of(_S.ASSIGNED, _S.TAKEN_UP)
_SAID = _of(_S.ANSWERED, _S.REPLIED)
_OF_TURN = _of(_S.REGISTERED) | _WITH_UNIT
_OPEN = _OF_TURN | _SAID
_RATED = _SAID | _of(_S.SETTLED)
_EVER = frozenset(_S) - {_S.VOIDED}

TRANSITIONS: Mapping[IssueEventKind, tuple[_From, IssueStatus | None]] = {
    _E.ANSWERED: (_of(_S.REGISTERED), _S.ANSWERED),
    _E.DECLINED: (_of(_S.REGISTERED), _S.DECLINED),
    _E.ASSIGNED: (_OPEN, _S.ASSIGNED),
    _E.TAKEN_UP: (_of(_S.ASSIGNED), _S.TAKEN_UP),
    _E.SENT_BACK: (_WITH_UNIT, _S.REGISTERED),
    _E.REPLIED: (_WITH_UNIT | _of(_S.RAISED), _S.REPLIED),
    _E.SETTLED: (_SAID, _S.SETTLED),
    _E.REWORKED: (_RATED, _S.ASSIGNED),
    _E.REOPENED: (_of(_S.SETTLED, _S.DECLINED), _S.REGISTERED),
    # These three are taken back by an act of their own: see TAKEN_BACK.
    _E.RAISED: (_OPEN, _S.RAISED),
    _E.JOINED: (_OPEN, _S.JOINED),
    _E.VOIDED: (_EVER, _S.VOIDED),
    # These change nothing about where the issue stands.
    _E.URGED: (_WITH_UNIT, None),
    _E.ADVISED: (_WITH_UNIT, None),
    _E.WAITING: (_OF_TURN, None),
    _E.RESUMED: (_OF_TURN, None),
    _E.COMMITTED: (_OPEN | _of(_S.RAISED, _S.SETTLED), None),
    _E.KEPT: (_EVER, None),
    _E.BROKEN: (_EVER, None),
    _E.EVALUATED: (_RATED, None),
    _E.REVISITED: (_of(_S.SETTLED), None),
    _E.LOOKED_BACK: (_of(_S.SETTLED), None),
    _E.SUPERVISED: (_OPEN | _of(_S.RAISED), None),
    _E.UNSUPERVISED: (_EVER, None),
    _E.MET: (_OPEN | _of(_S.RAISED), None),
    _E.PUBLISHED: (_RATED, None),
    _E.UNPUBLISHED: (_EVER, None),
    _E.STAGED: (_EVER, None),
    _E.RULED: (_EVER, None),
    _E.NOTED: (_EVER, None),
}

#: act → the act that it takes back; the issue is again where it was before that one.
TAKEN_BACK: Mapping[IssueEventKind, IssueEventKind] = {
    _E.UNJOINED: _E.JOINED,
    _E.WITHDRAWN: _E.RAISED,
    _E.RESTORED: _E.VOIDED,
}

#: A new visit about a closed matter shows that it was not settled: it must not vanish into it.
CLOSED = frozenset({_S.SETTLED, _S.DECLINED, _S.VOIDED})

#: What may be undone: the acts above but for those with a way back of their own, and those that
#: other records hang on (a visit's registration, a meeting).
UNDOABLE = frozenset(TRANSITIONS) - frozenset(TAKEN_BACK.values()) - {_E.MET, _E.STAGED}


def allows(status: IssueStatus, event: IssueEventKind) -> bool:
    """Whether ``event`` may follow while the issue stands at ``status``."""
    if event in TAKEN_BACK:
        return status is TRANSITIONS[TAKEN_BACK[event]][1]
    return event in TRANSITIONS and status in TRANSITIONS[event][0]


def after(status: IssueStatus, event: IssueEventKind) -> IssueStatus:
    """The status after ``event``. Raises Conflict when the event cannot start from ``status``.

    ``REGISTERED`` begins a history; ``UNDONE`` and those of ``TAKEN_BACK`` look at the history
    before them: all these are not in the table (see ``issue_history``).
    """
    allowed, then = TRANSITIONS[event]
    if status not in allowed:
        raise Conflict(tr("This issue has moved on meanwhile. Look at its history and act again."))
    return status if then is None else then
