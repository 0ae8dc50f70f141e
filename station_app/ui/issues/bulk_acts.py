"""The acts on many issues: keys, words, what their forms ask, and the services behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from db.vocabulary import IssueEventKind, Supervisor
from station_app.domain.case_words import supervisor_word
from station_app.domain.issue_bulk import BulkDone, BulkPlan
from station_app.i18n import tr
from station_app.services import issue_bulk
from station_app.ui.issues.act import Typed, id_of, ids_of
from station_app.ui.issues.act_inputs import Offers
from station_app.ui.issues.inputs import Input, choice, line, several, text

if TYPE_CHECKING:
    from station_app.store import Tx

_E = IssueEventKind
_Ids = Sequence[UUID]


@dataclass(frozen=True, slots=True)
class BulkAct:
    """One act on many; ``did`` is what the toast says of ``n`` issues."""

    event: IssueEventKind
    keys: str
    icon: str
    name: Callable[[], str]
    did: Callable[[int], str]
    form: Callable[[BulkPlan, Offers], list[Input]]
    run: Callable[[Tx, _Ids, Typed], BulkDone]


def _assign_form(plan: BulkPlan, offers: Offers) -> list[Input]:
    units = [(one.id.hex, one.name) for one in offers.units]
    helping = [(one.id, one.name) for one in offers.units]
    return [
        choice("unit_id", tr("assign|Unit"), [("", tr("Choose a unit")), *units], required=True),
        text("text", tr("What is asked of the unit"), lines=2),
        several("also", tr("Co-handling units"), helping, hint=tr("None, or type a name")),
    ]


def _assign(tx: Tx, ids: _Ids, typed: Typed) -> BulkDone:
    unit_id, also = id_of(typed["unit_id"]), ids_of(typed["also"])
    return issue_bulk.assign_issues(tx, ids, unit_id=unit_id, also=also, text=typed["text"])


def _join_form(plan: BulkPlan, offers: Offers) -> list[Input]:
    offered = [(one.id.hex, f"{one.title}（{one.number}）") for one in plan.targets]
    return [choice("into", tr("All others belong to"), offered, required=True)]


def _join(tx: Tx, ids: _Ids, typed: Typed) -> BulkDone:
    return issue_bulk.join_issues(tx, ids, into=id_of(typed["into"]))


def _supervise_form(plan: BulkPlan, offers: Offers) -> list[Input]:
    roles = [
        line(f"roles.{role.value}", supervisor_word(role), required=True) for role in Supervisor
    ]
    return [*roles, text("text", tr("Why, and what is expected"), lines=2)]


def _supervise(tx: Tx, ids: _Ids, typed: Typed) -> BulkDone:
    roles = {role: typed[f"roles.{role.value}"] for role in Supervisor}
    return issue_bulk.supervise_issues(tx, ids, roles=roles, text=typed["text"])


BULK_ACTS: tuple[BulkAct, ...] = (
    BulkAct(
        _E.ASSIGNED, "Alt+A", "send",
        lambda: tr("do|Assign"),
        lambda n: tr("{n} issues are assigned.", n=n),
        _assign_form, _assign,
    ),
    BulkAct(
        _E.URGED, "Alt+U", "bell",
        lambda: tr("do|Urge"),
        lambda n: tr("{n} issues are urged.", n=n),
        lambda plan, offers: [text("text", tr("What is asked of the unit"), lines=2)],
        lambda tx, ids, typed: issue_bulk.urge_issues(tx, ids, text=typed["text"]),
    ),
    BulkAct(
        _E.JOINED, "Alt+J", "arrows-join",
        lambda: tr("do|Join into one"),
        lambda n: tr("{n} issues are joined.", n=n),
        _join_form, _join,
    ),
    BulkAct(
        _E.SUPERVISED, "Alt+Shift+S", "eye",
        lambda: tr("do|Key supervision"),
        lambda n: tr("{n} issues are under key supervision.", n=n),
        _supervise_form, _supervise,
    ),
    BulkAct(
        _E.PUBLISHED, "Alt+Shift+P", "users-group",
        lambda: tr("do|Publish"),
        lambda n: tr("{n} issues may be shown to the public.", n=n),
        lambda plan, offers: [],
        lambda tx, ids, typed: issue_bulk.publish_issues(tx, ids),
    ),
    BulkAct(
        _E.UNPUBLISHED, "Alt+Shift+U", "eye-off",
        lambda: tr("do|Take back from the public"),
        lambda n: tr("{n} issues are not shown to the public any more.", n=n),
        lambda plan, offers: [text("reason", tr("Why it is taken back"), required=True)],
        lambda tx, ids, typed: issue_bulk.unpublish_issues(tx, ids, reason=typed["reason"]),
    ),
)  # fmt: skip


def said_of(plan: BulkPlan, name: str) -> tuple[str, str]:
    """(strong, plain) about those that cannot take part; both empty when all can."""
    if not plan.unable:
        return "", ""
    whole, out = len(plan.able) + len(plan.unable), len(plan.unable)
    if not plan.able:
        strong = tr("None of the {all} can: {act}", all=whole, act=name)
    else:
        strong = tr("{n} of {all} cannot: {act}", n=out, all=whole, act=name)
    reasons: dict[str, list[str]] = {}
    for one in plan.unable:
        reasons.setdefault(one.why, []).append(one.issue.title)
    told = [_reason(why, titles) for why, titles in reasons.items()]
    return strong, tr("bulk|; ").join(told)


def _reason(why: str, titles: list[str]) -> str:
    shown = tr("levels|, ").join(titles[:3])
    if len(titles) > 3:
        shown = tr("{titles} and {n} more", titles=shown, n=len(titles) - 3)
    return tr("{titles}: {why}", titles=shown, why=why)
