"""The import of a ledger of earlier years: its columns and its words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from station_app.domain.issue_words import rating_word
from station_app.domain.ledgers import Fate, LedgerDraft, LedgerImport, Said
from station_app.exchange.ledger import ledger_fields, ledger_file, read_ledger
from station_app.i18n import tr
from station_app.services import ledgers
from station_app.ui.imports.kind import Ended, ImportKind, Reading, Report, Understood, figures_of

if TYPE_CHECKING:
    from station_app.store import Tx

_MOST_NAMES = 12


def ledger_kind() -> ImportKind:
    """What an import of a ledger is, in the language in use."""
    return ImportKind(
        fields=ledger_fields(),
        columns=_columns(),
        read=read_ledger,
        act=_act,
        ended=_ended,
        name_of=lambda draft: str(draft.resident.name),
        drop=tr("Drop the old ledger here, or choose the file"),
        choose=tr("Choose the old ledger"),
        done=tr("To the reception days"),
        nothing_found=_nothing_found,
        accept=lambda n: tr("Import {n} rows", n=n),
        importing=lambda n: tr("Importing {n} rows …", n=n),
        summary=_summary,
    )


def said_word(said: Said) -> str:
    """What the ledger says became of a matter, in a word."""
    return {
        Said.NOTHING: tr("said|Not said"),
        Said.UNDER_WAY: tr("said|Under way"),
        Said.ANSWERED: tr("said|Answered on the spot"),
        Said.HANDED_ON: tr("said|Handed on"),
        Said.REPLIED: tr("said|Replied, not solved"),
        Said.SOLVED: tr("said|Solved"),
        Said.DECLINED: tr("said|Declined"),
    }[said]


def _summary(rows: int, skipped: int, unread: int) -> str:
    if not unread:
        return tr(
            "{rows} rows will be imported, {skipped} rows skipped", rows=rows, skipped=skipped
        )
    return tr(
        "{rows} rows will be imported, {skipped} rows skipped, {unread} cells unread",
        rows=rows,
        skipped=skipped,
        unread=unread,
    )


def _act(tx: Tx, path: Path, reading: Reading, report: Report) -> LedgerImport:
    file = ledger_file(path, reading.sheet)
    return ledgers.import_ledger(tx, file, reading.drafts, report=report)


def _nothing_found(reading: Reading) -> tuple[str, str]:
    labels = dict(ledger_fields())
    lacking = tr("levels|, ").join(labels[field] for field in reading.missing)
    title = tr("These columns were not found: {columns}", columns=lacking)
    return title, tr("Choose above the columns what they hold.")


def _ended(result: LedgerImport, reading: Reading) -> Ended:
    figures = (
        (tr("Visits added"), result.visits),
        (tr("Issues added"), result.issues),
        (tr("Days made"), result.days_made),
        (tr("Already here"), result.count(Fate.KNOWN) + result.count(Fate.PRESENT)),
        *figures_of(reading),
    )
    notes = {one.row_number: list(one.notes) for one in result.rows if one.notes}
    if result.batch_id is None:
        return Ended(tr("Nothing changed: all rows were here already."), "", figures, notes)
    said = [
        tr(
            "Residents: {made} new, {known} recognised. Not closed yet: {open} issues.",
            made=result.residents_made,
            known=result.residents_known,
            open=result.still_open,
        )
    ]
    if result.unstated:
        said.append(
            tr("{n} rows do not say how many came; each counts as one person.", n=result.unstated)
        )
    if result.strangers:
        names = tr("levels|, ").join(result.strangers[:_MOST_NAMES])
        more = tr(" and others") if len(result.strangers) > _MOST_NAMES else ""
        text = tr("Not among the deputies, kept in the notes: {names}", names=names + more)
        said.append(text)
    return Ended(tr("The ledger is imported."), "\n".join(said), figures, notes)


def _columns() -> tuple[Understood, ...]:
    def rating(one: LedgerDraft) -> str:
        return rating_word(one.rating) if one.rating else ""

    return (
        Understood(tr("ledger|Visitor"), lambda one: one.resident.name, 92),
        Understood(tr("ledger|Date"), lambda one: f"{one.held_on}", 104),
        Understood(tr("ledger|People"), lambda one: str(one.people or ""), 56),
        Understood(tr("ledger|Handling"), lambda one: said_word(one.said), 116),
        Understood(tr("ledger|Matter"), lambda one: " ".join(one.text.split()), 260),
        Understood(tr("ledger|Phone"), lambda one: one.resident.phone, 124),
        Understood(tr("ledger|Address"), lambda one: one.resident.address, 140),
        Understood(tr("ledger|Category"), lambda one: one.category, 84),
        Understood(tr("ledger|Receiving deputies"), lambda one: "、".join(one.deputies), 116),
        Understood(tr("ledger|Unit"), lambda one: one.unit, 110),
        Understood(tr("ledger|What the resident felt"), rating, 92),
        Understood(tr("ledger|Another judgement"), lambda one: one.opinion, 92),
        Understood(tr("ledger|Paper number"), lambda one: one.number, 110),
        Understood(tr("ledger|Serial number"), lambda one: one.serial, 64),
        Understood(tr("ledger|Remark"), lambda one: one.note, 160),
    )
