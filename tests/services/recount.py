"""Figures counted again from the raw rows by code of its own, as slow and plain as can be."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from station_app.store import Tx
from station_app.store.transaction import driver_of

CHINA = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
Row = dict[str, Any]


def rows(tx: Tx, table: str) -> list[Row]:
    cursor = driver_of(tx.session).execute(f"SELECT * FROM {table}")
    names = [one[0] for one in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def on(moment: str) -> date:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(CHINA).date()


def day(text: str) -> date:
    return date.fromisoformat(text)


@dataclass
class Life:
    """What became of one issue."""

    issue: Row
    status: str = ""
    degree: str = ""
    settled: date | None = None
    ratings: list[tuple[date, str, str, bool]] = field(default_factory=list)
    promises: dict[str, tuple[date, bool | None]] = field(default_factory=dict)
    replies: list[tuple[date, bool | None]] = field(default_factory=list)


class Recount:
    """Everything of a station, read once."""

    def __init__(self, tx: Tx) -> None:
        self.today = tx.today
        tables = ("reception_day", "attendance", "deputy", "visit", "assistance", "activity")
        self.days, self.came, self.deputies, self.visits, self.help, self.activities = (
            rows(tx, one) for one in tables
        )
        self.off = {one["day"]: bool(one["working"]) for one in rows(tx, "calendar_day")}
        events: dict[str, list[Row]] = {}
        for one in rows(tx, "issue_event"):
            events.setdefault(one["issue_id"], []).append(one)
        self.lives = [self._life(one, events[one["id"]]) for one in rows(tx, "issue")]

    def works(self, one: date) -> bool:
        return self.off.get(one.isoformat(), one.weekday() < 5)

    def _life(self, issue: Row, events: list[Row]) -> Life:
        events.sort(key=lambda one: (one["happened_at"], one["id"]))
        said = [(one, json.loads(one["details"])) for one in events]
        undone = {more["undoes"] for one, more in said if one["event"] == "undone"}
        life = Life(issue)
        before: list[tuple[str, str, Any]] = []  # where joined, raised and void ones were
        stood: list[tuple[str, Any]] = []  # when the clock stood still
        span, waiting = 15, False
        began: Any = ""
        for one, more in said:
            act, at = str(one["event"]), one["happened_at"]
            if act == "undone" or one["id"] in undone:
                continue
            if act in ("unjoined", "withdrawn", "restored"):
                life.status, gone_at, began = before.pop()
                stood.append((gone_at, at))
                continue
            with_unit = life.status in ("assigned", "taken_up")
            due = None if waiting or not with_unit else self._due(began, span, stood)
            if act == "replied":
                kept = due is None or on(at) <= due
                life.replies.append((due or on(at), kept))
            if act in ("assigned", "sent_back") and due is not None and due < on(at):
                life.replies.append((due, False))
            if act in ("joined", "raised", "voided"):
                before.append((life.status, at, began))
            if act == "waiting":
                waiting = True
                stood.append((at, None))
            moved = {"reopened": "registered", "reworked": "assigned", "sent_back": "registered"}
            if act in MOVES:
                life.status = moved.get(act, act)
            if act in ("assigned", "reworked"):
                began, span = at, 5 if more.get("urgent") else 15
            over = life.status not in ("registered", "assigned", "taken_up")
            if act == "resumed" or (waiting and over and act not in ("joined", "raised", "voided")):
                waiting = False
                stood = [(a, at if b is None else b) for a, b in stood]
            if act == "settled":
                life.settled, life.degree = on(at), more["degree"]
            if act == "looked_back":
                life.degree = more.get("degree") or life.degree
            if act == "evaluated":
                apart = bool(more.get("self_asked"))
                life.ratings.append((on(at), more["rater"], more["rating"], apart))
            if act == "committed":
                life.promises[one["id"]] = (day(more["due"]), None)
            if act in ("kept", "broken"):
                life.promises[more["promise"]] = (life.promises[more["promise"]][0], act == "kept")
        if life.status in ("assigned", "taken_up") and not waiting:
            life.replies.append((self._due(began, span, stood), None))
        if life.status != "settled":
            life.settled, life.degree = None, ""
        if life.status in ("voided", "joined"):
            life.ratings, life.promises, life.replies = [], {}, []
        return life

    def _due(self, began: str, span: int, stood: list[tuple[str, Any]]) -> date:
        first = on(began)
        still = set()
        for a, b in stood:
            one = max(on(a), first)
            while b is not None and one < on(b):
                one += DAY
                still.add(one)
        at, left = first, span
        while left:
            at += DAY
            left -= self.works(at) and at not in still
        return at

    def figures(self, first: date, last: date, campaign: str = "") -> dict[str, tuple[int, Any]]:
        """Every figure: (part, whole), whole None for counts."""

        def within(one: date) -> bool:
            return first <= one <= last

        tagged = {one["id"] for one in self.days if not campaign or one["campaign"] == campaign}
        held = {one["id"] for one in self.days
                if one["id"] in tagged and within(day(one["held_on"]))}  # fmt: skip
        good = {one["id"] for one in self.days if one["status"] != "cancelled"} & held
        acted = {one["id"] for one in self.activities
                 if not one["cancelled"] and within(day(one["held_on"]))
                 and campaign in ("", one["campaign"])}  # fmt: skip
        came = [one["deputy_id"] for one in self.came
                if one["role_class"] == "deputy" and one["voided_at"] is None
                and (one["day_id"] in good or one["activity_id"] in acted)]  # fmt: skip
        there = {one["id"] for one in self.deputies
                 if one["retired_at"] is None or on(one["retired_at"]) >= first}  # fmt: skip
        visits = [one for one in self.visits if one["voided_at"] is None
                  and within(on(one["arrived_at"]))
                  and (not campaign or one["day_id"] in tagged)]  # fmt: skip
        at_days = {one["id"] for one in self.visits if not campaign or one["day_id"] in tagged}
        lives = [one for one in self.lives if one.issue["visit_id"] in at_days]
        cohort = [one for one in lives if within(on(one.issue["registered_at"]))
                  and one.status not in ("joined", "voided")]  # fmt: skip
        promises = [p for one in lives for p in one.promises.values()]
        helped = [one for one in self.help if one["voided_at"] is None
                  and within(day(one["held_on"]))
                  and (campaign in ("", one["campaign"]) or one["day_id"] in tagged)]  # fmt: skip
        settled = sum(one.status == "settled" for one in cohort)
        solved = sum(one.degree == "solved" for one in cohort)
        return {
            "receptions": (sum(one["id"] in held and one["status"] in ("closed", "locked")
                               for one in self.days), None),
            "attendances": (len(came), None),
            "deputies": (len(set(came)), None),
            "attendance_rate": (len(set(came) & there), len(there)),
            "people": (sum(one["party_size"] for one in visits), None),
            "visits": (len(visits), None),
            "issues": (len(cohort), None),
            "solved": (sum(one.degree == "solved" and one.settled is not None
                           and within(one.settled) for one in lives), None),
            "settled_rate": (settled, len(cohort)),
            "solved_rate": (solved, len(cohort)),
            "kept_rate": self._due_share(promises, within, self.today),
            "in_time": self._due_share([r for one in lives for r in one.replies], within,
                                       self.today - DAY),
            "satisfaction": _rated(lives, within, apart=False),
            "self_asked": _rated(lives, within, apart=True),
            "helped": (sum(one["people"] for one in helped), None),
            "amount": (sum(one["amount"] for one in helped), None),
        }  # fmt: skip

    def _due_share(
        self, all_of: list[tuple[date, bool | None]], within: Any, last: date
    ) -> tuple[int, int]:
        due = [kept for one, kept in all_of
               if within(one) and (kept is not None or one <= last)]  # fmt: skip
        return sum(kept is True for kept in due), len(due)


MOVES = {"registered", "answered", "declined", "assigned", "taken_up", "sent_back", "replied",
         "settled", "reworked", "reopened", "raised", "joined", "voided"}  # fmt: skip


def _rated(lives: list[Life], within: Any, *, apart: bool) -> tuple[int, int]:
    found = [rating for one in lives for at, _who, rating, asked in one.ratings
             if within(at) and asked is apart]  # fmt: skip
    return sum(one != "dissatisfied" for one in found), len(found)
