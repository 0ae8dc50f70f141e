"""An issue's casework as screens and prints show it, out of its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from db.models import Account, Deputy, IssueEvent, Resident, Unit
from db.vocabulary import AskedHow, IssueEventKind, Rater, Rating, Supervisor
from station_app.domain.cases import Case, EvaluationRecord, PromiseRecord, UnitShare
from station_app.domain.deadlines import deadlines, in_time
from station_app.domain.standing import Standing
from station_app.domain.transitions import UNDOABLE
from station_app.services.issue_columns import Yardstick
from station_app.store import Tx

_E = IssueEventKind
_LOOKED_AT = (_E.KEPT, _E.BROKEN)
#: After one of these an earlier rating is about something else.
_ANEW = (_E.ANSWERED, _E.REPLIED, _E.ASSIGNED, _E.REWORKED, _E.REOPENED, _E.SENT_BACK)


def case_of(
    tx: Tx, found: Standing, events: Sequence[IssueEvent], measure: Yardstick | None = None
) -> Case:
    """What casework adds to an issue with these events; ``found`` is what follows from them."""
    measure = measure or Yardstick(tx)
    rules = measure.rules_for(found)
    counted = [
        one for one in events if one.id not in found.undone and one.id not in found.overtaken
    ]
    acts = [one for one in counted if one.event is not _E.UNDONE]
    undoable = acts[-1].id if acts and acts[-1].event in UNDOABLE else None
    return Case(
        turn=found.turn,
        waiting=found.waiting,
        deadlines=deadlines(found, rules, measure.calendar),
        units=_units(tx, found),
        promises=_promises(tx, found, counted),
        evaluations=_evaluations(tx, counted),
        to_rate=found.to_rate,
        roles=_roles(found),
        published=found.published,
        suggestion_id=found.suggestion_id,
        rules=rules.code,
        rules_name=rules.name,
        undoable=undoable,
    )


def name_of(
    tx: Tx, model: type[Account | Deputy | Unit | Resident], ident: UUID | str | None
) -> str:
    """The name of a record, empty when there is none."""
    key = UUID(ident) if isinstance(ident, str) else ident
    found: Any = None if key is None else tx.session.get(model, key)
    return "" if found is None else str(found.name)


def _units(tx: Tx, found: Standing) -> tuple[UnitShare, ...]:
    lead = () if found.unit_id is None else (found.unit_id,)
    return tuple(
        UnitShare(one, name_of(tx, Unit, one), one in lead, one in found.advised)
        for one in (*lead, *found.also)
    )


def _promises(tx: Tx, found: Standing, counted: Sequence[IssueEvent]) -> tuple[PromiseRecord, ...]:
    made = {one.id: one for one in counted if one.event is _E.COMMITTED}
    shown = {one.details.get("promise"): one.text for one in counted if one.event in _LOOKED_AT}
    return tuple(
        PromiseRecord(
            id=one.id,
            text=made[one.id].text,
            due_on=one.due_on,
            unit=name_of(tx, Unit, made[one.id].unit_id),
            deputy=name_of(tx, Deputy, made[one.id].deputy_id),
            kept=one.kept,
            late=bool(one.kept and one.closed_at and not in_time(one.due_on, one.closed_at)),
            closed_at=one.closed_at,
            evidence=shown.get(one.id.hex, ""),
        )
        for one in found.promises
        if one.id is not None and one.id in made
    )


def _evaluations(tx: Tx, counted: Sequence[IssueEvent]) -> tuple[EvaluationRecord, ...]:
    current: dict[str, UUID] = {}
    for one in counted:
        if one.event is _E.EVALUATED:
            current[str(one.details.get("rater"))] = one.id
        elif one.event in _ANEW:
            current.clear()
    return tuple(
        EvaluationRecord(
            id=one.id,
            rater=Rater(one.details["rater"]),
            rating=Rating(one.details["rating"]),
            who=_rater(tx, one),
            how=_how(one),
            asked_by=name_of(tx, Account, one.actor_id),
            self_asked=bool(one.details.get("self_asked")),
            rated_at=one.happened_at,
            text=one.text,
            current=one.id in current.values(),
        )
        for one in counted
        if one.event is _E.EVALUATED and _known(one)
    )


def _known(row: IssueEvent) -> bool:
    """Whether the words are of this program, not of a newer one."""
    return row.details.get("rater") in set(Rater) and row.details.get("rating") in set(Rating)


def _how(row: IssueEvent) -> AskedHow | None:
    how = row.details.get("how")
    return AskedHow(how) if how in set(AskedHow) else None


def _rater(tx: Tx, row: IssueEvent) -> str:
    if row.deputy_id is not None:
        return name_of(tx, Deputy, row.deputy_id)
    third_party = str(row.details.get("third_party") or "")
    return third_party or name_of(tx, Resident, row.details.get("resident"))


def _roles(found: Standing) -> dict[Supervisor, str] | None:
    if found.roles is None:
        return None
    return {one: found.roles[one.value] for one in Supervisor if one.value in found.roles}
