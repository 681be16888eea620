"""One way of logging for the bot and its libraries: readable on a terminal, JSON lines elsewhere. Never a text.

What looks like a secret, or is one of those given, is taken out of every line, tracebacks included; so are characters
that a terminal would obey.
"""

import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection
from functools import lru_cache
from time import monotonic
from types import TracebackType
from urllib.parse import quote, quote_plus

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "***"

SHORTEST_SECRET = 6
"""Characters. Anything shorter would blot out harmless words."""

LINES_A_MINUTE = 5
"""Lines of one kind that a library may log."""

SHORT = 64
"""Characters up to which a value may come again and again: a kind, an id."""

_SHAPES = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+"  # bot, user and refresh tokens
    r"|xapp-[\w-]+"
    r"|(?<=ticket=)[\w-]+"  # opens one Socket Mode connection
    r"|(?<=hooks\.slack\.com/)[\w/-]+"  # lets anybody post for half an hour
    r"|(?i:(?<=hooks\.slack\.com%2f)[\w%-]+)"  # the same within a form
    r"|(?<=://)[^\s/:@]{1,200}:[^\s/@]{1,200}(?=@)"  # user and password of an address
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def configure_logging(level: str, secrets: Collection[str] = ()) -> None:
    """Send all log lines of the process to standard error, from `level` on, without these secrets."""
    redact = build_redactor(secrets)
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,  # which of Slack's requests is worked on
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(sys.stderr)
    steps = _last_steps(redact)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=steps))
    handler.addFilter(Throttle())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    _quieten_libraries(level)
    sys.excepthook = _log_last_words


class Throttle(logging.Filter):
    """Lets through a few lines a minute of each kind that libraries log: asyncio has many where descriptors run out."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lines: Counter[tuple[str, int, str]] = Counter()
        self._since = clock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record is one of the first of its kind, or is the bot's own."""
        if record.name.startswith("bot"):
            return True
        if self._clock() - self._since >= 60:
            self._lines.clear()
            self._since = self._clock()
        kind = (record.pathname, record.lineno, str(record.msg)[:40])
        self._lines[kind] += 1
        return self._lines[kind] <= LINES_A_MINUTE


def build_redactor(secrets: Collection[str]) -> Callable[[str], str]:
    """Make the function that takes secrets and control characters out of a text."""
    forms = {form for secret in secrets for form in (secret, quote(secret), quote(secret, safe=""), quote_plus(secret))}
    known = sorted((re.escape(form) for form in forms if len(form) >= SHORTEST_SECRET), key=len, reverse=True)
    values = re.compile("|".join(known)) if known else None

    def redact(text: str) -> str:
        text = values.sub(HIDDEN, text) if values else text
        return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _SHAPES.sub(HIDDEN, text))

    return redact


def _last_steps(redact: Callable[[str], str]) -> list[Processor]:
    """Tracebacks become plain text, without the values of variables, before anything is taken out."""
    redact_again = lru_cache(512)(redact)  # the names and most values of a line were in the line before

    def redact_any(text: str) -> str:
        return redact_again(text) if len(text) <= SHORT else redact(text)

    def take_out(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {redact_any(str(name)): _redact_value(value, redact_any) for name, value in event.items()}

    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    renderer: Processor = structlog.processors.JSONRenderer()
    if sys.stderr.isatty():
        renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return [remove_meta, structlog.processors.format_exc_info, take_out, renderer]


def _redact_value(value: object, redact: Callable[[str], str]) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return redact(value if isinstance(value, str) else repr(value))


def _log_last_words(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    """Log what ends the program, instead of Python's own traceback, which would show everything."""
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.stdlib.get_logger(__name__).critical("the program failed", exc_info=(kind, error, traceback))


def _quieten_libraries(level: str) -> None:
    """Hold back the libraries: at DEBUG slack_sdk logs whole messages, at INFO it tells of every call."""
    floor = max(logging.WARNING, logging.getLevelNamesMapping()[level])
    for name in ("slack_sdk", "slack_bolt", "uvicorn", "aiohttp", "asyncio", "markdown_it", "alembic", "sqlalchemy"):
        logging.getLogger(name).setLevel(floor)
