"""Settings in, the means by which the playground's page explains and teaches out. Opens nothing itself."""

from collections.abc import Callable
from pathlib import Path

from bot.app import open_faq, open_help_desk
from bot.config import SHIPPED_FAQ, Settings
from bot.playground.editor_desk import FaqTools
from bot.store import FitCache

QUESTIONS = Path("tests") / "quality" / "questions.jsonl"
"""Below the folder of the shipped FAQ's parent, in a checkout."""


def is_shipped_faq(path: Path) -> bool:
    """Tell whether that is the FAQ that comes with the bot."""
    return path.resolve() == SHIPPED_FAQ.resolve()


def build_faq_tools(settings: Settings, is_shipped: Callable[[Path], bool] = is_shipped_faq) -> FaqTools:
    """Give the means for the FAQ that the settings name, and for any other that is picked on the page."""
    questions = SHIPPED_FAQ.parent / QUESTIONS
    fits = FitCache(settings.data_path / "fits")
    return FaqTools(
        path=settings.faq_path,
        open_desk=lambda path: open_help_desk(_for(settings, path), fits),
        load=lambda path: open_faq(_for(settings, path)),
        faq_url=settings.faq_url,
        is_shipped=is_shipped,
        signposts=settings.faq_signposts,
        questions=questions if questions.is_file() else None,
    )


def _for(settings: Settings, path: Path) -> Settings:
    if path == settings.faq_path:
        return settings
    return settings.model_copy(update={"faq_path": path, "faq_signposts": None})
