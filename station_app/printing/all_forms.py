"""One of every paper, each of the newest record that has it: to look through."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select

from db.models import DutyCard
from db.vocabulary import CardState, DayStatus, IssueStatus, Op, Role
from station_app.domain.issues import IssueRecord
from station_app.domain.lists import Listing
from station_app.domain.periods import PeriodKind, period_around, period_word
from station_app.i18n import tr
from station_app.printing import making
from station_app.printing.cards.gathering import board_print, cards_print
from station_app.printing.cards.shapes import Shape
from station_app.printing.catalogue import (
    YEARLY,
    Apart,
    Batch,
    Form,
    Print,
    day_forms,
    issue_forms,
)
from station_app.printing.forms.report import report_form
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
from station_app.services.duty_cards import get_card
from station_app.services.reports import make_report
from station_app.services.station import get_station
from station_app.store import Tx

_LOOK_AT = 60
#: A sheet holds so many cards.
_CARDS = 10
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
    """Every form, the year's report and the cards, as far as there is a record; all logged."""
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
    forms = [found[form] for form in Form if form in found]
    return Batch(tr("One of every form"), [*forms, _report(tx), *_cards(tx)])


def _report(tx: Tx) -> Print:
    report = make_report(tx, period_around(PeriodKind.YEAR, tx.today))
    tx.note(Op.PRINT, "station", None, why=Apart.REPORT.value)
    title = tr("Report {period}", period=period_word(report.period))
    make = partial(report_form, report, get_station(tx), printed_on=tx.today)
    return Print(Apart.REPORT, title, make)


def _cards(tx: Tx) -> list[Print]:
    """The newest cards as each of their shapes, and the board of deputies."""
    valid = select(DutyCard.id).where(
        DutyCard.state == CardState.ISSUED, DutyCard.valid_to >= tx.today
    )
    newest = tx.session.scalars(valid.order_by(DutyCard.number.desc()).limit(_CARDS))
    cards = [get_card(tx, one) for one in newest]
    shapes = (Shape.CARD, Shape.LANYARD, Shape.TABLE_TOP) if cards else ()
    made = [Print(shape, *cards_print(tx, cards, shape)) for shape in shapes]
    if deputies.serving(tx):
        made.append(Print(Shape.BOARD, *board_print(tx)))
    return made


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
