"""What a button carries counts where the bot drew it, as the bot drew it: each kind of button, honest and forged."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wording
from bot.desk import Policy
from bot.faq import Faq
from bot.slack.api import is_slacks
from bot.slack.views import action_ids
from bot.slack.views.button_state import (
    OPTION_LIMIT,
    PICKER,
    VALUE_LIMIT,
    Carried,
    Place,
    decode,
    encode,
    option_value,
    sign,
    unsigned,
    verify,
)
from bot.slack.views.mrkdwn import escape_mentions
from bot.slack.views.replies import Frame, render_answer
from tests.builders import PUBLICATION, TODAY, entry, signpost
from tests.slack.door import UPDATE, Call, Door, Json, direct, mention, open_door

SOON = f"{time.time() + 1800:.0f}.000100"
NOW = f"{time.time() + 86_400:.0f}.000100"
"""The ts of messages that are newer than the first signed one."""
LONG_AGO = "1700000000.000100"
MANY = Faq(
    (UPDATE, *(entry(f"What is topic number {n}?", f"It is {n}.", entry_id=f"topic-{n}") for n in range(40))),
    (signpost(),),
)
POLICY = Policy(maintainers=frozenset({"UMAINT"}), maintainers_channel="CMAINT")
VAIN = "<@UBOT> Does the penguin dispense fresh lemonade on thursdays?"
REFUSALS = {wording.CLICK_NOT_UNDERSTOOD, wording.CLICK_NOT_CHECKED}


@pytest.fixture
async def door(tmp_path):
    async with open_door(tmp_path, POLICY, faq=MANY) as door:
        yield door


@dataclass(frozen=True)
class Shown:
    """Blocks that the bot drew, and what Slack tells about a click in them."""

    blocks: list[Json]
    channel: str = "C1"
    thread: str = ""
    person: str = "U1"
    is_private: bool = False
    is_home: bool = False

    def click(self, door: Door, action: Json, **changes: str) -> Json:
        place = {"channel": self.channel, "thread": self.thread, "person": self.person, "ts": NOW} | changes
        body = {
            "type": "block_actions",
            "user": {"id": place["person"]},
            "team": {"id": "T1"},
            "trigger_id": "1.2",
            "actions": [deepcopy(action)],
        }
        if self.is_home:
            view = {"id": "V1", "type": "home", "hash": f"{place['ts']}.abc", "private_metadata": ""}
            return body | {"container": {"type": "view", "view_id": "V1"}, "view": view}
        container = {"type": "message", "message_ts": place["ts"], "channel_id": place["channel"]}
        container |= {"is_ephemeral": self.is_private} | ({"thread_ts": place["thread"]} if place["thread"] else {})
        message = {} if self.is_private else {"message": {"ts": place["ts"], "blocks": self.blocks}}
        where = {"channel": {"id": place["channel"]}, "container": container, "response_url": door.response_url}
        return body | where | message


def shown(call: Call, **where) -> Shown:
    arguments = call.arguments
    if call.method == "views.publish":
        return Shown(arguments["view"]["blocks"], "", person=arguments["user_id"], is_home=True)
    return Shown(arguments["blocks"], **where)


async def answer(door):
    return shown((await door.ask(mention(f"<@UBOT> {UPDATE.question}")))[0], thread=mention()["ts"])


async def suggestions(door):
    return shown((await door.ask(mention("<@UBOT> What is topic number 7 and 8?")))[0], thread=mention()["ts"])


async def no_answer(door):
    return shown((await door.ask(mention(VAIN)))[0], thread=mention()["ts"])


async def direct_message(door):
    return shown((await door.ask(direct(VAIN)))[0], channel="D1")


async def in_the_askers_own_messages(door):
    """A reply to a mention in a thread that is closed goes to a conversation whose id nobody knows yet."""
    door.slack.refuse("chat.postMessage", "thread_locked")
    *_, moved = await door.ask(mention(f"<@UBOT> {UPDATE.question}"))
    assert moved.arguments["channel"] == "U1"
    return shown(moved, channel="D7")


async def command(door, text=UPDATE.question, trigger="7.7"):
    place = {"channel_id": "C1", "user_id": "U1", "team_id": "T1", "trigger_id": trigger}
    before = len(door.slack.made())
    await door.send(place | {"command": "/flatcar-faq", "text": text, "response_url": door.response_url})
    return [shown(call, is_private=True) for call in door.slack.made()[before:]]


async def private_answer(door):
    return (await command(door))[0]


async def list_page(door):
    return (await command(door, "list"))[0]


async def home(door):
    opened = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home", "event_ts": "1.1", "view": None}
    return shown((await door.ask(opened))[0])


async def inbox_in_home(door):
    await card(door)
    opened = {"type": "app_home_opened", "user": "UMAINT", "channel": "D1", "tab": "home", "event_ts": "2.1"}
    return shown((await door.ask(opened))[0])


async def preview(door):
    body = {
        "type": "message_action",
        "callback_id": action_ids.SHORTCUT,
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "message": {"type": "message", "ts": "1700000001.1", "text": UPDATE.question},
        "response_url": door.response_url,
    }
    await door.send(body)
    return shown(door.slack.made()[-1], is_private=True)


async def card(door):
    asked = await no_answer(door)
    [action] = [each async for each in presses(door, asked) if each["action_id"] == action_ids.SEND_ON]
    await door.send(asked.click(door, action))
    drawn = next(call for call in door.slack.made("chat.postMessage") if call.arguments["channel"] == "CMAINT")
    return shown(drawn, channel="CMAINT", person="UMAINT")


async def offer_after_a_thumb_down(door):
    asked = await answer(door)
    down = [each async for each in presses(door, asked) if each["action_id"] == action_ids.FEEDBACK][1]
    await door.send(asked.click(door, down))
    return shown(door.slack.made()[-1], thread=asked.thread, is_private=True)


async def after_a_choice(door):
    """The same message, once somebody's click has turned it into an answer."""
    asked = await suggestions(door)
    [choice, *_] = [each async for each in presses(door, asked) if each["action_id"].startswith(action_ids.CHOOSE)]
    await door.send(asked.click(door, choice))
    return shown(door.slack.made()[-1], thread=asked.thread)


