"""What a button carries comes back as it was, and nothing else comes in that way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.views.button_state import VALUE_LIMIT, Carried, decode, encode

texts = st.text(max_size=60)


@given(st.builds(Carried, texts, texts, texts, st.tuples(texts, texts), texts, st.integers(0, 99)))
def test_what_a_button_carries_comes_back(carried: Carried) -> None:
    assert decode(encode(carried)) == carried


def test_runners_up_that_do_not_fit_are_left_out() -> None:
    packed = encode(Carried(entry="e", others=tuple(str(n) * 100 for n in range(100, 140))))
    assert len(packed) <= VALUE_LIMIT
    unpacked = decode(packed)
    assert unpacked
    assert unpacked.entry == "e"
    assert 0 < len(unpacked.others) < 40


@pytest.mark.parametrize(
    "value",
    [
        *("", "{", "[]", "null", "5", '"e"', "[" * 5000),
        *('{"e": 5}', '{"e": null}', '{"o": "abc"}', '{"o": [1]}', '{"p": "1"}', '{"p": -1}', '{"p": true}'),
        *('{"a": ["U1"]}', None, 7),
    ],
)
def test_a_value_that_is_not_ours_is_refused(value: object) -> None:
    assert decode(value) is None


def test_a_button_of_an_older_release_still_means_what_it_meant() -> None:
    assert decode('{"e": "who-is-kinvolk", "later": [1]}') == Carried(entry="who-is-kinvolk")
