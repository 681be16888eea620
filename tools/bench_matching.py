"""Measures the matcher beside what one would use instead: `python -m tools.bench_matching accuracy|speed --sets DIR`.

DIR holds NAME.faq.jsonl `{id, question, answer, aliases}` and NAME.queries.jsonl `{text, gold}`. Baselines: RapidFuzz
scorers, BM25 and TF-IDF nearest neighbour (written here), SQLite FTS5, bm25s, and the nearest neighbour by the bot's
encoder alone and by all-MiniLM-L6-v2. `accuracy --like-bots` first makes FAQs and careless
queries of the sets.
"""

import argparse
import json
import math
import random
import resource
import sqlite3
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process, utils

from bot.encoder import shared_encoder
from bot.faq.entry import Entry
from bot.matching import Index
from bot.quality.metrics import Outcome, measure
from tools.bot_like import Query, Set, bot_like

Embed = Callable[[Sequence[str]], np.ndarray]

SCORERS = ("ratio", "partial_ratio", "token_sort_ratio", "token_set_ratio", "token_ratio", "WRatio", "QRatio")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["accuracy", "speed"])
    parser.add_argument("--sets", type=Path, required=True)
    parser.add_argument("--most", type=int, default=2000, help="queries a set")
    parser.add_argument("--like-bots", action="store_true", help="make FAQs and queries like support bots' first")
    parser.add_argument("--sizes", type=int, nargs="*", default=[12, 1_000, 10_000, 100_000], help="phrasings")
    options = parser.parse_args()
    if options.what == "accuracy":
        names = [path.name.removesuffix(".faq.jsonl") for path in sorted(options.sets.glob("*.faq.jsonl"))]
        sets = ((name, load(options.sets, name, options.most)) for name in names)
        compare_accuracy(bot_like(dict(sets)) if options.like_bots else sets)
    else:
        compare_speed(options.sets, options.sizes)


