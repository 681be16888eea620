"""Each kind of message that Slack delivers, and what people see of it: the real Bolt app, the real handlers."""

import json
from typing import Any

import pytest
import structlog

from bot import wording
from bot.slack.views.button_state import decode
from tests.slack.door import PAYS, UPDATE, Door, Json, direct, edited, mention, open_door, rich, section, workflow_post

QUESTION = UPDATE.question
ANSWER = UPDATE.answer
LATER = "1700000050.000100"
DAYS_LATER = "1700259200.000100"
TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": QUESTION}]]}
IMAGE = {"type": "image", "image_url": "https://example.org/1.png", "alt_text": QUESTION}


@pytest.fixture
async def door(tmp_path):
    async with open_door(tmp_path) as door:
        yield door


def forwarded(text: str = QUESTION, **changes: Any) -> Json:
    seen = {"is_share": True, "is_msg_unfurl": True, "id": 1, "author_id": "U2", "channel_id": "C2", "text": text}
    return seen | {"from_url": "https://acme.slack.com/archives/C2/p1", "fallback": f"[today] ann: {text}"} | changes


def preview(text: str = QUESTION, **changes: Any) -> Json:
    return {name: value for name, value in forwarded(text).items() if name != "is_share"} | changes


def without_text(blocks: list[Json]) -> Json:
    return forwarded("", message_blocks=[{"team": "T1", "channel": "C2", "message": {"blocks": blocks}}])


# Forwarded messages, and previews of links


@pytest.mark.parametrize("ask", [mention, direct])
@pytest.mark.parametrize(
    "attachments",
    [
        [forwarded()],
        [forwarded("Good morning!"), forwarded()],
        [preview("Nobody asked this."), forwarded()],
        [without_text(rich(section(QUESTION)))],
        [forwarded("", blocks=rich(section(QUESTION)))],
        [forwarded(f"<@UBOT> {QUESTION}")],
        [forwarded("", fallback=f"[November 14th, 2023 10:13 PM] ann: {QUESTION}")],
    ],
)
async def test_a_forwarded_question_is_answered(door, ask, attachments):
    [reply] = await door.ask(ask(attachments=attachments))
    assert ANSWER in reply.text


@pytest.mark.parametrize("words", ["Does anybody know?", "FYI", "see below :point_down:", "can you answer this one?"])
async def test_words_beside_a_forwarded_question_do_not_hide_it(door, words):
    [reply] = await door.ask(direct(words, attachments=[forwarded()]))
    assert QUESTION in reply.text


async def test_a_question_about_a_forwarded_message_is_answered_first(door):
    [reply] = await door.ask(direct(PAYS.question, attachments=[forwarded("Lunch is at noon today.")]))
    assert PAYS.question in reply.text


@pytest.mark.parametrize("ask", [mention, direct])
async def test_the_preview_of_a_link_is_no_question(door, ask):
    text = "<@UBOT> who answers this? <https://acme.slack.com/archives/C2/p1>"
    [reply] = await door.ask(ask(text, attachments=[preview()]))
    assert ANSWER not in reply.text


async def test_a_preview_that_slack_adds_to_a_direct_message_changes_nothing(door):
    asked = direct(f"{QUESTION} <https://example.org>")
    assert len(await door.ask(asked)) == 1
    with_preview = edited({**asked, "attachments": [preview("Who pays?")]}, asked)
    del with_preview["message"]["edited"]
    assert await door.ask(with_preview) == []


# Messages without words


@pytest.mark.parametrize("ask", [mention, direct])
@pytest.mark.parametrize(
    "content",
    [
        {"attachments": [{"id": 1, "fallback": "[no preview available]", "blocks": [TABLE]}]},
        {"blocks": [TABLE]},
        {"blocks": [IMAGE]},
        {"files": [{"id": "F1", "mimetype": "image/png"}], "subtype": "file_share"},
        {"files": [{"id": "F1", "filetype": "quip", "mode": "quip"}]},
        {"files": [{"id": "F1", "subtype": "slack_audio"}], "subtype": "file_share"},
        {"files": [{"id": "F1", "mode": "tombstone"}]},
        {"attachments": [forwarded("", files=[{"id": "F1"}])]},
        {"attachments": [forwarded("", fallback="[today] ann: [no preview available]")]},
        {"attachments": [preview()]},
        {"attachments": [{"id": 1, "image_url": "https://example.org/1.gif", "fallback": QUESTION}]},
    ],
)
async def test_who_sends_no_words_is_told_that_only_words_are_read(door, ask, content):
    text = "<@UBOT>" if ask is mention else ""
    [reply] = await door.ask(ask(text, **content))
    assert reply.text == wording.ONLY_WORDS


async def test_words_beside_a_file_are_read(door):
    [reply] = await door.ask(direct(QUESTION, subtype="file_share", files=[{"id": "F1"}]))
    assert ANSWER in reply.text


