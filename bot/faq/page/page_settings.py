"""Read a page's front matter: how it wants to be read, `faq: {questions: h3}`, and the questions that stand in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.faq.anchors import RULES
from bot.faq.delimiters import holds_items
from bot.faq.fields import Fields, closest, kind_of
from bot.faq.page.formats import SETTINGS
from bot.faq.page.titles import is_faq_title, is_help_title

_TITLE_KEYS = frozenset([
    "title", "linktitle", "nav_title", "sidebar_label", "slug", "permalink", "category", "type", "layout", "id",
    "url",
])  # fmt: skip
_TAG_KEYS = ("tags", "categories", "keywords")
_QUESTION_KEYS = ("question", "q", "title", "name", "heading", "header", "summary")
_ANSWER_KEYS = ("answer", "a", "content", "text", "body", "description", "acceptedanswer")
_GROUP_KEYS = ("category", "section", "group", "title", "name", "heading", "header", "topic")
_MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How a page is to be read; None: to be recognised."""

    questions: tuple[str, ...] | None = None
    slugs: str | None = None


@dataclass(frozen=True, slots=True)
class DataItem:
    """One question of the front matter."""

    question: str
    answer: str
    section: str | None
    path: tuple[str | int, ...]
    id: str = ""


def parse_settings(fields: Fields) -> PageSettings:
    """Read `faq` in the front matter of a page, where it is a map; a list there holds questions."""
    value = fields.value("faq")
    if not isinstance(value, dict):
        return PageSettings()
    for key in value:
        if key not in ("questions", "slugs") and closest(key, ("questions", "slugs")):
            fields.problem(f"`faq.{key}` is unknown; `questions` and `slugs` can be set.", "faq", key)
    names, slugs = value.get("questions"), value.get("slugs")
    if isinstance(names, list) and any(isinstance(item, dict) for item in names):
        names = None
    slugs = [slugs] if slugs is not None else []
    asked = names if isinstance(names, list) else [names]
    questions = () if names is None else _known(fields, "questions", asked, SETTINGS)
    rules = _known(fields, "slugs", slugs, {rule: (rule,) for rule in RULES})
    return PageSettings(None if names is None else questions, rules[0] if rules else None)


def _known(fields: Fields, key: str, names: list[object], meanings: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return what `names` mean; each unknown one becomes a problem."""
    found: list[str] = []
    for name in names:
        if isinstance(name, str) and name.lower() in meanings:
            found.extend(meanings[name.lower()])
        else:
            given = name if isinstance(name, str) else kind_of(name)
            fields.problem(f"`faq.{key}` cannot be {given}; choose of {', '.join(meanings)}.", "faq", key)
    return tuple(found)


def is_faq_page(metadata: Mapping[str, object], file: str, first_title: str) -> bool:
    """Return whether a page calls itself an FAQ: in its front matter, its file's name or its first title."""
    texts = [value for key, value in metadata.items() if key.lower() in _TITLE_KEYS and isinstance(value, str)]
    lists = [metadata.get(key) for key in _TAG_KEYS]
    tags = {str(tag).lower() for tags in lists if isinstance(tags, list) for tag in tags}
    path = Path(file)
    folder = path.parent.name if path.stem.lower() in ("index", "_index", "readme") else ""
    named = path.stem.lower() == "faq" or folder.lower() in ("faq", "faqs")
    words = (re.sub(r"[-_/.]+", " ", text) for text in (*texts, path.stem, first_title))
    return named or bool({"faq", "faqs"} & tags) or any(is_faq_title(text) or is_help_title(text) for text in words)


def find_items(metadata: Mapping[str, object]) -> Iterator[DataItem]:
    """Return the questions in lists whose name speaks of questions (`faqs`, `faq`, `questions`, ...)."""
    for key, value in metadata.items():
        if holds_items(key):
            yield from _items(value, None, (key,))


def _items(value: object, section: str | None, path: tuple[str | int, ...]) -> Iterator[DataItem]:
    if len(path) > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for number, child in enumerate(value):
            yield from _items(child, section, (*path, number))
    elif isinstance(value, dict):
        question, answer = _text(value, _QUESTION_KEYS), _text(value, _ANSWER_KEYS)
        asked = question and not any(isinstance(child, list | dict) for child in value.values())
        if question and (answer or (asked and _text(value, ("question", "q")))):
            anchor = _text(value, ("anchor", "id", "slug")) or ""
            yield DataItem(" ".join(question.split()), answer or "", section, path, anchor.removeprefix("#"))
            return
        group = _text(value, _GROUP_KEYS) or section
        for key, child in value.items():
            if isinstance(child, list | dict):
                yield from _items(child, group, (*path, str(key)))


def _text(value: dict[str, object], keys: tuple[str, ...]) -> str | None:
    lowered = {str(key).lower(): child for key, child in value.items()}
    found = (lowered.get(key) for key in keys)
    texts = (child.get("text") if isinstance(child, dict) else child for child in found)
    return next((text for text in texts if isinstance(text, str) and text.strip()), None)
