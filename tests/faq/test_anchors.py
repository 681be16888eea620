"""Links lead to the place on the page that the site gives the question."""

from pathlib import Path

import pytest

from bot.faq import load_entries
from bot.faq.anchors import RULES
from tests.faq.builders import anchors, page, problem

SLUGS = {
    "github": ("who-bakes--slices-our-5-café_bread", "-hot", "ชื่อ"),
    "hugo": ("who-bakes--slices-our-5-café_bread", "-hot", "ชอ"),
    "docusaurus": ("who-bakes--slices-our-5-café_bread", "-hot", "ชื่อ"),
    "jekyll": ("who-bakes--slices-our-5-café_bread", "-hot", "ชื่อ"),
    "kramdown": ("who-bakes--slices-our-5-cafbread", "hot", "section"),
    "mkdocs": ("who-bakes-slices-our-5-cafe_bread", "hot", "_1"),
    "vitepress": ("who-bakes-slices-our-5-cafe-bread", "🔥-hot", "ชื่อ"),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_generator_makes_its_own_slugs(tmp_path: Path, rule: str) -> None:
    text = (
        f"---\nfaq: {{slugs: {rule}}}\n---\n\n## Who bakes & slices our 5 “Café_Bread”?\n\nA.\n\n"
        "## 🔥 Hot?\n\nB.\n\n## ชื่อ?\n\nC.\n"
    )
    assert tuple(anchors(page(tmp_path, text))) == SLUGS[rule]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("github", ["why", "why-1", "why-2", "why-1-1"]), ("mkdocs", ["why", "why_1", "why_2", "why-1"])],
)
def test_repeated_headings_are_numbered_as_the_generator_does(tmp_path: Path, rule: str, expected: list[str]) -> None:
    groups = "".join(f"# G{n}\n\n## {title}\n\nA.\n\n" for n, title in enumerate(["Why?", "Why?", "Why?", "Why 1?"]))
    assert anchors(page(tmp_path, f"---\ntitle: FAQ\nfaq: {{slugs: {rule}}}\n---\n\n{groups}")) == expected


def test_headings_that_are_no_questions_count_when_slugs_are_numbered(tmp_path: Path) -> None:
    assert anchors(page(tmp_path, "# FAQ\n\n## Bread\n\n### Bread?\n\nYes.\n\n### More?\n\nYes.\n")) == [
        "bread-1",
        "more",
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "## Who bakes? {#baker}",
        "## Who bakes? {#baker .big}",
        "## Who bakes? {: #baker }",
        "## Who bakes?\n{: #baker}",
        "## Who bakes? {/* #baker */}",
        '## <a name="baker"></a>Who bakes?',
        '## Who bakes? <a id="baker"></a>',
        '<a name="baker"></a>\n## Who bakes?',
        '<a id="baker"></a>\n\n## Who bakes?',
        '<h2 id="baker">Who bakes?</h2>',
        '<h2><a href="#baker" name="baker">\nWho bakes?\n</a></h2>',
        "(baker)=\n## Who bakes?",
        '<details id="baker">\n<summary>Who bakes?</summary>',
        '<a name="baker"></a>\n**Who bakes?**',
    ],
)
def test_an_anchor_that_the_author_set_is_taken(tmp_path: Path, heading: str) -> None:
    (entry,) = page(tmp_path, f"{heading}\n\nMe.\n").entries
    assert (entry.question, entry.anchor, entry.id) == ("Who bakes?", "baker", "baker")


def test_questions_without_an_anchor_lead_to_the_heading_above(tmp_path: Path) -> None:
    text = "# FAQ\n\n## Bread\n\n**Who bakes?**\n\nMe.\n\n## Cake\n\n**Which?**\n\nAll.\n"
    faq = page(tmp_path, text)
    assert [(entry.id, entry.anchor) for entry in faq.entries] == [("who-bakes", "bread"), ("which", "cake")]


def test_questions_on_a_page_without_headings_lead_to_the_page(tmp_path: Path) -> None:
    (entry,) = page(tmp_path, "**Who bakes?**\n\nMe.\n").entries
    assert (entry.id, entry.anchor, entry.link("https://b.example/faq")) == ("who-bakes", "", "https://b.example/faq")


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("!!! note\n    x\n\n## Über uns?\n\nA.\n", "uber-uns"),
        ("{% include x %}\n\n## A & B?\n\nA.\n", "a--b"),
        ("{{< x >}}\n\n## ชื่อ?\n\nA.\n", "ชอ"),
        (":::note\nx\n:::\n\n## A & B?\n\nA.\n", "a--b"),
        ("::: tip\nx\n:::\n\n## 2 ovens?\n\nA.\n", "_2-ovens"),
    ],
)
def test_the_generator_is_recognised_by_its_marks(tmp_path: Path, text: str, anchor: str) -> None:
    assert anchors(page(tmp_path, text)) == [anchor]


def test_phrasings_of_a_page_are_given_by_anchor(tmp_path: Path) -> None:
    text = "---\ntitle: FAQ\nalso_asked:\n  who: [the baker]\n---\n\n## Who?\n\nMe.\n\n## When?\n\nNow.\n"
    faq = page(tmp_path, text)
    assert [entry.also_asked for entry in faq.entries] == [("the baker",), ()]


@pytest.mark.parametrize(
    "asked",
    [
        "also_asked: [the baker]",
        "also_asked: the baker",
        "also_asked: {whom: [the baker]}",
        "also_asked: {who: the baker}",
        "also_asked: {who: [2018]}",
        "also_aksed: {who: [the baker]}",
    ],
)
def test_phrasings_of_a_page_that_lead_nowhere_are_told(tmp_path: Path, asked: str) -> None:
    (tmp_path / "faq.md").write_text(f"---\ntitle: FAQ\n{asked}\n---\n\n## Who?\n\nMe.\n")
    assert problem(tmp_path / "faq.md").line == 3


def test_url_date_and_section_of_a_page_hold_for_its_entries(tmp_path: Path) -> None:
    text = "---\nurl: https://b.example/faq\ndate: 2020-02-03\nsection: Bread\n---\n\n## Who?\n\nMe.\n"
    (entry,) = page(tmp_path, text).entries
    assert (str(entry.date), entry.section) == ("2020-02-03", "Bread")
    assert entry.link("https://other.example/") == "https://b.example/faq#who"


def test_a_url_below_the_site_is_completed(tmp_path: Path) -> None:
    text = "---\nurl: /help/faq/\n---\n\n## Who?\n\nMe.\n"
    (entry,) = page(tmp_path, text, faq_url="https://b.example/x/").entries
    assert entry.url == "https://b.example/help/faq/"
    (entry,) = page(tmp_path, text).entries
    assert entry.url is None


def test_long_anchors_become_ids_that_fit_into_a_button(tmp_path: Path) -> None:
    text = f"## Who{' bakes' * 40}?\n\nMe.\n\n## Who{' bakes' * 41}?\n\nYou.\n"
    (tmp_path / "faq.md").write_text(text)
    first, second = load_entries(tmp_path / "faq.md")
    assert first.id != second.id
    assert max(len(first.id), len(second.id)) <= 120
    assert len(first.anchor) > 200


def test_two_questions_may_share_an_anchor_by_mistake(tmp_path: Path) -> None:
    faq = page(tmp_path, "## Who? {#x}\n\nMe.\n\n## When? {#x}\n\nNow.\n")
    assert len({entry.id for entry in faq.entries}) == 2
    assert sum("several questions" in note for note in faq.notes) == 2