SCENES: list[Callable[[Door], Awaitable[Shown]]] = [
    answer, suggestions, no_answer, direct_message, in_the_askers_own_messages, private_answer, list_page, home,
    inbox_in_home, preview, card, offer_after_a_thumb_down, after_a_choice,
]  # fmt: skip


async def presses(door: Door, shown: Shown) -> AsyncIterator[Json]:
    """Yield what Slack would send for each thing that can be pressed."""
    for block in shown.blocks:
        for element in [*(block.get("elements") or ()), *([block["accessory"]] if "accessory" in block else ())]:
            if "action_id" in element:
                action = {"action_id": element["action_id"], "block_id": block.get("block_id", "b1")}
                for pressed in await pressed_of(door, shown, element, action):
                    yield {"type": element["type"]} | action | pressed


async def pressed_of(door: Door, shown: Shown, element: Json, action: Json) -> list[Json]:
    match element["type"]:
        case "feedback_buttons":
            return [{"value": element[side]["value"]} for side in ("positive_button", "negative_button")]
        case "external_select":
            asking = {"type": "block_suggestion", "value": "update", "user": {"id": shown.person}, "team": {"id": "T1"}}
            offered = await door.send(asking | action | {"container": {"type": "message"}})
            return [{"selected_option": offered["options"][0]}]
        case "overflow" | "static_select":
            return [{"selected_option": each} for each in element["options"]]
        case _:
            return [{"value": element["value"]}]


def with_value(action: Json, change: Callable[[str], str]) -> Json:
    if "value" in action:
        return action | {"value": change(action["value"])}
    return action | {"selected_option": {"value": change(action["selected_option"]["value"])}}


def without_signature(value: str) -> str:
    carried = decode(value)
    return encode(carried) if carried else value.partition("~")[0]


def forged(shown: Shown, action: Json) -> Iterator[tuple[str, Json, dict[str, str]]]:
    """Yield what an attacker may send instead: each is worth an honest sentence, and nothing else."""
    yield "unsigned", with_value(action, without_signature), {}
    yield "for another asker", with_value(action, lambda _: encode(Carried(asker="U9", entry="update", text="x"))), {}
    yield "a remove", with_value(action, lambda _: f"{action_ids.REMOVE}:{shown.person}"), {}
    yield "with a byte that no database holds", with_value(action, lambda value: f"{value}\0"), {}
    yield (
        "changed",
        with_value(action, lambda value: value.replace("{", '{"z": "",', 1) if "{" in value else f"x{value}"),
        {},
    )
    yield "nothing", {name: each for name, each in action.items() if name not in ("value", "selected_option")}, {}
    others = {action_ids.SHARE, action_ids.SHOW_ALL, action_ids.MENU} - {action["action_id"]}
    for action_id in others:
        yield f"another action: {action_id}", action | {"action_id": action_id}, {}
    if not (shown.is_home or "selected_option" in action and action["type"] == "external_select"):
        yield "another channel", action, {"channel": "C9"}
    if shown.thread and not shown.is_private:
        yield "another thread", action, {"thread": "1600000000.1"}
        yield "no thread", action, {"thread": ""}
    if shown.is_private or shown.is_home:
        yield "another person", action, {"person": "U9"}
    if action["block_id"] != "b1":
        for block_id in ("inbox_1", "inbox_2", f"{PICKER}1600000000.1", "1600000000.1", f"x{action['block_id']}", ""):
            yield f"block_id {block_id}", action | {"block_id": block_id}, {}


