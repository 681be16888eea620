"""The elements of Block Kit as Slack checks them: buttons, menus, selects, inputs.

Source of the limits: https://docs.slack.dev/reference/block-kit/block-elements/ . An element that is not known here is
refused, never waved through.
"""

import re
from collections.abc import Callable
from typing import Any

from .checks import PLAIN, Complain, Json, check_keys, check_string, check_text
from .composition import (
    RICH,
    check_confirm,
    check_groups,
    check_initial,
    check_number,
    check_options,
    check_style,
    check_url,
)

WEB = ("http", "https")
LONGEST_INPUT = 3000
_SELECT = {"placeholder", "confirm", "focus_on_load"}
_PICKER = {"placeholder", "confirm", "focus_on_load"}
KEYS = {
    "button": {"text", "url", "value", "style", "accessibility_label", "confirm"},
    "overflow": {"options", "confirm"},
    "static_select": _SELECT | {"options", "option_groups", "initial_option"},
    "multi_static_select": _SELECT | {"options", "option_groups", "initial_options", "max_selected_items"},
    "external_select": _SELECT | {"min_query_length", "initial_option"},
    "multi_external_select": _SELECT | {"min_query_length", "initial_options", "max_selected_items"},
    "users_select": _SELECT | {"initial_user"},
    "multi_users_select": _SELECT | {"initial_users", "max_selected_items"},
    "channels_select": _SELECT | {"initial_channel", "response_url_enabled"},
    "multi_channels_select": _SELECT | {"initial_channels", "max_selected_items"},
    "multi_conversations_select": _SELECT
    | {"initial_conversations", "default_to_current_conversation", "max_selected_items", "filter"},
    "conversations_select": _SELECT
    | {"initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"},
    "datepicker": _PICKER | {"initial_date"},
    "timepicker": _PICKER | {"initial_time", "timezone"},
    "datetimepicker": {"initial_date_time", "confirm", "focus_on_load"},
    "radio_buttons": {"options", "initial_option", "confirm", "focus_on_load"},
    "checkboxes": {"options", "initial_options", "confirm", "focus_on_load"},
    "plain_text_input": {
        "placeholder", "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config",
        "focus_on_load",
    },
    "email_text_input": {"placeholder", "initial_value", "dispatch_action_config", "focus_on_load"},
    "url_text_input": {"placeholder", "initial_value", "dispatch_action_config", "focus_on_load"},
    "number_input": {
        "placeholder", "initial_value", "is_decimal_allowed", "min_value", "max_value", "dispatch_action_config",
        "focus_on_load",
    },
    "rich_text_input": {"placeholder", "initial_value", "dispatch_action_config", "focus_on_load"},
    "image": {"image_url", "alt_text", "slack_file"},
    "feedback_buttons": {"positive_button", "negative_button"},
    "icon_button": {"icon", "text", "value", "accessibility_label", "visible_to_user_ids", "confirm"},
}  # fmt: skip
_TEXT_INPUTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}
_MESSAGE_ONLY = {"feedback_buttons", "icon_button"}
_MULTI = {kind for kind in KEYS if kind.startswith("multi_")}
IN_ACTIONS = KEYS.keys() - _TEXT_INPUTS - _MESSAGE_ONLY - _MULTI - {"image"}
IN_SECTION = (IN_ACTIONS | _MULTI | {"image"}) - {"datetimepicker"}
IN_CONTEXT_ACTIONS = frozenset(_MESSAGE_ONLY)
IN_INPUT = KEYS.keys() - _MESSAGE_ONLY - {"button", "overflow", "image"}


def check_element(element: Any, at: str, complain: Complain, allowed: Any) -> None:
    """Check one element, which must be of an allowed type."""
    kind = str(element.get("type")) if isinstance(element, dict) else "None"
    if kind not in allowed:
        return complain(f"unsupported type: {kind}", f"{at}/type")
    check_keys(element, KEYS[kind] | ({"type"} if kind == "image" else {"type", "action_id"}), at, complain)
    check_string(element.get("action_id", "x"), f"{at}/action_id", complain, 1, 255)
    if "placeholder" in element:
        check_text(element["placeholder"], f"{at}/placeholder", complain, 150, PLAIN)
    if "confirm" in element:
        check_confirm(element["confirm"], f"{at}/confirm", complain)
    check_number(element, "max_selected_items", at, complain, 1, 1000)
    return _CHECKS.get(kind, _check_nothing_more)(element, at, complain)


