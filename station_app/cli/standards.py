"""What a station measures by, from the command line: dictionaries, deadlines, working days."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from station_app.cli.terminal import Account, AsJson, Folder, PasswordFile, reading, tell, writing
from station_app.domain.dictionaries import Dictionary
from station_app.errors import ExchangeFault
from station_app.i18n import tr

dictionary = typer.Typer(rich_markup_mode=None, help=tr("Categories, units, reasons, degrees."))
rules = typer.Typer(rich_markup_mode=None, help=tr("The deadlines, in versions."))
calendar = typer.Typer(rich_markup_mode=None, help=tr("Holidays and the days worked for them."))

Which = Annotated[Dictionary, typer.Argument(help=tr("Which dictionary."))]
Code = Annotated[str, typer.Argument(help=tr("The entry's code; it stays for ever."))]
Name = Annotated[str, typer.Argument(help=tr("What it is called."))]


@dictionary.command("list", help=tr("List the entries in their order, retired ones too."))
def list_entries(
    which: Which,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List one dictionary."""
    from station_app.services.dictionary_lists import dictionary_entries

    with reading(data_dir, account, password_file) as tx:
        entries = dictionary_entries(tx, which)
    rows = [
        {"code": one.id, "name": one.name, "parent": one.parent, "text": one.text,
         "retired": one.retired, "own": one.own}
        for one in entries
    ]  # fmt: skip
    lines = [f"{one.id}\t{one.name}{' ×' if one.retired else ''}" for one in entries]
    tell(as_json, tr("{n} entries", n=len(rows)), *lines, entries=rows)


