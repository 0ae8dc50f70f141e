"""What the issues page reads: an issue with all that is shown beside it, and the dictionaries."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from db.vocabulary import IssueEventKind
from station_app.domain.cases import may
from station_app.domain.issue_views import SimilarIssue
from station_app.services import (
    day_lists,
    dictionaries,
    drafts,
    issue_care,
    issue_likeness,
    issue_records,
    issues,
    rules,
    visits,
)
from station_app.ui.issues.act_inputs import Offers
from station_app.ui.issues.acting import draft_name
from station_app.ui.issues.filter_inputs import FilterOffers
from station_app.ui.issues.words import IssueView
from station_app.ui.kept_form import Typed

if TYPE_CHECKING:
    from station_app.store import Tx

#: At most so many like issues stand beside one.
LIKE = 3


def read_offers(tx: Tx) -> tuple[FilterOffers, Offers]:
    """What the dictionaries offer to filters and acts."""
    sets = sorted(rules.rule_sets(tx).values(), key=lambda one: one.valid_from, reverse=True)
    units = dictionaries.list_units(tx)
    offers = Offers(
        units, dictionaries.list_decline_reasons(tx), [(one.code, one.name) for one in sets]
    )
    campaigns = day_lists.list_campaigns(tx)
    return FilterOffers(dictionaries.list_categories(tx), units, campaigns), offers


def read_similar(tx: Tx, view: IssueView) -> tuple[SimilarIssue, ...]:
    """What is likely the same matter as the issue shown, what can still be joined first.

    Those joined to it already stand beside it.
    """
    one = view.record
    beside = {one.joined_to, *(row.id for row in view.joined)}
    found = issue_likeness.similar_issues(
        tx, f"{one.title} {one.text}", place=one.place, resident_id=one.resident_id, without=one.id,
        limit=LIKE * 3,
    )  # fmt: skip
    fit = [like for like in found if like.id not in beside]
    return tuple(sorted(fit, key=lambda like: not like.open)[:LIKE])


def read_view(tx: Tx, issue_id: UUID) -> tuple[IssueView, Typed | None]:
    """One issue, and the act half-typed for it. Raises NotFound."""
    record = issues.get_issue(tx, issue_id)
    joined = issue_records.joined_issues(tx, issue_id) if record.joined_count else ()
    visit = visits.get_visit(tx, record.visit_id)
    kept = drafts.kept_draft(tx, draft_name(issue_id))
    public = None
    if may(record.status, record.case, IssueEventKind.PUBLISHED):
        public = issue_care.public_text(tx, issue_id)
    reasons = dictionaries.decline_reason_names(tx)
    return IssueView(record, visit, joined, tx.today, tx.zone, public, reasons), kept
