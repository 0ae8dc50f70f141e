"""Start gateway processes: the application for the HTTP server, and the HTTP server itself."""

from __future__ import annotations

import gc
from logging.config import dictConfig
from pathlib import Path

import psycopg

from central.blobs import Attachments
from central.blobstore import store_of
from central.bundle import Desk
from central.config import Settings, settings_from
from central.database import Database
from central.gateway import Gateway
from central.keys import load_keys
from central.observe import LOGGING, Observer
from central.refused import Refused
from central.routes import Centre

#: New things until rings are looked for among them, and rounds until among the older ones.
_COLLECT = (50_000, 20, 20)
#: Who asks whether it is ready wants to know soon.
_READY_SECONDS = 2.0


#: Seconds that a process has to finish what it is answering when it is told to end.
_LAST_WORDS = 10


def application(settings: Settings | None = None) -> Gateway:
    """One gateway process. The HTTP server calls this in each of its processes."""
    settings = settings or settings_from()
    database = Database(settings)
    database.open()
    centre = centre_on(settings, database)
    return Gateway(centre, Observer(lambda: is_ready(database), database.stands))


def logged() -> Gateway:
    """As ``application``, with its log on standard error."""
    dictConfig(LOGGING)
    gateway = application()
    # A batch is tens of thousands of small things without a ring among them: to look for rings
    # every few hundred, and in all modules each time, would take as long as the batch itself.
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    return gateway


def centre_on(settings: Settings, database: Database) -> Centre:
    """Everything the handlers stand on."""
    keys = load_keys(settings.home)
    attachments = Attachments(database, settings, store_of(settings, keys.rest))
    desk = Desk(database, settings, keys, attachments)
    return Centre(settings, database, keys, attachments, desk)


def is_ready(database: Database) -> bool:
    """Whether the database answers, and ``central init`` has been there."""
    try:
        with database.connection(_READY_SECONDS) as connection:
            made = connection.execute("SELECT to_regprocedure('enter(uuid)')").fetchone()
    except (psycopg.Error, Refused):
        return False
    return made is not None and made[0] is not None


def serve(
    host: str,
    port: int,
    *,
    processes: int = 1,
    threads: int = 8,
    certificate: Path | None = None,
    key: Path | None = None,
    answering: str = "central.serve:logged",
) -> None:
    """Serve until a signal ends it. With a certificate it speaks TLS 1.3, nothing else.

    ``answering`` makes the application in each process.
    """
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        answering,
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        backlog=4096,
        websockets=False,
        log_access=False,
        log_dictconfig=LOGGING,
        ssl_cert=certificate,
        ssl_key=key,
        respawn_failed_workers=True,
        # A station may hold its connection open; what is cut off is asked again.
        workers_kill_timeout=_LAST_WORDS,
    ).serve()
