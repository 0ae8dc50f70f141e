"""The demo station's year: reception days, visits, issues and what became of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from db.vocabulary import Channel, Handling, RoleClass, Urgency
from station_app.demo.casework import Casework
from station_app.demo.cast import deputies, material, new_names, residents
from station_app.demo.year import CAMPAIGN, play_year
from station_app.domain.accounts import AccountRecord, Actor
from station_app.domain.days import DayDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.moments import ZONE
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft, VisitRecord
from station_app.services import attendance, days, dictionaries, visits
from station_app.services import deputies as deputy_services
from station_app.services.issue_records import earlier_issues
from station_app.store import Tx
from station_app.wiring import OpenStation

DEPUTIES, RESIDENTS, PAST_DAYS = 60, 350, 13

_CHANNELS = [Channel.IN_PERSON] * 14 + [Channel.PHONE] * 2 + [Channel.CALLED_ON, Channel.LETTER]
_PARTIES = [1] * 12 + [2] * 4 + [3, 3, 5, 7, 12]


class DemoClock:
    """A clock that the story turns; it starts when the story starts."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """The story's present moment."""
        return self.at


class Story:
    """Plays a year into ``station`` up to ``ends`` (aware), the same for the same ``seed``.

    ``caller`` asks the residents how they feel about what others did.
    """

    def __init__(
        self,
        station: OpenStation,
        clock: DemoClock,
        ends: datetime,
        seed: int,
        caller: AccountRecord | None = None,
    ) -> None:
        self.station = station
        self.clock = clock
        self.ends = ends
        self.random = Random(seed)
        self.people: list[ResidentDraft] = []
        self.neighbours: list[ResidentDraft] = []
        self.known: dict[str, UUID] = {}
        self.deputy_ids: list[UUID] = []
        self.casework = Casework(station, clock, ends, self.random)
        if caller is not None:
            self.casework.caller = Actor(caller.id, caller.name, caller.role)

    def play(self) -> None:
        """Everything: the people, the past days, today's open day and the next planned ones."""
        self._meet()
        today = self.ends.astimezone(ZONE).date()
        for back in range(PAST_DAYS, 0, -1):
            self._past_day(
                _tenth(today, -back), 25 + self.random.randint(0, 17), neighbours=back == 1
            )
        self._today(today)
        for ahead in (1, 2):
            with self.station.store.write(self.station.actor) as tx:
                days.save_day(tx, self._plan(_tenth(today, ahead)))
        self.clock.at = self.ends
        with self.station.store.write(self.station.actor) as tx:
            # A chance of its own, so that the stories of the days stay as they are.
            play_year(tx, self.deputy_ids, Random(len(self.deputy_ids)))

    def _meet(self) -> None:
        names = new_names(self.random, DEPUTIES + RESIDENTS)
        people = residents(self.random, names[DEPUTIES:])
        told = material("neighbours")
        here = [one for one in people if one.address.startswith(told["street"])]
        self.neighbours = here[: len(told["raised"])]
        self.people = [one for one in people if one not in self.neighbours]
        with self.station.store.write(self.station.actor) as tx:
            for draft in deputies(self.random, names[:DEPUTIES]):
                self.deputy_ids.append(deputy_services.save_deputy(tx, draft).id)
            self.casework.units = {one.code: one.id for one in dictionaries.list_units(tx)}
            self.casework.deputy_ids = self.deputy_ids

    def _plan(self, on: date, starts: time = time(9), ends: time = time(11, 30)) -> DayDraft:
        themes = material("people")["themes"]
        return DayDraft(
            held_on=on,
            starts=starts,
            ends=ends,
            place="一楼接待室",
            theme=themes[(on.year * 12 + on.month) % len(themes)],
            campaign=CAMPAIGN if (on.year, on.month) == (self.ends.year, 10) else "",
            deputy_ids=tuple(self.random.sample(self.deputy_ids, 6)),
        )

    def _past_day(self, on: date, total: int, *, neighbours: bool = False) -> None:
        begin = datetime.combine(on, time(8, 55), ZONE)
        day_id, present = self._open(self._plan(on), begin, late=self.random.random() < 0.4)
        moments = sorted(self.random.uniform(10, 150) for _ in range(total))
        for minutes in moments:
            self.clock.at = (begin + timedelta(minutes=minutes)).astimezone(UTC)
            self._visit(day_id, present)
        if neighbours:
            self._neighbours(day_id, present)
        self.clock.at = (begin + timedelta(hours=3)).astimezone(UTC)
        with self.station.store.write(self.station.actor) as tx:
            days.close_day(tx, day_id)
        self._weeks_after(on)
        with self.station.store.write(self.station.actor) as tx:
            days.lock_day(tx, day_id)

    def _today(self, today: date) -> None:
        begin = max(
            self.ends - timedelta(minutes=105),
            datetime.combine(today, time(0, 1), ZONE).astimezone(UTC),
        )
        local = begin.astimezone(ZONE)
        starts = time(local.hour, local.minute // 30 * 30)
        closes = min(starts.hour + 3, 23)
        plan = self._plan(today, starts, time(closes, 30 if closes < 23 else 59))
        day_id, present = self._open(plan, local, late=True)
        span = (self.ends - begin).total_seconds()
        for step in range(17):
            self.clock.at = begin + timedelta(seconds=span * (step + 1.5) / 19)
            self._visit(day_id, present)

    def _open(self, plan: DayDraft, begin: datetime, *, late: bool) -> tuple[UUID, list[UUID]]:
        self.clock.at = begin.astimezone(UTC)
        actor, store = self.station.actor, self.station.store
        with store.write(actor) as tx:
            day = days.save_day(tx, plan)
            days.open_day(tx, day.id)
        present = [one.deputy_id for one in day.deputies][: 5 if late else 6]
        for deputy_id in present:
            self.clock.at += timedelta(minutes=self.random.uniform(0.3, 2))
            with store.write(actor) as tx:
                attendance.check_in(tx, day.id, deputy_id)
        if self.random.random() < 0.5:
            people = material("people")
            leader = self.random.random() < 0.5
            name, title = self.random.choice(people["leaders" if leader else "departments"])
            role = RoleClass.LEADER if leader else RoleClass.DEPARTMENT
            with store.write(actor) as tx:
                attendance.add_guest(tx, day.id, role_class=role, name=name, title=title)
        return day.id, present

    def _visit(self, day_id: UUID, present: list[UUID]) -> None:
        known = [one for one in self.people if one.name in self.known]
        fresh = [one for one in self.people if one.name not in self.known]
        again = known and (not fresh or self.random.random() < 0.22)
        person = self.random.choice(known if again else fresh)
        with self.station.store.write(self.station.actor) as tx:
            draft, told = self._draft(tx, day_id, person, present)
            saved = visits.save_visit(tx, draft)
        self.known[person.name] = saved.resident.id
        self._remember(saved, told)

    def _draft(
        self, tx: Tx, day_id: UUID, person: ResidentDraft, present: list[UUID]
    ) -> tuple[VisitDraft, list[dict[str, Any]]]:
        known = self.known.get(person.name)
        told = self.random.sample(material("matters"), 2 if self.random.random() < 0.12 else 1)
        earlier = earlier_issues(tx, known) if known is not None else ()
        join = None
        if earlier and self.random.random() < 0.45:
            join = earlier[0].id
            told[0] = _matter(earlier[0].title, told[0])
        drafts = [
            self._issue(matter, person, present, None if place else join)
            for place, matter in enumerate(told)
        ]
        draft = VisitDraft(
            lead=Party(person, known),
            issues=tuple(drafts),
            day_id=day_id,
            party_size=self.random.choice(_PARTIES),
            channel=self.random.choice(_CHANNELS),
            deputy_ids=tuple(self.random.sample(present, 2)),
        )
        return draft, told

    def _issue(
        self, matter: dict[str, Any], person: ResidentDraft, present: list[UUID], join: UUID | None
    ) -> IssueDraft:
        place = person.address.partition("单元")[0][:-1]
        handling, answer, reason, instead = Handling.TO_HANDLE, "", "", ""
        if matter["answer"] and self.random.random() < 0.5:
            handling, answer = Handling.ANSWERED, matter["answer"]
        elif self.random.random() < 0.05:
            chosen = self.random.choice(dictionaries.decline_reasons()[:4])
            handling, reason, instead = Handling.DECLINED, chosen.code, chosen.instead
        urgent = self.random.random() < 0.08
        return IssueDraft(
            title=matter["title"].format(place=place),
            text=matter["text"].format(place=place),
            category=matter["category"],
            place=place if "{place}" in matter["title"] else "",
            urgency=Urgency.URGENT if urgent else Urgency.NORMAL,
            handling=handling,
            join_to=join,
            answer=answer,
            deputy_id=self.random.choice(present) if answer else None,
            reason=reason,
            instead=instead,
        )

    def _neighbours(self, day_id: UUID, present: list[UUID]) -> None:
        """One street comes with one matter: like issues that nobody has answered yet."""
        told = material("neighbours")
        for person, matter in zip(self.neighbours, told["raised"], strict=True):
            self.clock.at += timedelta(minutes=3)
            place = person.address.partition("单元")[0][:-1]
            issue = IssueDraft(
                title=matter["title"].format(place=place),
                text=matter["text"].format(place=place),
                category=told["category"],
                place=place,
            )
            draft = VisitDraft(
                lead=Party(person),
                issues=(issue,),
                day_id=day_id,
                party_size=matter["party"],
                deputy_ids=tuple(present[:2]),
            )
            with self.station.store.write(self.station.actor) as tx:
                saved = visits.save_visit(tx, draft)
            self.known[person.name] = saved.resident.id
            self.casework.leave_with(saved.issues[0].id, told["unit"], told["assigned"])

    def _remember(self, saved: VisitRecord, told: list[dict[str, Any]]) -> None:
        for issue, matter in zip(saved.issues, told, strict=True):
            if issue.status in ("registered", "answered"):
                self.casework.remember(issue.id, matter)

    def _weeks_after(self, on: date) -> None:
        """What the month after a reception day brings, up to the next one."""
        if on.month % 4 == 0:
            self.casework.hold_meeting("加装电梯与停车难三方共议")
        if on.month % 3 == 1:
            stages = {1: 7, 4: 7, 7: 5, 10: 3}[on.month]
            self.casework.raise_one({1: "jt", 4: "jy", 7: "cg", 10: "zj"}[on.month], stages)
        following = datetime.combine(_tenth(on, 1), time(8), ZONE)
        self.casework.until(following.astimezone(UTC))


def _tenth(today: date, months: int) -> date:
    """The 10th, ``months`` from the month of ``today``."""
    place = today.year * 12 + today.month - 1 + months
    return date(place // 12, place % 12 + 1, 10)


def _matter(title: str, otherwise: dict[str, Any]) -> dict[str, Any]:
    """The matter that an earlier issue with ``title`` was about."""
    for one in material("matters"):
        if title.endswith(one["title"].removeprefix("{place}")):
            found: dict[str, Any] = one
            return found
    return otherwise
