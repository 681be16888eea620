"""Turn an answer as it stands on a site into Markdown that can be read anywhere: no templating, no dead links."""

from bot.faq.answer.clean import Cleaner, clean_text
from bot.faq.answer.inline import Inline
from bot.faq.answer.link_targets import Links
from bot.faq.answer.templates import Variables, page_variables, reduce_template

__all__ = ["Cleaner", "Inline", "Links", "Variables", "clean_text", "page_variables", "reduce_template"]
