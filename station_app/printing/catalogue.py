"""Which forms there are, what each is made of, and a print: a form ready to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from db.vocabulary import DayStatus, IssueEventKind, IssueStatus
from station_app.domain.issues import IssueRecord
from station_app.i18n import tr
from station_app.printing.cards.shapes import Shape


class Form(StrEnum):
    """The forms; each has a template of that name, but for the blank ones."""

    RECEPTION_FORM = "reception_form"
    RECEIPT = "receipt"
    BLANK_FORMS = "blank_forms"
    DAY_NOTICE = "day_notice"
    ROTA = "rota"
    DUTY_LIST = "duty_list"
    DUTY_FILE = "duty_file"
    DUTY_POINTS = "duty_points"
    SIGN_IN_SHEET = "sign_in_sheet"
    DAY_LEDGER = "day_ledger"
    ASSIGNMENT_SLIP = "assignment_slip"
    URGING_LETTER = "urging_letter"
    REPLY_LETTER = "reply_letter"
    DECLINE_NOTICE = "decline_notice"
    REVISIT_SHEET = "revisit_sheet"
    RATING_SHEET = "rating_sheet"
    MEETING_RECORD = "meeting_record"
    SUGGESTION = "suggestion"
    ISSUE_LEDGER = "issue_ledger"
    PROMISE_LEDGER = "promise_ledger"
    LEGISLATION_LEDGER = "legislation_ledger"
    EIGHT_HAVES = "eight_haves"
    STAR_MATERIALS = "star_materials"


#: The forms of one record, by the record's kind.
FORMS_OF: dict[str, tuple[Form, ...]] = {
    "visit": (Form.RECEPTION_FORM, Form.RECEIPT),
    "deputy": (Form.DUTY_LIST, Form.DUTY_FILE, Form.DUTY_POINTS),
    "day": (Form.DAY_NOTICE, Form.SIGN_IN_SHEET, Form.DAY_LEDGER),
    "issue": (
        Form.ASSIGNMENT_SLIP,
        Form.URGING_LETTER,
        Form.REPLY_LETTER,
        Form.DECLINE_NOTICE,
        Form.REVISIT_SHEET,
        Form.RATING_SHEET,
    ),
    "meeting": (Form.MEETING_RECORD,),
    "deputy_suggestion": (Form.SUGGESTION,),
}
KIND_OF = {form: kind for kind, forms in FORMS_OF.items() for form in forms}
#: The forms of a deputy for one calendar year.
YEARLY = (Form.DUTY_FILE, Form.DUTY_POINTS)
#: The forms of a list of records, or of none.
LISTS = tuple(form for form in Form if form not in KIND_OF)


class Apart(StrEnum):
    """What is printed from its own page; cards have their ``Shape``."""

    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Print:
    """One paper that was gathered; calling it draws the PDF, off the GUI thread.

    ``form`` says which: printer and tray are remembered for it.
    """

    form: Form | Apart | Shape
    title: str
    make: Callable[[], bytes]

    def __call__(self) -> bytes:
        """The PDF. Raises PrintFault."""
        return self.make()


@dataclass(frozen=True, slots=True)
class Batch:
    """Several prints that go to the printer together."""

    title: str
    prints: Sequence[Print]


_WITH_UNIT = frozenset({IssueStatus.ASSIGNED, IssueStatus.TAKEN_UP})
_TOLD = frozenset({IssueStatus.ANSWERED, IssueStatus.REPLIED, IssueStatus.SETTLED})


def issue_forms(issue: IssueRecord) -> tuple[Form, ...]:
    """The forms that make sense for an issue where it stands now."""
    done = {one.event for one in issue.counted}
    told = issue.status in _TOLD
    sense = {
        Form.ASSIGNMENT_SLIP: IssueEventKind.ASSIGNED in done,
        Form.URGING_LETTER: issue.status in _WITH_UNIT,
        Form.REPLY_LETTER: told,
        Form.DECLINE_NOTICE: issue.status is IssueStatus.DECLINED,
        Form.REVISIT_SHEET: told,
        Form.RATING_SHEET: told,
    }
    return tuple(form for form in FORMS_OF["issue"] if sense[form])


def day_forms(status: DayStatus) -> tuple[Form, ...]:
    """The forms that make sense for a reception day: a notice before, a ledger after."""
    if status is DayStatus.CANCELLED:
        return ()
    if status is DayStatus.PLANNED:
        return (Form.DAY_NOTICE, Form.SIGN_IN_SHEET)
    return FORMS_OF["day"]


def form_name(form: Form) -> str:
    """What a form is called on screen."""
    return {
        Form.RECEPTION_FORM: tr("form|Reception form"),
        Form.RECEIPT: tr("form|Receipt"),
        Form.BLANK_FORMS: tr("form|Blank reception forms"),
        Form.DAY_NOTICE: tr("form|Notice of the day"),
        Form.ROTA: tr("form|Rota"),
        Form.DUTY_LIST: tr("form|Personal list of duties"),
        Form.DUTY_FILE: tr("form|Duty file"),
        Form.DUTY_POINTS: tr("form|Duty points"),
        Form.SIGN_IN_SHEET: tr("form|Sign-in sheet"),
        Form.DAY_LEDGER: tr("form|Ledger of the day"),
        Form.ASSIGNMENT_SLIP: tr("form|Assignment slip"),
        Form.URGING_LETTER: tr("form|Urging letter"),
        Form.REPLY_LETTER: tr("form|Reply letter"),
        Form.DECLINE_NOTICE: tr("form|Notice of declining"),
        Form.REVISIT_SHEET: tr("form|Revisit sheet"),
        Form.RATING_SHEET: tr("form|Evaluation sheet"),
        Form.MEETING_RECORD: tr("form|Record of a three-party meeting"),
        Form.SUGGESTION: tr("form|Draft of a suggestion"),
        Form.ISSUE_LEDGER: tr("form|Ledger of issues"),
        Form.PROMISE_LEDGER: tr("form|Ledger of promises"),
        Form.LEGISLATION_LEDGER: tr("form|Opinions on legislation"),
        Form.EIGHT_HAVES: tr("form|Self-check of the eight haves"),
        Form.STAR_MATERIALS: tr("form|Materials for the star rating"),
    }[form]
