"""Small stand-ins for the data file and the transformer."""

from types import SimpleNamespace

import numpy as np

from bot.semantic.table import pack

TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "who", "pays", "fund", "##ing", "money", "?"]
WORDS = ["funders"]


def a_data_file() -> bytes:
    kept = np.array([False] * 4 + [True] * 7)
    vectors = np.random.default_rng(1).normal(size=(7, 8)).astype(np.float32)
    return pack(TOKENS, WORDS, kept, vectors)


class FakeSession:
    """Counts the texts that it runs; the hidden state of a token is its number, twice, and 1."""

    def __init__(self):
        self.texts = 0

    def get_inputs(self):
        return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

    def run(self, outputs, inputs):
        tokens = inputs["input_ids"].astype(np.float32)
        self.texts += len(tokens)
        return [np.stack([tokens, 2 * tokens, np.ones_like(tokens)], axis=2)]
