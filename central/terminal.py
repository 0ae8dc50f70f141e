"""What every command shares: outcomes and misfortunes out, one transaction, one journal entry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import psycopg
import typer
from typer.core import TyperGroup

from central.config import Settings
from central.database import Connection, Database, administered
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
    """Commands whose misfortunes are told in a sentence and end with 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; bugs of ours go on as they are."""
        try:
            return super().invoke(ctx)
        except Told as error:
            text = str(error)
        except Refused as refused:
            text = tr("Refused: {why}", why=refused.refusal.problem.value)
        except psycopg.OperationalError as error:
            text = tr("The database cannot be reached: {why}", why=str(error).splitlines()[0])
        except psycopg.IntegrityError as error:
            # Its text would repeat the values.
            text = tr("This does not fit: {why}", why=error.diag.constraint_name or "")
        except FileNotFoundError as error:
            text = tr("The file is not there: {name}", name=error.filename)
        typer.echo(text, err=True)
        raise typer.Exit(1)


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

    def note(self, act: str, who: str, target: str) -> None:
        """Write into the journal what is done."""
        note(self.connection, act, who, target)

    @contextmanager
    def gateway(self) -> Iterator[Centre]:
        """What the gateway stands on, for acts that are the same as over the network."""
        database = Database(self.settings)
        database.open()
        try:
            yield centre_on(self.settings, database)
        finally:
            database.close()


@contextmanager
def acting() -> Iterator[Desk]:
    """One transaction of the administrator, committed at the end of the block."""
    settings = settings_here()
    if not settings.admin_url:
        raise Told(tr("Say in CENTRAL_DATABASE_URL where the database is."))
    with administered(settings) as connection:
        yield Desk(settings, connection)


def tell(as_json: bool, sentence: str, *more: str, **facts: Any) -> None:
    """Tell the outcome to a person, or to a program."""
    if as_json:
        typer.echo(json.dumps({"ok": True, **facts}, ensure_ascii=False))
    else:
        typer.echo("\n".join([sentence, *more]))
