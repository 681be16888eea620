"""A line of text comes in, what it is goes out: a question, a title of an FAQ, or a title that asks nothing."""

import re
import unicodedata

from bot.faq.page.vocabulary import (
    ANSWER_NAMES,
    AROUND,
    AROUND_IDS,
    FAQ_TITLES,
    HELP_TITLES,
    MENTIONS_FAQ,
    QUESTION_NAMES,
    QUESTION_WORDS,
    STARTERS,
)

_MARK = re.compile(r"[?؟՞፧⁇⁈‽](?=[\s\"'”’»)\]*_.!,:;–—-]|$)|？")
_ANY_MARK = re.compile(r"[?؟՞፧⁇⁈‽？¿;\u037e]")
_GREEK_MARK = re.compile(r"[Ͱ-Ͽἀ-῿][\s\"'»)]*[;\u037e]$")
_QUESTION_PREFIX = re.compile(
    rf"[\W_]{{0,3}}(?:(?:{QUESTION_NAMES})[ ._-]?[#№]?\d{{0,3}}[\]*)_]{{0,3}}"
    r"(?:\s?[:：|]|[.)](?=[\s*_])|\s?[-–—](?=\s))|[FPВD]\d{0,3}[*_]{0,3}:)[*_]{0,3}\s*(?=\S)",
    re.IGNORECASE,
)
_ANSWER_PREFIX = re.compile(
    rf"\s*(?:[-*+]\s+)?([*_]{{0,3}})(?:{ANSWER_NAMES})[\s._-]*(?:\d{{1,3}}\s*)?(?:\1\s*[:：](?!\1)|[:：]\s*\1|\1?\s*[:：])\s*",
    re.IGNORECASE,
)
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
_FAQ = re.compile("|".join(FAQ_TITLES), re.IGNORECASE)
_HELP = re.compile("|".join(HELP_TITLES), re.IGNORECASE)
_STARTERS = re.compile(rf"(?:{'|'.join(STARTERS)})\b(?![-/])", re.IGNORECASE)
_QUESTION_WORDS = re.compile("|".join(QUESTION_WORDS))
_MENTIONS_FAQ = re.compile(MENTIONS_FAQ, re.IGNORECASE)
_AROUND_ID = re.compile(rf"(?:{'|'.join((*AROUND[:9], *AROUND_IDS))})(?: \d{{1,2}})?", re.IGNORECASE)
_QUESTION_COLUMN = re.compile(rf"(?:{QUESTION_NAMES}|FAQ)(?:s|n|es)?", re.IGNORECASE)
_AROUND = re.compile(rf"(?:{'|'.join(AROUND)})[.:!…]?", re.IGNORECASE)


def strip_title(text: str) -> tuple[str, bool, bool]:
    """Take decoration, `Q:` and numbers off a title; return whether it was marked as a question, and numbered."""
    title = _undecorated(text)
    marked = is_marked(title)
    if marked:
        title = _undecorated(_QUESTION_PREFIX.sub("", title, count=1))
    number = _NUMBER.match(title)
    if number:
        title = title[number.end() :]
    if not marked and is_marked(title):
        marked, title = True, _QUESTION_PREFIX.sub("", title, count=1)
    title = _undecorated(title) or text.strip()
    return _TRAIL.sub("", title), marked, bool(number)


def is_marked(line: str) -> bool:
    """Tell whether a line begins with `Q:` or one of its kin."""
    return bool(_QUESTION_PREFIX.match(line))


def answer_mark(line: str, *, odd: bool = False) -> int:
    """Give the length of `A:` or one of its kin at the start of a line, 0 where there is none.

    `odd`: `A.`, `[A]` and a bold `A` count, too, which elsewhere may be somebody's initial.
    """
    found = _ANSWER_PREFIX.match(line) or (_ODD_ANSWER.match(line) if odd else None)
    return found.end() if found else 0


def asks(title: str) -> bool:
    """Tell whether a title has a question mark where one counts."""
    return bool(_MARK.search(title) or _GREEK_MARK.search(title)) or title.startswith("¿")


def may_ask(text: str) -> bool:
    """Tell whether a text holds any character without which nothing in it asks."""
    return bool(_ANY_MARK.search(text))


def seems_to_ask(title: str) -> bool:
    """Tell whether a title is a question or the complaint of somebody who has one ("I get an error")."""
    return (
        asks(title)
        or bool(_STARTERS.match(title.lstrip("\"'“‘«*_ ").replace("’", "'")))
        or bool(_QUESTION_WORDS.search(title))
    )


def is_faq_title(title: str) -> bool:
    """Tell whether a title announces questions and answers."""
    return len(title) < 120 and bool(_FAQ.search(title))


def is_help_title(title: str) -> bool:
    """Tell whether the title of a page announces problems and what to do about them."""
    return bool(_HELP.fullmatch(title.strip()))


def mentions_faq(title: str) -> bool:
    """Tell whether a title speaks of an FAQ, as in "The FAQ is wrong about rye"."""
    return bool(_MENTIONS_FAQ.search(title))


def is_around_id(identity: str) -> bool:
    """Tell whether an id, which stays English in translations, is one of those around questions."""
    words = re.sub(r"[-_\s]+", " ", identity).strip()
    return bool(words and _AROUND_ID.fullmatch(words))


def is_question_column(title: str) -> bool:
    """Tell whether the head of a table's column says that questions stand in it."""
    return bool(_QUESTION_COLUMN.fullmatch(title.strip(" *_:：")))


def asks_nothing(title: str) -> bool:
    """Tell whether a title is one of those that pages have around their questions: contents, see also, licence."""
    return bool(_AROUND.fullmatch(title.strip(" *_#"))) or not any(map(str.isalnum, title))


def _undecorated(text: str) -> str:
    """Take emoji, bullets, white space and the marks of other languages' headings off both ends."""
    text = _DECORATION.sub("", text)
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or _is_decoration(text[start])):
        start += 1
    while end > start and (text[end - 1].isspace() or _is_decoration(text[end - 1])):
        end -= 1
    return text[start:end]


def _is_decoration(character: str) -> bool:
    return character in "•·▶►▸‣◦¶⏎\u200b\u200d\ufe0f" or unicodedata.category(character) == "So"
