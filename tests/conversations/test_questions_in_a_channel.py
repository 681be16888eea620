"""Somebody mentions the bot in a channel."""

import pytest

from .entries import ENTRIES, FUNDING, KINVOLK, assert_answers, assert_no_entry


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.anchor for entry in ENTRIES])
async def test_each_question_in_its_own_words_gets_its_entry_in_the_thread(slack, entry):
    asked = slack.mention("general", "alice", entry.question)
    reply = await slack.reply_to(asked)
    assert reply.thread_ts == asked.ts
    assert_answers(reply, entry)


async def test_an_answer_unfurls_no_links_and_is_not_sent_to_the_channel_as_well(slack):
    reply = await slack.reply_to(slack.mention("general", "alice", FUNDING.question))
    assert reply.arguments["unfurl_links"] is False
    assert reply.arguments["unfurl_media"] is False
    assert not reply.arguments.get("reply_broadcast")


async def test_a_question_asked_in_a_thread_is_answered_in_that_thread(slack):
    first = slack.say("general", "alice", "Does anybody know who pays for all this?")
    reply = await slack.reply_to(slack.mention("general", "bob", FUNDING.question, thread_ts=first.ts))
    assert reply.thread_ts == first.ts
    assert_answers(reply, FUNDING)


async def test_the_mention_may_stand_behind_the_question_or_within(slack):
    asked = slack.say("general", "alice", f"{KINVOLK.question} @flatcar-faq")
    assert_answers(await slack.reply_to(asked), KINVOLK)


async def test_a_mention_without_text_gets_a_short_help_in_the_thread(slack):
    asked = slack.mention("general", "alice")
    reply = await slack.reply_to(asked)
    assert reply.thread_ts == asked.ts
    assert "/flatcar-faq" in reply.words
    assert len(reply.words) < 1000
    assert_no_entry(reply)


async def test_a_greeting_gets_one_plain_sentence(slack):
    reply = await slack.reply_to(slack.mention("general", "alice", "good morning!"))
    assert_no_entry(reply)
    assert len(reply.blocks) <= 1
    assert len(reply.words) < 200


@pytest.mark.parametrize(
    "question",
    ["What is the capital of Mongolia?", "How do I bake sourdough bread?", "asdf qwer zxcv", "Who won the world cup?"],
)
async def test_an_unknown_subject_never_gets_an_entry(slack, question):
    assert_no_entry(await slack.reply_to(slack.mention("general", "alice", question)))


async def test_people_in_two_channels_get_their_own_answers(slack):
    one = slack.mention("general", "alice", FUNDING.question)
    other = slack.mention("random", "bob", KINVOLK.question)
    assert_answers(await slack.reply_to(one), FUNDING)
    assert_answers(await slack.reply_to(other), KINVOLK)


async def test_a_question_is_not_written_to_the_log(slack, bot):
    await slack.reply_to(slack.mention("general", "alice", f"{FUNDING.question} asks my aunt Xylophonia"))
    assert "xylophonia" not in bot.log().lower()
