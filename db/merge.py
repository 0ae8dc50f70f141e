"""The per-field merge: a pure function, the same at the centre and at the station (sync.md §6)."""

from __future__ import annotations

from typing import Any

import msgspec

from db.policy import KindPolicy, Merging
from db.vocabulary import Op
from db.wire import Body, Mutation, Outcome, State


class Present(msgspec.Struct, frozen=True):
    """A record as it stands. ``field_versions`` is ``{name: (row version, writer)}``.

    The name "" stands for every field of the body that is not named: most were written at once.
    The writer is whoever wrote the field last: ``{device id as hex}:{incarnation}``, or "" for
    the centre.
    """

    row_version: int = 0
    state: State | None = None
    body: Body = {}
    field_versions: dict[str, tuple[int, str]] = {}


class Merged(msgspec.Struct, frozen=True):
    """What a mutation makes of a record. ``after`` is ``before`` itself when nothing changed.

    ``conflicts`` is ``{name: (present value, wanted value)}``: the present value stays.
    ``given_way`` is the same where who came first wins and nobody is asked.
    """

    outcome: Outcome
    after: Present
    conflicts: dict[str, tuple[Any, Any]] = {}
    code: str = ""
    given_way: dict[str, tuple[Any, Any]] = {}


def version_of(present: Present, name: str) -> tuple[int, str]:
    """The row version that a field's value came with, and its writer; (0, "") before the first."""
    if name not in present.body:
        return 0, ""
    versions = present.field_versions
    return versions.get(name) or versions.get("") or (0, "")


def merge(before: Present, mutation: Mutation, writer: str, policy: KindPolicy) -> Merged:
    """Merge one mutation of ``writer`` into a record.

    A field conflicts iff somebody else wrote it after the base and the values differ; all other
    fields are applied. A command field must have the stated old value, else all is rejected.
    """
    if mutation.op == Op.EDIT and not mutation.fields:
        # What it said was erased, or is long past: it must not take its group down with it.
        return Merged(Outcome.NOOP, before)
    if policy.merging is Merging.CENTRE and writer:
        return Merged(Outcome.REJECTED, before, code="centre_only")
    if before.state is State.ERASED:
        return Merged(Outcome.REJECTED, before, code="erased")
    if before.state is State.EVICTED:
        return Merged(Outcome.REJECTED, before, code="moved")
    if mutation.op == Op.ADD:
        return _add(before, mutation, writer)
    if before.state is None:
        return Merged(Outcome.REJECTED, before, code="unknown_record")
    if policy.merging is Merging.APPEND:
        return Merged(Outcome.REJECTED, before, code="append_only")
    if mutation.op == Op.DELETE:
        return _delete(before, mutation, writer)
    if before.state is State.DELETED:
        wanted = {name: (None, new) for name, (_, new) in mutation.fields.items()}
        return Merged(Outcome.CONFLICT, before, wanted)
    return _edit(before, mutation, writer, policy)


def _add(before: Present, mutation: Mutation, writer: str) -> Merged:
    body = {name: new for name, (_, new) in mutation.fields.items()}
    if before.state is State.DELETED:
        return Merged(Outcome.REJECTED, before, code="deleted")
    if before.state is not None:
        same = all(before.body.get(name) == value for name, value in body.items())
        return Merged(Outcome.NOOP if same else Outcome.REJECTED, before, code="" if same else "id")
    return Merged(Outcome.APPLIED, Present(1, State.LIVE, body, {"": (1, writer)}))


def _delete(before: Present, mutation: Mutation, writer: str) -> Merged:
    if before.state is State.DELETED:
        return Merged(Outcome.NOOP, before)
    touched = {
        name: (value, None)
        for name, value in before.body.items()
        if _later(before, name, mutation.base, writer)
    }
    if touched:
        # Somebody edited it meanwhile: the row stays until a person has looked.
        return Merged(Outcome.CONFLICT, before, touched)
    return Merged(Outcome.APPLIED, Present(before.row_version + 1, State.DELETED))


def _edit(before: Present, mutation: Mutation, writer: str, policy: KindPolicy) -> Merged:
    wanted: Body = {}
    conflicts: dict[str, tuple[Any, Any]] = {}
    given_way: dict[str, tuple[Any, Any]] = {}
    for name, (old, new) in mutation.fields.items():
        present = before.body.get(name)
        if present == new:
            continue
        if name in policy.commands and present != old:
            return Merged(Outcome.REJECTED, before, {name: (present, new)}, code="expected_state")
        if not _later(before, name, mutation.base, writer):
            wanted[name] = new
        elif name in policy.first_wins:
            given_way[name] = present, new
        else:
            conflicts[name] = present, new
    after = before
    if wanted:
        version = before.row_version + 1
        written = dict.fromkeys(wanted, (version, writer))
        after = Present(version, State.LIVE, before.body | wanted, before.field_versions | written)
    if conflicts:
        return Merged(Outcome.CONFLICT, after, conflicts, given_way=given_way)
    if not wanted:
        return Merged(Outcome.NOOP, before, given_way=given_way)
    merged = given_way or _beside(before, mutation, writer)
    return Merged(Outcome.MERGED if merged else Outcome.APPLIED, after, given_way=given_way)


def _beside(before: Present, mutation: Mutation, writer: str) -> bool:
    """Whether somebody else wrote another field meanwhile."""
    return any(
        name not in mutation.fields and version > mutation.base and by != writer
        for name, (version, by) in before.field_versions.items()
    )


def _later(present: Present, name: str, base: int, writer: str) -> bool:
    version, by = version_of(present, name)
    return version > base and by != writer
