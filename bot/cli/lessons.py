"""The inbox's items that maintainers decided about come in, lessons for the FAQ go out. Who asked stays behind."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from bot.errors import SettingsError
from bot.store import Item, Status
from bot.teaching.lesson import Kind, Lesson

_KINDS: dict[Status, Kind] = {"answered": "phrasing", "not_for_faq": "example", "needs_entry": "draft"}
ACCEPTED: tuple[Status, ...] = tuple(_KINDS)
"""The decisions that teach something."""


def lessons_from(items: Sequence[Item], wanted: Collection[int]) -> tuple[Lesson, ...]:
    """Give the lessons of the items, or of those `wanted` by id.

    Raises:
        SettingsError: one that is wanted is not among them.
    """
    if missing := sorted(set(wanted) - {item.id for item in items}):
        named = ", ".join(map(str, missing))
        what = f"--items {named}: no decided question that still has to be written has this number."
        raise SettingsError(what, "flatcar-faq inbox lists the questions.")
    return tuple(_lesson(item) for item in items if (not wanted or item.id in wanted) and _teaches(item))


def _teaches(item: Item) -> bool:
    """Tell whether a decision teaches anything: "not for the FAQ, and none of its signposts' subjects" does not."""
    return item.status != "not_for_faq" or bool(item.topic)


def _lesson(item: Item) -> Lesson:
    kind = _KINDS[item.status]
    target = {"phrasing": item.entry, "example": item.topic, "draft": ""}[kind]
    return Lesson(item.id, item.sent.text, kind, target, datetime.fromtimestamp(item.at, UTC).date())
