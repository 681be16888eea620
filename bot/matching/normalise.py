"""Text as people type it in Slack -> plain text and words that can be compared. Never fails, whatever the text."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST_TEXT: Final = 4000
"""Characters that are read of a message: its beginning and its end, the ends being where people ask."""
LONGEST_WORD: Final = 40
MOST_WORDS: Final = 400

_CODE_BLOCK: Final = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_QUOTED: Final = re.compile(r"^[ \t]*(?:(?:&gt;|>){3}.*\Z|(?:&gt;|>)[^\n]*$)", re.MULTILINE | re.DOTALL)
"""A quoted line; three marks quote all that follows."""
_FENCE: Final = re.compile(r"```")
_ESCAPE: Final = re.compile(
    r"<(?:(?P<kind>[@#!])[^<>|\n]*|[a-z][a-z0-9+.-]*:(?![:\s])[^<>|\n]*)(?:\|(?P<label>[^<>\n]*))?>", re.IGNORECASE
)
"""A mention, or a link of any scheme, with the label that is shown for it."""
_BARE_LINK: Final = re.compile(r"https?://\S+")
_EMOJI: Final = re.compile(r":(?=[0-9]*[a-z_+'-])[a-z0-9_+'-]{1,100}:(?::skin-tone-\d:)?", re.IGNORECASE)
_WORD: Final = re.compile(r"[0-9]+(?:\.[0-9]+)+|[a-z0-9]+(?:\+\+|#(?![a-z0-9]))?|(?<![a-z0-9])\.net(?![a-z0-9])")
"""Versions are one word, and so are the names that a symbol ends or begins: 3.5, c++, c#, .net."""
_JOINING: Final = ".+#"
"""What may be part of a word beside letters and digits."""
_SPACELESS: Final = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)")
_UNSEEN: Final = re.compile(
    "[\u0300-\u036f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001"
    "\U000e0020-\U000e007f]"
)
"""Accents as characters of their own, and what steers text without being seen (Unicode's category Cf)."""
_NEGATED: Final = re.compile(
    r"\b(?:(ca)(?:nnot|n['\u2019]?t)|(wo)n['\u2019]?t|(sha)n['\u2019]?t"
    r"|(do|does|did|is|are|was|were|has|have|had|could|should|would|must|need)n['\u2019]?t)\b"
)
"""Negations in one word, with and without their apostrophe: hardly anybody means the other `wont` and `cant`."""
_FULL: Final = {"ca": "can", "wo": "will", "sha": "shall"}
_ENDINGS: Final = re.compile(r"(?<=[a-z])['\u2019](?:s|re|ve|ll|d|m)\b")
SHORTEST_STEM: Final = 3
"""Letters that a stem has at least."""
_ENDING: Final = re.compile(r"(?:ings?|edly|ed|ies|es|ly|(?<!s)s|e|y)$")
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def plain(text: str) -> str:
    """Undo Slack's escapes (https://docs.slack.dev/messaging/formatting-message-text) and drop what asks nothing.

    Mentions, emoji and bare links go; labels stay; code blocks and quoted lines go unless nothing else is left.
    """
    text = _shortened(text)
    for dropped in (_CODE_BLOCK, _QUOTED):
        rest = dropped.sub("\n", text)
        text = rest if any(map(str.isalnum, rest)) else text
    text = _BARE_LINK.sub(" ", _ESCAPE.sub(_label, text))
    for escaped, character in _ENTITIES:
        text = text.replace(escaped, character)
    return _EMOJI.sub(" ", text).strip()


def words(text: str) -> list[str]:
    """Return the words of a plain text, folded: case, accents, width and contractions make no difference.

    Scripts that write without spaces give overlapping pairs of characters instead.
    """
    folded = _ENDINGS.sub("", _NEGATED.sub(_in_two_words, fold(text)))
    found = _WORD.findall(folded) if folded.isascii() else _words_of_any_script(folded)
    return [word[:LONGEST_WORD] for word in found[:MOST_WORDS]]


def fold(text: str) -> str:
    """Return the text without differences of case, width, accents and invisible characters."""
    if text.isascii():
        return text.lower()
    bare = _UNSEEN.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFKC", bare).replace("\u2019", "'")


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return the word without its ending, so that `funds` is known where an entry says `funded`. English alone."""
    if not (word.isascii() and word.isalpha()):
        return word
    found = _ENDING.search(word, SHORTEST_STEM)
    return word[: found.start()] if found else word


def code_lines(text: str) -> list[str]:
    """Return the lines of a message's code blocks: what a program said, or what was typed into it."""
    blocks = _CODE_BLOCK.findall(_shortened(text))
    return [line.strip() for block in blocks for line in _FENCE.sub("\n", block).splitlines() if line.strip()]


def _in_two_words(negated: re.Match[str]) -> str:
    verb = next(filter(None, negated.groups()))
    return f"{_FULL.get(verb, verb)} not"


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    return f"{text[: LONGEST_TEXT * 3 // 4]}\n{text[-LONGEST_TEXT // 4 :]}"


def _label(escape: re.Match[str]) -> str:
    if escape["kind"] in ("@", "!"):
        return " "
    return f" {escape['label'] or ''} "


def _words_of_any_script(text: str) -> list[str]:
    spaced = "".join(c if _is_part_of_a_word(c) or c in _JOINING else " " for c in text)
    return [piece for run in spaced.split() for piece in _pieces(run)]


@lru_cache(maxsize=4096)
def _is_part_of_a_word(character: str) -> bool:
    """Whether it is a letter, a mark on one, or a digit."""
    return unicodedata.category(character)[0] in "LMN"


def _pieces(run: str) -> list[str]:
    pieces: list[str] = []
    for part in _SPACELESS.split(run):
        if _SPACELESS.match(part):
            pieces += [part[i : i + 2] for i in range(max(1, len(part) - 1))]
        elif part.isascii():
            pieces += _WORD.findall(part)
        else:
            pieces += [piece for piece in re.split(r"[.+#]+", part) if piece]
    return pieces
