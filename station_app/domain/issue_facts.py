"""What of an issue's history counts in figures: settlements, ratings, promises, units' replies.

Counted are only acts that count in the history; nothing of an issue that is void or joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from db.vocabulary import FactKind, IssueEventKind, IssueStatus, Rater, Rating
from station_app.domain.deadlines import deadlines, next_due
from station_app.domain.issue_history import watched
from station_app.domain.moments import local
from station_app.domain.rules import RuleSet
from station_app.domain.standing import Act, Standing
from station_app.domain.working_days import WorkCalendar

_E, _S = IssueEventKind, IssueStatus
_ASKED = frozenset({_S.ASSIGNED, _S.TAKEN_UP, _S.RAISED})
_BEGINS = frozenset({_E.ASSIGNED, _E.REWORKED, _E.RAISED})
#: These take a question from a unit before it has answered.
_ENDS = frozenset({_E.ASSIGNED, _E.SENT_BACK})
#: A history without one of these has nothing that counts.
COUNTED = _BEGINS | {_E.SETTLED, _E.EVALUATED, _E.COMMITTED}


class Fact(NamedTuple):
    """One thing that counts on one day; see db/models/fact.py for what the words mean."""

    kind: FactKind
    day: date
    event_id: UUID
    unit_id: UUID | None
    word: str = ""
    who: str = ""
    apart: bool = False
    done: bool | None = None


def issue_facts(acts: Sequence[Act], rules: RuleSet, calendar: WorkCalendar) -> tuple[Fact, ...]:
    """What counts of one history, oldest act first, by the rules it began under.

    A reply is due on the last day of the unit's time. One that was taken from the unit after that
    day counts as late; one that nobody has given yet is neither.
    """
    if not any(one.event in COUNTED for one in acts):
        return ()
    seen = _Watch(rules, calendar)
    found = watched(acts, seen.look)
    if found.status in (_S.VOIDED, _S.JOINED):
        return ()
    return tuple(seen.all_of(found))


class _Watch:
    """Collects facts while a history is walked."""

    def __init__(self, rules: RuleSet, calendar: WorkCalendar) -> None:
        self._rules, self._calendar = rules, calendar
        self._facts: list[Fact] = []
        self._promised_by: dict[UUID | None, UUID | None] = {}
        self._asked = self._settled = UUID(int=0)

    def look(self, act: Act, found: Standing) -> None:
        """Take in one act; ``found`` is where the issue stood before it."""
        if act.id is None:
            return
        if act.event is _E.REPLIED:
            unit_id = act.unit_id or found.unit_id
            due_on, on = self._due(found), _day(act.happened_at)
            # Without a day the clock stood still: nobody can be late.
            kept = due_on is None or on <= due_on
            self._facts.append(Fact(FactKind.REPLY, due_on or on, act.id, unit_id, done=kept))
        elif act.event in _ENDS and found.status in _ASKED:
            due_on = self._due(found)
            if due_on is not None and due_on < _day(act.happened_at):
                self._facts.append(Fact(FactKind.REPLY, due_on, act.id, found.unit_id, done=False))
        elif act.event is _E.EVALUATED:
            self._rated(act, act.id, found)
        elif act.event is _E.COMMITTED:
            self._promised_by[act.id] = found.unit_id
        elif act.event is _E.SETTLED:
            self._settled = act.id
        if act.event in _BEGINS:
            self._asked = act.id

    def all_of(self, found: Standing) -> list[Fact]:
        """Everything that counts; ``found`` is where the issue stands in the end."""
        for one in found.promises:
            if one.id is not None:
                unit_id = self._promised_by.get(one.id)
                self._facts.append(
                    Fact(FactKind.PROMISE, one.due_on, one.id, unit_id, done=one.kept)
                )
        due_on = self._due(found) if found.status in _ASKED else None
        if due_on is not None:
            self._facts.append(Fact(FactKind.REPLY, due_on, self._asked, found.unit_id))
        if found.settled_at is not None and found.degree is not None:
            on = _day(found.settled_at)
            self._facts.append(
                Fact(FactKind.SETTLED, on, self._settled, found.unit_id, found.degree.value)
            )
        return self._facts

    def _due(self, found: Standing) -> date | None:
        due = next_due(deadlines(found, self._rules, self._calendar))
        return None if due is None else due.due_on

    def _rated(self, act: Act, ident: UUID, found: Standing) -> None:
        rater, rating = str(act.details.get("rater")), str(act.details.get("rating"))
        if rater in set(Rater) and rating in set(Rating):
            apart = bool(act.details.get("self_asked"))
            on = _day(act.happened_at)
            self._facts.append(Fact(FactKind.RATED, on, ident, found.unit_id, rating, rater, apart))


def _day(moment: datetime) -> date:
    return local(moment).date()
