"""The help desk without any chat network: a real store, a real index, and a messenger that notes what it is given."""

import asyncio
from datetime import timedelta

import pytest

from bot.desk import Answerer, HelpDesk, NotDeliveredError, Notices, Policy, sent_from
from bot.dialogue import Answer, Asked, NoAnswer, Question, Surface
from bot.faq import Faq
from bot.matching import Thresholds
from bot.store import AsyncStore, open_store
from tests.builders import PUBLICATION, TODAY, entry

FAQ = Faq(
    (
        entry("How do I update the lamp?", "Climb up and turn the wick."),
        entry("Who pays for the lighthouse?", "The harbour does, by a toll on ships."),
        entry("When is the foghorn tested?", "Every Friday at noon."),
    )
)


class Radio:
    """A chat network: notes what it is told to say, or does not take it."""

    def __init__(self, refusal: NotDeliveredError | None = None):
        self.told, self.items, self.refusal = [], [], refusal

    async def tell(self, notice, once):
        return await once.post(lambda: self._take(self.told, notice))

    async def post_item(self, item, once):
        return await once.post(lambda: self._take(self.items, item))

    async def show_item(self, item):
        self.items.append(item)

    async def _take(self, into, what):
        if self.refusal:
            raise self.refusal
        into.append(what)
        return "message 1"


@pytest.fixture
async def store(tmp_path):
    store = AsyncStore(lambda: open_store(str(tmp_path / "desk.db")), timedelta(days=365))
    yield store
    await store.close()


def desk_on(store, **policy):
    return HelpDesk(Answerer(FAQ, PUBLICATION, Thresholds()), store, Policy(**policy), today=lambda: TODAY)


def asked(text, asker="ann", message="1", thread="1", surface=Surface.MENTION, workflow=""):
    question = Question(text, surface, f"harbour {thread}")
    return Asked(question, asker, "harbour", message, thread, (f"message {message}",), workflow)


async def test_one_of_two_processes_answers_an_event(store):
    first, second = desk_on(store), desk_on(store)
    event = asked("Who pays for the lighthouse?")
    assert [await desk.events.take(event.keys) for desk in (first, second, first)] == [True, False, False]


async def test_who_asks_too_often_is_told_once_a_minute(store):
    desk = desk_on(store, questions_per_minute=2)
    assert [desk.admit(asked("?")) for _ in range(4)] == ["welcome", "welcome", "limit reached", "ignored"]
    assert desk.admit(asked("?", asker="ben")) == "welcome"


async def test_workflows_that_answer_each_other_end(store):
    desk = desk_on(store)
    posts = [asked("?", asker="", workflow=f"flow {number % 2}") for number in range(5)]
    assert [desk.admit(post) for post in posts] == ["welcome"] * 3 + ["ignored"] * 2


async def test_an_answer_is_not_given_twice_in_a_thread_until_it_is_removed(store):
    desk, event = desk_on(store), asked("Who pays for the lighthouse?")
    reply = await desk.ask(event.question)
    assert isinstance(reply, Answer)
    assert desk.answer_above(event, reply) is None
    await desk.record_reply(event, reply, "2")
    assert desk.answer_above(event, reply) == "2"
    assert desk.answer_above(asked("", thread="9"), reply) is None
    await desk.forget_reply("harbour", "2")
    assert desk.answer_above(event, reply) is None


async def test_the_reply_to_an_edited_question_is_found_after_a_restart(store):
    event = asked("Who pays?", surface=Surface.DIRECT_MESSAGE, thread=None)
    await desk_on(store).record_reply(event, None, "2")
    assert await desk_on(store).reply_to("harbour", "1") == "2"


async def test_a_fault_of_the_program_is_no_reply_and_ends_nothing(store):
    desk = desk_on(store)
    assert await desk.ask(Question("Who pays?", "no surface")) is None
    assert await desk.ask(Question("Who pays for the lighthouse?", Surface.MENTION)) is not None


@pytest.mark.parametrize(("keeps", "kept"), [(False, 0), (True, 1)])
async def test_a_question_without_an_answer_is_kept_only_if_the_operator_says_so(store, keeps, kept):
    desk, event = desk_on(store, keep_unanswered=keeps), asked("Which whales sing at night?")
    await desk.keep_unanswered(NoAnswer(()), sent_from(event, event.question.text, NoAnswer(())))
    await desk.keep_unanswered(NoAnswer((), unclear=True), sent_from(asked("why?", message="3"), "why?", NoAnswer(())))
    assert len(await store.load(lambda store: store.inbox.items(kept=True), otherwise=())) == kept


async def test_an_asker_is_told_once_though_two_processes_tell(store):
    desk, radio = desk_on(store), Radio()
    item = await decided(desk, "answered", FAQ.entries[1].id)
    for each in (desk, desk, desk_on(store)):
        await Notices(each, radio).tell(item)
    [notice] = radio.told
    assert notice.entry is FAQ.entries[1]


async def test_word_that_the_network_does_not_take_now_is_tried_again(store):
    desk, radio = desk_on(store), Radio(NotDeliveredError("busy", is_passing=True))
    item = await decided(desk, "not_for_faq", "")
    await Notices(desk, radio).tell(item)
    radio.refusal = None
    await Notices(desk, radio).tell(item)
    assert [notice.item.id for notice in radio.told] == [item.id]


async def test_a_question_that_needs_an_entry_is_told_of_once_there_is_one(store):
    desk, radio = desk_on(store), Radio()
    item = await decided(desk, "needs_entry", "", text="How tall is the tower of the lighthouse?")
    await Notices(desk, radio).tell(item)
    assert radio.told == []
    tall = entry("How tall is the tower of the lighthouse?", "Thirty metres.")
    await asyncio.to_thread(desk.answerer.reopen, Faq((*FAQ.entries, tall)))
    await Notices(desk, radio).tell(item)
    assert [notice.entry.question for notice in radio.told] == [tall.question]


async def test_nobody_is_told_where_the_operator_does_not_want_that(store):
    desk, radio = desk_on(store, tell_askers=False), Radio()
    await Notices(desk, radio).tell(await decided(desk, "answered", FAQ.entries[0].id))
    assert radio.told == []


async def test_the_first_of_two_decisions_counts(store):
    desk = desk_on(store)
    item = await decided(desk, "dismissed", "")
    second = await desk.decide(item.id, "answered", "mia", FAQ.entries[0].id)
    assert (second.is_first, second.item.status) == (False, "dismissed")
    assert (await desk.decide(99, "dismissed", "mia", "")).item is None


async def decided(desk, decision, subject, text="Who pays?"):
    event = asked(text)
    item, is_new = await desk.submit(sent_from(event, text, NoAnswer(())))
    assert is_new
    return (await desk.decide(item.id, decision, "mia", subject)).item
