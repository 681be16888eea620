"""What a button carries to the maintainers."""

from hypothesis import given
from hypothesis import strategies as st

from bot.desk import sent_from
from bot.dialogue import Asked, NoAnswer, Question, Surface
from bot.slack.views.button_state import VALUE_LIMIT, Carried, carry, decode, encode, sent_of
from bot.slack.views.components import button
from bot.slack.views.replies import Frame, render_choices, render_reply
from tests.builders import PUBLICATION, TODAY, entry, matches


def carried(text, reply=None):
    question = Question(text, Surface.MENTION)
    asked = Asked(question, asker="U1", channel="C1", message="1.1", thread="1.1", keys=("message C1 1.1",))
    return carry(sent_from(asked, text, reply or NoAnswer(matches(entry("What?"), confidence=0.2))))


@given(st.text(min_size=1, max_size=3000))
def test_any_question_fits_into_a_button_and_comes_out_as_its_beginning(text):
    value = encode(carried(text))
    assert len(value) <= VALUE_LIMIT
    sent = sent_of(decode(value))
    if sent is None:
        assert not text.replace("\0", "")
    else:
        assert text.replace("\0", "").startswith(sent.text)
        assert (sent.asker, sent.source, sent.best, sent.confidence) == ("U1", "message C1 1.1", "what", 0.2)


def test_a_long_question_keeps_most_of_its_text():
    assert len(sent_of(decode(encode(carried("why " * 1000)))).text) > 1700


def test_a_value_that_nobody_of_us_made_is_no_question():
    assert sent_of(Carried()) is None
    assert sent_of(Carried(text="Why?", asker="U1")) is None
    assert sent_of(Carried(text="Why?", asker="U1", source="1", confidence="much")) is None


def test_without_a_question_there_is_no_button_that_sends_it_on():
    reply = render_reply(NoAnswer(()), Frame(PUBLICATION, TODAY))
    assert [block["type"] for block in reply.blocks] == ["section"]


def test_the_longest_question_below_a_thumb_leaves_room_for_the_runners_up():
    long = Carried(
        **{**{name: getattr(carried("x" * 3000), name) for name in ("text", "asker", "source")}, "others": ("a", "b")}
    )
    assert decode(button("x", "y", long)["value"]).others == ("a", "b")


def test_none_of_these_remembers_the_question():
    choices = render_choices("?", (entry("What?"),), "", carried("Why?"))
    assert decode(choices.blocks[1]["elements"][-1]["value"]).text == "Why?"
