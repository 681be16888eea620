"""An FAQ in, advice for its authors out: nothing here keeps the bot from starting."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.faq import Faq
from bot.faq.dead_links import DeadLink
from bot.quality.collisions import Collisions

FEW_PHRASINGS = 5
"""Below this an entry is found by its own wording only; every further phrasing helps, up to some thirty."""
MOST_NAMED = 5
FEW_WORDS = 3
"""A heading of fewer words without a question mark is hardly a question."""
SHORT_ANSWER = 80
"""Characters below which an answer may be a mere pointer."""
LONG_QUESTION = 75
"""Characters that a button in Slack shows."""
LONG_ANSWER = 1200
"""Characters that a reply in Slack shows; of longer answers the first paragraphs."""


_ELSEWHERE = re.compile(
    r"\b(?:see|as|siehe|voir)\b.{0,40}\b(?:above|below|previous|next|oben|unten|plus haut)\b", re.IGNORECASE
)
_LINK = re.compile(r"\]\(<?([^)\s>]+)")


@dataclass(frozen=True, slots=True)
class Advice:
    """Something that would make the FAQ answer better, and where."""

    file: str
    """Empty where the FAQ as a whole is meant."""
    line: int
    text: str

    def __str__(self) -> str:
        """Return the form `file:line: text`."""
        return f"{self.file}:{self.line}: {self.text}" if self.file else self.text


def advise(
    faq: Faq, collisions: Collisions, faq_url: str = "", dead_links: Sequence[DeadLink] = ()
) -> tuple[Advice, ...]:
    """Return the advice for a whole FAQ, published at `faq_url`: about single entries, then about all of it."""
    return (
        *_about_lengths(faq),
        *_about_wording(faq),
        *_about_links(faq, faq_url),
        *(Advice(dead.file, dead.line, f"There is no file {dead.target}: mend the link.") for dead in dead_links),
        *_about_neighbours(collisions),
        *_about_misfits(collisions),
        *_about_phrasings(faq),
        *_about_address(faq, faq_url),
        *_about_signposts(faq),
    )


def _about_lengths(faq: Faq) -> Iterator[Advice]:
    for entry in faq.entries:
        if len(entry.question) > LONG_QUESTION:
            text = f"The question has {len(entry.question)} characters; a button shows {LONG_QUESTION}."
            yield Advice(entry.file, entry.line, text)
        if len(entry.answer) > LONG_ANSWER:
            text = f"The answer has {len(entry.answer)} characters; beyond {LONG_ANSWER} a reply shows its beginning."
            yield Advice(entry.file, entry.line, text)


def _about_wording(faq: Faq) -> Iterator[Advice]:
    for entry in faq.entries:
        if len(entry.question.split()) < FEW_WORDS and not entry.question.rstrip().endswith(("?", "？", "؟", ";")):
            text = f"{entry.question!r} does not read like a question: word it as people ask, or leave it out."
            yield Advice(entry.file, entry.line, text)
        if len(entry.answer) < SHORT_ANSWER and _ELSEWHERE.search(entry.answer):
            text = "The answer only points to another place on the page, which nobody sees in a chat: say it here."
            yield Advice(entry.file, entry.line, text)


def _about_links(faq: Faq, faq_url: str) -> Iterator[Advice]:
    anchors = {entry.anchor for entry in faq.entries}
    for entry in faq.entries:
        for link in _LINK.findall(entry.answer):
            page, _, anchor = link.partition("#")
            if anchor and page.rstrip("/") in {"", faq_url.rstrip("/")} and anchor not in anchors:
                text = f"The answer links to #{anchor}, which is no entry's anchor: mend the link, or give its address."
                yield Advice(entry.file, entry.line, text)
            elif not re.match(r"[a-z][a-z0-9+.-]*:|#", link, re.IGNORECASE):
                text = f"The answer links to {link}, which leads nowhere from a chat: set FAQ_URL or give the address."
                yield Advice(entry.file, entry.line, text)


def _about_neighbours(collisions: Collisions) -> Iterator[Advice]:
    for found in collisions.neighbours:
        text = f"Most easily confused with {found.other.id} ({found.chance:.0%}), by: {found.phrasing}"
        yield Advice(found.entry.file, found.entry.line, text)


def _about_misfits(collisions: Collisions) -> Iterator[Advice]:
    for found in (each for each in collisions.misfits if each.phrasing != each.entry.question):
        taken = f"{found.taken_by!r} ({found.chance:.0%})"
        text = f"Were it not listed, this phrasing would be taken for {taken}: {found.phrasing}"
        yield Advice(found.entry.file, found.entry.line, text)


def _about_phrasings(faq: Faq) -> Iterator[Advice]:
    few = [entry for entry in faq.entries if len(entry.also_asked) < FEW_PHRASINGS]
    if few:
        named = ", ".join(entry.id for entry in few[:MOST_NAMED]) + (", ..." if len(few) > MOST_NAMED else "")
        yield Advice(
            "",
            0,
            f"{len(few)} of {len(faq.entries)} entries have fewer than {FEW_PHRASINGS} phrasings: list some fifteen"
            f" ways in which people ask each (`also_asked`). They are: {named}.",
        )


def _about_signposts(faq: Faq) -> Iterator[Advice]:
    if all(signpost.small_talk for signpost in faq.signposts):
        yield Advice(
            "",
            0,
            "No signposts: put Markdown files with `topic`, `also_asked` and where to look into signposts/ beside the"
            " entries. They teach the bot what the FAQ does not answer.",
        )


def _about_address(faq: Faq, faq_url: str) -> Iterator[Advice]:
    if not all(entry.link(faq_url) for entry in faq.entries):
        yield Advice("", 0, "FAQ_URL is not set, so answers carry no link: give the page where the FAQ is published.")