async def test_a_mention_and_nothing_else_gets_help(door):
    [reply] = await door.ask(mention(blocks=rich(section({"type": "user", "user_id": "UBOT"}))))
    assert "mention me with your question" in reply.text


# Words in blocks


@pytest.mark.parametrize("text", ["", None, "This content can't be displayed."])
@pytest.mark.parametrize(
    "blocks",
    [
        rich(section(QUESTION)),
        rich(section("How do I ", {"type": "text", "text": "update", "style": {"code": True}}, " Flatcar?")),
        rich(section({"type": "link", "url": "https://example.org", "text": QUESTION})),
        rich(section("Hi ", {"type": "user", "user_id": "U2"}, {"type": "emoji", "name": "wave"}), section(QUESTION)),
        rich({"type": "rich_text_list", "style": "bullet", "elements": [section(QUESTION)]}),
        rich({"type": "rich_text_quote", "elements": [{"type": "text", "text": QUESTION}]}),
        rich({"type": "rich_text_preformatted", "elements": [{"type": "text", "text": QUESTION}]}),
        rich(section(QUESTION), {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "oops"}]}),
        [{"type": "section", "text": {"type": "mrkdwn", "text": QUESTION}}],
        [{"type": "section", "fields": [{"type": "mrkdwn", "text": QUESTION}]}],
        [{"type": "header", "text": {"type": "plain_text", "text": QUESTION}}, IMAGE],
        [{"type": "markdown", "text": QUESTION}],
    ],
)
async def test_a_question_in_blocks_alone_is_read(door, text, blocks):
    [reply] = await door.ask(direct(text=text, blocks=blocks))
    assert ANSWER in reply.text


async def test_blocks_of_shapes_that_nobody_knows_are_no_words(door):
    odd = [None, 3, {"type": "rich_text", "elements": "x"}, {"type": "section", "text": ["x"], "fields": {}}]
    odd += rich({"type": "rich_text_list", "elements": [3, {"elements": [None, {"type": ["x"]}]}]})
    [reply] = await door.ask(direct(blocks=odd, attachments=[None, {"fields": 3}, forwarded("", blocks={})]))
    assert reply.text == wording.ONLY_WORDS


# Edits, and /me


@pytest.mark.parametrize("text", ["<@UBOT> how do I update Flatcar?", f"{QUESTION} <@UBOT|faq>"])
async def test_a_mention_that_an_edit_adds_is_answered_once_in_the_thread_of_the_message(door, text):
    late = mention(text, edited={"user": "U1", "ts": LATER}, event_ts=LATER)
    [reply] = await door.ask(late)
    assert ANSWER in reply.text
    assert reply.arguments["thread_ts"] == late["ts"]
    again = mention(f"{text} Please!", edited={"user": "U1", "ts": "1700000060.0"}, event_ts="1700000060.0")
    assert await door.ask(again) == []
    assert await door.ask(edited(again, mention("no mention"))) == []


async def test_a_mention_that_an_edit_adds_is_read_from_the_edit_as_well(door):
    [reply] = await door.ask(edited(mention(f"<@UBOT> {QUESTION}"), mention(QUESTION)))
    assert ANSWER in reply.text
    assert await door.ask(mention(f"<@UBOT> {QUESTION}", edited={"user": "U1", "ts": LATER}, event_ts=LATER)) == []


async def test_later_edits_of_an_answered_mention_change_nothing(door):
    asked = mention(f"<@UBOT> {QUESTION}")
    assert len(await door.ask(asked)) == 1
    changed = {**asked, "text": f"<@UBOT> {PAYS.question}"}
    assert await door.ask(edited(changed, asked)) == []
    assert await door.ask(changed | {"edited": {"user": "U1", "ts": LATER}, "event_ts": LATER}) == []


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("nothing for the bot", "old"),
        ("<@U2> how do I update Flatcar?", "old"),
        (f"<@UBOT> {QUESTION}", "<@UBOT> old"),
    ],
)
async def test_an_edit_in_a_channel_that_adds_no_mention_is_none_of_its_business(door, new, old):
    assert await door.ask(edited(mention(new), mention(old))) == []


async def test_an_edit_of_a_message_that_is_days_old_is_ignored(door):
    new, old = mention(f"<@UBOT> {QUESTION}"), mention(QUESTION)
    with structlog.testing.capture_logs() as lines:
        assert await door.ask(new | {"edited": {"user": "U1", "ts": DAYS_LATER}, "event_ts": DAYS_LATER}) == []
    assert [line["why"] for line in lines if "why" in line] == ["it is an edit of an old message"]
    assert await door.ask(edited(new, old, at=DAYS_LATER)) == []
    assert await door.ask(new | {"event_ts": DAYS_LATER}) == []
    assert await door.ask(edited(direct(QUESTION), direct("old"), at=DAYS_LATER)) == []


