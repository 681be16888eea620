"""Gather what is wrong and what is worth telling while files are read; all problems leave at once."""

from bot.errors import FaqError, Problem


class Diagnostics:
    """Gathers problems and notes while files are read, so that the reader of an error sees all of them."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._notes: dict[str, None] = {}

    def problem(self, file: str, line: int, text: str) -> None:
        """Record one thing wrong at `line` of `file` (0: the file as a whole)."""
        problem = Problem(_printable(file), line, _printable(text))
        if problem not in self._problems[-20:]:
            self._problems.append(problem)

    def note(self, text: str) -> None:
        """Record something that is no fault but should be told."""
        self._notes[_printable(text)] = None

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the notes in the order in which they came."""
        return tuple(self._notes)

    def has_problems(self) -> bool:
        """Return whether anything is wrong so far."""
        return bool(self._problems)

    def raise_problems(self) -> None:
        """Raise FaqError with every problem, ordered by file and line; do nothing where there is none."""
        if self._problems:
            raise FaqError(sorted(self._problems, key=lambda problem: (problem.file, problem.line)), self.notes)


def _printable(text: str) -> str:
    """Write what UTF-8 cannot hold (half a surrogate pair, a byte of a file's name) as `\\ud83d`."""
    return text.encode("utf-8", "backslashreplace").decode()