def said(calls: list[Call]) -> list[str]:
    views = [call.arguments["view"] for call in calls if call.method == "views.open"]
    windows = [view["blocks"][0]["text"]["text"] for view in views if "text" in view["blocks"][0]]
    return [call.text for call in calls if call.text] + windows


@pytest.mark.parametrize("scene", SCENES)
async def test_an_honest_click_works(door, scene):
    drawn = await scene(door)
    actions = [each async for each in presses(door, drawn)]
    assert actions
    for action in actions:
        before = len(door.slack.calls)
        await door.send(drawn.click(door, action))
        did = door.slack.calls[before:]
        assert did, action
        assert not REFUSALS & set(said(did)), action


@pytest.mark.parametrize("scene", SCENES)
async def test_a_forged_click_gets_an_honest_sentence_and_does_nothing(door, scene):
    drawn = await scene(door)
    for action in [each async for each in presses(door, drawn)]:
        for name, wish, where in forged(drawn, action):
            before = len(door.slack.calls)
            await door.send(drawn.click(door, wish, **where))
            did = door.slack.calls[before:]
            assert said(did) == [wording.CLICK_NOT_UNDERSTOOD], (name, wish)
            assert did[-1].method in ("response_url", "chat.postEphemeral", "views.open"), name
            assert did[-1].arguments.get("replace_original") in (None, False), name
    assert door.desk.store.trouble == ""


async def test_the_asker_removes_a_reply_and_nobody_elses_by_its_value(door):
    mine, [others] = (
        await answer(door),
        await door.ask(mention(f"<@UBOT> {UPDATE.question}", user="U2", ts="1700000003.1")),
    )
    [menu] = [each async for each in presses(door, mine) if each["action_id"] == action_ids.MENU]
    there = Shown(others.arguments["blocks"], thread=mine.thread)
    await door.send(there.click(door, menu))
    assert said(door.slack.calls)[-1] == wording.CLICK_NOT_UNDERSTOOD
    await door.send(mine.click(door, menu))
    assert door.slack.calls[-1].arguments == {"delete_original": True}


OLD_ROWS: list[Json] = [
    {"type": "button", "action_id": f"{action_ids.CHOOSE}1", "value": '{"e": "update", "a": "U1"}'},
    {"type": "button", "action_id": action_ids.SEND_ON, "value": '{"q": "a &amp; b?", "s": "s", "a": "U1"}'},
    {"type": "button", "action_id": action_ids.CHOOSE_NONE, "value": "{}"},
    {"type": "overflow", "action_id": action_ids.MENU, "options": [{"value": f"{action_ids.REMOVE}:U1"}]},
]


@pytest.mark.parametrize("element", OLD_ROWS, ids=lambda each: each["action_id"])
async def test_what_an_older_version_drew_works_on_as_it_was_drawn(door, element):
    old = Shown([{"type": "actions", "elements": [element]}], thread="1699999999.1")
    [action] = [each async for each in presses(door, old)]
    for value in (f"{action_ids.REMOVE}:U9", '{"e": "topic-1", "a": "U9"}', '{"q": "b?", "s": "s", "a": "U9"}'):
        await door.send(old.click(door, with_value(action, lambda _, value=value: value), ts=LONG_AGO, person="U9"))
        assert said(door.slack.calls[-1:]) == [wording.CLICK_NOT_UNDERSTOOD]
    before = len(door.slack.calls)
    await door.send(old.click(door, with_value(action, lambda value: value.replace("&amp;", "&")), ts=LONG_AGO))
    assert door.slack.calls[before:]
    assert not REFUSALS & set(said(door.slack.calls[before:]))


async def test_what_an_older_version_drew_in_private_works_on_unless_it_is_too_new(door):
    old = Shown([{"type": "actions", "elements": [OLD_ROWS[0]]}], is_private=True)
    [action] = [each async for each in presses(door, old)]
    await door.send(old.click(door, action, ts=SOON))
    assert said(door.slack.calls) == [wording.CLICK_NOT_UNDERSTOOD]
    await door.send(old.click(door, action, ts=LONG_AGO))
    assert UPDATE.answer in door.slack.calls[-1].text


