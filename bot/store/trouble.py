"""What a database driver raises in, a StoreError out that says what is wrong and what to do. Touches no database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import StoreError
from bot.store.address import is_file, name_of

_SAVED_AGAIN = "The bot answers on, and saves again by itself once that is mended."
SQLITE_SAYS = {
    "SQLITE_FULL": ("the disk is full", f"Make room. {_SAVED_AGAIN}"),
    "SQLITE_BUSY": ("another program has locked it", f"End what holds it. {_SAVED_AGAIN}"),
    "SQLITE_LOCKED": ("another program has locked it", f"End what holds it. {_SAVED_AGAIN}"),
    "SQLITE_READONLY": ("it is read-only", f"Let the bot's user write the file and its folder. {_SAVED_AGAIN}"),
    "SQLITE_CANTOPEN": ("it cannot be opened", f"Let the bot's user write that folder. {_SAVED_AGAIN}"),
    "SQLITE_IOERR": ("the disk does not read or write", f"Look at the disk and the system's log. {_SAVED_AGAIN}"),
    "SQLITE_NOTADB": ("it is no database", "It is left as it is: move it away, or set another DATABASE_URL."),
    "SQLITE_CORRUPT": ("it is damaged", "It is left as it is: restore a backup, or move it away to begin anew."),
}


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
    """Say what is wrong with a database, in words that hold no password and no value of a row."""
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
