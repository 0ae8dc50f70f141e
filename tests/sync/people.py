"""What people at the stations do in a random history: every kind and policy of record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st

from db.models import (
    Deputy,
    Duty,
    Issue,
    Photo,
    ReceptionDay,
    Resident,
    Suggestion,
    Unit,
    Visit,
    VisitCompanion,
)
from db.vocabulary import RoleClass
from station_app.domain.days import DayDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services import attendance, days, issues, sync_state, visits
from station_app.store import Tx
from tests.sync.counts import rule
from tests.sync.handling import HANDLING, handle
from tests.sync.planning import PLANS
from tests.sync.scene import Scene

PCS = st.sampled_from(["a", "b"])
ANY = st.sampled_from(["a", "b", "b", "a", "c"])
#: The last one cannot be stored by PostgreSQL: whoever writes it is refused, and nobody else.
WORDS = st.sampled_from(["甲", "乙", "丙", "丁", "戊", "己", "𠮷", "毒\0"])
FIELDS = st.sampled_from(["address", "note", "note", "community"])
WHICH = st.integers(0, 3)
HANDLED = st.sampled_from(sorted(HANDLING))
PLANNED = st.sampled_from(sorted(PLANS))
DAY = date(2026, 11, 10)


class People(Scene):
    """Rules for whoever sits at a PC. Appended, per-field, command and centre-only records."""

    @rule(pc=ANY, name=WORDS)
    def add(self, pc: str, name: str) -> None:
        self.pcs[pc].do(lambda tx: tx.session.add(resident(name)))

    @rule(pc=ANY, which=WHICH, field=FIELDS, value=WORDS)
    def edit(self, pc: str, which: int, field: str, value: str) -> None:
        self.pcs[pc].do(lambda tx: set_fields(tx, nth(tx, Resident, which), **{field: value}))

    @rule(pc=PCS, which=WHICH, one=WORDS, other=WORDS)
    def edit_two_in_one_act(self, pc: str, which: int, one: str, other: str) -> None:
        """A group: all or none."""

        def act(tx: Tx) -> None:
            set_fields(tx, nth(tx, Resident, which), note=one)
            set_fields(tx, nth(tx, Resident, which + 1), address=other)
            tx.session.add(Unit(code=other, name=other))

        self.pcs[pc].do(act)

    @rule(pc=PCS, name=WORDS)
    def receive(self, pc: str, name: str) -> None:
        lead, beside = Party(ResidentDraft(name)), Party(ResidentDraft("随行"))
        issue = IssueDraft(title="路灯", text="路灯不亮")
        draft = VisitDraft(lead, (issue,), companions=(beside,), party_size=2)
        self.pcs[pc].do(lambda tx: visits.save_visit(tx, draft))

    @rule(pc=PCS, which=WHICH, back=st.booleans())
    def void_a_visit(self, pc: str, which: int, back: bool) -> None:
        def act(tx: Tx) -> None:
            row = nth(tx, Visit, which)
            if row is not None and back:
                visits.restore_visit(tx, row.id)
            elif row is not None:
                visits.void_visit(tx, row.id, reason="写错")

        self.pcs[pc].do(act)

    @rule(pc=PCS, which=WHICH, act=st.sampled_from(["answer", "note", "join", "assign"]))
    def act_on_issue(self, pc: str, which: int, act: str) -> None:
        acts: dict[str, Callable[[Tx, Issue], object]] = {
            "answer": lambda tx, row: issues.answer_issue(tx, row.id, text="答", deputy_id=None),
            "note": lambda tx, row: issues.note_issue(tx, row.id, text="已看过"),
            "join": lambda tx, row: issues.join_issue(
                tx, row.id, into=nth(tx, Issue, which + 1).id
            ),
            "assign": lambda tx, row: issues.assign_issue(
                tx, row.id, unit_id=getattr(nth(tx, Unit, which), "id", None), text="转"
            ),
        }

        def do(tx: Tx) -> None:
            row = nth(tx, Issue, which)
            if row is not None:
                acts[act](tx, row)

        self.pcs[pc].do(do)

    @rule(pc=PCS, which=WHICH, acts=st.lists(HANDLED, min_size=2, max_size=6))
    def handle_issue(self, pc: str, which: int, acts: list[str]) -> None:
        for act in acts:
            self.pcs[pc].do(partial(_handle, which=which, act=act))

    @rule(pc=ANY, acts=st.lists(PLANNED, min_size=2, max_size=5), word=WORDS)
    def plan(self, pc: str, acts: list[str], word: str) -> None:
        for act in acts:
            self.pcs[pc].do(partial(_plan, act=act, word=word))

    @rule(pc=PCS, duties=st.integers(0, 2))
    def plan_day(self, pc: str, duties: int) -> None:
        def act(tx: Tx) -> None:
            people = tuple(one.id for one in tx.session.query(Deputy).limit(duties))
            row = nth(tx, ReceptionDay, 0)
            draft = DayDraft(DAY, time(9), time(11), deputy_ids=people)
            days.save_day(tx, draft, day_id=row.id if row else None)

        self.pcs[pc].do(act)

    @rule(pc=PCS, step=st.sampled_from(["open", "close", "reopen", "lock", "cancel"]))
    def move_day(self, pc: str, step: str) -> None:
        """A command: it holds only from the state that was seen."""

        def act(tx: Tx) -> None:
            row = nth(tx, ReceptionDay, 0)
            if row is not None:
                getattr(days, f"{step}_day")(tx, row.id)

        self.pcs[pc].do(act)

    @rule(pc=PCS)
    def check_in(self, pc: str) -> None:
        def act(tx: Tx) -> None:
            row = nth(tx, ReceptionDay, 0)
            if row is not None:
                attendance.add_guest(tx, row.id, role_class=RoleClass.OPERATOR, name="来宾")

        self.pcs[pc].do(act)

    @rule(pc=PCS, which=WHICH)
    def delete_duty_or_resident(self, pc: str, which: int) -> None:
        def act(tx: Tx) -> None:
            row = nth(tx, Duty, 0) or nth(tx, Resident, which)
            if row is not None and not _referred(tx, row):
                tx.session.delete(row)

        self.pcs[pc].do(act)

    @rule(pc=PCS, text=WORDS)
    def suggest(self, pc: str, text: str) -> None:
        self.pcs[pc].do(lambda tx: tx.session.add(Suggestion(record_kind="deputy", text=text)))

    @rule(pc=PCS, one=st.binary(min_size=1, max_size=3))
    def add_photo(self, pc: str, one: bytes) -> None:
        photo = {"sha256": sha256(one).hexdigest(), "body": one}
        self.pcs[pc].do(lambda tx: tx.session.add(Photo(**photo)))

    @rule(pc=ANY)
    def edit_what_is_the_centres(self, pc: str) -> None:
        """Refused at once: a record of the region is only read here."""

        def act(tx: Tx) -> None:
            row = tx.session.query(Deputy).filter(Deputy.stream != "").first()
            set_fields(tx, row, note="改")

        self.pcs[pc].do(act)

    @rule(pc=PCS, wanted=st.booleans())
    def choose(self, pc: str, wanted: bool) -> None:
        def act(tx: Tx) -> None:
            for one in sync_state.list_conflicts(tx):
                if one.id is not None:
                    value = one.wanted if wanted else one.present
                    sync_state.resolve_conflict(tx, one.id, value)
                    return

        self.pcs[pc].do(act)

    @rule(pc=PCS)
    def put_refused_aside(self, pc: str) -> None:
        def act(tx: Tx) -> None:
            for one in sync_state.list_refused(tx)[:1]:
                sync_state.dismiss_refused(tx, one.mid)

        self.pcs[pc].do(act)

    @rule(pc=ANY, at=st.integers(0, 2), name=WORDS)
    def killed_while_saving(self, pc: str, at: int, name: str) -> None:
        self.pcs[pc].do(lambda tx: tx.session.add(resident(name)), killed_at=at)

    @rule(pc=ANY, years=st.sampled_from([-1, 1]))
    def turn_clock(self, pc: str, years: int) -> None:
        self.pcs[pc].clock.at += timedelta(days=365 * years)


def _handle(tx: Tx, which: int, act: str) -> None:
    handle(tx, nth(tx, Issue, which), act)


def _plan(tx: Tx, act: str, word: str) -> None:
    PLANS[act](tx, word)


def resident(name: str) -> Resident:
    return Resident(name=name, sort_key=name)


def nth(tx: Tx, model: type[Any], which: int) -> Any:
    """One of the station's own records of a kind, the same on all PCs that have the same."""
    rows = tx.session.query(model).filter(model.stream == "").order_by(model.id).all()
    return rows[which % len(rows)] if rows else None


def set_fields(tx: Tx, row: Any, **fields: Any) -> None:
    for name, value in fields.items() if row is not None else ():
        setattr(row, name, value)
    tx.session.flush()


def _referred(tx: Tx, row: Any) -> bool:
    """Whether a visit names the person: the program deletes nobody who was ever received."""
    named = (Visit.resident_id, VisitCompanion.resident_id, Issue.resident_id)
    return isinstance(row, Resident) and any(
        tx.session.query(one).filter(one == row.id).first() is not None for one in named
    )
