"""Connections to the encrypted file: SQLCipher, raw key, write-ahead log, full durability."""

from __future__ import annotations

from pathlib import Path

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import Pool, QueuePool, StaticPool

from station_app.errors import FaultKind
from station_app.store.faults import fault

_PLAIN = b"SQLite format 3\x00"
_BUSY_MS = 5000
_WAL_LIMIT = 16 << 20

#: ``cipher_log_level`` is off because SQLCipher would write to standard error on its own.
#: ``secure_delete`` overwrites what is deleted: erased means erased, even for a holder of the key.
_PRAGMAS = (
    "cipher_log_level=NONE",
    "cipher_memory_security=OFF",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    f"busy_timeout={_BUSY_MS}",
    f"journal_size_limit={_WAL_LIMIT}",
    "secure_delete=ON",
    "cache_size=-16000",
)


def connect(path: Path, key: bytes, *, read_only: bool = False) -> sqlcipher3.Connection:
    """A keyed connection; transactions are begun by us, never by the driver.

    Raises StoreFault for a file that is not there or not encrypted; sqlcipher3's own errors
    for everything else (``faults.told`` translates them).
    """
    refuse_plain(path)
    connection = sqlcipher3.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
        if read_only:
            connection.execute("PRAGMA query_only=ON")
    except BaseException:
        connection.close()
        raise
    return connection


def refuse_plain(path: Path) -> None:
    """Raise StoreFault(NOT_ENCRYPTED) for a file with a plain SQLite header."""
    if path.exists():
        with path.open("rb") as file:
            if file.read(len(_PLAIN)) == _PLAIN:
                raise fault(FaultKind.NOT_ENCRYPTED)


def write_engine(path: Path, key: bytes) -> Engine:
    """The engine of the one connection that writes; each of its transactions is IMMEDIATE."""
    # References are checked at the commit: one flush may write a visit before its resident.
    begin = ("BEGIN IMMEDIATE", "PRAGMA defer_foreign_keys=ON")
    return _engine(path, key, poolclass=StaticPool, begin=begin, read_only=False)


def read_engine(path: Path, key: bytes) -> Engine:
    """The engine of the few connections that only read, each with its own snapshot."""
    return _engine(path, key, poolclass=QueuePool, begin=("BEGIN",), read_only=True)


def _engine(
    path: Path, key: bytes, *, poolclass: type[Pool], begin: tuple[str, ...], read_only: bool
) -> Engine:
    """SQLAlchemy's SQLite dialect over sqlcipher3.

    The ``pysqlcipher`` dialect would carry the key inside a URL; here only ``connect`` sees it.
    Parameters stay out of messages because they are personal data.
    """
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher3,
        creator=lambda: connect(path, key, read_only=read_only),
        poolclass=poolclass,
        hide_parameters=True,
    )

    def on_begin(connection: Connection) -> None:
        driver: sqlcipher3.Connection = connection.connection.driver_connection
        for sql in begin:
            driver.execute(sql)

    event.listen(engine, "begin", on_begin)
    return engine
