"""The whole FAQ, by section and in pages: as a private message, as the Home tab, and one entry as a modal."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from bot import wording
from bot.faq import Entry
from bot.slack.views import action_ids
from bot.slack.views.button_state import Carried
from bot.slack.views.components import (
    SECTION_LIMIT,
    Block,
    Message,
    actions,
    button,
    context,
    header,
    section,
    type_ahead,
)
from bot.slack.views.mrkdwn import escape, to_mrkdwn
from bot.slack.views.replies import Frame
from bot.slack.views.truncate import cut_markdown, split_mrkdwn

LIST_PAGE = 20
"""Entries on a page of the list: with a section each they need 42 of the 50 blocks that a message holds."""
HOME_PAGE = 36
"""Entries on a page of Home: with a section each they need 77 of the 100 blocks that a view holds."""


MODAL_LIMIT = 24_000
"""Characters of an answer in a modal, which can be scrolled; 100 blocks could hold more than anybody reads."""


def render_list(entries: Sequence[Entry], page: int) -> Message:
    """Lay out one page of the list of all questions."""
    shown, page, pages = _page(entries, page, LIST_PAGE)
    lines = [f"• {escape(entry.question)}" for entry in shown] + (
        [wording.page_of(page + 1, pages)] if pages > 1 else []
    )
    text = "\n".join(lines)
    blocks = (*_by_section(shown), *_page_buttons(action_ids.LIST_PAGE, page, pages))
    return Message(
        f"{wording.all_questions(len(entries))}\n{text}", (section(wording.all_questions(len(entries))), *blocks)
    )


def render_home(entries: Sequence[Entry], page: int, frame: Frame, above: Sequence[Block] = ()) -> dict[str, Any]:
    """Lay out the Home tab, as the view that views.publish takes; `above` stands on top, in up to 23 blocks."""
    shown, page, pages = _page(entries, page, HOME_PAGE)
    publication, keeps = frame.publication, frame.keeps_unanswered
    about = to_mrkdwn(wording.about(publication.url, publication.help_text, keeps_unanswered=keeps))
    return {
        "type": "home",
        "blocks": [
            *above,
            section(about),
            section(wording.LOOK_UP, type_ahead(action_ids.SEARCH)),
            {"type": "divider"},
            *_by_section(shown),
            *_page_buttons(action_ids.HOME_PAGE, page, pages),
        ],
    }


def render_modal(entry: Entry, frame: Frame) -> dict[str, Any]:
    """Lay out one entry as a modal, which knows no markdown blocks."""
    link_line = frame.publication.link_line(entry, frame.today)
    has_link = bool(entry.link(frame.publication.url))
    answer = cut_markdown(entry.answer, MODAL_LIMIT, wording.CUT_ANSWER if has_link else wording.CUT_WITHOUT_LINK)
    parts = split_mrkdwn(to_mrkdwn(answer), SECTION_LIMIT)
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": wording.MODAL_TITLE},
        "close": {"type": "plain_text", "text": wording.CLOSE},
        "blocks": [
            section(f"*{escape(entry.question)}*"),
            *(section(part) for part in parts),
            *([context(link_line)] if link_line else []),
        ],
    }


def render_gone(sentence: str = wording.ENTRY_GONE) -> dict[str, Any]:
    """Lay out the modal that stands in for an entry that has gone, or was never there."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": wording.MODAL_TITLE},
        "close": {"type": "plain_text", "text": wording.CLOSE},
        "blocks": [section(sentence)],
    }


def _page(entries: Sequence[Entry], page: int, size: int) -> tuple[Sequence[Entry], int, int]:
    """Return one page of the entries, each section in one place: where its first entry stands."""
    places: dict[str | None, int] = {}
    for entry in entries:
        places.setdefault(entry.section, len(places))
    entries = sorted(entries, key=lambda entry: places[entry.section])
    pages = max(1, -(-len(entries) // size))
    page = min(page, pages - 1)
    return entries[page * size : (page + 1) * size], page, pages


def _by_section(entries: Sequence[Entry]) -> list[Block]:
    blocks = []
    number = 0
    for name, members in groupby(entries, key=lambda entry: entry.section):
        if name:
            blocks.append(header(name))
        for entry in members:
            number += 1
            show = button(
                wording.SHOW, f"{action_ids.SHOW}{number}", Carried(entry=entry.id), f"Show: {entry.question}"
            )
            blocks.append(section(escape(entry.question), show))
    return blocks


def _page_buttons(action_id: str, page: int, pages: int) -> list[Block]:
    if pages == 1:
        return []
    turns = [(page - 1, wording.BACK), (page + 1, wording.FORWARD)]
    buttons = [button(text, f"{action_id}{to}", Carried(page=to)) for to, text in turns if 0 <= to < pages]
    return [context(wording.page_of(page + 1, pages)), actions(buttons)]
