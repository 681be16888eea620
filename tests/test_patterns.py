"""No regular expression explodes: each of the program's own meets texts made to make it go astray.

For every repetition in a pattern there are texts that feed it for long and disappoint it in the end. What backtracks by
the square of such a text is done in a moment; by its cube, or worse, its processor time is spent before it ends.
"""

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _constants as kind  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import bot

LENGTH = 2_000
"""Characters: half of the longest question that is read."""
BUDGET = 1.0
"""Seconds of this process's own processor time for one text, whatever else the machine does. No measurement: a square
takes a tenth of it at most, a cube many times as much."""

WAYS: dict[str, Callable[[re.Pattern[str], str], object]] = {
    "match": re.Pattern.match,
    "fullmatch": re.Pattern.fullmatch,
    "search": re.Pattern.search,
    "sub": lambda pattern, text: pattern.sub("", text),
}
WAY_OF = {"findall": "sub", "finditer": "sub", "split": "sub", "subn": "sub"}
EXAMPLES = {kind.CATEGORY_SPACE: " ", kind.CATEGORY_DIGIT: "1", kind.CATEGORY_NOT_WORD: "-"}
"""What a class of characters may match; `a` for all others."""

REPEATS = {kind.MAX_REPEAT, kind.MIN_REPEAT, kind.POSSESSIVE_REPEAT}

Used = tuple[re.Pattern[str], str]
"""A pattern, and how it is used."""


def find_patterns() -> dict[str, Used]:
    """Find all patterns by where they stand: constants of modules, and those that a function writes out itself."""
    found: dict[str, Used] = {}
    names = [each.name for each in pkgutil.walk_packages(bot.__path__, "bot.") if "migrations" not in each.name]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    sources = "\n".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in modules)
    for module in modules:
        for name, pattern in constants_of(module):
            ways = set(re.findall(rf"\b{name}\.({'|'.join({**WAYS, **WAY_OF})})\(", sources)) or {"search"}
            for way in sorted(ways):
                found[f"{module.__name__}.{name} {way}"] = pattern, WAY_OF.get(way, way)
        found |= written_in_functions(module)
    return found


def constants_of(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in vars(module).items():
        several = [value, *(value if isinstance(value, tuple) else ())]
        several += [part for each in several if isinstance(each, tuple) for part in each]
        yield from ((name, each) for each in several if isinstance(each, re.Pattern) and isinstance(each.pattern, str))


def written_in_functions(module: ModuleType) -> Iterator[tuple[str, Used]]:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name("re"), way), [ast.Constant() | ast.JoinedStr() as first, *_]):
                pattern = re.compile(write_out(first), read_flags(node))
                if way != "compile":
                    yield f"{module.__name__}:{node.lineno} {way}", (pattern, WAY_OF.get(way, way))


def write_out(node: ast.Constant | ast.JoinedStr) -> str:
    """Give a literal's text; what an f-string fills in becomes a word."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "word" for part in parts)


def read_flags(call: ast.Call) -> int:
    named = {node.attr for node in ast.walk(call) if isinstance(node, ast.Attribute) and node.attr.isupper()}
    return sum(int(getattr(re, name)) for name in named)


def sample(tree: Any) -> str:
    """Give a text that a parsed pattern matches, more or less."""
    return "".join(sample_part(operator, given) for operator, given in tree)


def sample_part(operator: Any, given: Any) -> str:
    if operator is kind.LITERAL:
        return chr(given)
    if operator is kind.IN:
        return sample_class(given)
    if operator in REPEATS:
        return sample(given[2]) * max(given[0], 1)
    if operator is kind.SUBPATTERN:
        return sample(given[3])
    if operator is kind.BRANCH:
        return sample(given[1][0])
    return "a" if operator in {kind.ANY, kind.NOT_LITERAL} else ""


def sample_class(members: Any) -> str:
    operator, given = members[0]
    if operator is kind.NEGATE:
        excluded = {chr(value) for each, value in members if each is kind.LITERAL}
        return next(letter for letter in "a -\n*x1" if letter not in excluded)
    if operator is kind.CATEGORY:
        return EXAMPLES.get(given, "a")
    return chr(given[0] if operator is kind.RANGE else given)


def find_repetitions(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Give each repetition's text, with one that leads up to it."""
    for operator, given in tree:
        if operator in REPEATS:
            yield before, sample(given[2])
            yield from find_repetitions(given[2], before)
        elif operator is kind.SUBPATTERN:
            yield from find_repetitions(given[3], before)
        elif operator is kind.BRANCH:
            for branch in given[1]:
                yield from find_repetitions(branch, before)
        elif operator in {kind.ASSERT, kind.ASSERT_NOT}:
            yield from find_repetitions(given[1], before)
        before += sample_part(operator, given)


def build_attacks(pattern: re.Pattern[str]) -> set[str]:
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    whole = sample(tree)
    repeated = {*find_repetitions(tree), ("", whole), ("", whole[:1]), ("", " "), (whole[: len(whole) // 2], " ")}
    attacks = set()
    for before, unit in repeated:
        for piece, lead in ((unit, before), (before + unit, "")):
            long = lead + piece * (LENGTH // len(piece)) if piece else ""
            attacks |= {long, long + "\x00", long + "\n!", "\n" + long}
    return attacks


def try_with_budget(pattern: re.Pattern[str], way: str, text: str) -> bool:
    """Tell whether it comes to an end before the budget is spent."""

    class SpentError(Exception):
        pass

    def give_up(*_: object) -> None:
        raise SpentError

    usual = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, BUDGET)
    try:
        WAYS[way](pattern, text)
    except SpentError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, usual)
    return True


PATTERNS = find_patterns()


@pytest.mark.parametrize(("pattern", "way"), PATTERNS.values(), ids=PATTERNS.keys())
def test_no_text_makes_a_pattern_explode(pattern: re.Pattern[str], way: str) -> None:
    for text in build_attacks(pattern):
        assert try_with_budget(pattern, way, text), f"{text[:80]!r}... is too much for {pattern.pattern}"


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(?:ab?|a)*!", r"\s*x?\s*y?\s*z$"])
def test_the_texts_above_find_those_that_explode(pattern: str) -> None:
    bad = re.compile(pattern)
    assert not all(try_with_budget(bad, "search", text) for text in build_attacks(bad))
