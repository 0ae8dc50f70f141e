"""What the demo station does beside receiving: activities, help, absences, a rule, cards."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from db.vocabulary import ActivityKind, CardKind, DayKind, Pattern, RoleClass, Wish
from station_app.demo.cast import material
from station_app.domain.absences import AbsenceDraft
from station_app.domain.activities import ActivityDraft, AssistanceDraft, Guest
from station_app.domain.duty_cards import CardDraft, usual_end
from station_app.domain.recurrence import RecurrenceDraft
from station_app.services import absences, activities, assistances, card_lists, recurrences
from station_app.services.duty_cards import issue_cards, void_card
from station_app.store import Tx

#: What the station's October is about.
CAMPAIGN = "进家站、听民意、办实事"


def play_year(tx: Tx, deputy_ids: list[UUID], random: Random) -> None:
    """Write it all down, up to today and as planned from today on."""
    told = material("activities")
    for one in told["activities"]:
        _activity(tx, one, random.sample(deputy_ids, one["deputies"]))
    for one in told["help"]:
        held_on = tx.today - timedelta(days=one["back"])
        assistances.add_assistance(
            tx,
            AssistanceDraft(
                held_on, one["people"], one["yuan"] * 100, one["what"],
                deputy_id=random.choice(deputy_ids),
                campaign=CAMPAIGN if (held_on.year, held_on.month) == (tx.today.year, 10) else "",
            ),
        )  # fmt: skip
    for one, who in zip(told["absences"], random.sample(deputy_ids, 4), strict=True):
        first = tx.today + timedelta(days=one["first"])
        last = first + timedelta(days=one["days"] - 1)
        absences.add_absence(tx, AbsenceDraft(who, first, last, Wish(one["wish"]), one["note"]))
    recurrences.save_recurrence(tx, _rule(tx.today))
    _cards(tx)


def _cards(tx: Tx) -> None:
    """Cards for all but three, one of them lost, and one for tomorrow."""
    holders, end = card_lists.card_holders(tx)[:-3], usual_end(tx.today)
    made = issue_cards(tx, [CardDraft(CardKind.TERM, one.id, tx.today, end) for one in holders])
    void_card(tx, made[2].id, reason="遗失")
    later = tx.today + timedelta(days=1)
    issue_cards(tx, [CardDraft(CardKind.DAY, holders[0].id, later, later)])


def _activity(tx: Tx, one: Any, deputy_ids: list[UUID]) -> None:
    held_on = tx.today - timedelta(days=one["back"])
    draft = ActivityDraft(
        kind=ActivityKind(one["kind"]),
        title=one["title"],
        held_on=held_on,
        starts=time(9),
        ends=time(11, 30),
        place=one["place"],
        deputy_ids=tuple(deputy_ids) if held_on <= tx.today else (),
        guests=tuple(Guest(RoleClass(role), name) for role, name in one["guests"]),
    )
    activities.save_activity(tx, draft)


def _rule(today: date) -> RecurrenceDraft:
    """A talk on the afternoon of each odd month's 25th."""
    return RecurrenceDraft(
        Pattern.MONTH_DAY, today, time(14), time(16), numbers=frozenset({25}),
        months=frozenset({1, 3, 5, 7, 9, 11}), place="一楼接待室", theme="恳谈",
        kind=DayKind.TALK,
    )  # fmt: skip
