"""Learn the ranker's coefficients from questions about many FAQs: `python -m tools.learn_coefficients --pages DIR ...`.

DIR holds NAME.md, an FAQ page, and NAME.jsonl, questions about it: `{"text", "gold": heading or null, "also": []}`.
Where it holds drafts/NAME.json, `{heading: [phrasings]}`, the page is learnt from with 1, 3, 6 and 15 of them, too.
`--rich` takes FAQ:QUESTIONS of an FAQ with its phrasings. `--public` is a folder of NAME.faq.jsonl and
NAME.queries.jsonl (see tools.bench_matching). Each may end in `=WEIGHT`, what one of its pages counts beside others.

Prints the figures with each page of `--test` left out of all that is learnt, and writes bot/matching/coefficients.py.
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from bot.faq import Entry, Faq, load_faq
from bot.matching import Index
from bot.matching.coefficients import Coefficients
from bot.matching.ranker import ENTRY_FEATURES, NONE_FEATURES
from bot.quality.evaluate import Case, Evaluation, evaluate, summed_up
from tools.bench_matching import load as load_public

DRAFTS = (1, 3, 6, 15)
STRENGTH = 10.0
"""How strongly standardised coefficients are drawn to 0."""
RICH_STRENGTH = 10.0
"""How much more so where there are many phrasings, besides what the FAQ's own lessons say: they know it better."""
TARGET = Path(__file__).parents[1] / "bot/matching/coefficients.py"


@dataclass(frozen=True)
class Lesson:
    """One question."""

    table: np.ndarray
    """Features of the candidates: k x (2 len(ENTRY_FEATURES))."""
    none: np.ndarray
    truths: np.ndarray
    """k + 1: which candidates are right; the last is "none of them"."""


@dataclass(frozen=True)
class Lessons:
    """What one FAQ teaches."""

    name: str
    """Of the page: lessons of one name are left out together."""
    weight: float
    lessons: tuple[Lesson, ...]


def lessons_from(name: str, weight: float, index: Index, cases: Sequence[Case]) -> Lessons:
    """Build lessons of questions; those whose right entry is no candidate teach nothing."""
    found = []
    for case in cases:
        asked = index.features(case.text)
        if asked is None:
            continue
        chosen, table, none = index.ranker.features(asked)
        right = np.array([index.entries[place].id in case.gold for place in chosen])
        truths = np.append(right, not case.gold)
        if truths.any():
            richness = index.ranker.richness
            shares = 1.0 - richness, richness
            found.append(
                Lesson(np.hstack([s * table for s in shares]), np.concatenate([s * none for s in shares]), truths)
            )
    return Lessons(name, weight, tuple(found))


