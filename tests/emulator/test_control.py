"""The control interface, as a page or a program uses it: act as people, look through their eyes, make faults."""

import json

import aiohttp
import pytest

from bot.emulator import Control

from .echo_app import client_of, running_echo_app
from .fake_slack import FakeSlack


@pytest.fixture
async def slack():
    routes = {"more_routes": lambda slack: Control(slack).routes}
    async with FakeSlack.open("socket", **routes) as slack, running_echo_app(slack):
        yield slack


@pytest.fixture
async def session(slack):
    """A program that was given the token."""
    async with aiohttp.ClientSession(slack.url, headers={"Authorization": f"Bearer {slack.access.token}"}) as session:
        yield session


@pytest.fixture
def do(session):
    """Send a wish; returns the status and the answer."""

    async def send(action, **fields):
        async with session.post(f"/control/{action}", json=fields) as answer:
            return answer.status, await answer.json()

    return send


@pytest.fixture
def look(session):
    async def read(user):
        async with session.get(f"/control/state?as={user}") as answer:
            return await answer.json()

    return read


def messages_in(state, channel):
    return next(each["messages"] for each in state["channels"] if each["name"] == channel)


async def test_what_one_says_and_the_bot_answers_is_seen_by_another(slack, do, look):
    status, told = await do("say", **{"as": "alice", "channel": "#general", "text": "@flatcar-faq hi"})
    await slack.wait_for_message("general")
    asked, reply = messages_in(await look("bob"), "general")
    assert (status, told["message"]["ts"]) == (200, asked["ts"])
    assert (asked["name"], reply["name"], reply["is_bot"], reply["thread_ts"]) == (
        "alice",
        "flatcar-faq",
        True,
        asked["ts"],
    )


async def test_an_ephemeral_message_is_seen_and_pressed_by_its_person_alone(slack, do, look):
    await do("say", **{"as": "alice", "channel": "general", "text": "/flatcar-faq"})
    [offer] = await slack.wait_for_ephemeral("alice")
    [seen] = messages_in(await look("alice"), "general")
    assert seen["only_you"] is True
    assert messages_in(await look("bob"), "general") == []
    place = {"channel": "general", "ts": seen["ts"], "label": "Press me"}
    assert (await do("press", **{"as": "bob", **place}))[0] == 400
    assert (await do("press", **{"as": "alice", **place}))[0] == 200
    await slack.wait_for_change(offer)
    assert offer.text == "you sent v1"


async def test_only_the_writer_edits_and_deletes(slack, do, look):
    _, told = await do("say", **{"as": "alice", "channel": "general", "text": "one"})
    place = {"channel": "general", "ts": told["message"]["ts"]}
    assert (await do("edit", **{"as": "bob", **place, "text": "two"}))[0] == 400
    assert (await do("edit", **{"as": "alice", **place, "text": "two"}))[0] == 200
    assert messages_in(await look("bob"), "general")[0]["text"] == "two"
    assert (await do("delete", **{"as": "alice", **place}))[0] == 200
    assert messages_in(await look("bob"), "general") == []


async def test_a_direct_message_is_nobody_elses(slack, do, look):
    await do("say", **{"as": "alice", "channel": "@alice", "text": "psst"})
    assert "@alice" not in [each["name"] for each in (await look("bob"))["channels"]]


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("say", {"as": "alice", "channel": "general"}),
        ("say", {"as": "alice", "channel": "nowhere", "text": "hi"}),
        ("say", {"as": "alice", "channel": "general", "text": " "}),
        ("say", {"as": "flatcar-faq", "channel": "general", "text": "hi"}),
        ("say", {"as": "alice", "channel": "general", "text": "hi", "thread_ts": "1.2"}),
        ("say", {"as": 7, "channel": "general", "text": "hi"}),
        ("press", {"as": "alice", "view_id": "V1", "label": "x"}),
        ("submit", {"as": "alice", "view_id": "V1", "values": []}),
        ("fault", {"fault": "earthquake"}),
        ("fault", {"fault": "slow", "seconds": -1}),
    ],
)
async def test_a_wish_that_makes_no_sense_is_refused_with_a_sentence(do, deed, fields):
    status, told = await do(deed, **fields)
    assert (status, told["ok"]) == (400, False)
    assert told["error"].strip()