def load(folder: Path, name: str, most: int) -> Set:
    rows = [json.loads(line) for line in (folder / f"{name}.faq.jsonl").read_text("utf-8").splitlines()]
    entries = [Entry(str(row["id"]), row["question"], row["answer"], tuple(row["aliases"])) for row in rows]
    asked = [json.loads(line) for line in (folder / f"{name}.queries.jsonl").read_text("utf-8").splitlines()]
    chosen = asked if len(asked) <= most else [asked[i * len(asked) // most] for i in range(most)]
    return entries, [(row["text"], tuple(str(gold) for gold in row["gold"])) for row in chosen]


def compare_accuracy(sets: Iterable[tuple[str, Set]]) -> None:
    minilm = open_minilm()
    columns = ["bot r1/fa10", "r1 of others", "fa10 of others", "bm25s", "FTS5", "encoder", "MiniLM"]
    print(f"{'set':26}" + "".join(f"{column:>26}" if "others" in column else f"{column:>15}" for column in columns))
    means = []
    for name, (entries, queries) in sets:
        ours = figures(queries, ranked(Index(entries), queries))
        others = {label: figures(queries, found) for label, found in baselines(entries, queries).items()}
        apart = [figures(queries, found) for found in libraries(entries, queries, minilm)]
        cells = [pair(ours), *(f"{best(others, place):>26}" for place in (0, 1)), *map(pair, apart)]
        means.append(ours[:2])
        print(f"{name:26}" + "".join(cells), flush=True)
    r1, fa10 = (np.nanmean([mean[place] for mean in means]) for place in (0, 1))
    print(f"{'mean':26}{r1:>8.1f} /{fa10:5.1f}")


def open_minilm() -> Embed | None:
    """Return all-MiniLM-L6-v2 through onnxruntime, or None where `make bench` did not install it."""
    try:
        from tools.minilm import MiniLm  # noqa: PLC0415
    except ImportError as error:
        print(f"{error.name} is not installed: MiniLM is left out", file=sys.stderr)
        return None
    return MiniLm().embed


def pair(shares: tuple[float, ...] | None) -> str:
    return f"{'-':>15}" if shares is None else f"{shares[0]:>8.1f} /{shares[1]:5.1f}"


def ranked(index: Index, queries: Sequence[Query]) -> list[list[tuple[str, float]]]:
    return [[(match.entry.id, match.confidence) for match in index.search(text)] for text, _ in queries]


def libraries(
    entries: Sequence[Entry], queries: Sequence[Query], minilm: Embed | None
) -> list[list[list[tuple[str, float]]] | None]:
    """Return the rankings of bm25s, SQLite FTS5, and the nearest neighbour by either encoder alone; None for a lack."""
    texts, asked = all_texts(entries), [text for text, _ in queries]
    scores = [scores_of_bm25s(texts, asked), scores_of_sqlite(texts, asked)]
    embeds: tuple[Embed | None, ...] = (lambda given: shared_encoder().encode(given).vectors, minilm)
    scores += [embed(asked) @ embed(texts).T if embed else None for embed in embeds]
    return [None if found is None else by_entry(entries, found) for found in scores]


def scores_of_bm25s(texts: Sequence[str], asked: Sequence[str]) -> np.ndarray | None:
    try:
        import bm25s  # noqa: PLC0415
    except ImportError:
        return None
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(list(texts), show_progress=False), show_progress=False)
    split = bm25s.tokenize(list(asked), return_ids=False, show_progress=False)
    return np.array([retriever.get_scores(words) if words else np.zeros(len(texts)) for words in split])


def scores_of_sqlite(texts: Sequence[str], asked: Sequence[str]) -> np.ndarray:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE phrasing USING fts5(text)")
    base.executemany("INSERT INTO phrasing VALUES (?)", ((text,) for text in texts))
    scores = np.zeros((len(asked), len(texts)))
    for row, text in zip(scores, asked, strict=True):
        words = utils.default_process(text).split()
        query = " OR ".join(f'"{word}"' for word in words)
        for place, rank in base.execute("SELECT rowid, rank FROM phrasing WHERE phrasing MATCH ?", (query or '""',)):
            row[place - 1] = -rank
    return scores


def by_entry(entries: Sequence[Entry], scores: np.ndarray) -> list[list[tuple[str, float]]]:
    """Give each row's entries, the one with the best phrasing first."""
    owners = np.concatenate([[i] * (1 + len(entry.also_asked)) for i, entry in enumerate(entries)])
    greatest = np.maximum.reduceat(scores, np.searchsorted(owners, np.arange(len(entries))), axis=1)
    return [top([entry.id for entry in entries], row) for row in greatest]


def best(others: dict[str, tuple[float, ...]], place: int) -> str:
    label = max(others, key=lambda label: -1.0 if math.isnan(others[label][place]) else others[label][place])
    return f"{others[label][place]:.1f} ({label})"


def figures(
    queries: Sequence[Query], rankings: Sequence[Sequence[tuple[str, float]]] | None
) -> tuple[float, ...] | None:
    if rankings is None:
        return None
    outcomes = [
        Outcome(text, "all", gold, tuple(i for i, _ in found), found[0][1] if found else 0.0, "no_answer")
        for (text, gold), found in zip(queries, rankings, strict=True)
    ]
    result = measure(outcomes)
    shares = (result.r1, result.right_at_fa10, result.auroc)
    return tuple(math.nan if share is None else 100 * share for share in shares)


def baselines(entries: Sequence[Entry], queries: Sequence[Query]) -> dict[str, list[list[tuple[str, float]]]]:
    texts = [utils.default_process(t) for e in entries for t in (e.question, *e.also_asked)]
    asked = [utils.default_process(text) for text, _ in queries]
    words, spoken = [t.split() for t in texts], [t.split() for t in asked]
    found = {name: process.cdist(asked, texts, scorer=getattr(fuzz, name), workers=-1) for name in SCORERS}
    found["BM25"] = bm25(words, spoken)
    found["TF-IDF words"] = tf_idf(words, spoken)
    found["TF-IDF characters"] = tf_idf([pieces(t) for t in texts], [pieces(t) for t in asked])
    return {label: by_entry(entries, scores) for label, scores in found.items()}


def top(ids: Sequence[str], row: np.ndarray) -> list[tuple[str, float]]:
    return [(ids[i], float(row[i])) for i in np.argsort(-row, kind="stable")[:5]]


def pieces(text: str) -> list[str]:
    bounded = [f" {word} " for word in text.split()]
    return [word[i : i + n] for word in bounded for n in range(2, 6) for i in range(len(word) - n + 1)]


def bm25(texts: Sequence[Sequence[str]], asked: Sequence[Sequence[str]], k: float = 1.5, b: float = 0.75) -> np.ndarray:
    held = Counter(word for text in texts for word in set(text))
    mean = statistics.fmean(map(len, texts))
    postings: dict[str, list[tuple[int, float]]] = {}
    for i, text in enumerate(texts):
        for word, count in Counter(text).items():
            idf = math.log(1 + (len(texts) - held[word] + 0.5) / (held[word] + 0.5))
            weight = idf * count * (k + 1) / (count + k * (1 - b + b * len(text) / mean))
            postings.setdefault(word, []).append((i, weight))
    scores = np.zeros((len(asked), len(texts)))
    for row, text in zip(scores, asked, strict=True):
        for word in text:
            for i, weight in postings.get(word, ()):
                row[i] += weight
    return scores


def tf_idf(texts: Sequence[Sequence[str]], asked: Sequence[Sequence[str]]) -> np.ndarray:
    held = Counter(word for text in texts for word in set(text))
    places = {word: i for i, word in enumerate(held)}

    def matrix(rows: Sequence[Sequence[str]]) -> np.ndarray:
        found = np.zeros((len(rows), len(places)), np.float32)
        for row, text in zip(found, rows, strict=True):
            for word, count in Counter(text).items():
                if word in places:
                    row[places[word]] = (1 + math.log(count)) * (math.log((1 + len(texts)) / (1 + held[word])) + 1)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)

    return matrix(asked) @ matrix(texts).T


