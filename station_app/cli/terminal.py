"""What every command shares: passwords in, outcomes and misfortunes out, an unlocked station."""

from __future__ import annotations

import getpass
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from db.vocabulary import Role
from station_app.config import DataDir, default_data_dir
from station_app.errors import ExchangeFault, RuleViolation, StationError
from station_app.i18n import tr

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.store.keys import Slot
    from station_app.wiring import OpenStation

Folder = Annotated[Path | None, typer.Option("--data-dir", help=tr("The station's data folder."))]
AsJson = Annotated[bool, typer.Option("--json", help=tr("Answer with one JSON object."))]
PasswordFile = Annotated[
    str, typer.Option(help=tr("A file whose first line is the password; - for standard input."))
]
Account = Annotated[
    str, typer.Option(help=tr("Who signs in: head, operator-1, viewer-1 …; the head by default."))
]


class Misfortunes(TyperGroup):
    """Commands whose misfortunes are told in the operator's own sentence and end with 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; bugs of ours go on as they are."""
        as_json = "--json" in ctx.args
        try:
            return super().invoke(ctx)
        except StationError as error:
            if as_json:
                typer.echo(json.dumps(_facts(error), ensure_ascii=False))
            else:
                typer.echo("\n".join(_sentences(error)), err=True)
            raise typer.Exit(1) from error


def tell(as_json: bool, sentence: str, *details: str, ok: bool = True, **facts: Any) -> None:
    """Tell the outcome to a person, or to a program."""
    if as_json:
        typer.echo(json.dumps({"ok": ok, **facts}, ensure_ascii=False))
    else:
        typer.echo("\n".join([sentence, *details]))


def data_in(folder: Path | None) -> DataDir:
    """The data folder that was named, or the usual one."""
    return DataDir(folder or default_data_dir())


@contextmanager
def opened(folder: Path | None, account: str, password_file: str) -> Iterator[OpenStation]:
    """The station, unlocked with a password and closed afterwards."""
    from station_app import wiring

    data = data_in(folder)
    slot = slot_of(data, account)
    station = wiring.open_station(data, slot.id, password(password_file))
    try:
        yield station
    finally:
        station.close()


@contextmanager
def reading(folder: Path | None, account: str, password_file: str) -> Iterator[Tx]:
    """A transaction of the unlocked station that reads."""
    with (
        opened(folder, account, password_file) as station,
        station.store.read(station.actor) as tx,
    ):
        yield tx


@contextmanager
def writing(folder: Path | None, account: str, password_file: str) -> Iterator[Tx]:
    """A transaction of the unlocked station that writes; it is committed at the end."""
    with (
        opened(folder, account, password_file) as station,
        station.store.write(station.actor) as tx,
    ):
        yield tx


def written(path: Path, content: bytes) -> None:
    """Write one file. Raises ExchangeFault when the folder takes none."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ExchangeFault(tr("The file cannot be written: {name}", name=path.name)) from error


def slot_of(data: DataDir, account: str) -> Slot:
    """The key slot of ``account`` (``operator-2``), or of the head who came first."""
    from station_app.store import keys

    slots = keys.list_slots(data)
    role, _, ordinal = (account or Role.HEAD.value).partition("-")
    for slot in slots:
        if slot.role.value == role and str(slot.ordinal) == (ordinal or "1"):
            return slot
    known = ", ".join(f"{one.role.value}-{one.ordinal}" for one in slots)
    raise typer.BadParameter(tr("There is no such account; there are: {known}", known=known))


def password(file: str, *, twice: bool = False) -> str:
    """A password from a file, standard input or a prompt; ``twice`` for a new one."""
    if file == "-":
        return sys.stdin.readline().rstrip("\r\n")
    if file:
        return _first_line(Path(file))
    if not sys.stdin.isatty():
        raise typer.BadParameter(tr("Give the password with --password-file."))
    typed = getpass.getpass(tr("Password: "))
    if twice and getpass.getpass(tr("Once more: ")) != typed:
        raise RuleViolation({"again": tr("The two passwords differ.")})
    return typed


def speak_utf8() -> None:
    """Chinese in and out, whatever encoding a Windows console or a bare server has."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        text = tr("The password file cannot be read: {name}", name=file.name)
        raise typer.BadParameter(text) from error
    return lines[0] if lines else ""


def _facts(error: StationError) -> dict[str, Any]:
    facts: dict[str, Any] = {"ok": False, "error": type(error).__name__, "text": error.text}
    if isinstance(error, RuleViolation):
        facts["fields"] = error.fields
    if isinstance(error, ExchangeFault):
        facts["rows"] = error.rows
    return facts


def _sentences(error: StationError) -> Iterator[str]:
    yield error.text
    if isinstance(error, ExchangeFault):
        for row, reason in error.rows.items():
            yield tr("Row {row}: {reason}", row=row, reason=reason)
