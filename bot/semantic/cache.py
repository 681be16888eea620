"""Vectors of an FAQ's own texts, kept in a folder by the hash of their content. Never for what people ask.

Whatever is wrong with the folder or a file in it, the vectors are made anew.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.arrays import load_arrays, save_arrays
from bot.semantic.embedder import Vectors


class IndexCache:
    """A folder with one file for each embedder: the vectors of the texts that it was last asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def embed(self, name: str, texts: Sequence[str], make: Callable[[Sequence[str]], Vectors]) -> Vectors:
        """Give n x d vectors: those kept under the name, and what `make` gives for the texts that are missing."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
        kept = self._load(name)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
        if missing:
            kept |= dict(zip(missing, make(list(missing.values())), strict=True))
            vectors = np.array([kept[key] for key in keys], np.float32)
            save_arrays(self._file(name), {"keys": np.array(keys), "vectors": vectors})
        return np.array([kept[key] for key in keys], np.float32) if keys else make([])

    def _load(self, name: str) -> dict[str, Vectors]:
        held = load_arrays(self._file(name))
        if held.keys() != {"keys", "vectors"}:
            return {}
        keys, vectors = held["keys"].tolist(), held["vectors"]
        fits = vectors.dtype == np.float32 and vectors.ndim == 2 and len(keys) == len(vectors)
        return dict(zip(keys, vectors, strict=True)) if fits and bool(np.isfinite(vectors).all()) else {}

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.npz"