def compare_speed(folder: Path, sizes: Sequence[int]) -> None:
    sets = [load(folder, path.name.removesuffix(".faq.jsonl"), 400) for path in sorted(folder.glob("*.faq.jsonl"))]
    known = [text for entries, _ in sets for e in entries for text in (e.question, *e.also_asked)]
    asked = [text for _, queries in sets for text, _ in queries][::7]
    print(f"{'phrasings':>10} {'what':22}{'build s':>9}{'median ms':>11}{'p99 ms':>9}{'x median':>10}{'MB':>7}")
    for size in sizes:
        entries = grown(known, size)
        timed = [run(label, build, entries, asked) for label, build in contestants().items()]
        timed.insert(1, run_together(entries, asked))
        for label, built, median, slow, memory in timed:
            ratio = median / timed[0][2]
            print(f"{size:10} {label:22}{built:9.2f}{median:11.2f}{slow:9.2f}{ratio:10.2f}{memory:7.0f}", flush=True)


def grown(known: Sequence[str], size: int) -> list[Entry]:
    """Make entries of ten phrasings: real ones, then variations in which a word is exchanged for another."""
    chance = random.Random(0)
    vocabulary = [word for text in known for word in text.split()]
    texts = list(dict.fromkeys(known))
    chance.shuffle(texts)
    while len(texts) < size:
        words = chance.choice(known).split()
        words[chance.randrange(len(words))] = chance.choice(vocabulary)
        texts.append(" ".join(words))
    groups = [texts[i : min(i + 10, size)] for i in range(0, size, 10)]
    return [Entry(str(i), group[0], "", tuple(group[1:])) for i, group in enumerate(groups)]


def run(
    label: str, build: Callable[[list[Entry]], Callable[[str], object]], entries: list[Entry], asked: Sequence[str]
) -> tuple[str, float, float, float, float]:
    start = time.perf_counter()
    search = build(entries)
    built = time.perf_counter() - start
    times = []
    for text in asked[:400]:
        begun = time.perf_counter()
        search(text)
        times.append(1000 * (time.perf_counter() - begun))
    slow = float(np.percentile(times, 99))
    return label, built, statistics.median(times), slow, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_together(entries: list[Entry], asked: Sequence[str]) -> tuple[str, float, float, float, float]:
    """Do what the bot does under load: sixteen questions in one search; the times are those of one."""

    def build(held: list[Entry]) -> Callable[[str], object]:
        index = Index(held)
        return lambda texts: index.search_all(texts.split("\n"))

    batches = ["\n".join(" ".join(text.split()) for text in asked[i : i + 16]) for i in range(0, 400, 16)]
    label, built, median, slow, memory = run("bot, 16 at once", build, entries, batches)
    return label, built, median / 16, slow / 16, memory


def contestants() -> dict[str, Callable[[list[Entry]], Callable[[str], object]]]:
    found: dict[str, Callable[[list[Entry]], Callable[[str], object]]] = {
        "bot": lambda entries: Index(entries).search,
        "RapidFuzz WRatio": with_rapidfuzz,
        "SQLite FTS5": with_sqlite,
    }
    try:
        import bm25s  # noqa: PLC0415
    except ImportError:
        print("bm25s is not installed: left out", file=sys.stderr)
        return found

    def with_bm25s(entries: list[Entry]) -> Callable[[str], object]:
        retriever = bm25s.BM25()
        retriever.index(bm25s.tokenize(all_texts(entries), show_progress=False), show_progress=False)
        return lambda text: retriever.retrieve(bm25s.tokenize(text, show_progress=False), k=5, show_progress=False)

    return found | {"bm25s": with_bm25s}


def with_rapidfuzz(entries: list[Entry]) -> Callable[[str], object]:
    texts = [utils.default_process(text) for text in all_texts(entries)]
    return lambda text: process.extract(utils.default_process(text), texts, scorer=fuzz.WRatio, limit=5)


def with_sqlite(entries: list[Entry]) -> Callable[[str], object]:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE phrasing USING fts5(text)")
    base.executemany("INSERT INTO phrasing VALUES (?)", ((text,) for text in all_texts(entries)))
    query = "SELECT rowid FROM phrasing WHERE phrasing MATCH ? ORDER BY rank LIMIT 5"

    def search(text: str) -> object:
        words = utils.default_process(text).split()
        return base.execute(query, (" OR ".join(f'"{word}"' for word in words),)).fetchall() if words else []

    return search


def all_texts(entries: Sequence[Entry]) -> list[str]:
    return [text for entry in entries for text in (entry.question, *entry.also_asked)]


if __name__ == "__main__":
    main()
