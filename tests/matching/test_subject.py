from bot.matching import Index
from bot.matching.phrasings import collect
from bot.matching.subject import Subject
from tests.matching.builders import entry


def railway() -> list:
    """An FAQ whose entries share a subject."""
    return [
        entry("How is Railcar funded?", "who pays for railcar", "how is railcar financed", "sponsors of railcar"),
        entry(
            "How can I get support for Railcar?",
            "commercial support for railcar",
            "buy help for railcar",
            "where do I get paid support for railcar",
        ),
        entry(
            "Why the name Railcar?", "what does railcar mean", "where does the name railcar come from", "railcar name"
        ),
        entry("Can I use Railcar?", "is railcar stable", "use railcar in production", "may I run railcar at work"),
    ]


def test_an_faq_is_about_the_rare_word_that_its_entries_share() -> None:
    assert Subject(collect(railway(), [])).words == {"railcar"}


def test_a_foreign_name_stands_where_the_subject_does() -> None:
    places = Subject(collect(railway(), [])).places(["commercial", "support", "for", "nginx"])
    assert max(places, key=lambda word: places[word]) == "nginx"
    assert places["nginx"] > 0.5


def test_where_the_subject_is_named_nothing_is_foreign() -> None:
    assert Subject(collect(railway(), [])).places(["support", "for", "railcar", "on", "hetzner"]) == {}


def test_the_same_asked_of_something_else_is_less_likely_than_a_harmless_name_beside_the_subject() -> None:
    index = Index(railway())
    foreign = index.search("commercial support for nginx")[0]
    harmless = index.search("commercial support for railcar on hetzner")[0]
    assert harmless.entry is foreign.entry
    assert harmless.confidence > foreign.confidence + 0.2


def test_an_faq_of_many_subjects_finds_nothing_foreign() -> None:
    entries = [entry("Where is the cellar?"), entry("Who paints the fence?"), entry("When does the train leave?")]
    assert Subject(collect(entries, [])).places(["where", "is", "nginx"]) == {}
