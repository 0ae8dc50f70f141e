"""Three-party meetings: one record, and an act on each of the issues that were talked about."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from db.models import Issue, IssueEvent, Meeting, Unit
from db.vocabulary import Degree, IssueEventKind
from station_app.domain.accounts import require_writer
from station_app.domain.meetings import (
    MeetingConclusion,
    MeetingDraft,
    MeetingItem,
    MeetingRecord,
    meeting_violations,
)
from station_app.domain.transitions import allows
from station_app.errors import Conflict, NotFound, RuleViolation, violations
from station_app.i18n import tr
from station_app.services.deputies import deputy_briefs
from station_app.services.issue_act import act, add_event, issue_row, refold
from station_app.services.issue_care import commit_on_issue
from station_app.services.issue_case import name_of
from station_app.services.issues import (
    answer_issue,
    assign_issue,
    last_act,
    reply_issue,
    settle_issue,
)
from station_app.store import Tx

_E = IssueEventKind


def hold_meeting(tx: Tx, draft: MeetingDraft) -> MeetingRecord:
    """Write down a meeting and what it came to on each issue, all or nothing.

    Raises RuleViolation beside the fields (``items.0.unit_id``), Conflict for an issue that is
    closed or lies elsewhere.
    """
    require_writer(tx.actor)
    violations(meeting_violations(draft, tx.today))
    row = Meeting(
        held_on=draft.held_on,
        place=draft.place.strip(),
        topic=draft.topic.strip(),
        text=draft.text.strip(),
        deputy_ids=[one.hex for one in draft.deputy_ids],
        residents=_names(draft.residents),
        departments=_names(draft.departments),
        issue_ids=[one.issue_id.hex for one in draft.items],
    )
    tx.session.add(row)
    tx.session.flush()
    for place, item in enumerate(draft.items):
        try:
            _conclude(tx, row, item)
        except RuleViolation as wrong:
            raise RuleViolation(
                {f"items.{place}.{field}": said for field, said in wrong.fields.items()}
            ) from wrong
    return _record(tx, row)


def get_meeting(tx: Tx, meeting_id: UUID) -> MeetingRecord:
    """One meeting whole. Raises NotFound."""
    row = _row(tx, meeting_id)
    return _record(tx, row)


def take_back_meeting(tx: Tx, meeting_id: UUID) -> None:
    """Take a meeting back that was written down by mistake: its acts count nothing any more.

    The history keeps them. Raises NotFound, and Conflict once something else has happened since
    on one of the issues: then nothing is taken back.
    """
    require_writer(tx.actor)
    row = _row(tx, meeting_id)
    for ident in row.issue_ids:
        issue_id = UUID(ident)
        for one in reversed(_done_at(tx, row, issue_id)):
            if last_act(tx, issue_id) != one.id:
                number = issue_row(tx, issue_id).number
                text = tr("Something else has happened on {number} since.", number=number)
                raise Conflict(text)
            undone = issue_row(tx, issue_id)
            add_event(tx, undone, _E.UNDONE, details={"undoes": one.id.hex})
            refold(tx, undone)
    row.issue_ids = []  # a meeting without issues is none: lists leave it out
    tx.session.flush()


def _conclude(tx: Tx, row: Meeting, item: MeetingItem) -> None:
    """The act on one issue; a unit and a promise are acts of their own, as they always are."""
    about = {"meeting": row.id.hex, "deputies": row.deputy_ids}
    text = item.conclusion.strip()
    act(tx, item.issue_id, _E.MET, text=text, details=about)
    if item.unit_id is not None:
        assign_issue(tx, item.issue_id, unit_id=item.unit_id, also=item.also, text=text)
    if item.replied or item.degree is not None:
        _reply(tx, row, item)
    if item.promise.strip() or item.promise_on is not None:
        try:
            commit_on_issue(tx, item.issue_id, text=item.promise, due_on=item.promise_on)
        except RuleViolation as wrong:
            names = {"text": "promise", "due_on": "promise_on"}
            fields = {names.get(one, one): said for one, said in wrong.fields.items()}
            raise RuleViolation(fields) from wrong
    if item.degree is not None:
        evidence = tr("Three-party meeting: {text}", text=text)
        settle_issue(tx, item.issue_id, degree=item.degree, evidence=evidence)


def _reply(tx: Tx, row: Meeting, item: MeetingItem) -> None:
    """The conclusion is the answer: the unit's where one has it, else a deputy's on the spot."""
    status, text = issue_row(tx, item.issue_id).status, item.conclusion
    if allows(status, _E.REPLIED):
        reply_issue(tx, item.issue_id, text=text)
    elif allows(status, _E.ANSWERED):
        lead = UUID(row.deputy_ids[0])
        answer_issue(tx, item.issue_id, text=text, deputy_id=lead)


def _names(typed: tuple[str, ...]) -> list[str]:
    return [one.strip() for one in typed if one.strip()]


def _record(tx: Tx, row: Meeting) -> MeetingRecord:
    return MeetingRecord(
        id=row.id,
        edition=row.edition,
        held_on=row.held_on,
        place=row.place,
        topic=row.topic,
        text=row.text,
        deputies=deputy_briefs(tx, [UUID(one) for one in row.deputy_ids]),
        residents=tuple(row.residents),
        departments=tuple(row.departments),
        items=tuple(
            one for ident in row.issue_ids if (one := _conclusion(tx, row, UUID(ident))) is not None
        ),
    )


def _conclusion(tx: Tx, row: Meeting, issue_id: UUID) -> MeetingConclusion | None:
    issue = tx.session.get(Issue, issue_id)
    if issue is None:
        return None
    done = _done_at(tx, row, issue_id)
    if not done:
        return None
    met = done[0]
    given = next((one for one in done if one.event is _E.ASSIGNED), None)
    promise = next((one for one in done if one.event is _E.COMMITTED), None)
    settled = next((one for one in done if one.event is _E.SETTLED), None)
    return MeetingConclusion(
        issue_id=issue.id,
        number=issue.number,
        title=issue.title,
        conclusion=met.text,
        unit="" if given is None else name_of(tx, Unit, given.unit_id),
        promise="" if promise is None else promise.text,
        promise_on=None if promise is None else date.fromisoformat(promise.details["due"]),
        replied=any(one.event in (_E.REPLIED, _E.ANSWERED) for one in done),
        degree=None if settled is None else Degree(settled.details["degree"]),
    )


def _done_at(tx: Tx, row: Meeting, issue_id: UUID) -> list[IssueEvent]:
    """What was done on one issue at a meeting, the conclusion first."""
    query = select(IssueEvent).where(IssueEvent.issue_id == issue_id)
    events = tx.session.scalars(query.order_by(IssueEvent.happened_at, IssueEvent.id)).all()
    met = next((one for one in events if one.details.get("meeting") == row.id.hex), None)
    if met is None:
        return []
    # What was done at the meeting was written down in the same moment, after the conclusion.
    return [one for one in events if one.happened_at == met.happened_at and one.id >= met.id]


def _row(tx: Tx, meeting_id: UUID) -> Meeting:
    row = tx.session.get(Meeting, meeting_id)
    if row is None:
        raise NotFound(tr("This meeting is no longer there."))
    return row
