"""Whatever people type, the bot survives it, answers once, and repeats nothing of it that would be live."""

import re

import pytest

from .entries import FUNDING, assert_answers

STRANGE = {
    "everybody is called": "@channel @here @everyone is anybody there?",
    "a person is called": "@bob who funds flatcar?",
    "a script": "<script>alert(1)</script>",
    "forged markup": "<!channel> <@U012AB3CD> <!subteam^S012AB3CD> <https://evil.example|click me>",
    "escaped markup": "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
    "40,000 letters": "x" * 40_000,
    "40,000 characters of words": "who funds it and why? " * 1_818,
    "40,000 brackets": "[(*_`~" * 6_666,
    "emoji names": ":tada: :rocket::rocket:",
    "emoji": "🚀🎉👩‍👩‍👧‍👦",
    "null characters": "who\x00funds\x00flatcar\x00?",
    "control characters": "\x01\x02\x1b[31mred\x1b[0m\x7f",
    "right to left": "מי מממן את flatcar? من يمول \u202eflatcar",
    "stacked accents": "w̷̛͓h̶̺͝ó̸͜ ̴̙̈f̵̺̓u̴̫͝n̷̢̈́d̸̰̈s̴̱͗",
    "half a character": "who \ud83d funds \udc00 flatcar",
    "only punctuation": "?!?!?! ... ---",
    "a code block": "```\nrm -rf / # ``` `x`\n```",
    "a link and an address": "https://example.com/?a=b&c=d|e alice@example.com",
    "a regular expression": "(a+)+$ .* [[:alpha:]] \\",
    "format strings": "%s %n {0} {__class__} ${HOME} $(id)",
    "a command in a mention": "/flatcar-faq help",
}
QUESTIONS = pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())

LIVE = re.compile(r"<[!@#]|<script|evil\.example")


def assert_harmless(message):
    assert message.text.strip()
    assert not LIVE.search(message.everything), message.everything
    assert len(message.everything) < 20_000


@QUESTIONS
async def test_in_a_mention(slack, text):
    asked = slack.mention("general", "alice", text)
    reply = await slack.reply_to(asked)
    assert reply.thread_ts == asked.ts
    assert_harmless(reply)


@QUESTIONS
async def test_in_a_direct_message(slack, text):
    assert_harmless(await slack.reply_to(slack.direct_message("alice", text)))


@QUESTIONS
async def test_in_a_command(slack, text):
    slack.command("general", "alice", text.encode(errors="replace").decode())
    [reply] = await slack.wait_for_ephemeral("alice")
    await slack.settle()
    assert slack.ephemerals("alice") == [reply]
    assert slack.messages("general") == []
    assert_harmless(reply)


@pytest.mark.parametrize(
    "text",
    [
        f"@channel {FUNDING.question}",
        f":wave: {FUNDING.question} :pray:",
        FUNDING.question.upper(),
        f"\u00a0{FUNDING.question}\u200b\n\n",
        "Ｈｏｗ ｉｓ Ｆｌａｔｃａｒ Ｌｉｎｕｘ ｆｕｎｄｅｄ？",
        f"*{FUNDING.question}*",
    ],
    ids=["a call", "emoji", "capitals", "invisible characters", "full width", "bold"],
)
async def test_trimmings_do_not_hide_a_question(slack, text):
    assert_answers(await slack.reply_to(slack.mention("general", "alice", text)), FUNDING)
