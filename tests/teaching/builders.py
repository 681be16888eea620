"""Lessons and small FAQs on disk for tests of teaching."""

from datetime import date
from pathlib import Path

from bot.faq import Faq, load_faq
from bot.teaching.lesson import Kind, Lesson

BREAD = """---
question: Who bakes the bread?
also_asked:
  - what is the baker's name
  - which person makes your loaves
---
The baker does.
"""
HOURS = """---
question: When is the shop open?
also_asked:
  - opening hours
  - at what time do you close
---
From nine to five.
"""
CAKES = """---
topic: Cakes
also_asked: [do you sell cakes, wedding cake prices]
---
Ask the pastry shop.
"""


def shop(folder: Path) -> Path:
    """Write an FAQ of two entries and a signpost."""
    root = folder / "faq"
    (root / "signposts").mkdir(parents=True)
    for name, text in (("bread", BREAD), ("hours", HOURS), ("signposts/cakes", CAKES)):
        (root / f"{name}.md").write_text(text)
    return root


def load_shop(folder: Path) -> Faq:
    return load_faq(shop(folder))


def lesson(text: str, target: str = "bread", kind: Kind = "phrasing", item: int = 1, day: int = 1) -> Lesson:
    return Lesson(item, text, kind, target, date(2026, 11, day))
