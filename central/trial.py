"""The trial: gateway and PostgreSQL on one PC, on loopback, with a station to enrol at."""

from __future__ import annotations

import json
import logging
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from threading import Thread

import psycopg
import typer

from central import enrolment, reports, stations
from central.cards import publish_cards
from central.config import Settings, settings_from
from central.database import administered, prepare
from central.embedded import EmbeddedPostgres
from central.gateway import Gateway
from central.journal import note
from central.keys import load_keys, make_keys
from central.serve import logged, serve
from central.words import tr

_FILE = "trial.json"
_REGION, _STATION = "TRIAL", "TRIAL"
#: A card that was just handed in is scanned at once: on a trial one person does both.
_LOOK_SECONDS = 2.0

_log = logging.getLogger(__name__)


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
        serve("127.0.0.1", port, answering="central.trial:answering")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl+C must not leave it running
        server.stop()


def answering() -> Gateway:
    """The gateway, and beside it what a timer does at a real centre: a trial has none."""
    gateway = logged()
    Thread(target=_publish_again_and_again, name="cards", daemon=True).start()
    return gateway


def _publish_again_and_again() -> None:
    settings = settings_from()
    keys = load_keys(settings.home)
    while True:
        try:
            with administered(settings) as connection:
                done = publish_cards(connection, keys.sign)
                if done.keys:
                    note(connection, "certify", "trial", str(done.keys))
        except psycopg.Error as error:
            _log.warning("cards were not published: %s", type(error).__name__)
        time.sleep(_LOOK_SECONDS)


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
