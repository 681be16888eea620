"""Front matter as it is met on real pages: cut off by a `#`, unfilled, doubled, with characters that nobody sees."""

import json
from pathlib import Path

import pytest

from bot.errors import FaqError
from bot.faq import load_faq
from tests.faq.builders import page, problem, problems, questions, write


def notes(path: Path) -> list[str]:
    """Load, and return the notes that name a line, without the folder."""
    return [note.removeprefix(f"{path}/") for note in load_faq(path).notes if note.split(": ")[0][-1].isdigit()]


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("question: Where is issue #42 of the oven?", "#42 of the oven?"),
        ("question: What does # mean?", "# mean?"),
        ("section: About C #", "#"),
        ("anchor: where #x", "#x"),
        ("question:\n  Where is\n  issue #42", "#42"),
    ],
)
def test_text_behind_a_hash_that_yaml_takes_for_a_comment_is_told(tmp_path: Path, line: str, cut: str) -> None:
    rest = "" if "question" in line else "question: Who?\n"
    text = f"---\n{line}\n{rest}---\nThe baker.\n"
    (note,) = notes(write(tmp_path, who=text))
    last = 2 + line.count("\n")
    assert note.startswith(f"who.md:{last}: `{line.partition(':')[0]}` ends before `{cut}`")
    assert "quotes" in note


def test_a_hash_in_lists_and_maps_of_front_matter_is_told(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Bread FAQ\nalso_asked:\n  who-bakes:\n    - the baker of #42\nfaqs:\n"
        "  - question: What is bug #1?\n    answer: A fault, see #2\n---\n## Who bakes?\n\nMe.\n"
    )
    assert [note.partition("ends before")[0] for note in notes(write(tmp_path, page=text))] == [
        "page.md:5: `also_asked.who-bakes` ",
        "page.md:7: `faqs.question` ",
        "page.md:8: `faqs.answer` ",
    ]


@pytest.mark.parametrize(
    "front",
    [
        'question: "Where is issue #42?"',
        "question: 'Where is issue #42?'",
        "question: Where is issue#42?",
        "question: Where?  # the one that all ask",
        "question: |\n  Where is\n  issue #42?",
        "question: Where?\nlayout: post #1",
        "question: Where?\nweight: 3 # third\n# a comment",
    ],
)
def test_a_hash_in_quotes_or_a_comment_that_is_set_off_is_not_told(tmp_path: Path, front: str) -> None:
    assert notes(write(tmp_path, where=f"---\n{front}\n---\nIn the book.\n")) == []


@pytest.mark.parametrize(
    "front",
    [
        "question: #42 is what?",
        "question: Where?\nalso_asked:\n  - #42",
        "question: Where?\nalso_asked: [bug #42, bug]",
        "question: Where\n  is bug #42\n  now?",
    ],
)
def test_a_hash_that_leaves_nothing_or_breaks_the_rest_is_named(tmp_path: Path, front: str) -> None:
    (found,) = problems(write(tmp_path, where=f"---\n{front}\n---\nIn the book.\n"))
    assert found.line > 1
    assert "`#`" in found.text
    assert "quotes" in found.text


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: FAQ\ndate: {{ .Date }}\nlastmod: {{date:YYYY-MM-DD}}\n---",
        '---\ntitle: "{{ replace .Name "-" " " | title }}"\ntags: [{{ tags }}]\n---',
        "---\n{% if draft %}\nlayout: page\n{% endif %}\ndate: <% tp.date.now() %>\n---",
        "---\n{{- $x := 1 -}}\ntitle: FAQ\n---",
        "---\nauthor: @ann\nupdated: %DATE%\nlastmod: `r Sys.Date()`\ndescription: Foo: bar\n---",
        "---\nparams: *default\nmenu: {a: b\nsummary: x\n---",
        "---\nsubtitle: Foo: bar\nexcerpt: @x\ndate: @DATE@\nshared: &s [a]\nother: *s\n---",
        "---\nrating: 2018-13-45\nhero:\n  - [x\n---",
        "---\nlastmod: 2018-13-45\ndate: 2018-13-45\nversion: !latest 1\n---",
        "+++\ndate = {{ .Date }}\ntitle = '{{ replace .Name \"-\" \" \" | title }}'\ndraft = false\n+++",
        "+++\ntitle = \"a, {{ .Title }}, b\"\ndate = {{ .Date }}\nauthor = @ann\n+++",
        '{"title": "{{ .Title }}", "date": {{ .Date | jsonify }},\n"tags": [{{ tags }}]}',
        '{"description": "\\ud83d", "title": "\\udc00"}',
        "---\ndescription: a\x07b\nauthor: \x1b[1m\n---",
    ],
)  # fmt: skip
def test_what_cannot_be_read_in_keys_that_mean_nothing_here_refuses_no_page(tmp_path: Path, head: str) -> None:
    faq = page(tmp_path, f"{head}\n\n## Is it free?\n\nYes.\n")
    (entry,) = faq.entries
    assert (entry.question, entry.answer, entry.date, entry.section) == ("Is it free?", "Yes.", None, None)
    assert entry.line == head.count("\n") + 3


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("---\nquestion: {{ title }}\n---", 2),
        ('---\nquestion: "{{ .Title }}"\n---', 2),
        ("---\nquestion: Is it?\nalso_asked:\n  - free?\n  - {{ phrasing }}\n---", 5),
        ("---\nquestion: Is it?\nsection: {{ section }}\n---", 3),
        ("---\nquestion: Is it?\nweight: {{ weight }}\n---", 3),
        ("---\nquestion: Is it?\ndraft: {{ draft }}\n---", 3),
        ("---\nquestion: Is it?\nurl: {{ .Permalink }}\n---", 3),
        ("---\nquestion: Is it?\nurl: https://x.example/{{ .Slug }}/\n---", 3),
        ("---\ntitle: FAQ\nfaqs:\n  - question: {{ q }}\n    answer: x\n---", 4),
        ("---\ntitle: FAQ\nalso_asked: {{ all }}\n---\n## Is it?", 3),
        ('+++\nquestion = "{{ .Title }}"\n+++', 2),
        ('{"weight": {{ w }},\n"question": "{{ q }}"}', 2),
    ],
)
def test_a_template_that_was_never_filled_in_is_named_where_its_key_matters(
    tmp_path: Path, front: str, line: int
) -> None:
    found = problems(write(tmp_path, free=f"{front}\n\nYes.\n"))
    assert line in {one.line for one in found}
    assert all("template that was never filled in" in one.text for one in found)
    assert all("`{{" in one.text for one in found)


