"""Transactions on SQLite or PostgreSQL. What a driver raises becomes a StoreError that says what to do."""

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import StoreError
from bot.store.address import is_file, name_of

PATIENCE = 2
"""Seconds to wait for a lock, or for a server to take a connection. Slack waits three for an acknowledgement."""

_PRAGMAS = (
    f"PRAGMA busy_timeout = {PATIENCE * 1000}",
    "PRAGMA synchronous = NORMAL",  # with WAL a killed process loses nothing; a power cut may lose the last moment
    "PRAGMA secure_delete = ON",
)
_SERVER = {
    "connect_timeout": PATIENCE,
    "tcp_user_timeout": PATIENCE * 2000,  # milliseconds: a server that has vanished without a word is given up
    "application_name": "flatcar-faq",
    "prepare_threshold": None,  # a pool such as PgBouncer may run each transaction on another connection
}
_LIMITS = f"SET statement_timeout = {PATIENCE * 2000}; SET lock_timeout = {PATIENCE * 1000}"
"""Set once a connection is there, for PgBouncer refuses one that asks for such a thing when it begins."""
_READING = {"reading": True}

_SAVED_AGAIN = "The bot answers on, and saves again by itself once that is mended."
SQLITE_SAYS = {
    "SQLITE_FULL": ("the disk is full", f"Make room. {_SAVED_AGAIN}"),
    "SQLITE_BUSY": ("another program has locked it", f"End what holds it. {_SAVED_AGAIN}"),
    "SQLITE_LOCKED": ("another program has locked it", f"End what holds it. {_SAVED_AGAIN}"),
    "SQLITE_READONLY": ("it is read-only", f"Let the bot's user write the file and its folder. {_SAVED_AGAIN}"),
    "SQLITE_CANTOPEN": ("it cannot be opened", f"Let the bot's user write that folder. {_SAVED_AGAIN}"),
    "SQLITE_IOERR": ("the disk does not read or write", f"Look at the disk and the system's log. {_SAVED_AGAIN}"),
    "SQLITE_NOTADB": ("it is not a database", "It is left as it is: move it away, or set another DATABASE_URL."),
    "SQLITE_CORRUPT": ("it is damaged", "It is left as it is: restore a backup, or move it away to begin anew."),
}


class Database:
    """Transactions on one database. Any thread may use it."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._engine = _file_engine(url) if is_file(url) else _server_engine(url)
        self._inode: int | None = None
        self._open: set[Any] = set()
        event.listen(self._engine, "connect", lambda connection, _: self._open.add(connection))
        event.listen(self._engine, "close", lambda connection, _: self._open.discard(connection))

    @property
    def is_file(self) -> bool:
        """Whether it is a SQLite file."""
        return is_file(self.url)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a transaction that is committed at the end, or rolled back if something is raised.

        Raises:
            StoreError: the database does not do it.
        """
        with store_errors(self.url), self._engine.begin() as connection:
            self._check_file()
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a transaction that needs no lock; raises like `writing`."""
        with store_errors(self.url), self._engine.connect() as connection:
            yield connection.execution_options(**_READING)

    @contextmanager
    def outside(self) -> Iterator[Connection]:
        """Yield a connection without a transaction, as VACUUM needs it; raises like `writing`."""
        with store_errors(self.url), self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT", outside=True)
            if self.is_file:
                yield connection
                return
            connection.exec_driver_sql("SET statement_timeout = 0")  # a large table may take its time
            try:
                yield connection
            finally:
                connection.exec_driver_sql(_LIMITS)

    def insert(self, table: Table) -> Any:
        """Return an INSERT that knows ON CONFLICT, in the dialect of the database."""
        if self.is_file:
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 -- loaded with the server's engine; no file needs it

        return postgresql.insert(table)

    def _check_file(self) -> None:
        """Check that the file still has its name: SQLite writes on, into nothing, after somebody removed it."""
        if not self.is_file:
            return
        inode = Path(str(self.url.database)).stat().st_ino
        if self._inode not in (None, inode):
            raise FileNotFoundError
        self._inode = inode

    def interrupt(self) -> None:
        """Cut the lines to a server that neither answers nor goes: who waits for it gets an error. Any thread may call.

        A server's own limits do not help where it hangs, nor do those of TCP, since its machine goes on acknowledging.
        """
        if self.is_file:
            return
        lost = (OSError, self._engine.dialect.loaded_dbapi.Error)
        for connection in tuple(self._open):
            with suppress(*lost), socket.socket(fileno=os.dup(connection.pgconn.socket)) as line:
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _file_engine(url: URL) -> Engine:
    with store_errors(url):
        file = Path(str(url.database))
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)  # questions are nobody else's on this machine
    # Parameters are what people asked: no traceback may show them.
    engine = create_engine(url, connect_args={"timeout": PATIENCE}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_file)
    event.listen(engine, "begin", _begin)
    return engine


def _server_engine(url: URL) -> Engine:
    wanted = {name: value for name, value in _SERVER.items() if name not in url.query}
    pool = {"pool_pre_ping": True, "pool_timeout": PATIENCE}
    engine = create_engine(url, connect_args=wanted, hide_parameters=True, **pool)
    event.listen(engine, "connect", _prepare_server)
    return engine


def _prepare_file(connection: Any, _: object) -> None:
    # Without this the driver begins transactions as it likes, and none before CREATE TABLE.
    # Source: https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#pysqlite-serializable
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    _begin_write_ahead_log(connection)


def _begin_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Change to WAL, in which nobody waits for readers. https://sqlite.org/wal.html

    For the change itself SQLite waits for nobody: of two programs that make a database at once, one fails.
    """
    give_up_at = monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > give_up_at:
                raise
            sleep(0.01)
        else:
            return


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a transaction that read first could not get it later while another holds it."""
    options = connection.get_execution_options()
    if not options.get("outside"):
        connection.exec_driver_sql("BEGIN" if options.get("reading") else "BEGIN IMMEDIATE")


def _prepare_server(connection: Any, _: object) -> None:
    connection.execute(_LIMITS)
    connection.commit()


@contextmanager
def store_errors(url: URL) -> Iterator[None]:
    """Turn what the driver raises into a StoreError; faults of the program itself pass as they are."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise explain(url, error.orig or error) from error
    except (PoolTimeoutError, OSError) as error:
        raise explain(url, error) from error


def explain(url: URL, error: BaseException) -> StoreError:
    """Return what is wrong with a database, in words that hold no password and no value of a row."""
    if not is_file(url):
        step = f"Look whether the server runs and takes this login (DATABASE_URL). {_SAVED_AGAIN}"
        return StoreError(f"The database {name_of(url)} does not answer: {_first_line(url, error)}.", step)
    if isinstance(error, FileNotFoundError):
        return StoreError(f"The database has gone: {name_of(url)}.", "Put it back; else a new one is made.")
    code = getattr(error, "sqlite_errorname", "") if isinstance(error, sqlite3.Error) else "SQLITE_CANTOPEN"
    family = next((name for name in SQLITE_SAYS if code.startswith(name)), None)
    what, step = SQLITE_SAYS[family] if family else (f"{type(error).__name__} {code}".strip(), _SAVED_AGAIN)
    return StoreError(f"The database cannot be used: {name_of(url)}: {what}.", step)


def _first_line(url: URL, error: BaseException) -> str:
    line = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
    return line.replace(str(url.password), "***") if url.password else line
