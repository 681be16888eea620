"""Somebody else's Bolt app, written as Bolt's documentation teaches it: it knows nothing of a playground."""

from slack_bolt.async_app import AsyncApp

SEARCH = {
    "type": "external_select",
    "action_id": "fruit",
    "placeholder": {"type": "plain_text", "text": "Fruit"},
    "min_query_length": 1,
}
FORM = {
    "type": "modal",
    "callback_id": "order",
    "title": {"type": "plain_text", "text": "Order"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


def attach(app: AsyncApp) -> None:
    """Give the app its listeners."""

    @app.message("hello")
    async def greet(message, say, client):
        who = (await client.users_info(user=message["user"]))["user"]["real_name"]
        await client.reactions_add(channel=message["channel"], timestamp=message["ts"], name="wave")
        where = (await client.conversations_info(channel=message["channel"]))["channel"]["name"]
        history = await client.conversations_history(channel=message["channel"], limit=1)
        await say(f"Hello {who} in {where}, you said {history['messages'][0]['text']}")

    @app.command("/order")
    async def order(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("order")
    async def take(ack, view, client, body):
        name = view["state"]["values"]["name"]["text"]["value"]
        if name == "somewhere":
            await ack(response_action="errors", errors={"town": "There is no such input"})
            return
        if name == "nobody":
            await ack(response_action="errors", errors={"name": "Nobody is no name"})
            return
        await ack()
        channel = (await client.conversations_open(users=body["user"]["id"]))["channel"]["id"]
        await client.chat_postMessage(channel=channel, text=f"Thanks, {name}")

    @app.event("app_home_opened")
    async def show_home(event, client):
        blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Pick"}, "accessory": SEARCH}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.options("fruit")
    async def offer(ack, payload):
        fruits = [fruit for fruit in ("apple", "apricot", "pear") if fruit.startswith(payload["value"])]
        await ack(options=[{"text": {"type": "plain_text", "text": fruit}, "value": fruit} for fruit in fruits])

    @app.action("fruit")
    async def picked(ack, action, body, client):
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=action["selected_option"]["value"])

    @app.shortcut("praise")
    async def praise(ack, shortcut, respond):
        await ack()
        await respond(f"Well said: {shortcut['message']['text']}")
