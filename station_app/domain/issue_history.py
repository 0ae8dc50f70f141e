"""What follows from an issue's history, which several PCs may have written apart: its standing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from db.vocabulary import Degree, Finding, IssueEventKind, IssueStatus, Rater, Rating, Stage
from station_app.domain.issues import IssueEventRecord
from station_app.domain.standing import OF_TURN, Act, Promise, Standing
from station_app.domain.transitions import TAKEN_BACK, after
from station_app.errors import Conflict
from station_app.i18n import tr

_E, _S = IssueEventKind, IssueStatus


class _Earlier(NamedTuple):
    """Where the issue was before an act that can be taken back."""

    by: IssueEventKind
    status: IssueStatus
    began_at: datetime | None
    at: datetime


def standing(acts: Iterable[Act]) -> Standing:
    """The standing after ``acts``, oldest first. It never refuses.

    Of two acts written apart, the one that is impossible after the other, or that was made on
    another status than it finds, stays in the history and changes nothing.
    """
    return _walk(list(acts), strict=False)


def watched(acts: Iterable[Act], before: Callable[[Act, Standing], object]) -> Standing:
    """The standing as above; ``before`` sees each act that counts and where the issue stood.

    What it sees is the standing at work: it may read it, not keep it.
    """
    return _walk(list(acts), strict=False, before=before)


def fold(acts: Iterable[Act]) -> IssueStatus:
    """The status after ``acts``, oldest first. Raises Conflict for what the table forbids."""
    return _walk(list(acts), strict=True).status


def retold(events: Iterable[IssueEventRecord]) -> list[Act]:
    """The acts of a history as screens show it."""
    return [Act(one.event, one.happened_at, one.unit_id, one.details, id=one.id) for one in events]


def _walk(
    acts: list[Act],
    *,
    strict: bool,
    before: Callable[[Act, Standing], object] = lambda _act, _found: None,
) -> Standing:
    found = Standing()
    found.undone = {_id(one.details.get("undoes")) for one in acts if one.event is _E.UNDONE}
    found.undone.discard(None)
    earlier: list[_Earlier] = []
    for act in acts:
        if act.event is _E.UNDONE or (act.id is not None and act.id in found.undone):
            continue
        try:
            _step(found, act, earlier, before)
        except Conflict:
            if strict:
                raise
            found.overtaken.add(act.id)
    # Only now: an act that is taken back brings these to light again.
    if found.status is not _S.JOINED:
        found.joined_to = None
    if found.status is not _S.SETTLED:
        found.settled_at = found.looked_at = found.degree = None
    return found


def _step(
    found: Standing, act: Act, earlier: list[_Earlier], look: Callable[[Act, Standing], object]
) -> None:
    before = found.status
    if act.expected is not None and act.expected is not before:
        raise Conflict(tr("This issue has moved on meanwhile. Look at its history and act again."))
    if act.event in TAKEN_BACK:
        if not earlier or earlier[-1].by is not TAKEN_BACK[act.event]:
            raise Conflict(tr("There is nothing to take back."))
        look(act, found)
        back = earlier.pop()
        found.status, found.began_at = back.status, back.began_at
        found.pauses.append((back.at, act.happened_at))
    elif act.event is _E.REGISTERED:
        found.status = _S.REGISTERED
    else:
        then = after(before, act.event)
        look(act, found)
        found.status = then
        if act.event in TAKEN_BACK.values():
            earlier.append(_Earlier(act.event, before, found.began_at, act.happened_at))
    _take_in(found, act)


def _take_in(found: Standing, act: Act) -> None:
    """What the act means beside the status."""
    taken = _MEANINGS.get(act.event)
    if taken is not None:
        taken(found, act)
    if found.waiting and found.status not in OF_TURN and act.event not in TAKEN_BACK.values():
        _resumed(found, act)


def _anew(found: Standing, act: Act) -> None:
    """The station's clock begins: what was said before no longer counts as the answer."""
    found.began_at, found.unit_id, found.also = act.happened_at, None, ()
    found.advised, found.ratings, found.urgent = set(), {}, False
    found.rules = str(act.details.get("rules") or found.rules)


def _assigned(found: Standing, act: Act) -> None:
    _anew(found, act)
    found.unit_id = act.unit_id
    found.also = tuple(one for each in act.details.get("also", ()) if (one := _id(each)))
    found.urgent = bool(act.details.get("urgent"))


