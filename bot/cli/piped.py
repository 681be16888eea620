"""Standard input in, whether somebody has questions waiting in it out. Takes nothing from it."""

import select
from typing import TextIO

PATIENCE = 0.3
"""Seconds for the other end of a pipe to begin."""


def is_input_waiting(stream: TextIO | None) -> bool:
    """Tell whether a pipe or a file holds something to read at once; a terminal, an empty or a silent pipe does not."""
    if stream is None or stream.closed or stream.isatty():
        return False
    try:
        ready, _, _ = select.select([stream], [], [], PATIENCE)
        return bool(ready) and bool(stream.buffer.peek(1))  # type: ignore[attr-defined]
    except (OSError, ValueError, AttributeError):
        return False
