"""Texts that are too long for Slack, cut so that what is left still reads well."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.views.mrkdwn import to_mrkdwn
from bot.slack.views.truncate import cut, cut_markdown, split_mrkdwn

LONG = "[the list (of all) pages](https://example.org/a_(b)/" + "c" * 60 + ")"
PIECES = st.lists(
    st.sampled_from(
        [
            "word",
            "A sentence. ",
            " ",
            "\n\n",
            LONG,
            "`code`",
            "``a`b``",
            "& <b>",
            "```\nx = 1\n```",
            "- item\n",
            "é🐧",
            "<",
        ]
    ),
    max_size=80,
).map("".join)


def test_a_long_answer_ends_with_a_whole_sentence() -> None:
    text = "First sentence here. Second sentence here. Third sentence here."
    assert cut(text, 50, "…") == "First sentence here. Second sentence here. …"


def test_a_text_without_sentences_is_cut_between_words() -> None:
    assert cut("one two three four five", 15) == "one two three…"


@given(st.one_of(PIECES, st.text(min_size=1, max_size=400)), st.integers(min_value=30, max_value=200))
def test_a_cut_text_never_exceeds_its_limit(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit
    assert len(cut_markdown(text, limit, "…")) <= limit
    assert all(0 < len(part) <= limit for part in split_mrkdwn(text, limit))


def test_a_short_text_is_left_as_it_is() -> None:
    assert cut("short", 5) == "short"
    assert cut_markdown("```\ncode\n```", 100, "…") == "```\ncode\n```"
    assert split_mrkdwn("short", 5) == ["short"]
    assert split_mrkdwn("", 5) == []


@pytest.mark.parametrize("fence", ["```", "````", "~~~"])
def test_a_code_block_that_is_cut_is_closed_with_its_own_fence(fence: str) -> None:
    shortened = cut_markdown(f"Do this:\n\n{fence}sh\n" + "line of `code`\n" * 50 + f"{fence}\n", 200, "… see below")
    lines = shortened.splitlines()
    assert lines.count(fence) == 1
    assert lines[-1] == "… see below"
    assert to_mrkdwn(shortened).endswith("```\n\n… see below")


def test_no_command_is_cut_in_half() -> None:
    command = "rm -rf /var/cache # and nothing else"
    markdown = "Do this:\n\n```\n" + f"{command}\n" * 40 + "```\n"
    for limit in range(200, 300, 7):
        for shortened in (cut_markdown(markdown, limit, "…"), cut(to_mrkdwn(markdown), limit)):
            assert {line for line in shortened.splitlines() if line.startswith("rm")} == {command}


@pytest.mark.parametrize("room", range(40, 160, 7))
def test_no_cut_goes_through_a_link(room: int) -> None:
    markdown = f"You find it in {LONG}, or in {LONG} and {LONG}."
    assert "](" not in cut_markdown(markdown, room, "…").replace(LONG, "")
    mrkdwn, link = to_mrkdwn(markdown), to_mrkdwn(LONG)
    for part in [cut(mrkdwn, max(room, len(link) + 2)), *split_mrkdwn(mrkdwn, max(room, len(link) + 4))]:
        assert not re.search("[<>]", part.replace(link, ""))


def test_an_escape_is_never_cut() -> None:
    for limit in range(30, 60):
        for part in [cut("&lt;" * 40, limit), *split_mrkdwn("&amp;" * 40, limit)]:
            assert re.fullmatch("(&(lt|amp);)+…?", part)


def test_parts_of_a_long_text_hold_all_of_it_and_code_stays_code() -> None:
    code = "\n".join(f"step {number}" for number in range(100))
    parts = split_mrkdwn(f"Above.\n\n```\n{code}\n```\n\nBelow.", 200)
    assert all(part.count("```") % 2 == 0 for part in parts)
    assert re.findall(r"step \d+", "\n".join(parts)) == re.findall(r"step \d+", code)
    assert parts[0].startswith("Above.")
    assert parts[-1].endswith("Below.")


def test_hostile_text_is_cut_at_once() -> None:
    for text in ("[" * 20_000, "`" * 20_000, "[](" * 8_000, "<" * 20_000, "![a](" * 5_000):
        assert len(cut_markdown(text, 3000, "…")) <= 3000
        assert split_mrkdwn(text, 3000)
