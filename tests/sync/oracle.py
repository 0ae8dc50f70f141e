"""What the centre must hold after what it heard: a small model of its own, without its code.

It shares nothing with db/merge.py: whoever changes the rules there is contradicted here.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from db.wire import Mutation, Push

Key = tuple[str, UUID]
APPENDED = {"issue_event", "companion", "photo", "suggestion"}


@dataclass
class Known:
    """One record: each field with its value, the version it came with, and who wrote it."""

    version: int = 1
    alive: bool = True
    erased: bool = False
    fields: dict[str, tuple[Any, int, str]] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        return {name: value for name, (value, _, _) in self.fields.items() if value is not None}


@dataclass
class Oracle:
    """One station's stream."""

    records: dict[Key, Known] = field(default_factory=dict)
    conflicts: set[tuple[Key, str, int, str]] = field(default_factory=set)
    seen: set[tuple[str, int, int]] = field(default_factory=set)
    uuids: set[tuple[str, UUID]] = field(default_factory=set)
    outcomes: dict[UUID, str] = field(default_factory=dict)

    def copy(self) -> Oracle:
        return copy.deepcopy(self)

    def push(self, device: str, message: Push) -> None:
        """A batch that the centre has accepted."""
        fresh = [
            one
            for one in message.mutations
            if (device, message.incarnation, one.mid) not in self.seen
        ]
        self.seen |= {(device, message.incarnation, one.mid) for one in fresh}
        anew = [one for one in fresh if (device, one.uuid) not in self.uuids]
        self.uuids |= {(device, one.uuid) for one in anew}
        for _, run in groupby(anew, key=lambda one: one.group):
            self._group(list(run), f"{device}:{message.incarnation}")

    def centre_writes(self, key: Key, **fields: Any) -> None:
        known = self.records[key]
        known.version += 1
        for name, value in fields.items():
            known.fields[name] = (value, known.version, "")

    def centre_removes(self, key: Key, *, erased: bool) -> None:
        known = self.records[key]
        known.version += 1
        known.alive, known.erased, known.fields = False, erased, {}
        if erased:
            self.conflicts = {one for one in self.conflicts if one[0] != key}

    def _group(self, group: list[Mutation], writer: str) -> None:
        before = copy.deepcopy(self.records)
        conflicts: set[tuple[Key, str, int, str]] = set()
        outcomes = [self._one(one, writer, conflicts) for one in group]
        if "rejected" in outcomes:
            self.records = before
            outcomes = ["rejected"] * len(group)
        else:
            self.conflicts |= conflicts
        self.outcomes |= {one.uuid: said for one, said in zip(group, outcomes, strict=True)}

    def _one(self, one: Mutation, writer: str, conflicts: set[Any]) -> str:
        key = (one.kind, one.id)
        known = self.records.get(key)
        new = {name: pair[1] for name, pair in one.fields.items()}
        if known is not None and known.erased:
            return "rejected"
        if one.op == "add":
            if known is None:
                fields = {name: (value, 1, writer) for name, value in new.items()}
                self.records[key] = Known(fields=fields)
                return "applied"
            same = known.alive and all(known.body.get(name) == new[name] for name in new)
            return "noop" if same else "rejected"
        if known is None or one.kind in APPENDED:
            return "rejected"
        if one.op == "delete":
            return self._delete(key, known, one, writer, conflicts)
        if not known.alive:
            conflicts |= {(key, name, known.version, writer) for name in new}
            return "conflict"
        return self._edit(key, known, one, writer, conflicts)

    def _delete(
        self, key: Key, known: Known, one: Mutation, writer: str, conflicts: set[Any]
    ) -> str:
        if not known.alive:
            return "noop"
        later = [
            (key, name, version, writer)
            for name, (_, version, by) in known.fields.items()
            if version > one.base and by != writer
        ]
        if later:
            conflicts |= set(later)
            return "conflict"
        known.version += 1
        known.alive, known.fields = False, {}
        return "applied"

    def _edit(self, key: Key, known: Known, one: Mutation, writer: str, conflicts: set[Any]) -> str:
        wanted, clash = {}, []
        for name, (old, new) in one.fields.items():
            value, version, by = known.fields.get(name, (None, 0, writer))
            if value == new:
                continue
            if one.kind == "day" and name == "status" and value != old:
                return "rejected"
            if version > one.base and by != writer:
                clash.append((key, name, version, writer))
            else:
                wanted[name] = new
        conflicts |= set(clash)
        if wanted:
            known.version += 1
            known.fields |= {name: (new, known.version, writer) for name, new in wanted.items()}
        return "conflict" if clash else "applied" if wanted else "noop"
