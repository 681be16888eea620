"""What the log never shows: secrets, wherever they come from, and characters that a terminal would obey."""

import json
import logging
import os
import pty
import subprocess
import sys

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.logs import LINES_A_MINUTE, Throttle, build_redactor

SECRETS = {
    "a bot token": "xoxb-12345-67890-AbCdEfGh",
    "a user token": "xoxp-1-2-3-abc",
    "a refresh token": "xoxe.xoxp-1-Mi0yLTE",
    "an app token": "xapp-1-A012-345-abcdef",
    "a signing secret": "0123456789abcdef0123456789abcdef",
    "a password": "pa55/w:rd",
    "a ticket": "3fc5-ticket",
}
PROGRAM = """
import logging, sys
import structlog
from bot.logs import configure_logging
configure_logging("DEBUG", ["0123456789abcdef0123456789abcdef", "pa55/w:rd"])
log = structlog.stdlib.get_logger("bot.test")
secret = sys.argv[1]
told = f"wss://x/?ticket={secret}&a=1" if "ticket" in secret else secret
log.info(f"said {told}", value=told, nested={"deep": [told]})
logging.getLogger("somebody.else").debug("said %s", told)
try:
    local = told
    raise ValueError(told)
except ValueError:
    log.exception("failed")
raise RuntimeError(told)
"""


def run_program(secret: str, *, terminal: bool = False) -> str:
    command = [sys.executable, "-c", PROGRAM, secret]
    if not terminal:
        return subprocess.run(command, capture_output=True, text=True, check=False).stderr
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 65_536):
            said += piece
    except OSError:  # Linux says so when the other end is closed
        pass
    process.wait()
    os.close(ours)
    return said.decode()


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_a_secret_that_is_logged_on_purpose_does_not_show(secret):
    said = run_program(secret)
    assert "the program failed" in said
    assert "RuntimeError" in said
    assert secret not in said
    assert all(json.loads(line) for line in said.splitlines())


def test_a_terminal_shows_no_secret_and_no_variables_either():
    said = run_program(SECRETS["a bot token"], terminal=True)
    assert "ValueError" in said
    assert SECRETS["a bot token"] not in said
    assert "locals" not in said


def test_a_terminal_obeys_nothing_that_somebody_wrote():
    assert "\x1b]0;owned" not in run_program("\x1b]0;owned\x07 and \r overwritten \x9b2J", terminal=True)


def test_a_line_cannot_be_forged():
    said = run_program('x"}\n{"event": "forged"}')
    assert not any(json.loads(line).get("event") == "forged" for line in said.splitlines())


def test_harmless_words_stay():
    redact = build_redactor(["abc", ""])
    said = "abc replied at https://example.org/a@b xoxo"
    assert redact(said) == said


def test_the_password_within_an_address_is_a_secret_of_its_own():
    address = SecretStr("postgresql://faq:p%40ss@db.example.org/faq")
    secrets = Settings(_env_file=None, database_url=address).secrets
    assert {"p%40ss", "p@ss", address.get_secret_value()} <= set(secrets)
    assert "hunter" not in build_redactor(())("postgresql://faq:hunter2@db/faq")


def test_a_secret_within_an_address_or_a_form_does_not_show_either():
    redact = build_redactor(["pa/55 wörd@x"])
    said = redact("a=pa%2F55%20w%C3%B6rd%40x b=pa/55%20w%C3%B6rd%40x c=pa%2F55+w%C3%B6rd%40x d='pa/55 wörd@x'")
    assert said == "a=*** b=*** c=*** d='***'"
    assert "abc" not in redact("response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1%2F22%2Fabc&x=y")


def test_what_a_library_repeats_all_the_time_is_logged_a_few_times_a_minute() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    full = logging.LogRecord("asyncio", logging.ERROR, "events.py", 7, "no descriptors left: <fd 1>", None, None)
    other = logging.LogRecord("asyncio", logging.ERROR, "events.py", 9, "something else", None, None)
    ours = logging.LogRecord("bot.app", logging.INFO, "app.py", 7, "replied", None, None)
    assert [throttle.filter(full) for _ in range(1000)].count(True) == LINES_A_MINUTE
    assert throttle.filter(other)
    assert all(throttle.filter(ours) for _ in range(1000))
    now[0] = 60.0
    assert throttle.filter(full)
