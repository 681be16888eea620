"""Short messages that mean nothing without what was said before: "why?", "and on AWS?", "2", "the second one"."""

from collections.abc import Sequence
from typing import Final

from bot.matching.normalise import plain, words

MOST_WORDS: Final = 5
"""Words of the longest message that can be a follow-up."""

_BARE: Final = frozenset(
    """a about again also and any anyone but come did do does else for go had has have how i if is it just many me more
    much no none not of ok okay on one or please pls really same since so sure that the them then there they thing this
    those to too was what when where which who why with yeah yep yes you
    first second third 1st 2nd 3rd two three last number option""".split()  # noqa: SIM905 - read more easily so
)
"""Words of which a message may consist without saying what it is about; numbers are bare, too."""
_SMALL_TALK: Final = frozenset({("how", "do", "you", "do"), ("who", "is", "this"), ("are", "you", "there")})
_BEGINNINGS: Final = (("and",), ("but",), ("or",), ("what", "about"), ("how", "about"), ("same", "for"))
_ORDINALS: Final = {
    **dict.fromkeys(("1", "first", "1st", "one"), 0),
    **dict.fromkeys(("2", "second", "2nd", "two"), 1),
    **dict.fromkeys(("3", "third", "3rd", "three"), 2),
}
_AROUND_A_CHOICE: Final = frozenset(
    ("the", "one", "number", "option", "please", "pls", "i", "mean", "meant", "it", "is", "was", "that")
)
_NONE: Final = frozenset({("no",), ("none",), ("none", "of", "them"), ("none", "of", "these"), ("neither",), ("nope",)})


def is_bare(asked: Sequence[str]) -> bool:
    """Return whether words say nothing by themselves."""
    if not 0 < len(asked) <= MOST_WORDS or tuple(asked) in _SMALL_TALK:
        return False
    return all(word in _BARE or word.isdecimal() for word in asked)


def is_follow_up(text: str) -> bool:
    """Return whether a message goes on from an earlier one: it is bare, or begins as one that does."""
    asked = tuple(words(plain(text)))
    begun = any(asked[: len(beginning)] == beginning for beginning in _BEGINNINGS)
    return is_bare(asked) or (begun and len(asked) <= MOST_WORDS + 1)


def choice_of(text: str, count: int) -> int | None:
    """Return the place of the choice that a message names, from 0; -1 where it refuses them all; None for no choice."""
    asked = tuple(words(plain(text)))
    if asked in _NONE:
        return -1
    named = [word for word in asked if word in _ORDINALS]
    rest = [word for word in asked if word not in _ORDINALS and word not in _AROUND_A_CHOICE]
    if rest or not named or len(asked) > MOST_WORDS:
        return None
    place = _ORDINALS[named[0]]
    return place if place < count else None