def _said(found: Standing, act: Act) -> None:
    found.began_at, found.ratings = act.happened_at, {}


def _settled(found: Standing, act: Act) -> None:
    found.settled_at = found.looked_at = act.happened_at
    found.degree = _word(Degree, act.details.get("degree"))
    found.holds = found.revisited = False
    found.taken_over = _day(act.details.get("taken_over"))


def _evaluated(found: Standing, act: Act) -> None:
    rater = _word(Rater, act.details.get("rater"))
    rating = _word(Rating, act.details.get("rating"))
    if rater is not None and rating is not None:
        found.ratings[rater] = rating


def _waiting(found: Standing, act: Act) -> None:
    if found.waiting:
        raise Conflict(tr("The issue is waiting for the resident already."))
    found.waiting = True
    found.pauses.append((act.happened_at, None))


def _resumed(found: Standing, act: Act) -> None:
    if not found.waiting:
        raise Conflict(tr("The issue is not waiting for the resident."))
    found.waiting = False
    found.pauses = [
        (began, act.happened_at if ended is None else ended) for began, ended in found.pauses
    ]


def _committed(found: Standing, act: Act) -> None:
    due = _day(act.details.get("due"))
    if due is not None:
        found.promises.append(Promise(act.id, due))


def _promise_closed(found: Standing, act: Act) -> None:
    about = _id(act.details.get("promise"))
    kept = act.event is _E.KEPT
    found.promises = [
        Promise(one.id, one.due_on, kept, act.happened_at) if one.id == about else one
        for one in found.promises
    ]


def _supervised(found: Standing, act: Act) -> None:
    found.roles = dict(act.details.get("roles") or {}) if act.event is _E.SUPERVISED else None


def _looked(found: Standing, act: Act) -> None:
    found.revisited = True
    if act.event is _E.LOOKED_BACK:
        degree = _word(Degree, act.details.get("degree")) or found.degree
        seen = _word(Finding, act.details.get("found"))
        found.holds = seen is Finding.HOLDS and degree is found.degree
        found.looked_at, found.degree = act.happened_at, degree


def _joined(found: Standing, act: Act) -> None:
    found.joined_to = _id(act.details.get("into"))


def _raised(found: Standing, act: Act) -> None:
    found.suggestion_id = _id(act.details.get("suggestion"))


def _withdrawn(found: Standing, act: Act) -> None:
    found.suggestion_id = found.stage = found.stage_at = None


def _staged(found: Standing, act: Act) -> None:
    found.stage = _word(Stage, act.details.get("stage"))
    found.complex = bool(act.details.get("complex"))
    if found.stage is Stage.ASSIGNED:
        found.stage_at = act.happened_at


def _advised(found: Standing, act: Act) -> None:
    if act.unit_id is not None:
        found.advised.add(act.unit_id)


def _published(found: Standing, act: Act) -> None:
    found.published = act.event is _E.PUBLISHED


def _ruled(found: Standing, act: Act) -> None:
    found.rules = str(act.details.get("rules") or found.rules)


_MEANINGS = {
    _E.REGISTERED: _anew,
    _E.SENT_BACK: _anew,
    _E.REOPENED: _anew,
    _E.ASSIGNED: _assigned,
    _E.REWORKED: _assigned,
    _E.ANSWERED: _said,
    _E.REPLIED: _said,
    _E.SETTLED: _settled,
    _E.EVALUATED: _evaluated,
    _E.WAITING: _waiting,
    _E.RESUMED: _resumed,
    _E.COMMITTED: _committed,
    _E.KEPT: _promise_closed,
    _E.BROKEN: _promise_closed,
    _E.SUPERVISED: _supervised,
    _E.UNSUPERVISED: _supervised,
    _E.REVISITED: _looked,
    _E.LOOKED_BACK: _looked,
    _E.JOINED: _joined,
    _E.RAISED: _raised,
    _E.WITHDRAWN: _withdrawn,
    _E.STAGED: _staged,
    _E.ADVISED: _advised,
    _E.PUBLISHED: _published,
    _E.UNPUBLISHED: _published,
    _E.RULED: _ruled,
}


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _id(value: object) -> UUID | None:
    if isinstance(value, UUID):
        return value
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None


def _word(words: Any, value: object) -> Any:
    """A word of a vocabulary; None for one of a newer program."""
    return words(value) if value in set(words) else None
