"""A page's front matter comes in, what it says about reading the page goes out: `faq: {questions: h3}`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.faq.fields import Fields, closest, kind_of
from bot.faq.page.anchors import RULES
from bot.faq.page.titles import is_faq_title, is_help_title

KINDS: Mapping[str, tuple[str, ...]] = {
    **{f"h{level}": (f"h{level}",) for level in range(1, 7)},
    "bold": ("bold",),
    "italic": ("italic",),
    "q": ("q",),
    "terms": ("term",),
    "items": ("item",),
    "lines": ("line",),
    "details": ("details",),
    "accordion": ("accordion", "accordionitem", "faq"),
    "faq": ("faq",),
    "data": (),
}
"""What `questions` may say, with the kinds of marks it means."""
_TITLE_KEYS = (
    "title",
    "linktitle",
    "nav_title",
    "sidebar_label",
    "slug",
    "permalink",
    "category",
    "type",
    "layout",
    "id",
    "url",
)
_TAG_KEYS = ("tags", "categories", "keywords")


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How a page is to be read; None: to be recognised."""

    questions: tuple[str, ...] | None = None
    slugs: str | None = None


def parse_settings(fields: Fields) -> PageSettings:
    """Read `faq` in the front matter of a page, where it is a map; a list there holds questions."""
    value = fields.value("faq")
    if not isinstance(value, dict):
        return PageSettings()
    for key in value:
        if key not in ("questions", "slugs") and closest(key, ("questions", "slugs")):
            fields.problem(f"`faq.{key}` is unknown; `questions` and `slugs` can be set.", "faq", key)
    questions = value.get("questions")
    if isinstance(questions, list) and any(isinstance(item, dict) for item in questions):
        questions = None
    return PageSettings(_questions(fields, questions), _slugs(fields, value.get("slugs")))


def is_faq_page(metadata: Mapping[str, object], file: str, first_title: str) -> bool:
    """Tell whether a page calls itself an FAQ: in its front matter, its file's name or its first title."""
    texts = [value for key, value in metadata.items() if key.lower() in _TITLE_KEYS and isinstance(value, str)]
    tags = [str(tag).lower() for key in _TAG_KEYS for tag in _items(metadata.get(key))]
    path = Path(file)
    folder = path.parent.name if path.stem.lower() in ("index", "_index", "readme") else ""
    named = path.stem.lower() == "faq" or folder.lower() in ("faq", "faqs")
    words = (re.sub(r"[-_/.]+", " ", text) for text in (*texts, path.stem, first_title))
    return named or "faq" in tags or "faqs" in tags or any(is_faq_title(text) or is_help_title(text) for text in words)


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _questions(fields: Fields, value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    names = value if isinstance(value, list) else [value]
    kinds: list[str] = []
    for name in names:
        if isinstance(name, str) and name.lower() in KINDS:
            kinds.extend(KINDS[name.lower()])
        else:
            given = name if isinstance(name, str) else kind_of(name)
            fields.problem(f"`faq.questions` cannot be {given}; choose of {', '.join(KINDS)}.", "faq", "questions")
    return tuple(kinds)


def _slugs(fields: Fields, value: object) -> str | None:
    if value is None or (isinstance(value, str) and value in RULES):
        return value if isinstance(value, str) else None
    given = value if isinstance(value, str) else kind_of(value)
    fields.problem(f"`faq.slugs` cannot be {given}; choose of {', '.join(RULES)}.", "faq", "slugs")
    return None