def test_an_unfilled_date_of_an_entry_and_a_variable_within_a_question_are_told(tmp_path: Path) -> None:
    text = "---\nquestion: What does {{ product }} cost?\ndate: {{ .Date }}\n---\nNothing.\n"
    told = notes(write(tmp_path, cost=text))
    assert [(note.split(":")[1], "never filled in" in note) for note in told] == [("2", True), ("3", True)]
    assert questions(load_faq(tmp_path)) == ["What does {{ product }} cost?"]


def test_a_key_that_cannot_be_read_and_is_left_out_is_told_with_its_line(tmp_path: Path) -> None:
    (note,) = notes(write(tmp_path, free="---\nquestion: Is it free?\nauthor: @ann\n---\nYes.\n"))
    assert note.startswith("free.md:3: `author` cannot be read and is left out")


@pytest.mark.parametrize(
    "text",
    [
        "---\n\n**Q: Is it free?**\n\nYes.\n\n---\n\nMIT\n",
        "---\n# The FAQ\n\n## Is it free?\n\nYes.\n\n---\n\nMIT\n",
        "---\n## Is it free?\nYes.\n\n---\n",
        "---\n\nNote: read this first.\n\n## Is it free?\n\nYes.\n\n---\n\nMIT\n",
        "---\nNote: read this first.\nThen that.\n\n## Is it free?\n\nYes.\n",
        "---\n- [Is it free?](#is-it-free)\n\n## Is it free?\n\nYes.\n",
        "---\n\nQ: Is it free?\n\nA: Yes.\n\n---\n\nMIT\n",
        "---\n> Bread for all.\n\n## Is it free?\n\nYes.\n\n---\n",
        "\n\n---\n\n## Is it free?\n\nYes.\n",
        "----\n\n## Is it free?\n\nYes.\n",
        "- - -\n\n## Is it free?\n\nYes.\n\n---\n",
        "***\n\n## Is it free?\n\nYes.\n\n***\n",
        "___\n\n## Is it free?\n\nYes.\n",
    ],
)
def test_a_page_that_begins_with_a_rule_is_a_page(tmp_path: Path, text: str) -> None:
    (entry,) = page(tmp_path, text).entries
    assert (entry.question, entry.answer.split("\n")[0]) == ("Is it free?", "Yes.")
    assert "Is it free?" in text.split("\n")[entry.line - 1]


