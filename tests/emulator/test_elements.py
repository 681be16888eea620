"""What Slack refuses in the elements of blocks, and in what these are composed of; slack_sdk is the second witness."""

import pytest
from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks.basic_components import ConfirmObject

from bot.emulator import composition
from bot.emulator.blocks import find_problems
from bot.emulator.composition import MAX_GROUPS, MAX_OPTIONS


def plain(text):
    return {"type": "plain_text", "text": text}


def option(number=1, **more):
    return {"text": plain(f"Option {number}"), "value": f"v{number}", **more}


def group(label="Group", count=1):
    return {"label": plain(label), "options": [option(number) for number in range(count)]}


def select(**more):
    return {"type": "static_select", "action_id": "pick", **more}


def confirm(**more):
    return {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No"), **more}


def button(**more):
    return {"type": "button", "action_id": "go", "text": plain("Go"), **more}


def in_actions(element):
    return {"type": "actions", "elements": [element]}


def asked(**changes):
    return in_actions(button(confirm=confirm(**changes)))


def in_input(element, **more):
    return {"type": "input", "label": plain("Label"), "element": {"action_id": "typed", **element}, **more}


def in_section(accessory):
    return {"type": "section", "text": plain("x"), "accessory": accessory}


def thumbs(**more):
    both = {
        "positive_button": {"text": plain("Good"), "value": "1"},
        "negative_button": {"text": plain("Bad"), "value": "0"},
    }
    return {"type": "feedback_buttons", "action_id": "thumbs", **both, **more}


def rich(*elements):
    return {"type": "rich_text", "elements": list(elements)}


RADIO = {"type": "radio_buttons", "action_id": "r"}
IMAGE = {"type": "image", "alt_text": "A tower"}

TAKEN = {
    "a hundred options": in_actions(select(options=[option(number) for number in range(100)])),
    "a hundred groups": in_actions(select(option_groups=[group(count=1)] * 100)),
    "a choice from the beginning": in_actions(select(options=[option(1), option(2)], initial_option=option(2))),
    "a confirmation": in_actions(button(confirm=confirm(style="danger"))),
    "mrkdwn in radio buttons": in_actions({**RADIO, "options": [option(text={"type": "mrkdwn", "text": "*x*"})]}),
    "a link in a menu": in_section(
        {"type": "overflow", "action_id": "m", "options": [option(url="https://a.example")]}
    ),
    "several people": in_section({"type": "multi_users_select", "action_id": "who"}),
    "a number": in_input({"type": "number_input", "is_decimal_allowed": False}),
    "a date": in_actions({"type": "datepicker", "action_id": "d", "initial_date": "2018-03-05"}),
    "an image of the web": {**IMAGE, "image_url": "https://example.org/tower.png"},
    "thumbs": {"type": "context_actions", "elements": [thumbs()]},
    "a bin": {
        "type": "context_actions",
        "elements": [{"type": "icon_button", "action_id": "x", "icon": "trash", "text": plain("Remove")}],
    },
    "rich text": rich({"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}),
}

REFUSED = {
    "101 options": (in_actions(select(options=[option()] * 101)), "no more than 100 items allowed"),
    "no options": (in_actions(select(options=[])), "/elements/0/options]"),
    "neither options nor groups": (in_actions(select()), "/elements/0/options]"),
    "both options and groups": (
        in_actions(select(options=[option()], option_groups=[group()])),
        "must define either `options` or `option_groups`",
    ),
    "101 groups": (in_actions(select(option_groups=[group()] * 101)), "no more than 100 items allowed"),
    "a group label of 76": (in_actions(select(option_groups=[group("x" * 76)])), "/option_groups/0/label/text]"),
    "an option text of 76": (in_actions(select(options=[option(text=plain("x" * 76))])), "/options/0/text/text]"),
    "an option value of 151": (in_actions(select(options=[option(value="v" * 151)])), "/options/0/value]"),
    "an option description of 76": (
        in_actions(select(options=[option(description=plain("x" * 76))])),
        "/options/0/description/text]",
    ),
    "mrkdwn in a select": (
        in_actions(select(options=[option(text={"type": "mrkdwn", "text": "*x*"})])),
        "/options/0/text]",
    ),
    "a link in a select": (
        in_actions(select(options=[option(url="https://a.example")])),
        "invalid additional property: url",
    ),
    "a choice that is none": (
        in_actions(select(options=[option(1)], initial_option=option(2))),
        "/elements/0/initial_option]",
    ),
    "a placeholder of 151": (
        in_actions(select(options=[option()], placeholder=plain("x" * 151))),
        "/elements/0/placeholder/text]",
    ),
    "eleven radio buttons": (in_actions({**RADIO, "options": [option()] * 11}), "no more than 10 items allowed"),
    "a confirmation without a text": (
        in_actions(button(confirm={"title": plain("x"), "confirm": plain("y"), "deny": plain("n")})),
        "/confirm/text]",
    ),
    "a confirmation title of 101": (
        in_actions(button(confirm=confirm(title=plain("x" * 101)))),
        "/confirm/title/text]",
    ),
    "a confirmation text of 301": (asked(text=plain("x" * 301)), "/confirm/text/text]"),
    "a confirming button of 31": (
        in_actions(button(confirm=confirm(confirm=plain("x" * 31)))),
        "/confirm/confirm/text]",
    ),
    "a denying button of 31": (asked(deny=plain("x" * 31)), "/confirm/deny/text]"),
    "a green confirmation": (asked(style="green"), "/confirm/style]"),
    "a confirmation that is a text": (in_actions(button(confirm="sure?")), "must be a confirmation dialog"),
    "a link of 3001": (in_actions(button(url=f"https://a.example/{'x' * 2983}")), "must be less than 3001 characters"),
    "a link that is none": (in_actions(button(url="http://[")), "invalid_url"),
    "no people at all": (
        in_section({"type": "multi_users_select", "action_id": "who", "max_selected_items": 0}),
        "/accessory/max_selected_items]",
    ),
    "several people in a row of buttons": (
        in_actions({"type": "multi_users_select", "action_id": "who"}),
        "unsupported type: multi_users_select",
    ),
    "a query length that is a text": (
        in_section({"type": "external_select", "action_id": "s", "min_query_length": "1"}),
        "/accessory/min_query_length]",
    ),
    "a text input in a row of buttons": (
        in_actions({"type": "plain_text_input", "action_id": "t"}),
        "unsupported type: plain_text_input",
    ),
    "a button as an input": (in_input(button()), "unsupported type: button"),
    "a text input of 3001 at the most": (in_input({"type": "plain_text_input", "max_length": 3001}), "/max_length]"),
    "a hint of 2001": (in_input({"type": "plain_text_input"}, hint=plain("x" * 2001)), "/hint/text]"),
    "a label of 2001": (in_input({"type": "plain_text_input"}, label=plain("x" * 2001)), "/label/text]"),
    "a number that may be anything": (in_input({"type": "number_input"}), "missing required field: is_decimal_allowed"),
    "a date in words": (
        in_actions({"type": "datepicker", "action_id": "d", "initial_date": "today"}),
        "/initial_date]",
    ),
    "a time in words": (in_actions({"type": "timepicker", "action_id": "t", "initial_time": "noon"}), "/initial_time]"),
    "an image of this machine": (
        {**IMAGE, "image_url": "file:///tower.png"},
        "invalid_url [json-pointer:/blocks/0/image_url]",
    ),
    "an image without an alternative": (
        {"type": "image", "image_url": "https://example.org/tower.png"},
        "[json-pointer:/blocks/0/alt_text]",
    ),
    "a small image of nowhere": (in_section({**IMAGE, "image_url": "tower.png"}), "/accessory/image_url]"),
    "thumbs in a row of buttons": (in_actions(thumbs()), "unsupported type: feedback_buttons"),
    "one thumb": (
        {"type": "context_actions", "elements": [{k: v for k, v in thumbs().items() if k != "negative_button"}]},
        "missing required field: negative_button",
    ),
    "a button among thumbs": ({"type": "context_actions", "elements": [button()]}, "unsupported type: button"),
    "six thumbs": (
        {"type": "context_actions", "elements": [thumbs(action_id=f"t{n}") for n in range(6)]},
        "no more than 5 items allowed",
    ),
    "an icon that is none": (
        {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "action_id": "x", "icon": "skull", "text": plain("x")}],
        },
        "/elements/0/icon]",
    ),
    "rich text of another kind": (rich({"type": "rich_text_song", "elements": []}), "unsupported type: rich_text_song"),
    "rich text without parts": (rich({"type": "rich_text_quote"}), "must provide an array"),
}


@pytest.mark.parametrize("block", TAKEN.values(), ids=TAKEN.keys())
def test_slack_takes(block):
    assert find_problems([block]) == []


@pytest.mark.parametrize(("block", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_slack_refuses(block, reason):
    assert any(reason in problem for problem in find_problems([block])), find_problems([block])


def test_the_limits_are_those_of_slack_sdk():
    assert (sdk.StaticSelectElement.options_max_length, sdk.StaticSelectElement.option_groups_max_length) == (
        MAX_OPTIONS,
        MAX_GROUPS,
    )
    assert (sdk.Option.label_max_length, sdk.Option.value_max_length) == (75, 150)
    assert (sdk.ContextActionsBlock.elements_max_length, sdk.OverflowMenuElement.options_max_length) == (5, 5)
    limits = [getattr(ConfirmObject, f"{key}_max_length") for key in ("title", "text", "confirm", "deny")]
    assert limits == list(composition.CONFIRM.values())


def test_what_slack_sdk_builds_is_taken():
    options = [sdk.Option(value=str(number), label=f"Option {number}") for number in range(3)]
    sure = ConfirmObject(title="Sure?", text="Really?")
    built = [
        sdk.StaticSelectElement(
            placeholder="Pick", action_id="a", options=options, initial_option=options[1], confirm=sure
        ),
        sdk.StaticSelectElement(
            placeholder="Pick", action_id="b", option_groups=[sdk.OptionGroup(label="All", options=options)]
        ),
        sdk.OverflowMenuElement(action_id="c", options=options),
        sdk.RadioButtonsElement(action_id="d", options=options),
        sdk.CheckboxesElement(action_id="e", options=options),
        sdk.DatePickerElement(action_id="f", placeholder="When", initial_date="2018-03-05"),
        sdk.ExternalDataSelectElement(action_id="g", placeholder="Search", min_query_length=2),
        sdk.UserSelectElement(action_id="h", placeholder="Who"),
    ]
    assert find_problems([sdk.ActionsBlock(elements=built).to_dict()]) == []