def _check_button(button: Json, at: str, complain: Complain) -> None:
    check_text(button.get("text"), f"{at}/text", complain, 75, PLAIN)
    check_string(button.get("value", "x"), f"{at}/value", complain, 0, 2000)
    check_string(button.get("accessibility_label", "x"), f"{at}/accessibility_label", complain, 1, 75)
    check_style(button, at, complain)
    if "url" in button:
        check_url(button["url"], f"{at}/url", complain)


def _check_overflow(overflow: Json, at: str, complain: Complain) -> None:
    check_options(overflow.get("options"), f"{at}/options", complain, 5, more_keys=frozenset({"url"}))


def _check_select(select: Json, at: str, complain: Complain) -> None:
    if "option_groups" in select and "options" in select:
        complain("must define either `options` or `option_groups`", at)
    elif "option_groups" in select:
        check_groups(select["option_groups"], f"{at}/option_groups", complain)
    else:
        check_options(select.get("options"), f"{at}/options", complain)
    check_initial(select, at, complain)


def _check_external_select(select: Json, at: str, complain: Complain) -> None:
    check_number(select, "min_query_length", at, complain, 0, 1000)


def _check_text_input(field: Json, at: str, complain: Complain) -> None:
    check_number(field, "min_length", at, complain, 0, LONGEST_INPUT)
    check_number(field, "max_length", at, complain, 1, LONGEST_INPUT)
    check_string(field.get("initial_value", ""), f"{at}/initial_value", complain, 0, LONGEST_INPUT)


def _check_number_input(field: Json, at: str, complain: Complain) -> None:
    if not isinstance(field.get("is_decimal_allowed"), bool):
        complain("missing required field: is_decimal_allowed", at)


def _check_pattern(key: str, pattern: str) -> Callable[[Json, str, Complain], None]:
    def check(element: Json, at: str, complain: Complain) -> None:
        if key in element and not re.fullmatch(pattern, str(element[key])):
            complain(f"must match {pattern}", f"{at}/{key}")

    return check


def _check_icon_button(button: Json, at: str, complain: Complain) -> None:
    check_text(button.get("text"), f"{at}/text", complain, 75, PLAIN)
    if button.get("icon") != "trash":
        complain("must be one of: trash", f"{at}/icon")


def _check_few_options(element: Json, at: str, complain: Complain) -> None:
    check_options(element.get("options"), f"{at}/options", complain, 10, RICH)
    check_initial(element, at, complain)


def _check_image(image: Json, at: str, complain: Complain) -> None:
    check_string(image.get("alt_text"), f"{at}/alt_text", complain, 1, 2000)
    if "slack_file" not in image:
        check_url(image.get("image_url"), f"{at}/image_url", complain, WEB)


def _check_feedback_buttons(element: Json, at: str, complain: Complain) -> None:
    for name in ("positive_button", "negative_button"):
        thumb = element.get(name)
        if not isinstance(thumb, dict):
            complain(f"missing required field: {name}", at)
            continue
        check_keys(thumb, {"text", "value", "accessibility_label"}, f"{at}/{name}", complain)
        check_text(thumb.get("text"), f"{at}/{name}/text", complain, 75, PLAIN)
        check_string(thumb.get("value"), f"{at}/{name}/value", complain, 1, 2000)
        check_string(thumb.get("accessibility_label", "x"), f"{at}/{name}/accessibility_label", complain, 1, 75)


def _check_nothing_more(element: Json, at: str, complain: Complain) -> None:
    """All there is to check has been checked."""


_CHECKS: dict[str, Callable[[Json, str, Complain], None]] = {
    "button": _check_button,
    "overflow": _check_overflow,
    "static_select": _check_select,
    "multi_static_select": _check_select,
    "external_select": _check_external_select,
    "multi_external_select": _check_external_select,
    "plain_text_input": _check_text_input,
    "number_input": _check_number_input,
    "datepicker": _check_pattern("initial_date", r"\d{4}-\d{2}-\d{2}"),
    "timepicker": _check_pattern("initial_time", r"\d{2}:\d{2}"),
    "icon_button": _check_icon_button,
    "radio_buttons": _check_few_options,
    "checkboxes": _check_few_options,
    "image": _check_image,
    "feedback_buttons": _check_feedback_buttons,
}
