"""What can be printed of several chosen issues: one form of all for which it makes sense."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from db.vocabulary import IssueStatus
from station_app.domain.issues import IssueRow
from station_app.i18n import tr
from station_app.printing.catalogue import FORMS_OF, Batch, Form, form_name
from station_app.ui.printing.print_button import Entry

if TYPE_CHECKING:
    from station_app.store import Tx

_S = IssueStatus
_TOLD = frozenset({_S.ANSWERED, _S.REPLIED, _S.SETTLED})
#: By what a row shows; its whole history, read when it is printed, may still say otherwise.
_LIKELY: dict[Form, Callable[[IssueRow], bool]] = {
    Form.ASSIGNMENT_SLIP: lambda one: one.unit_id is not None,
    Form.URGING_LETTER: lambda one: one.status in (_S.ASSIGNED, _S.TAKEN_UP),
    Form.REPLY_LETTER: lambda one: one.status in _TOLD,
    Form.DECLINE_NOTICE: lambda one: one.status is _S.DECLINED,
    Form.REVISIT_SHEET: lambda one: one.status in _TOLD,
    Form.RATING_SHEET: lambda one: one.status in _TOLD,
}


def chosen_entries(rows: Sequence[IssueRow]) -> list[Entry]:
    """An entry for each form that makes sense for one of ``rows`` at least."""
    ids = [one.id for one in rows]
    return [
        Entry(form_name(form), partial(_chosen, form, ids))
        for form in FORMS_OF["issue"]
        if any(_LIKELY[form](one) for one in rows)
    ]


def _chosen(form: Form, ids: list[UUID], tx: Tx) -> Batch:
    # Only here: what gathers the forms is not needed before the first print.
    from station_app.printing import making

    asked = ids[: making.MOST_TOGETHER]
    made = making.issue_batch(tx, form, asked)
    told = [tr("{n} chosen", n=len(ids)), tr("printed: {n}", n=len(made.prints))]
    if len(made.prints) < len(asked):
        told.append(tr("not suitable now: {n}", n=len(asked) - len(made.prints)))
    if len(asked) < len(ids):
        told.append(tr("no more than {n} at once", n=len(asked)))
    return Batch(f"{made.title}（{'，'.join(told)}）", made.prints)
