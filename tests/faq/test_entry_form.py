import datetime
from pathlib import Path

import pytest

from bot.errors import FaqError
from bot.faq import load_entries, load_faq
from tests.faq.builders import WHO, problem, problems, questions, write

FULL = """---
question: Who bakes the bread?
also_asked:
  - who is the baker
  - "no"
section: People
weight: 20
anchor: baker
url: https://bakery.example/people
date: 2018-03-05
---

The baker **does**.

With flour.
"""


def entry_file(**keys: str) -> str:
    lines = {"question": "Who bakes the bread?"} | keys
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in lines.items()) + "---\nThe baker does.\n"


def test_an_entry_file_gives_all_it_says(tmp_path: Path) -> None:
    (entry,) = load_faq(write(tmp_path, who=FULL)).entries
    assert entry.id == "who"
    assert entry.question == "Who bakes the bread?"
    assert entry.answer == "The baker **does**.\n\nWith flour."
    assert entry.also_asked == ("who is the baker", "no")
    assert (entry.section, entry.anchor) == ("People", "baker")
    assert entry.date == datetime.date(2018, 3, 5)
    assert entry.link("https://elsewhere.example/") == "https://bakery.example/people#baker"
    assert (Path(entry.file).name, entry.line) == ("who.md", 2)


def test_the_anchor_defaults_to_the_slug_of_the_question(tmp_path: Path) -> None:
    (entry,) = load_entries(write(tmp_path, who=WHO))
    assert entry.anchor == "who-bakes-the-bread"


def test_a_single_entry_file_is_an_faq(tmp_path: Path) -> None:
    write(tmp_path, who=WHO)
    assert questions(load_faq(str(tmp_path / "who.md"))) == ["Who bakes the bread?"]


def test_entries_stand_by_weight_and_then_by_file_name(tmp_path: Path) -> None:
    write(
        tmp_path,
        b=entry_file(question="B?"),
        a=entry_file(question="A?"),
        z=entry_file(question="Z?", weight="10"),
        y=entry_file(question="Y?", weight="20"),
    )
    assert questions(load_faq(tmp_path)) == ["Z?", "Y?", "A?", "B?"]


def test_a_draft_is_left_out_and_told(tmp_path: Path) -> None:
    write(tmp_path, who=WHO, later=entry_file(question="When?", draft="true"))
    faq = load_faq(tmp_path)
    assert questions(faq) == ["Who bakes the bread?"]
    assert any("later.md" in note and "draft" in note for note in faq.notes)


def test_a_folder_of_drafts_alone_says_why_it_is_empty(tmp_path: Path) -> None:
    assert "draft" in problem(write(tmp_path, later=entry_file(draft="true"))).text


@pytest.mark.parametrize(
    ("typo", "meant"), [("also_aksed", "also_asked"), ("wieght", "weight"), ("anchr", "anchor"), ("sektion", "section")]
)
def test_a_misspelt_key_is_told_with_what_was_meant(tmp_path: Path, typo: str, meant: str) -> None:
    found = problem(write(tmp_path, who=entry_file(**{typo: "x"})))
    assert found.line == 3
    assert f"`{meant}`" in found.text


def test_a_key_that_means_nothing_is_told_with_the_known_ones(tmp_path: Path) -> None:
    assert "known keys" in problem(write(tmp_path, who=entry_file(colour="blue"))).text


@pytest.mark.parametrize("key", ["qestion", "questions", "Question"])
def test_a_misspelt_question_is_told(tmp_path: Path, key: str) -> None:
    found = problem(write(tmp_path, who=WHO.replace("question", key), when=WHO.replace("Who", "When")))
    assert (Path(found.file).name, found.line, key in found.text) == ("who.md", 2, True)


def test_phrasings_without_a_question_are_told(tmp_path: Path) -> None:
    text = "---\nalso_asked:\n  - baker\n---\nThe baker does.\n"
    assert "no `question`" in problem(write(tmp_path, who=text)).text


