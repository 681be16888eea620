"""DATABASE_URL as people write it in, one SQLAlchemy URL out. Opens nothing, and shows no password."""

import re
from pathlib import Path
from urllib.parse import quote, unquote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError

FILE_NAME = "flatcar-faq.db"
"""The default database, in the data folder."""

_HOW = "Write postgresql://user:password@host/name, sqlite:///path/to/file.db, or just a path."
_POSTGRES = re.compile(r"(postgres|postgresql|pgsql)(\+\w+)?")
_SQLITE = re.compile(r"sqlite3?(\+\w+)?")


def read_address(written: str | None, data_path: Path) -> URL:
    """Read an address; without one it is a SQLite file in the data folder.

    Raises:
        StoreError: it names no database that the bot knows.
    """
    text = (written or "").strip().strip("\"'")
    if not text:
        return _file(str(data_path / FILE_NAME))
    scheme, separator, rest = text.partition("://")
    if not separator:
        return _file(text.removeprefix("sqlite:"))
    if _SQLITE.fullmatch(scheme.lower()):
        return _file(unquote(rest.partition("?")[0].removeprefix("localhost").removeprefix("/")))
    if _POSTGRES.fullmatch(scheme.lower()):
        return _server(rest)
    raise StoreError(f"DATABASE_URL begins with {scheme}://, which is no database that the bot knows.", _HOW)


def name_of(url: URL) -> str:
    """Name a database for people, without its password."""
    return f"the file {url.database}" if is_file(url) else url.render_as_string(hide_password=True)


def is_file(url: URL) -> bool:
    """Whether it is a SQLite file, not a server."""
    return url.get_backend_name() == "sqlite"


def _file(path: str) -> URL:
    if path in {"", ":memory:"}:
        raise StoreError("DATABASE_URL names a SQLite database in memory, which would forget everything.", _HOW)
    return URL.create("sqlite+pysqlite", database=str(Path(path).expanduser()))


def _server(rest: str) -> URL:
    """Read what stands behind postgresql://; a password may hold `@`, `/` and `#` as they are."""
    address, question_mark, query = rest.partition("?")
    login, at, place = address.rpartition("@")
    login = re.sub(r"[@/#\s]", lambda found: quote(found[0], safe=""), login)
    try:
        url = make_url(f"postgresql+psycopg://{login}{at}{place}{question_mark}{query}")
    except (ArgumentError, ValueError):
        raise StoreError("DATABASE_URL cannot be read as the address of a PostgreSQL database.", _HOW) from None
    return url.set(host=unquote(url.host)) if url.host and "%" in url.host else url
