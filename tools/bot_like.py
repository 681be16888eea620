"""Public sets in, FAQs like those of support bots out: few or many phrasings an entry, no signposts, careless queries.

Half of the queries have no entry, most of these are from the same field. Queries are cut to their rarest words,
misspelt, and mixed with another language's function words; all by a seed, so that every run measures the same.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.faq.entry import Entry
from bot.matching.weights import english_share

Query = tuple[str, tuple[str, ...]]
Set = tuple[list[Entry], list[Query]]

ENTRIES = (24, 40)
PHRASINGS = (3, 60)
QUERIES = 500
SMALLEST, LEAST_SAID = 60, 15
"""Entries of a set that is used, and phrasings and queries an entry: of these both the FAQ and its queries are made."""
STRANGERS = 0.3
"""Share of the unanswerable queries that come from another set."""
CUT, MISSPELT, MIXED = 0.6, 0.35, 0.1
"""Shares of queries that are cut, of words that are misspelt, and of queries that are mixed."""
FOREIGN = ("kya", "hai", "ka", "mujhe", "nahi", "por", "favor", "como", "el", "bitte", "ist", "und", "mera")


def bot_like(sets: dict[str, Set], seeds: Sequence[int] = (1, 2, 3, 4)) -> Iterator[tuple[str, Set]]:
    """Make an FAQ with queries of each large set and seed; 24 or 40 of its entries stay."""
    for name, (entries, queries) in sets.items():
        if len(entries) < SMALLEST or len(queries) < LEAST_SAID * len(entries):
            continue
        strangers = [text for other, (_, asked) in sets.items() if other != name for text, _ in asked]
        for seed in seeds:
            yield f"{name} like a bot's, {seed}", _made(entries, queries, strangers, random.Random(f"{name}{seed}"))


def _made(entries: Sequence[Entry], queries: Sequence[Query], strangers: Sequence[str], chance: random.Random) -> Set:
    said: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        said[entry.id] += [entry.question, *entry.also_asked]
    for text, gold in queries:
        for each in gold:
            said[each].append(text)
    for texts in said.values():
        chance.shuffle(texts)
    ids = chance.sample(sorted(said), chance.choice(ENTRIES))
    made, asked = [], []
    for each in ids:
        texts = said[each]
        low, high = PHRASINGS
        size = min(round(low * (high / low) ** chance.random()), len(texts) * 3 // 4)
        made.append(Entry(each, texts[0], "", tuple(texts[1:size])))
        asked += [(text, (each,)) for text in texts[size:]]
    near = [text for each in said if each not in ids for text in said[each]]
    half = min(QUERIES // 2, len(asked))
    far = round(STRANGERS * half)
    nobody = chance.sample(strangers, far) + chance.sample(near, min(half - far, len(near)))
    chosen = chance.sample(asked, half) + [(text, ()) for text in nobody]
    return made, [(careless(text, chance), gold) for text, gold in chosen]


def careless(text: str, chance: random.Random) -> str:
    """Write a query as people in a hurry do."""
    words = text.lower().split()
    if chance.random() < CUT and len(words) > 4:
        rarest = sorted(range(len(words)), key=lambda place: english_share(words[place]))
        words = [words[place] for place in sorted(rarest[: chance.randint(2, 4)])]
    words = [_misspelt(word, chance) if chance.random() < MISSPELT else word for word in words]
    if chance.random() < MIXED:
        for _ in range(2):
            words.insert(chance.randint(0, len(words)), chance.choice(FOREIGN))
    return " ".join(words)


def _misspelt(word: str, chance: random.Random) -> str:
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word) - 1)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + chance.choice("aeiourstn") + word[at + 1 :],
    )
    return chance.choice(slips)
