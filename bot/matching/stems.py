"""Words -> stems, so that `funds` counts as known where an entry says `funded`. Rough, and English alone."""

import re
from functools import lru_cache
from typing import Final

SHORTEST: Final = 3
"""Letters that are left at least."""

_ENDING: Final = re.compile(r"(?:ings?|edly|ed|ies|es|ly|(?<!s)s|e|y)$")


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Give the word without its ending, or the word itself where too little would be left."""
    if not (word.isascii() and word.isalpha()):
        return word
    found = _ENDING.search(word, SHORTEST)
    return word[: found.start()] if found else word
