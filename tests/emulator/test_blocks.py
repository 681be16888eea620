"""What Slack refuses in blocks, each refusal with the place it names; slack_sdk's models as the second witness."""

import pytest
from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.emulator.blocks import MAX_BLOCKS, MAX_MARKDOWN, find_problems

DIVIDER = {"type": "divider"}


def section(text="x", kind="mrkdwn", **more):
    return {"type": "section", "text": {"type": kind, "text": text}, **more}


def button(label="x", number=1, **more):
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "text": text, "action_id": f"a{number}", "value": "v", **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def context(*texts):
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text} for text in texts]}


def header(text, kind="plain_text"):
    return {"type": "header", "text": {"type": kind, "text": text}}


def markdown(length):
    return {"type": "markdown", "text": "x" * length}


def overflow(*labels):
    options = [{"text": {"type": "plain_text", "text": label}, "value": "v"} for label in labels]
    return {"type": "overflow", "action_id": "more", "options": options}


TAKEN = {
    "fifty blocks": [DIVIDER] * 50,
    "a section of 3000 characters": [section("x" * 3000)],
    "a header of 150": [header("x" * 150)],
    "ten elements of context": [context(*"0123456789")],
    "25 buttons": [actions(*(button(number=number) for number in range(25)))],
    "a button text of 75 and a value of 2000": [actions(button("x" * 75, value="v" * 2000))],
    "an action_id of 255": [actions(button(action_id="a" * 255))],
    "the same action_id in two blocks": [actions(button()), actions(button())],
    "12,000 characters of markdown": [markdown(6000)] * 2,
    "a button beside a section": [section(accessory=button())],
    "an overflow menu": [section(accessory=overflow("Remove"))],
    "a link behind a button": [actions(button(url="https://example.org"))],
}

REFUSED = {
    "51 blocks": ([DIVIDER] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    "a section of 3001 characters": (
        [section("x" * 3001)],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "an empty section": ([DIVIDER, section("")], "must be more than 0 characters [json-pointer:/blocks/1/text/text]"),
    "a section without text": ([{"type": "section"}], "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    "a string for a text": ([{"type": "section", "text": "hi"}], "[json-pointer:/blocks/0/text]"),
    "markdown as a text type": ([section(kind="markdown")], "failed to match all allowed schemas"),
    "a header of 151": ([header("x" * 151)], "must be less than 151 characters [json-pointer:/blocks/0/text/text]"),
    "mrkdwn in a header": ([header("x", "mrkdwn")], "[json-pointer:/blocks/0/text]"),
    "an empty context": ([context()], "[json-pointer:/blocks/0/elements]"),
    "eleven elements of context": ([context(*"0123456789x")], "no more than 10 items allowed"),
    "no actions": ([actions()], "[json-pointer:/blocks/0/elements]"),
    "26 buttons": (
        [actions(*(button(number=number) for number in range(26)))],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "a button text of 76": (
        [actions(button("x" * 76))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    "an empty button": ([actions(button(""))], "must be more than 0 characters"),
    "a button text in mrkdwn": ([actions(button(text={"type": "mrkdwn", "text": "x"}))], "/elements/0/text]"),
    "a value of 2001": ([actions(button(value="v" * 2001))], "/elements/0/value]"),
    "a number for a value": ([actions(button(value=3))], "must provide a string"),
    "an action_id of 256": ([actions(button(action_id="a" * 256))], "/elements/0/action_id]"),
    "the same action_id twice in a block": ([actions(button(), button())], "`action_id` already exists: a1"),
    "the same block_id twice": ([section(block_id="b"), section(block_id="b")], "`block_id` already exists: b"),
    "a block_id of 256": ([section(block_id="b" * 256)], "[json-pointer:/blocks/0/block_id]"),
    "an unknown style": ([actions(button(style="blue"))], "[json-pointer:/blocks/0/elements/0/style]"),
    "a link without a scheme": ([actions(button(url="example.org"))], "invalid_url"),
    "a property too many": (
        [actions(button(disabled=True))],
        "invalid additional property: disabled [json-pointer:/blocks/0/elements/0]",
    ),
    "12,001 characters of markdown": ([markdown(6000), markdown(6001)], "characters in all markdown blocks"),
    "an unknown block": ([{"type": "carousel"}], "unsupported type: carousel [json-pointer:/blocks/0/type]"),
    "a button as a block": ([button()], "unsupported type: button"),
    "text as a block": (["hi"], "unsupported type: None"),
    "a menu with six choices": ([section(accessory=overflow(*"123456"))], "no more than 5 items allowed"),
}


@pytest.mark.parametrize("blocks", TAKEN.values(), ids=TAKEN.keys())
def test_slack_takes(blocks):
    assert find_problems(blocks) == []


@pytest.mark.parametrize(("blocks", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_slack_refuses(blocks, reason):
    assert any(reason in problem for problem in find_problems(blocks)), find_problems(blocks)


def test_the_limits_are_those_of_slack_sdk():
    assert sdk.HeaderBlock.text_max_length == 150
    assert sdk.ActionsBlock.elements_max_length == 25
    assert sdk.ContextBlock.elements_max_length == 10
    assert (ButtonElement.text_max_length, ButtonElement.value_max_length) == (75, 2000)
    assert (MAX_BLOCKS["message"], MAX_MARKDOWN) == (50, 12_000)


def test_what_slack_sdk_builds_is_taken():
    built = [
        sdk.HeaderBlock(text="Title"),
        sdk.SectionBlock(text="*bold*", accessory=ButtonElement(text="Go", action_id="go", value="1")),
        sdk.DividerBlock(),
        sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="quiet")]),
        sdk.ActionsBlock(elements=[ButtonElement(text="A", action_id="a"), ButtonElement(text="B", action_id="b")]),
        sdk.MarkdownBlock(text="# Heading"),
    ]
    assert find_problems([block.to_dict() for block in built]) == []
