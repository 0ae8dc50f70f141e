"""The command ``card``: duty cards issued, made void, listed, verified and printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from station_app.domain.duty_cards import CardRecord, Standing
from station_app.errors import ExchangeFault, NotFound
from station_app.i18n import tr
from station_app.printing.cards.shapes import Shape

if TYPE_CHECKING:
    from station_app.domain.deputies import DeputyRecord
    from station_app.store import Tx

card = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help=tr("Duty cards."))


@card.command(help=tr("Issue cards to deputies by name, or to all who serve."))
def issue(
    names: Annotated[list[str] | None, typer.Argument(help=tr("Names of deputies."))] = None,
    all_: Annotated[bool, typer.Option("--all", help=tr("All who serve."))] = False,
    until: Annotated[str, typer.Option(help=tr("The last valid day: 2026-12-31."))] = "",
    day: Annotated[str, typer.Option(help=tr("A day card for this day instead."))] = "",
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Issue cards, all or none."""
    from db.vocabulary import CardKind
    from station_app.domain.duty_cards import CardDraft, usual_end
    from station_app.services.duty_cards import issue_cards

    last, on = _day(until), _day(day)
    if not (names or all_):
        raise typer.BadParameter(tr("Name deputies, or say --all."))
    with writing(data_dir, account, password_file) as tx:
        kind = CardKind.TERM if on is None else CardKind.DAY
        first, end = (on, on) if on else (tx.today, last or usual_end(tx.today))
        drafts = [CardDraft(kind, one.id, first, end) for one in _deputies(tx, names, all_)]
        made = issue_cards(tx, drafts)
    lines = [f"{one.number}\t{one.name}" for one in made]
    tell(as_json, tr("Cards issued: {n}", n=len(made)), *lines, cards=[_facts(one) for one in made])


