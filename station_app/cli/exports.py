"""Exports from the command line: any list, or the ledger of a day or a period, as .xlsx."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from station_app.cli.terminal import Account, AsJson, Folder, PasswordFile, opened, tell
from station_app.domain.exports import Exported, Purpose
from station_app.domain.lists import Listing
from station_app.i18n import tr

_DAY = "%Y-%m-%d"
#: The order of each list.
_SORTS = {
    Exported.ISSUES: Listing("registered_at", descending=True),
    Exported.RESIDENTS: Listing("name"),
    Exported.DEPUTIES: Listing("name"),
    Exported.DAYS: Listing("held_on", descending=True),
    Exported.LEDGER: Listing(""),
}


def export(
    what: Annotated[Exported, typer.Argument(help=tr("Which list, or the ledger."))],
    out: Annotated[Path, typer.Option(help=tr("The .xlsx file to write."))],
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=[_DAY], help=tr("The ledger's first day: 2026-01-01.")),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--to", formats=[_DAY], help=tr("The ledger's last day: 2026-12-31.")),
    ] = None,
    phones: Annotated[
        Purpose | None,
        typer.Option(help=tr("Whole phone numbers, and what for; the log keeps it.")),
    ] = None,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Write one list as a spreadsheet; that it was exported is logged."""
    from station_app.exchange.office_lists import Wanted, write_list
    from station_app.services.exports import log_export

    wanted = Wanted(
        what,
        _SORTS[what],
        first.date() if first else date.min,
        last.date() if last else date.max,
        phones=phones is not None,
    )
    with opened(data_dir, account, password_file) as station:
        with station.store.write(station.actor) as tx:
            log_export(tx, what, purpose=phones)
        with station.store.read(station.actor) as tx:
            rows = write_list(tx, wanted, out)
    tell(as_json, tr("Written: {path}", path=out), path=str(out), rows=rows)