@pytest.mark.parametrize("ask", [mention, direct])
async def test_a_person_may_say_it_with_me(door, ask):
    [reply] = await door.ask(ask("<@UBOT> wonders how to update Flatcar", subtype="me_message"))
    assert ANSWER in reply.text


# Workflows and bots


async def test_a_workflow_is_answered_once_in_its_thread(door):
    post = workflow_post()
    [reply] = await door.ask(post)
    assert ANSWER in reply.text
    assert (reply.method, reply.arguments["thread_ts"]) == ("chat.postMessage", post["ts"])
    assert await door.ask(post, event_id="Ev2") == []


@pytest.mark.parametrize("text", [QUESTION, "What is the capital of Mongolia?", "flatcar", "", "help"])
async def test_no_button_below_a_reply_to_a_workflow_belongs_to_an_asker(door, text):
    [reply] = await door.ask(workflow_post(f"<@UBOT> {text}"))
    buttons = list(elements(reply.arguments["blocks"]))
    assert not [each for each in buttons if each["type"] == "overflow" or each["action_id"] == "send_on"]
    values = [decode(value) for each in buttons for value in values_of(each)]
    assert not [carried for carried in values if carried.asker or carried.text]


def elements(blocks):
    for block in blocks:
        found = [*(block.get("elements") or ()), *([block["accessory"]] if "accessory" in block else ())]
        yield from (element for element in found if "action_id" in element)


def values_of(element):
    sides = (element, element.get("positive_button") or {}, element.get("negative_button") or {})
    return [side["value"] for side in sides if "value" in side]


async def test_a_question_of_a_workflow_in_blocks_is_read(door):
    [reply] = await door.ask(workflow_post("", blocks=rich(section({"type": "user", "user_id": "UBOT"}, QUESTION))))
    assert ANSWER in reply.text


@pytest.mark.parametrize(
    "changes",
    [
        {"user": "UOTHER"},
        {"subtype": None},
        {"bot_id": None},
        {"app_id": "A1"},
        {"bot_id": "BOWN"},
        {"user": "UBOT"},
        {"subtype": "channel_join"},
    ],
)
async def test_bots_and_the_bot_itself_are_ignored(door, changes):
    assert await door.ask(workflow_post(**changes)) == []
    assert await door.ask(workflow_post(type="message", channel_type="channel", **changes)) == []


async def test_what_is_ignored_is_logged_without_its_words(door):
    with structlog.testing.capture_logs() as lines:
        await door.ask(mention(f"<@UBOT> {QUESTION}", bot_id="B7"))
    [line] = [line for line in lines if line["event"] == "a mention is ignored"]
    assert line["why"] == "it was not written by a person or a workflow"
    assert QUESTION not in json.dumps(lines)


async def test_two_bots_that_answer_each_other_come_to_an_end(door):
    root = "1700000000.000100"
    shown = [await door.ask(workflow_post(ts=f"1700000{n:03}.0001", thread_ts=root)) for n in range(1, 20)]
    assert 1 <= len([calls for calls in shown if calls]) <= 3
    assert shown[-1] == []
    assert await door.ask(workflow_post(ts="1700000900.0001"))
    assert await door.ask(mention(f"<@UBOT> {QUESTION}", ts="1700000901.0001", thread_ts=root))


async def test_nothing_private_is_sent_to_a_workflow(door):
    door.slack.refuse("chat.postMessage", "is_archived")
    assert [call.method for call in await door.ask(workflow_post())] == ["chat.postMessage"]


# Command words


@pytest.mark.parametrize(
    "word", ["list", "“list”", "*list*", "`list`", "_LIST_", "\u00a0list\u200b", "'list'", "«list».", "&gt; list"]
)
async def test_the_list_is_understood_however_it_is_written(door, word):
    [reply] = await door.ask(direct(word))
    assert wording.all_questions(3) in reply.text
    await door.send(command(door, word))
    assert wording.all_questions(3) in door.slack.calls[-1].text


@pytest.mark.parametrize("word", ["help", "`help`", "“help”", "\u00a0HELP\u00a0", "‚help‘", "**help**", "```help```"])
async def test_help_is_understood_however_it_is_written(door, word):
    [reply] = await door.ask(mention(f"<@UBOT>\u00a0{word}"))
    assert "mention me with your question" in reply.text
    await door.send(command(door, word))
    assert "mention me with your question" in door.slack.calls[-1].text


def command(door: Door, text: str, **changes: Any) -> Json:
    given = {"command": "/flatcar-faq", "text": text, "user_id": "U1", "channel_id": "C1", "team_id": "T1"}
    return given | {"response_url": door.response_url, "trigger_id": "1.2", "is_enterprise_install": "false"} | changes
