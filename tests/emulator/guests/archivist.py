"""Another team's app over HTTP with AsyncApp: it reads what was said, pins, schedules, names and opens channels."""

import os
import time

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

app = AsyncApp(
    client=AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
)
BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Put away"}, "action_id": "put_away", "value": "1"}


@app.event("app_mention")
async def obey(event, client, say):
    wish, channel, ts = event["text"].split(" ", 1)[1], event["channel"], event["ts"]
    await WISHES[wish](client, say, channel, ts, event["user"])


async def list_threads(client, say, channel, ts, user):
    told = []
    for message in (await client.conversations_history(channel=channel, limit=100))["messages"]:
        if message.get("thread_ts") == message["ts"]:
            cheers = sum(reaction["count"] for reaction in message.get("reactions", ()))
            replies = (await client.conversations_replies(channel=channel, ts=message["ts"]))["messages"][1:]
            whose = {reply["parent_user_id"] == message["user"] for reply in replies}
            told.append(f"{message['text']}: {message['reply_count']} replies, {cheers} cheers, {whose}")
    await say("; ".join(told))


async def look_up(client, say, channel, ts, user):
    profile = (await client.users_info(user=user))["user"]["profile"]
    same = (await client.users_lookupByEmail(email=profile["email"]))["user"]["id"] == user
    shown = (await client.users_profile_get(user=user))["profile"]["display_name"]
    mine = (await client.users_conversations(types="public_channel"))["channels"]
    team = (await client.team_info())["team"]["name"]
    bot = (await client.bots_info(bot=(await client.auth_test())["bot_id"]))["bot"]["name"]
    await say(f"{profile['real_name_normalized']} {same} {shown} {[c['name'] for c in mine]} {team} {bot}")


async def pin(client, say, channel, ts, user):
    await client.pins_add(channel=channel, timestamp=ts)
    await client.reactions_add(channel=channel, timestamp=ts, name="pushpin")
    pinned = (await client.pins_list(channel=channel))["items"]
    reactions = (await client.reactions_get(channel=channel, timestamp=ts))["message"]["reactions"]
    await client.pins_remove(channel=channel, timestamp=ts)
    await say(f"{len(pinned)} pinned, {reactions[0]['name']}")


async def schedule(client, say, channel, ts, user):
    soon = await client.chat_scheduleMessage(channel=channel, post_at=int(time.time()) + 2, text="It is later")
    never = await client.chat_scheduleMessage(channel=channel, post_at=int(time.time()) + 600, text="Never")
    planned = (await client.chat_scheduledMessages_list(channel=channel))["scheduled_messages"]
    await client.chat_deleteScheduledMessage(channel=channel, scheduled_message_id=never["scheduled_message_id"])
    await say(f"{len(planned)} planned, {soon['message']['text']}")


async def open_channel(client, say, channel, ts, user):
    opened = (await client.conversations_create(name="incident-1"))["channel"]["id"]
    await client.conversations_invite(channel=opened, users=[user])
    await client.conversations_setTopic(channel=opened, topic="It burns")
    await client.conversations_setPurpose(channel=opened, purpose="To put it out")
    told = (await client.conversations_info(channel=opened))["channel"]
    await client.chat_postMessage(channel=opened, text=f"{told['topic']['value']}: {told['purpose']['value']}")
    await client.conversations_leave(channel=opened)


async def attach(client, say, channel, ts, user):
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "An old note"}},
        {"type": "actions", "elements": [BUTTON]},
    ]
    await say(text="See below", attachments=[{"color": "#cc0000", "fallback": "An old note", "blocks": blocks}])


@app.action("put_away")
async def put_away(ack, body, respond):
    await ack()
    if body["container"]["type"] == "message_attachment":
        await respond(delete_original=True)


WISHES = {
    "threads": list_threads, "me": look_up, "pin": pin, "later": schedule, "open": open_channel, "attach": attach
}  # fmt: skip

if __name__ == "__main__":
    app.start(port=int(os.environ["PORT"]), path="/slack/events")
