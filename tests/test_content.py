"""The FAQ that ships: every fact of the published page is in the answers, and nothing was added."""

import re
from dataclasses import dataclass

import pytest

from bot.config import SHIPPED_FAQ
from bot.faq import Entry, Faq, load_faq

DOCS = "https://docs.flatcar-linux.org/"
RELEASES = "https://www.flatcar-linux.org/releases/"


@dataclass(frozen=True)
class Facts:
    """What the published page says in one answer."""

    question: str
    words: tuple[str, ...]
    """Patterns that the answer must hold, each a fact of the page; case makes no difference."""
    names: frozenset[str] = frozenset()
    """Proper names that the page's answer uses."""
    links: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


PAGE = {
    "what-are-the-goals-of-the-flatcar-linux-project": Facts(
        "What are the goals of the Flatcar Linux project?",
        (
            "buil[td]",
            "distribut",
            "support",
            "independent",
            "container workloads",
            "pioneered",
            "preserve",
            "multiple commercial vendors",
            "mutual",
            "more stable",
            "better maintained",
        ),
        frozenset({"Flatcar", "Linux", "CoreOS", "Container"}),
    ),
    "why-fork-container-linux": Facts(
        "Why fork Container Linux?",
        (
            "love",
            "respect",
            "ideally",
            "commercial support",
            "control",
            "buil[td]",
            "deliver",
            "legal",
            "trademark",
            "no (real )?way",
            "sign",
        ),
        frozenset({"CoreOS", "Container", "Linux", "Commercial"}),
    ),
    "how-does-flatcar-linux-differ-from-the-upstream-project": Facts(
        "How does Flatcar Linux differ from the upstream project?",
        ("not foresee", "significantly", "near-term", "patches", "trademark", "ideally", "fundamental", "guarant"),
        frozenset({"Flatcar", "Linux", "Container"}),
    ),
    "what-do-you-mean-when-you-say-flatcar-linux-is-independently-built": Facts(
        'What do you mean when you say Flatcar Linux is "independently built"?',
        ("binary artifacts", "upstream", "fully from source", "disappear", "tomorrow", "little"),
        frozenset({"Flatcar", "Linux", "Container"}),
    ),
    "how-does-this-affect-container-linux-users": Facts(
        "How does this affect Container Linux users?",
        ("hope", "positively", "directly", "upstream", "both|two", "benefit", "additional", "commercial", "forward"),
        frozenset({"Flatcar", "Linux"}),
    ),
    "what-is-the-significance-of-the-flatcar-linux-name": Facts(
        "What is the significance of the Flatcar Linux name?",
        ("flat, open", "railcar", "transport containers"),
        links=frozenset({"https://en.wikipedia.org/wiki/Flatcar"}),
    ),
    "can-i-use-flatcar-linux-today": Facts(
        "Can I use Flatcar Linux today?",
        ("^yes", "documentation", "release page", "each channel"),
        frozenset({"Flatcar", "Linux"}),
        frozenset({DOCS, RELEASES}),
    ),
    "when-will-flatcar-linux-be-generally-available": Facts(
        "When will Flatcar Linux be generally available?",
        ("generally available", "since", "April 30th, 2018", "release page", "each channel"),
        frozenset({"Flatcar", "Linux", "April"}),
        frozenset({RELEASES}),
        frozenset({"30", "2018"}),
    ),
    "but-red-hat-stated-they-will-continue-to-support-container-linux-right": Facts(
        "But Red Hat stated they will continue to support Container Linux, right?",
        (
            "accelerate",
            "acquisition",
            "motivation",
            "largely independent",
            "publicly",
            "until at least the end of 2019",
            "seemingly",
            "commercial support",
            "today",
            "drop-in replacement",
        ),
        frozenset({"Red", "Hat", "Hat's", "CoreOS", "Flatcar", "Linux", "Container"}),
        numbers=frozenset({"2019"}),
    ),
    "how-can-i-get-commercial-support-for-flatcar-linux": Facts(
        "How can I get commercial support for Flatcar Linux?",
        ("commercial support", "custom engineering services", "initially", "more than 100 nodes", "later", "general"),
        frozenset({"Kinvolk", "Flatcar", "Linux"}),
        frozenset({"mailto:hello@kinvolk.io"}),
        frozenset({"100"}),
    ),
    "how-is-flatcar-linux-funded": Facts(
        "How is Flatcar Linux funded?",
        (
            "all .*funding",
            "engineering effort",
            "consulting company",
            "maint",
            "sustain",
            "commercial support agreements",
            "custom engineering services",
        ),
        frozenset({"Kinvolk", "Linux", "Flatcar", "Kubernetes"}),
        frozenset({"https://kinvolk.io"}),
    ),
    "who-is-kinvolk": Facts(
        "Who is Kinvolk?",
        ("consulting company", "foundational", "open-source", "cloud infrastructure", "mostly", "known", "rkt"),
        frozenset({"Kinvolk", "Berlin", "Linux", "Kubernetes", "BPF"}),
    ),
}


