"""Texts -> sentence vectors. It reads English; a text in a script that it does not know gets no vector."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.encoder.store import Kept, VectorStore
from bot.encoder.transformer import Transformer, Vectors
from bot.encoder.wordpiece import WordPiece

MOST_CHARACTERS: Final = 1000
"""Characters of a text that are read, so that any text takes bounded time; the transformer reads 48 pieces of them."""
MOST_UNKNOWN: Final = 1 / 3
"""Share of unknown pieces above which a text is not read: two unrelated Chinese texts are the same row of them."""
BATCH: Final = 16
"""Texts that run at once: more do not stay in the processor's cache."""
PADDED: Final = 1.3
"""How many times as long as the shortest of them the longest text of those that run at once may be."""
UNITS: Final = 127.0
"""Units of the int8 numbers that the vectors of pieces are kept in: a unit vector's 1.0."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the encoder makes of some texts."""

    vectors: Vectors
    """n x width: of length one, or all zeros for a text that cannot be read."""
    pieces: tuple[NDArray[np.int32], ...]
    """For each text the numbers of its word pieces."""
    states: tuple[NDArray[np.int8], ...]
    """For each text the vectors of its pieces in their context, pieces x width, in units of 1/127; empty where they
    were not asked for."""


class Encoder:
    """The sentence encoder. The same text gives the same vector, to five digits, whatever runs beside it."""

    def __init__(self, weights: bytes, vocabulary: Sequence[str], store: VectorStore | None = None) -> None:
        """Take a weights file (NPZ), its word pieces in the order of their numbers, and where to keep an FAQ's vectors.

        Raises ValueError where weights or vocabulary are damaged.
        """
        self.name: Final = hashlib.sha256(weights).hexdigest()[:16]
        """Vectors of encoders with different names must not be compared."""
        try:
            with np.load(BytesIO(weights), allow_pickle=False) as arrays:
                self._transformer = Transformer({name: arrays[name] for name in arrays.files})
        except (ValueError, KeyError, OSError, EOFError, AttributeError, BadZipFile) as error:
            raise ValueError(f"not the weights of this encoder: {error}") from error
        if len(vocabulary) != self._transformer.pieces:
            raise ValueError(f"{self._transformer.pieces} word pieces have weights, {len(vocabulary)} have a name")
        self._pieces = WordPiece(vocabulary)
        self._store = store or VectorStore()

    @property
    def width(self) -> int:
        """Numbers in a vector."""
        return self._transformer.width

    def encode(self, texts: Sequence[str], *, with_states: bool = False) -> Encoding:
        """Encode texts that are seen once: what people ask.

        Keeps one core busy for about a millisecond a question: an event loop must call it in a thread.
        """
        numbers = [self._numbers(text) for text in texts]
        vectors = np.zeros((len(texts), self.width), np.float32)
        states = [np.zeros((0, self.width), np.int8)] * len(texts)
        for places in _batches([len(pieces) for pieces in numbers]):
            vectors[places], found = self._transformer([numbers[place] for place in places])
            for place, rows in zip(places, found if with_states else (), strict=with_states):
                states[place] = np.rint(rows[: len(numbers[place])] * np.float32(UNITS)).astype(np.int8)
        return Encoding(vectors, tuple(np.array(pieces, np.int32) for pieces in numbers), tuple(states))

    def encode_kept(self, texts: Sequence[str], *, with_states: bool = False) -> Encoding:
        """Encode an FAQ's own texts: those that were encoded before are taken from the store."""

        def make(missing: Sequence[str]) -> list[Kept]:
            found = self.encode(missing, with_states=with_states)
            return [Kept(*each) for each in zip(found.vectors, found.pieces, found.states, strict=True)]

        kept = self._store.get(f"{self.name}{'-states' if with_states else ''}", texts, make)
        vectors = np.array([each.vector for each in kept], np.float32).reshape(len(texts), self.width)
        return Encoding(vectors, tuple(each.pieces for each in kept), tuple(each.states for each in kept))

    def _numbers(self, text: str) -> list[int]:
        """Return the word pieces of a text; none where it cannot be read."""
        numbers = self._pieces.numbers(text[:MOST_CHARACTERS])[: self._transformer.longest]
        return [] if numbers.count(self._pieces.unknown) > MOST_UNKNOWN * len(numbers) else numbers


def load_encoder(folder: Path | None = None) -> Encoder:
    """Load the encoder that ships with the bot; vectors of FAQs are kept in the folder, if there is one.

    Raises ValueError or OSError where the bot's own files are damaged or missing.
    """
    room = files("bot.encoder")
    vocabulary = json.loads(room.joinpath("vocab.json").read_text("utf-8"))
    return Encoder(room.joinpath("encoder.npz").read_bytes(), vocabulary, VectorStore(folder))


@cache
def shared_encoder() -> Encoder:
    """Return the one encoder of this process that keeps vectors in memory alone."""
    return load_encoder()


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of texts that run together: texts of like length; empty ones do not run."""
    batch: list[int] = []
    for place in sorted((place for place, length in enumerate(lengths) if length), key=lambda place: lengths[place]):
        if batch and (len(batch) == BATCH or lengths[place] > PADDED * lengths[batch[0]] + 1):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
