"""A PostgreSQL server's address in any form that libraries take in, one SQLAlchemy URL out, or what is wrong with it.

Options that other libraries have invented are translated or left out; all that libpq knows are kept.
"""

import re
from urllib.parse import quote, unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_UNREADABLE = "cannot be read as the address of a PostgreSQL database"
_DRIVER = "postgresql+psycopg"
_OPTIONS = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
_OF_OTHERS = {
    "charset", "connection_limit", "encoding", "pgbouncer", "pool_size", "pool_timeout", "pool", "prepared_statements",
    "prepareThreshold", "schema", "serverVersion", "socket_timeout", "statement_cache_size", "supa", "timezone",
}  # fmt: skip
"""What Prisma, asyncpg, Rails, JDBC and Doctrine put into addresses: matters of their own connections."""


def read_server(rest: str) -> URL | str:
    """Read what stands behind postgresql://; a password may hold `@`, `/` and `#` as they are."""
    address, question_mark, query = rest.partition("?")
    login, at, place = address.rpartition("@")
    login = re.sub(r"[@/#\s]", lambda found: quote(found[0], safe=""), login)
    hosts, slash, database = place.partition("/")
    one_place = place if "," not in hosts else f"{slash}{database}"
    try:
        url = make_url(f"{_DRIVER}://{login}{at}{one_place}{question_mark}{query}")
    except (ArgumentError, ValueError):
        return _UNREADABLE
    if one_place != place:
        url = url.update_query_pairs([("host", host) for host in hosts.split(",")])
    return _tidied(url.set(host=unquote(url.host)) if url.host and "%" in url.host else url)


def read_keywords(text: str) -> URL | str:
    """Read `host=... dbname=... user=... password=...`."""
    try:
        found = conninfo_to_dict(text)
    except psycopg.Error:
        return _UNREADABLE
    options = {name: str(value) for name, value in found.items() if value is not None}
    name = options.pop("dbname", None)
    return _tidied(URL.create(_DRIVER, database=name, query=options))


def _tidied(url: URL) -> URL | str:
    """Put the login where it is hidden when the address is shown, and leave libpq's options alone."""
    options = {name: value for name, value in url.query.items() if name not in _OF_OTHERS}
    if encrypted := options.pop("ssl", None):
        wish = {"true": "require", "1": "require", "false": "prefer", "0": "prefer"}.get(str(encrypted), encrypted)
        options.setdefault("sslmode", wish)
    if unknown := sorted(options.keys() - _OPTIONS):
        return f"has the option {unknown[0]!r}, which PostgreSQL does not know"
    user, password = (options.pop(name, None) for name in ("user", "password"))
    return url.set(username=url.username or _text(user), password=url.password or _text(password), query=options)


def _text(value: str | tuple[str, ...] | None) -> str | None:
    return value[-1] if isinstance(value, tuple) else value
