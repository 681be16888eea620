from bot.dialogue import Answer
from bot.matching import Index, Thresholds, reply_to
from bot.matching.message import read
from tests.matching.builders import bakery

LENIENT = Thresholds(max_wrong=0.08)


def test_the_sentence_that_asks_is_found() -> None:
    message = read("Hello everybody. My dog likes your cake. How far do you drive to deliver?")
    assert [part.words for part in message.sentences] == [("how", "far", "do", "you", "drive", "to", "deliver")]


def test_without_a_question_mark_every_sentence_may_be_the_question() -> None:
    assert len(read("I love your bread. I would like to know when you close").sentences) == 2


def test_a_story_around_a_question_does_not_drown_it() -> None:
    index = Index(*bakery())
    question = "how far do you drive to deliver an order?"
    story = "Good morning! We are a family of nine and met at my grandmother's in the mountains. " + question
    assert index.search(story)[0].entry.question == "Do you deliver?"
    assert index.search(story)[0].confidence >= index.search(question)[0].confidence - 0.01


def test_two_questions_get_two_answers_when_both_are_sure() -> None:
    reply = reply_to(Index(*bakery()), "are you open on sundays and how far do you drive to deliver an order?", LENIENT)
    assert isinstance(reply, Answer)
    assert reply.matches[0].entry.question == "When is the bakery open?"
    assert [more.matches[0].entry.question for more in reply.more] == ["Do you deliver?"]


def test_one_question_asked_twice_gets_one_answer() -> None:
    reply = reply_to(Index(*bakery()), "are you open on sundays? at what time do you close?", LENIENT)
    assert isinstance(reply, Answer)
    assert reply.more == ()