async def test_a_made_up_number_of_a_question_counts_in_no_message(door):
    drawn = await card(door)
    for action in [each async for each in presses(door, drawn)]:
        await door.send(drawn.click(door, action | {"block_id": "inbox_1"}, ts=SOON))
        assert said(door.slack.calls)[-1] == wording.CLICK_NOT_UNDERSTOOD


async def test_what_the_version_before_draws_beside_a_new_one_works(door):
    beside = Shown([{"type": "actions", "elements": [OLD_ROWS[0]]}], thread="1699999999.1")
    [action] = [each async for each in presses(door, beside)]
    await door.send(beside.click(door, action, ts=SOON))
    assert UPDATE.answer in door.slack.calls[-1].text
    await door.send(beside.click(door, action, ts=NOW))
    assert said(door.slack.calls)[-1] == wording.CLICK_NOT_UNDERSTOOD


async def test_a_reason_is_kept_for_the_reply_that_it_was_asked_for(door):
    offer = await offer_after_a_thumb_down(door)
    [why] = [each async for each in presses(door, offer) if each["action_id"] == action_ids.REASON]
    await door.send(offer.click(door, why))
    view = door.slack.made("views.open")[-1].arguments["view"]
    typed = {"values": {action_ids.REASON_TEXT: {action_ids.REASON_TEXT: {"value": "too old"}}}}
    body = {"type": "view_submission", "user": {"id": "U1"}, "team": {"id": "T1"}}

    def submit(metadata: str) -> Awaitable[Json | str]:
        seen = {"id": "V1", "type": "modal", "app_installed_team_id": "T1", "hash": f"{NOW}.abc", "state": typed}
        seen |= {"callback_id": action_ids.REASON, "private_metadata": metadata}
        return door.send(body | {"view": seen})

    assert (await submit("C1/1\0"))["errors"] == {action_ids.REASON_TEXT: wording.CLICK_NOT_UNDERSTOOD}
    assert await submit(view["private_metadata"]) == ""
    [thumbs] = await door.desk.store.load(lambda store: store.feedback.by_entry(), otherwise=())
    assert thumbs.reasons == ("too old",)


async def test_a_byte_that_no_database_holds_does_not_take_the_database_for_broken(door):
    carried = Carried(
        text="Why?", source="s\0\ud800", asker="U1", channel="C\0", thread="1\0", surface="\0", entry="\0"
    )
    old = Shown([], is_private=True)
    action = {"type": "button", "action_id": action_ids.SEND_ON, "block_id": "b", "value": encode(carried)}
    await door.send(old.click(door, action, ts=LONG_AGO))
    [item] = await door.desk.store.load(lambda store: store.inbox.items(), otherwise=())
    assert (item.sent.text, item.sent.channel) == ("Why?", "C")
    assert door.desk.store.failures == 0


@pytest.mark.parametrize("token", ["xoxb-1", "xoxb-2"])
async def test_buttons_outlive_a_restart_and_another_token(tmp_path, token):
    async with open_door(tmp_path, POLICY, faq=MANY) as door:
        drawn = await suggestions(door)
        actions = [each async for each in presses(door, drawn)]
        await door.desk.store.flush()
        await door.send(drawn.click(door, actions[0], ts=LONG_AGO))
    async with open_door(tmp_path, POLICY, faq=MANY, token=token) as door:
        await door.send(drawn.click(door, actions[-1], ts=LONG_AGO))
        assert not REFUSALS & set(said(door.slack.calls))


async def test_what_a_revoked_token_signs_does_not_count_on_newer_messages(tmp_path):
    async with open_door(tmp_path, POLICY, faq=MANY, token="xoxb-stolen") as door:
        drawn = await suggestions(door)
        action = [each async for each in presses(door, drawn)][-1]
    async with open_door(tmp_path, POLICY, faq=MANY) as door:
        await door.send(drawn.click(door, action))
        assert said(door.slack.calls) == [wording.CLICK_NOT_UNDERSTOOD]


async def test_while_the_database_is_away_buttons_work_and_a_doubtful_one_is_to_be_tried_again(tmp_path):
    async with open_door(tmp_path, POLICY, faq=MANY) as door:
        drawn = await suggestions(door)
    (tmp_path / "bot.db").unlink()
    (tmp_path / "bot.db").mkdir()
    async with open_door(tmp_path, POLICY, faq=MANY) as door:
        [first, *_] = [each async for each in presses(door, drawn)]
        await door.send(drawn.click(door, first))
        assert not REFUSALS & set(said(door.slack.calls))
        await door.send(drawn.click(door, with_value(first, without_signature), ts=LONG_AGO))
        assert said(door.slack.calls)[-1] == wording.CLICK_NOT_CHECKED


