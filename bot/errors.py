"""What can go wrong for the people who run the bot or write its FAQ: each error says what, where and what to do.

Anything else that is raised is a fault of the program itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class BotError(Exception):
    """An error that its reader can mend: its text says what is wrong, where, and what to do."""

    def __init__(self, what: str, next_step: str = "") -> None:
        self.what = what
        self.next_step = next_step
        super().__init__(f"{what} {next_step}".rstrip())


class SettingsError(BotError):
    """A setting is missing, malformed or contradicts another one."""


class SlackSetupError(BotError):
    """Slack refused the tokens or the app's configuration."""


class LineLostError(BotError):
    """Slack could not be reached for so long that a supervisor had better start the bot anew."""


class StoreError(BotError):
    """The database cannot be opened, read or written at the moment; never shows its password."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in an FAQ, placed in its file's own line numbering."""

    file: str
    line: int
    """Counted from 1, front matter included; 0 where the file as a whole is meant."""
    text: str
    """What is wrong and what to do, as one sentence or two."""

    def __str__(self) -> str:
        """Return the form that editors and terminals turn into a link: `file:line: text`."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.text}"


class FaqError(BotError):
    """The FAQ cannot be served as it is; carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem], notes: Sequence[str] = ()) -> None:
        self.problems = tuple(problems)
        self.notes = tuple(notes)
        """What is no fault, but may explain one."""
        super().__init__("\n".join(str(problem) for problem in self.problems))
