"""Fold a batch of mutations into a stream: what becomes of each, and what is to be written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from central.records import Key, Stamped, Step, Stream, Written
from db.conflicts import CONFLICT, Side, conflict_body, conflict_id
from db.merge import Merged, Present, merge, version_of
from db.policy import POLICIES, SCHEMA_VERSION, KindPolicy, Merging
from db.vocabulary import Op
from db.wire import DIGEST_MODULUS, Mutation, Outcome, Result, State, digest_part

#: Kinds of a newer program are kept for the devices that know them.
_NEWER = KindPolicy(Merging.FIELDS)
#: What a kind may be called; one that is called otherwise is not even looked up.
KIND = re.compile(r"[a-z][a-z_]{0,39}")
_OPS = frozenset({Op.ADD.value, Op.EDIT.value, Op.DELETE.value})
_NOTHING = Present()

#: Who wrote one version of a record, by (kind, id, row version).
Sides = dict[tuple[str, str, int], Side]


class Found(NamedTuple):
    """A conflict: ``pair`` is (present, wanted), ``version`` the one the present value is of."""

    mutation: Mutation
    name: str
    pair: tuple[Any, Any]
    version: int


@dataclass(slots=True)
class Fold:
    """One batch on its way into one stream. ``device`` is None when the centre itself writes."""

    stream: Stream
    table: dict[Key, Present]
    sides: Sides
    device: UUID | None
    writer: str
    received_at: str
    written: Written = field(default_factory=Written)
    results: list[Result] = field(default_factory=list)
    conflicts: list[Found] = field(default_factory=list)

    def take(self, mutations: list[Mutation]) -> list[Result]:
        """Fold all, group by group. Each group is applied whole or not at all."""
        for _, run in groupby(mutations, key=_group):
            group = list(run)
            merged = self._try(group)
            if any(one.outcome is Outcome.REJECTED for one in merged):
                self.results += [_rejection(*pair) for pair in zip(group, merged, strict=True)]
            else:
                self.results += [self._keep(*pair) for pair in zip(group, merged, strict=True)]
        return self.results

    def _try(self, group: list[Mutation]) -> list[Merged]:
        overlay: dict[Key, Present] = {}
        merged = []
        for mutation in group:
            key = (mutation.kind, mutation.id.hex)
            before = overlay.get(key) or self.table.get(key) or _NOTHING
            made = self._merge(before, mutation)
            overlay[key] = made.after
            merged.append(made)
        return merged

    def _merge(self, before: Present, mutation: Mutation) -> Merged:
        policy = POLICIES.get(mutation.kind)
        if policy is None:
            if mutation.schema <= SCHEMA_VERSION or not KIND.fullmatch(mutation.kind):
                return Merged(Outcome.REJECTED, before, code="unknown_kind")
            policy = _NEWER
        if mutation.op not in _OPS:
            return Merged(Outcome.REJECTED, before, code="unknown_op")
        return merge(before, mutation, self.writer, policy)

    def _keep(self, mutation: Mutation, made: Merged) -> Result:
        key = (mutation.kind, mutation.id.hex)
        before = self.table.get(key, _NOTHING)
        self._note_conflicts(mutation, before, made)
        if made.after is not before:
            self._stamp(key, before, made.after, self.device, mutation.mid)
            self._remember(key, before, made.after, mutation)
        present = {name: pair[0] for name, pair in (made.conflicts | made.given_way).items()}
        stamped = self.written.records.get(key)
        return Result(
            mutation.mid,
            made.outcome,
            rev=stamped.rev if stamped else 0,
            row_version=made.after.row_version,
            code=made.code,
            present=present or None,
        )

    def _stamp(
        self, key: Key, before: Present, after: Present, device: UUID | None, mid: int
    ) -> None:
        stream = self.stream
        stream.head += 1
        stream.digest = (stream.digest + _part(key, after) - _part(key, before)) % DIGEST_MODULUS
        self.table[key] = after
        new = before.state is None and device is not None
        self.written.records[key] = Stamped(after, stream.head, device, mid, new)

    def _remember(self, key: Key, before: Present, after: Present, mutation: Mutation) -> None:
        version = after.row_version
        diff = None if before.state is None else _diff(before, after)
        self.written.history.append(Step(key, version, diff, mutation, self.device))
        self.sides[*key, version] = Side(mutation.actor, mutation.hlc)

    def open_conflicts(self, known: dict[Key, Present]) -> None:
        """Write the conflicts that were found as records, for a person to choose.

        ``known`` has those among ``conflict_keys`` that exist, ``sides`` who wrote what stays.
        """
        for found in self.conflicts:
            mutation, name = found.mutation, found.name
            there = self.sides.get((mutation.kind, mutation.id.hex, found.version), Side(None, ""))
            here = Side(mutation.actor, mutation.hlc)
            body = conflict_body(mutation, name, found.pair, there, here, self.received_at)
            key = self._conflict_key(found)
            before = self.table.get(key) or known.get(key) or _NOTHING
            if before.state not in (None, State.LIVE):
                continue  # erased along with its record
            count = before.row_version + 1
            after = Present(count, State.LIVE, before.body | body, {"": (count, "")})
            self._stamp(key, before, after, None, 0)
            self._remember(key, before, after, mutation)

    def conflict_keys(self) -> set[Key]:
        """The conflict records that this batch opens, or opens again."""
        return {self._conflict_key(found) for found in self.conflicts}

    def unknown_sides(self) -> set[tuple[str, str, int]]:
        """The versions whose writers must be looked up in the history."""
        wanted = {(one.mutation.kind, one.mutation.id.hex, one.version) for one in self.conflicts}
        return wanted - self.sides.keys()

    def _conflict_key(self, found: Found) -> Key:
        one = conflict_id(found.mutation, found.name, found.version, self.writer)
        return CONFLICT, one.hex

    def _note_conflicts(self, mutation: Mutation, before: Present, made: Merged) -> None:
        for name, pair in made.conflicts.items():
            version = version_of(before, name)[0] or before.row_version
            self.conflicts.append(Found(mutation, name, pair, version))


def _group(mutation: Mutation) -> UUID:
    return mutation.group


def _rejection(mutation: Mutation, made: Merged) -> Result:
    present = {name: pair[0] for name, pair in made.conflicts.items()}
    return Result(
        mutation.mid,
        Outcome.REJECTED,
        row_version=made.after.row_version,
        code=made.code if made.outcome is Outcome.REJECTED else "group",
        present=present if made.outcome is Outcome.REJECTED and present else None,
    )


def _part(key: Key, present: Present) -> int:
    if present.state is None:
        return 0
    return digest_part(*key, present.row_version, present.state)


def _diff(before: Present, after: Present) -> dict[str, Any]:
    if after.state is not State.LIVE:
        return {name: [old, None] for name, old in before.body.items()}
    return {
        name: [before.body.get(name), value]
        for name, value in after.body.items()
        if name not in before.body or before.body[name] != value
    }
