"""The data file of the light mode: bytes <-> vocabulary and word vectors. Damage is noticed, never interpreted.

Layout: 8 bytes of magic and version, the SHA-256 of all that follows, the length of a JSON header as 4 bytes (little
endian), the header, the vocabulary (zlib; a token a line, whole words behind the tokens), a bit for each token and
word that has a vector, one float32 scale a vector, and the vectors as int8.
"""

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.semantic.embedder import Vectors

MAGIC: Final = b"FAQVEC\x00\x01"
_DIGEST: Final = 32
_START: Final = len(MAGIC) + _DIGEST + 4


class UnusableError(Exception):
    """Data or a model that cannot be used; the text is one clause that says why."""


@dataclass(frozen=True, slots=True)
class Table:
    """Vectors of WordPiece tokens and of whole words."""

    tokens: tuple[str, ...]
    """In the order of the model's own numbering."""
    words: tuple[str, ...]
    """Further words that have a vector of their own instead of their pieces'; numbered behind the tokens."""
    rows: NDArray[np.int32]
    """For each token and word its row, -1 where it has none."""
    scales: Vectors
    """What the values of each row are multiplied by."""
    values: NDArray[np.int8]
    """Rows x dimensions."""


def pack(tokens: Sequence[str], words: Sequence[str], kept: NDArray[np.bool_], vectors: Vectors) -> bytes:
    """Give the file for vectors of the tokens and words that are `kept`; the same input gives the same bytes."""
    scales = (np.abs(vectors).max(axis=1) / 127.0).astype("<f4")
    values = np.rint(vectors / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8)
    vocabulary = zlib.compress("\n".join([*tokens, *words]).encode(), 9)
    shape = {"tokens": len(tokens), "words": len(words), "rows": len(values), "dimensions": values.shape[1]}
    header = json.dumps({**shape, "vocabulary": len(vocabulary)}, sort_keys=True).encode()
    parts = (header, vocabulary, np.packbits(kept).tobytes(), scales.tobytes(), values.tobytes())
    rest = len(header).to_bytes(4, "little") + b"".join(parts)
    return MAGIC + hashlib.sha256(rest).digest() + rest


def unpack(data: bytes) -> Table:
    """Read a file that `pack` wrote. Raises UnusableError for any other data."""
    if data[: len(MAGIC)] != MAGIC:
        raise UnusableError("it is not a file of word vectors that this version reads")
    if hashlib.sha256(memoryview(data)[len(MAGIC) + _DIGEST :]).digest() != data[len(MAGIC) : _START - 4]:
        raise UnusableError("it is damaged: its checksum is wrong")
    try:
        return _unpack(data)
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise UnusableError(f"it is malformed: {error}") from error


def _unpack(data: bytes) -> Table:
    size = int.from_bytes(data[_START - 4 : _START], "little")
    header = json.loads(data[_START : _START + size])
    count, rows, width = header["tokens"] + header["words"], header["rows"], header["dimensions"]
    sizes = (header["vocabulary"], (count + 7) // 8, 4 * rows, rows * width)
    starts = list(accumulate(sizes, initial=_START + size))
    vocabulary = zlib.decompress(data[starts[0] : starts[1]]).decode().split("\n")
    kept = np.unpackbits(np.frombuffer(data, np.uint8, sizes[1], starts[1]))[:count].astype(bool)
    if len(vocabulary) != count or int(kept.sum()) != rows:
        raise ValueError("its parts do not fit together")
    return Table(
        tokens=tuple(vocabulary[: header["tokens"]]),
        words=tuple(vocabulary[header["tokens"] :]),
        rows=np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32),
        scales=np.frombuffer(data, "<f4", rows, starts[2]),
        values=np.frombuffer(data, np.int8, rows * width, starts[3]).reshape(rows, width),
    )
