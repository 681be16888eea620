from bot.dialogue import Answer, Match, NoAnswer, Signposted, Suggestions
from bot.matching import Index, Thresholds, reply_to
from bot.matching.decide import decide
from bot.matching.index import Direction, Ranking
from tests.matching.builders import bakery


def ranking(*confidences: float, towards: float = 0.0) -> Ranking:
    entries, signposts = bakery()
    matches = tuple(Match(each, c) for each, c in zip(entries, confidences, strict=False))
    return Ranking(matches, (Direction(signposts[0], towards),))


def test_a_sure_match_is_answered() -> None:
    assert isinstance(decide(ranking(0.99, 0.1), Thresholds()), Answer)


def test_likely_matches_are_offered() -> None:
    reply = decide(ranking(0.4, 0.3, 0.01), Thresholds())
    assert isinstance(reply, Suggestions)
    assert reply.choices == 2


def test_a_likelier_signpost_goes_before_suggestions() -> None:
    assert isinstance(decide(ranking(0.3, towards=0.8), Thresholds()), Signposted)


def test_nothing_likely_is_an_honest_no() -> None:
    assert isinstance(decide(ranking(0.01, 0.01), Thresholds()), NoAnswer)
    assert isinstance(decide(Ranking(()), Thresholds()), NoAnswer)


def test_every_reply_carries_the_ranked_matches() -> None:
    index = Index(*bakery())
    for question in ("when are you open", "hello", "tell me about quantum physics"):
        assert len(reply_to(index, question).matches) == 3


def test_a_sure_part_of_an_unsure_message_is_offered_beside_what_else_it_may_ask() -> None:
    whole = ranking(0.5, 0.3, 0.01, towards=0.8)
    parts = (ranking(0.99, 0.02, 0.01).matches, ranking(0.01, 0.04, 0.6).matches)
    reply = decide(Ranking(whole.matches, whole.signposts, parts), Thresholds())
    assert isinstance(reply, Suggestions)
    assert [match.confidence for match in reply.matches] == [0.99, 0.6, 0.3]
    assert reply.choices == 3
