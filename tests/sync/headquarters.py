"""What the centre does in a random history: it edits, removes, erases, forgets, publishes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import strategies as st

from central.cards import publish_cards
from central.moving import move
from central.publish import Wanted, publish, withdraw
from central.push import fold_into
from central.roster import new_deputy
from central.upkeep import prune
from db.policy import SCHEMA_VERSION
from db.wire import Mutation
from tests.sync.counts import rule
from tests.sync.oracle import NEWER, Key
from tests.sync.people import WHICH
from tests.sync.scene import Scene

#: ``nickname`` is a field that no program of this version knows.
FIELDS = st.sampled_from(["address", "note", "community", "nickname"])
_TEXTS = ("ethnicity", "born_on", "position", "electoral_unit", "deputy_group",
          "professional_group", "phone", "note")  # fmt: skip
WORDS = st.sampled_from(["中", "央", "改"])


class Headquarters(Scene):
    """Rules for the administrator of the centre."""

    erased: Callable[[Key], None]

    @rule(which=WHICH, field=FIELDS, value=WORDS)
    def centre_edits(self, which: int, field: str, value: str) -> None:
        found = self.known("resident", which)
        if found is not None and found[1].body.get(field) != value:
            with self.centre.administered() as connection:
                publish(connection, self.own, [Wanted(*found[0], {field: value})])
            self.oracle.centre_writes(found[0], {field: value})

    @rule(which=WHICH, erased=st.booleans())
    def centre_removes(self, which: int, erased: bool) -> None:
        found = self.known("resident", which)
        if found is None:
            return
        (kind, one), _ = found
        if erased:
            self.erased((kind, one))
            return
        with self.centre.administered() as connection:
            withdraw(connection, self.own, kind, one)
        self.oracle.centre_removes((kind, one), erased=False)

    @rule(which=WHICH, home=st.sampled_from(["a", "c"]))
    def centre_moves(self, which: int, home: str) -> None:
        """A resident whom nobody received yet now belongs to the other station."""
        found = self.known("resident", which, home)
        other = "c" if home == "a" else "a"
        if found is None or not self.oracles[home].stands_alone(found[0]):
            return
        there = self.oracles[other].records.get(found[0])
        if there is not None and there.alive:
            return  # since a restore of the centre both have it
        (kind, one), _ = found
        with self.centre.administered() as connection:
            move(
                connection,
                self.centre.files,
                self.streams[home],
                self.streams[other],
                (kind, one.hex),
            )
        self.oracles[home].moves((kind, one), self.oracles[other])

    @rule(name=WORDS, which=WHICH)
    def centre_publishes(self, name: str, which: int) -> None:
        """A deputy of the region, new or changed: read by all stations, written by none."""
        found = self.known("deputy", which, "R")
        key = ("deputy", uuid4()) if found is None or which == 0 else found[0]
        fields = new_deputy(Wanted(*key, dict.fromkeys(_TEXTS, "") | {"name": name})).fields
        fields |= {"levels": ["county"], "created_at": "2026-11-10T01:00:00Z"}
        known = self.oracles["R"].records.get(key)
        changed = {
            field: value
            for field, value in fields.items()
            if known is None or known.body.get(field) != value
        }
        with self.centre.administered() as connection:
            publish(connection, self.region, [Wanted(*key, fields)])
        if changed:
            self.oracles["R"].centre_writes(key, changed)

    @rule()
    def region_hears_of_cards(self) -> None:
        """Of the stations' card keys, and of the cards that are void.

        Hypothesis prefers the first rule without arguments by far: no name may come before
        ``centre_forgets_what_is_gone``.
        """
        before = self.centre.records(self.region)
        with self.centre.administered() as connection:
            publish_cards(connection, self.centre.gateway._centre.keys.sign)
        for key, (_, body) in self.centre.records(self.region).items():
            known = before.get(key, (0, {}))[1]
            changed = {name: value for name, value in body.items() if known.get(name) != value}
            if changed:
                self.oracles["R"].centre_writes(key, changed)

    @rule(which=WHICH)
    def centre_withdraws(self, which: int) -> None:
        found = self.known("deputy", which, "R")
        if found is not None:
            with self.centre.administered() as connection:
                withdraw(connection, self.region, *found[0])
            self.oracles["R"].centre_removes(found[0], erased=False)

    @rule(which=st.integers(0, 2), value=WORDS)
    def newer_program_writes(self, which: int, value: str) -> None:
        """A kind that no program of this version knows."""
        key = (NEWER, UUID(int=which + 1))
        known = self.oracle.records.get(key)
        op, base = ("add", 0) if known is None else ("edit", known.version)
        if known is not None and known.body["text"] == value:
            return
        made = Mutation(
            mid=0, uuid=uuid4(), group=uuid4(), kind=NEWER, id=key[1], op=op, base=base,
            fields={"text": (None, value)}, schema=SCHEMA_VERSION + 1, hlc="0-0",
        )  # fmt: skip
        with self.centre.administered() as connection:
            fold_into(connection, self.own, [made])
        self.oracle.centre_writes(key, {"text": value})

    @rule()
    def centre_forgets_what_is_gone(self) -> None:
        with self.centre.administered() as connection:
            prune(connection, gone_for=timedelta(0))
        for oracle in self.oracles.values():
            oracle.forget()
        self.read_floors()
