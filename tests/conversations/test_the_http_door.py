"""What comes to POST /slack/events from the open internet, and the signs of life beside it."""

import asyncio
import json
import time
from urllib.parse import quote, urlsplit

import pytest

from bot.emulator import PATIENCE
from bot.emulator.events_over_http import FORM_TYPE

pytestmark = pytest.mark.parametrize("running", ["http"], indirect=True)

BODY = json.dumps({"type": "url_verification", "challenge": "a-challenge"}).encode()
GARBAGE = {
    "no JSON": b"{",
    "a list": b"[]",
    "a number": b"7",
    "nothing": b"",
    "not UTF-8": b'{"type": "\xff\xfe"}',
    "deep": b"[" * 100_000,
}


async def test_it_is_alive(slack):
    assert (await slack.http.get("/healthz")).status == 200


async def test_a_command_about_a_payload_is_answered(slack):
    """Bolt's own parser takes a form that holds this word for one that has such a field."""
    slack.command("general", "alice", "Which payload does Flatcar sign?")
    [told] = await slack.wait_for_ephemeral("alice")
    assert told.bot_id


async def test_slacks_challenge_is_answered(slack):
    answer = await slack.http.verify_url("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P")
    assert answer.status == 200
    said = answer.text if answer.content_type != "application/json" else json.loads(answer.text)["challenge"]
    assert said == "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"


@pytest.mark.parametrize(
    "forged",
    [
        {"signature": "v0=" + "0" * 64},
        {"signature": ""},
        {"signature": "v0=gänsefüßchen"},
        {"signature": "v1=" + "0" * 64},
        {"timestamp": "1500000000"},
        {"timestamp": "4000000000"},
        {"timestamp": "yesterday"},
        {"timestamp": "-1"},
        {"timestamp": "9" * 400},
        {"timestamp": "1e3"},
        {"timestamp": "nan"},
    ],
    ids=lambda forged: " ".join(f"{key} {value[:20]!r}" for key, value in forged.items()),
)
async def test_what_slack_did_not_sign_now_is_turned_away(slack, forged):
    assert (await slack.http.post(BODY, **forged)).status == 401


async def test_without_any_signature_it_is_turned_away(slack):
    session = slack.http._client()
    async with session.post(f"{slack.http.bot_url}/slack/events", data=BODY) as answer:
        assert answer.status == 401


async def test_unsigned_garbage_is_turned_away_like_everything_unsigned(slack):
    for body in GARBAGE.values():
        assert (await slack.http.post(body, signature="v0=" + "0" * 64)).status == 401


@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE.keys())
async def test_garbage_with_a_good_signature_is_acknowledged_and_ignored(slack, body):
    assert (await slack.http.post(body)).status == 200


@pytest.mark.parametrize("body", [b"payload=%7B", b"payload=[]", b"payload=7", b"\xff\xfe", b"payload="])
async def test_a_garbled_form_with_a_good_signature_is_acknowledged_and_ignored(slack, body):
    assert (await slack.http.post(body, FORM_TYPE)).status == 200


async def test_an_oversize_body_is_refused_before_it_is_read(slack):
    assert await status_of(slack.http.bot_url, "Content-Length: 800001", b"") == 413


async def test_a_body_that_proves_oversize_is_refused_although_nobody_can_tell_yet_who_signed_it(slack):
    pieces = b"%x\r\n%s\r\n" % (800_001, b"x" * 800_001)
    assert await status_of(slack.http.bot_url, *look_signed(), "Transfer-Encoding: chunked", pieces) == 413


async def test_without_a_signature_nobody_waits_for_the_body(slack):
    assert await status_of(slack.http.bot_url, "Content-Length: 1000", b"{") == 401


async def test_a_click_in_the_largest_home_view_is_taken(slack):
    view = json.dumps({"view": "\u00e9" * 120_000}, ensure_ascii=False)
    body = f"payload={quote(view)}".encode()
    assert len(body) > 700_000
    assert (await slack.http.post(body, FORM_TYPE)).status == 200


@pytest.mark.parametrize("path", ["/", "/slack", "/slack/events/more", "/.env", "/slack/install"])
async def test_other_paths_lead_nowhere(slack, path):
    assert (await slack.http.get(path)).status == 404


async def test_the_door_takes_posts_only(slack):
    assert (await slack.http.get("/slack/events")).status in (404, 405)


HEAD = b"POST /slack/events HTTP/1.1\r\nHost: x\r\n"


def look_signed() -> tuple[str, str]:
    """Headers of a fresh request, as anybody can write them."""
    return f"X-Slack-Request-Timestamp: {time.time():.0f}", f"X-Slack-Signature: v0={'0' * 64}"


async def test_who_sends_half_a_request_and_waits_does_not_hold_a_connection(slack):
    where = urlsplit(slack.http.bot_url)
    signed = HEAD + "".join(f"{line}\r\n" for line in look_signed()).encode()
    dawdling = {
        "nothing": b"",
        "half a head": HEAD,
        "half a head after a whole request": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" + HEAD,
        "half a body": signed + b"Content-Length: 1000\r\n\r\n{",
        "a chunk of many": signed + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    }
    pairs = [await asyncio.open_connection(where.hostname, where.port) for _ in dawdling]
    for (_, writer), piece in zip(pairs, dawdling.values(), strict=True):
        writer.write(piece)
    async with asyncio.timeout(PATIENCE):
        said = await asyncio.gather(*(reader.read() for reader, _ in pairs), return_exceptions=True)
    ended = [b"" if isinstance(answer, ConnectionError) else answer for answer in said]
    assert [answer.split(b" ")[1:2] for answer in ended] in (
        [[], [], [b"200"], [b"408"], [b"408"]],
        [[], [], [], [b"408"], [b"408"]],  # reset, what had been answered with it
    )
    for _, writer in pairs:
        writer.close()


async def status_of(bot_url: str, *request: str | bytes) -> int:
    """Send headers and the beginning of a body, and nothing more; gives the status."""
    where = urlsplit(bot_url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    *headers, body = request
    writer.write(HEAD + "".join(f"{line}\r\n" for line in headers).encode() + b"\r\n" + body)
    async with asyncio.timeout(PATIENCE):
        status = await reader.readline()
    writer.close()
    return int(status.split()[1])
