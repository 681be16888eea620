"""What people see in Slack, and what Slack accepts."""

import json
from dataclasses import replace
from datetime import date

import pytest

from bot import wording
from bot.dialogue import Answer, NoAnswer, Reply, Signposted, Suggestions
from bot.slack.views.button_state import decode
from bot.slack.views.components import Message
from bot.slack.views.listing import render_modal
from bot.slack.views.replies import Frame, render_markdown, render_pointer, render_reply, render_signed, render_whole
from tests.builders import PUBLICATION, TODAY, entry, matches, signpost

FRAME = Frame(PUBLICATION, TODAY)


def render(reply: Reply) -> Message:
    return render_reply(reply, FRAME)


def test_an_answer_shows_the_question_the_answer_and_the_link_to_its_place() -> None:
    message = render(Answer(matches(entry("Who pays?", "We **all** do.", entry_id="who-pays"))))
    question, answer, link, thumbs = message.blocks
    assert thumbs["type"] == "context_actions"
    assert question["text"] == {"type": "mrkdwn", "text": "*Who pays?*"}
    assert answer == {"type": "markdown", "text": "We **all** do."}
    assert link["elements"][0]["text"] == "<https://example.org/faq/#who-pays|Read it in the full FAQ>"


def test_an_answers_text_alone_is_a_whole_reply() -> None:
    message = render(Answer(matches(entry("Who pays?", "We **all** do.", entry_id="who-pays"))))
    assert message.text == (
        "*Who pays?*\n\nWe *all* do.\n\n<https://example.org/faq/#who-pays|Read it in the full FAQ>"
    )


def test_an_old_answer_says_when_it_was_written() -> None:
    old = entry(written=date(2016, 3, 5))
    assert "written in March 2016" in render(Answer(matches(old))).text
    recent = entry(written=date(2018, 3, 5))
    assert "written" not in render(Answer(matches(recent))).text


def test_an_entry_on_a_page_of_its_own_links_there() -> None:
    own_page = entry("Who pays?", entry_id="who-pays", url="https://example.org/money/")
    assert "<https://example.org/money/#who-pays|" in render(Answer(matches(own_page))).text


def test_suggestions_are_buttons_with_none_of_these_at_the_end() -> None:
    reply = Suggestions(matches(entry("A?"), entry("B?"), entry("C?"), entry("D?")), choices=3)
    buttons = render(reply).blocks[1]["elements"]
    assert [button["text"]["text"] for button in buttons] == ["A?", "B?", "C?", wording.NONE_OF_THESE]
    assert len({button["action_id"] for button in buttons}) == 4


def test_the_text_of_suggestions_names_them_for_a_screen_reader() -> None:
    message = render(Suggestions(matches(entry("A?"), entry("B & C?")), choices=2))
    assert message.text == "Did you mean one of these?\n• A?\n• B &amp; C?"


def test_a_suggestion_leads_back_to_its_entry() -> None:
    reply = Suggestions(matches(entry("A?", entry_id="the-id")), choices=1)
    carried = decode(render(reply).blocks[1]["elements"][0]["value"])
    assert carried
    assert carried.entry == "the-id"


def test_an_answer_in_a_channel_can_be_removed_by_its_asker() -> None:
    message = render_reply(Answer(matches(entry())), Frame(PUBLICATION, TODAY, asker="U1"))
    menu = message.blocks[0]["accessory"]
    assert [(o["text"]["text"], o["value"]) for o in menu["options"]] == [(wording.REMOVE, "remove:U1")]


def test_every_public_reply_can_be_removed() -> None:
    frame = Frame(PUBLICATION, TODAY, asker="U1")
    for reply in (Suggestions(matches(entry()), choices=1), Signposted((), signpost()), NoAnswer(())):
        assert "accessory" in render_reply(reply, frame).blocks[0]


def test_a_private_answer_can_be_shared() -> None:
    message = render_reply(Answer(matches(entry())), Frame(PUBLICATION, TODAY, can_be_shared=True))
    assert message.blocks[-1]["elements"][0]["text"]["text"] == wording.SHARE


def test_a_pointer_names_the_question_and_links_to_the_answer_above() -> None:
    message = render_pointer(entry("What is *it* [now]?"), "https://x.example/p1", FRAME)
    assert message.text == "*What is *it* [now]?* is answered <https://x.example/p1|above in this thread>."


def test_who_posts_an_answer_for_everybody_is_named_below_it() -> None:
    message = render_signed(entry(), FRAME, wording.on_behalf_of("<@U1>"))
    assert message.blocks[-1]["elements"][0]["text"] == "answered from the FAQ on behalf of <@U1>"
    assert "<@U1>" in message.text


def test_a_signpost_and_an_honest_no_are_plain_sentences() -> None:
    assert render(Signposted((), signpost(text="See [there](https://x.example/)."))).text == (
        "See <https://x.example/|there>."
    )
    assert render(NoAnswer(())).text == (
        "I found nothing in <https://example.org/faq/|the FAQ> that answers this."
        " You may find help in <https://docs.example.org/|the docs>."
    )


