"""Options that several commands share, and how they print."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

FaqOption = Annotated[
    Path | None, typer.Option("--faq", help="The FAQ: a Markdown file, or a folder of them (FAQ_PATH).")
]
FaqUrlOption = Annotated[str | None, typer.Option("--faq-url", help="Where the full FAQ is published (FAQ_URL).")]
BrowserOption = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Whether to open a browser where there is one.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def print_json(value: object, indent: int | None = 2) -> None:
    """Print for other programs: nothing but JSON, characters as they are."""
    print(json.dumps(value, ensure_ascii=False, indent=indent), flush=True)  # noqa: T201


def console() -> Console:
    """Give the console for people; numbers and paths are not coloured."""
    return Console(highlight=False)


def today() -> date:
    """Give the date that answers' ages are counted from."""
    return datetime.now(UTC).date()