def test_the_keys_of_site_generators_may_stand_beside_ours(tmp_path: Path) -> None:
    text = entry_file(title="Bread", tags="[bread]", layout="faq", lastMod="2020-01-01")
    assert questions(load_faq(write(tmp_path, who=text))) == ["Who bakes the bread?"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("question", "2018"),
        ("question", "''"),
        ("question", "[a, b]"),
        ("question", '"' + "x" * 301 + '"'),
        ("also_asked", "who is it"),
        ("also_asked", "{a: b}"),
        ("also_asked", "['']"),
        ("also_asked", '["' + "x" * 2001 + '"]'),
        ("also_asked", "[" + "a," * 1001 + "]"),
        ("section", "2.0"),
        ("weight", "heavy"),
        ("weight", "true"),
        ("weight", "1.5"),
        ("anchor", "404"),
        ("anchor", "two words"),
        ("url", "www.example.org"),
        ("url", "javascript:alert(1)"),
        ("date", "yesterday"),
        ("date", "20"),
        ("draft", "maybe"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_at_its_line(tmp_path: Path, key: str, value: str) -> None:
    found = problem(write(tmp_path, who=entry_file(**{key: value})))
    assert found.line == (2 if key == "question" else 3)


@pytest.mark.parametrize(
    "written", ["2018-03-05", "2018-03-05T15:07:28+01:00", "'2018/03/05'", "March 5, 2018", "5 Mar 2018"]
)
def test_a_date_is_read_in_the_ways_that_people_write_it(tmp_path: Path, written: str) -> None:
    (entry,) = load_entries(write(tmp_path, who=entry_file(date=written)))
    assert entry.date == datetime.date(2018, 3, 5)


def test_empty_values_count_as_absent(tmp_path: Path) -> None:
    text = entry_file(also_asked="", section="", anchor="''", url="", date="''", weight="", draft="")
    (entry,) = load_entries(write(tmp_path, who=text))
    assert (entry.section, entry.url, entry.date, entry.anchor) == (None, None, None, "who-bakes-the-bread")


def test_an_entry_without_an_answer_is_told_below_its_front_matter(tmp_path: Path) -> None:
    found = problem(write(tmp_path, who="---\nquestion: Who?\n---\n\n\n"))
    assert (found.line, "answer is missing" in found.text) == (4, True)


@pytest.mark.parametrize("again", ["Who bakes the bread?", "who bakes the BREAD", "Who  bakes — the bread ?!"])
def test_the_same_question_twice_is_told_with_both_places(tmp_path: Path, again: str) -> None:
    write(tmp_path, a=WHO, b=entry_file(question=f'"{again}"', anchor="other"))
    found = problem(tmp_path)
    assert Path(found.file).name == "b.md"
    assert "a.md:2" in found.text


def test_the_same_anchor_twice_is_told(tmp_path: Path) -> None:
    write(tmp_path, a=entry_file(anchor="x"), b=entry_file(question="When?", anchor="'#x'"))
    assert "`x`" in problem(tmp_path).text


def test_the_same_anchor_on_two_pages_is_fine(tmp_path: Path) -> None:
    one, two = "https://a.example/", "https://b.example/"
    write(tmp_path, a=entry_file(anchor="x", url=one), b=entry_file(question="When?", anchor="x", url=two))
    assert len(load_entries(tmp_path)) == 2


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=entry_file(weight="heavy", date="x"),
        b="---\nquestion: Who\n---\n",
        c="---\n[\n---\nx",
        d="---\nno end",
    )
    found = problems(tmp_path)
    assert [Path(one.file).name for one in found] == ["a.md", "a.md", "b.md", "c.md", "d.md"]
    with pytest.raises(FaqError, match=r"a\.md:3: `weight`"):
        load_entries(tmp_path)


def test_entry_files_of_one_name_in_two_folders_get_ids_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, one__x=WHO, two__x=entry_file(question="When?"), two__y=entry_file(question="Why?"))
    ids = [entry.id for entry in load_entries(tmp_path)]
    assert len(set(ids)) == 3
    assert "y" in ids


def test_a_long_file_name_gives_an_id_that_fits_into_a_button(tmp_path: Path) -> None:
    write(tmp_path, **{"a" * 200 + "1": WHO, "a" * 200 + "2": entry_file(question="When?")})
    ids = [entry.id for entry in load_entries(tmp_path)]
    assert len(set(ids)) == 2
    assert all(len(one) <= 120 for one in ids)
