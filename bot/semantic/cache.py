"""Vectors of an FAQ's own texts, kept in a folder by the hash of their content. Never for what people ask.

Whatever is wrong with the folder or a file in it, the vectors are made anew.
"""

import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

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
            self._save(name, {key: kept[key] for key in keys})
        return np.array([kept[key] for key in keys], np.float32) if keys else make([])

    def _load(self, name: str) -> dict[str, Vectors]:
        try:
            with self._file(name).open("rb") as data, np.load(data, allow_pickle=False) as held:
                keys, vectors = held["keys"].tolist(), held["vectors"]
            fits = vectors.dtype == np.float32 and vectors.ndim == 2 and len(keys) == len(vectors)
            return dict(zip(keys, vectors, strict=True)) if fits and bool(np.isfinite(vectors).all()) else {}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return {}

    def _save(self, name: str, kept: dict[str, Vectors]) -> None:
        file = self._file(name)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as out:
                np.savez(out, keys=np.array(list(kept)), vectors=np.array(list(kept.values()), np.float32))
            draft.replace(file)
        except OSError:
            with suppress(OSError):
                draft.unlink()

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.npz"