# Addresses, and repeated commands


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "https://hooks.slack.com.evil.example/x", "https://hooks.slack.com@evil.example/x",
     "http://hooks.slack.com/x", "https://evil.example/hooks.slack.com/", "//hooks.slack.com/", "x"],
)  # fmt: skip
async def test_nothing_is_posted_to_an_address_that_is_not_slacks(door, address):
    assert not is_slacks(address, door.slack.address)
    place = {"channel_id": "C1", "user_id": "U1", "team_id": "T1", "trigger_id": "1.2"}
    await door.send(place | {"command": "/flatcar-faq", "text": "list", "response_url": address})
    drawn = await private_answer(door)
    before = len(door.slack.calls)
    for action in [each async for each in presses(door, drawn)]:
        await door.send(drawn.click(door, action) | {"response_url": address})
    assert door.slack.calls[before:] == []
    assert len(door.slack.made()) == 1


@pytest.mark.parametrize("host", ["hooks.slack.com", "slack.com", "hooks.slack-gov.com"])
def test_slacks_own_addresses_are_posted_to(host):
    assert is_slacks(f"https://{host}/actions/T1/2/x", "https://slack.com/api/")


async def test_a_command_that_comes_again_is_answered_once(door):
    assert len(await command(door, trigger="8.8")) == 1
    assert await command(door, trigger="8.8") == []
    assert len(await command(door, trigger="9.9")) == 1


async def test_a_command_that_comes_again_to_another_process_is_answered_once(tmp_path):
    async with open_door(tmp_path) as door, open_door(tmp_path) as other:
        assert len(await command(door)) == 1
        assert await command(other) == []


# What fits


def test_the_longest_value_fits_with_its_signature():
    everywhere, key = Place("C" * 11, "1700000000.000100", "U" * 11, "C"), "0" * 64
    value = sign(encode(Carried(text="why " * 1000, entry="e" * 200, others=("o" * 200,))), "feedback", key, everywhere)
    assert len(value) <= VALUE_LIMIT
    assert len(sign(option_value("x" * 500), "search", key, everywhere)) <= OPTION_LIMIT
    assert option_value("x" * 500) != option_value("x" * 501)


@given(st.text(), st.text(), st.builds(Place, st.text(), st.text(), st.text()))
def test_a_signature_gives_back_what_was_signed_and_means_nothing_else(text, purpose, place):
    value = sign(text, purpose, "key", place)
    assert verify(value, purpose, "key", place) == text
    assert verify(value, purpose, "another key", place) is None
    assert verify(value, f"{purpose}x", "key", place) is None
    assert verify(f"x{value}", purpose, "key", place) is None
    assert unsigned(value) is None
    if place.channel:
        assert verify(value, purpose, "key", Place("another", place.thread, place.person)) is None


def test_a_version_before_signatures_reads_values_that_are_signed():
    value = encode(Carried(entry="update", asker="U1"))
    assert decode(sign(value, "choose_1", "key", Place("C1"))) == Carried(entry="update", asker="U1")
    assert decode(sign("{}", "choose_1", "key", Place())) == Carried()


def test_whether_slack_gives_characters_back_as_entities_does_not_matter():
    value = sign(encode(Carried(text="a & b < c")), "send_on", "key", Place())
    assert verify(value.replace("&", "&amp;").replace("<", "&lt;"), "send_on", "key", Place()) is not None


@pytest.mark.parametrize("mention", ["<!channel>", "<!here|here>", "<!subteam^S1>", "<@U1>", "<#C1>", "<!EVERYONE>"])
def test_an_author_of_the_faq_calls_nobody(mention):
    frame = Frame(PUBLICATION, TODAY)
    message = render_answer(entry("Who?", f"Ask {mention}, or `{mention}`.\n\n    {mention}"), frame)
    assert mention not in message.text
    [answer] = [block["text"] for block in message.blocks if block["type"] == "markdown"]
    assert mention not in answer
    assert answer.count("&lt;") == 3


def test_other_markup_reaches_a_markdown_block_as_it_stands():
    assert escape_mentions("`<!-- x -->` <!DOCTYPE html> <https://a.example> <user@b.example> a<b") == (
        "`<!-- x -->` <!DOCTYPE html> <https://a.example> <user@b.example> a<b"
    )
