"""The trial: gateway and PostgreSQL on one PC, on loopback, with a station to enrol at."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import typer

from central import enrolment, reports, stations
from central.config import Settings, settings_from
from central.database import administered, prepare
from central.embedded import EmbeddedPostgres
from central.keys import make_keys
from central.serve import serve
from central.words import tr

_FILE = "trial.json"
_REGION, _STATION = "TRIAL", "TRIAL"


def settings_here() -> Settings:
    """The settings of the environment or, if it names no database, of the trial in its home."""
    settings = settings_from()
    kept = settings.home / _FILE
    if settings.admin_url or not kept.exists():
        return settings
    urls = json.loads(kept.read_text("utf-8"))
    return replace(settings, gateway_url=urls["gateway"], admin_url=urls["admin"])


def run(home: Path | None, port: int, as_json: bool) -> None:
    """Start PostgreSQL and the gateway, print a code, and answer until stopped."""
    if home is not None:
        os.environ["CENTRAL_HOME"] = str(home.resolve())
    folder = settings_from().home
    server = EmbeddedPostgres(folder / "postgres")
    settings = replace(settings_from(), gateway_url=server.gateway_url(), admin_url=server.url())
    prepare(settings.admin_url)
    reports.make_views(settings.admin_url)
    make_keys(folder)
    urls = {"gateway": settings.gateway_url, "admin": settings.admin_url}
    (folder / _FILE).write_text(json.dumps(urls), "utf-8")
    code = _first_code(settings)
    _say(port, code, as_json)
    os.environ["CENTRAL_DATABASE_URL"] = settings.gateway_url
    os.environ["CENTRAL_ADMIN_URL"] = settings.admin_url
    try:
        serve("127.0.0.1", port)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl+C must not leave it running
        server.stop()


def _first_code(settings: Settings) -> str:
    """A code for the trial's own station, ready to be typed: on a trial there is one person."""
    with administered(settings) as connection:
        stations.add_region(connection, _REGION, tr("Trial region"))
        station = stations.find_station(connection, _STATION)
        if station is None:
            station = stations.add_station(connection, _STATION, tr("Trial station"), _REGION)
        code, second = enrolment.issue_code(connection, station, "trial")
        if second:
            enrolment.approve_code(connection, code, "trial, second person")
        return code


def _say(port: int, code: str, as_json: bool) -> None:
    address = f"http://127.0.0.1:{port}"
    if as_json:
        typer.echo(json.dumps({"ok": True, "address": address, "code": code}))
        return
    typer.echo(tr("The centre is being started at {address}", address=address))
    typer.echo(tr("Join a station with this code within 10 minutes: {code}", code=code))
    typer.echo(tr("Further codes: python3 run.py central enrol {station}", station=_STATION))
