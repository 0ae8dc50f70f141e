"""The administrator's commands on records: rosters, edits, erasure, and what a restore needs."""

from __future__ import annotations

import getpass
import json
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from central.terminal import AsJson, Desk, Told, acting, tell
from central.words import tr

records_app = typer.Typer(rich_markup_mode=None)

By = Annotated[str, typer.Option("--by", help=tr("Who does this; your login name by default."))]
Stream = Annotated[
    str, typer.Argument(help=tr("A station's code, or a stream such as R:DL or C:global."))
]


def _stream(desk: Desk, named: str) -> str:
    if ":" in named:
        return named
    from central.database import own_stream

    return own_stream(desk.station(named))


@records_app.command("import-roster", help=tr("Read the deputies of a region from a CSV file."))
def import_roster(
    file: Path,
    region: Annotated[str, typer.Option(help=tr("The code of the region."))],
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Publish a roster; every station below the region receives it."""
    from central import roster
    from central.publish import publish
    from central.records import load

    try:
        read = roster.read_roster(file, region)
    except roster.NoNames:
        raise Told(tr("The first line of the file needs a column 姓名.")) from None
    stream = f"R:{region}"
    with acting() as desk:
        known = load(desk.connection, stream, {(one.kind, one.id.hex) for one in read.deputies})
        wanted = [
            one if (one.kind, one.id.hex) in known else roster.new_deputy(one)
            for one in read.deputies
        ]
        changed = len(publish(desk.connection, stream, wanted))
        desk.note("roster", by or getpass.getuser(), region)
    lines = [tr("Line {line}: {what} was not understood", line=line, what=what)
             for line, what in read.problems.items()]  # fmt: skip
    says = tr("{count} deputies, {changed} new or changed.", count=len(wanted), changed=changed)
    tell(as_json, says, *lines, count=len(wanted), changed=changed,
         problems={str(line): what for line, what in read.problems.items()})  # fmt: skip


@records_app.command(help=tr("Write fields of a record: name=JSON value …"))
def edit(
    stream: Stream,
    kind: str,
    record: UUID,
    fields: Annotated[list[str], typer.Argument(help=tr("Such as phone='\"13800001234\"'."))],
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Edit a record at the centre; its station sees it at its next poll."""
    from central.publish import Wanted, publish

    given = dict(_field(one) for one in fields)
    with acting() as desk:
        name = _stream(desk, stream)
        results = publish(desk.connection, name, [Wanted(kind, record, given)])
        desk.note("edit", by or getpass.getuser(), f"{kind} {record.hex}")
    outcome = results[0].outcome.value if results else "noop"
    tell(as_json, tr("Done: {outcome}", outcome=outcome), outcome=outcome)


@records_app.command(help=tr("Erase a person's record everywhere; this cannot be undone."))
def erase(stream: Stream, kind: str, record: UUID, by: By = "", as_json: AsJson = False) -> None:
    """Erase a record with its history, conflicts, answers and attachments."""
    from central.erasure import erase as purge

    with acting() as desk:
        name = _stream(desk, stream)
        files = purge(desk.connection, name, (kind, record.hex))
        if files is None:
            raise Told(tr("There is no such record."))
        desk.note("erase", by or getpass.getuser(), f"{kind} {record.hex}")
    _remove(desk, [(name, one) for one in files])
    tell(as_json, tr("Erased."), attachments=len(files))


@records_app.command("restore-epoch", help=tr("After restoring the database from a backup."))
def restore_epoch(by: By = "", as_json: AsJson = False) -> None:
    """Give all streams a new epoch: stations hand in again what the backup did not have."""
    from central import upkeep

    with acting() as desk:
        count = upkeep.new_epoch(desk.connection)
        desk.note("restore-epoch", by or getpass.getuser(), "")
    tell(as_json, tr("{count} streams have a new epoch.", count=count), streams=count)


@records_app.command(help=tr("Forget what has been gone for long."))
def prune(
    days: Annotated[int, typer.Option(min=400, help=tr("How long what is gone is kept."))] = 400,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Prune tombstones, old answers and half attachments."""
    from central import upkeep

    with acting() as desk:
        done = upkeep.prune(desk.connection, gone_for=timedelta(days=days))
        desk.note("prune", by or getpass.getuser(), "")
    _remove(desk, done.blobs)
    says = tr("Forgotten: {records} records, {answers} answers, {blobs} attachments.",
              records=done.records, answers=done.answers, blobs=len(done.blobs))  # fmt: skip
    tell(as_json, says, records=done.records, answers=done.answers, blobs=len(done.blobs))


@records_app.command(help=tr("Check digests and the journal of administrators."))
def verify(as_json: AsJson = False) -> None:
    """Verify the centre; ends with 1 if something is wrong."""
    from central.journal import broken_link
    from central.upkeep import wrong_digests

    with acting() as desk:
        wrong, link = wrong_digests(desk.connection), broken_link(desk.connection)
    if wrong or link:
        found = ", ".join([*wrong, *([tr("journal entry {seq}", seq=link)] if link else [])])
        raise Told(tr("Wrong: {what}", what=found))
    tell(as_json, tr("All is as it should be."))


def _remove(desk: Desk, files: list[tuple[str, str]]) -> None:
    """Remove files of attachments once nothing names them any more."""
    from central.blobs import BlobStore
    from central.keys import load_keys

    if files:
        store = BlobStore(desk.settings.blobs, load_keys(desk.settings.home).rest)
        for stream, name in files:
            store.remove(stream, name)


def _field(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
