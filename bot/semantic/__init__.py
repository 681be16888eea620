"""Sentence vectors: texts in, numpy vectors out, by a small table of word vectors or by a transformer."""

from bot.semantic.embedder import Embedder, Vectors, Weigh
from bot.semantic.opening import Mode, open_embedder

__all__ = ["Embedder", "Mode", "Vectors", "Weigh", "open_embedder"]
