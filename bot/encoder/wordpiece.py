"""Text -> the numbers of its WordPiece tokens, as the uncased BERT models split it. Never fails, whatever the text.

After Devlin et al., "BERT" (2019), https://github.com/google-research/bert/blob/master/tokenization.py (Apache-2.0).
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

LONGEST_WORD: Final = 60
"""Characters of a word that is still split; a longer one is unknown, as in the models' own tokeniser."""

_CHINESE: Final = re.compile(
    "([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ceaf\U0002f800-\U0002fa1f])"
)
_ASCII_PIECES: Final = re.compile(r"[A-Za-z0-9]+|[!-/:-@\[-`{-~]")
_ASCII_DROPPED: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class WordPiece:
    """Splits words into the longest pieces that a vocabulary holds, from left to right."""

    __slots__ = ("_longest_token", "_numbers", "unknown")

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Take the tokens in the order of their numbers; pieces that continue a word begin with ##."""
        self._numbers = {token: number for number, token in enumerate(vocabulary)}
        self._longest_token = max(map(len, vocabulary))
        self.unknown = self._numbers["[UNK]"]

    def numbers(self, text: str) -> list[int]:
        """Return the tokens of a text, without the marks of its beginning and end."""
        return [number for word in words(text) for number in self.pieces(word)]

    def pieces(self, word: str) -> list[int]:
        """Return the tokens of one word as `words` gives it; the unknown token alone where it cannot be split."""
        if (whole := self._numbers.get(word)) is not None:
            return [whole]
        found: list[int] = []
        start = 0
        while start < len(word) <= LONGEST_WORD:
            end, number = self._longest(word, start)
            if number is None:
                break
            found.append(number)
            start = end
        return found if start == len(word) else [self.unknown]

    def _longest(self, word: str, start: int) -> tuple[int, int | None]:
        mark = "##" if start else ""
        for end in range(min(len(word), start + self._longest_token), start, -1):
            if (number := self._numbers.get(mark + word[start:end])) is not None:
                return end, number
        return start, None


def words(text: str) -> list[str]:
    """Return lower-cased words without accents; every punctuation mark and Chinese character is a word of its own."""
    if text.isascii():
        return _ASCII_PIECES.findall(_ASCII_DROPPED.sub("", text).lower())
    cleaned = "".join(" " if _is_space(c) else c for c in text if not _is_dropped(c))
    parted = unicodedata.normalize("NFD", _CHINESE.sub(r" \1 ", cleaned))
    folded = "".join(c.lower() for c in parted if unicodedata.category(c) != "Mn")
    return "".join(f" {c} " if _is_punctuation(c) else c for c in folded).split()


def _is_space(character: str) -> bool:
    return character.isspace() and character not in "\x1c\x1d\x1e\x1f"


def _is_dropped(character: str) -> bool:
    if character in "\t\n\r":
        return False
    return character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs")


def _is_punctuation(character: str) -> bool:
    return (character.isascii() and not character.isalnum() and character.isprintable() and character != " ") or (
        unicodedata.category(character).startswith("P")
    )
