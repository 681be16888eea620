"""A page's front matter comes in, the questions that stand in it as data go out: lists of question and answer."""

from collections.abc import Iterator
from dataclasses import dataclass

_QUESTION_KEYS = ("question", "q", "title", "name", "heading", "header", "summary")
_ANSWER_KEYS = ("answer", "a", "content", "text", "body", "description", "acceptedanswer")
_GROUP_KEYS = ("category", "section", "group", "title", "name", "heading", "header", "topic")
_LIST_KEYS = ("faq", "question", "entries", "q&a", "qa", "qna")
_MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class DataItem:
    """One question of the front matter."""

    question: str
    answer: str
    section: str | None
    path: tuple[str | int, ...]
    id: str = ""


def find_items(metadata: object) -> Iterator[DataItem]:
    """Give the questions in lists whose name speaks of questions (`faqs`, `faq`, `questions`, ...)."""
    if isinstance(metadata, dict):
        for key, value in metadata.items():
            if holds_items(key):
                yield from _items(value, None, (key,))


def holds_items(key: object) -> bool:
    """Tell whether a key's name speaks of questions."""
    return isinstance(key, str) and any(name in key.lower() for name in _LIST_KEYS)


def _items(value: object, section: str | None, path: tuple[str | int, ...]) -> Iterator[DataItem]:
    if len(path) > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for number, child in enumerate(value):
            yield from _items(child, section, (*path, number))
    elif isinstance(value, dict):
        question, answer = _text(value, _QUESTION_KEYS), _text(value, _ANSWER_KEYS)
        if question and answer:
            anchor = _text(value, ("anchor", "id", "slug")) or ""
            yield DataItem(" ".join(question.split()), answer, section, path, anchor.removeprefix("#"))
            return
        group = _text(value, _GROUP_KEYS) or section
        for key, child in value.items():
            if isinstance(child, list | dict):
                yield from _items(child, group, (*path, str(key)))


def _text(value: dict[str, object], keys: tuple[str, ...]) -> str | None:
    lowered = {str(key).lower(): child for key, child in value.items()}
    for key in keys:
        child = lowered.get(key)
        if isinstance(child, dict):
            child = child.get("text")
        if isinstance(child, str) and child.strip():
            return child
    return None
