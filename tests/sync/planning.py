"""What is planned, carded and kept in lists in a random history: one small act for each service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from db.models import (
    Absence,
    Account,
    Activity,
    Assistance,
    Deputy,
    DutyCard,
    ReceptionDay,
    Recurrence,
)
from db.vocabulary import ActivityKind, CardKind, Degree, Pattern, Role, StationKind
from station_app.domain.absences import AbsenceDraft
from station_app.domain.accounts import AccountDraft
from station_app.domain.activities import ActivityDraft, AssistanceDraft
from station_app.domain.duty_cards import CardDraft
from station_app.domain.periods import Period
from station_app.domain.recurrence import RecurrenceDraft
from station_app.domain.station import StationDraft
from station_app.services import (
    absences,
    accounts,
    activities,
    assistances,
    dictionary_edits,
    duty_cards,
    recurrences,
    reports,
    rotas,
    rules,
    station,
)
from station_app.store import Tx

Plan = Callable[[Tx, str], object]

_YEAR = date(2026, 1, 1)
_RULES = {
    "decide": {"working_days": 3},
    "reply": {"working_days": 15},
    "reply_urgent": {"working_days": 5},
    "advise": {"months": 1},
    "suggestion": {"months": 3},
    "suggestion_complex": {"months": 6},
    "revisit": {"days": 30},
    "look_back": {degree: {"days": 30} for degree in Degree},
}


def _with(model: type[Any], act: Callable[[Tx, Any, str], object]) -> Plan:
    """``act`` on the station's first record of a kind, if there is one."""

    def plan(tx: Tx, word: str) -> object:
        rows = tx.session.query(model).filter(model.stream == "")
        row = rows.order_by(model.id).first()
        return row and act(tx, row, word)

    return plan


def _activity(deputy: Deputy, word: str) -> ActivityDraft:
    return ActivityDraft(ActivityKind.TALK, "走访", _YEAR, place=word, deputy_ids=(deputy.id,))


def _rule(word: str) -> RecurrenceDraft:
    return RecurrenceDraft(
        Pattern.MONTH_DAY, _YEAR, time(9), time(11), frozenset({5}), months=frozenset({3, 9}),
        place=word,
    )  # fmt: skip


def _plan_by(tx: Tx, rule: Recurrence, _word: str) -> object:
    meant = [(rule.id, date(2026, month, 5)) for month in (3, 9)]
    return recurrences.plan_days(tx, meant)


def _seat(tx: Tx, day: ReceptionDay, word: str) -> object:
    people = tx.session.query(Deputy.id).order_by(Deputy.id).limit(1 + len(word) % 2)
    return rotas.save_rota(tx, {day.id: frozenset(one for (one,) in people)})


def _card(tx: Tx, deputy: Deputy, _word: str) -> object:
    until = tx.today + timedelta(days=90)
    return duty_cards.issue_cards(tx, [CardDraft(CardKind.TERM, deputy.id, tx.today, until)])


def _report(tx: Tx, word: str) -> object:
    made = reports.begin_report(tx, Period(_YEAR, date(2026, 12, 31)))
    return reports.freeze_report(tx, made, title=word)


def _station(tx: Tx, word: str) -> object:
    draft = StationDraft("葵英街道", "KY", StationKind.STATION, "联络站", opening_hours=word)
    return station.save_station(tx, draft)


PLANS: dict[str, Plan] = {
    "absence": _with(Deputy, lambda tx, row, word: absences.add_absence(
        tx, AbsenceDraft(row.id, _YEAR, _YEAR, note=word))),
    "withdraw an absence": _with(Absence, lambda tx, row, word: absences.withdraw_absence(
        tx, row.id, withdrawn=word < "丙")),
    "activity": _with(Deputy, lambda tx, row, word: activities.save_activity(
        tx, _activity(row, word))),
    "change an activity": _with(Activity, lambda tx, row, word: activities.save_activity(
        tx, ActivityDraft(ActivityKind.TALK, word, _YEAR), activity_id=row.id)),
    "cancel an activity": _with(Activity, lambda tx, row, word: activities.cancel_activity(
        tx, row.id, cancelled=word < "丙")),
    "help": _with(Deputy, lambda tx, row, word: assistances.add_assistance(
        tx, AssistanceDraft(_YEAR, 1, 500, what=word, deputy_id=row.id))),
    "void help": _with(Assistance, lambda tx, row, word: assistances.void_assistance(
        tx, row.id, voided=word < "丙")),
    "rule": lambda tx, word: recurrences.save_recurrence(tx, _rule(word)),
    "change a rule": _with(Recurrence, lambda tx, row, word: recurrences.save_recurrence(
        tx, _rule(word), recurrence_id=row.id)),
    "retire a rule": _with(Recurrence, lambda tx, row, word: recurrences.retire_recurrence(
        tx, row.id, retired=word < "丙")),
    "plan by a rule": _with(Recurrence, _plan_by),
    "take a planned day back": _with(ReceptionDay, lambda tx, row, _: recurrences.unplan_days(
        tx, [row.id])),
    "seat": _with(ReceptionDay, _seat),
    "card": _with(Deputy, _card),
    "void a card": _with(DutyCard, lambda tx, row, word: duty_cards.void_card(
        tx, row.id, reason=word)),
    "restore a card": _with(DutyCard, lambda tx, row, _: duty_cards.restore_card(tx, row.id)),
    "card in its place": _with(DutyCard, lambda tx, row, word: duty_cards.reissue_card(
        tx, row.id, reason=word)),
    "report": _report,
    "station": _station,
    "account": lambda tx, word: accounts.add_account(
        tx, AccountDraft(word, Role.OPERATOR), slot=tx.now.isoformat()),
    "rename an account": _with(Account, lambda tx, row, word: accounts.rename_account(
        tx, row.id, name=word)),
    "unit": lambda tx, word: dictionary_edits.add_unit(tx, code="hb", name=word),
    "category": lambda tx, word: dictionary_edits.add_category(tx, code="hj", name=word),
    "rename a category": lambda tx, word: dictionary_edits.rename_category(tx, "hj", name=word),
    "reason": lambda tx, word: dictionary_edits.save_decline_reason(
        tx, code="court", name=word, instead=""),
    "degree": lambda tx, word: dictionary_edits.save_degree_name(
        tx, Degree.PLANNED, name=word),
    "day off": lambda tx, word: rules.import_calendar(tx, [(date(2031, 5, 1), False, word)]),
    "rules": lambda tx, word: rules.add_rule_set(
        tx, {"code": f"rules-{ord(word[0]):x}", "name": word, "valid_from": "2026-01-01"} | _RULES),
}  # fmt: skip
