"""The conversations in the text files beside this one, held with the real bot over both transports."""

from pathlib import Path

import pytest

from .conftest import assert_clean
from .grammar import Conversation, NotUnderstoodError, read_conversations, read_turn
from .stage import Stage

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.txt"))


def read(path):
    """Read a file; what is wrong in it fails its own test instead of ending the run."""
    try:
        return read_conversations(path)
    except NotUnderstoodError:
        return []


EVERYTHING = [conversation for path in FILES for conversation in read(path)]


def named(conversation: Conversation) -> str:
    return f"{Path(conversation.file).stem}: {conversation.title}"


def is_held_over(conversation: Conversation, transport: str) -> bool:
    """Whether there is such a conversation over this transport: HTTP knows no lines that drop."""
    return conversation.only in (None, transport)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_line_is_understood(path):
    assert read_conversations(path)


def test_a_line_that_nobody_understands_names_its_file_and_number():
    with pytest.raises(NotUnderstoodError, match=r"hello\.txt:7: nobody understands 'alice sings'"):
        read_turn("alice sings", "hello.txt", 7)
    with pytest.raises(NotUnderstoodError, match=r"hello\.txt:8: nobody understands 'sings \"la\"'"):
        read_turn('bot in the thread: shows "a", sings "la"', "hello.txt", 8)


def on(faq: str):
    return pytest.mark.parametrize("conversation", [each for each in EVERYTHING if each.faq == faq], ids=named)


@on("our own")
async def test_conversation(slack, bot, doubtful_question, conversation):
    if is_held_over(conversation, slack.transport_name):
        await Stage(slack, bot, doubtful_question).play(conversation)


@on("a copy")
async def test_conversation_while_the_faq_is_edited_or_the_bot_restarted(
    running_on_a_copy, doubtful_question, conversation
):
    await play_on(running_on_a_copy, doubtful_question, conversation)


@on("large")
async def test_conversation_about_150_entries(running_on_a_large_faq, doubtful_question, conversation):
    await play_on(running_on_a_large_faq, doubtful_question, conversation)


async def play_on(running, doubtful_question, conversation):
    """Play on a bot with an FAQ of its own, and put the FAQ back afterwards."""
    slack, bot, faq = running
    if not is_held_over(conversation, slack.transport_name):
        return
    await slack.reset()
    start_of_log = bot.log_size
    stage = Stage(slack, bot, doubtful_question, faq)
    try:
        await stage.play(conversation)
    finally:
        await stage.restore()
    assert slack.faults == []
    assert_clean(bot.log(since=start_of_log), slack)
