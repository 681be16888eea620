"""What an embedder is: texts in, vectors of length one out. It knows nothing of FAQs and never fails on a text."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Weigh = Callable[[str], float]
"""How much a word says, 0 or more; for instance its inverse document frequency."""

MOST_CHARACTERS = 4000
"""Characters of a text that are read, so that any text takes bounded time."""


class Embedder(Protocol):
    """Gives sentence vectors. The same texts give the same vectors on the same machine, whatever came before."""

    @property
    def name(self) -> str:
        """What the vectors come from; vectors of different names must not be compared."""
        ...

    @property
    def reads_sentences(self) -> bool:
        """Whether it reads a sentence as a whole, rather than adding up its words."""
        ...

    def embed(self, texts: Sequence[str], weigh: Weigh | None = None) -> Vectors:
        """Give one row a text, n x d: of length one, or all zeros where no part of the text is known.

        `weigh` says how much each word of the text counts, by the words of the FAQ at hand; an embedder that reads
        whole sentences does not need it. Keeps one core busy: below 0.1 ms a text in light mode, 5 to 15 ms in full
        mode. An event loop must call it in a thread.
        """
        ...

    def embed_index(self, texts: Sequence[str], weigh: Weigh | None = None) -> Vectors:
        """Give the same for the FAQ's own texts, which an embedder may keep from one start to the next."""
        ...


def unit_rows(rows: Vectors) -> Vectors:
    """Give rows of length one; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = (rows / np.where(lengths > 1e-9, lengths, np.inf)).astype(np.float32, copy=False)
    return scaled
