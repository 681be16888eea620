"""Vectors of an FAQ's own texts by their content: an edit encodes only what it changed. Never for what people ask.

Whatever is wrong with the folder or a file in it, the vectors are made anew.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.encoder.arrays import Arrays, load_arrays, save_arrays


@dataclass(frozen=True, slots=True)
class Kept:
    """What the encoder made of one text."""

    vector: NDArray[np.float32]
    pieces: NDArray[np.int32]
    states: NDArray[np.int8]
    """pieces x width, or without rows."""


class VectorStore:
    """Keeps what was last asked for under each name: in a folder if there is one, else in memory."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._held: dict[str, dict[str, Kept]] = {}

    def get(self, name: str, texts: Sequence[str], make: Callable[[Sequence[str]], Iterable[Kept]]) -> list[Kept]:
        """Return what is kept for each text under the name; `make` gives it for the texts that are missing."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
        held = self._load(name)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
        if missing:
            held = held | dict(zip(missing, make(list(missing.values())), strict=True))
            self._save(name, {key: held[key] for key in keys})
        return [held[key] for key in keys]

    def _save(self, name: str, held: dict[str, Kept]) -> None:
        if self._folder is None:
            self._held[name] = held
            return
        kept = list(held.values())
        arrays: Arrays = {
            "keys": np.array(list(held)),
            "vectors": np.array([each.vector for each in kept]),
            "lengths": np.array([[len(each.pieces), len(each.states)] for each in kept]),
            "pieces": np.concatenate([each.pieces for each in kept]),
            "states": np.concatenate([each.states for each in kept]),
        }
        save_arrays(self._file(self._folder, name), arrays)

    def _load(self, name: str) -> dict[str, Kept]:
        if self._folder is None:
            return self._held.get(name, {})
        held = load_arrays(self._file(self._folder, name))
        try:
            keys, vectors, lengths = held["keys"].tolist(), held["vectors"], held["lengths"]
            pieces = np.split(held["pieces"], np.cumsum(lengths[:-1, 0]))
            states = np.split(held["states"], np.cumsum(lengths[:-1, 1]))
            fits = vectors.dtype == np.float32 and held["states"].dtype == np.int8 and bool(np.isfinite(vectors).all())
            rows = zip(vectors, pieces, states, strict=True)
            return dict(zip(keys, (Kept(*row) for row in rows), strict=True)) if fits else {}
        except (KeyError, ValueError, IndexError):
            return {}

    @staticmethod
    def _file(folder: Path, name: str) -> Path:
        return folder / f"{name}.npz"
