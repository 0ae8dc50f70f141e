"""The command ``sync``: join a centre, exchange once, tell the state, hand in by USB stick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from station_app.cli.terminal import (
    Account,
    AsJson,
    Folder,
    PasswordFile,
    opened,
    reading,
    tell,
    written,
)
from station_app.domain.sync import clock_words, status_words
from station_app.errors import ExchangeFault
from station_app.i18n import tr

sync = typer.Typer(rich_markup_mode=None, help=tr("Exchange records with the centre."))
bundle = typer.Typer(rich_markup_mode=None)
sync.add_typer(bundle, name="bundle", help=tr("Hand in by USB stick, without a network."))

File = Annotated[Path, typer.Argument(help=tr("The file on the USB stick."))]


@sync.command(help=tr("Join a centre with a one-time code."))
def join(
    url: Annotated[str, typer.Argument(help=tr("The centre's address: https://…"))],
    code: Annotated[str, typer.Argument(help=tr("The one-time code from the centre."))],
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Join; only the head may."""
    from station_app.sync.enrolment import join as join_centre

    with opened(data_dir, account, password_file) as station:
        letter = join_centre(station.store, station.actor, url, code)
    tell(as_json, tr("Joined. This is computer {letter}.", letter=letter), letter=letter)


@sync.command(help=tr("Hand everything in and fetch what is new, once."))
def once(
    check: Annotated[
        bool, typer.Option(help=tr("Compare both sides even if that is not due."))
    ] = False,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """One exchange over the network."""
    from station_app.sync.once import sync_once

    with opened(data_dir, account, password_file) as station:
        report = sync_once(station.store, check=check)
    tell(
        as_json,
        tr("Handed in {sent}, received {written}.", sent=report.sent, written=report.written),
        *_matters(report.refused, report.conflicts, report.held),
        sent=report.sent,
        written=report.written,
        removed=report.removed,
        refused=report.refused,
        conflicts=report.conflicts,
        held=report.held,
        repaired=report.repaired,
    )


@sync.command(help=tr("Tell whether everything is handed in."))
def status(
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """The state of the exchange."""
    from station_app.services.sync_state import status as state

    with reading(data_dir, account, password_file) as tx:
        now, today = state(tx), tx.today
    exchanged = now.last_exchange_at
    tell(
        as_json,
        status_words(now, today),
        *filter(None, [clock_words(now), *_matters(now.refused, now.conflicts, now.held)]),
        joined=now.joined,
        letter=now.letter,
        pending=now.pending,
        since=now.since.isoformat() if now.since else None,
        last_exchange_at=exchanged.isoformat() if exchanged else None,
        problem=now.problem,
        clock_off=now.clock_off,
        refused=now.refused,
        conflicts=now.conflicts,
        held=now.held,
        unknown=now.unknown,
    )


@bundle.command("out", help=tr("Write what waits to be handed in to a file for the centre."))
def bundle_out(
    file: File,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Only the centre can open the file."""
    from station_app.sync.bundle import bundle_out as make

    with opened(data_dir, account, password_file) as station:
        made = make(station.store)
    written(file, made.file)
    sentence = tr("{n} changes written to {path}", n=made.changes, path=file)
    tell(as_json, sentence, changes=made.changes, path=str(file), bytes=len(made.file))


@bundle.command("in", help=tr("Take the centre's answer in."))
def bundle_in(
    file: File,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Taken in twice it changes nothing."""
    from station_app.sync.bundle import bundle_in as take

    try:
        answer = file.read_bytes()
    except OSError as error:
        raise ExchangeFault(tr("The file cannot be read: {name}", name=file.name)) from error
    with opened(data_dir, account, password_file) as station:
        report = take(station.store, answer)
    tell(
        as_json,
        tr("Handed in {sent}, received {written}.", sent=report.sent, written=report.written),
        *_matters(report.refused, report.conflicts, report.held),
        *filter(None, [report.what_waits()]),
        sent=report.sent,
        written=report.written,
        refused=report.refused,
        conflicts=report.conflicts,
        held=report.held,
        waiting=report.waiting,
    )


def _matters(refused: int, conflicts: int, held: int) -> list[str]:
    """What a person should look at."""
    said = []
    if refused:
        said.append(tr("Not accepted by the centre: {n}", n=refused))
    if conflicts:
        said.append(tr("Written twice, please choose: {n}", n=conflicts))
    if held:
        said.append(tr("Records that would be removed and wait for a yes: {n}", n=held))
    return said
