"""Messages of rare kinds, as Slack delivers them, with the real bot over both transports."""

from bot.emulator.payloads import changed_event, mention_event, message_event, wrap_event
from bot.emulator.workspace import BOT_USER

from .entries import FUNDING, assert_answers

TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": FUNDING.question}]]}
FORWARDED = {"is_share": True, "is_msg_unfurl": True, "id": 1, "author_id": "U0SOMEBODY", "text": FUNDING.question}


def posted(slack, channel, text, thread_ts=None):
    """Put a message into the workspace without telling the bot."""
    return slack.workspace.post(
        slack.workspace.channel(channel), slack.workspace.user_id("alice"), text, thread_ts=thread_ts
    )


def deliver(slack, message, *leaving_out, **changes):
    """Tell the bot of it, in the way that Slack does for such a place."""
    place = slack.place_of(message)
    event = (mention_event(message) if place.kind != "im" else message_event(message, place)) | changes
    slack.send_event(wrap_event({name: value for name, value in event.items() if name not in leaving_out}))


async def test_a_forwarded_question_is_answered(slack):
    for channel, text in (("@alice", ""), ("general", f"<@{BOT_USER}>")):
        asked = posted(slack, channel, text)
        deliver(slack, asked, text=text, attachments=[FORWARDED])
        assert_answers(await slack.reply_to(asked), FUNDING)


async def test_a_table_alone_is_said_to_be_no_words(slack):
    asked = posted(slack, "@alice", "")
    deliver(slack, asked, "blocks", attachments=[{"id": 1, "fallback": "[no preview available]", "blocks": [TABLE]}])
    reply = await slack.reply_to(asked)
    assert "I can read only words" in reply.text


async def test_a_question_in_blocks_alone_is_answered(slack):
    asked = posted(slack, "@alice", FUNDING.question)
    deliver(slack, asked, text="")
    assert_answers(await slack.reply_to(asked), FUNDING)


async def test_a_mention_that_an_edit_adds_is_answered_once(slack):
    slack.subscribe("message.channels")
    asked = posted(slack, "general", f"<@{BOT_USER}> {FUNDING.question}")
    place, later = slack.workspace.channel("general"), slack.workspace.next_ts()
    deliver(slack, asked, edited={"user": asked.user, "ts": later}, event_ts=later)
    slack.send_event(wrap_event(changed_event(asked, place, FUNDING.question, later)))
    assert_answers(reply := await slack.reply_to(asked), FUNDING)
    assert reply.thread_ts == asked.ts


async def test_a_workflow_is_answered_in_its_thread_and_two_bots_come_to_an_end(slack):
    root = posted(slack, "general", f"<@{BOT_USER}> {FUNDING.question}")
    workflow = {"subtype": "bot_message", "bot_id": "B0WORKFLOW", "app_id": "A0WORKFLOW", "username": "Ask"}
    deliver(slack, root, "user", **workflow)
    reply = await slack.reply_to(root)
    assert_answers(reply, FUNDING)
    assert "Remove this reply" not in reply.labels
    for _ in range(6):
        again = posted(slack, "general", f"<@{BOT_USER}> What is the capital of Mongolia?", thread_ts=root.ts)
        deliver(slack, again, "user", **workflow)
        await slack.settle()
    replies = slack.replies("general")
    assert len(replies) == 3
    assert "I found nothing" in replies[-1].text
    assert "Send my question to the maintainers" not in replies[-1].labels


async def test_a_person_says_it_with_me(slack):
    asked = posted(slack, "@alice", FUNDING.question)
    deliver(slack, asked, subtype="me_message")
    assert_answers(await slack.reply_to(asked), FUNDING)
