"""The commands: set up, import, print, verify, back up, restore, demo."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from db.vocabulary import Role, StationKind
from station_app import __version__
from station_app.cli.cards import card
from station_app.cli.exports import export
from station_app.cli.figures import figures, report
from station_app.cli.imports import imports
from station_app.cli.prints import ALL, Paper, all_into, made
from station_app.cli.standards import calendar, dictionary, rules
from station_app.cli.sync import sync
from station_app.cli.terminal import (
    Account,
    AsJson,
    Folder,
    Misfortunes,
    PasswordFile,
    data_in,
    opened,
    password,
    slot_of,
    tell,
    written,
)
from station_app.config import DataDir
from station_app.domain.words import paper
from station_app.i18n import Language, tr, use

app = typer.Typer(
    cls=Misfortunes,
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,  # a traceback with variables would show personal data
    rich_markup_mode=None,
)
app.add_typer(imports, name="import", help=tr("Read records from a spreadsheet."))
app.add_typer(sync, name="sync")
app.add_typer(dictionary, name="dictionary")
app.add_typer(rules, name="rules")
app.add_typer(calendar, name="calendar")
app.add_typer(card, name="card")
app.command("export", help=tr("Write a list or a ledger as a spreadsheet."))(export)
app.command("figures", help=tr("Tell the figures of a period or a campaign."))(figures)
app.command("report", help=tr("Write a report: PDF, document or spreadsheet."))(report)


@app.callback()
def start(
    ctx: typer.Context,
    data_dir: Folder = None,
    language: Annotated[Language, typer.Option(help=tr("zh or en."))] = Language.CHINESE,
    version: Annotated[bool, typer.Option("--version", help=tr("Tell the version."))] = False,
) -> None:
    """Open the window, or run a command without one."""
    use(language)
    if data_dir is not None:
        os.environ["STATION_DATA_DIR"] = str(data_dir)
    if version:
        typer.echo(__version__)
    elif ctx.invoked_subcommand is None:
        from station_app.ui.app import run

        raise typer.Exit(run(data_in(None)))


@app.command(help=tr("Make a new station; prints the recovery key, once."))
def setup(
    name: Annotated[str, typer.Option(help=tr("The station's name."))],
    code: Annotated[str, typer.Option(help=tr("2 to 8 capital letters or digits, such as KY."))],
    head: Annotated[str, typer.Option(help=tr("The name of the head of the station."))],
    term: Annotated[str, typer.Option(help=tr("The word your place uses."))] = paper(
        "Deputies' liaison station"
    ),
    kind: StationKind = StationKind.STATION,
    region: str = "",
    address: str = "",
    hours: str = "",
    phone: str = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Make a new station with its head's account."""
    from station_app import wiring
    from station_app.domain.accounts import AccountDraft
    from station_app.domain.station import StationDraft

    data = data_in(data_dir)
    draft = StationDraft(name, code, kind, term, region, address, hours, phone)
    typed = password(password_file, twice=True)
    key = wiring.set_up(data, draft, AccountDraft(head, Role.HEAD), typed)
    sentence = tr("The station is ready. Keep this recovery key on paper: {key}", key=key)
    tell(as_json, sentence, recovery_key=key, folder=str(data.root))


@app.command("print", help=tr("Make the PDF of a form, or one of every form with “all”."))
def print_form(
    form: Paper,
    out: Annotated[Path, typer.Option(help=tr("The PDF file to write; for “all” the folder."))],
    what: Annotated[str, typer.Argument(help=tr("A number, or a day, month or year."))] = "",
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Make one PDF, or one of each; that it was printed is logged."""
    with opened(data_dir, account, password_file) as station:
        if form.value == ALL:
            names = all_into(station, out)
            tell(as_json, tr("Written: {path}", path=out), *names, path=str(out), files=names)
            return
        pdf = made(station, form.value, what)
    written(out, pdf)
    tell(as_json, tr("Written: {path}", path=out), path=str(out), bytes=len(pdf))


@app.command(help=tr("Look through the whole file: pages, references, log, search."))
def verify(
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Verify the station's file; exit code 1 if anything is wrong."""
    from station_app.store import verify as look

    with opened(data_dir, account, password_file) as station:
        wrong = look.verify(station.store, station.actor).sentences()
    sentence = tr("Everything is in order.") if not wrong else tr("Something is wrong:")
    tell(as_json, sentence, *wrong, ok=not wrong, wrong=list(wrong))
    if wrong:
        raise typer.Exit(1)


@app.command(help=tr("Make a checked copy of the station now."))
def backup(
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Back up the open file; others may go on working."""
    from station_app.store.backup import backup_now

    with opened(data_dir, account, password_file) as station:
        path = backup_now(station.store)
    tell(as_json, tr("Backed up and checked: {path}", path=path), path=str(path))


@app.command(help=tr("Put a backup in the place of the station's file; the old file is kept."))
def restore(
    file: Annotated[Path, typer.Argument(help=tr("The backup: station-….db"))],
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Restore a backup; on a new computer the accounts come from the backup too."""
    from station_app.store import keys
    from station_app.store.backup import restore as put_back

    data = data_in(data_dir)
    with tempfile.TemporaryDirectory() as aside:
        known = data if data.keys.exists() else DataDir(Path(aside))
        if known is not data and file.with_suffix(".keys").exists():
            shutil.copyfile(file.with_suffix(".keys"), known.keys)
        slot = slot_of(known, account)
        key = keys.unlock(known, slot.id, password(password_file))
        if known is not data:
            data.root.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(known.keys, data.keys)
    replaced = put_back(data, file, key)
    kept = str(replaced) if replaced.exists() else None  # on a new computer there was nothing
    tell(as_json, tr("Restored from {path}", path=file), path=str(file), replaced=kept)


@app.command(help=tr("Open a throw-away station with a year of invented records."))
def demo(
    window: Annotated[bool, typer.Option(help=tr("Open it, or only make it."))] = True,
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Open it in a folder that is thrown away, or make it in ``--data-dir`` to stay."""
    if data_dir is None and not window:
        raise typer.BadParameter(tr("Say with --data-dir where to make it."))
    if data_dir is not None:
        from station_app.demo.build import DEMO_PASSWORD, build_demo

        build_demo(data_dir).close()
        sentence = tr("The demo station's password is {password}", password=DEMO_PASSWORD)
        tell(as_json, sentence, folder=str(data_dir), password=DEMO_PASSWORD)
    if window:
        from station_app.ui.app import run

        raise typer.Exit(run(data_in(data_dir), demo=data_dir is None))
