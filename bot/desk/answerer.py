"""Finds the reply to a question, in the light of what was said before. Stores nothing, and knows no chat network."""

import ctypes
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Lock

from bot import wording
from bot.desk.conversations import Conversations, Said
from bot.dialogue import Answer, Match, NoAnswer, Question, Reply
from bot.encoder import Encoder
from bot.faq import Entry, Faq
from bot.matching import Index, Ranking, Thresholds, choice_of, decide, is_bare, is_follow_up, plain, words
from bot.store import Batches, FitCache, in_thread

LEAST_DOUBT = 0.02
"""How likely it is at least that a follow-up asks for another entry than the one before."""
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
        """Return the quiet line below an entry's answer, as Markdown."""
        return wording.link_line(entry.link(self.url), self.age_of(entry, today))

    def age_of(self, entry: Entry, today: date) -> str | None:
        """Return when the entry was written, if that is long ago."""
        return wording.age_of(entry.date, today, self.old_after)

    @property
    def no_answer(self) -> str:
        """The honest no, as Markdown."""
        return wording.no_answer(self.url, self.help_text)


class Answerer:
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
        self._conversations = Conversations()
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
        """Return the reply to a question; bounded in time for any text, and never empty-handed.

        Keeps a core busy for a few milliseconds: an event loop awaits `reply_soon`.
        """
        [reply] = self.replies_to([question])
        return reply

    def replies_to(self, questions: Sequence[Question]) -> list[Reply]:
        """Return the replies to several questions, in less time than one after the other."""
        with self._one_at_a_time:
            earlier = [self._conversations.before(question) for question in questions]
            chosen = [self._chosen(question, said) for question, said in zip(questions, earlier, strict=True)]
            texts = [self._in_context(question, said) for question, said in zip(questions, earlier, strict=True)]
            rankings = self.index.search_all(texts)
            replies = [
                picked or self._decided(question, said, ranking)
                for question, said, picked, ranking in zip(questions, earlier, chosen, rankings, strict=True)
            ]
        for question, reply in zip(questions, replies, strict=True):
            self._conversations.record(question.conversation, reply)
        return replies

    def record_given(self, conversation: str, entry_id: str) -> None:
        """Note that an entry was given in a conversation by a click, so that a short follow-up is understood."""
        self._conversations.record_given(conversation, entry_id)

    def _chosen(self, question: Question, said: Said | None) -> Reply | None:
        """Return the entry that a message picks from those offered just before, or the no to all of them."""
        if said is None or not said.offered:
            return None
        place = choice_of(question.text, len(said.offered))
        if place is None:
            return None
        return NoAnswer(()) if place < 0 else self.answer_with(said.offered[place])

    def _in_context(self, question: Question, said: Said | None) -> str:
        """Return a short follow-up together with the question that was answered before it; else the question."""
        entry = self.faq.entry(said.given) if said and said.given else None
        return f"{entry.question} {question.text}" if entry and is_follow_up(question.text) else question.text

    def _decided(self, question: Question, said: Said | None, ranking: Ranking) -> Reply:
        public = question.surface.is_public
        if said is None or not said.given or not is_follow_up(question.text):
            return decide(ranking, self.thresholds, public=public)
        return decide(
            Ranking(_others(question.text, said.given, ranking)), self.thresholds, public=public, tentative=True
        )

    async def reply_soon(self, question: Question) -> Reply:
        """Return what `reply_to` gives, worked out in a thread with what else is asked now; for one event loop."""
        return await self._asked.ask(question)

    def answer_with(self, entry_id: str) -> Answer | None:
        """Return the entry that a person chose by themselves, or None where it has gone from the FAQ."""
        entry = self.faq.entry(entry_id)
        return Answer(matches=(Match(entry, confidence=1.0),)) if entry else None

    def find(self, text: str, limit: int) -> tuple[Entry, ...]:
        """Return entries for what somebody has typed so far: those whose wording holds it, then the likely ones."""
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


def _others(text: str, given: str, ranking: Ranking) -> tuple[Match, ...]:
    """Return the matches besides the entry that was given before: "and on AWS?" asks for another one.

    Their probabilities are those that are left if it is not meant again; bare words may well mean it.
    """
    doubt = 1.0 - next((match.confidence for match in ranking.matches if match.entry.id == given), 0.0)
    share = 1.0 if is_bare(words(plain(text))) else max(LEAST_DOUBT, doubt)
    others = (match for match in ranking.matches if match.entry.id != given)
    return tuple(replace(match, confidence=round(min(1.0, match.confidence / share), 4)) for match in others)


def _give_back_memory() -> None:
    """Return to the system what learning took for a moment: some 100 MB, which the C library of Linux would keep."""
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
