"""An FAQ in, its index out, without learning anew what was learnt of the same FAQ before: kept in a folder.

Fits of a few FAQs are kept, for one that is edited and put back, and for a playground and a bot that share the folder.

A kept fit is used only where all that it was learnt from is the same: texts, code, encoder and libraries.
"""

import hashlib
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np

from bot.encoder import Encoder, load_arrays, save_arrays, shared_encoder
from bot.faq import Faq
from bot.matching import Fit, Index

LEARNS = ("bot.matching", "bot.encoder")
"""The rooms whose code a fit depends on."""

KEPT = 10
"""Files in the folder, below a megabyte each for an FAQ of usual size; the oldest goes."""


class FitCache:
    """A folder with a file for each FAQ that was learnt lately."""

    def __init__(self, folder: Path, code: str = "") -> None:
        """Keep fits in `folder`; `code` names the version of what learns, by default that of this program."""
        self._folder = folder
        self._code = code or _version_of_code()

    def index(self, faq: Faq, encoder: Encoder | None = None) -> Index:
        """Build the index, and keep its fit for the next time."""
        encoder = encoder or shared_encoder()
        key = _key(faq, encoder.name, self._code)
        file = self._folder / f"fit-{key[:16]}.npz"
        kept = load_arrays(file)
        if kept.keys() == {"key", "dual", "coefficients"} and str(kept["key"]) == key:
            return Index(faq.entries, faq.signposts, encoder=encoder, fit=Fit(kept["dual"], kept["coefficients"]))
        index = Index(faq.entries, faq.signposts, encoder=encoder)
        fit = index.fit
        save_arrays(file, {"key": np.array(key), "dual": fit.dual, "coefficients": fit.coefficients})
        self._forget_oldest()
        return index

    def _forget_oldest(self) -> None:
        with suppress(OSError):
            files = sorted(self._folder.glob("*.npz"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
            for file in files[KEPT:]:
                file.unlink()


def _key(faq: Faq, encoder: str, code: str) -> str:
    entries = [(entry.question, entry.also_asked, entry.answer) for entry in faq.entries]
    signposts = [(signpost.topic, signpost.also_asked) for signpost in faq.signposts]
    learnt_from = repr((entries, signposts, encoder, code))
    return hashlib.sha256(learnt_from.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _version_of_code() -> str:
    sources = [file for room in LEARNS for file in files(room).iterdir() if file.is_file()]
    digest = hashlib.sha256()
    for file in sorted(sources, key=lambda file: file.name):
        digest.update(file.name.encode() + file.read_bytes())
    return f"{digest.hexdigest()} numpy {version('numpy')} rapidfuzz {version('rapidfuzz')}"
