"""Where an issue stands after a history that several PCs may have written apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from db.vocabulary import IssueEventKind, IssueStatus
from station_app.domain.issues import after
from station_app.errors import Conflict

_E, _S = IssueEventKind, IssueStatus


class Act(NamedTuple):
    """One act of the history; ``into`` is the issue that a joining leads to."""

    event: IssueEventKind
    happened_at: datetime | str
    unit_id: UUID | str | None = None
    into: UUID | str | None = None


class Standing(NamedTuple):
    """What follows from a history. Ids and moments are those of the acts, in their own form."""

    status: IssueStatus
    joined_to: UUID | str | None
    unit_id: UUID | str | None
    settled_at: datetime | str | None


def standing(acts: Iterable[Act]) -> Standing:
    """The standing after ``acts``, oldest first.

    Unlike ``fold`` it never refuses: of two acts written apart, the one that is impossible after
    the other stays in the history and changes nothing.
    """
    status = _S.REGISTERED
    earlier: list[IssueStatus] = []
    joined_to = unit_id = None
    settled_at = None
    for act in acts:
        try:
            status = _next(status, act.event, earlier)
        except Conflict:
            continue
        if act.event is _E.JOINED:
            joined_to = act.into
        elif act.event in (_E.ASSIGNED, _E.SENT_BACK):
            unit_id = act.unit_id if act.event is _E.ASSIGNED else None
        elif act.event is _E.SETTLED:
            settled_at = act.happened_at
    return Standing(
        status,
        joined_to if status is _S.JOINED else None,
        unit_id,
        settled_at if status is _S.SETTLED else None,
    )


def _next(status: IssueStatus, event: IssueEventKind, earlier: list[IssueStatus]) -> IssueStatus:
    if event is _E.REGISTERED:
        return _S.REGISTERED
    if event in (_E.UNJOINED, _E.RESTORED):
        taken_back = _S.JOINED if event is _E.UNJOINED else _S.VOIDED
        if status is not taken_back or not earlier:
            raise Conflict("")
        return earlier.pop()
    if event is _E.VOIDED:
        if status is _S.VOIDED:
            raise Conflict("")
        earlier.append(status)
        return _S.VOIDED
    following = after(status, event)
    if event is _E.JOINED:
        earlier.append(status)
    return following
