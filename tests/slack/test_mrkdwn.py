"""Markdown as maintainers write it, as Slack shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.views.mrkdwn import escape, to_mrkdwn


@pytest.mark.parametrize(
    ("markdown", "mrkdwn"),
    [
        ("**bold** and *italic* and ~~gone~~ and `code`", "*bold* and _italic_ and ~gone~ and `code`"),
        ("[the page](https://example.org/a)", "<https://example.org/a|the page>"),
        ("[mail](mailto:a@example.org)", "<mailto:a@example.org|mail>"),
        ("<https://example.org>", "<https://example.org|https://example.org>"),
        ("![a cat](https://example.org/cat.png)", "<https://example.org/cat.png|a cat>"),
        ("[**bold** link](https://example.org)", "<https://example.org|*bold* link>"),
        ("[a|b](https://example.org/a|b)", "<https://example.org/a%7Cb|a¦b>"),
        ("[a page of ours](/about/)", "a page of ours"),
        ("[nowhere](javascript:alert)", "[nowhere](javascript:alert)"),
        ("# Heading\n\ntext", "*Heading*\n\ntext"),
        ("one\ntwo  \nthree", "one two\nthree"),
        ("- a\n- b\n  - c\n", "• a\n• b\n    • c"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("> said\n> so", "> said so"),
        ("```sh\na < b && c\n```", "```\na &lt; b &amp;&amp; c\n```"),
        ("``a`b``", "`aˋb`"),
        ("````\n```\n````", "```\nˋˋˋ\n```"),
        ("    indented", "```\nindented\n```"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "*a | b*\n1 | 2"),
        ("above\n\n---\n\nbelow", "above\n\n───\n\nbelow"),
        ("a <b>tag</b> & more", "a &lt;b&gt;tag&lt;/b&gt; &amp; more"),
        ("<div>\nhi\n</div>", "&lt;div&gt;\nhi\n&lt;/div&gt;"),
        ("", ""),
    ],
)
def test_markdown_reads_the_same_in_slack(markdown: str, mrkdwn: str) -> None:
    assert to_mrkdwn(markdown) == mrkdwn


def test_nobody_is_notified_by_a_text_that_looks_like_a_mention() -> None:
    assert to_mrkdwn("hey <!channel> and <@U123>") == "hey &lt;!channel&gt; and &lt;@U123&gt;"
    assert escape("<!here> & co") == "&lt;!here&gt; &amp; co"


@given(st.text(max_size=300))
def test_any_markdown_gives_a_text_without_live_mentions(markdown: str) -> None:
    rendered = to_mrkdwn(markdown)
    assert "<!" not in rendered
    assert "<@" not in rendered
