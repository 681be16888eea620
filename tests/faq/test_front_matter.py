from pathlib import Path

import pytest

from bot.faq import load_faq
from tests.faq.builders import WHO, page, problem, problems, questions, write


def test_a_byte_order_mark_does_not_hide_the_front_matter(tmp_path: Path) -> None:
    write(tmp_path, who="\ufeff" + WHO)
    assert questions(load_faq(tmp_path)) == ["Who bakes the bread?"]


def test_toml_front_matter_is_read(tmp_path: Path) -> None:
    text = '+++\nquestion = "Who bakes?"\nalso_asked = ["baker", "who kneads"]\ndate = 2018-03-05\n+++\nThe baker.\n'
    (entry,) = load_faq(write(tmp_path, who=text)).entries
    assert (entry.question, entry.also_asked, str(entry.date)) == ("Who bakes?", ("baker", "who kneads"), "2018-03-05")


def test_json_front_matter_is_read(tmp_path: Path) -> None:
    text = '{\n  "question": "Who bakes?",\n  "also_asked": ["baker"]\n}\n\nThe baker.\n'
    (entry,) = load_faq(write(tmp_path, who=text)).entries
    assert (entry.question, entry.also_asked, entry.answer) == ("Who bakes?", ("baker",), "The baker.")


def test_windows_line_ends_work_and_lines_stay_right(tmp_path: Path) -> None:
    text = WHO.replace("\n", "\r\n")
    (entry,) = load_faq(write(tmp_path / "good", who=text)).entries
    assert (entry.question, entry.answer, entry.line) == ("Who bakes the bread?", "The baker does.", 2)
    bad = text.replace("question", "also_asked:\r\n  - 2018\r\nquestion")
    assert problem(write(tmp_path / "bad", who=bad)).line == 3


def test_front_matter_may_end_with_dots(tmp_path: Path) -> None:
    assert questions(load_faq(write(tmp_path, who=WHO.replace("\n---\n", "\n...\n")))) == ["Who bakes the bread?"]


def test_a_licence_comment_above_the_front_matter_is_passed_over(tmp_path: Path) -> None:
    (entry,) = load_faq(write(tmp_path, who="<!--\nLicence: free\n-->\n\n" + WHO)).entries
    assert (entry.answer, entry.line) == ("The baker does.", 6)


@pytest.mark.parametrize(
    ("phrasing", "read_as"),
    [
        ("no", "true or false"),
        ("2018", "a number"),
        ("1.5", "a number"),
        ("12:30", "a number"),
        ("2018-03-05", "a date"),
        ("Kinvolk: who?", "a mapping"),
        ("[who]", "a list"),
        ("~", "nothing"),
    ],
)
def test_a_phrasing_that_yaml_takes_for_something_else_is_told(tmp_path: Path, phrasing: str, read_as: str) -> None:
    text = f"---\nquestion: Who?\nalso_asked:\n  - the baker\n  - {phrasing}\n---\nThe baker.\n"
    found = problem(write(tmp_path, who=text))
    assert found.line == 5
    assert read_as in found.text
    assert "quotes" in found.text


def test_phrasings_in_toml_and_json_are_told_with_a_line_too(tmp_path: Path) -> None:
    toml = '+++\nquestion = "Who?"\nalso_asked = [\n  "the baker",\n  2018,\n]\n+++\nThe baker.\n'
    json = '{\n"question": "Where?",\n"weight": "heavy"\n}\nHere.\n'
    found = problems(write(tmp_path, a=toml, b=json))
    assert [(Path(one.file).name, one.line) for one in found] == [("a.md", 4), ("b.md", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "---\nquestion: Who?\nquestion: Where?\n---\nThe baker.\n",
        '{"question": "Who?",\n"question": "Where?"}\nThe baker.\n',
        '+++\nquestion = "Who?"\nquestion = "Where?"\n+++\nThe baker.\n',
        "---\ntitle: FAQ\nfaqs:\n  a: 1\n  a: 2\n---\n## Who?\n\nThe baker.\n",
    ],
)
def test_a_key_that_stands_twice_is_told(tmp_path: Path, text: str) -> None:
    assert problem(write(tmp_path, who=text)).line in (2, 3, 5)


