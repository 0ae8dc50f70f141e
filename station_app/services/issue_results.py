"""What people feel about a result, and whether it holds: evaluations, rework, later looks."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from db.models import Deputy, Issue, IssueEvent, Visit, VisitCompanion
from db.vocabulary import (
    AskedHow,
    Degree,
    Finding,
    IssueEventKind,
    IssueStatus,
    Rater,
    Rating,
    Urgency,
)
from station_app.domain.accounts import require_writer
from station_app.domain.issues import IssueRecord
from station_app.domain.transitions import allows
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.services.issue_act import (
    Expected,
    act,
    attached,
    issue_row,
    ready,
    required,
    standing_of,
    unit_row,
)
from station_app.services.issue_records import event_rows
from station_app.store import Tx

_E = IssueEventKind

#: Who did one of these has handled the issue: asking for the rating is then 自访.
_HANDLED = frozenset(
    {_E.ANSWERED, _E.ASSIGNED, _E.SENT_BACK, _E.REPLIED, _E.SETTLED, _E.REWORKED, _E.DECLINED}
)


def evaluate_issue(
    tx: Tx,
    issue_id: UUID,
    *,
    rater: Rater | None,
    rating: Rating | None,
    how: AskedHow | None,
    resident_id: UUID | None = None,
    deputy_id: UUID | None = None,
    third_party: str = "",
    text: str = "",
    step: UUID | None = None,
) -> IssueRecord:
    """A resident, a deputy or a third party says what they feel about the answer.

    It is never the operator's own opinion: a resident must be one who raised it (the first one
    without a word), a deputy and a third party are named. Asked for by somebody who handled the
    issue it is marked 自访. ``step`` is the one of a suggestion that it came with.
    Raises RuleViolation beside the fields.
    """
    require_writer(tx.actor)
    row = issue_row(tx, issue_id)
    wrong: dict[str, str] = {}
    if rater is None:
        wrong["rater"] = tr("Choose who rated.")
    if rating is None:
        wrong["rating"] = tr("Choose what they felt.")
    elif not allows(row.status, _E.EVALUATED):
        wrong["rating"] = tr("There is no answer yet that could be rated.")
    if how is None:
        wrong["how"] = tr("Choose how they were asked.")
    details = _named(tx, row, rater, resident_id, deputy_id, third_party, wrong)
    if wrong:
        raise RuleViolation(wrong)
    assert rater
    assert rating
    assert how
    details |= {"rater": rater.value, "rating": rating.value, "how": how.value}
    if _handled_by_actor(tx, row):
        details["self_asked"] = True
    if step is not None:
        details["step"] = step.hex
    given = deputy_id if rater is Rater.DEPUTY else None
    return act(tx, issue_id, _E.EVALUATED, text=text.strip(), deputy_id=given, details=details)


def rework_issue(
    tx: Tx,
    issue_id: UUID,
    *,
    reason: str,
    unit_id: UUID | None = None,
    also: Collection[UUID] = (),
    expected: Expected = None,
) -> IssueRecord:
    """The result does not satisfy: a unit does it again (重办), its time begins anew.

    Without a word it is the unit that had it. Raises RuleViolation beside ``unit_id``.
    """
    row = ready(tx, issue_id, _E.REWORKED, expected=expected)
    why = required("reason", reason, tr("Write down why it is done again."))
    lead = unit_row(tx, unit_id or row.unit_id)
    details: dict[str, object] = {}
    helping = [unit_row(tx, one, "also").id.hex for one in dict.fromkeys(also) if one != lead.id]
    if helping:
        details["also"] = helping
    if row.urgency is Urgency.URGENT:
        details["urgent"] = True
    return act(tx, issue_id, _E.REWORKED, text=why, unit_id=lead.id, details=details)


def revisit_issue(
    tx: Tx, issue_id: UUID, *, found: Finding | None, text: str, attachments: Collection[UUID] = ()
) -> IssueRecord:
    """Somebody asked the resident whether the result holds (回访); if not, it is open again."""
    return _look(tx, issue_id, _E.REVISITED, found, text, attachments, {})


def look_back_on_issue(
    tx: Tx,
    issue_id: UUID,
    *,
    found: Finding | None,
    text: str,
    degree: Degree | None = None,
    attachments: Collection[UUID] = (),
) -> IssueRecord:
    """A dated look-back (回头看). ``degree`` says how far it is solved by now, if that changed.

    A result that broke opens the issue again; a plan that is not done yet is looked at again.
    """
    details: dict[str, object] = {} if degree is None else {"degree": degree.value}
    return _look(tx, issue_id, _E.LOOKED_BACK, found, text, attachments, details)


def concerned(tx: Tx, row: Issue) -> dict[UUID, None]:
    """The residents who raised the issue or one that was joined to it, the first one first."""
    visits = [row.visit_id]
    joined = select(Issue.visit_id).where(Issue.joined_to == row.id).order_by(Issue.registered_at)
    visits += tx.session.scalars(joined).all()
    leads = select(Visit.id, Visit.resident_id).where(Visit.id.in_(visits))
    by_visit = {one.id: one.resident_id for one in tx.session.execute(leads)}
    found: dict[UUID, None] = {row.resident_id: None}
    found |= dict.fromkeys(by_visit[one] for one in visits if one in by_visit)
    companions = select(VisitCompanion.resident_id).where(VisitCompanion.visit_id.in_(visits))
    return found | dict.fromkeys(tx.session.scalars(companions))


def _look(
    tx: Tx,
    issue_id: UUID,
    event: IssueEventKind,
    found: Finding | None,
    text: str,
    attachments: Collection[UUID],
    details: dict[str, object],
) -> IssueRecord:
    if found is None:
        raise RuleViolation({"found": tr("Choose what was found.")})
    said = required("text", text, tr("Write down what was seen or said."))
    papers = attached(tx, issue_id, attachments)
    details |= {"found": found.value} | ({"attachments": papers} if papers else {})
    done = act(tx, issue_id, event, expected=IssueStatus.SETTLED, text=said, details=details)
    if found is Finding.BROKEN:
        # Nobody has to remember that it must be taken up again.
        done = act(tx, issue_id, _E.REOPENED, text=said)
    return done


def _named(
    tx: Tx,
    row: Issue,
    rater: Rater | None,
    resident_id: UUID | None,
    deputy_id: UUID | None,
    third_party: str,
    wrong: dict[str, str],
) -> dict[str, object]:
    if rater is Rater.RESIDENT:
        chosen = resident_id or row.resident_id
        if chosen not in concerned(tx, row):
            wrong["resident_id"] = tr("This resident did not raise the issue.")
        return {"resident": chosen.hex}
    if rater is Rater.DEPUTY and (deputy_id is None or tx.session.get(Deputy, deputy_id) is None):
        wrong["deputy_id"] = tr("Choose the deputy who rated.")
    if rater is Rater.THIRD_PARTY:
        if not third_party.strip():
            wrong["third_party"] = tr("Write down who the third party is.")
        return {"third_party": third_party.strip()}
    return {}


def _handled_by_actor(tx: Tx, row: Issue) -> bool:
    found = standing_of(tx, row.id)
    events: list[IssueEvent] = list(event_rows(tx, row.id))
    return any(
        one.event in _HANDLED and one.actor_id == tx.actor.id and one.id not in found.undone
        for one in events
    )
