"""Somebody asks in a direct message or with the slash command."""

import pytest

from .entries import FUNDING, KINVOLK, assert_answers, assert_no_entry


async def test_a_direct_question_is_answered_beside_it(slack):
    reply = await slack.reply_to(slack.direct_message("alice", FUNDING.question))
    assert reply.thread_ts is None
    assert_answers(reply, FUNDING)


async def test_a_direct_question_in_a_thread_is_answered_there(slack):
    first = await slack.reply_to(slack.direct_message("alice", FUNDING.question))
    asked = slack.direct_message("alice", KINVOLK.question, thread_ts=first.ts)
    reply = await slack.reply_to(asked)
    assert reply.thread_ts == first.ts
    assert_answers(reply, KINVOLK)


async def test_a_mention_in_a_direct_message_changes_nothing(slack):
    reply = await slack.reply_to(slack.direct_message("alice", f"@flatcar-faq {KINVOLK.question}"))
    assert reply.thread_ts is None
    assert_answers(reply, KINVOLK)


async def test_a_greeting_in_a_direct_message_gets_one_plain_sentence(slack):
    assert_no_entry(await slack.reply_to(slack.direct_message("alice", "hi there")))


@pytest.mark.parametrize("channel", ["general", "elsewhere", "secret", "@alice"])
async def test_a_command_is_answered_to_the_asker_alone_wherever_it_is_typed(slack, channel):
    slack.command(channel, "alice", FUNDING.question)
    [reply] = await slack.wait_for_ephemeral("alice")
    await slack.settle()
    assert slack.ephemerals("alice") == [reply]
    assert_answers(reply, FUNDING)
    assert slack.messages(channel) == []


@pytest.mark.parametrize("text", ["", "help", " help ", "HELP"])
async def test_the_command_alone_or_with_help_explains_itself_to_the_asker(slack, text):
    slack.command("general", "alice", text)
    [reply] = await slack.wait_for_ephemeral("alice")
    await slack.settle()
    assert slack.ephemerals("alice") == [reply]
    assert "/flatcar-faq" in reply.words
    assert_no_entry(reply)
    assert slack.messages("general") == []


async def test_an_unknown_subject_gets_an_honest_no_in_private(slack):
    slack.command("general", "alice", "How do I bake sourdough bread?")
    [reply] = await slack.wait_for_ephemeral("alice")
    assert_no_entry(reply)
