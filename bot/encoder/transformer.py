"""A small transformer that turns word pieces into sentence vectors, in numpy alone.

Pre-norm layers after Vaswani et al., "Attention Is All You Need" (2017), with the tanh GELU of Hendrycks and Gimpel
(2016). NOTICE.md says where the weights come from; `tools/train_encoder.py` trains them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

HEADS: Final = 8
EPSILON: Final = np.float32(1e-5)
"""Of every layer normalisation."""
PADDING: Final = 0
"""The number of the piece that fills a short text of a batch."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear map of row vectors: `x @ matrix + bias`."""

    matrix: Vectors
    bias: Vectors

    def __call__(self, rows: Vectors) -> Vectors:
        """Return the image of each row; as one product, since numpy multiplies stacks of matrices one by one."""
        image = rows.reshape(-1, len(self.matrix)) @ self.matrix
        image += self.bias
        return np.asarray(image.reshape(*rows.shape[:-1], -1))


@dataclass(frozen=True, slots=True)
class Norm:
    """A layer normalisation."""

    scale: Vectors
    shift: Vectors

    def __call__(self, rows: Vectors) -> Vectors:
        """Return the rows with mean 0 and variance 1, scaled and shifted."""
        width = np.float32(rows.shape[-1])
        centred = rows - rows.sum(axis=-1, keepdims=True) / width
        variance = np.einsum("...i,...i->...", centred, centred)[..., None] / width
        centred /= np.sqrt(variance + EPSILON)
        centred *= self.scale
        centred += self.shift
        return np.asarray(centred)


@dataclass(frozen=True, slots=True)
class Layer:
    """Self-attention and a feed-forward network, each with a normalisation before and a residual around it."""

    before_attention: Norm
    heads: Linear
    attended: Linear
    before_expansion: Norm
    expansion: Linear
    contraction: Linear

    def __call__(self, states: Vectors, shut: Vectors) -> Vectors:
        """Return texts x pieces x width states; `shut` is texts x pieces, hugely negative where a text has ended."""
        texts, pieces, width = states.shape
        split = self.heads(self.before_attention(states)).reshape(texts, pieces, 3, HEADS, width // HEADS)
        query, key, value = split.transpose(2, 0, 3, 1, 4)
        scores = query @ key.swapaxes(-1, -2) / np.float32(np.sqrt(width // HEADS)) + shut[:, None, None, :]
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ value
        states = states + self.attended(mixed.transpose(0, 2, 1, 3).reshape(texts, pieces, width))
        return states + self.contraction(gelu(self.expansion(self.before_expansion(states))))


class Transformer:
    """The encoder's weights and its forward pass."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of a weights file. Raises KeyError or ValueError where they are not those of this network."""
        self._pieces: NDArray[np.int8] = arrays["emb.q"]
        self._scales = _float(arrays["emb.s"]).reshape(-1, 1)
        self._positions = _float(arrays["pos.weight"])
        self._first = _norm(arrays, "ln0")
        count = sum(name.endswith(".qkv.weight") for name in arrays)
        self._layers = tuple(_layer(arrays, f"layers.{place}") for place in range(count))
        self._last = _norm(arrays, "lnf")
        self._out = _linear(arrays, "out")
        if len(self._pieces) != len(self._scales) or not self._layers:
            raise ValueError("its parts do not fit together")

    @property
    def pieces(self) -> int:
        """How many word pieces it knows."""
        return len(self._pieces)

    @property
    def longest(self) -> int:
        """How many pieces of a text it reads."""
        return len(self._positions)

    @property
    def width(self) -> int:
        """Numbers in a vector."""
        return len(self._out.bias)

    def __call__(self, texts: Sequence[Sequence[int]]) -> tuple[Vectors, Vectors]:
        """Return vectors of length one for n texts, each given as 1 to `longest` pieces.

        For each text the vector of its mean, n x width; and for each of its pieces in its context, n x pieces x width.
        """
        longest = max(map(len, texts))
        numbers = np.full((len(texts), longest), PADDING)
        for row, pieces in zip(numbers, texts, strict=True):
            row[: len(pieces)] = pieces
        held = (np.arange(longest) < np.array([[len(pieces)] for pieces in texts])).astype(np.float32)
        shut = (held - 1.0) * np.float32(1e9)
        states = self._first(self._pieces[numbers] * self._scales[numbers] + self._positions[:longest])
        for layer in self._layers:
            states = layer(states, shut)
        states = self._last(states)
        means = (states * held[..., None]).sum(axis=1) / held.sum(axis=1, keepdims=True)
        return _of_length_one(self._out(means)), _of_length_one(self._out(states))


def gelu(values: Vectors) -> Vectors:
    """Return 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), elementwise."""
    inner = values * values
    inner *= np.float32(0.044715)
    inner += 1.0
    inner *= values
    inner *= np.float32(np.sqrt(2.0 / np.pi))
    np.tanh(inner, out=inner)
    inner += 1.0
    inner *= values
    inner *= np.float32(0.5)
    return inner


def _layer(arrays: Mapping[str, NDArray[Any]], name: str) -> Layer:
    return Layer(
        before_attention=_norm(arrays, f"{name}.l1"),
        heads=_linear(arrays, f"{name}.qkv"),
        attended=_linear(arrays, f"{name}.o"),
        before_expansion=_norm(arrays, f"{name}.l2"),
        expansion=_linear(arrays, f"{name}.f1"),
        contraction=_linear(arrays, f"{name}.f2"),
    )


def _linear(arrays: Mapping[str, NDArray[Any]], name: str) -> Linear:
    return Linear(np.ascontiguousarray(_float(arrays[f"{name}.weight"]).T), _float(arrays[f"{name}.bias"]))


def _norm(arrays: Mapping[str, NDArray[Any]], name: str) -> Norm:
    return Norm(_float(arrays[f"{name}.weight"]), _float(arrays[f"{name}.bias"]))


def _of_length_one(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True))


def _float(array: NDArray[Any]) -> Vectors:
    return array.astype(np.float32)
