"""Promises of all issues in the order of their days."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from db.models import Issue, IssueEvent
from db.vocabulary import IssueEventKind, IssueStatus
from station_app.domain.cases import PromiseLine
from station_app.domain.moments import local
from station_app.services.issue_records import issue_record
from station_app.store import Tx


def promise_lines(tx: Tx, first_on: date, last_on: date) -> tuple[PromiseLine, ...]:
    """The promises due on these days, kept or not; those of voided issues are left out."""
    due = IssueEvent.details["due"].as_string()
    promised = select(IssueEvent.issue_id).where(
        IssueEvent.event == IssueEventKind.COMMITTED,
        due.between(first_on.isoformat(), last_on.isoformat()),
    )
    query = select(Issue).where(Issue.id.in_(promised), Issue.status != IssueStatus.VOIDED)
    lines: list[tuple[date, str, UUID, PromiseLine]] = []
    for row in tx.session.scalars(query):
        issue = issue_record(tx, row)
        made = {one.id: local(one.happened_at).date() for one in issue.events}
        lines += [
            (one.due_on, issue.number, one.id,
             PromiseLine(issue.number, issue.title, made[one.id], one))
            for one in issue.case.promises
            if first_on <= one.due_on <= last_on
        ]  # fmt: skip
    return tuple(line for *_, line in sorted(lines, key=lambda one: one[:3]))
