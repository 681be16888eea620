"""Another team's app over Socket Mode, with Bolt's synchronous App, as its tutorial and its samples show it."""

import os
import re

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

app = App(client=WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]))


def plain(text):
    return {"type": "plain_text", "text": text}


def ticket_form():
    team = {
        "type": "external_select",
        "action_id": "team",
        "min_query_length": 0,
        "placeholder": plain("Which team?"),
    }
    title = {"type": "plain_text_input", "action_id": "title", "max_length": 80}
    return {
        "type": "modal",
        "callback_id": "ticket",
        "title": plain("New ticket"),
        "submit": plain("Create"),
        "close": plain("Cancel"),
        "private_metadata": "from the command",
        "blocks": [
            {"type": "input", "block_id": "title", "label": plain("Title"), "element": title},
            {"type": "input", "block_id": "team", "label": plain("Team"), "element": team},
        ],
    }


@app.message(re.compile("(hi|hello|hey),? (there|all)"))
def greet(say, context, message):
    greeting = context["matches"][0]
    button = {"type": "button", "text": plain("Click me"), "action_id": "button_click", "value": "hey"}
    text = f"{greeting} to you, <@{message['user']}>!"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}, "accessory": button}
    say(blocks=[section], text=text)


@app.action("button_click")
def button_clicked(ack, body, client):
    ack()
    channel, ts = body["container"]["channel_id"], body["container"]["message_ts"]
    client.chat_update(channel=channel, ts=ts, text=f"<@{body['user']['id']}> clicked the button", blocks=[])
    client.reactions_add(channel=channel, timestamp=ts, name="eyes")


@app.command("/ticket")
def open_form(ack, body, client):
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=ticket_form())


@app.options("team")
def offer_teams(ack, payload):
    teams = [team for team in ("Kernel", "Network", "Storage") if payload["value"].lower() in team.lower()]
    ack(options=[{"text": plain(team), "value": team} for team in teams])


@app.view("ticket")
def take_ticket(ack, body, view, client):
    values = view["state"]["values"]
    title, team = values["title"]["title"]["value"], values["team"]["team"]["selected_option"]["value"]
    if len(title) < 5:
        ack(response_action="errors", errors={"title": "Say a little more"})
        return
    done = {"type": "section", "text": plain(f"Ticket for {team}: {title}")}
    ack(response_action="update", view={"type": "modal", "title": plain("Created"), "blocks": [done]})
    channel = client.conversations_open(users=body["user"]["id"])["channel"]["id"]
    client.chat_postMessage(channel=channel, text=f"{title} ({view['private_metadata']})")


@app.event("reaction_added")
def praise(event, client):
    item = event["item"]
    client.chat_postMessage(channel=item["channel"], thread_ts=item["ts"], text=f"Thanks for the :{event['reaction']}:")


@app.command("/bookmark")
def bookmark(ack, client, body, respond):
    ack("One moment ...")
    try:
        client.bookmarks_add(channel_id=body["channel_id"], title="Help", type="link", link="https://example.org/")
    except SlackApiError as error:
        respond(f"Not here: {error.response['error']}")


if __name__ == "__main__":
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
