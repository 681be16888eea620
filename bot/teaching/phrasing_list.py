"""A file's text and new phrasings come in, the text with them in its front matter goes out, proven to say no more.

Never writes files, and never gives a text whose front matter would read as anything but the old with the new phrasings.
"""

import copy
from collections.abc import Sequence

import yaml

from bot.errors import FaqError, Problem
from bot.faq.diagnostics import Diagnostics
from bot.faq.front_matter import Document, parse_document
from bot.faq.placeholders import Placeholders
from bot.faq.sources import Source
from bot.teaching.edits import Edit, apply_edits, insert, with_line_ends
from bot.teaching.toml_list import toml_edits
from bot.teaching.yaml_list import Unclear, json_edits, yaml_edits

BYTE_ORDER_MARK = "\ufeff"


def add_phrasings(text: str, path: Sequence[str], phrasings: Sequence[str], file: str) -> str:
    """Add phrasings to the list at `path` of the front matter of `text`, the whole content of `file`.

    `path` is a key, or a key and one below it; what is missing is made. Comments, quotes, layout, line ends and a
    byte order mark stay. Raises FaqError where the file is faulty or cannot be edited without changing more.
    """
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    raw = text.removeprefix(mark)
    before = _parsed(raw, file)
    try:
        edits = with_line_ends(raw, _edits(before, path, phrasings))
        after = _parsed(changed := apply_edits(raw, edits), file)
    except (Unclear, yaml.YAMLError, FaqError) as error:
        raise _refusal(before, path, phrasings) from error
    if not _says(after, before, path, phrasings):
        raise _refusal(before, path, phrasings)
    return mark + changed


def _edits(document: Document, path: Sequence[str], phrasings: Sequence[str]) -> list[Edit]:
    if not document.form:
        block = "\n".join(edit.text for edit in yaml_edits("", path, phrasings))
        return [insert(0, f"---\n{block}---\n")]
    editor = {"yaml": yaml_edits, "toml": toml_edits, "json": json_edits}[document.form]
    start, end = document.head
    head = document.source.text[start:end]
    edits = editor(Placeholders(head, rewrite=True, quoted=document.form == "json").text, path, phrasings)
    return [Edit(start + edit.start, start + edit.end, edit.text) for edit in edits]


def _parsed(raw: str, file: str) -> Document:
    diagnostics = Diagnostics()
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    document = parse_document(Source(file, file, text), diagnostics)
    diagnostics.raise_problems()
    assert document, "what cannot be taken apart has problems"
    return document


def _says(after: Document, before: Document, path: Sequence[str], phrasings: Sequence[str]) -> bool:
    """Return whether the file says what it said, and the new phrasings besides."""
    expected = copy.deepcopy(dict(before.metadata))
    place: dict[str, object] = expected
    for step in path[:-1]:
        inner = place.get(step)
        place[step] = place = inner if isinstance(inner, dict) else {}
    held = place.get(path[-1])
    place[path[-1]] = [*(held if isinstance(held, list) else []), *phrasings]
    return _comparable(after.metadata) == _comparable(expected) and after.body == before.body


def _comparable(value: object) -> object:
    """Return a form that differs where two values do: 1 and true, or 1 and 1.0, are equal in Python."""
    if isinstance(value, dict):
        return sorted((key, repr(_comparable(child))) for key, child in value.items())
    if isinstance(value, list):
        return [_comparable(child) for child in value]
    return repr(value)


def _refusal(document: Document, path: Sequence[str], phrasings: Sequence[str]) -> FaqError:
    place = " > ".join(path)
    text = f"`{place}` is written in a way that cannot be edited for sure; add there yourself: {'; '.join(phrasings)}"
    return FaqError([Problem(document.source.file, document.line(*path), text)])
