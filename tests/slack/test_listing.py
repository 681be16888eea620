"""The whole FAQ on one screen, however large it is."""

import dataclasses
import json
from typing import Any

import pytest

from bot import wording
from bot.faq import Entry
from bot.slack.views.button_state import decode
from bot.slack.views.listing import render_home, render_list, render_modal
from bot.slack.views.replies import Frame
from tests.builders import PUBLICATION, TODAY, entry

FRAME = Frame(PUBLICATION, TODAY)


def test_home_says_so_where_questions_without_an_answer_are_kept() -> None:
    said = [render_home((entry(),), 0, Frame(PUBLICATION, TODAY, keeps_unanswered=keeps)) for keeps in (False, True)]
    first, second = (str(view["blocks"][0]) for view in said)
    assert "unless its asker sends it" in first
    assert "unless its asker sends it" not in second
    assert "I keep questions that I cannot answer" in second


def entries(count: int, section: str | None = None) -> list[Entry]:
    made = [entry(f"Question {number} of them?", "An answer.", entry_id=f"q{number}") for number in range(count)]
    return [dataclasses.replace(one, section=section or f"Section {place}") for place, one in enumerate(made)]


def questions(blocks: list[dict[str, Any]]) -> list[str]:
    return [block["text"]["text"] for block in blocks if block.get("accessory", {}).get("type") == "button"]


def test_a_section_is_listed_once_where_its_entries_stand_apart() -> None:
    mixed = [dataclasses.replace(one, section=name) for one, name in zip(entries(5), "ABABA", strict=True)]
    for blocks in (render_list(mixed, 0).blocks, render_home(mixed, 0, FRAME)["blocks"]):
        assert [block["text"]["text"] for block in blocks if block["type"] == "header"] == ["A", "B"]
        assert questions(list(blocks)) == [f"Question {number} of them?" for number in (0, 2, 4, 1, 3)]


def test_a_small_faq_is_listed_by_section_on_one_page() -> None:
    message = render_list(entries(3, "The only section"), 0)
    assert [block["text"]["text"] for block in message.blocks if block["type"] == "header"] == ["The only section"]
    assert questions(list(message.blocks)) == [f"Question {number} of them?" for number in range(3)]
    assert "• Question 1 of them?" in message.text


@pytest.mark.parametrize("page", range(8))
def test_a_page_of_150_entries_each_in_a_section_of_its_own_fits_a_message(page: int) -> None:
    message = render_list(entries(150), page)
    assert len(message.blocks) <= 50
    assert len(json.dumps(message.blocks)) < 12_000


@pytest.mark.parametrize("page", range(4))
def test_a_page_of_150_entries_each_in_a_section_of_its_own_fits_home(page: int) -> None:
    view = render_home(entries(150), page, FRAME)
    assert len(view["blocks"]) <= 100
    assert len(json.dumps(view)) < 250_000


def test_turning_the_pages_shows_every_entry_once() -> None:
    shown: list[str] = []
    page: int | None = 0
    while page is not None:
        blocks = list(render_list(entries(150), page).blocks)
        shown += questions(blocks)
        forward = [
            element
            for element in blocks[-1].get("elements", [])
            if element.get("text", {}).get("text") == wording.FORWARD
        ]
        carried = decode(forward[0]["value"]) if forward else None
        page = carried.page if carried else None
    assert shown == [f"Question {number} of them?" for number in range(150)]


def test_a_page_that_no_longer_exists_gives_the_last_one() -> None:
    assert questions(list(render_list(entries(3), 99).blocks)) == questions(list(render_list(entries(3), 0).blocks))


def test_an_empty_faq_has_an_empty_list() -> None:
    assert questions(list(render_list([], 0).blocks)) == []


def test_the_longest_answer_fits_a_modal() -> None:
    view = render_modal(entry("Q" * 300, "A sentence that goes on. " * 5000), FRAME)
    assert len(view["blocks"]) <= 100
    assert all(len(block["text"]["text"]) <= 3000 for block in view["blocks"] if block["type"] == "section")
    assert len(view["title"]["text"]) <= 24
