"""Read a page of questions as it is published, in whatever way it writes them down.

The way of a page: `normalize` (in markdown/) turns its wrappers into marks, `outline` finds everything that may be a
title, `tree` what stands below what, `classify` which of it are the questions, and `extract` cuts out the answers.
What is known of a format of questions stands in its row in `formats`: to add one is a row, and a page in tests/faq.
"""

from bot.faq.page.entries import NO_QUESTIONS, parse_page

__all__ = ["NO_QUESTIONS", "parse_page"]
