"""Somebody mentions the bot in a channel: what questions.txt cannot say."""

import pytest

from .entries import ENTRIES, FUNDING, KINVOLK, assert_answers


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


async def test_people_in_two_channels_get_their_own_answers(slack):
    one = slack.mention("general", "alice", FUNDING.question)
    other = slack.mention("random", "bob", KINVOLK.question)
    assert_answers(await slack.reply_to(one), FUNDING)
    assert_answers(await slack.reply_to(other), KINVOLK)


async def test_a_question_is_not_written_to_the_log(slack, bot):
    await slack.reply_to(slack.mention("general", "alice", f"{FUNDING.question} asks my aunt Xylophonia"))
    assert "xylophonia" not in bot.log().lower()
