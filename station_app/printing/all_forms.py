"""One of every form, each of the newest record that has it: to look through."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from db.vocabulary import DayStatus, IssueStatus, Role
from station_app.domain.issues import IssueRecord
from station_app.domain.lists import Listing
from station_app.i18n import tr
from station_app.printing import making
from station_app.printing.catalogue import YEARLY, Batch, Form, Print, day_forms, issue_forms
from station_app.services import (
    attendance,
    day_lists,
    deputies,
    issue_records,
    issues,
    meeting_lists,
    suggestion_lists,
    visit_lists,
)
from station_app.store import Tx

_LOOK_AT = 60
#: The states in which each form of an issue is looked for.
_STATES = (
    IssueStatus.ASSIGNED,
    IssueStatus.TAKEN_UP,
    IssueStatus.SETTLED,
    IssueStatus.REPLIED,
    IssueStatus.ANSWERED,
    IssueStatus.DECLINED,
)


def one_of_each(tx: Tx) -> Batch:
    """Every form that this station has a record for; each print is logged."""
    found: dict[Form, Print] = {}
    for status in _STATES:
        for issue in _newest(tx, status):
            for form in issue_forms(issue):
                if form not in found:
                    found[form] = making.record_print(tx, form, issue.id)
    for day in _newest_days(tx):
        for form in day_forms(day[1]):
            if form not in found:
                found[form] = making.record_print(tx, form, day[0])
        visits = visit_lists.day_visit_ids(tx, day[0])
        if visits and Form.RECEIPT not in found:
            for form in (Form.RECEPTION_FORM, Form.RECEIPT):
                found[form] = making.record_print(tx, form, visits[0])
    newest = Listing("held_on", descending=True)
    for meeting in meeting_lists.list_meetings(tx, newest).rows[:1]:
        found[Form.MEETING_RECORD] = making.record_print(tx, Form.MEETING_RECORD, meeting.id)
    latest = Listing("drafted_on", descending=True)
    for one in suggestion_lists.list_suggestions(tx, latest).rows[:1]:
        found[Form.SUGGESTION] = making.record_print(tx, Form.SUGGESTION, one.id)
    found |= _lists(tx)
    for made in making.duty_batch(tx, tx.today, tx.today + timedelta(days=120)).prints[:1]:
        found[Form.DUTY_LIST] = made
    found |= _of_deputy(tx)
    return Batch(tr("One of every form"), [found[form] for form in Form if form in found])


def _of_deputy(tx: Tx) -> dict[Form, Print]:
    """Of the deputy who checked in last, or else of anybody."""
    ids = [*attendance.latest_deputies(tx, 1), *deputies.serving(tx)][:1]
    return {form: making.record_print(tx, form, one) for one in ids for form in YEARLY}


def _lists(tx: Tx) -> dict[Form, Print]:
    first, last = date(tx.today.year, 1, 1), date(tx.today.year, 12, 31)
    listing = Listing(
        "registered_at", filters={"first_on": tx.today - timedelta(days=60), "last_on": tx.today}
    )
    blank = {} if tx.actor.role is Role.VIEWER else {Form.BLANK_FORMS: making.blanks_print(tx, 1)}
    return {
        **blank,
        Form.ROTA: making.rota_print(tx, tx.today, tx.today + timedelta(days=120)),
        Form.ISSUE_LEDGER: making.issues_print(tx, listing),
        Form.PROMISE_LEDGER: making.promises_print(tx, first, last),
        Form.LEGISLATION_LEDGER: making.legislation_print(tx, first, last),
        Form.EIGHT_HAVES: making.eight_haves_print(tx),
        Form.STAR_MATERIALS: making.star_materials_print(tx, tx.today.year),
    }


def _newest(tx: Tx, status: IssueStatus) -> list[IssueRecord]:
    listing = Listing("registered_at", descending=True, filters={"status": status})
    return [issues.get_issue(tx, one.id) for one in issue_records.list_issues(tx, listing).rows[:1]]


def _newest_days(tx: Tx) -> list[tuple[UUID, DayStatus]]:
    """The newest days that were held before the planned ones: they have every form."""
    rows = day_lists.list_days(tx, Listing("held_on", descending=True)).rows[:_LOOK_AT]
    held = [one for one in rows if one.visits]
    return [(one.id, one.status) for one in [*held, *rows]]
