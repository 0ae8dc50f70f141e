"""Random lives of a station, told by numbers: every act of an operator that figures go by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from db.models import Activity, Assistance, Attendance
from db.vocabulary import (
    ActivityKind,
    AskedHow,
    CheckInMethod,
    Degree,
    Finding,
    Handling,
    Rater,
    Rating,
    RoleClass,
    Urgency,
)
from station_app.domain.accounts import Actor
from station_app.domain.days import DayDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.suggestions import SuggestionDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.errors import StationError
from station_app.services import (
    attendance,
    days,
    deputies,
    dictionaries,
    issue_care,
    issue_results,
    issues,
    suggestions,
    visits,
)
from station_app.services.issue_act import standing_of
from station_app.store import Store, Tx
from tests.services.casework import Clock

PLACES = ("一楼接待室", "社区活动室", "")
TAGS = ("", "进家站月", "")
CODES = ("", "zj-dt", "zj-ws", "jt-tc")


class Lives:
    """A station to which anything may happen; each act is told by three numbers."""

    def __init__(self, store: Store, actors: tuple[Actor, Actor], people: list[UUID]) -> None:
        self.store, self.actors, self.people = store, actors, people
        self.clock = Clock()
        self.issues: list[UUID] = []
        self.visits: list[UUID] = []
        self.days: list[UUID] = []
        with store.read(actors[0]) as tx:
            self.units = [one.id for one in dictionaries.list_units(tx)[:3]]

    def happen(self, what: int, a: int, b: int) -> None:
        """One act; what the rules of the house refuse does not happen."""
        self.clock.move(hours=(0, 1, 5, 26, 80)[b % 5])
        act = ACTS[what % len(ACTS)]
        kept = [(one, len(one)) for one in (self.issues, self.visits, self.days)]
        try:
            with self.store.write(self.actors[a % 2]) as tx:
                act(self, tx, a, b)
        except (StationError, IndexError):
            for one, length in kept:  # what was rolled back is not there
                del one[length:]

    def _issue(self, a: int) -> UUID:
        return _of(self.issues[-4:], a)  # few at a time, so that they get far

    def come(self, tx: Tx, a: int, b: int) -> None:
        handling = (Handling.TO_HANDLE, Handling.TO_HANDLE, Handling.ANSWERED)[a % 3]
        today = days.current_day(tx) if b % 2 else None
        join = self._issue(b) if self.issues and b % 5 == 3 else None
        raised = IssueDraft(
            f"加装电梯{a}", category=CODES[a % 4], place=PLACES[b % 3], handling=handling,
            urgency=Urgency.URGENT if b % 4 == 0 else Urgency.NORMAL, answer="已答复",
            deputy_id=self.people[a % 3], join_to=join,
        )  # fmt: skip
        draft = VisitDraft(
            Party(ResidentDraft(f"居民{a}")), (raised,), party_size=1 + b % 7,
            deputy_ids=tuple(self.people[: b % 3]),
            day_id=today.id if today is not None and today.opened_at else None,
        )  # fmt: skip
        made = visits.save_visit(tx, draft)
        self.visits.append(made.id)
        self.issues += [one.id for one in made.issues]

    def day(self, tx: Tx, a: int, b: int) -> None:
        draft = DayDraft(
            tx.today, time(9 + len(self.days) % 12), time(9 + len(self.days) % 12, 50),
            PLACES[a % 3], campaign=TAGS[b % 3],
        )  # fmt: skip
        made = days.save_day(tx, draft)
        self.days.append(made.id)
        if a % 4:
            days.open_day(tx, made.id)

    def step_day(self, tx: Tx, a: int, b: int) -> None:
        steps = (days.close_day, days.lock_day, days.cancel_day, days.reopen_day, days.open_day)
        steps[b % 5](tx, _of(self.days, a))

    def check_in(self, tx: Tx, a: int, b: int) -> None:
        made = attendance.check_in(tx, _of(self.days, a), self.people[b % 3])
        if b % 7 == 0:
            attendance.undo_check_in(tx, made.id)

    def activity(self, tx: Tx, a: int, b: int) -> None:
        made = Activity(
            activity_kind=ActivityKind.TRAINING, title="培训", held_on=tx.today, place="党校",
            campaign=TAGS[a % 3], cancelled=b % 5 == 0,
        )  # fmt: skip
        tx.session.add(made)
        tx.session.flush()
        tx.session.add(
            Attendance(
                activity_id=made.id, role_class=RoleClass.DEPUTY, deputy_id=self.people[a % 3],
                method=CheckInMethod.HAND, checked_in_at=tx.now,
            )
        )  # fmt: skip

    def void(self, tx: Tx, a: int, b: int) -> None:
        visit = _of(self.visits, a)
        if b % 2:
            visits.void_visit(tx, visit, reason="登记有误")
        else:
            visits.restore_visit(tx, visit)

    def assign(self, tx: Tx, a: int, b: int) -> None:
        issues.assign_issue(tx, self._issue(a), unit_id=self.units[b % 3])

    def move(self, tx: Tx, a: int, b: int) -> None:
        one, text = self._issue(a), "说明"
        moves: tuple[Callable[[], Any], ...] = (
            lambda: issues.take_up_issue(tx, one),
            lambda: issues.send_back_issue(tx, one, reason=text),
            lambda: issue_care.wait_for_resident(tx, one, reason=text),
            lambda: issue_care.resume_issue(tx, one),
            lambda: issues.reopen_issue(tx, one, reason=text),
            lambda: issue_results.rework_issue(tx, one, reason=text),
            lambda: issues.answer_issue(tx, one, text=text, deputy_id=self.people[0]),
            lambda: issues.unjoin_issue(tx, one),
            lambda: issues.note_issue(tx, one, text=text),
        )
        moves[b % len(moves)]()

    def reply(self, tx: Tx, a: int, b: int) -> None:
        promise: dict[str, Any] = {}
        if b % 2:
            promise = {"promise": "月底完成", "promise_on": tx.today + timedelta(days=b % 20)}
        issues.reply_issue(tx, self._issue(a), text="已办理", **promise)

    def promised(self, tx: Tx, a: int, b: int) -> None:
        one = self._issue(a)
        waiting = [p for p in standing_of(tx, one).promises if p.kept is None and p.id]
        if waiting and waiting[0].id is not None:
            kept = bool(b % 3)
            issue_care.close_promise(tx, one, waiting[0].id, kept=kept, evidence="看过")

    def rate(self, tx: Tx, a: int, b: int) -> None:
        rater = list(Rater)[b % 3]
        named: dict[Rater, dict[str, Any]] = {
            Rater.DEPUTY: {"deputy_id": self.people[1]},
            Rater.THIRD_PARTY: {"third_party": "居民议事会"},
        }
        given = named.get(rater, {})
        rating = list(Rating)[(a + b) % 3]
        issue_results.evaluate_issue(
            tx, self._issue(a), rater=rater, rating=rating, how=AskedHow.PHONE, **given
        )

    def settle(self, tx: Tx, a: int, b: int) -> None:
        degree = (Degree.SOLVED, Degree.SOLVED, *Degree)[b % 7]
        issues.settle_issue(tx, self._issue(a), degree=degree, evidence="现场照片")

    def look(self, tx: Tx, a: int, b: int) -> None:
        one, found = self._issue(a), list(Finding)[b % 3]
        degree = list(Degree)[b % 5] if b % 2 else None
        issue_results.look_back_on_issue(tx, one, found=found, text="看过", degree=degree)

    def undo(self, tx: Tx, a: int, b: int) -> None:
        one = self._issue(a)
        last = issues.last_act(tx, one)
        if last is not None:
            issues.undo_act(tx, one, last)

    def join(self, tx: Tx, a: int, b: int) -> None:
        issues.join_issue(tx, self._issue(a), into=self._issue(b))

    def suggest(self, tx: Tx, a: int, b: int) -> None:
        made = SuggestionDraft("关于加装电梯", "建议", (self._issue(a),), (self.people[0],))
        raised = suggestions.raise_suggestion(tx, made)
        if b % 3 == 0:
            suggestions.withdraw_suggestion(tx, raised.id, reason="另行处理")

    def help(self, tx: Tx, a: int, b: int) -> None:
        day = _of(self.days, a) if self.days and b % 2 else None
        tx.session.add(
            Assistance(
                held_on=tx.today, people=1 + a % 5, amount=b * 100, what="慰问", day_id=day,
                campaign=TAGS[a % 3], deputy_id=self.people[b % 3],
                voided_at=tx.now if b % 6 == 0 else None,
            )
        )  # fmt: skip

    def retire(self, tx: Tx, a: int, b: int) -> None:
        if b % 4 == 0:
            deputies.retire_deputy(tx, self.people[a % 3], reason="届满")


def _of(known: list[UUID], at: int) -> UUID:
    """One of those there are. Raises IndexError if there is none."""
    return known[at % max(len(known), 1)]


ACTS: tuple[Callable[[Lives, Tx, int, int], None], ...] = (
    Lives.come, Lives.come, Lives.come, Lives.day, Lives.step_day, Lives.check_in, Lives.check_in,
    Lives.activity, Lives.void, Lives.assign, Lives.assign, Lives.assign, Lives.move, Lives.move,
    Lives.move, Lives.reply, Lives.reply, Lives.reply, Lives.promised, Lives.rate, Lives.rate,
    Lives.rate, Lives.settle, Lives.settle, Lives.look, Lives.undo, Lives.join, Lives.suggest,
    Lives.help, Lives.retire,
)  # fmt: skip
