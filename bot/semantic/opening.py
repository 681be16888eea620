"""A mode -> the embedder that serves it, or the next lighter one with a note of one line. Never fails."""

from pathlib import Path
from typing import Final, Literal

from bot.semantic.cache import IndexCache
from bot.semantic.embedder import Embedder
from bot.semantic.full import open_full
from bot.semantic.light import Light
from bot.semantic.table import UnusableError, unpack

Mode = Literal["auto", "light", "full", "off"]

TABLE: Final = Path(__file__).with_name("vectors.bin")


def open_embedder(
    mode: Mode = "auto", path: Path | None = None, cache: Path | None = None, table: Path = TABLE
) -> tuple[Embedder | None, str]:
    """Give the embedder of a mode, and what the operator should know in one line ("" if all is as asked).

    `auto` takes full where a model is at hand and light elsewhere, in silence. `path` is another ONNX model of the
    same kind (uncased BERT vocabulary, mean pooling); `cache` a folder for the vectors of the index in full mode.
    """
    if mode == "off":
        return None, ""
    try:
        light = Light(unpack(table.read_bytes()))
    except OSError as error:
        return None, f"Semantic similarity is off: {table} cannot be read: {error.strerror}. Install the bot anew."
    except UnusableError as error:
        return None, f"Semantic similarity is off: {table} cannot be used: {error}. Install the bot anew."
    if mode == "light":
        return light, ""
    try:
        return open_full(path, light.tokens, IndexCache(cache) if cache else None), ""
    except UnusableError as error:
        wanted = mode == "full" or path is not None
        return light, f"Semantic similarity is light instead of full: {error}." if wanted else ""