@pytest.mark.parametrize("head", ["- question\n- answer", "just some words", "42"])
def test_front_matter_that_is_no_mapping_is_told(tmp_path: Path, head: str) -> None:
    found = problem(write(tmp_path, who=f"---\n{head}\n---\nThe baker.\n"))
    assert (found.line, "list or a mere text" in found.text) == (1, True)


@pytest.mark.parametrize("text", ["---\nquestion: Who?\n\nThe baker.\n", '+++\nquestion = "Who?"\n'])
def test_front_matter_without_its_end_is_told(tmp_path: Path, text: str) -> None:
    found = problem(write(tmp_path, who=text))
    assert (found.line, "never ends" in found.text) == (1, True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: x\nquestion: Kinvolk: who?\n---\nA company.\n", 3),
        ("---\nquestion: 'Who?\n---\nThe baker.\n", 2),
        ("---\nquestion: Who?\n\tsection: x\n---\nThe baker.\n", 3),
        ("---\nquestion: Who?\nalso_asked: [a, b\nsection: x\n---\nThe baker.\n", 4),
        ("---\nquestion: @baker\n---\nThe baker.\n", 2),
        ("---\nquestion: Who?\x07\n---\nThe baker.\n", 2),
        ("---\ndate: 2018-13-45\nquestion: Who?\n---\nThe baker.\n", 2),
        ("---\nquestion: !!python/object/apply:os.getcwd []\n---\nThe baker.\n", 2),
        ("---\nquestion: !baker Who?\n---\nThe baker.\n", 2),
        ("---\n? [a, b]\n: c\nquestion: Who?\n---\nThe baker.\n", 2),
        ('+++\nquestion = "Who?"\nsection = x\n+++\nThe baker.\n', 3),
        ('{\n"question": "Who?",\n"section": x\n}\nThe baker.\n', 3),
        ('{\n"question": "Who?",\n', 3),
    ],
)
def test_broken_front_matter_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    assert line in {found.line for found in problems(write(tmp_path, who=text))}


def test_a_bomb_of_aliases_is_refused_before_it_grows(tmp_path: Path) -> None:
    levels = "\n".join(f"faq{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))
    found = problem(write(tmp_path, bomb=f"---\nfaq0: &a0 [x]\n{levels}\n---\nBoom.\n"))
    assert (found.line, "alias" in found.text) == (3, True)


@pytest.mark.parametrize(
    "head",
    [
        f"---\nquestion: {'[' * 5000}\n---\n",
        f"---\nquestion: {'[' * 50}{']' * 50}\n---\n",
        f"+++\nquestion = {'[' * 5000}\n+++\n",
        f"+++\nquestion = {'[' * 50}{']' * 50}\n+++\n",
        f'{{"question": {"[" * 50_000}',
        f'{{"question": {"[" * 50}{"]" * 50}}}',
    ],
    ids=["yaml open", "yaml", "toml open", "toml", "json open", "json"],
)
def test_front_matter_nested_without_end_is_refused(tmp_path: Path, head: str) -> None:
    assert problems(write(tmp_path, deep=head + "\nText.\n"))


@pytest.mark.parametrize("head", [f"---\ntitle: {'1' * 5000}\n---\n", f"+++\ntitle = {'1' * 5000}\n+++\n"])
def test_a_number_too_long_to_read_is_told(tmp_path: Path, head: str) -> None:
    assert problem(write(tmp_path, long=head + "\n## Who?\n\nMe.\n")).line


def test_front_matter_too_long_is_refused(tmp_path: Path) -> None:
    head = "x: y\n" * 250_000
    assert "longer than" in problem(write(tmp_path, long=f"---\n{head}---\nText.\n")).text


@pytest.mark.parametrize("start", ["{{< toc >}}", "{% include head.html %}", "{: .no_toc }", "{#top}"])
def test_templating_at_the_top_is_not_taken_for_json(tmp_path: Path, start: str) -> None:
    assert questions(page(tmp_path, f"{start}\n\n## Who bakes?\n\nThe baker.\n")) == ["Who bakes?"]


def test_a_page_may_open_with_a_rule_of_stars(tmp_path: Path) -> None:
    assert questions(page(tmp_path, "***\n\n## Who bakes?\n\nThe baker.\n")) == ["Who bakes?"]
