"""The administrator's commands on records: rosters, edits, erasure, and what a restore needs."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from central.blobstore import BlobStore
from central.terminal import AsJson, Desk, Told, acting, tell
from central.words import tr

records_app = typer.Typer(rich_markup_mode=None)
imports_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

By = Annotated[str, typer.Option("--by", help=tr("Who does this; your login name by default."))]
StreamName = Annotated[
    str,
    typer.Argument(
        metavar="STREAM", help=tr("A station's code, or a stream such as R:DL or C:global.")
    ),
]


@imports_app.command("roster", help=tr("Read the deputies of a region from a CSV file."))
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
        desk.stream(stream)
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


@imports_app.command("stations", help=tr("Add the stations of a CSV file, or rename them."))
def import_stations(
    file: Path,
    region: Annotated[str, typer.Option(help=tr("For lines that name no region."))] = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Add a county's stations; read again it changes only what is different."""
    from central import station_list, stations

    try:
        read = station_list.read_stations(file, region)
    except station_list.NoColumns:
        raise Told(tr("The first line of the file needs the columns 代码 and 名称.")) from None
    with acting() as desk:
        known = {code for code, _, _ in stations.list_regions(desk.connection)}
        for one in read.stations:
            if one.region not in known:
                raise Told(tr("There is no region {code}.", code=one.region))
        changed = sum(stations.put_station(desk.connection, *one) for one in read.stations)
        desk.note("stations", by or getpass.getuser(), str(changed))
    lines = [tr("Line {line}: {what} was not understood", line=line, what=what)
             for line, what in read.problems.items()]  # fmt: skip
    count = len(read.stations)
    says = tr("Stations: {count}, new or changed: {changed}", count=count, changed=changed)
    tell(as_json, says, *lines, count=count, changed=changed,
         problems={str(line): what for line, what in read.problems.items()})  # fmt: skip


@records_app.command(help=tr("Write fields of a record: name=JSON value …"))
def edit(
    stream: StreamName,
    kind: str,
    record: UUID,
    fields: Annotated[list[str], typer.Argument(help=tr("Such as phone=13800001234."))],
    new: Annotated[bool, typer.Option("--new", help=tr("Make it if it is not there."))] = False,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Edit a record at the centre; its station sees it at its next poll."""
    from central.publish import Wanted, publish
    from central.records import load
    from db.policy import models, travelling
    from db.wire import Outcome

    model = models().get(kind)
    if model is None:
        raise Told(tr("There is no kind {kind}.", kind=kind))
    given = dict(_field(one, model) for one in fields)
    unknown = given.keys() - set(travelling(model))
    if unknown:
        raise Told(tr("A {kind} has no {names}.", kind=kind, names=", ".join(sorted(unknown))))
    with acting() as desk:
        name = desk.stream(stream)
        if not new and not load(desk.connection, name, [(kind, record.hex)]):
            raise Told(tr("There is no such record."))
        results = publish(desk.connection, name, [Wanted(kind, record, given)])
        if results and results[0].outcome is Outcome.REJECTED:
            raise Told(tr("Not possible: {why}", why=results[0].code))
        desk.note("edit", by or getpass.getuser(), f"{kind} {record.hex}")
    outcome = results[0].outcome.value if results else "noop"
    tell(as_json, tr("Done: {outcome}", outcome=outcome), outcome=outcome)


@records_app.command(help=tr("Erase a person's record everywhere; this cannot be undone."))
def erase(
    stream: StreamName, kind: str, record: UUID, by: By = "", as_json: AsJson = False
) -> None:
    """Erase a record with its history, conflicts, answers and attachments."""
    from central.erasure import erase as purge

    with acting() as desk:
        name = desk.stream(stream)
        files = purge(desk.connection, name, (kind, record.hex))
        if files is None:
            raise Told(tr("There is no such record."))
        desk.note("erase", by or getpass.getuser(), f"{kind} {record.hex}")
        _remove(desk, [(name, one) for one in files])
    tell(as_json, tr("Erased."), attachments=len(files))


@records_app.command(help=tr("Move a record to another station, with all that hangs on it."))
def move(
    source: Annotated[str, typer.Argument(metavar="FROM", help=tr("A station's code."))],
    target: Annotated[str, typer.Argument(metavar="TO", help=tr("A station's code."))],
    kind: str,
    record: UUID,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Move a record; both stations see it at their next exchange."""
    from central import moving
    from central.database import own_stream

    with acting() as desk, _store(desk) as store:
        streams = own_stream(desk.station(source)), own_stream(desk.station(target))
        if source == target:
            raise Told(tr("It lies at this station."))
        try:
            moved = moving.move(desk.connection, store, *streams, (kind, record.hex))
        except moving.Belongs as needed:
            raise Told(tr("It belongs to a {kind}: move that one.", kind=needed)) from None
        except moving.There:
            raise Told(tr("The other station has it already.")) from None
        except moving.Unsettled:
            raise Told(tr("Its station must settle a conflict about it first.")) from None
        except moving.Unsent:
            raise Told(tr("Not all of its pictures have come yet. Wait for the station.")) from None
        if moved is None:
            raise Told(tr("There is no such record."))
        desk.note("move", by or getpass.getuser(), f"{kind} {record.hex} {source} {target}")
        for name in moved.files:
            store.remove(streams[0], name)
    says = tr("{count} records moved.", count=len(moved.records))
    tell(as_json, says, records=len(moved.records))


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


@records_app.command(help=tr("Check digests, the journal and, if asked, every attachment."))
def verify(
    attachments: Annotated[
        bool, typer.Option("--attachments", help=tr("Read every attachment too."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Verify the centre; ends with 1 if something is wrong."""
    from central.journal import broken_link
    from central.upkeep import damaged_blobs, wrong_digests

    with acting() as desk:
        wrong = [tr("stream {name}", name=one) for one in wrong_digests(desk.connection)]
        link = broken_link(desk.connection)
        if link:
            wrong.append(tr("journal entry {seq}", seq=link))
        if attachments:
            with _store(desk) as store:
                bad = damaged_blobs(desk.connection, store)
            wrong += [tr("attachment {name} of {stream}", name=name, stream=stream)
                      for stream, name in bad]  # fmt: skip
    says = tr("Something is wrong:") if wrong else tr("All is as it should be.")
    tell(as_json, says, *wrong, ok=not wrong, wrong=wrong)
    if wrong:
        raise typer.Exit(1)


@contextmanager
def _store(desk: Desk) -> Iterator[BlobStore]:
    """Where the attachments lie."""
    from central.blobstore import store_of
    from central.keys import load_keys

    store = store_of(desk.settings, load_keys(desk.settings.home).rest)
    try:
        yield store
    finally:
        store.close()


def _remove(desk: Desk, files: list[tuple[str, str]]) -> None:
    """Remove files of attachments before the commit: if one cannot be, all can be done again."""
    if files:
        with _store(desk) as store:
            for stream, name in files:
                store.remove(stream, name)


def _field(text: str, model: type[Any]) -> tuple[str, Any]:
    """``name=value`` as it travels: text for text columns, else JSON."""
    from sqlalchemy import String, inspect

    name, is_given, value = text.partition("=")
    if not is_given:
        raise typer.BadParameter(tr("Write fields as name=value: {text}", text=text))
    column = inspect(model).columns.get(name)
    try:
        read = json.loads(value)
    except ValueError:
        return name, value
    is_text = column is not None and isinstance(column.type, String)
    return name, value if is_text and not isinstance(read, str | None) else read
