"""Figures and reports from the command line: of a period, or of a campaign's tag."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from station_app.cli.terminal import (
    Account,
    AsJson,
    Folder,
    PasswordFile,
    reading,
    tell,
    writing,
    written,
)
from station_app.errors import NotFound
from station_app.i18n import tr

if TYPE_CHECKING:
    from station_app.domain.periods import Period
    from station_app.store import Tx

_DAY = "%Y-%m-%d"
_First = Annotated[
    datetime | None,
    typer.Option("--from", formats=[_DAY], help=tr("The period's first day: 2026-01-01.")),
]
_Last = Annotated[
    datetime | None,
    typer.Option("--until", formats=[_DAY], help=tr("The period's last day: 2026-12-31.")),
]
_Campaign = Annotated[str, typer.Option(help=tr("Only the reception days of this tag."))]


def figures(
    first: _First = None,
    last: _Last = None,
    campaign: _Campaign = "",
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Tell every figure of a period, each with what it rests on; without days, of this year."""
    from station_app.domain.figure_words import basis_words, figure_unit, figure_word, value_words
    from station_app.domain.periods import period_word
    from station_app.domain.reports import report_data
    from station_app.services.reports import make_report

    with reading(data_dir, account, password_file) as tx:
        report = make_report(tx, _period(tx, first, last, campaign))
    lines = []
    for one in report.figures:
        said = f"{figure_word(one.figure)}\t{value_words(one.figure, one.now)}"
        more = basis_words(one.figure, one.now) or figure_unit(one.figure)
        lines.append(f"{said}\t{more}")
    tell(as_json, period_word(report.period), *lines, **report_data(report))


def report(
    out: Annotated[Path, typer.Option(help=tr("The file to write: .pdf, .docx or .xlsx."))],
    first: _First = None,
    last: _Last = None,
    campaign: _Campaign = "",
    freeze: Annotated[bool, typer.Option(help=tr("Keep the figures for good."))] = False,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Write the report of a period; that it left the program is logged."""
    from db.vocabulary import Op
    from station_app.exchange.report_files import write_report
    from station_app.services.reports import freeze_report, make_report
    from station_app.services.station import get_station

    ending = out.suffix.lower()
    if ending not in (".pdf", ".docx", ".xlsx"):
        raise typer.BadParameter(tr("The file to write: .pdf, .docx or .xlsx."))
    with writing(data_dir, account, password_file) as tx:
        made = make_report(tx, _period(tx, first, last, campaign))
        kept = freeze_report(tx, made) if freeze else None
        op = Op.PRINT if ending == ".pdf" else Op.EXPORT
        tx.note(op, "station", None, why=f"report,{ending[1:]}")
        of, today = get_station(tx), tx.today
    if ending != ".pdf":
        write_report(made, out, snapshot=kept)
    else:
        from station_app.printing.forms.report import report_form

        written(out, report_form(made, of, printed_on=today, snapshot=kept))
    frozen = None if kept is None else str(kept.id)
    tell(as_json, tr("Written: {path}", path=out), path=str(out), frozen=frozen)


def _period(tx: Tx, first: datetime | None, last: datetime | None, campaign: str) -> Period:
    """The period that is asked for; known ones get their names. Raises NotFound for a tag."""
    from station_app.domain.periods import Period, PeriodKind, period_around
    from station_app.services.campaigns import campaign_period, campaigns

    if campaign:
        known = {name: (begins, ends) for name, begins, ends in campaigns(tx)}
        if campaign not in known:
            raise NotFound(tr("No reception day has the tag {name}.", name=campaign))
        begins, ends = known[campaign]
        return campaign_period(campaign, begins, ends, tx.today)
    year = period_around(PeriodKind.YEAR, tx.today)
    begins = first.date() if first is not None else year.first
    ends = last.date() if last is not None else max(begins, year.last)
    if ends < begins:
        raise typer.BadParameter(tr("The period ends before it begins."))
    whole = (period_around(kind, begins) for kind in PeriodKind)
    found = (one for one in whole if (one.first, one.last) == (begins, ends))
    return next(found, Period(begins, ends))