@pytest.mark.parametrize(
    "head",
    [
        "---\n---",
        "---\n# a licence\ntitle: FAQ\n---",
        "---\n\ntitle: FAQ\n---",
        "---\n# SPDX: free\ncopyright: x\n---",
        "---\ntitle: FAQ\n\n# more\ncolour: red\n---",
    ],
)
def test_front_matter_with_comments_and_blank_lines_is_still_no_part_of_the_page(tmp_path: Path, head: str) -> None:
    faq = page(tmp_path, f"{head}\nIs it free?\n\nYes.\n\nIs it good?\n\nNo.\n")
    assert questions(faq) == ["Is it free?", "Is it good?"]


FIRST = ["---\nquestion: Is it free?\n---", '+++\nquestion = "Is it free?"\n+++', '{"question": "Is it free?"}']


@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize(
    "second",
    [
        "---\nauthor: Ann\nreviewed: 2024-01-01\n---",
        "\n---\nauthor: Ann: the baker\n---",
        '+++\nauthor = "Ann"\n+++',
        '{"author": "Ann"}\n',
        "<!-- reviewed -->\n---\nx: 1\n---\n---\ny: 2\n---",
        "---\nAuthor: Ann\nReviewed: 2024-01-01\n---",
    ],
)
def test_a_second_block_of_front_matter_is_no_answer(tmp_path: Path, first: str, second: str) -> None:
    folder = write(tmp_path, free=f"{first}\n{second}\nYes.\n")
    (entry,) = load_faq(folder).entries
    assert entry.answer == "Yes."
    assert all("second block of front matter" in note for note in notes(folder))
    assert notes(folder)


def test_a_second_block_of_front_matter_that_matters_is_told(tmp_path: Path) -> None:
    text = "---\ntitle: x\nquestion: Is it free?\n---\n---\nalso_asked: [free]\n---\nYes.\n"
    found = problem(write(tmp_path, free=text))
    assert (found.line, "move `also_asked`" in found.text) == (5, True)


@pytest.mark.parametrize(
    "answer",
    [
        "---\n\nNote: this matters.\n\n---\n\nYes.",
        "Note: this matters.\n---\nYes.",
        "```yaml\n---\nauthor: Ann\n---\n```",
        "Yes.\n\n---\nauthor: Ann\n---",
        "{% raw %}{ }{% endraw %}Yes.",
    ],
)
def test_an_answer_that_only_looks_like_front_matter_stays(tmp_path: Path, answer: str) -> None:
    folder = write(tmp_path, free=f"---\nquestion: Is it free?\n---\n{answer}\n")
    (entry,) = load_faq(folder).entries
    assert all(word in entry.answer for word in ("Yes", "Note", "author") if word in answer)
    assert notes(folder) == []


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_a_line_end_of_yaml_alone_moves_no_line_and_is_named(tmp_path: Path, character: str) -> None:
    front = f"question: Who bakes{character}the bread?\nalso_asked:\n  - the baker{character}who\n  - 2018\n"
    text = f"---\n{front}---\nMe.\n"
    with pytest.raises(FaqError) as caught:
        load_faq(write(tmp_path, who=text))
    assert [found.line for found in caught.value.problems] == [5]
    told = [note.removeprefix(f"{tmp_path}/") for note in caught.value.notes]
    assert [note[: len("who.md:2: U+2028")] for note in told] == [f"who.md:{n}: U+{ord(character):04X}" for n in (2, 4)]
    assert questions(load_faq(write(tmp_path, who=text.replace("2018", "x")))) == ["Who bakes the bread?"]


@pytest.mark.parametrize(
    ("front", "line", "name"),
    [
        ("question:\u00a0Who?", 2, "U+00A0"),
        ("question:\u00a0Who?\nalso_asked: [x]", 2, "U+00A0"),
        ("question:\u3000Who?\nweight: 3", 2, "U+3000"),
        ("question: Who?\nalso_asked:\n\u00a0\u00a0- x", 4, "U+00A0"),
        ("question: Who?\nalso_asked:\n  -\u00a0x", 4, "U+00A0"),
        ("question: Who?\x07", 2, "U+0007"),
        ("question: Who?\nalso_asked: [a\x1bb]", 3, "U+001B"),
        ('question: Who?\nalso_asked: ["a\\0"]', 3, "U+0000"),
        ('question: "Who?\\ud83d"', 2, "U+D83D"),
        ("question: Who?\n\tsection: x", 3, "tab"),
        ("question: Who?\nsection:\n\t- x", 4, "tab"),
    ],
)
def test_a_character_that_nobody_sees_is_named_with_its_line(tmp_path: Path, front: str, line: int, name: str) -> None:
    found = problem(write(tmp_path, who=f"---\n{front}\n---\nMe.\n"))
    assert (found.line, name in found.text) == (line, True)


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ('+++\ntitle = "x"\nquestion\u00a0= "Who?"\n+++\nMe.\n', 3, "U+00A0"),
        ('+++\nquestion = \u3000"Who?"\n+++\nMe.\n', 2, "U+3000"),
        ('+++\nquestion = "Who?\\ud83d"\n+++\nMe.\n', 2, "U+D83D"),
        ('{\n"question":\u00a0"Who?"}\nMe.\n', 2, "U+00A0"),
        ('{"question": "Who?",\n\u200b"also_asked": []}\nMe.\n', 2, "U+200B"),
        ('{\u00a0"question": "Who?"}\nMe.\n', 1, "U+00A0"),
    ],
)
def test_so_it_is_in_toml_and_json(tmp_path: Path, text: str, line: int, name: str) -> None:
    found = problem(write(tmp_path, who=text))
    assert (found.line, name in found.text) == (line, True)


