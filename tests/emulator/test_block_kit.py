"""What Slack refuses in blocks, each refusal with the place it names; slack_sdk's models as the second witness."""

import pytest
from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.emulator.block_kit import MAX_BLOCKS, MAX_MARKDOWN, MAX_OPTIONS, find_problems

DIVIDER = {"type": "divider"}


def plain(text):
    return {"type": "plain_text", "text": text}


def section(text="x", kind="mrkdwn", **more):
    return {"type": "section", "text": {"type": kind, "text": text}, **more}


def button(label="x", number=1, **more):
    return {"type": "button", "text": plain(label), "action_id": f"a{number}", "value": "v", **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def context(*texts):
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text} for text in texts]}


def header(text, kind="plain_text"):
    return {"type": "header", "text": {"type": kind, "text": text}}


def markdown(length):
    return {"type": "markdown", "text": "x" * length}


def option(number=1, **more):
    return {"text": plain(f"Option {number}"), "value": f"v{number}", **more}


def overflow(*labels):
    options = [option(number, text=plain(label)) for number, label in enumerate(labels)]
    return {"type": "overflow", "action_id": "more", "options": options}


def select(**more):
    return {"type": "static_select", "action_id": "pick", **more}


def typed(element, **more):
    return {"type": "input", "label": plain("Label"), "element": {"action_id": "typed", **element}, **more}


def thumbs(**more):
    both = {f"{name}_button": {"text": plain(name), "value": name} for name in ("positive", "negative")}
    return {"type": "feedback_buttons", "action_id": "thumbs", **both, **more}


def small(*elements):
    return {"type": "context_actions", "elements": list(elements)}


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
    "a hundred options": [actions(select(options=[option(number) for number in range(100)]))],
    "a choice from the beginning": [actions(select(options=[option(1), option(2)], initial_option=option(2)))],
    "a line to type into": [typed({"type": "plain_text_input", "max_length": 3000}, optional=True)],
    "thumbs": [small(thumbs())],
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
    "markdown as a text type": ([section(kind="markdown")], "must be a text object of type plain_text or mrkdwn"),
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
    "a link that is none": ([actions(button(url="http://["))], "invalid_url"),
    "a link of 3001": ([actions(button(url=f"https://a.example/{'x' * 2983}"))], "must be less than 3001 characters"),
    "a property too many": (
        [actions(button(disabled=True))],
        "invalid additional property: disabled [json-pointer:/blocks/0/elements/0]",
    ),
    "12,001 characters of markdown": ([markdown(6000), markdown(6001)], "characters in all markdown blocks"),
    "an unknown block": ([{"type": "carousel"}], "unsupported type: carousel [json-pointer:/blocks/0/type]"),
    "a button as a block": ([button()], "unsupported type: button"),
    "text as a block": (["hi"], "unsupported type: None"),
    "a menu with six choices": ([section(accessory=overflow(*"123456"))], "no more than 5 items allowed"),
    "101 options": ([actions(select(options=[option()] * 101))], "no more than 100 items allowed"),
    "no options": ([actions(select(options=[]))], "/elements/0/options]"),
    "a select without options": ([actions(select())], "/elements/0/options]"),
    "an option that is a text": ([actions(select(options=["one"]))], "must provide an object"),
    "an option text of 76": ([actions(select(options=[option(text=plain("x" * 76))]))], "/options/0/text/text]"),
    "an option value of 151": ([actions(select(options=[option(value="v" * 151)]))], "/options/0/value]"),
    "a link in a select": (
        [actions(select(options=[option(url="https://a.example")]))],
        "invalid additional property: url",
    ),
    "a choice that is none": (
        [actions(select(options=[option(1)], initial_option=option(2)))],
        "must match one of the options",
    ),
    "a placeholder of 151": (
        [actions(select(options=[option()], placeholder=plain("x" * 151)))],
        "/elements/0/placeholder/text]",
    ),
    "a query length that is a text": (
        [section(accessory={"type": "external_select", "action_id": "s", "min_query_length": "1"})],
        "/accessory/min_query_length]",
    ),
    "a text input in a row of buttons": (
        [actions({"type": "plain_text_input", "action_id": "t"})],
        "unsupported type: plain_text_input",
    ),
    "a button as an input": ([typed(button())], "unsupported type: button"),
    "a text input of 3001 at the most": ([typed({"type": "plain_text_input", "max_length": 3001})], "/max_length]"),
    "a hint of 2001": ([typed({"type": "plain_text_input"}, hint=plain("x" * 2001))], "/hint/text]"),
    "thumbs in a row of buttons": ([actions(thumbs())], "unsupported type: feedback_buttons"),
    "one thumb": (
        [small({k: v for k, v in thumbs().items() if k != "negative_button"})],
        "/negative_button]",
    ),
    "a button among thumbs": ([small(button())], "unsupported type: button"),
    "six thumbs": ([small(*(thumbs(action_id=f"t{n}") for n in range(6)))], "no more than 5 items allowed"),
}


@pytest.mark.parametrize("blocks", TAKEN.values(), ids=TAKEN.keys())
def test_slack_takes(blocks):
    assert find_problems(blocks) == []


@pytest.mark.parametrize(("blocks", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_slack_refuses(blocks, reason):
    assert any(reason in problem for problem in find_problems(blocks)), find_problems(blocks)


@pytest.mark.parametrize("block", [markdown(1), small(thumbs())], ids=["markdown", "thumbs"])
def test_what_only_messages_hold_is_refused_in_views(block):
    assert "unsupported type" in find_problems([block], "home")[0]


def test_the_limits_are_those_of_slack_sdk():
    assert sdk.HeaderBlock.text_max_length == 150
    assert sdk.ActionsBlock.elements_max_length == 25
    assert sdk.ContextBlock.elements_max_length == 10
    assert (ButtonElement.text_max_length, ButtonElement.value_max_length) == (75, 2000)
    assert (MAX_BLOCKS["message"], MAX_MARKDOWN) == (50, 12_000)
    assert sdk.StaticSelectElement.options_max_length == MAX_OPTIONS
    assert (sdk.Option.label_max_length, sdk.Option.value_max_length) == (75, 150)
    assert (sdk.ContextActionsBlock.elements_max_length, sdk.OverflowMenuElement.options_max_length) == (5, 5)


def test_what_slack_sdk_builds_is_taken():
    options = [sdk.Option(value=str(number), label=f"Option {number}") for number in range(3)]
    rows = [
        ButtonElement(text="A", action_id="a"),
        sdk.StaticSelectElement(placeholder="Pick", action_id="b", options=options, initial_option=options[1]),
        sdk.OverflowMenuElement(action_id="c", options=options),
        sdk.ExternalDataSelectElement(action_id="d", placeholder="Search", min_query_length=2),
    ]
    built = [
        sdk.HeaderBlock(text="Title"),
        sdk.SectionBlock(text="*bold*", accessory=ButtonElement(text="Go", action_id="go", value="1")),
        sdk.DividerBlock(),
        sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="quiet")]),
        sdk.ActionsBlock(elements=rows),
        sdk.MarkdownBlock(text="# Heading"),
        sdk.InputBlock(label="Name", element=sdk.PlainTextInputElement(action_id="name")),
    ]
    assert find_problems([block.to_dict() for block in built]) == []
