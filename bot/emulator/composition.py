"""What elements of Block Kit are composed of, as Slack checks it: options, groups of them, confirmations, addresses.

Sources: https://docs.slack.dev/reference/block-kit/composition-objects/ and the limits in slack_sdk.models.blocks.
"""

from typing import Any
from urllib.parse import urlsplit

from .checks import PLAIN, Complain, Json, check_count, check_keys, check_string, check_text

MAX_OPTIONS = 100
MAX_GROUPS = 100
MAX_URL = 3000
CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
STYLES = ("primary", "danger")
RICH = ("plain_text", "mrkdwn")


def check_options(
    options: Any,
    at: str,
    complain: Complain,
    most: int = MAX_OPTIONS,
    texts: tuple[str, ...] = PLAIN,
    more_keys: frozenset[str] = frozenset(),
) -> None:
    """Check the choices of a select or a menu; only radio buttons and checkboxes take mrkdwn, only menus take links."""
    if not check_count(options, at, complain, most):
        return
    for number, option in enumerate(options):
        place = f"{at}/{number}"
        if not isinstance(option, dict):
            complain("must be an option", place)
            continue
        check_keys(option, {"text", "value", "description"} | more_keys, place, complain)
        check_text(option.get("text"), f"{place}/text", complain, 75, texts)
        check_string(option.get("value"), f"{place}/value", complain, 1, 150)
        if "description" in option:
            check_text(option["description"], f"{place}/description", complain, 75, texts)


def check_groups(groups: Any, at: str, complain: Complain) -> None:
    """Check groups of options."""
    if not check_count(groups, at, complain, MAX_GROUPS):
        return
    for number, group in enumerate(groups):
        place = f"{at}/{number}"
        if not isinstance(group, dict):
            complain("must be an option group", place)
            continue
        check_keys(group, {"label", "options"}, place, complain)
        check_text(group.get("label"), f"{place}/label", complain, 75, PLAIN)
        check_options(group.get("options"), f"{place}/options", complain)


def check_confirm(confirm: Any, at: str, complain: Complain) -> None:
    """Check the question that is asked before something is done."""
    if not isinstance(confirm, dict):
        complain("must be a confirmation dialog", at)
        return
    check_keys(confirm, {*CONFIRM, "style"}, at, complain)
    for key, longest in CONFIRM.items():
        check_text(confirm.get(key), f"{at}/{key}", complain, longest, RICH if key == "text" else PLAIN)
    check_style(confirm, at, complain)


def check_style(element: Json, at: str, complain: Complain) -> None:
    """Check the colour of a button."""
    if element.get("style", "primary") not in STYLES:
        complain(f"must be one of: {', '.join(STYLES)}", f"{at}/style")


def check_url(url: Any, at: str, complain: Complain, schemes: tuple[str, ...] = ()) -> None:
    """Check an address; of an image it must be one of the web."""
    if not isinstance(url, str) or not is_url(url, schemes):
        complain("invalid_url", at)
    elif len(url) > MAX_URL:
        complain(f"must be less than {MAX_URL + 1} characters", at)


def is_url(url: str, schemes: tuple[str, ...]) -> bool:
    """Tell whether a text is an address with a scheme, one of those given."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if schemes:
        return parts.scheme in schemes and bool(parts.hostname)
    return bool(parts.scheme)


def check_number(element: Json, key: str, at: str, complain: Complain, least: int, most: int) -> None:
    """Check a whole number, where there is one."""
    value = element.get(key, least)
    if isinstance(value, bool) or not isinstance(value, int):
        complain("must provide a number", f"{at}/{key}")
    elif not least <= value <= most:
        complain(f"must be between {least} and {most}", f"{at}/{key}")


def check_initial(element: Json, at: str, complain: Complain) -> None:
    """Check that what is chosen from the beginning is among the options, to the letter."""
    grouped = [option for group in element.get("option_groups", ()) for option in group.get("options", ())]
    known = [*element.get("options", ()), *grouped]
    one, many = element.get("initial_option"), element.get("initial_options")
    if one is not None and one not in known:
        complain("must match one of the options", f"{at}/initial_option")
    if many is not None and (not isinstance(many, list) or not many or any(each not in known for each in many)):
        complain("must match the options", f"{at}/initial_options")
