"""Imports from the command line: a roster, a ledger of earlier years; and taking one back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from station_app.cli.terminal import (
    Account,
    AsJson,
    Folder,
    PasswordFile,
    opened,
    reading,
    tell,
    writing,
)
from station_app.errors import ExchangeFault, NotFound
from station_app.i18n import tr

if TYPE_CHECKING:
    from station_app.domain.ledgers import LedgerImport
    from station_app.exchange.reading import ListReading
    from station_app.wiring import OpenStation

imports = typer.Typer(rich_markup_mode=None)
File = Annotated[Path, typer.Argument(help=tr("A spreadsheet: xlsx, xls, ods or csv."))]
Problems = Annotated[
    Path | None, typer.Option(help=tr("Write what could not be read to this .xlsx file."))
]


@imports.command("deputies", help=tr("Read a roster of deputies; what cannot be read is listed."))
def import_roster(
    file: File,
    problems: Problems = None,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Import a roster as its columns are understood, without asking."""
    from station_app.exchange.problem_list import write_problems
    from station_app.exchange.roster import read_roster
    from station_app.services.deputies import import_deputies

    with opened(data_dir, account, password_file) as station:
        reading = read_roster(file, today=_today(station))
        if not reading.understood:
            raise ExchangeFault(tr("No column of names was found in this file."))
        with station.store.write(station.actor) as tx:
            done = import_deputies(tx, reading.drafts)
    if problems is not None:
        write_problems(reading, problems)
    rows = _reasons(reading)
    tell(
        as_json,
        tr(
            "Added {added}, completed {changed}, already there {unchanged}.",
            added=len(done.added),
            changed=len(done.changed),
            unchanged=done.unchanged,
        ),
        *(tr("Row {row}: {reason}", row=row, reason=why) for row, why in rows.items()),
        added=len(done.added),
        changed=len(done.changed),
        unchanged=done.unchanged,
        rows=rows,
    )


@imports.command("ledger", help=tr("Read a ledger of earlier years; every row is accounted for."))
def import_old_ledger(
    file: File,
    problems: Problems = None,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Import a ledger as its columns are understood, without asking."""
    from station_app.exchange.ledger import ledger_fields, ledger_file, read_ledger
    from station_app.exchange.problem_list import write_problems
    from station_app.services.ledgers import import_ledger

    with opened(data_dir, account, password_file) as station:
        reading = read_ledger(file, today=_today(station))
        if not reading.understood:
            labels = dict(ledger_fields())
            lacking = tr("levels|, ").join(labels[field] for field in reading.missing)
            raise ExchangeFault(tr("These columns were not found: {columns}", columns=lacking))
        known = ledger_file(file, reading.sheet)
        with station.store.write(station.actor) as tx:
            done = import_ledger(tx, known, reading.drafts)
    if problems is not None:
        write_problems(reading, problems)
    _tell_ledger(as_json, done, _reasons(reading))


@imports.command("list", help=tr("List the ledgers that were imported."))
def list_ledgers(
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List the imports, the latest first, with the id that ``import undo`` asks for."""
    from station_app.services.ledger_undo import list_imports

    with reading(data_dir, account, password_file) as tx:
        found = list_imports(tx)
    lines = [
        tr(
            "{id}  {when}  {file}: {visits} visits, {issues} issues{undone}",
            id=one.id.hex,
            when=f"{one.imported_at:%Y-%m-%d}",
            file=one.file,
            visits=one.visits,
            issues=one.issues,
            undone=tr(" (taken back)") if one.undone_at else "",
        )
        for one in found
    ]
    facts = [
        {
            "id": one.id.hex,
            "file": one.file,
            "imported_at": one.imported_at.isoformat(),
            "visits": one.visits,
            "issues": one.issues,
            "undone": one.undone_at is not None,
        }
        for one in found
    ]
    tell(as_json, tr("Ledgers imported: {n}", n=len(found)), *lines, imports=facts)


@imports.command("undo", help=tr("Take an import back; “import list” tells its id."))
def undo_ledger(
    batch: Annotated[str, typer.Argument(help=tr("The id of the import."))],
    keep: Annotated[
        bool, typer.Option(help=tr("Keep rows that people have worked on, take back the others."))
    ] = False,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Take an import back; rows that people have worked on are told with their reasons."""
    from station_app.services.ledger_undo import undo_import

    try:
        batch_id = UUID(batch)
    except ValueError:
        raise NotFound(tr("This import is no longer there.")) from None
    with writing(data_dir, account, password_file) as tx:
        done = undo_import(tx, batch_id, keep_worked_on=keep)
    rows = [tr("Row {row}: {reason}", row=row, reason=why) for row, why in done.kept.items()]
    sentence = tr("{n} rows were taken back.", n=done.taken_back)
    tell(as_json, sentence, *rows, taken_back=done.taken_back, kept=done.kept)


def _tell_ledger(as_json: bool, done: LedgerImport, unread: dict[int, str]) -> None:
    from station_app.domain.ledgers import Fate

    rows = dict(unread)
    for one in done.rows:
        if one.notes:
            rows[one.row_number] = " ".join(filter(None, (rows.get(one.row_number), *one.notes)))
    facts: dict[str, Any] = {fate.value: done.count(fate) for fate in Fate}
    for name in ("visits", "issues", "still_open", "days_made", "residents_made"):
        facts[name] = getattr(done, name)
    facts |= {"residents_known": done.residents_known, "unstated": done.unstated}
    facts["batch"] = None if done.batch_id is None else done.batch_id.hex
    tell(
        as_json,
        tr(
            "Visits {visits}, issues {issues}, days made {days}; known before {known}, "
            "already registered {present}, refused {refused}.",
            visits=done.visits,
            issues=done.issues,
            days=done.days_made,
            known=facts["known"],
            present=facts["present"],
            refused=facts["refused"],
        ),
        *(tr("Row {row}: {reason}", row=row, reason=why) for row, why in sorted(rows.items())),
        rows=rows,
        strangers=list(done.strangers),
        **facts,
    )


def _reasons(reading: ListReading[Any]) -> dict[int, str]:
    """Why a row, or some of its cells, could not be taken, by its number; not of blank rows."""
    found = {}
    for entry in reading.entries:
        said = entry.skipped_reason or " ".join(one.reason for one in entry.problems)
        if said and any(entry.cells):
            found[entry.row_number] = said
    return found


def _today(station: OpenStation) -> date:
    with station.store.read(station.actor) as tx:
        return tx.today
