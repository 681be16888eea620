"""Another team's app over Socket Mode, synchronous: pickers of all kinds in a message, a form, windows on windows."""

import os

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

app = App(client=WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]))


def plain(text):
    return {"type": "plain_text", "text": text}


def option(text):
    return {"text": plain(text), "value": text.lower()}


def section(block_id, text, accessory):
    return {"type": "section", "block_id": block_id, "text": plain(text), "accessory": accessory}


def field(block_id, label, kind, optional=False, dispatch=False, **more):
    element = {"type": kind, "action_id": "answer", **more}
    known = {"type": "input", "block_id": block_id, "label": plain(label), "element": element}
    return {**known, "optional": optional, "dispatch_action": dispatch}


PICKED = {
    "day": "selected_date",
    "hour": "selected_time",
    "lead": "selected_user",
    "place": "selected_conversation",
    "channel": "selected_channel",
    "people": "selected_users",
    "topics": "selected_options",
    "days": "selected_options",
    "mode": "selected_option",
    "menu": "selected_option",
}
PLAN = [
    section("when", "When?", {"type": "datepicker", "action_id": "day", "initial_date": "2026-01-02"}),
    {
        "type": "actions",
        "block_id": "more",
        "elements": [
            {"type": "timepicker", "action_id": "hour"},
            {"type": "users_select", "action_id": "lead"},
            {"type": "conversations_select", "action_id": "place"},
            {"type": "channels_select", "action_id": "channel"},
            {"type": "checkboxes", "action_id": "days", "options": [option("Monday"), option("Friday")]},
            {"type": "radio_buttons", "action_id": "mode", "options": [option("Written"), option("Spoken")]},
        ],
    },
    section("who", "Who?", {"type": "multi_users_select", "action_id": "people"}),
    section("what", "What?", {"type": "multi_static_select", "action_id": "topics", "options": [option("Code")]}),
    section("else", "Else?", {"type": "overflow", "action_id": "menu", "options": [option("Stop")]}),
]
FORM = {
    "type": "modal",
    "callback_id": "setup",
    "title": plain("Set up"),
    "submit": plain("Save"),
    "notify_on_close": True,
    "blocks": [
        field("name", "Name", "plain_text_input", min_length=3, max_length=20),
        field("note", "Note", "plain_text_input", optional=True, multiline=True),
        field("start", "Start", "datepicker", initial_date="2026-05-05"),
        field("tags", "Tags", "multi_static_select", options=[option("A")], initial_options=[option("A")]),
        field("report", "Report to", "conversations_select", response_url_enabled=True),
        field("kind", "Kind", "static_select", dispatch=True, options=[option("Daily"), option("Weekly")]),
        {"type": "actions", "elements": [{"type": "button", "action_id": "deeper", "text": plain("Deeper")}]},
    ],
}


@app.command("/standup")
def plan(ack, say):
    ack()
    say(text="A stand-up", blocks=PLAN)


def tell(action_id, key):
    def listen(ack, action, body, say):
        ack()
        held = [value[key] for block in body["state"]["values"].values() if (value := block.get(action_id))]
        say(text=f"{action_id}: {action[key]} {'as held' if held in ([action[key]], []) else held}")

    return listen


for action_id, key in PICKED.items():
    app.action(action_id)(tell(action_id, key))


@app.shortcut("setup")
def open_form(ack, shortcut, client):
    ack()
    client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)


@app.action({"block_id": "kind", "action_id": "answer"})
def show_kind(ack, action, body, client):
    ack()
    told = {"type": "section", "text": plain(f"It is {action['selected_option']['value']}")}
    view = {**FORM, "blocks": [*FORM["blocks"], told]}
    client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)


@app.action("deeper")
def go_deeper(ack, body, client):
    ack()
    question = field("count", "How many?", "number_input", is_decimal_allowed=False)
    view = {"type": "modal", "callback_id": "deep", "title": plain("Deep"), "submit": plain("Done")}
    client.views_push(trigger_id=body["trigger_id"], view={**view, "blocks": [question]})


@app.view("deep")
def come_back(ack, view):
    if view["state"]["values"]["count"]["answer"]["value"] == "0":
        ack(response_action="errors", errors={"count": "More than none"})
    else:
        ack()


@app.view("setup")
def save(ack, view, body, client, respond):
    ack()
    values = {block: fields["answer"] for block, fields in view["state"]["values"].items()}
    tags = ",".join(tag["value"] for tag in values["tags"]["selected_options"])
    kind = values["kind"]["selected_option"]["value"]
    told = [values["name"]["value"], values["note"]["value"], values["start"]["selected_date"], tags, kind]
    respond(f"{' '.join(map(str, told))} for <@{body['user']['id']}>", response_type="in_channel")


@app.view_closed("setup")
def give_up(ack, body, client):
    ack()
    client.chat_postMessage(channel=body["user"]["id"], text="Another time, then")


if __name__ == "__main__":
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