async def test_an_option_is_chosen_by_its_value_and_not_without(slack, do):
    options = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("tea", "milk")]
    select = {"type": "static_select", "action_id": "drink", "options": options}
    blocks = [{"type": "actions", "block_id": "order", "elements": [select]}]
    general = slack.workspace.channel("general").id
    posted = await client_of(slack).chat_postMessage(channel=general, text="What?", blocks=blocks)
    wish = {"as": "alice", "channel": "general", "ts": posted["ts"], "action_id": "drink"}
    assert (await do("press", **wish, option="beer"))[0] == 400
    assert (await do("press", **wish, option="milk"))[0] == 200
    [order] = slack.replies("general")
    assert order.state == {"order": {"drink": {"type": "static_select", "selected_option": options[1]}}}


async def test_changes_are_streamed_as_they_happen(session, do):
    async with session.get("/control/changes") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readuntil(b"\n\n")
        _, told = await do("say", **{"as": "alice", "channel": "general", "text": "hi"})
        event = (await stream.content.readuntil(b"\n\n")).decode()
        change = json.loads(event.split("data: ")[1])
        assert (change["what"], change["ts"]) == ("posted", told["message"]["ts"])


async def test_faults_are_made_and_ended(slack, session, do, look):
    await do("fault", fault="rate_limited", seconds=1, times=2, method="chat.update")
    await do("fault", fault="silent")
    assert (slack.outages.left, slack.socket.loses_everything) == (2, True)
    assert (await look("alice"))["faults_to_come"] == 2
    async with session.delete("/control/fault") as answer:
        assert answer.status == 200
    assert (slack.outages.left, slack.socket.loses_everything) == (0, False)


async def test_one_message_a_second_is_taken_in_a_channel_once_that_is_asked_for(slack, do):
    clock = [100.0]
    slack.outages.clock = lambda: clock[0]
    general, random = (slack.workspace.channel(name).id for name in ("general", "random"))

    async def post(channel):
        keys = {"Authorization": f"Bearer {slack.credentials.bot_token}"}
        address, form = f"{slack.url}/api/chat.postMessage", {"channel": channel, "text": "hi"}
        async with aiohttp.ClientSession() as session, session.post(address, data=form, headers=keys) as answer:
            return answer.status, answer.headers.get("Retry-After")

    taken, refused = (200, None), (429, "1")
    assert [await post(general) for _ in range(2)] == [taken, taken]
    slack.outages.keeps_pace = True
    assert [await post(channel) for channel in (general, general, random)] == [taken, refused, taken]
    clock[0] += 1.0
    assert await post(general) == taken
    assert slack.faults == []


async def call(slack):
    """Post with blocks; gives the status and Slack's word for what is wrong."""
    blocks = [{"type": "divider"}]
    wish = {"channel": slack.workspace.channel("general").id, "text": "hi", "blocks": blocks}
    keys, address = {"Authorization": f"Bearer {slack.credentials.bot_token}"}, f"{slack.url}/api/chat.postMessage"
    async with aiohttp.ClientSession() as bot, bot.post(address, json=wish, headers=keys) as answer:
        is_json = answer.content_type == "application/json"
        return answer.status, (await answer.json()).get("error", "") if is_json else ""


FAULTS = {
    "rate_limited": (429, "ratelimited"),
    "server_error": (500, ""),
    "refuse_blocks": (200, "invalid_blocks"),
    "slow": (200, ""),
}


@pytest.mark.parametrize(("fault", "seen"), FAULTS.items(), ids=FAULTS.keys())
async def test_a_call_that_is_hit_and_the_one_after_it(slack, do, fault, seen):
    assert (await do("fault", fault=fault, seconds=0.2))[0] == 200
    assert [await call(slack), await call(slack)] == [seen, (200, "")]


async def test_a_call_whose_connection_breaks(slack, do):
    await do("fault", fault="reset")
    with pytest.raises(aiohttp.ClientError):
        await call(slack)
    assert await call(slack) == (200, "")


