"""Texts in, sentence vectors out: a small transformer that ships with the bot and runs in numpy."""

from bot.encoder.arrays import load_arrays, save_arrays
from bot.encoder.encoder import Encoder, Encoding, load_encoder, shared_encoder
from bot.encoder.transformer import Vectors

__all__ = ["Encoder", "Encoding", "Vectors", "load_arrays", "load_encoder", "save_arrays", "shared_encoder"]
