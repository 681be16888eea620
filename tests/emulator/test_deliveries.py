"""What Slack does with an event that nobody acknowledges, and how several lines share the work."""

import aiohttp
import pytest

from bot.emulator import PATIENCE
from bot.emulator.events_over_http import Answer

from .fake_slack import FakeSlack
from .test_transports import new_line


async def next_envelope(line):
    while True:
        frame = await line.receive(timeout=PATIENCE)
        if frame.type is aiohttp.WSMsgType.TEXT and "envelope_id" in frame.json():
            return frame.json()


async def test_over_a_socket_it_comes_again_three_times_and_says_so():
    async with FakeSlack.open("socket") as slack, aiohttp.ClientSession() as session:
        slack.socket.ack_patience, slack.dispatch.retry_delays = 0.05, (0.0, 0.0, 0.0)
        line = await new_line(slack, session)
        await slack.socket.wait_until_connected()
        slack.mention("general", "alice", "hi")
        seen = [await next_envelope(line) for _ in range(4)]
        assert [each["retry_attempt"] for each in seen] == [0, 1, 2, 3]
        assert [each["retry_reason"] for each in seen] == ["", "timeout", "timeout", "timeout"]
        assert len({each["payload"]["event_id"] for each in seen}) == 1
        await line.close()


async def test_over_http_it_comes_again_until_it_is_taken():
    async with FakeSlack.open("http") as slack:
        slack.dispatch.retry_delays = (0.0, 0.0, 0.0)
        seen = []

        async def post(body, content_type, headers):
            seen.append(headers)
            return Answer(500 if len(seen) < 3 else 200, "")

        slack.http.post = post
        slack.mention("general", "alice", "hi")
        await slack.deliveries.done()
        assert [headers.get("X-Slack-Retry-Num") for headers in seen] == [None, "1", "2"]
        assert {headers.get("X-Slack-Retry-Reason") for headers in seen[1:]} == {"http_error"}


async def test_each_event_goes_to_one_of_several_lines():
    async with FakeSlack.open("socket") as slack, aiohttp.ClientSession() as session:
        slack.socket.ack_patience = 0.2
        lines = [await new_line(slack, session) for _ in range(2)]
        await slack.notifier.until(lambda: slack.socket.connections == 2, lambda: "no two lines")
        for text in ("one", "two"):
            slack.mention("general", "alice", text)
        texts = {(await next_envelope(line))["payload"]["event"]["text"][-3:] for line in lines}
        assert texts == {"one", "two"}
        for line in lines:
            await line.close()


@pytest.mark.parametrize("times", [1, 2])
async def test_a_line_can_be_refused(times):
    async with FakeSlack.open("socket") as slack, aiohttp.ClientSession() as session:
        slack.socket.refusals = times
        for _ in range(times):
            with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
                await new_line(slack, session)
        line = await new_line(slack, session)
        assert (await line.receive()).json()["type"] == "hello"
        await line.close()
