"""Distil the sentence encoder from a teacher: `python -m tools.train_encoder TEXTS TEACHER.npz OUT`.

TEXTS holds a sentence or a question a line; TEACHER.npz their vectors (`vectors`: n x d, of length one, in the same
order) and the teacher's word pieces in the order of their frequency (`pieces`; the first is padding). Writes
encoder.npz and vocab.json into OUT, the files of bot/encoder. Needs JAX (`make install-training`), which takes a GPU
where there is one.

The encoder learns the teacher's vectors, and how alike the texts of a batch are to it (Hinton et al. 2015, "Distilling
the knowledge in a neural network"). Half of the texts are shown as people in a hurry type them; their target stays.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from bot.encoder.transformer import HEADS
from bot.encoder.wordpiece import WordPiece
from bot.encoder.wordpiece import words as split

LONGEST = 48
"""Pieces of a text that are read."""
TEMPERATURE = 0.05
"""Of the likeness within a batch: small, so that the nearest texts count."""
UNKNOWN = "[UNK]"
OPENINGS = ("hi all, ", "hey folks ", "quick question: ", "sorry if this was asked before, ", "newbie here. ", "so ")
CLOSINGS = (" thanks!", " thx", " any ideas?", " please help", " anyone?", " ...", "??")

Parameters = dict[str, jax.Array]


@dataclass(frozen=True)
class Shape:
    """The size of an encoder."""

    pieces: int = 20_000
    width: int = 256
    layers: int = 3
    forward: int = 768
    out: int = 384


def choose_pieces(texts: Sequence[str], pieces: Sequence[str], most: int) -> list[str]:
    """Return the teacher's pieces that the texts use most, with all single characters, in the teacher's order."""
    teacher = WordPiece(pieces)
    used = Counter(number for text in texts for number in teacher.numbers(text))
    kept = {pieces[number] for number, _ in used.most_common(most)}
    kept |= {piece for piece in pieces if len(piece.removeprefix("##")) == 1 and piece.isascii()} | {UNKNOWN}
    return [pieces[0], *(piece for piece in pieces[1:] if piece in kept)]


def begin(shape: Shape, pieces: int, seed: int) -> Parameters:
    """Return random parameters, by the names of the weights file."""
    chance = np.random.default_rng(seed)

    def linear(name: str, wide: int, narrow: int) -> dict[str, np.ndarray]:
        weight = chance.normal(0, narrow**-0.5, (wide, narrow)).astype(np.float32)
        return {f"{name}.weight": weight, f"{name}.bias": np.zeros(wide, np.float32)}

    def norm(name: str) -> dict[str, np.ndarray]:
        return {f"{name}.weight": np.ones(shape.width, np.float32), f"{name}.bias": np.zeros(shape.width, np.float32)}

    found = {
        "emb.weight": chance.normal(0, 0.2, (pieces, shape.width)).astype(np.float32),
        "pos.weight": chance.normal(0, 0.02, (LONGEST, shape.width)).astype(np.float32),
        **norm("ln0"),
        **norm("lnf"),
        **linear("out", shape.out, shape.width),
    }
    for place in range(shape.layers):
        name = f"layers.{place}"
        found |= norm(f"{name}.l1") | norm(f"{name}.l2")
        found |= linear(f"{name}.qkv", 3 * shape.width, shape.width) | linear(f"{name}.o", shape.width, shape.width)
        found |= linear(f"{name}.f1", shape.forward, shape.width) | linear(f"{name}.f2", shape.width, shape.forward)
    return {name: jnp.asarray(value) for name, value in found.items()}


def embed(held: Parameters, numbers: jax.Array) -> jax.Array:
    """Return the vectors of texts, given as n x LONGEST pieces: what bot.encoder.Transformer computes."""
    there = (numbers > 0).astype(jnp.float32)
    states = _norm(held, "ln0", held["emb.weight"][numbers] + held["pos.weight"][: numbers.shape[1]])
    for place in range(sum(name.endswith(".qkv.weight") for name in held)):
        name = f"layers.{place}"
        split_states = _linear(held, f"{name}.qkv", _norm(held, f"{name}.l1", states))
        query, key, value = jnp.moveaxis(split_states.reshape(*numbers.shape, 3, HEADS, -1), (2, 3), (0, 2))
        scores = query @ key.swapaxes(-1, -2) / np.sqrt(query.shape[-1]) + (there - 1.0)[:, None, None, :] * 1e9
        mixed = (jax.nn.softmax(scores) @ value).swapaxes(1, 2).reshape(states.shape)
        states = states + _linear(held, f"{name}.o", mixed)
        inner = jax.nn.gelu(_linear(held, f"{name}.f1", _norm(held, f"{name}.l2", states)), approximate=True)
        states = states + _linear(held, f"{name}.f2", inner)
    total = (_norm(held, "lnf", states) * there[..., None]).sum(axis=1)
    found = _linear(held, "out", total / jnp.maximum(there.sum(axis=1, keepdims=True), 1.0))
    return found / jnp.linalg.norm(found, axis=1, keepdims=True)


def loss(held: Parameters, numbers: jax.Array, targets: jax.Array) -> jax.Array:
    """Return how far the encoder is from its teacher."""
    found = embed(held, numbers)
    apart = 1.0 - (found * targets).sum(axis=1).mean()
    own = jnp.eye(len(numbers), dtype=bool)
    ours, theirs = (jnp.where(own, -1e4, each @ each.T / TEMPERATURE) for each in (found, targets))
    wanted = jax.nn.softmax(theirs)
    unlike = (wanted * (jax.nn.log_softmax(theirs) - jax.nn.log_softmax(ours))).sum(axis=1).mean()
    return 2.0 * apart + 0.5 * unlike


@jax.jit
def step(
    held: Parameters, moments: tuple[Parameters, Parameters], numbers: jax.Array, targets: jax.Array, rate: jax.Array
) -> tuple[Parameters, tuple[Parameters, Parameters], jax.Array]:
    """Take a step of Adam (Kingma and Ba 2015)."""
    value, slopes = jax.value_and_grad(loss)(held, numbers, targets)
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, moments[0], slopes)
    second = jax.tree.map(lambda v, g: 0.98 * v + 0.02 * g * g, moments[1], slopes)
    held = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-8), held, first, second)
    return held, (first, second), value


def train(
    texts: Sequence[str],
    targets: np.ndarray,
    pieces: Sequence[str],
    shape: Shape,
    steps: int,
    batch: int,
    seed: int = 7,
) -> Iterator[tuple[Parameters, float]]:
    """Yield the parameters and the loss after each step."""
    chance = random.Random(seed)
    reader = WordPiece(pieces)
    held = begin(shape, len(pieces), seed)
    moments = (jax.tree.map(jnp.zeros_like, held), jax.tree.map(jnp.zeros_like, held))
    for number in range(steps):
        chosen = [chance.randrange(len(texts)) for _ in range(batch)]
        shown = [texts[i] if chance.random() < 0.5 else careless(texts[i], chance) for i in chosen]
        rate = (
            2e-3 * min(1.0, (number + 1) / max(1, min(500, steps // 10))) * 0.5 * (1.0 + np.cos(np.pi * number / steps))
        )
        arrays = jnp.asarray(_padded(shown, reader)), jnp.asarray(targets[chosen]), jnp.asarray(rate)
        held, moments, value = step(held, moments, *arrays)
        yield held, float(value)


def careless(text: str, chance: random.Random) -> str:
    """Return the text as somebody in a hurry types it: a slip, a greeting, no punctuation."""
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if long and chance.random() < 0.6:
        place = chance.choice(long)
        word, at = words[place], chance.randrange(1, len(words[place]) - 1)
        slips = word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        words[place] = chance.choice(slips)
    said = " ".join(words)
    said = said.rstrip(".?!") if chance.random() < 0.3 else said
    opening = chance.choice(OPENINGS) if chance.random() < 0.4 else ""
    return opening + said + (chance.choice(CLOSINGS) if chance.random() < 0.3 else "")


def packed(held: Mapping[str, jax.Array]) -> dict[str, np.ndarray]:
    """Return the arrays of a weights file: pieces as int8 with a scale each, all else as float16."""
    weights = np.asarray(held["emb.weight"])
    scales = np.abs(weights).max(axis=1, keepdims=True) / 127.0 + 1e-12
    rest = {name: np.asarray(value).astype(np.float16) for name, value in held.items() if name != "emb.weight"}
    return rest | {"emb.q": np.rint(weights / scales).astype(np.int8), "emb.s": scales.astype(np.float16)}


def _padded(texts: Sequence[str], reader: WordPiece) -> np.ndarray:
    numbers = np.zeros((len(texts), LONGEST), np.int32)
    for row, text in zip(numbers, texts, strict=True):
        found = reader.numbers(text)[:LONGEST]
        row[: len(found)] = found
    return numbers


def _linear(held: Parameters, name: str, rows: jax.Array) -> jax.Array:
    return rows @ held[f"{name}.weight"].T + held[f"{name}.bias"]


def _norm(held: Parameters, name: str, rows: jax.Array) -> jax.Array:
    centred = rows - rows.mean(axis=-1, keepdims=True)
    spread = jnp.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    return centred / spread * held[f"{name}.weight"] + held[f"{name}.bias"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--batch", type=int, default=1024)
    options = parser.parse_args()
    texts = [line for line in options.texts.read_text("utf-8").splitlines() if split(line)]
    with np.load(options.teacher) as teacher:
        targets, known = teacher["vectors"].astype(np.float32), [str(piece) for piece in teacher["pieces"]]
    if len(texts) != len(targets):
        raise SystemExit(f"{options.texts} has {len(texts)} texts with words, {options.teacher} {len(targets)} vectors")
    shape = Shape(out=targets.shape[1])
    pieces = choose_pieces(texts, known, shape.pieces)
    held: Parameters = {}
    training = train(texts, targets, pieces, shape, options.steps, options.batch)
    for number, (held, value) in enumerate(training, start=1):  # noqa: B007 - the last parameters are written
        if number % 100 == 0 or number == options.steps:
            print(f"step {number}: loss {value:.4f}", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out / "encoder.npz", **packed(held))
    (options.out / "vocab.json").write_text(json.dumps(pieces), "utf-8")


if __name__ == "__main__":
    main()
