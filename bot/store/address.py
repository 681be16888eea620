"""DATABASE_URL as people write it in, one SQLAlchemy URL out. Opens nothing, and shows no password."""

import re
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import URL

from bot.errors import StoreError

FILE_NAME = "flatcar-faq.db"
"""The default database, in the data folder."""

HOW = "Write postgresql://user:password@host/name, sqlite:///path/to/file.db, or just a path."
_POSTGRES = re.compile(r"(jdbc:)?(postgres|postgresql|pgsql)(\+\w+)?", re.IGNORECASE)
_SQLITE = re.compile(r"sqlite3?(\+\w+)?", re.IGNORECASE)
_LOGIN = re.compile(r"[^/\s]*:[^/\s]*@")
_KEYWORDS = re.compile(r"(?:\w+\s*=\s*(?:'[^']*'|\S*)(?:\s+|$))++")
"""libpq's other form: host=... dbname=..."""


def read_address(written: str | None, data_path: Path) -> URL:
    """Read an address; without one it is a SQLite file in the data folder.

    Raises:
        StoreError: it names no database that the bot knows.
    """
    text = _unquoted((written or "").strip())
    if not text:
        return _file(str(data_path / FILE_NAME))
    scheme, separator, rest = text.partition("://")
    if not separator:
        return _without_scheme(text)
    if _SQLITE.fullmatch(scheme) or scheme.lower() == "file":
        return _file(unquote(rest.partition("?")[0].removeprefix("localhost").removeprefix(_slash_of(scheme))))
    if _POSTGRES.fullmatch(scheme):
        from bot.store.server_address import read_server  # noqa: PLC0415 -- loads libpq, which no file needs

        return _understood(read_server(rest))
    raise _unknown(f"begins with {scheme}://, which is no database that the bot knows")


def name_of(url: URL) -> str:
    """Name a database for people, without its password."""
    return f"the file {url.database}" if is_file(url) else url.render_as_string(hide_password=True)


def is_file(url: URL) -> bool:
    """Whether it is a SQLite file, not a server."""
    return url.get_backend_name() == "sqlite"


def _unquoted(text: str) -> str:
    """Take off quotes that an environment file has left around a value."""
    return text[1:-1].strip() if text[:1] in {'"', "'"} and text[-1:] == text[:1] else text


def _slash_of(scheme: str) -> str:
    """Give what stands between scheme and path: sqlite:///bot.db is relative, file:///bot.db is not."""
    return "" if scheme.lower() == "file" else "/"


def _without_scheme(text: str) -> URL:
    if _KEYWORDS.fullmatch(text):
        from bot.store.server_address import read_keywords  # noqa: PLC0415 -- as above

        return _understood(read_keywords(text))
    before, colon, path = text.partition(":")
    if colon and _POSTGRES.fullmatch(before):
        raise _unknown("has no // behind postgresql:")
    if _LOGIN.match(text):
        raise _unknown("has no postgresql:// in front")
    return _file(path if colon and (_SQLITE.fullmatch(before) or before == "file") else text)


def _file(path: str) -> URL:
    if path in {"", ":memory:"}:
        raise _unknown("names a SQLite database in memory, which would forget everything")
    try:
        file = Path(path).expanduser()
    except (RuntimeError, ValueError):
        raise _unknown("names no place on this machine") from None
    return URL.create("sqlite+pysqlite", database=str(file))


def _understood(found: URL | str) -> URL:
    if isinstance(found, str):
        raise _unknown(found)
    return found


def _unknown(what: str) -> StoreError:
    return StoreError(f"DATABASE_URL {what}.", HOW)