def test_a_second_question_is_answered_below_the_first() -> None:
    reply = Answer(matches(entry("A?", "Aye.")), more=(Answer(matches(entry("B?", "Bee."))),))
    message = render(reply)
    assert message.text.index("Aye.") < message.text.index(wording.ALSO_ASKED) < message.text.index("Bee.")
    assert {"type": "divider"} in message.blocks


def within_limits(message: Message) -> None:
    assert 0 < len(message.text) <= 40_000
    assert len(message.blocks) <= 50
    assert len(json.dumps(message.blocks)) < 12_000
    for block in message.blocks:
        if block["type"] == "section":
            assert 0 < len(block["text"]["text"]) <= 3000
        for element in block.get("elements", ()):
            if element["type"] == "button":
                assert 0 < len(element["text"]["text"]) <= 75
                assert len(element["value"]) <= 2000
                assert len(element.get("accessibility_label", "")) <= 75


@pytest.mark.parametrize(
    "reply",
    [
        Answer(matches(entry("Q" * 299 + "?", "A long sentence. " * 5000, entry_id="i" * 120))),
        Answer(matches(entry("Q" * 299 + "?", "`" * 20_000))),
        Answer(matches(entry("<&>" * 100, "word" * 10_000))),
        Suggestions(matches(*(entry(f"{n}" + "long " * 60, entry_id="i" * 120) for n in range(3))), choices=3),
        Signposted((), signpost(text="way " * 5000)),
    ],
)
def test_the_longest_content_stays_within_slacks_limits(reply: Reply) -> None:
    within_limits(render(reply))


def test_a_long_answer_is_cut_with_a_word_about_it_and_the_link() -> None:
    message = render(Answer(matches(entry(answer="A long sentence. " * 5000))))
    assert wording.CUT_ANSWER in message.blocks[1]["text"]
    assert "Read it in the full FAQ" in message.blocks[2]["elements"][0]["text"]


@pytest.mark.parametrize("url", ["", "https://example.org/faq/"])
def test_a_long_answer_shows_its_first_paragraphs_the_link_or_show_all_and_the_thumbs(url: str) -> None:
    paragraphs = [f"Paragraph {n} says{' what it has to say' * 10}." for n in range(20)]
    frame = Frame(replace(PUBLICATION, url=url), TODAY)
    message = render_reply(Answer(matches(entry(answer="\n\n".join(paragraphs)))), frame)
    answer = message.blocks[1]["text"]
    *kept, mark = answer.split("\n\n")
    assert kept == paragraphs[: len(kept)]
    assert mark == (wording.CUT_ANSWER if url else wording.CUT_WITHOUT_LINK)
    assert 600 < len(answer) <= 900
    assert ("full FAQ" in json.dumps(message.blocks)) == bool(url)
    assert (wording.SHOW_ALL in json.dumps(message.blocks)) == (not url)
    assert any(block["type"] == "context_actions" for block in message.blocks)


def test_an_answer_that_is_hardly_too_long_is_shown_whole() -> None:
    text = "\n\n".join(["A sentence that says something. " * 3] * 12)
    assert 1000 < len(text) < 1200
    assert render(Answer(matches(entry(answer=text)))).blocks[1]["text"] == text


def test_what_shortening_leaves_does_not_end_with_the_lead_to_what_it_cuts_off() -> None:
    text = "It is a thing. " * 40 + "\n\nRun this:\n\n```sh\n" + "ls\n" * 300 + "```"
    shown = render(Answer(matches(entry(answer=text)))).blocks[1]["text"]
    assert "Run this" not in shown
    assert shown.endswith(wording.CUT_ANSWER)


def test_the_whole_of_an_answer_fits_into_one_message_whatever_its_length() -> None:
    message = render_whole(entry(answer="A long sentence. " * 5000), FRAME)
    assert len(message.blocks[1]["text"]) <= 12_000
    assert len(message.text) < 4000


def test_an_faq_that_is_published_nowhere_links_to_nothing() -> None:
    frame = Frame(replace(PUBLICATION, url=""), TODAY, asker="U1")
    for reply in (Answer(matches(entry("Who?", "Me."))), NoAnswer(())):
        shown = json.dumps(render_reply(reply, frame).blocks)
        assert "full FAQ" not in shown
        assert "](" not in shown
    assert "<|" not in json.dumps(render_modal(entry("Who?", "Me."), frame))
    assert "context" not in [block["type"] for block in render_modal(entry("Who?", "Me."), frame)["blocks"]]
    assert render_pointer(entry("Who?"), "", frame).text == "*Who?* is answered above in this thread."


def test_one_entry_is_asked_about_as_one() -> None:
    assert render(Suggestions(matches(entry("A?"), entry("B?")), choices=1)).text.startswith("Did you mean this?")
    unsure = Suggestions(matches(entry("A?")), choices=1, likely=False)
    assert render(unsure).text.startswith("I'm not sure. The closest entry is:")
    assert wording.perhaps(1).endswith("Did you mean this?")
    assert wording.perhaps(2).endswith("Is your question one of these?")


def test_the_bots_own_sentences_are_rendered_alike() -> None:
    assert render_markdown("**Hi**").text == "*Hi*"
    within_limits(render_markdown(wording.help_for("/flatcar-faq", "https://example.org/faq/")))
