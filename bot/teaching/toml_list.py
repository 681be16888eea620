"""TOML front matter: the edit that adds phrasings to one of its lists. tomlkit keeps all else as it is."""

from collections.abc import MutableMapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import Array

from bot.teaching.edits import Edit
from bot.teaching.yaml_list import Unclear


def toml_edits(text: str, path: Sequence[str], phrasings: Sequence[str]) -> list[Edit]:
    """Return the edit of TOML `text` that adds phrasings to the array at `path`, which may not exist yet."""
    end = "\n" if text and not text.endswith("\n") else ""
    document = tomlkit.parse(text + end)
    holder: Any = document
    for step in path[:-1]:
        if step not in holder:
            _add_table(document, step)
        holder = holder[step]
    if not isinstance(holder, MutableMapping):
        raise Unclear
    held = holder.setdefault(path[-1], tomlkit.array())
    if not isinstance(held, Array):
        raise Unclear
    held.extend(phrasings)
    return [_difference(text, tomlkit.dumps(document).removesuffix(end))]


def _add_table(document: tomlkit.TOMLDocument, name: str) -> None:
    if document.body:
        document.add(tomlkit.nl())
    document.add(name, tomlkit.table())


def _difference(before: str, after: str) -> Edit:
    """Return the one edit that makes a text of another: what they share at both ends is left out."""
    least = min(len(before), len(after))
    start = next((n for n in range(least) if before[n] != after[n]), least)
    end = next((n for n in range(least - start) if before[-1 - n] != after[-1 - n]), least - start)
    return Edit(start, len(before) - end, after[start : len(after) - end])
