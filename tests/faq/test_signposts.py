from pathlib import Path

import pytest

from bot.errors import FaqError
from bot.faq import Faq, Signpost, load_faq
from tests.faq.builders import WHO, problem, problems, questions, write

CAKE = (
    "---\ntopic: Cake\nalso_asked:\n  - is there cake\n  - muffins\n---\nAsk the [pastry shop](https://cake.example).\n"
)


def own(faq: Faq) -> list[Signpost]:
    return [signpost for signpost in faq.signposts if not signpost.small_talk]


def test_a_signpost_is_read_from_its_folder_and_is_no_entry(tmp_path: Path) -> None:
    faq = load_faq(write(tmp_path, who=WHO, signposts__cake=CAKE))
    assert questions(faq) == ["Who bakes the bread?"]
    (cake,) = own(faq)
    assert (cake.topic, cake.also_asked) == ("Cake", ("is there cake", "muffins"))
    assert cake.text == "Ask the [pastry shop](https://cake.example)."
    assert (Path(cake.file).name, cake.line) == ("cake.md", 2)


def test_small_talk_comes_with_every_faq_behind_its_own_signposts(tmp_path: Path) -> None:
    faq = load_faq(write(tmp_path, who=WHO, signposts__cake=CAKE))
    assert faq.signposts[0].topic == "Cake"
    assert len(faq.signposts) > 5
    assert all(signpost.small_talk and signpost.also_asked and signpost.text for signpost in faq.signposts[1:])


def test_the_signposts_of_a_single_file_stand_beside_it(tmp_path: Path) -> None:
    write(tmp_path, who=WHO, signposts__cake=CAKE)
    assert [signpost.topic for signpost in own(load_faq(tmp_path / "who.md"))] == ["Cake"]


def test_signposts_may_stand_elsewhere_even_inside_the_folder(tmp_path: Path) -> None:
    write(tmp_path, who=WHO, elsewhere__cake=CAKE)
    faq = load_faq(tmp_path, signposts=tmp_path / "elsewhere")
    assert (questions(faq), [signpost.topic for signpost in own(faq)]) == (["Who bakes the bread?"], ["Cake"])


def test_a_signpost_folder_that_is_named_must_exist(tmp_path: Path) -> None:
    write(tmp_path, who=WHO)
    with pytest.raises(FaqError, match="no such file or folder"):
        load_faq(tmp_path, signposts=tmp_path / "absent")


def test_the_readme_of_the_signposts_is_no_signpost(tmp_path: Path) -> None:
    faq = load_faq(write(tmp_path, who=WHO, signposts__cake=CAKE, signposts__README="How to write them"))
    assert len(own(faq)) == 1


def test_a_draft_signpost_is_left_out_and_told(tmp_path: Path) -> None:
    faq = load_faq(write(tmp_path, who=WHO, signposts__cake=CAKE.replace("topic", "draft: true\ntopic")))
    assert own(faq) == []
    assert any("cake.md" in note for note in faq.notes)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("topic: Cake", "title: Cake", 2),
        ("topic: Cake", "topic:", 2),
        ("topic: Cake", "topic: 2018", 2),
        ("  - is there cake\n  - muffins\n", "", 3),
        ("  - muffins", "  - 2018", 5),
        ("Ask the [pastry shop](https://cake.example).\n", "", 7),
        ("topic: Cake", "topic: Cake\nweight: 1", 3),
    ],
)
def test_a_signpost_that_lacks_something_is_told(tmp_path: Path, old: str, new: str, line: int) -> None:
    assert problem(write(tmp_path, who=WHO, signposts__cake=CAKE.replace(old, new))).line == line


def test_problems_of_entries_and_signposts_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, who="---\nquestion: Who?\n---\n", signposts__cake="Cake")
    assert len(problems(tmp_path)) >= 3
