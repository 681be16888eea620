"""Another team's app over HTTP, with the server that Bolt brings: it looks around in the workspace and tells of it."""

import os

from slack_bolt import App
from slack_sdk import WebClient

app = App(
    client=WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
)


def everything(call, key, **arguments):
    """Follow the cursor to the end."""
    found, cursor = [], ""
    while True:
        page = call(limit=2, cursor=cursor, **arguments)
        found += page[key]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            return found


@app.command("/census")
def count(ack, respond, client, command):
    ack()
    me = client.auth_test()
    channels = everything(client.conversations_list, "channels", types="public_channel,private_channel")
    people = everything(client.users_list, "members")
    members = everything(client.conversations_members, "members", channel=command["channel_id"])
    asker = client.users_info(user=command["user_id"])["user"]
    where = client.conversations_info(channel=command["channel_id"])["channel"]
    names = ", ".join(f"#{channel['name']}" for channel in channels)
    respond(
        response_type="in_channel",
        text=f"{me['user']} for {asker['name']} in #{where['name']}: {names}; "
        f"{len(people)} people, {len(members)} here, {'a member' if where['is_member'] else 'no member'}",
    )


@app.event("app_mention")
def sum_up(event, client, say):
    channel, root = event["channel"], event.get("thread_ts", event["ts"])
    client.reactions_add(channel=channel, timestamp=event["ts"], name="hourglass")
    thread = everything(client.conversations_replies, "messages", channel=channel, ts=root)
    newest = client.conversations_history(channel=channel, limit=1)
    link = client.chat_getPermalink(channel=channel, message_ts=root)["permalink"]
    client.reactions_remove(channel=channel, timestamp=event["ts"], name="hourglass")
    more = "and more" if newest["has_more"] else "and that is all"
    say(text=f"{len(thread)} messages at {link}; newest: {newest['messages'][0]['text']}, {more}", thread_ts=root)
    client.chat_postEphemeral(channel=channel, user=event["user"], thread_ts=root, text="That was for you")


@app.command("/join")
def join(ack, respond, client, command):
    ack()
    joined = client.conversations_join(channel=command["channel_id"])["channel"]
    posted = client.chat_postMessage(channel=joined["id"], text="Here I am")
    client.chat_delete(channel=joined["id"], ts=posted["ts"])
    respond("Joined, and tidied up")


if __name__ == "__main__":
    app.start(port=int(os.environ["PORT"]))