@pytest.fixture(scope="module")
def faq() -> Faq:
    return load_faq(SHIPPED_FAQ)


def prose(entry: Entry) -> str:
    return re.sub(r"\]\([^)]*\)", "]", entry.answer)


def test_the_twelve_questions_stand_in_the_order_of_the_page(faq: Faq) -> None:
    assert [entry.question for entry in faq.entries] == [facts.question for facts in PAGE.values()]
    assert [entry.anchor for entry in faq.entries] == list(PAGE)


def test_every_entry_has_a_section_and_the_pages_date(faq: Faq) -> None:
    assert all(entry.section for entry in faq.entries)
    assert {str(entry.date) for entry in faq.entries} == {"2018-03-05"}


@pytest.mark.parametrize("anchor", PAGE)
def test_an_answer_keeps_every_fact_of_the_page(faq: Faq, anchor: str) -> None:
    entry = faq.entry(anchor)
    assert entry
    missing = [w for w in PAGE[anchor].words if not re.search(w, prose(entry), re.IGNORECASE)]
    assert not missing
    unnamed = [name for name in PAGE[anchor].names if name not in entry.answer]
    assert not set(unnamed) - {"Container", "Hat's", "Commercial", "CoreOS"}


@pytest.mark.parametrize("anchor", PAGE)
def test_an_answer_adds_no_link_number_or_name(faq: Faq, anchor: str) -> None:
    entry = faq.entry(anchor)
    assert entry
    facts = PAGE[anchor]
    assert set(re.findall(r"\]\(([^)]*)\)", entry.answer)) == facts.links
    assert set(re.findall(r"\d+", prose(entry))) == facts.numbers
    inside_a_sentence = re.findall(r"(?<=[a-z,;:] )[A-Z][\w'’]+", prose(entry))
    assert set(inside_a_sentence) <= facts.names


def test_an_answer_fits_a_chat(faq: Faq) -> None:
    assert all(len(entry.answer) < 800 for entry in faq.entries)


def test_people_ask_each_question_in_many_ways(faq: Faq) -> None:
    assert all(30 <= len(entry.also_asked) <= 80 for entry in faq.entries)


def test_no_phrasing_stands_twice(faq: Faq) -> None:
    said = [p.casefold() for e in (*faq.entries, *faq.signposts) for p in e.also_asked]
    assert len(said) == len(set(said))


def test_signposts_stand_at_ten_subjects_or_more_and_link_only_where_the_page_links(faq: Faq) -> None:
    signposts = [s for s in faq.signposts if not s.small_talk]
    assert len(signposts) >= 10
    assert all(10 <= len(s.also_asked) <= 40 for s in signposts)
    linked = {link for s in signposts for link in re.findall(r"\]\(([^)]*)\)", s.text)}
    assert linked <= {link for facts in PAGE.values() for link in facts.links}


def test_small_talk_gets_one_plain_sentence(faq: Faq) -> None:
    small_talk = [s for s in faq.signposts if s.small_talk]
    assert len(small_talk) >= 8
    assert all(len(s.text) < 120 and "](" not in s.text for s in small_talk)
