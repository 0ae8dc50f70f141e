"""Gathers in a Tx what a form is made of and logs the print; the drawing is left for later.

Every print that may carry personal data leaves an audit row: who, of which record, which form
(domain.md §8).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from db.vocabulary import DayStatus, Op
from station_app.domain.days import DayRecord
from station_app.domain.lists import Listing
from station_app.i18n import tr
from station_app.printing.catalogue import (
    FORMS_OF,
    KIND_OF,
    YEARLY,
    Batch,
    Form,
    Print,
    form_name,
    issue_forms,
)
from station_app.printing.drawing import drawn
from station_app.printing.filter_words import said_listing, said_period
from station_app.services import (
    blank_forms,
    day_lists,
    days,
    deputies,
    duty_files,
    exports,
    issue_records,
    issues,
    meetings,
    promise_lists,
    star_materials,
    suggestions,
    visit_lists,
    visits,
)
from station_app.services.dictionaries import category_paths
from station_app.services.form_texts import own_texts
from station_app.services.station import get_station
from station_app.store import Tx

#: A ledger on paper has no more lines than this: beyond, a spreadsheet serves better.
MOST_LINES = 5000
#: More forms than these are not gathered at once.
MOST_TOGETHER = 200
#: The category of opinions on legislation, as it is shipped.
_LEGISLATION = "lf"
_YEAR = timedelta(days=366)

Gathered = tuple[str, tuple[Any, ...]]


def record_print(tx: Tx, form: Form, record_id: UUID) -> Print:
    """One form of one record (a form of ``KIND_OF``). Raises NotFound."""
    which, records = _GATHERED[form](tx, form, record_id)
    tx.note(Op.PRINT, KIND_OF[form], record_id, why=form.value)
    return _print(tx, form, which, *records)


def rota_print(tx: Tx, first_on: date, last_on: date) -> Print:
    """The rota of the reception days from ``first_on`` to ``last_on``."""
    tx.note(Op.PRINT, "day", None, why=Form.ROTA.value)
    planned = [days.get_day(tx, one.id) for one in day_lists.days_between(tx, first_on, last_on)]
    return _print(tx, Form.ROTA, said_period(first_on, last_on), planned)


def duty_batch(tx: Tx, first_on: date, last_on: date, deputy_id: UUID | None = None) -> Batch:
    """The personal list of everybody, or of one, who is due from ``first_on`` to ``last_on``."""
    planned = _planned(tx, first_on, last_on)
    due = {one.deputy_id for day in planned for one in day.deputies if one.due}
    wanted = tuple(due) if deputy_id is None else (deputy_id,)
    made = []
    for one in deputies.deputy_briefs(tx, wanted):
        tx.note(Op.PRINT, "deputy", one.id, why=Form.DUTY_LIST.value)
        made.append(_print(tx, Form.DUTY_LIST, one.name, one, _duties(planned, one.id)))
    said = said_period(first_on, last_on)
    return Batch(f"{form_name(Form.DUTY_LIST)} {said}", made)


def year_print(tx: Tx, form: Form, deputy_id: UUID, year: int) -> Print:
    """A form of YEARLY: what one deputy did in ``year``. Raises NotFound."""
    file = duty_files.duty_file(tx, deputy_id, year)
    tx.note(Op.PRINT, "deputy", deputy_id, why=form.value)
    return _print(tx, form, f"{file.deputy.name} {year}", file)


def year_batch(tx: Tx, form: Form, year: int) -> Batch:
    """A form of YEARLY for everybody who serves, in the order of the register."""
    made = [year_print(tx, form, one, year) for one in deputies.serving(tx)]
    return Batch(f"{form_name(form)} {year}", made)


def notice_batch(tx: Tx, first_on: date, last_on: date) -> Batch:
    """The notice to post of every day that is planned from ``first_on`` to ``last_on``."""
    made = [record_print(tx, Form.DAY_NOTICE, day.id) for day in _planned(tx, first_on, last_on)]
    return Batch(f"{form_name(Form.DAY_NOTICE)} {said_period(first_on, last_on)}", made)


def issues_print(tx: Tx, listing: Listing) -> Print:
    """The ledger of the issues that ``listing`` lists, in its order."""
    said = said_listing(tx, listing)
    lines = list(islice(exports.issue_lines(tx, listing), MOST_LINES + 1))
    if len(lines) > MOST_LINES:
        said, lines = f"{said}（前 {MOST_LINES} 条）", lines[:MOST_LINES]
    tx.note(Op.PRINT, "issue", None, why=Form.ISSUE_LEDGER.value)
    facts = {"said": said, "categories": category_paths(tx)}
    return _print(tx, Form.ISSUE_LEDGER, said, lines, **facts)


def promises_print(tx: Tx, first_on: date, last_on: date) -> Print:
    """The ledger of the promises due from ``first_on`` to ``last_on``."""
    lines = promise_lists.promise_lines(tx, first_on, last_on)
    tx.note(Op.PRINT, "issue", None, why=Form.PROMISE_LEDGER.value)
    said = said_period(first_on, last_on)
    return _print(tx, Form.PROMISE_LEDGER, said, lines, said=said)


def legislation_print(tx: Tx, first_on: date, last_on: date) -> Print:
    """The opinions on legislation that were raised from ``first_on`` to ``last_on``."""
    filters = {"category": _LEGISLATION, "first_on": first_on, "last_on": last_on}
    listing = Listing("registered_at", filters=filters)
    lines = list(islice(exports.issue_lines(tx, listing), MOST_LINES))
    tx.note(Op.PRINT, "issue", None, why=Form.LEGISLATION_LEDGER.value)
    said = said_period(first_on, last_on)
    return _print(tx, Form.LEGISLATION_LEDGER, said, lines, said=said)


def eight_haves_print(tx: Tx) -> Print:
    """The self-check of the eight haves, to be filled in by hand."""
    tx.note(Op.PRINT, "station", None, why=Form.EIGHT_HAVES.value)
    return _print(tx, Form.EIGHT_HAVES, "")


def star_materials_print(tx: Tx, year: int) -> Print:
    """The materials of one year for the station's star rating."""
    found = star_materials.star_materials(tx, year)
    tx.note(Op.PRINT, "station", None, why=Form.STAR_MATERIALS.value)
    return _print(tx, Form.STAR_MATERIALS, str(year), found)


