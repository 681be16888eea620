"""One way of logging for the bot and its libraries: readable on a terminal, JSON lines elsewhere. Never a text."""

import logging
import sys

import structlog
from structlog.typing import Processor


def configure_logging(level: str) -> None:
    """Send all log lines of the process to standard error, from `level` on."""
    before: list[Processor] = [
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
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=_last_steps()))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    _quieten_libraries(level)


def _last_steps() -> list[Processor]:
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if sys.stderr.isatty():
        return [remove_meta, structlog.dev.ConsoleRenderer()]
    return [remove_meta, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]


def _quieten_libraries(level: str) -> None:
    """Hold back the libraries: at DEBUG slack_sdk logs whole messages, at INFO it tells of every call."""
    floor = max(logging.WARNING, logging.getLevelNamesMapping()[level])
    for name in ("slack_sdk", "slack_bolt", "uvicorn", "aiohttp", "asyncio", "markdown_it", "alembic", "sqlalchemy"):
        logging.getLogger(name).setLevel(floor)
    logging.getLogger("slack_bolt").addFilter(_shorten_refusals)


def _shorten_refusals(record: logging.LogRecord) -> bool:
    """Make a line of the traceback that slack_sdk logs at every attempt to connect; its URL holds a ticket."""
    if str(record.msg).startswith("Failed to connect"):
        error = record.exc_info[1] if record.exc_info else None
        record.msg = f"no Socket Mode connection ({type(error).__name__}), trying again"
        record.exc_info = None
    return True
