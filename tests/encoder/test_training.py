"""The training script learns on a processor alone, and what it writes is what the bot reads."""

import io
import json
from importlib.resources import files

import numpy as np
import pytest

from bot.encoder import Encoder

pytest.importorskip("jax", reason="JAX, which trains the encoder, is not installed: make install-training")

from tools import train_encoder
from tools.train_encoder import Shape, choose_pieces, embed, packed, train

TEXTS = [
    f"how do I {verb} the {thing}?" for verb in ("install", "update", "remove") for thing in ("server", "plugin", "key")
]
SMALL = Shape(pieces=50, width=16, layers=2, forward=24, out=8)


@pytest.fixture(scope="module")
def pieces() -> list[str]:
    known = json.loads(files("bot.encoder").joinpath("vocab.json").read_text("utf-8"))
    return choose_pieces(TEXTS, known, SMALL.pieces)


@pytest.fixture(scope="module")
def trained(pieces):
    chance = np.random.default_rng(1)
    targets = chance.normal(size=(len(TEXTS), SMALL.out)).astype(np.float32)
    targets /= np.linalg.norm(targets, axis=1, keepdims=True)
    return list(train(TEXTS, targets, pieces, SMALL, steps=60, batch=32))


def test_only_the_pieces_that_the_texts_need_are_kept(pieces):
    assert pieces[0] == "[PAD]"
    assert {"[UNK]", "install", "server"} <= set(pieces)
    assert len(pieces) < 300


def test_it_learns(trained):
    losses = [value for _, value in trained]
    assert np.mean(losses[-10:]) < 0.7 * np.mean(losses[:10])


def test_the_bot_computes_what_was_trained(trained, pieces):
    held, _ = trained[-1]
    file = io.BytesIO()
    np.savez(file, **packed(held))
    ours = Encoder(file.getvalue(), pieces).encode(TEXTS).vectors
    theirs = np.asarray(embed(held, train_encoder._padded(TEXTS, train_encoder.WordPiece(pieces))))
    assert (ours * theirs).sum(axis=1) == pytest.approx(1.0, abs=2e-3)


def test_as_many_vectors_as_texts_are_needed(tmp_path, monkeypatch):
    (tmp_path / "texts").write_text("\n".join(TEXTS))
    np.savez(tmp_path / "teacher.npz", vectors=np.zeros((2, 8)), pieces=np.array(["[PAD]", "[UNK]"]))
    arguments = ["train_encoder", str(tmp_path / "texts"), str(tmp_path / "teacher.npz"), str(tmp_path / "out")]
    monkeypatch.setattr("sys.argv", arguments)
    with pytest.raises(SystemExit, match="9 texts with words"):
        train_encoder.main()
