"""The elements of Block Kit as Slack checks them: buttons, menus, selects, inputs.

Source of the limits: https://docs.slack.dev/reference/block-kit/block-elements/ . An element that is not known here is
refused, never waved through.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from .checks import PLAIN, Complain, Json, check_count, check_keys, check_string, check_text

MAX_OPTIONS = 100
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
    "conversations_select": _SELECT
    | {"initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"},
    "datepicker": _PICKER | {"initial_date"},
    "timepicker": _PICKER | {"initial_time", "timezone"},
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
    "image": {"image_url", "alt_text", "slack_file"},
    "feedback_buttons": {"positive_button", "negative_button"},
    "icon_button": {"icon", "text", "value", "accessibility_label", "visible_to_user_ids", "confirm"},
}  # fmt: skip
_TEXT_INPUTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
_MESSAGE_ONLY = {"feedback_buttons", "icon_button"}
IN_ACTIONS = KEYS.keys() - _TEXT_INPUTS - _MESSAGE_ONLY - {"image"}
IN_SECTION = IN_ACTIONS | {"image"}
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
    return _CHECKS.get(kind, _check_nothing_more)(element, at, complain)


def check_options(options: Any, at: str, complain: Complain, most: int = MAX_OPTIONS) -> None:
    """Check the choices of a select or a menu."""
    if not check_count(options, at, complain, most):
        return
    for number, option in enumerate(options):
        place = f"{at}/{number}"
        if not isinstance(option, dict):
            complain("must be an option", place)
            continue
        check_keys(option, {"text", "value", "description", "url"}, place, complain)
        check_text(option.get("text"), f"{place}/text", complain, 75)
        check_string(option.get("value"), f"{place}/value", complain, 1, 150)


def _check_button(button: Json, at: str, complain: Complain) -> None:
    check_text(button.get("text"), f"{at}/text", complain, 75, PLAIN)
    check_string(button.get("value", "x"), f"{at}/value", complain, 0, 2000)
    check_string(button.get("accessibility_label", "x"), f"{at}/accessibility_label", complain, 1, 75)
    if button.get("style", "primary") not in ("primary", "danger"):
        complain("must be one of: primary, danger", f"{at}/style")
    url = button.get("url", "https://x")
    if not isinstance(url, str) or urlsplit(url).scheme == "" or len(url) > 3000:
        complain("invalid_url", f"{at}/url")


def _check_overflow(overflow: Json, at: str, complain: Complain) -> None:
    check_options(overflow.get("options"), f"{at}/options", complain, 5)


def _check_select(select: Json, at: str, complain: Complain) -> None:
    if "option_groups" not in select:
        check_options(select.get("options"), f"{at}/options", complain)


def _check_few_options(element: Json, at: str, complain: Complain) -> None:
    check_options(element.get("options"), f"{at}/options", complain, 10)


def _check_image(image: Json, at: str, complain: Complain) -> None:
    check_string(image.get("alt_text"), f"{at}/alt_text", complain, 1, 2000)
    if "slack_file" not in image:
        check_string(image.get("image_url"), f"{at}/image_url", complain, 1, 3000)


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
    "radio_buttons": _check_few_options,
    "checkboxes": _check_few_options,
    "image": _check_image,
    "feedback_buttons": _check_feedback_buttons,
}
