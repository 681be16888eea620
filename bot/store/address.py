"""DATABASE_URL as people write it, read into a SQLAlchemy URL. Opens nothing, and shows no password."""

import re
from pathlib import Path
from urllib.parse import quote, unquote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError

FILE_NAME = "flatcar-faq.db"
"""The default database, in the data folder."""

HOW = "Write postgresql://user:password@host/name, sqlite:///path/to/file.db, or just a path."
_POSTGRES = re.compile(r"(jdbc:)?(postgres|postgresql|pgsql)(\+\w+)?", re.IGNORECASE)
_SQLITE = re.compile(r"sqlite3?(\+\w+)?", re.IGNORECASE)
_LOGIN = re.compile(r"[^/\s]*:[^/\s]*@")
_KEYWORDS = re.compile(r"(?:\w+\s*=\s*(?:'[^']*'|\S*)(?:\s+|$))++")
"""libpq's other form: host=... dbname=..."""
_DRIVER = "postgresql+psycopg"
_OF_OTHERS = {
    "charset", "connection_limit", "encoding", "pgbouncer", "pool_size", "pool_timeout", "pool", "prepared_statements",
    "prepareThreshold", "serverVersion", "socket_timeout", "statement_cache_size", "supa", "timezone",
}  # fmt: skip
"""What Prisma, asyncpg, Rails, JDBC and Doctrine put into addresses: matters of their own connections."""
_ENCRYPTED = {"true": "require", "1": "require", "false": "prefer", "0": "prefer"}


def read_address(written: str | None, data_path: Path) -> URL:
    """Read an address; without one it is a SQLite file in the data folder.

    Raises:
        StoreError: it does not name a database that the bot knows.
    """
    text = _unquoted((written or "").strip())
    if not text:
        return _file(str(data_path / FILE_NAME))
    scheme, separator, rest = text.partition("://")
    if not separator:
        return _without_scheme(text)
    if _SQLITE.fullmatch(scheme) or scheme.lower() == "file":
        slash = "" if scheme.lower() == "file" else "/"  # sqlite:///bot.db is relative, file:///bot.db is not
        return _file(unquote(rest.partition("?")[0].removeprefix("localhost").removeprefix(slash)))
    if _POSTGRES.fullmatch(scheme):
        return _server(rest)
    raise _unknown(f"begins with {scheme}://, which is not a database that the bot knows")


def name_of(url: URL) -> str:
    """Name a database for people, without its password."""
    return f"the file {url.database}" if is_file(url) else url.render_as_string(hide_password=True)


def is_file(url: URL) -> bool:
    """Whether it is a SQLite file, not a server."""
    return url.get_backend_name() == "sqlite"


def _unquoted(text: str) -> str:
    """Take off quotes that an environment file has left around a value."""
    return text[1:-1].strip() if text[:1] in {'"', "'"} and text[-1:] == text[:1] else text


def _without_scheme(text: str) -> URL:
    if _KEYWORDS.fullmatch(text):
        return _keywords(text)
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
        raise _unknown("does not name a place on this machine") from None
    return URL.create("sqlite+pysqlite", database=str(file))


def _server(rest: str) -> URL:
    """Read what stands behind postgresql://; a password may hold `@`, `/` and `#` as they are."""
    address, question_mark, query = rest.partition("?")
    login, at, place = address.rpartition("@")
    login = re.sub(r"[@/#\s]", lambda found: quote(found[0], safe=""), login)
    hosts, slash, database = place.partition("/")
    one_place = place if "," not in hosts else f"{slash}{database}"
    try:
        url = make_url(f"{_DRIVER}://{login}{at}{one_place}{question_mark}{query}")
    except (ArgumentError, ValueError):
        raise _unknown("cannot be read as the address of a PostgreSQL database") from None
    if one_place != place:
        url = url.update_query_pairs([("host", host) for host in hosts.split(",")])
    return _tidied(url.set(host=unquote(url.host)) if url.host and "%" in url.host else url)


def _keywords(text: str) -> URL:
    """Read `host=... dbname=... user=... password=...`."""
    import psycopg.conninfo  # noqa: PLC0415 -- loads libpq, which no file needs

    try:
        found = psycopg.conninfo.conninfo_to_dict(text)
    except psycopg.Error:
        raise _unknown("cannot be read as the address of a PostgreSQL database") from None
    options = {name: str(value) for name, value in found.items() if value is not None}
    name = options.pop("dbname", None)
    return _tidied(URL.create(_DRIVER, database=name, query=options))


def _tidied(url: URL) -> URL:
    """Put the login where it is hidden when the address is shown, and leave libpq's options alone."""
    import psycopg  # noqa: PLC0415 -- as above

    options = {name: value for name, value in url.query.items() if name not in _OF_OTHERS}
    if encrypted := options.pop("ssl", None):
        options.setdefault("sslmode", _ENCRYPTED.get(str(encrypted), encrypted))
    if (schema := options.pop("schema", "public")) != "public":
        what = f"has ?schema={schema}, which libpq does not know: the tables would go to another schema"
        raise _unknown(what, f"Write ?options=-csearch_path%3D{schema} instead, or set the user's search_path.")
    known = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    if unknown := sorted(options.keys() - known):
        raise _unknown(f"has the option {unknown[0]!r}, which PostgreSQL does not know")
    user, password = (options.pop(name, None) for name in ("user", "password"))
    return url.set(username=url.username or _text(user), password=url.password or _text(password), query=options)


def _text(value: str | tuple[str, ...] | None) -> str | None:
    return value[-1] if isinstance(value, tuple) else value


def _unknown(what: str, how: str = HOW) -> StoreError:
    return StoreError(f"DATABASE_URL {what}.", how)
