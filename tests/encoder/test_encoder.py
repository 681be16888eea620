"""The encoder that ships: what it knows, what it cannot read, and that nothing about it depends on chance."""

from importlib.resources import files

import numpy as np
import pytest

from bot.encoder import Encoder, load_encoder, shared_encoder
from bot.encoder.store import VectorStore

OTHER_SCRIPTS = ("你好吗", "どうやって更新しますか", "Как обновить систему?", "كيف أثبت البرنامج؟")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return shared_encoder()


def test_it_knows_a_paraphrase(encoder: Encoder) -> None:
    asked, same, other = encoder.encode(
        ["who funds it", "where does the money come from", "what is the weather"]
    ).vectors
    assert asked @ same > asked @ other + 0.2


@pytest.mark.parametrize("text", ["", "   ", "🚀🚀", *OTHER_SCRIPTS])
def test_a_text_in_a_script_that_it_cannot_read_has_no_likeness(encoder: Encoder, text: str) -> None:
    found = encoder.encode([text], with_states=True)
    assert not found.vectors.any()
    assert len(found.states[0]) == len(found.pieces[0]) == 0


def test_a_few_unknown_words_do_not_keep_it_from_reading(encoder: Encoder) -> None:
    assert np.linalg.norm(encoder.encode(["how do I update it 你好"]).vectors) == pytest.approx(1.0)


def test_a_text_has_the_same_vector_whatever_runs_beside_it(encoder: Encoder) -> None:
    texts = [
        "who pays",
        "money",
        "",
        "how do I install it on an old machine with two disks and no network?",
        "zzz",
    ] * 9
    together = encoder.encode(texts, with_states=True)
    for row, text in enumerate(texts):
        alone = encoder.encode([text], with_states=True)
        assert np.allclose(alone.vectors[0], together.vectors[row], atol=1e-5)
        assert np.abs(alone.states[0].astype(int) - together.states[row]).max(initial=0) <= 1


def test_each_piece_has_a_vector_of_length_one(encoder: Encoder) -> None:
    found = encoder.encode(["who funds flatcar"], with_states=True)
    lengths = np.linalg.norm(found.states[0].astype(float) / 127, axis=1)
    assert len(found.pieces[0]) == len(lengths)
    assert lengths == pytest.approx(1.0, abs=0.1)


def test_of_an_endless_text_it_reads_the_beginning(encoder: Encoder) -> None:
    endless, beginning = encoder.encode(["word " * 8_000, "word " * 48]).vectors
    assert np.allclose(endless, beginning, atol=1e-6)


@pytest.mark.parametrize("weights", [b"", b"no weights", b"PK\x03\x04 cut off"])
def test_damaged_weights_are_refused_with_a_reason(weights: bytes) -> None:
    with pytest.raises(ValueError, match="weights"):
        Encoder(weights, ["[PAD]", "[UNK]"])


def test_a_vocabulary_of_another_size_is_refused() -> None:
    weights = files("bot.encoder").joinpath("encoder.npz").read_bytes()
    with pytest.raises(ValueError, match="2 have a name"):
        Encoder(weights, ["[PAD]", "[UNK]"])


def test_it_is_loaded_with_a_store_in_the_folder(tmp_path) -> None:
    load_encoder(tmp_path).encode_kept(["who pays"])
    assert len(list(tmp_path.iterdir())) == 1


def test_questions_never_reach_the_folder(tmp_path) -> None:
    load_encoder(tmp_path).encode(["who pays"])
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_what_was_encoded(encoder: Encoder) -> None:
    kept = encoder.encode_kept(["who pays", "", "who pays"], with_states=True)
    fresh = encoder.encode(["who pays", "", "who pays"], with_states=True)
    assert np.allclose(kept.vectors, fresh.vectors, atol=1e-5)
    assert [len(states) for states in kept.states] == [len(states) for states in fresh.states]
    assert VectorStore().get("name", [], lambda _: []) == []
