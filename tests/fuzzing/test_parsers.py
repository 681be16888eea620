"""No bytes from outside make a parser raise what nobody expects. More examples: FUZZ_EXAMPLES=5000."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .parsers import PARSERS, SEEDS

WORDS = (
    b"type", b"event_callback", b"event", b"user", b"channel", b"text", b"ts", b"actions", b"payload", b"null", b"{}",
    b"[]", b"{", b"}", b"[", b"]", b'"', b":", b",", b"1", b"-1", b"1e999", b"\\ud800", b"\\u0000", b"%7B", b"&", b"=",
    b"\xff", b"\x00", b"\n", b"---\n", b"<!channel>", b"<@U1>", b"](", b"&amp;", b"*", b"&a", b"*a", b"://", b"@", b"%",
)  # fmt: skip
EXAMPLES = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "40")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_every_parser_has_something_to_begin_with() -> None:
    assert PARSERS.keys() == SEEDS.keys()
    for name, seeds in SEEDS.items():
        for seed in seeds:
            PARSERS[name](seed)


@pytest.mark.parametrize("name", PARSERS)
@EXAMPLES
@given(data=st.data())
def test_no_bytes_make_a_parser_fail(name: str, data: st.DataObject) -> None:
    PARSERS[name](data.draw(st.binary(max_size=400)))
    PARSERS[name](b"".join(data.draw(st.lists(st.sampled_from(WORDS), max_size=30))))
    seed = data.draw(st.sampled_from(SEEDS[name]))
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, min(len(seed), start + 12)))
    PARSERS[name](seed[:start] + data.draw(st.sampled_from(WORDS)) + seed[end:])