CONNECTION_FAULTS = {
    "the connection drops": ([{"fault": "drop"}], 1),
    "the connection is renewed": ([{"fault": "refresh"}], 1),
    "an event comes twice": ([{"fault": "duplicate"}], 2),
    "an event comes late": ([{"fault": "late", "seconds": 0.2}], 1),
}


@pytest.mark.parametrize(("wishes", "replies"), CONNECTION_FAULTS.values(), ids=CONNECTION_FAULTS.keys())
async def test_what_is_said_while_the_connection_is_disturbed_reaches_the_app(slack, do, wishes, replies):
    for wish in wishes:
        assert (await do("fault", **wish))[0] == 200
    asked = slack.mention("general", "alice", "hi")
    await slack.wait_for_message("general", thread_ts=asked.ts, count=replies)
    await slack.settle()
    assert len(slack.replies("general")) == replies


async def test_what_is_said_over_a_connection_that_carries_nothing_is_lost_until_the_fault_ends(slack, session, do):
    await do("fault", fault="silent")
    asked = slack.mention("general", "alice", "hi")
    await slack.notifier.until(lambda: slack.socket.lost == 1, lambda: "it came through")
    async with session.delete("/control/fault"):
        await slack.socket.redeliver_lost()
    assert (await slack.reply_to(asked)).thread_ts == asked.ts


async def test_the_same_seed_hits_the_same_calls(slack, do):
    client = client_of(slack)
    client.retry_handlers.clear()

    async def try_twenty():
        await do("fault", fault="server_error", share=0.5, seed=7, method="auth.test")
        return [await is_hit() for _ in range(20)]

    async def is_hit():
        async with aiohttp.ClientSession() as session:
            keys = {"Authorization": f"Bearer {slack.credentials.bot_token}"}
            async with session.post(f"{slack.url}/api/auth.test", headers=keys) as answer:
                return answer.status == 500

    first = await try_twenty()
    assert first == await try_twenty()
    assert 0 < sum(first) < 20


async def test_a_reset_empties_the_workspace(slack, do, look):
    await do("say", **{"as": "alice", "channel": "general", "text": "hi"})
    assert (await do("reset"))[0] == 200
    assert messages_in(await look("alice"), "general") == []


async def test_who_has_no_token_neither_sees_nor_does_anything(slack):
    wish = {"json": {"as": "alice", "channel": "general", "text": "hi"}}
    for keys in ({}, {"Authorization": "Bearer guessed"}):
        async with aiohttp.ClientSession(slack.url, headers=keys) as other:
            for method, path, body in (
                ("POST", "/control/say", wish),
                ("POST", "/control/fault", {"json": {"fault": "drop"}}),
                ("DELETE", "/control/fault", {}),
                ("GET", "/control/state?as=alice", {}),
                ("GET", "/control/changes", {}),
                ("GET", "/control/state?token=guessed", {}),
            ):
                async with other.request(method, path, **body) as answer:
                    assert (answer.status, "printed" in await answer.text()) == (403, True)
    assert slack.messages("general") == []
    assert slack.faults == []


async def test_the_token_may_stand_in_the_address(slack):
    address = f"{slack.url}/control/state?as=bob&token={slack.access.token}"
    async with aiohttp.ClientSession() as browser, browser.get(address) as answer:
        assert (answer.status, "Set-Cookie" in answer.headers) == (200, False)


async def test_a_code_from_a_command_line_leads_to_the_token_once(slack):
    told, path = [], f"{slack.url}/control/state?token={slack.access.issue_code()}"
    for _ in range(2):
        async with aiohttp.ClientSession() as browser, browser.get(path, allow_redirects=False) as answer:
            told.append((answer.status, answer.headers.get("Location")))
    assert told == [(303, f"/control/state?token={slack.access.token}"), (403, None)]


async def test_no_page_of_the_internet_can_act_here(slack, session):
    body = json.dumps({"as": "alice", "channel": "general", "text": "hi"})
    async with session.post("/control/say", data=body, headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 400
    for wrong in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        headers = {"Content-Type": "application/json", **wrong}
        async with session.post("/control/say", data=body, headers=headers) as answer:
            assert answer.status == 403
    for body in (b"{", b"[]"):
        async with session.post("/control/say", data=body, headers={"Content-Type": "application/json"}) as answer:
            assert answer.status == 400
    assert slack.messages("general") == []