def blanks_print(tx: Tx, count: int) -> Print:
    """Blank reception forms with numbers of their own. Raises RuleViolation, NotAllowed."""
    numbers = blank_forms.reserve_blank_forms(tx, count)
    return _print(tx, Form.BLANK_FORMS, numbers[0], numbers)


def day_batch(tx: Tx, day_id: UUID) -> Batch:
    """Everything of a day that is filed: sign-in sheet, ledger, the form of every visit."""
    day = days.get_day(tx, day_id)
    made = [record_print(tx, form, day_id) for form in (Form.SIGN_IN_SHEET, Form.DAY_LEDGER)]
    made += [
        record_print(tx, Form.RECEPTION_FORM, one) for one in visit_lists.day_visit_ids(tx, day_id)
    ]
    return Batch(tr("Papers of {day}", day=f"{day.held_on:%Y-%m-%d}"), made)


def issue_batch(tx: Tx, form: Form, issue_ids: list[UUID]) -> Batch:
    """One form of several issues; those where it makes no sense now are left out."""
    fitting = [one for one in issue_ids if form in issue_forms(issues.get_issue(tx, one))]
    return Batch(form_name(form), [record_print(tx, form, one) for one in fitting])


def listed_batch(tx: Tx, form: Form, listing: Listing) -> Batch:
    """One form of every issue of a list for which it makes sense, MOST_TOGETHER at most."""
    found: list[UUID] = []
    page = issue_records.list_issues(tx, listing)
    while len(found) < MOST_TOGETHER:
        found += [one.id for one in page.rows]
        if page.after is None:
            break
        page = issue_records.list_issues(tx, listing, at=page.after)
    return issue_batch(tx, form, found[:MOST_TOGETHER])


def _print(tx: Tx, form: Form, which: str, *records: Any, **facts: Any) -> Print:
    title = " ".join(filter(None, (form_name(form), which)))
    make = partial(
        drawn, form, *records, get_station(tx), printed_on=tx.today, own=own_texts(tx), **facts
    )
    return Print(form, title, make)


def _planned(tx: Tx, first_on: date, last_on: date) -> list[DayRecord]:
    rows = day_lists.days_between(tx, first_on, last_on)
    return [days.get_day(tx, one.id) for one in rows if one.status is DayStatus.PLANNED]


def _duties(planned: list[DayRecord], deputy_id: UUID) -> list[DayRecord]:
    return [
        day for day in planned
        if any(one.due and one.deputy_id == deputy_id for one in day.deputies)
    ]  # fmt: skip


def _of_deputy(tx: Tx, form: Form, deputy_id: UUID) -> Gathered:
    if form in YEARLY:
        file = duty_files.duty_file(tx, deputy_id, tx.today.year)
        return f"{file.deputy.name} {file.year}", (file,)
    [deputy] = deputies.deputy_briefs(tx, [deputy_id])
    planned = _planned(tx, tx.today, tx.today + _YEAR)
    return deputy.name, (deputy, _duties(planned, deputy_id))


def _of_visit(tx: Tx, form: Form, visit_id: UUID) -> Gathered:
    visit = visits.get_visit(tx, visit_id)
    return visit.number, (visit,)


def _of_issue(tx: Tx, form: Form, issue_id: UUID) -> Gathered:
    issue = issues.get_issue(tx, issue_id)
    if form in (Form.ASSIGNMENT_SLIP, Form.REVISIT_SHEET):
        return issue.number, (issue, visits.get_visit(tx, issue.visit_id))
    return issue.number, (issue,)


def _of_day(tx: Tx, form: Form, day_id: UUID) -> Gathered:
    day = days.get_day(tx, day_id)
    which = f"{day.held_on:%Y-%m-%d}"
    if form is not Form.DAY_LEDGER:
        return which, (day,)
    came = [visits.get_visit(tx, one) for one in visit_lists.day_visit_ids(tx, day_id)]
    return which, (day, came, day_lists.day_counters(tx, day_id))


def _of_meeting(tx: Tx, form: Form, meeting_id: UUID) -> Gathered:
    meeting = meetings.get_meeting(tx, meeting_id)
    return f"{meeting.held_on:%Y-%m-%d}", (meeting,)


def _of_suggestion(tx: Tx, form: Form, suggestion_id: UUID) -> Gathered:
    suggestion = suggestions.get_suggestion(tx, suggestion_id)
    return suggestion.title, (suggestion,)


_BY_KIND: dict[str, Callable[[Tx, Form, UUID], Gathered]] = {
    "visit": _of_visit,
    "issue": _of_issue,
    "day": _of_day,
    "deputy": _of_deputy,
    "meeting": _of_meeting,
    "deputy_suggestion": _of_suggestion,
}
_GATHERED = {form: _BY_KIND[kind] for kind, forms in FORMS_OF.items() for form in forms}
