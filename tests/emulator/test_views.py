"""Home tabs and modals: what Slack takes, who sees it, and what becomes of trigger ids."""

import pytest
from slack_sdk.models.blocks import InputBlock, PlainTextInputElement, SectionBlock
from slack_sdk.models.views import View as SdkView

from bot.emulator.views import TRIGGER_LIFETIME

from .echo_app import refusal_of

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "hi"}}


def plain(text):
    return {"type": "plain_text", "text": text}


FOCUSED = {"type": "input", "label": plain("Name"), "element": {"type": "plain_text_input", "focus_on_load": True}}


def home(*blocks):
    return {"type": "home", "blocks": list(blocks)}


def modal(*blocks, **more):
    return {"type": "modal", "title": plain("Title"), "blocks": list(blocks), **more}


@pytest.fixture
def alice(slack):
    return slack.workspace.user_id("alice")


async def test_a_home_tab_is_seen_by_its_person_alone(slack, client, alice):
    answer = await client.views_publish(user_id=alice, view=home(SECTION))
    assert answer["view"]["type"] == "home"
    assert slack.views.homes[alice].words == "hi"
    assert slack.workspace.user_id("bob") not in slack.views.homes


async def test_a_hundred_blocks_fit_and_a_hundred_and_one_do_not(slack, client, alice):
    await client.views_publish(user_id=alice, view=home(*[SECTION] * 100))
    refusal = await refusal_of(client.views_publish(user_id=alice, view=home(*[SECTION] * 101)))
    assert refusal["error"] == "invalid_arguments"
    assert "no more than 100 items allowed [json-pointer:/view/blocks]" in refusal["response_metadata"]["messages"][0]
    assert len(slack.faults) == 1


async def test_a_view_of_more_than_250_kilobytes_is_too_large(client, alice):
    large = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2990}}
    refusal = await refusal_of(client.views_publish(user_id=alice, view=home(*[large] * 90)))
    assert refusal["error"] == "view_too_large"


@pytest.mark.parametrize(
    ("view", "reason"),
    [
        (home({"type": "markdown", "text": "hi"}), "unsupported type: markdown [json-pointer:/view/blocks/0/type]"),
        (home({"type": "context_actions", "elements": []}), "unsupported type: context_actions"),
        ({"type": "home"}, "missing required field: blocks"),
        ({"type": "message", "blocks": []}, "must be a view of type home"),
    ],
)
async def test_what_no_home_tab_may_hold(client, alice, view, reason):
    refusal = await refusal_of(client.views_publish(user_id=alice, view=view))
    assert refusal["error"] == "invalid_arguments"
    assert reason in refusal["response_metadata"]["messages"][0]


@pytest.mark.parametrize(
    ("view", "reason"),
    [
        (modal(SECTION, title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        ({"type": "modal", "blocks": [SECTION]}, "[json-pointer:/view/title]"),
        (modal({"type": "markdown", "text": "hi"}), "unsupported type: markdown"),
        (modal({"type": "input", "label": plain("Name"), "element": {"type": "plain_text_input"}}), "submit"),
        (modal(FOCUSED, FOCUSED, submit=plain("Send")), "only one element can have focus_on_load"),
        (modal(SECTION, external_id="x" * 256), "[json-pointer:/view/external_id]"),
        (modal(SECTION, callback_id="x" * 256), "[json-pointer:/view/callback_id]"),
        (modal(SECTION, private_metadata="x" * 3001), "[json-pointer:/view/private_metadata]"),
    ],
)
async def test_what_no_modal_may_be(slack, client, alice, view, reason):
    refusal = await refusal_of(client.views_open(trigger_id=slack.views.issue_trigger(alice), view=view))
    assert reason in refusal["response_metadata"]["messages"][0]


async def test_a_trigger_opens_one_modal_for_the_one_whose_deed_it_was(slack, client, alice):
    trigger = slack.views.issue_trigger(alice)
    answer = await client.views_open(trigger_id=trigger, view=modal(SECTION))
    assert [view.id for view in slack.views.modals[alice]] == [answer["view"]["id"]]
    again = await refusal_of(client.views_open(trigger_id=trigger, view=modal(SECTION)))
    assert again["error"] == "exchanged_trigger_id"
    unknown = await refusal_of(client.views_open(trigger_id="1.2.3", view=modal(SECTION)))
    assert unknown["error"] == "invalid_trigger_id"


async def test_a_trigger_lives_three_seconds(slack, client, alice):
    now = [1_700_000_000.0]
    slack.workspace.clock, slack.views.trigger_lifetime = lambda: now[0], TRIGGER_LIFETIME
    in_time, late = slack.views.issue_trigger(alice), slack.views.issue_trigger(alice)
    now[0] += 2.9
    await client.views_open(trigger_id=in_time, view=modal(SECTION))
    now[0] += 0.1
    refusal = await refusal_of(client.views_open(trigger_id=late, view=modal(SECTION)))
    assert refusal["error"] == "expired_trigger_id"


async def test_a_fourth_modal_is_one_too_many(slack, client, alice):
    for _ in range(3):
        await client.views_open(trigger_id=slack.views.issue_trigger(alice), view=modal(SECTION))
    refusal = await refusal_of(client.views_open(trigger_id=slack.views.issue_trigger(alice), view=modal(SECTION)))
    assert refusal["error"] == "push_limit_reached"


async def test_nobody_who_is_not_there_gets_a_home_tab(client):
    assert (await refusal_of(client.views_publish(user_id="U0NOBODY", view=home(SECTION))))[
        "error"
    ] == "invalid_arguments"


async def test_what_slack_sdk_builds_is_taken_and_its_model_reads_the_answer(slack, client, alice):
    field = InputBlock(label="Name", element=PlainTextInputElement(action_id="name"), block_id="b1")
    built = SdkView(type="modal", title=plain("Title"), submit=plain("Send"), blocks=[SectionBlock(text="hi"), field])
    answer = await client.views_open(trigger_id=slack.views.issue_trigger(alice), view=built)
    read = SdkView(**answer["view"])
    assert (read.type, read.root_view_id, len(read.blocks)) == ("modal", answer["view"]["id"], 2)
