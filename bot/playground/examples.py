"""A help desk -> questions to click for a first try: a clear one, a doubtful one, one that it cannot answer, ...

For the shipped FAQ they are chosen by hand, for any other they are made from its entries; each was asked before it is
shown, so that it shows what its label says.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.desk import Answerer
from bot.dialogue import Kind, Question, Suggestions, Surface
from bot.faq import Faq

SHORTEST_WORD = 5
MOST_TRIED = 40
"""Questions tried for one example: a millisecond each."""

UNKNOWN = (
    "What is the airspeed of an unladen swallow?",
    "Which keyboard layout do ravens prefer?",
    "How many violins fit into a submarine?",
    "How do I install a printer driver?",
)
BY_HAND: dict[str, tuple[str, ...]] = {
    "clear": ("Who pays for Flatcar?", "Who is Kinvolk?"),
    "doubtful": (
        "What will change for Container Linux?",
        "How can I support the project?",
        "Is Container Linux going away?",
        "can I use it in production",
        "container linux",
    ),
    "typos": ("whats teh diffrence to the upstraem project", "who is kinvlok", "wy did you frok container linux"),
    "chatty": (
        "Hello everybody! Lovely project. Quick one before lunch: when will Flatcar be generally available? Cheers",
        "Good morning! Sorry if this was asked before, but who is Kinvolk? Thanks!",
    ),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A question to click."""

    sort: str
    text: str


def find_examples(answerer: Answerer, *, is_shipped: bool) -> list[Example]:
    """Return one example of each sort, as far as there is one."""
    made = BY_HAND if is_shipped else _made_from(answerer.faq)
    wanted: list[tuple[str, Kind]] = [
        ("clear", "answer"),
        ("doubtful", "suggestions"),
        ("typos", "answer"),
        ("chatty", "answer"),
    ]
    found = [Example(sort, text) for sort, kind in wanted if (text := _first(answerer, made[sort], (kind,)))]
    unknown = _first(answerer, UNKNOWN, ("no_answer",)) or _first(answerer, UNKNOWN, ("signpost",))
    return [*found[:2], *([Example("not in the FAQ", unknown)] if unknown else []), *found[2:]]


def _first(answerer: Answerer, texts: Iterable[str], kinds: tuple[Kind, ...]) -> str:
    """Return the first text that gets such a reply in public and in private, rather one with a choice of entries."""
    found = ""
    for text, _ in zip(texts, range(MOST_TRIED), strict=False):
        places = (Surface.MENTION, Surface.DIRECT_MESSAGE)
        replies = [answerer.reply_to(Question(text, surface)) for surface in places]
        if any(reply.kind not in kinds for reply in replies):
            continue
        if not any(isinstance(reply, Suggestions) and reply.choices == 1 for reply in replies):
            return text
        found = found or text
    return found


def _made_from(faq: Faq) -> dict[str, tuple[str, ...]]:
    phrasings = [text for entry in faq.entries for text in entry.also_asked[:1]]
    questions = [entry.question for entry in faq.entries]
    greeting = "Hi everybody, hope you are well! I looked around but found nothing: "
    return {
        "clear": (*phrasings, *questions),
        "doubtful": tuple(_fragments(questions)),
        "typos": tuple(misspelt(question) for question in questions),
        "chatty": tuple(f"{greeting}{question} Thanks a lot!" for question in questions),
    }


def _fragments(questions: list[str]) -> Iterator[str]:
    """Yield single words and pairs of words, which say too little to be sure."""
    words = [re.findall(r"[\w'-]+", question) for question in questions]
    for size in (1, 2):
        for line in words:
            yield from (" ".join(line[i : i + size]) for i in range(len(line)) if len(line[i]) >= SHORTEST_WORD)


def misspelt(text: str) -> str:
    """Swap two letters in the middle of the longest words, as hasty fingers do."""
    longest = sorted(re.findall(r"\w{5,}", text), key=len)[-2:]
    for word in longest:
        middle = len(word) // 2
        text = text.replace(word, word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :], 1)
    return text
