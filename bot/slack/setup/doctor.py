"""Settings in, findings out: what of the Slack set-up works, what does not, and the one next step for each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Literal

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import WHERE_TO_GET, Settings
from bot.errors import BotError, SlackSetupError
from bot.slack.api import build_client, check_call
from bot.slack.setup.manifest import SCOPES
from bot.slack.transport import NO_TROUBLE

LARGEST_SKEW = 120.0
"""Seconds. Slack's signatures are valid for five minutes, and a delivery may take some of them."""

Status = Literal["ok", "problem", "skipped"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The state of one thing that the bot needs."""

    name: str
    status: Status
    text: str
    next_step: str = ""
    """What to do about a problem; empty where there is none."""


async def examine_slack(settings: Settings, now: datetime) -> tuple[Finding, ...]:
    """Look at the tokens, and ask Slack about them; `now` is this machine's time, with its zone."""
    if problems := settings.token_problems:
        return tuple(_problem("tokens", problem) for problem in problems)
    transport = settings.transport
    client = build_client(settings)
    client.retry_handlers.clear()  # whoever asks the doctor waits for the answer
    findings = [Finding("tokens", "ok", f"of the right kinds, for {_named(transport)}")]
    findings += await _examine_bot_token(client, settings, now)
    if transport == "socket":
        findings.append(await _examine_socket_mode(client, settings))
    else:
        findings.append(await _examine_signing_secret(settings))
    return tuple(findings)


async def _examine_bot_token(client: AsyncWebClient, settings: Settings, now: datetime) -> list[Finding]:
    try:
        response = await check_call(client.auth_test(), "slack_bot_token", settings)
    except SlackSetupError as error:
        return [_problem("bot token", error)]
    headers = {name.lower(): value for name, value in response.headers.items()}
    who = f"accepted: {response.get('user')} in {response.get('team')}"
    return [Finding("bot token", "ok", who), _examine_scopes(headers), _examine_clock(headers, now)]


def _examine_scopes(headers: Mapping[str, str]) -> Finding:
    told = headers.get("x-oauth-scopes")
    if told is None:
        return Finding("scopes", "skipped", "Slack did not tell which scopes the token has")
    granted = {scope.strip() for scope in told.split(",") if scope.strip()}
    missing, needless = sorted(set(SCOPES) - granted), sorted(granted - set(SCOPES))
    if missing:
        step = "Add them at api.slack.com/apps > OAuth & Permissions > Bot Token Scopes, and reinstall the app."
        return Finding("scopes", "problem", f"missing: {', '.join(missing)}", step)
    if needless:
        step = "Remove them at api.slack.com/apps > OAuth & Permissions > Bot Token Scopes, and reinstall the app."
        return Finding("scopes", "problem", f"not needed: {', '.join(needless)}", step)
    return Finding("scopes", "ok", "those of the manifest and no more")


def _examine_clock(headers: Mapping[str, str], now: datetime) -> Finding:
    try:
        skew = (now - parsedate_to_datetime(headers["date"])).total_seconds()
    except (KeyError, ValueError, TypeError):
        return Finding("clock", "skipped", "Slack did not tell the time")
    if abs(skew) > LARGEST_SKEW:
        text = f"this machine is {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} Slack"
        return Finding("clock", "problem", text, "Let the machine set its clock by NTP, for instance with chrony.")
    return Finding("clock", "ok", f"within {LARGEST_SKEW:.0f} s of Slack's")


async def _examine_socket_mode(client: AsyncWebClient, settings: Settings) -> Finding:
    token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    try:
        opened = await check_call(client.apps_connections_open(app_token=token), "slack_app_token", settings)
        async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"], timeout=_PATIENCE) as socket:
            hello = await socket.receive_json(timeout=10)
    except SlackSetupError as error:
        return _problem("socket mode", error)
    except (aiohttp.ClientError, SlackApiError, TimeoutError, OSError, TypeError, ValueError) as error:
        step = "Let this machine open WebSockets (wss://, port 443) to Slack; check the proxy and the firewall."
        return Finding("socket mode", "problem", f"no connection ({type(error).__name__})", step)
    greeted = isinstance(hello, dict) and hello.get("type") == "hello"
    step = "" if greeted else "Try again; if it stays, see status.slack.com."
    return Finding("socket mode", "ok" if greeted else "problem", "reachable" if greeted else "no hello", step)


async def _examine_signing_secret(settings: Settings) -> Finding:
    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else ""
    if not re.fullmatch("[0-9a-f]{32}", secret):
        text = f"has {len(secret)} characters; Slack's have 32, of 0-9 and a-f"
        return Finding("signing secret", "problem", text, f"Copy it again from {WHERE_TO_GET['slack_signing_secret']}.")
    if trouble := await _ask_running_bot(settings):
        step = f"Compare it with {WHERE_TO_GET['slack_signing_secret']}, and the clock with another one."
        return Finding("signing secret", "problem", f"the bot that runs here says: {trouble}", step)
    return Finding("signing secret", "ok", "has the right shape; whether it is the right one shows with an event")


async def _ask_running_bot(settings: Settings) -> str:
    """Return why a bot that listens at HOST and PORT refuses requests; empty where there is none, or no reason."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/readyz"
    try:
        timeout = aiohttp.ClientTimeout(total=2)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            told = (await answer.json()).get("requests")
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, AttributeError):
        return ""
    return "" if told in {None, NO_TROUBLE} else str(told)[:200]


def _problem(name: str, error: BotError) -> Finding:
    return Finding(name, "problem", error.what, error.next_step)


def _named(transport: str) -> str:
    return "Socket Mode" if transport == "socket" else "HTTP"


_PATIENCE = aiohttp.ClientWSTimeout(ws_close=2)