@pytest.mark.parametrize("text", ['+++\nquestion =\u2028"Who?"\n+++\nMe.\n', '{\n"question":\u2028"Who?"}\nMe.\n'])
def test_a_line_end_that_no_editor_knows_is_a_space_in_toml_and_json_too(tmp_path: Path, text: str) -> None:
    (note,) = notes(write(tmp_path, who=text))
    assert note.startswith("who.md:2: U+2028")


@pytest.mark.parametrize("key", ["question\u00a0", "\u00a0question", "\u200bquestion", "\ufeffquestion"])
def test_invisible_characters_around_a_key_do_not_hide_it(tmp_path: Path, key: str) -> None:
    assert questions(load_faq(write(tmp_path, who=f"---\n{key}: Who?\n---\nMe.\n"))) == ["Who?"]


@pytest.mark.parametrize("start", ["\ufeff\ufeff", "<!-- free -->\n\ufeff", "\n\u00a0\n"])
def test_a_byte_order_mark_or_blank_before_front_matter_does_not_hide_it(tmp_path: Path, start: str) -> None:
    assert questions(load_faq(write(tmp_path, who=f"{start}---\u00a0\nquestion: Who?\n---\nMe.\n"))) == ["Who?"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"question": "Is it free? \\ud83d",\n"also_asked": ["what \\udc00 cost"]}\nYes.\n', {"1 U+D83D", "2 U+DC00"}),
        ('{"question": "Is it free?",\n"sec\\ud83dtion": "x"}\nYes.\n', {"2 \\ud83d"}),
        ('{"title": "FAQ",\n"faqs": [{"question": "a\\ud83d", "answer": "b"}]}\n', {"2 U+D83D"}),
        ('{"title": "FAQ",\n"also_asked": {"is-it-\\ud83d": []}}\n## Is it free?\n\nYes.\n', {"2 \\ud83d"}),
        ('+++\nquestion = "a\\u0000b"\n+++\nYes.\n', {"2 U+0000"}),
    ],
)
def test_half_a_surrogate_pair_is_named_and_can_be_printed(tmp_path: Path, text: str, told: set[str]) -> None:
    found = problems(write(tmp_path, free=text))
    assert {each for each in told for one in found if one.line == int(each[0]) and each[2:] in one.text} == told
    assert "\n".join(map(str, found)).encode()


def test_a_whole_surrogate_pair_is_an_emoji(tmp_path: Path) -> None:
    (entry,) = load_faq(write(tmp_path, free='{"question": "Is \\ud83c\\udf5e free?"}\nYes.\n')).entries
    assert entry.question == "Is 🍞 free?"
    assert json.dumps(entry.question, ensure_ascii=False).encode()


def test_a_file_whose_name_is_not_text_is_told(tmp_path: Path) -> None:
    write(tmp_path, who="---\nquestion: Who?\n---\nMe.\n")
    (tmp_path / "caf\udce9.md").write_text("---\nquestion: Where?\n---\nHere.\n")
    found = problem(tmp_path)
    assert "UTF-8" in found.text
    assert str(found).encode()


def test_a_bracket_that_is_never_closed_is_a_problem_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\n{\n---\nAn answer.\n", "utf-8")
    with pytest.raises(FaqError, match=r"a\.md:[12]"):
        load_faq(tmp_path)


def test_an_escaped_character_is_not_taken_for_what_holds_a_place(tmp_path: Path) -> None:
    front = 'question: "Why \\U00100000\\U00100009?"\nauthor: {{ .Name }}'
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\nAn answer.\n", "utf-8")
    [entry] = load_faq(tmp_path).entries
    assert entry.question == "Why \U00100000\U00100009?"
