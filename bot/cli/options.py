"""What commands share: options, how settings, FAQ and database are opened, and how they print."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from bot.config import Settings
from bot.errors import FaqError, SettingsError

if TYPE_CHECKING:
    from bot.faq import Faq
    from bot.store import Store

FaqOption = Annotated[
    Path | None, typer.Option("--faq", help="The FAQ: a Markdown file, or a folder of them (FAQ_PATH).")
]
FaqUrlOption = Annotated[str | None, typer.Option("--faq-url", help="Where the full FAQ is published (FAQ_URL).")]
BrowserOption = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Whether to open a browser where there is one.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def open_store(settings: Settings) -> "closing[Store]":
    """Open the database that the settings name, for one `with` block; raises like `bot.store.open_store`."""
    from bot import store  # noqa: PLC0415 -- commands that need no database do not wait for it

    address = settings.database_url.get_secret_value() if settings.database_url else None
    return closing(store.open_store(address, data_path=settings.data_path))


def served_faq(settings: Settings) -> "Faq":
    """Return the FAQ, for the names of entries; one with problems has none."""
    from bot.app import open_faq  # noqa: PLC0415 -- as above
    from bot.faq import Faq  # noqa: PLC0415

    try:
        return open_faq(settings)
    except FaqError:
        return Faq(())


def read_lines(path: Path) -> list[str]:
    """Return the lines of a file.

    Raises:
        SettingsError: it cannot be read as text.
    """
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}).", "Check the path, and save it as UTF-8.") from None


def write_file(path: Path, text: str) -> None:
    """Write a file.

    Raises:
        SettingsError: it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error.strerror}).", "Choose another file.") from None


def print_json(value: object, indent: int | None = 2) -> None:
    """Print for other programs: nothing but JSON, characters as they are."""
    print(json.dumps(value, ensure_ascii=False, indent=indent), flush=True)  # noqa: T201


def console() -> Console:
    """Return the console for people; numbers and paths are not coloured."""
    return Console(highlight=False)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Yield what moves a bar (done, of how many) for people who wait; nothing is shown where nobody looks."""
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def plain(text: str) -> Text:
    """Return text that is harmless for a terminal: without control characters."""
    return Text("".join(c if c.isprintable() else " " for c in text))


def today() -> date:
    """Return the date that answers' ages are counted from."""
    return datetime.now(UTC).date()
