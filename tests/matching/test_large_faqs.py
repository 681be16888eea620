import itertools

from bot.matching import Index
from bot.matching.hyperparameters import Hyperparameters
from tests.matching.builders import bakery, entry

NEAREST_FIRST = Hyperparameters(most_phrasings=0, sample=20)


def test_taking_candidates_first_finds_the_same_entries() -> None:
    entries, signposts = bakery()
    whole, local = Index(entries, signposts), Index(entries, signposts, hyperparameters=NEAREST_FIRST)
    for question in ("when do you close on sunday", "bring an order to my town", "is there wheat in the rolls"):
        assert whole.search(question)[0].entry is local.search(question)[0].entry
        assert abs(whole.search(question)[0].confidence - local.search(question)[0].confidence) < 0.25


def test_a_question_that_shares_nothing_with_a_large_faq_matches_nothing() -> None:
    assert Index(*bakery(), hyperparameters=NEAREST_FIRST).search("zzzz qqqq")[0].confidence < 0.2


def test_three_thousand_phrasings_are_told_apart() -> None:
    verbs = ["open", "close", "paint", "repair", "clean", "lock", "sell", "rent", "heat", "insure"]
    nouns = ["door", "window", "roof", "garage", "garden", "kitchen", "cellar", "balcony", "fence", "stairs"]
    frames = ["how do I {} the {}", "can somebody {} my {}", "what does it cost to {} a {}", "{} {}", "help to {} {}"]
    entries = [
        entry(
            f"How to {verb} the {noun}?",
            *(frame.format(verb, noun) for frame in frames),
            *(
                f"{frame.format(verb, noun)} {when}"
                for frame, when in itertools.product(frames, ["today", "now", "cheaply"])
            ),
            *(f"{verb} our {noun} {i} times" for i in range(10)),
        )
        for verb, noun in itertools.product(verbs, nouns)
    ]
    index = Index(entries)
    assert len([said for entry in index.entries for said in (entry.question, *entry.also_asked)]) > 2000
    ranking = index.search("please could you repair the blue balcony")
    assert ranking[0].entry.question == "How to repair the balcony?"
