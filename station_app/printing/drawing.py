"""Each form's drawing, loaded when first wanted: reportlab and its fonts are dear at the start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from station_app.printing.catalogue import Form


def drawn(form: Form, *records: Any, **facts: Any) -> bytes:
    """The PDF of ``form`` of ``records``, with ``facts`` by name. Raises PrintFault."""
    return _drawer(form)(*records, **facts)


def _drawer(form: Form) -> Callable[..., bytes]:
    from station_app.printing.forms import (
        assignment_slip,
        day_ledger,
        day_notice,
        day_sheets,
        duty_file,
        duty_list,
        duty_points,
        eight_haves,
        issue_ledger,
        legislation_ledger,
        letters,
        meeting_record,
        promise_ledger,
        rating_sheet,
        receipt,
        reception_form,
        revisit_sheet,
        star_materials,
        suggestion,
        urging_letter,
    )

    drawers: dict[Form, Callable[..., bytes]] = {
        Form.RECEPTION_FORM: reception_form.reception_form,
        Form.RECEIPT: receipt.receipt,
        Form.BLANK_FORMS: reception_form.blank_forms,
        Form.DAY_NOTICE: day_notice.day_notice,
        Form.ROTA: day_sheets.rota,
        Form.DUTY_LIST: duty_list.duty_list,
        Form.DUTY_FILE: duty_file.duty_file,
        Form.DUTY_POINTS: duty_points.duty_points,
        Form.SIGN_IN_SHEET: day_sheets.sign_in_sheet,
        Form.DAY_LEDGER: day_ledger.day_ledger,
        Form.ASSIGNMENT_SLIP: assignment_slip.assignment_slip,
        Form.URGING_LETTER: urging_letter.urging_letter,
        Form.REPLY_LETTER: letters.reply_letter,
        Form.DECLINE_NOTICE: letters.decline_notice,
        Form.REVISIT_SHEET: revisit_sheet.revisit_sheet,
        Form.RATING_SHEET: rating_sheet.rating_sheet,
        Form.MEETING_RECORD: meeting_record.meeting_record,
        Form.SUGGESTION: suggestion.suggestion_draft,
        Form.ISSUE_LEDGER: issue_ledger.issue_ledger,
        Form.PROMISE_LEDGER: promise_ledger.promise_ledger,
        Form.EIGHT_HAVES: eight_haves.eight_haves,
        Form.STAR_MATERIALS: star_materials.star_materials,
        Form.LEGISLATION_LEDGER: legislation_ledger.legislation_ledger,
    }
    return drawers[form]
