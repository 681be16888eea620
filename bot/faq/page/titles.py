"""Judge titles by their words: questions, numbers, `Q:`, titles of an FAQ, titles that ask nothing."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

_MARK = re.compile(r"[?؟՞፧⁇⁈‽](?=[\s\"'”’»)\]*_.!,:;–—-]|$)|？")
_GREEK_MARK = re.compile(r"[Ͱ-Ͽἀ-῿][\s\"'»)]*[;\u037e]$")
_ODD_ANSWER = re.compile(
    r"\s*(?:[*_]{0,3}A\d{0,3}[*_]{0,3}[.)][*_]{0,3}|\[A(?:nswer|ns)?\d{0,3}\][:.]?|(?:\*\*|__)A(?:nswer)?\d{0,3}(?:\*\*|__))\s+(?=\S)"
)
_NUMBER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){1,3}[.):]?(?=\s+[^\W\da-z])|\(?\d{1,3}[.):\]、．](?!\d)\)?"
    r"|#\d{1,3}[.:)]?|[A-Za-z]\)|[A-Z]\.(?=\s+[A-Z].*\?$)|§\s?\d+[.:]?)\s*(?=\S)"
)
_DECORATION = re.compile(
    r"^\s*(?:={1,6}\s+|>{1,3}\s+|[»→➔➜]\s+|(?::[a-z0-9_+-]{2,40}:\s*)+(?=\S))|\s+(?::[a-z0-9_+-]{2,40}:\s*)+$|(?<=\S)\s+(?:={1,6}|\[!?toc\])$"
)
_TRAIL = re.compile(r"(?<=[?？؟])\s*[:–—-]+$")
_SHAPES = {
    "starters": r"(?:{starters})\b(?![-/])",
    "around": r"(?:{around})[.:!…]?",
    "around_ids": r"(?:{around_ids})(?: \d{{1,2}})?",
    "question_column": r"(?:{question_names}|FAQ)(?:s|n|es)?",
    "question_prefix": (
        r"[\W_]{{0,3}}(?:(?:{question_names})[ ._-]?[#№]?\d{{0,3}}[\]*)_]{{0,3}}"
        r"(?:\s?[:：|]|[.)](?=[\s*_])|\s?[-–—](?=\s))|[FPВD]\d{{0,3}}[*_]{{0,3}}:)[*_]{{0,3}}\s*(?=\S)"
    ),
    "answer_prefix": (
        r"\s*(?:[-*+]\s+)?([*_]{{0,3}})(?:{answer_names})[\s._-]*(?:\d{{1,3}}\s*)?"
        r"(?:\1\s*[:：](?!\1)|[:：]\s*\1|\1?\s*[:：])\s*"
    ),
    "answer_heading": r"#+\s*(?:The )?(?:Short )?(?:Answer|Response|答案|回答)\s*[:：]?\s*",
}


@cache
def _words() -> dict[str, str]:
    lists = tomllib.loads(files("bot.faq.page").joinpath("titles.toml").read_text(encoding="utf-8"))
    return {name: "|".join(patterns) for name, patterns in lists.items()}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return what the file of words lists under `name`, or the shape of that name filled with such lists."""
    shape = _SHAPES.get(name)
    return re.compile(shape.format(**_words()) if shape else _words()[name], re.IGNORECASE)


def strip_title(text: str) -> tuple[str, bool, bool]:
    """Take decoration, `Q:` and numbers off a title; return whether it was marked as a question, and numbered."""
    title = _undecorated(text)
    marked = is_marked(title)
    if marked:
        title = _undecorated(_pattern("question_prefix").sub("", title, count=1))
    number = _NUMBER.match(title)
    if number:
        title = title[number.end() :]
    if not marked and is_marked(title):
        marked, title = True, _pattern("question_prefix").sub("", title, count=1)
    title = _undecorated(title) or text.strip()
    return _TRAIL.sub("", title), marked, bool(number)


def is_marked(line: str) -> bool:
    """Return whether a line begins with `Q:` or one of its kin."""
    return bool(_pattern("question_prefix").match(line))


def answer_mark(line: str, *, odd: bool = False) -> int:
    """Return the length of `A:` or one of its kin at the start of a line, 0 where there is none.

    `odd`: `A.`, `[A]` and a bold `A` count, too, which elsewhere may be somebody's initial.
    """
    found = _pattern("answer_prefix").match(line) or (_ODD_ANSWER.match(line) if odd else None)
    return found.end() if found else 0


def is_answer_heading(line: str) -> bool:
    """Return whether a line is a heading that only says "Answer"."""
    return bool(_pattern("answer_heading").fullmatch(line))


def asks(title: str) -> bool:
    """Return whether a title has a question mark where one counts."""
    return bool(_MARK.search(title) or _GREEK_MARK.search(title)) or title.startswith("¿")


def seems_to_ask(title: str) -> bool:
    """Return whether a title is a question or the complaint of somebody who has one ("I get an error")."""
    start = title.lstrip("\"'“‘«*_ ").replace("’", "'")
    return asks(title) or bool(_pattern("starters").match(start) or _pattern("question_words").search(title))


def is_faq_title(title: str) -> bool:
    """Return whether a title announces questions and answers."""
    return len(title) < 120 and bool(_pattern("faq").search(title))


def mentions_faq(title: str) -> bool:
    """Return whether a title speaks of an FAQ, as in "The FAQ is wrong about rye"."""
    return bool(_pattern("mentions_faq").search(title))


def is_help_title(title: str) -> bool:
    """Return whether the title of a page announces problems and what to do about them."""
    return bool(_pattern("help").fullmatch(title.strip()))


def is_question_column(title: str) -> bool:
    """Return whether the head of a table's column says that questions stand in it."""
    return bool(_pattern("question_column").fullmatch(title.strip(" *_:：")))


def asks_nothing(title: str) -> bool:
    """Return whether a title is one of those that pages have around their questions: contents, see also, licence."""
    return bool(_pattern("around").fullmatch(title.strip(" *_#"))) or not any(map(str.isalnum, title))


def is_around_id(identity: str) -> bool:
    """Return whether an id, which stays English in translations, is that of such a title."""
    words = re.sub(r"[-_\s]+", " ", identity).strip()
    return bool(words and _pattern("around_ids").fullmatch(words))


def key_of(title: str) -> str:
    """Return the letters and digits of a title, by which tables of contents and headings are compared."""
    return "".join(filter(str.isalnum, title.casefold()))


def _undecorated(text: str) -> str:
    """Take emoji, bullets, white space and the marks of other languages' headings off both ends."""
    text = _DECORATION.sub("", text)
    start, end = 0, len(text)
    while start < end and _is_decoration(text[start]):
        start += 1
    while end > start and _is_decoration(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_decoration(character: str) -> bool:
    return character.isspace() or character in "•·▶►▸‣◦¶⏎\u200b\u200d\ufe0f" or unicodedata.category(character) == "So"
