"""The history of an imported issue: what the ledger says became of it, and not further."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from db.models import Issue, IssueEvent
from db.vocabulary import Degree, IssueEventKind, Rater
from station_app.domain.issue_words import rating_word
from station_app.domain.ledgers import LedgerDraft, Said
from station_app.domain.words import paper
from station_app.services.dictionaries import decline_details
from station_app.store import Tx

_E = IssueEventKind
#: What a ledger calls “不属受理范围” without saying whose matter it is.
_NOT_OURS = "scope"
#: An answer is there, so that a resident can have felt something about it.
_TOLD = frozenset({Said.ANSWERED, Said.REPLIED, Said.SOLVED})


class Meant(NamedTuple):
    """What the words of a row mean at this station; empty where they mean nothing here.

    ``rules`` is the code of the rules that the issue begins under.
    """

    category: str
    unit_id: UUID | None
    deputy_id: UUID | None
    rules: str


def history(tx: Tx, issue: Issue, draft: LedgerDraft, meant: Meant) -> list[IssueEvent]:
    """The events that ``draft`` tells of, in order, all by the account that imports."""
    done_at = issue.registered_at
    if draft.done_on is not None and draft.done_on > draft.held_on:
        done_at = datetime.combine(draft.done_on, time(12), tx.zone)
    made = []
    for event, facts in _told(tx, draft, meant):
        at = issue.registered_at if event in (_E.REGISTERED, _E.ASSIGNED) else done_at
        known = {"issue_id": issue.id, "event": event, "happened_at": at, "actor_id": tx.actor.id}
        made.append(IssueEvent(**{"details": {}, **known, **facts}))
    return made


def _told(
    tx: Tx, draft: LedgerDraft, meant: Meant
) -> Iterator[tuple[IssueEventKind, dict[str, Any]]]:
    said, unit = draft.said, meant.unit_id
    yield _E.REGISTERED, {"details": {"rules": meant.rules}}
    if unit is not None and said not in (Said.ANSWERED, Said.DECLINED):
        handed = {"text": draft.outcome} if said is Said.HANDED_ON else {}
        yield _E.ASSIGNED, {"unit_id": unit, **handed}
    if said in (Said.REPLIED, Said.SOLVED) and unit is not None:
        yield _E.REPLIED, {"unit_id": unit, "text": draft.outcome}
    elif said in _TOLD:
        yield _E.ANSWERED, {"text": draft.outcome, "deputy_id": meant.deputy_id}
    elif said is Said.DECLINED:
        yield _E.DECLINED, {"text": draft.outcome, "details": decline_details(tx, _NOT_OURS)}
    if said is Said.SOLVED:
        details = {"degree": Degree.SOLVED.value, "taken_over": tx.today.isoformat()}
        yield _E.SETTLED, {"text": draft.outcome, "details": details}
    if draft.rating is not None and said in _TOLD:
        # The station itself asked or wrote it down: counted apart from others (自访).
        details = {"rater": Rater.RESIDENT.value, "rating": draft.rating.value}
        yield _E.EVALUATED, {"details": {**details, "self_asked": True}}
    left = "\n".join(_left_over(draft, meant))
    if left:
        yield _E.NOTED, {"text": left}


def _left_over(draft: LedgerDraft, meant: Meant) -> Iterator[str]:
    """What the ledger says and no field of ours holds."""
    if draft.category and not meant.category:
        yield f"{paper('ledger|Category in the ledger')}：{draft.category}"
    if draft.unit and meant.unit_id is None and draft.said is not Said.HANDED_ON:
        yield f"{paper('ledger|Unit in the ledger')}：{draft.unit}"
    lost = draft.said is Said.HANDED_ON and meant.unit_id is None
    if draft.outcome and (lost or draft.said is Said.UNDER_WAY):
        yield f"{paper('ledger|Handling in the ledger')}：{draft.outcome}"
    elif lost:
        yield f"{paper('ledger|Unit in the ledger')}：{draft.unit}"
    if draft.rating is not None and draft.said not in _TOLD:
        yield f"{paper('ledger|Resident rating in the ledger')}：{rating_word(draft.rating, paper)}"
    if draft.opinion:
        yield f"{paper('ledger|Judgement in the ledger')}：{draft.opinion}"