def learn(groups: Sequence[Lessons]) -> Coefficients:
    """Maximise the weighted log-likelihood of the truths, less a ridge penalty, by Newton's method."""
    lessons = [(lesson, group.weight) for group in groups for lesson in group.lessons]
    tables = np.concatenate([lesson.table for lesson, _ in lessons])
    nones = np.array([lesson.none for lesson, _ in lessons])
    scales = np.append(tables.std(axis=0), nones.std(axis=0))
    scales[scales < 1e-9] = 1.0
    split = tables.shape[1]
    names = (*ENTRY_FEATURES, *ENTRY_FEATURES, *NONE_FEATURES, *NONE_FEATURES)
    rich = np.repeat([False, True, False, True], [split // 2, split // 2, len(NONE_FEATURES), len(NONE_FEATURES)])
    own = np.array([name.startswith("regression") for name in names])
    penalty = np.where(rich & ~own, STRENGTH * RICH_STRENGTH, STRENGTH)
    penalty[[name == "constant" for name in names]] = 0.1
    most = 1 + max(len(lesson.table) for lesson, _ in lessons)
    rows = np.zeros((len(lessons), most, len(scales)))
    truths = np.zeros((len(lessons), most), bool)
    there = np.zeros((len(lessons), most), bool)
    for row, (lesson, _) in enumerate(lessons):
        size = len(lesson.table)
        rows[row, 1 : size + 1, :split] = lesson.table / scales[:split]
        rows[row, 0, split:] = lesson.none / scales[split:]
        truths[row, : size + 1] = np.roll(lesson.truths, 1)
        there[row, : size + 1] = True
    weights = np.array([weight for _, weight in lessons])
    found = np.zeros(len(scales))
    for _ in range(30):
        chances = _softmax(np.where(there, rows @ found, -np.inf))
        held = chances * truths
        right = held / np.maximum(held.sum(axis=1, keepdims=True), 1e-300)
        slope = np.einsum("q,qe,qef->f", weights, chances - right, rows) + penalty * found
        means = np.einsum("qe,qef->qf", chances, rows)
        spread = np.einsum("qe,qef->qef", chances * weights[:, None], rows)
        curvature = np.tensordot(spread, rows, ([0, 1], [0, 1])) - (means * weights[:, None]).T @ means
        step = np.linalg.solve(curvature + np.diag(penalty), slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return _named(found / scales, split)


def _softmax(scores: np.ndarray) -> np.ndarray:
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def _named(found: np.ndarray, split: int) -> Coefficients:
    of_entry, of_none = found[:split].reshape(2, -1).T, found[split:].reshape(2, -1).T
    return Coefficients(
        entry={name: (float(a), float(b - a)) for name, (a, b) in zip(ENTRY_FEATURES, of_entry, strict=True)},
        none={name: (float(a), float(b - a)) for name, (a, b) in zip(NONE_FEATURES, of_none, strict=True)},
    )


LEVEL, STRETCH = 0.25, 1.25
"""How much the log odds are raised and stretched in FAQs without phrasings: see `levelled`."""


def levelled(coefficients: Coefficients) -> Coefficients:
    """Return the coefficients with the log odds of bare FAQs raised and stretched: one set of thresholds serves all.

    What is learnt on many FAQs is a little too unsure of one without phrasings.
    """

    def stretched(pairs: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
        return {name: (base * STRETCH, change + base * (1.0 - STRETCH)) for name, (base, change) in pairs.items()}

    none = stretched(coefficients.none)
    base, change = none["constant"]
    return Coefficients(stretched(coefficients.entry), {**none, "constant": (base - LEVEL, change + LEVEL)})


def pages(folder: Path) -> Iterator[tuple[str, Faq, tuple[Case, ...]]]:
    """Load the pages of a folder that have questions, without their phrasings."""
    for file in sorted(folder.glob("*.jsonl")):
        page = next(
            (p for p in (file.with_suffix(".md"), folder.parent / "pages" / f"{file.stem}.md") if p.exists()), None
        )
        if page is not None:
            faq = bare(load_faq(page))
            yield file.stem, faq, cases_from(file.read_text("utf-8").splitlines(), faq.entries)


def bare(faq: Faq) -> Faq:
    """Return the FAQ without phrasings, and without signposts of its own."""
    entries = tuple(replace(entry, also_asked=()) for entry in faq.entries)
    return Faq(entries, tuple(signpost for signpost in faq.signposts if signpost.small_talk))


def cases_from(lines: Iterable[str], entries: Sequence[Entry]) -> tuple[Case, ...]:
    """Read questions; what names no entry, markup and typography aside, is left out."""
    known = {_plain(entry.question): entry.id for entry in entries}
    found = []
    for row in map(json.loads, filter(str.strip, lines)):
        gold = [row["gold"], *(row.get("also") or [])] if row["gold"] else []
        if all(_plain(each) in known for each in gold):
            ids = tuple(known[_plain(each)] for each in gold)
            found.append(Case(row["text"], ids, row.get("kind") or "all"))
    return tuple(found)


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"\w+", heading.lower().replace("_", " ")))


def drafted(folder: Path, name: str, faq: Faq) -> Iterator[Faq]:
    """Yield the FAQ with 1, 3, 6 and 15 drafted phrasings an entry, where there are drafts."""
    file = folder / "drafts" / f"{name}.json"
    if file.exists():
        drafts = {_plain(heading): texts for heading, texts in json.loads(file.read_text("utf-8")).items()}
        for most in DRAFTS:
            entries = (replace(e, also_asked=tuple(drafts.get(_plain(e.question), ())[:most])) for e in faq.entries)
            yield replace(faq, entries=tuple(entries))


def gather(options: argparse.Namespace) -> tuple[list[Lessons], dict[str, tuple[Index, tuple[Case, ...]]]]:
    """Build all lessons, and the indexes that are tested."""
    groups: list[Lessons] = []
    tested: dict[str, tuple[Index, tuple[Case, ...]]] = {}
    for folder, weight in map(_weighed, options.pages):
        for name, faq, cases in pages(folder):
            index = Index(faq.entries, faq.signposts)
            groups.append(lessons_from(name, weight, index, cases))
            if folder in options.test:
                tested[name] = index, cases
            richer = (Index(more.entries, more.signposts) for more in drafted(folder, name, faq))
            groups += [lessons_from(name, weight / 4, each, cases) for each in richer]
            print(f"{name}: {len(faq.entries)} entries, {len(cases)} questions", flush=True)
    for given, weight in map(_weighed, options.rich):
        path, questions = map(Path, str(given).split(":"))
        faq = load_faq(path)
        cases = cases_from(questions.read_text("utf-8").splitlines(), faq.entries)
        indexes = (Index(each.entries, each.signposts) for each in (faq, bare(faq)))
        groups += [lessons_from(questions.stem, weight, each, cases) for each in indexes]
    for folder, weight in map(_weighed, options.public):
        for file in sorted(folder.glob("*.faq.jsonl")):
            name = file.name.removesuffix(".faq.jsonl")
            entries, queries = load_public(folder, name, 300)
            index = Index(entries)
            groups.append(lessons_from(name, weight, index, [Case(text, gold) for text, gold in queries]))
            print(name, flush=True)
    return groups, tested


def tested_without(
    groups: Sequence[Lessons],
    index: Index,
    cases: Sequence[Case],
    name: str,
) -> Evaluation:
    """Evaluate an index with coefficients that know nothing of its page."""
    index.ranker.coefficients = levelled(learn([group for group in groups if group.name != name]))
    return evaluate(index, cases)


def _weighed(given: str) -> tuple[Path, float]:
    path, _, weight = given.partition("=")
    return Path(path), float(weight or 1.0)


def written(coefficients: Coefficients) -> str:
    """Return the module that holds the coefficients."""
    source = TARGET.read_text("utf-8")
    lines = [source[: source.index("COEFFICIENTS: Final")] + "COEFFICIENTS: Final = Coefficients("]
    for kind in ("entry", "none"):
        rows = getattr(coefficients, kind).items()
        lines += [f"    {kind}={{"]
        lines += [f'        "{name}": ({base:.4g}, {change:.4g}),' for name, (base, change) in rows]
        lines += ["    },"]
    return "\n".join([*lines, ")", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", action="append", default=[], help="folder of pages with questions")
    parser.add_argument("--rich", action="append", default=[], help="FAQ:QUESTIONS")
    parser.add_argument("--public", action="append", default=[], help="folder of public sets")
    parser.add_argument("--test", action="append", type=Path, default=[], help="folder of --pages that is tested")
    options = parser.parse_args()
    groups, tested = gather(options)
    outcomes = []
    for name, (index, cases) in tested.items():
        found = tested_without(groups, index, cases, name)
        outcomes += found.outcomes
        print(name, {key: round(100 * value) for key, value in vars_of(found).items()}, flush=True)
    if outcomes:
        print("all", {key: round(100 * value, 1) for key, value in vars_of(summed_up(outcomes)).items()})
    TARGET.write_text(written(levelled(learn(groups))), "utf-8")


def vars_of(found: Evaluation) -> dict[str, float]:
    shares = asdict(found.overall)
    names = [name for name in shares if name not in ("questions", "answerable", "right_at_fa5", "right_at_fa10")]
    return {name: shares[name] or 0.0 for name in names}


if __name__ == "__main__":
    main()
