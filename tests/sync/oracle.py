"""What the centre must hold after what it heard: a small model of its own, without its code.

It shares nothing with db/merge.py: whoever changes the rules there is contradicted here.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec

from db.conflicts import conflict_id
from db.wire import Mutation, Push

Key = tuple[str, UUID]
APPENDED = frozenset(
    {
        "issue_event",
        "card_key",
        "companion",
        "photo",
        "report_snapshot",
        "rule_set",
        "suggestion",
        "suggestion_event",
    }
)
#: In which field a paper says what it is filed with.
_FILED = {"attachment": ("issue_id",), "scanned_paper": ("record_id",)}
#: Who closes a conflict or voids a card second has nothing to say of when, who and why.
_FIRST_WINS = {
    "conflict": ("resolved_at", "resolved_by"),
    "duty_card": ("void_reason", "voided_at", "replaced_by"),
}
#: What a station may not write at all: no program of this version knows such a kind.
NEWER = "kiosk"


@dataclass
class Known:
    """One record: each field with its value, the version it came with, and who wrote it."""

    version: int = 1
    alive: bool = True
    erased: bool = False
    moved: bool = False
    fields: dict[str, tuple[Any, int, str]] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        return {name: value for name, (value, _, _) in self.fields.items() if value is not None}


@dataclass
class Oracle:
    """One station's stream. ``outcomes`` says what became of each change by its uuid.

    ``refused`` says of each group by its id whether it was.
    """

    records: dict[Key, Known] = field(default_factory=dict)
    outcomes: dict[UUID, str] = field(default_factory=dict)
    seen: set[tuple[str, int, int]] = field(default_factory=set)
    forgotten: set[Key] = field(default_factory=set)
    refused: dict[UUID, set[bool]] = field(default_factory=dict)
    head: int = 0
    #: What gave way in the group at hand, as (mid, field): nobody stores it.
    _passed_over: set[tuple[int, str]] = field(default_factory=set)

    def copy(self) -> Oracle:
        return copy.deepcopy(self)

    @property
    def gone(self) -> set[Key]:
        """Everything that was deleted or erased and must not come back."""
        return self.forgotten | {key for key, one in self.records.items() if not one.alive}

    def known(self, kind: str) -> list[Key]:
        """The living records of a kind."""
        return [key for key, one in self.records.items() if key[0] == kind and one.alive]

    def push(self, device: str, message: Push) -> None:
        """A batch that the centre has accepted."""
        life = message.incarnation
        fresh = [one for one in message.mutations if (device, life, one.mid) not in self.seen]
        self.seen |= {(device, life, one.mid) for one in fresh}
        anew = [one for one in fresh if one.uuid not in self.outcomes]
        for _, run in groupby(anew, key=lambda one: one.group):
            self._group(list(run), f"{device}:{life}")

    def centre_writes(self, key: Key, fields: dict[str, Any]) -> None:
        known = self.records.get(key)
        if known is None or not known.alive:
            version = 1 if known is None else known.version + 1
            self.records[key] = known = Known(version)
        else:
            known.version += 1
        self.head += 1
        for name, value in fields.items():
            known.fields[name] = (value, known.version, "")

    def centre_removes(self, key: Key, *, erased: bool) -> None:
        self._remove(key, erased=erased)
        if erased:
            about = [
                one
                for one, known in self.records.items()
                if one[0] == "conflict" and known.alive and known.body["record_id"] == key[1].hex
            ]
            for one in about:
                self._remove(one, erased=True)

    def centre_erases(self, key: Key) -> None:
        """Erase a record, the papers filed with it, and the pictures that nobody else names."""
        if not self.records[key].alive:
            return
        papers = {one for one, known in self.records.items() if known.alive and key[1].hex in (
            known.fields.get(name, ("",))[0] for name in _FILED.get(one[0], ()))}  # fmt: skip
        going = papers | {key}
        pictures = {known.body["photo_id"] for one, known in self.records.items()
                    if one in going and known.body.get("photo_id")}  # fmt: skip
        named = {known.body.get("photo_id") for one, known in self.records.items()
                 if known.alive and one not in going}  # fmt: skip
        alive = {one[1].hex: one for one in self.known("photo")}
        going |= {alive[one] for one in (pictures - named) & alive.keys()}
        for one in going:
            self.centre_removes(one, erased=True)

    def moves(self, key: Key, to: Oracle) -> None:
        """A record that nothing hangs on now belongs to another station."""
        known, there = self.records[key], to.records.get(key)
        version = max(known.version, there.version if there else 0) + 1
        to.records[key] = Known(version, fields=known.fields)
        to.head += 1
        to.forgotten.discard(key)  # it was there before, and is so again
        self._remove(key, erased=False)
        self.records[key].moved = True

    def stands_alone(self, key: Key) -> bool:
        """Whether no other living record names this one."""
        return not any(
            key[1].hex in known.body.values()
            for one, known in self.records.items()
            if one != key and known.alive
        )

    def forget(self) -> None:
        """The centre no longer keeps what was deleted; of erased records it keeps the marks."""
        for key, known in list(self.records.items()):
            if not known.alive and not known.erased:
                self.forgotten.add(key)
                del self.records[key]

    def _remove(self, key: Key, *, erased: bool) -> None:
        known = self.records[key]
        known.version += 1
        known.alive, known.erased, known.fields = False, erased, {}
        self.head += 1

    def _group(self, group: list[Mutation], writer: str) -> None:
        before = {(one.kind, one.id): copy.deepcopy(self.records.get((one.kind, one.id)))
                  for one in group}  # fmt: skip
        head, clashes = self.head, list[tuple[Mutation, str, int, Any, Any]]()
        self._passed_over = set()
        outcomes = [self._one(one, writer, clashes) for one in group]
        if "rejected" in outcomes or _poisoned(group, self._passed_over):
            self._undo(before, head)
            outcomes = ["rejected"] * len(group)
        else:
            for clash in clashes:
                self._disagree(writer, *clash)
        self.outcomes |= {one.uuid: said for one, said in zip(group, outcomes, strict=True)}

    def _undo(self, before: dict[Key, Known | None], head: int) -> None:
        self.head = head
        for key, known in before.items():
            if known is None:
                self.records.pop(key, None)
            else:
                self.records[key] = known

    def _disagree(
        self, writer: str, one: Mutation, name: str, version: int, present: Any, wanted: Any
    ) -> None:
        """A conflict becomes a record of its own; the same one again opens it again."""
        key = ("conflict", conflict_id(one, name, version, writer))
        known = self.records.get(key)
        if known is not None and not known.alive:
            return
        body = {"record_kind": one.kind, "record_id": one.id.hex, "field": name, "op": one.op,
                "present": present, "wanted": wanted, "resolved_at": None,
                "resolved_by": None}  # fmt: skip
        self.centre_writes(key, body)
        known = self.records[key]
        known.fields = {
            field_name: (value, known.version, "")
            for field_name, (value, _, _) in known.fields.items()
        }

    def _one(self, one: Mutation, writer: str, clashes: list[Any]) -> str:
        key = (one.kind, one.id)
        known = self.records.get(key)
        new = {name: pair[1] for name, pair in one.fields.items()}
        if one.op == "edit" and not new and one.kind != NEWER:
            return "noop"
        if one.kind == NEWER or (known is not None and (known.erased or known.moved)):
            return "rejected"
        if one.op == "add":
            if known is None:
                fields = {name: (value, 1, writer) for name, value in new.items()}
                self.records[key] = Known(fields=fields)
                self.head += 1
                return "applied"
            same = known.alive and all(known.body.get(name) == new[name] for name in new)
            return "noop" if same else "rejected"
        if known is None or one.kind in APPENDED:
            return "rejected"
        if one.op == "delete":
            return self._delete(key, known, one, writer, clashes)
        if not known.alive:
            clashes += [(one, name, known.version, None, value) for name, value in new.items()]
            return "conflict"
        return self._edit(known, one, writer, clashes)

    def _delete(
        self, key: Key, known: Known, one: Mutation, writer: str, clashes: list[Any]
    ) -> str:
        if not known.alive:
            return "noop"
        later = [
            (one, name, version, value, None)
            for name, (value, version, by) in known.fields.items()
            if version > one.base and by != writer
        ]
        clashes += later
        if later:
            return "conflict"
        self._remove(key, erased=False)
        return "applied"

    def _edit(self, known: Known, one: Mutation, writer: str, clashes: list[Any]) -> str:
        wanted, clash = {}, []
        for name, (old, new) in one.fields.items():
            value, version, by = known.fields.get(name, (None, 0, writer))
            if value == new:
                continue
            if one.kind == "day" and name == "status" and value != old:
                return "rejected"
            if version <= one.base or by == writer:
                wanted[name] = new
            elif name in _FIRST_WINS.get(one.kind, ()):
                self._passed_over.add((one.mid, name))
            else:
                clash.append((one, name, version, value, new))
        clashes += clash
        if wanted:
            known.version += 1
            self.head += 1
            known.fields |= {name: (new, known.version, writer) for name, new in wanted.items()}
        return "conflict" if clash else "applied" if wanted else "noop"


def _poisoned(group: Iterable[Mutation], passed_over: set[tuple[int, str]]) -> bool:
    """Whether PostgreSQL cannot store what somebody wrote: texts there have no NUL."""
    return any(
        b"\\u0000" in msgspec.json.encode(new)
        for one in group
        for name, (_, new) in one.fields.items()
        if (one.mid, name) not in passed_over
    )