@card.command(help=tr("Make a card void."))
def void(
    number: Annotated[str, typer.Argument(help=tr("The number on the card."))],
    reason: Annotated[str, typer.Option(help=tr("Why."))],
    reissue: Annotated[bool, typer.Option(help=tr("Issue another one in its place."))] = False,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Make void, and issue another one if asked."""
    from station_app.services.duty_cards import reissue_card, void_card

    with writing(data_dir, account, password_file) as tx:
        (found,) = _cards(tx, [number])
        act = reissue_card if reissue else void_card
        made = act(tx, found.id, reason=reason)
    said = tr("Issued in its place: {number}", number=made.number)
    tell(as_json, tr("{number} is void.", number=number), *([said] if reissue else []),
         card=_facts(made))  # fmt: skip


@card.command("list", help=tr("List the register of cards."))
def register(
    standing: Annotated[
        Standing | None, typer.Option(help=tr("valid, not_yet, expired or void."))
    ] = None,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List cards, the newest first."""
    from station_app.domain.card_words import standing_word
    from station_app.domain.duty_cards import standing as stands

    with reading(data_dir, account, password_file) as tx:
        found = _register(tx, standing)
        today = tx.today
    lines = [
        "\t".join((one.number, one.name or "-", f"{one.valid_from}–{one.valid_to}",
                   standing_word(stands(one.state, one.valid_from, one.valid_to, today))))
        for one in found
    ]  # fmt: skip
    tell(as_json, "\n".join(lines) or tr("No cards yet."), cards=[_facts(one) for one in found])


@card.command(help=tr("Verify a card: its text, or a picture or PDF of it."))
def verify(
    scanned: Annotated[str, typer.Argument(help=tr("The text of the code, or a file."))],
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Verify offline; exit code 1 unless the card is good here or elsewhere."""
    from station_app.domain.card_words import proof_words, verdict_words
    from station_app.domain.duty_cards import Verdict
    from station_app.services.card_checks import verify_card

    text = _scanned(scanned)
    with reading(data_dir, account, password_file) as tx:
        found = verify_card(tx, text)
    said = verdict_words(found)
    good = found.verdict in (Verdict.GOOD, Verdict.ELSEWHERE)
    lines = [one for one in (said.detail, proof_words(found)) if one]
    tell(as_json, said.headline, *lines, ok=good, verdict=found.verdict.value,
         number=found.number, name=found.name, station=found.station,
         valid_from=_iso(found.valid_from), valid_to=_iso(found.valid_to))  # fmt: skip
    if not good:
        raise typer.Exit(1)


@card.command("print", help=tr("Make the PDF of cards; without numbers of all that are valid."))
def print_cards(
    out: Annotated[Path, typer.Option(help=tr("The PDF file to write."))],
    numbers: Annotated[list[str] | None, typer.Argument(help=tr("Numbers of cards."))] = None,
    shape: Annotated[
        Shape, typer.Option("--as", help=tr("What they are printed as."))
    ] = Shape.CARD,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Make one PDF; that it was printed is logged."""
    from station_app.printing.cards.gathering import board_print, cards_print

    with writing(data_dir, account, password_file) as tx:
        if shape is Shape.BOARD:
            _, make = board_print(tx)
        else:
            found = _cards(tx, numbers) if numbers else _register(tx, Standing.VALID)
            _, make = cards_print(tx, found, shape)
    pdf = make()
    written(out, pdf)
    tell(as_json, tr("Written: {path}", path=out), path=str(out), bytes=len(pdf))


@card.command(help=tr("Tell or set the address that cards lead a resident's phone to."))
def address(
    url: Annotated[str | None, typer.Argument(help=tr("Such as https://lz.example.gov.cn"))] = None,
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """The address; codes printed from now on carry it."""
    from station_app.services.duty_cards import card_address, set_card_address

    with writing(data_dir, account, password_file) as tx:
        if url is not None:
            set_card_address(tx, url)
        kept = card_address(tx)
    tell(as_json, kept or tr("No address is set."), address=kept)


@card.command(help=tr("The clock ran ahead and was set right: judge cards by it again."))
def clock(
    account: Account = "",
    password_file: PasswordFile = "",
    data_dir: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Forget a day that only a wrong clock has seen; only the head may."""
    from station_app.services.latest_time import forget_time

    with writing(data_dir, account, password_file) as tx:
        forget_time(tx)
        today = tx.today
    tell(as_json, tr("Cards are judged by {day}.", day=today), today=today.isoformat())


def _deputies(tx: Tx, names: list[str] | None, everybody: bool) -> list[DeputyRecord]:
    from station_app.domain.lists import Listing
    from station_app.services.deputies import list_deputies

    found: list[DeputyRecord] = []
    at = None
    while True:
        page = list_deputies(tx, Listing("name"), at=at)
        found += page.rows
        at = page.after
        if at is None:
            break
    if everybody:
        return found
    chosen = []
    for name in names or ():
        known = [one for one in found if one.name == name]
        if len(known) != 1:
            raise NotFound(tr("Not exactly one deputy is called {name}.", name=name))
        chosen += known
    return chosen


def _register(tx: Tx, standing: Standing | None) -> list[CardRecord]:
    from station_app.domain.lists import Listing
    from station_app.services.duty_cards import list_cards

    listing = Listing("number", descending=True, filters={"standing": standing})
    found: list[CardRecord] = []
    at = None
    while True:
        page = list_cards(tx, listing, at=at)
        found += page.rows
        at = page.after
        if at is None:
            return found


def _cards(tx: Tx, numbers: list[str]) -> list[CardRecord]:
    by_number = {one.number: one for one in _register(tx, None)}
    for number in numbers:
        if number not in by_number:
            raise NotFound(tr("No card has the number {number}.", number=number))
    return [by_number[number] for number in numbers]


def _scanned(given: str) -> str:
    """The text itself, or what stands on the picture or PDF that is named."""
    try:
        file = Path(given)
        data = file.read_bytes() if file.is_file() else None
    except OSError:
        data = None  # too long for a file's name: it is the text of a code
    if data is None:
        return given
    from station_app.ui.pictures import codes_in

    codes = [code for page in codes_in(data) for code in page]
    if not codes:
        raise ExchangeFault(tr("No code was found in this file."))
    return codes[0]


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise typer.BadParameter(tr("Write the day as 2026-11-10.")) from None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _facts(one: CardRecord) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "kind": one.kind.value,
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat(),
        "state": one.state.value,
        "signed": one.signed,
    }
