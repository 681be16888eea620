"""Read Markdown as sites write it, wrappers and templating included. Knows nothing of questions.

A syntax of wrappers is a row in `wrappers`; elements of HTML and components stand in `html_elements`.
"""

from bot.faq.markdown.normalize import Normalized, normalize
from bot.faq.markdown.parser import CLOSE, OPEN, inline_tokens, parse_blocks, plain_text
from bot.faq.markdown.tags import Tag, parse_arguments, parse_tag
from bot.faq.markdown.wrappers import Wrapper

__all__ = [
    "CLOSE", "OPEN", "Normalized", "Tag", "Wrapper", "inline_tokens", "normalize", "parse_arguments", "parse_blocks",
    "parse_tag", "plain_text",
]  # fmt: skip
