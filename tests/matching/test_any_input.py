import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.matching import Index, reply_to
from bot.matching.message import MOST_PARTS, read
from bot.matching.normalise import LONGEST_TEXT, MOST_WORDS
from tests.matching.builders import bakery

INDEX = Index(*bakery())

LOG = "2018-03-05T10:31:{:02d}Z core-01 kubelet[812]: E0305 {:06d} pod_workers.go:186] Error syncing pod x{:x}\n"


@given(st.text(max_size=300))
@example("\U0001f468\u200d\U0001f469\u200d\U0001f467 \u202eneppo uoy era nehw\u202c")
@example("\ud800 \udfff")
@example("متى تفتح المخبز؟")
@example("\U00020000\U0002a6df𝔚𝔥𝔢𝔫 𝔬𝔭𝔢𝔫")
@example("\x00\x01\x02")
@example("<<<<|||>>>> <@U1|> <!subteam^S1|> &amp;&amp;lt;")
@settings(max_examples=200)
def test_any_text_gets_a_reply_with_probabilities(text: str) -> None:
    reply = reply_to(INDEX, text)
    assert all(0.0 <= match.confidence <= 1.0 for match in reply.matches)
    INDEX.explain(text)


@pytest.mark.parametrize(
    "text",
    [
        "when are you open? " * 2_500,
        "a" * 40_000,
        " ".join(f"word{i}x" for i in range(8_000)),
        "".join(LOG.format(i % 60, i, i) for i in range(500)),
        "```" * 13_000,
        "&gt;" * 10_000,
        "<" * 40_000,
        ":" * 40_000,
        ":a" * 20_000,
        "?! " * 13_000,
        "資金" * 20_000,
        "e\u0301" * 20_000,
        "\u200b" * 40_000,
        "and " * 10_000,
        "gluen " * 7_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_of_forty_thousand_characters_no_more_is_read_than_of_a_letter(text: str) -> None:
    message = read(text)
    parts = message.parts
    assert len(parts) <= 1 + 3 * MOST_PARTS
    assert all(len(part.words) <= MOST_WORDS for part in parts)
    assert sum(len(word) for part in parts for word in part.words) <= 6 * (LONGEST_TEXT + 1)
    assert all(0.0 <= match.confidence <= 1.0 for match in reply_to(INDEX, text).matches)
