"""The administrator's commands: ``python -m central …``, each with ``--json``."""

from __future__ import annotations

import getpass
import os
from collections import Counter
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from central import __version__
from central.cli_cards import cards_app
from central.cli_records import imports_app, records_app
from central.terminal import (
    AsJson,
    Misfortunes,
    Told,
    acting,
    make_sure_free,
    named_database,
    tell,
)
from central.words import tr

app = typer.Typer(
    cls=Misfortunes,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a traceback with variables would show personal data
    rich_markup_mode=None,
    help=tr("The centre that liaison stations hand in to."),
)
stations_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
regions_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
devices_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
bundles_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
app.add_typer(records_app)
app.add_typer(imports_app, name="import", help=tr("Read files of others."))
app.add_typer(stations_app, name="station", help=tr("Stations."))
app.add_typer(regions_app, name="region", help=tr("Regions: a station reads those above it."))
app.add_typer(devices_app, name="device", help=tr("The PCs of the stations."))
app.add_typer(cards_app, name="cards", help=tr("Keys of duty cards, and void cards."))
app.add_typer(bundles_app, name="bundle", help=tr("Bundles from USB sticks."))

By = Annotated[str, typer.Option("--by", help=tr("Who does this; your login name by default."))]


def _me(by: str) -> str:
    return by or getpass.getuser()


@app.command(help=tr("Tell the version."))
def version(as_json: AsJson = False) -> None:
    """Tell the version."""
    tell(as_json, __version__, version=__version__)


@app.command(help=tr("Make the roles, tables and keys, or bring them up to date."))
def init(as_json: AsJson = False) -> None:
    """Prepare the database that CENTRAL_ADMIN_URL names, and the keys in CENTRAL_HOME."""
    from central import reports
    from central.database import ADMIN, GATEWAY, READER, administered, prepare
    from central.keys import make_keys

    settings = named_database()
    named = {ADMIN: "CENTRAL_ADMIN_PASSWORD", GATEWAY: "CENTRAL_GATEWAY_PASSWORD",
             READER: "CENTRAL_READER_PASSWORD"}  # fmt: skip
    passwords = {role: os.environ.get(name, "") for role, name in named.items()}
    prepare(settings.admin_url, passwords)
    reports.make_views(settings.admin_url)
    keys = make_keys(settings.home)
    with administered(settings):
        tell(as_json, tr("The centre is ready."), sign_key=keys.sign_public,
             seal_key=keys.seal_public)  # fmt: skip


@app.command(help=tr("Answer the stations until stopped."))
def serve(
    host: Annotated[str, typer.Option(help=tr("The address to listen on."))] = "127.0.0.1",
    port: int = 8443,
    processes: int = 1,
    threads: int = 8,
    certificate: Annotated[Path | None, typer.Option(help=tr("PEM file, for TLS."))] = None,
    key: Annotated[Path | None, typer.Option(help=tr("PEM file, for TLS."))] = None,
) -> None:
    """Run gateway processes."""
    from central.config import settings_from
    from central.keys import load_keys
    from central.serve import serve as run

    settings = settings_from()
    if not settings.gateway_url:
        raise Told(tr("Say in CENTRAL_DATABASE_URL where the database is."))
    try:
        load_keys(settings.home)
    except FileNotFoundError:
        raise Told(tr("Run central init first.")) from None
    if (certificate is None) != (key is None):
        raise Told(tr("TLS needs both --certificate and --key."))
    for file in filter(None, (certificate, key)):
        file.open("rb").close()
    make_sure_free(host, port)
    run(host, port, processes=processes, threads=threads, certificate=certificate, key=key)


@app.command(help=tr("Try the centre on this PC, with a PostgreSQL of its own."))
def trial(
    port: int = 8080,
    home: Annotated[Path | None, typer.Option(help=tr("The folder that holds it all."))] = None,
    as_json: AsJson = False,
) -> None:
    """Start everything on loopback and say how to enrol."""
    from central.trial import run

    make_sure_free("127.0.0.1", port)
    run(home, port, as_json)


