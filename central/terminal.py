"""What every command shares: outcomes and misfortunes out, one transaction, one journal entry."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import psycopg
import typer
from typer.core import TyperGroup

from central.config import BadSetting, Settings
from central.database import Connection, Database, TooOld, administered, own_stream
from central.journal import note
from central.refused import Refused
from central.routes import Centre
from central.serve import centre_on
from central.stations import find_station
from central.trial import settings_here
from central.words import tr

AsJson = Annotated[bool, typer.Option("--json", help=tr("Answer with one JSON object."))]


class Told(Exception):
    """A misfortune that is told to the administrator in a sentence."""


class Misfortunes(TyperGroup):
    """Commands whose misfortunes are told in a sentence, or as JSON, and end with 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; bugs of ours go on as they are."""
        as_json = "--json" in ctx.args
        try:
            return super().invoke(ctx)
        except Told as error:
            text = str(error)
        except Refused as refused:
            text = tr("Refused: {why}", why=refused.refusal.problem.value)
        except BadSetting as error:
            text = tr("The setting {name} is no number.", name=error)
        except TooOld as error:
            text = tr("PostgreSQL 15 or newer is needed, not {version}.", version=error)
        except psycopg.OperationalError as error:
            text = tr("The database cannot be reached: {why}", why=str(error).splitlines()[0])
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidParameterValue):
            text = tr("Run central init first.")  # no tables, or not even the role
        except psycopg.errors.InsufficientPrivilege:
            text = tr("This login may not do that; name another in CENTRAL_ADMIN_URL.")
        except psycopg.IntegrityError as error:
            text = _why(error.diag.constraint_name or "")
        except FileNotFoundError as error:
            text = tr("The file is not there: {name}", name=error.filename)
        if as_json:
            typer.echo(json.dumps({"ok": False, "error": text}, ensure_ascii=False))
        else:
            typer.echo(text, err=True)
        raise typer.Exit(1)


def _why(constraint: str) -> str:
    """What does not fit; PostgreSQL's own text would repeat the values."""
    known = {
        "station_code_key": tr("Another station has this code."),
        "station_region_fkey": tr("There is no such region."),
        "region_parent_fkey": tr("There is no such region."),
        "region_code_check": tr("A code has letters, digits, - and _ only."),
    }
    return known.get(constraint) or tr("This does not fit: {why}", why=constraint)


@dataclass(frozen=True, slots=True)
class Desk:
    """One transaction of the administrator."""

    settings: Settings
    connection: Connection

    def station(self, code: str) -> UUID:
        """The station with this code. Raises Told."""
        found = find_station(self.connection, code)
        if found is None:
            raise Told(tr("There is no station {code}.", code=code))
        return found

    def stream(self, named: str) -> str:
        """The stream ``R:DL`` or ``C:global``, or of the station with this code. Raises Told."""
        name = named if ":" in named else own_stream(self.station(named))
        known = self.connection.execute("SELECT 1 FROM stream WHERE stream_id = %s", [name])
        if known.fetchone() is None:
            raise Told(tr("There is no stream {name}.", name=name))
        return name

    def note(self, act: str, who: str, target: str) -> None:
        """Write into the journal what is done."""
        note(self.connection, act, who, target)

    @contextmanager
    def gateway(self) -> Iterator[Centre]:
        """What the gateway stands on, for acts that are the same as over the network."""
        database = Database(self.settings)
        centre = centre_on(self.settings, database)
        database.open()
        try:
            yield centre
        finally:
            centre.close()


@contextmanager
def acting() -> Iterator[Desk]:
    """One transaction of the administrator, committed at the end of the block."""
    settings = named_database()
    with administered(settings) as connection:
        yield Desk(settings, connection)


def named_database() -> Settings:
    """The settings, which must name a database. Raises Told."""
    settings = settings_here()
    if not settings.admin_url:
        raise Told(tr("Say in CENTRAL_DATABASE_URL where the database is."))
    return settings


def make_sure_free(host: str, port: int) -> None:
    """Say at once that an address is taken, before anything is started. Raises Told."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = error.strerror or ""
            raise Told(tr("Nothing can listen on {host}:{port}: {why}", host=host, port=port,
                          why=why)) from None  # fmt: skip


def tell(as_json: bool, sentence: str, *more: str, ok: bool = True, **facts: Any) -> None:
    """Tell the outcome to a person, or to a program."""
    if as_json:
        typer.echo(json.dumps({"ok": ok, **facts}, ensure_ascii=False))
    else:
        typer.echo("\n".join([sentence, *more]))
