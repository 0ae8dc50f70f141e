"""One act on many issues in one transaction, and its undoing in one: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import select

from db.models import Issue, Resident, Unit, Visit
from db.vocabulary import IssueEventKind, Supervisor
from station_app.domain.accounts import require_writer
from station_app.domain.issue_bulk import BulkDone, BulkPlan, Unable, why_unable
from station_app.domain.issues import IssueRecord
from station_app.errors import Conflict, RuleViolation
from station_app.i18n import tr
from station_app.services import issue_care, issues
from station_app.services.issue_act import issue_row, required, standing_of
from station_app.services.issue_records import issue_rows
from station_app.store import Tx

_E = IssueEventKind
_PUBLIC = frozenset({_E.PUBLISHED, _E.UNPUBLISHED})


def plan_bulk(tx: Tx, event: IssueEventKind, issue_ids: Sequence[UUID]) -> BulkPlan:
    """Which of the chosen issues can take part in an act, the oldest first, and why not the rest.

    Publishing also says what the public would read of each.
    """
    rows = sorted(issue_rows(tx, issue_ids), key=lambda one: (one.registered_at, one.id))
    able, unable = [], []
    for row in rows:
        published = event in _PUBLIC and standing_of(tx, row.id).published
        why = why_unable(row, event, published=published)
        if why:
            unable.append(Unable(row, why))
        else:
            able.append(row)
    words = [public_words(tx, row.id) for row in able] if event is _E.PUBLISHED else ()
    return BulkPlan(event, tuple(able), tuple(unable), tuple(words))


def assign_issues(
    tx: Tx,
    issue_ids: Collection[UUID],
    *,
    unit_id: UUID | None,
    also: Collection[UUID] = (),
    text: str = "",
) -> BulkDone:
    """Hand issues to one lead unit and those that help it."""
    act = partial(issues.assign_issue, unit_id=unit_id, also=also, text=text)
    return _each(tx, _E.ASSIGNED, issue_ids, act)


def urge_issues(tx: Tx, issue_ids: Collection[UUID], *, text: str = "") -> BulkDone:
    """Remind the unit of each."""
    return _each(tx, _E.URGED, issue_ids, partial(issues.urge_issue, text=text))


def supervise_issues(
    tx: Tx, issue_ids: Collection[UUID], *, roles: Mapping[Supervisor, str], text: str = ""
) -> BulkDone:
    """Put issues under key supervision with the same four roles."""
    act = partial(issue_care.supervise_issue, roles=roles, text=text)
    return _each(tx, _E.SUPERVISED, issue_ids, act)


def publish_issues(tx: Tx, issue_ids: Collection[UUID]) -> BulkDone:
    """Show issues to the public in the words that ``plan_bulk`` told."""

    def act(tx: Tx, issue_id: UUID) -> IssueRecord:
        title, text = public_words(tx, issue_id)
        return issue_care.publish_issue(tx, issue_id, title=title, text=text)

    return _each(tx, _E.PUBLISHED, issue_ids, act)


def unpublish_issues(tx: Tx, issue_ids: Collection[UUID], *, reason: str) -> BulkDone:
    """Take issues back from the public."""
    required("reason", reason, tr("Write down why."))
    return _each(tx, _E.UNPUBLISHED, issue_ids, partial(issue_care.unpublish_issue, reason=reason))


def join_issues(tx: Tx, issue_ids: Collection[UUID], *, into: UUID | None) -> BulkDone:
    """Join issues to one of them or to any other. Raises RuleViolation beside ``into``."""
    if into is None:
        raise RuleViolation({"into": tr("Choose the issue it belongs to.")})
    others = [one for one in issue_ids if one != into]
    return _each(tx, _E.JOINED, others, partial(issues.join_issue, into=into))


def undo_bulk(tx: Tx, done: BulkDone) -> None:
    """Take back what one act did to all of them. Raises Conflict if one has moved on since."""
    require_writer(tx.actor)
    held = _held(tx, [one for one, _act in done.made])
    for issue_id, act_id in reversed(done.made):
        if act_id is None:
            _named(tx, issue_id, issues.unjoin_issue)
        else:
            _named(tx, issue_id, partial(issues.undo_act, event_id=act_id))
    del held


def public_words(tx: Tx, issue_id: UUID) -> tuple[str, str]:
    """Title and text that the public would read; what has no text of its own repeats its title."""
    title, text = issue_care.public_text(tx, issue_id)
    return title, text if text.strip() else title


def _each(
    tx: Tx,
    event: IssueEventKind,
    issue_ids: Collection[UUID],
    act: Callable[[Tx, UUID], IssueRecord],
) -> BulkDone:
    require_writer(tx.actor)
    made, held = [], _held(tx, issue_ids)
    for one in issue_ids:
        record = _named(tx, one, act)
        made.append((one, None if event is _E.JOINED else record.case.undoable))
    del held
    return BulkDone(event, tuple(made))


def _held(tx: Tx, issue_ids: Collection[UUID]) -> list[object]:
    """Read at one stroke what each act would look up by itself; held, the session finds it."""
    rows = list(tx.session.scalars(select(Issue).where(Issue.id.in_(list(issue_ids)))))
    visits = select(Visit).where(Visit.id.in_({one.visit_id for one in rows}))
    people = select(Resident).where(Resident.id.in_({one.resident_id for one in rows}))
    units = select(Unit).where(Unit.retired_at.is_(None))
    found: list[object] = [*rows, *tx.session.scalars(visits), *tx.session.scalars(people)]
    return [*found, *tx.session.scalars(units)]


def _named(tx: Tx, issue_id: UUID, act: Callable[[Tx, UUID], IssueRecord]) -> IssueRecord:
    """Do ``act``; a refusal says which of the many issues it was."""
    try:
        return act(tx, issue_id)
    except Conflict as error:
        number = issue_row(tx, issue_id).number
        text = tr("{number}: {reason} Nothing was changed.", number=number, reason=error.text)
        raise Conflict(text) from error
