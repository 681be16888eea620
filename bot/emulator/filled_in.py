"""What the stateful elements of blocks hold: values by block_id and action_id, as Slack sends them with every click.

Every stateful element is there, also one that nobody has touched. Pure. Source:
https://docs.slack.dev/changelog/2020-09-full-state-on-view-submisson-and-block-actions
"""

from typing import Any

from .interactive_elements import Press, elements_of

Json = dict[str, Any]

FIELDS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
}
"""The field in which each kind of element holds what was typed or chosen."""
TAKES_MANY = {kind for kind in FIELDS if kind.startswith("multi_") or kind == "checkboxes"}


def what_is_held(blocks: list[Json], chosen: Json) -> Json:
    """Give the values of all stateful elements: what was chosen, else what they hold from the beginning."""
    values: Json = {}
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in FIELDS:
                block_id, action_id = block.get("block_id", ""), element["action_id"]
                known = chosen.get(block_id, {}).get(action_id)
                values.setdefault(block_id, {})[action_id] = known or _from_the_start(element)
    return values


def with_pressed(held: Json, press: Press) -> Json:
    """Give the values after something was pressed; buttons and menus hold nothing."""
    kind, action_id = press.element["type"], press.element["action_id"]
    if kind not in FIELDS:
        return held
    block = held.get(press.block_id, {})
    chosen = press.choice if press.value is None else press.value
    if kind in TAKES_MANY and not isinstance(chosen, list):
        chosen = _toggled(block.get(action_id, {}).get(FIELDS[kind]) or [], chosen)
    return {**held, press.block_id: {**block, action_id: {"type": kind, FIELDS[kind]: chosen}}}


def merged(held: Json, values: Json) -> Json:
    """Give the values with others put in their places."""
    return held | {block: {**held.get(block, {}), **actions} for block, actions in values.items()}


def find_unfinished(blocks: list[Json], held: Json) -> Json:
    """Tell what Slack itself holds against a form before it sends it: block_id to a sentence."""
    found: Json = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = held[block["block_id"]][element["action_id"]].get(FIELDS[element["type"]])
        if value in (None, "", []):
            if not block.get("optional"):
                found[block["block_id"]] = "Please complete this required field."
        elif isinstance(value, str) and len(value) < element.get("min_length", 0):
            found[block["block_id"]] = f"Please write at least {element['min_length']} characters."
        elif isinstance(value, str) and len(value) > element.get("max_length", len(value)):
            found[block["block_id"]] = f"Please write at most {element['max_length']} characters."
    return found


def _from_the_start(element: Json) -> Json:
    kind = element["type"]
    initial = "initial_value" if "value" in FIELDS[kind] else FIELDS[kind].replace("selected", "initial")
    return {"type": kind, FIELDS[kind]: element.get(initial, [] if kind in TAKES_MANY else None)}


def _toggled(chosen: list[Any], one: Any) -> list[Any]:
    return [each for each in chosen if each != one] if one in chosen else [*chosen, one]
