"""The one place where search, decision and store meet: a Question in, a Reply out. Knows nothing of Slack."""

import ctypes
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock

from bot import wording
from bot.batches import Batches, in_thread
from bot.dialogue import PUBLIC, Answer, Match, Question, Reply
from bot.encoder import Encoder
from bot.faq import Entry, Faq
from bot.fits import FitCache
from bot.matching import Index, Thresholds, decide

AT_ONCE = 16
"""Questions that go into a thread together; the first of them waits for the last."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Where the full FAQ can be read, and where people help."""

    url: str
    """The page that the entries' anchors belong to."""
    help_text: str
    """Markdown that ends the sentence "You may find help in ..."; empty: nobody knows where."""
    old_after: timedelta
    """Answers older than this say when they were written."""

    def link_line(self, entry: Entry, today: date) -> str:
        """Give the quiet line below an entry's answer, as Markdown."""
        return wording.link_line(entry.link(self.url), self.age_of(entry, today))

    def age_of(self, entry: Entry, today: date) -> str | None:
        """Say when the entry was written, if that is long ago."""
        return wording.age_of(entry.date, today, self.old_after)

    @property
    def no_answer(self) -> str:
        """The honest no, as Markdown."""
        return wording.no_answer(self.url, self.help_text)


class HelpDesk:
    """Answers questions from one FAQ, which may be exchanged for a newer one at any moment."""

    def __init__(
        self,
        faq: Faq,
        publication: Publication,
        thresholds: Thresholds,
        encoder: Encoder | None = None,
        fits: FitCache | None = None,
    ) -> None:
        self.publication = publication
        self.thresholds = thresholds
        self.trouble = ""
        """Why a newer FAQ could not take the place of this one; empty if there is no such."""
        self._encoder = encoder
        self._fits = fits
        self._shelf = (faq, self._indexed(faq))
        self._one_at_a_time = Lock()
        thread = ThreadPoolExecutor(1, thread_name_prefix="matching")
        self._asked: Batches[Question, Reply] = Batches(in_thread(thread, self.replies_to), AT_ONCE)

    def reopen(self, faq: Faq) -> None:
        """Serve another FAQ from now on; the old one answers until the new index is complete. Any thread may call."""
        self._shelf = (faq, self._indexed(faq))
        self.trouble = ""

    @property
    def faq(self) -> Faq:
        """The FAQ that is served."""
        return self._shelf[0]

    @property
    def index(self) -> Index:
        """Its index."""
        return self._shelf[1]

    def reply_to(self, question: Question) -> Reply:
        """Find the reply to a question; bounded in time for any text, and never empty-handed.

        Keeps a core busy for a few milliseconds: an event loop awaits `reply_soon`.
        """
        [reply] = self.replies_to([question])
        return reply

    def replies_to(self, questions: Sequence[Question]) -> list[Reply]:
        """Find the replies to several questions, in less time than one after the other."""
        with self._one_at_a_time:
            rankings = self.index.search_all([question.text for question in questions])
            return [
                decide(ranking, self.thresholds, public=question.surface in PUBLIC)
                for ranking, question in zip(rankings, questions, strict=True)
            ]

    async def reply_soon(self, question: Question) -> Reply:
        """Give what `reply_to` gives, worked out in a thread with what else is asked now; for one event loop."""
        return await self._asked.ask(question)

    def answer_with(self, entry_id: str) -> Answer | None:
        """Give the entry that a person chose by themselves, or None where it has gone from the FAQ."""
        entry = self.faq.entry(entry_id)
        return Answer(matches=(Match(entry, confidence=1.0),)) if entry else None

    def find(self, text: str, limit: int) -> tuple[Entry, ...]:
        """Give entries for what somebody has typed so far: those whose wording holds it, then the likely ones."""
        typed = text.strip().casefold()
        if not typed:
            return self.faq.entries[:limit]
        worded = [e for e in self.faq.entries if any(typed in said.casefold() for said in (e.question, *e.also_asked))]
        worded.sort(key=lambda e: typed not in e.question.casefold())
        with self._one_at_a_time:
            likely = [match.entry for match in self.index.search(text, limit)]
        return tuple(dict.fromkeys(worded + likely))[:limit]

    def _indexed(self, faq: Faq) -> Index:
        if self._fits:
            index = self._fits.index(faq, self._encoder)
        else:
            index = Index(faq.entries, faq.signposts, encoder=self._encoder)
        _give_back_memory()
        return index


def _give_back_memory() -> None:
    """Return to the system what learning took for a moment: some 100 MB, which the C library of Linux would keep."""
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
