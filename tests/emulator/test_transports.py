"""What only one transport has: broken lines, tickets and pings; signatures and retries."""

import json

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.signature import SignatureVerifier

from bot.emulator.delivery import Retry
from bot.emulator.events_over_http import sign

from .echo_app import build_echo_app, client_of, running_echo_app
from .fake_slack import FakeSlack


@pytest.fixture
async def socket_slack():
    async with FakeSlack.open("socket") as slack, running_echo_app(slack):
        yield slack


@pytest.fixture
async def http_slack():
    async with FakeSlack.open("http") as slack, running_echo_app(slack):
        yield slack


async def new_line(slack, session):
    answer = await client_of(slack).apps_connections_open(app_token=slack.credentials.app_token)
    return await session.ws_connect(answer["url"], autoping=False)


async def test_a_line_opens_with_hello_and_a_ping():
    async with FakeSlack.open("socket") as slack, aiohttp.ClientSession() as session:
        line = await new_line(slack, session)
        hello = await line.receive()
        assert json.loads(hello.data)["type"] == "hello"
        assert (await line.receive()).type is aiohttp.WSMsgType.PING
        await line.close()


async def test_a_ticket_opens_one_line_only():
    async with FakeSlack.open("socket") as slack, aiohttp.ClientSession() as session:
        url = slack.socket.issue_url()
        await (await session.ws_connect(url)).close()
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(url)


async def test_an_envelope_is_complete_and_its_acknowledgement_is_kept():
    async with FakeSlack.open("socket") as slack, aiohttp.ClientSession() as session:
        line = await new_line(slack, session)
        await line.receive()
        await line.receive()
        slack.mention("general", "alice", "hi")
        envelope = (await line.receive()).json()
        assert envelope.keys() == {
            "envelope_id", "type", "accepts_response_payload", "payload", "retry_attempt", "retry_reason"
        }  # fmt: skip
        await line.send_json({"envelope_id": envelope["envelope_id"]})
        await slack.deliveries.done()
        assert slack.socket.acks[envelope["envelope_id"]].ok
        await line.send_json({"envelope_id": envelope["envelope_id"]})
        await line.send_json({"envelope_id": "made-up"})
        await slack.notifier.until(lambda: len(slack.faults) == 2, lambda: str(slack.faults))
        await line.close()


@pytest.mark.parametrize("sent", ["hello", "[]"])
async def test_what_is_no_acknowledgement_is_a_fault(sent):
    async with FakeSlack.open("socket") as slack, aiohttp.ClientSession() as session:
        line = await new_line(slack, session)
        await line.send_str(sent)
        await slack.notifier.until(lambda: slack.faults, lambda: "no fault")
        assert "no acknowledgement" in slack.faults[0]
        await line.close()


async def test_an_answer_to_an_event_is_a_fault():
    async with FakeSlack.open("socket") as slack, aiohttp.ClientSession() as session:
        line = await new_line(slack, session)
        slack.mention("general", "alice", "hi")
        while (frame := await line.receive()).type is not aiohttp.WSMsgType.TEXT or "envelope_id" not in frame.json():
            pass
        await line.send_json({"envelope_id": frame.json()["envelope_id"], "payload": {"text": "hi"}})
        await slack.deliveries.done()
        assert "takes no answer" in slack.faults[0]
        await line.close()


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_an_app_that_is_asked_to_reconnect_does_and_hears_on(socket_slack, reason):
    await socket_slack.socket.ask_to_reconnect(reason)
    await socket_slack.reply_to(socket_slack.mention("general", "alice", "hi"))
    assert socket_slack.faults == []


async def test_an_app_whose_pings_get_no_answer_takes_another_line():
    async with FakeSlack.open("socket") as slack:
        app = build_echo_app(slack)
        handler = AsyncSocketModeHandler(app, slack.credentials.app_token, ping_interval=0.25)
        await handler.connect_async()
        await slack.socket.wait_until_connected()
        slack.socket.ignores_pings = slack.socket.loses_everything = True
        opened = [method for method, _ in slack.api.calls].count("apps.connections.open")
        asked = slack.mention("general", "alice", "hi")
        await slack.notifier.until(
            lambda: [method for method, _ in slack.api.calls].count("apps.connections.open") > opened,
            lambda: "it holds on to a dead line",
        )
        slack.socket.recover()
        await slack.socket.wait_until_connected()
        await slack.socket.redeliver_lost()
        assert (await slack.reply_to(asked)).thread_ts == asked.ts
        await handler.close_async()


async def test_what_a_broken_line_lost_can_be_sent_again(socket_slack):
    socket_slack.socket.loses_everything = True
    asked = socket_slack.mention("general", "alice", "hi")
    await socket_slack.notifier.until(lambda: socket_slack.socket.lost == 1, lambda: "it was not lost")
    socket_slack.socket.drop()
    socket_slack.socket.loses_everything = False
    await socket_slack.socket.wait_until_connected()
    await socket_slack.socket.redeliver_lost()
    assert (await socket_slack.reply_to(asked)).thread_ts == asked.ts
    assert socket_slack.faults == []


def test_a_signature_is_the_one_that_slack_sdk_computes():
    verifier = SignatureVerifier("secret")
    assert sign("secret", "1700000000", b"a=b") == verifier.generate_signature(timestamp="1700000000", body="a=b")


async def test_a_good_signature_is_taken_and_bad_ones_are_not(http_slack):
    body = json.dumps({"type": "url_verification", "challenge": "c"}).encode()
    assert (await http_slack.http.post(body)).status == 200
    assert (await http_slack.http.post(body, signature="v0=" + "0" * 64)).status == 401
    assert (await http_slack.http.post(body, timestamp="1500000000")).status == 401


async def test_the_request_url_is_verified(http_slack):
    assert "3eZbrw1aBm2rZgRNFdxV" in (await http_slack.http.verify_url("3eZbrw1aBm2rZgRNFdxV")).text


async def test_a_repeated_event_says_so(http_slack):
    seen = {}

    async def post(body, content_type, headers):
        seen.update(headers)
        raise TimeoutError

    http_slack.http.post = post
    ack = await http_slack.http.send("events_api", {"type": "event_callback"}, Retry(2, "http_error"))
    assert (ack.ok, seen) == (False, {"X-Slack-Retry-Num": "2", "X-Slack-Retry-Reason": "http_error"})
