"""The import of a roster of deputies: its columns and its words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db.vocabulary import Level
from station_app.domain.deputies import RosterImport
from station_app.domain.words import gender_word, level_word
from station_app.exchange.roster import read_roster, roster_fields
from station_app.i18n import tr
from station_app.services import deputies
from station_app.ui.imports.kind import Ended, ImportKind, Reading, Report, Understood, figures_of

if TYPE_CHECKING:
    from station_app.store import Tx


def roster_kind() -> ImportKind:
    """What an import of a roster is, in the language in use."""
    return ImportKind(
        fields=roster_fields(),
        columns=_columns(),
        read=read_roster,
        act=_act,
        ended=_ended,
        name_of=lambda draft: str(draft.name),
        drop=tr("Drop the roster here, or choose the file"),
        choose=tr("Choose the roster"),
        done=tr("To the deputies"),
        nothing_found=lambda _reading: (
            tr("No column of names was found"),
            tr("Choose above the columns which one holds the names."),
        ),
        accept=lambda n: tr("Import {n} people", n=n),
        importing=lambda n: tr("Importing {n} people …", n=n),
        summary=_summary,
    )


def _summary(people: int, skipped: int, unread: int) -> str:
    if not unread:
        return tr(
            "{people} people will be imported, {skipped} rows skipped",
            people=people,
            skipped=skipped,
        )
    return tr(
        "{people} people will be imported, {skipped} rows skipped, {unread} cells unread",
        people=people,
        skipped=skipped,
        unread=unread,
    )


def _act(tx: Tx, _path: Path, reading: Reading, _report: Report) -> RosterImport:
    return deputies.import_deputies(tx, reading.drafts)


def _ended(result: RosterImport, reading: Reading) -> Ended:
    figures = (
        (tr("Added"), len(result.added)),
        (tr("Changed"), len(result.changed)),
        (tr("Unchanged"), result.unchanged),
        *figures_of(reading),
    )
    if not result.added and not result.changed:
        return Ended(tr("Nothing changed: all were registered already."), "", figures)
    names = result.changed[:20]
    more = tr(" and others") if len(result.changed) > len(names) else ""
    said = tr("levels|, ").join(names) + more
    words = tr("Completed: {names}", names=said) if names else ""
    return Ended(tr("The roster is imported."), words, figures)


def _tick(level: Level) -> Understood:
    return Understood(level_word(level), lambda one: "✓" if level in one.levels else "", 52)


def _columns() -> tuple[Understood, ...]:
    return (
        Understood(tr("Name"), lambda one: one.name, 116),
        *(_tick(level) for level in Level),
        Understood(tr("Born"), lambda one: one.born_on, 92),
        Understood(tr("Phone"), lambda one: one.phone, 124),
        Understood(tr("Other phone"), lambda one: one.other_phone, 124),
        Understood(tr("Gender"), lambda one: gender_word(one.gender), 56),
        Understood(tr("Ethnicity"), lambda one: one.ethnicity, 76),
        Understood(tr("Deputy group"), lambda one: one.deputy_group, 96),
        Understood(tr("Electoral unit"), lambda one: one.electoral_unit, 124),
        Understood(tr("Work unit and position"), lambda one: one.position, 220),
        Understood(tr("Professional group"), lambda one: one.professional_group, 110),
        Understood(tr("Note"), lambda one: one.note, 160),
    )