@dictionary.command(help=tr("Add an entry under a new code."))
def add(
    which: Which,
    code: Code,
    name: Name,
    parent: Annotated[str, typer.Option(help=tr("The category above it."))] = "",
    text: Annotated[str, typer.Option(help=tr("Where to go instead, of a reason."))] = "",
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Add an entry."""
    from station_app.services.dictionary_acts import save_entry

    with writing(data_dir, account, password_file) as tx:
        save_entry(tx, which, code, name=name, new=True, parent=parent, text=text)
    tell(as_json, tr("Saved."), code=code, name=name)


@dictionary.command(help=tr("Call an entry otherwise; what bears it stays."))
def rename(
    which: Which,
    code: Code,
    name: Name,
    text: Annotated[str, typer.Option(help=tr("Where to go instead, of a reason."))] = "",
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Rename an entry."""
    from station_app.services.dictionary_acts import save_entry
    from station_app.services.dictionary_lists import dictionary_entries

    with writing(data_dir, account, password_file) as tx:
        known = {one.id: one.text for one in dictionary_entries(tx, which)}
        kept = text or known.get(code, "")
        save_entry(tx, which, code, name=name, new=False, text=kept)
    tell(as_json, tr("Saved."), code=code, name=name)


@dictionary.command(help=tr("Offer an entry no longer, or with --again once more."))
def retire(
    which: Which,
    code: Code,
    again: Annotated[bool, typer.Option("--again", help=tr("Offer it again."))] = False,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Retire an entry, or offer it again."""
    from station_app.services.dictionary_acts import retire_entry

    with writing(data_dir, account, password_file) as tx:
        retire_entry(tx, which, code, retired=not again)
    tell(as_json, tr("Saved."), code=code, retired=not again)


@dictionary.command(help=tr("Move an entry up (-1) or down (1) among its siblings."))
def move(
    which: Which,
    code: Code,
    by: Annotated[int, typer.Option(help=tr("How many places: -1 is up."))] = -1,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Move an entry."""
    from station_app.services.dictionary_lists import put_in_order

    with writing(data_dir, account, password_file) as tx:
        put_in_order(tx, which, code, by=by)
    tell(as_json, tr("Saved."), code=code)


@rules.command("list", help=tr("List the versions, and say the one in force in words."))
def list_rules(
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List the rule sets."""
    from station_app.domain.rule_words import body_of, rule_lines, span_word
    from station_app.services.rules import rule_sets, rules_today

    with reading(data_dir, account, password_file) as tx:
        known = rule_sets(tx)
        current = rules_today(tx, known)
    heads = [f"{one.code}\t{one.name}\t{one.valid_from}" for one in known.values()]
    lines = [f"  {span_word(name)}: {words}" for name, words in rule_lines(current)]
    tell(
        as_json,
        tr("In force: {name} ({code})", name=current.name, code=current.code),
        *lines,
        *heads,
        current=current.code,
        versions=[body_of(one) for one in known.values()],
    )


@rules.command("add", help=tr("Add a version out of a JSON file; older issues keep theirs."))
def add_rules(
    file: Annotated[Path, typer.Argument(help=tr("The JSON file, as “rules list --json” shows."))],
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Add a rule set."""
    from station_app.domain.rule_words import rule_changes, span_word
    from station_app.services.rules import add_rule_set, rules_today

    body = _json(file)
    with writing(data_dir, account, password_file) as tx:
        before = rules_today(tx)
        made = add_rule_set(tx, body)
    changes = rule_changes(before, made)
    lines = [f"  {span_word(name)}: {old} → {new}" for name, old, new in changes]
    tell(
        as_json,
        tr("The new version counts from {date} on.", date=f"{made.valid_from}"),
        *lines,
        code=made.code,
        changes=[{"rule": name, "before": old, "after": new} for name, old, new in changes],
    )


@calendar.command(help=tr("Show the holidays of a year."))
def show(
    year: Annotated[int, typer.Argument(help=tr("The year: 2027."))],
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Show one year."""
    from station_app.domain.working_days import holidays_of
    from station_app.services.rules import work_calendar

    with reading(data_dir, account, password_file) as tx:
        known = work_calendar(tx)
    found = holidays_of(known, year)
    lines = [
        f"{one.name}\t{one.first} – {one.last}\t{' '.join(map(str, one.worked))}".rstrip()
        for one in found
    ]
    is_known = year in known.years
    said = tr("{n} holidays", n=len(found)) if is_known else tr(
        "The holidays of {year} are not known yet.", year=year
    )  # fmt: skip
    rows = [
        {"name": one.name, "from": str(one.first), "to": str(one.last),
         "worked": [str(day) for day in one.worked]}
        for one in found
    ]  # fmt: skip
    tell(as_json, said, *lines, year=year, known=is_known, holidays=rows)


@calendar.command("import", help=tr("Take in the table of a year (.xlsx or .csv)."))
def import_year(
    file: Annotated[
        Path, typer.Argument(help=tr("Columns: date, kind, name; or name, from, to, worked."))
    ],
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Import a year's holidays."""
    from station_app.exchange.holidays import read_holidays
    from station_app.services.rules import import_calendar

    days = read_holidays(file)
    with writing(data_dir, account, password_file) as tx:
        changed = import_calendar(tx, days)
    tell(as_json, tr("{n} days, {changed} of them new or changed.", n=len(days), changed=changed),
         days=len(days), changed=changed)  # fmt: skip


@calendar.command("set", help=tr("Say of one day whether people work on it."))
def set_day(
    day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help=tr("2027-10-01"))],
    working: Annotated[bool, typer.Option("--working/--off", help=tr("Worked, or off."))],
    name: Annotated[str, typer.Option(help=tr("The holiday's name."))] = "",
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Change one day."""
    from station_app.services.rules import import_calendar

    with writing(data_dir, account, password_file) as tx:
        import_calendar(tx, [(day.date(), working, name)])
    tell(as_json, tr("Saved."), day=f"{day:%Y-%m-%d}", working=working)


def _json(file: Path) -> dict[str, Any]:
    wrong = tr("This file cannot be read as JSON: {name}", name=file.name)
    try:
        body = json.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise ExchangeFault(wrong) from error
    if not isinstance(body, dict):
        raise ExchangeFault(wrong)
    return body