@app.command(help=tr("A one-time code for a new PC of a station, or approve one as second person."))
def enrol(
    station: Annotated[str, typer.Argument(help=tr("The station's code."))] = "",
    approve: Annotated[str, typer.Option(help=tr("The code to approve."))] = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Issue or approve an enrolment code."""
    from central import enrolment

    if not (station or approve):
        raise typer.BadParameter(tr("Name a station, or a code to approve."))
    with acting() as desk:
        if approve:
            if not enrolment.approve_code(desk.connection, approve, _me(by)):
                raise Told(tr("The code is unknown or over, or it is your own."))
            desk.note("approve", _me(by), "")
            tell(as_json, tr("Approved."))
            return
        code, second = enrolment.issue_code(desk.connection, desk.station(station), _me(by))
        desk.note("enrol", _me(by), station)
    says = tr("Code: {code} (10 minutes, once)", code=code)
    more = tr("A second person must approve it: central enrol --approve {code}", code=code)
    tell(as_json, says, *([more] if second else []), code=code, needs_approval=second)


@stations_app.command("add", help=tr("Add a station."))
def station_add(code: str, name: str, region: str, by: By = "", as_json: AsJson = False) -> None:
    """Add a station to a region."""
    from central import stations

    with acting() as desk:
        made = stations.add_station(desk.connection, code, name, region)
        desk.note("station", _me(by), code)
    tell(as_json, tr("Added."), station_id=made.hex)


@stations_app.command("list", help=tr("List the stations."))
def station_list(as_json: AsJson = False) -> None:
    """List all stations."""
    from central import stations

    with acting() as desk:
        found = stations.list_stations(desk.connection)
    lines = [f"{one.code}\t{one.name}\t{one.region}\t{one.devices}" for one in found]
    facts = [{"station_id": one.station_id.hex, "code": one.code, "name": one.name,
              "region": one.region, "devices": one.devices} for one in found]  # fmt: skip
    tell(as_json, "\n".join(lines) or tr("None yet."), stations=facts)


@regions_app.command("add", help=tr("Add a region, or change its name or the one above it."))
def region_add(
    code: str,
    name: str,
    above: Annotated[str, typer.Option(help=tr("The code of the region above."))] = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Add a region."""
    from central import stations

    with acting() as desk:
        try:
            stream = stations.add_region(desk.connection, code, name, above or None)
        except stations.Below:
            raise Told(tr("A region cannot lie below itself.")) from None
        desk.note("region", _me(by), code)
    tell(as_json, tr("Added."), stream=stream)


@regions_app.command("list", help=tr("List the regions."))
def region_list(as_json: AsJson = False) -> None:
    """List all regions."""
    from central import stations

    with acting() as desk:
        found = stations.list_regions(desk.connection)
    facts = [{"code": code, "name": name, "above": above} for code, name, above in found]
    lines = ["\t".join(filter(None, one)) for one in found]
    tell(as_json, "\n".join(lines) or tr("None yet."), regions=facts)


@devices_app.command("list", help=tr("List the PCs, of one station or of all."))
def device_list(station: str = "", as_json: AsJson = False) -> None:
    """List devices."""
    from central import devices

    with acting() as desk:
        found = devices.list_devices(desk.connection, desk.station(station) if station else None)
    lines = [f"{one['device_id']}\t{one['station']}\t{one['letter']}\t{one['status']}"
             f"\t{one['last_seen'] or '-'}" for one in found]  # fmt: skip
    tell(as_json, "\n".join(lines) or tr("None yet."), devices=found)


@devices_app.command("revoke", help=tr("Lock a PC out; what it still has goes to quarantine."))
def device_revoke(device: UUID, by: By = "", as_json: AsJson = False) -> None:
    """Revoke a device."""
    from central import devices

    with acting() as desk:
        if not devices.revoke(desk.connection, device):
            raise Told(tr("There is no such PC."))
        desk.note("revoke", _me(by), device.hex)
    tell(as_json, tr("Locked out."))


@devices_app.command("accept", help=tr("Take in what a locked-out PC handed in to quarantine."))
def device_accept(device: UUID, by: By = "", as_json: AsJson = False) -> None:
    """Accept a device's quarantine."""
    from central import quarantine

    with acting() as desk, desk.gateway() as centre:
        desk.note("accept", _me(by), device.hex)
        done = quarantine.accept(centre.database, desk.connection, device)
    outcomes = Counter(one.outcome.value for one in done.results)
    says = tr("{count} changes taken in.", count=len(done.results))
    more = tr("{count} messages stay there: {why}", count=len(done.refused),
              why=", ".join(sorted(set(done.refused))))  # fmt: skip
    tell(as_json, says, *([more] if done.refused else []), ok=not done.refused,
         count=len(done.results), outcomes=outcomes, refused=done.refused)  # fmt: skip
    if done.refused:
        raise typer.Exit(1)


@bundles_app.command("in", help=tr("Take a bundle in and write the answer for the stick."))
def bundle_in(
    file: Path,
    answer: Annotated[Path | None, typer.Option(help=tr("Where the answer goes."))] = None,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Apply a bundle from a USB stick."""
    from db.bundle import BadBundle

    out = answer or file.with_suffix(".answer")
    with acting() as desk, desk.gateway() as centre:
        try:
            device, sealed = centre.desk.take_in(file.read_bytes())
        except BadBundle as error:
            raise Told(tr("This file is no bundle for this centre: {why}", why=error)) from error
        out.write_bytes(sealed)
        desk.note("bundle", _me(by), device.hex)
    tell(as_json, tr("Taken in. Take this file back: {file}", file=out), answer=str(out),
         device=device.hex)  # fmt: skip
