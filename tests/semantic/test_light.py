import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.semantic import open_embedder
from bot.semantic.opening import TABLE

TEXTS = ["who pays for it", "where does the money come from", "", "🚀", "PAYS, for! it? who"]


@pytest.fixture(scope="module")
def light():
    embedder, note = open_embedder("light")
    assert note == ""
    return embedder


def test_vectors_have_length_one_and_unknown_texts_are_zeros(light):
    vectors = light.embed(TEXTS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 0, 1], atol=1e-5)


def test_the_same_text_gives_the_same_vector_whatever_stands_beside_it(light):
    assert all(np.array_equal(light.embed([text])[0], row) for text, row in zip(TEXTS, light.embed(TEXTS), strict=True))


def test_nothing_to_embed_gives_no_rows(light):
    assert light.embed([]).shape == (0, light.embed(["a"]).shape[1])


def test_a_paraphrase_without_a_common_word_is_nearer_than_another_subject(light):
    asked, same, other = light.embed(["who funds it", "where does the money come from", "what is the weather like"])
    assert asked @ same > asked @ other + 0.2


def test_a_word_without_weight_says_nothing(light):
    weighed = light.embed(["who pays"], lambda word: float(word == "pays"))
    np.testing.assert_allclose(weighed, light.embed(["pays"]), atol=1e-6)
    assert not light.embed(["who pays"], lambda word: 0.0).any()


def test_technical_words_have_vectors_of_their_own(light):
    kubernetes, containers, weather = light.embed(["kubernetes", "containers", "weather"])
    assert kubernetes @ containers > kubernetes @ weather


@pytest.mark.parametrize(
    "text", ["word " * 8_000, "x" * 40_000, "ẍ" * 40_000, "🙂" * 40_000, "zq" * 49 + " " * 9 + "!" * 40_000]
)
def test_any_text_takes_bounded_time(light, text):
    start = time.perf_counter()
    light.embed([text])
    assert time.perf_counter() - start < 0.25


@given(st.text())
def test_no_text_fails(light, text):
    assert np.isfinite(light.embed([text])).all()


def test_the_data_file_is_small():
    assert TABLE.stat().st_size <= 4_000_000
