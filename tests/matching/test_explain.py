from bot.matching import Index, Thresholds
from tests.matching.builders import bakery


def test_an_explanation_tells_repairs_phrasings_and_words() -> None:
    index = Index(*bakery())
    told = index.explain("glutten free rolls by rocket", Thresholds(max_wrong=0.1))
    assert ("glutten", "gluten") in told.repairs
    assert told.understood == "gluten free rolls by rocket"
    assert told.confidence == index.search("glutten free rolls by rocket")[0].confidence
    assert told.runner_up is not None
    assert told.phrasings[0].entry
    assert index.entries[told.phrasings[0].owner].question == "Which breads are free of gluten?"
    effects = {effect.word: effect for effect in told.effects}
    assert effects["gluten"].change > 0.0
    assert effects["gluten"].known
    assert not effects["rocket"].known
    assert told.thresholds.max_wrong == 0.1


def test_a_message_that_says_nothing_is_explained_too() -> None:
    told = Index(*bakery()).explain("👍")
    assert told.confidence == 0.0
    assert told.runner_up is None
    assert told.phrasings == ()
