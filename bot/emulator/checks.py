"""What all checks of Block Kit are made of: a value and its place in, complaints worded as Slack words them out.

Reasons seen in the wild: "must be less than 3001 characters", "no more than 50 items allowed", "invalid additional
property: disabled" (grafana/oncall#5121, slackapi/bolt-js#1891).
"""

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Complain = Callable[[str, str], None]
"""Takes a reason and a JSON pointer."""

TEXT_KEYS = {"plain_text": {"text", "emoji"}, "mrkdwn": {"text", "verbatim"}}
PLAIN = ("plain_text",)


def check_text(
    text: Any, at: str, complain: Complain, longest: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")
) -> None:
    """Check a text object."""
    found: list[tuple[str, str]] = []

    def note(reason: str, pointer: str) -> None:
        found.append((reason, pointer))

    if not isinstance(text, dict) or text.get("type") not in kinds:
        note(f"must be a text object of type {' or '.join(kinds)}", at)
    else:
        check_keys(text, TEXT_KEYS[text["type"]] | {"type"}, at, note)
        check_string(text.get("text"), f"{at}/text", note, 1, longest)
    if found and len(kinds) > 1:
        complain("failed to match all allowed schemas", at)
    for reason, pointer in found:
        complain(reason, pointer)


def check_string(value: Any, at: str, complain: Complain, shortest: int, longest: int) -> None:
    """Check that a value is a string of an allowed length."""
    if not isinstance(value, str):
        complain("must provide a string", at)
    elif len(value) < shortest:
        complain(f"must be more than {shortest - 1} characters", at)
    elif len(value) > longest:
        complain(f"must be less than {longest + 1} characters", at)


def check_count(items: Any, at: str, complain: Complain, most: int) -> bool:
    """Check that a value is a list of at least one and at most so many items."""
    if not isinstance(items, list) or not items:
        complain("no fewer than 1 items allowed", at)
        return False
    if len(items) > most:
        complain(f"no more than {most} items allowed", at)
    return True


def check_keys(value: Json, known: set[str], at: str, complain: Complain) -> None:
    """Check that a value has no properties that Slack does not know."""
    for key in value.keys() - known:
        complain(f"invalid additional property: {key}", at)


def check_unique(ids: list[Any], what: str, at: str, complain: Complain) -> None:
    """Check that no id that is given stands twice."""
    given = [each for each in ids if each is not None]
    for number, each in enumerate(given):
        if each in given[:number]:
            complain(f"`{what}` already exists: {each}", at)
