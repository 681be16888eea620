"""Phrasings are added to front matter, and nothing else of a file changes: in what it says or how it is written."""

import difflib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import FaqError
from bot.faq.diagnostics import Diagnostics
from bot.faq.front_matter import parse_document
from bot.faq.sources import Source
from bot.teaching.phrasing_list import add_phrasings

ENTRY = ("also_asked",)
PAGE = ("also_asked", "who")


def add(text: str, *phrasings: str, path: tuple[str, ...] = ENTRY) -> str:
    return add_phrasings(text, path, phrasings or ("new one",), "faq.md")


def changes(before: str, after: str) -> list[str]:
    """Give the lines that went (-) and came (+)."""
    compared = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line for line in compared if line[0] in "+-"]


def entry(front: str) -> str:
    return f"---\nquestion: Who?\n{front}date: 2018-03-05\n---\nMe.\n"


@pytest.mark.parametrize(
    ("front", "after"),
    [
        ("also_asked:\n  - a\n", "also_asked:\n  - a\n  - new one\n"),
        ("also_asked:\n- a\n", "also_asked:\n- a\n- new one\n"),
        ("also_asked:\n      -   a\n", "also_asked:\n      -   a\n      -   new one\n"),
        ("also_asked:\n  - 'a'\n", "also_asked:\n  - 'a'\n  - 'new one'\n"),
        ('also_asked:\n  - "a"\n', 'also_asked:\n  - "a"\n  - "new one"\n'),
        ("also_asked: # c\n  # c\n  - a # c\n  # c\n", "also_asked: # c\n  # c\n  - a # c\n  - new one\n  # c\n"),
        ("also_asked:\n  - a\n\n\n", "also_asked:\n  - a\n  - new one\n\n\n"),
        ("also_asked:\n  - a\n    b\n", "also_asked:\n  - a\n    b\n  - new one\n"),
        ("also_asked:\n  - |\n    a\n\n", "also_asked:\n  - |\n    a\n  - new one\n\n"),
        ("also_asked:\n  - |+\n    a\n\n", "also_asked:\n  - |+\n    a\n\n  - new one\n"),
        ("also_asked:\n  - >-\n    a\n    b\n# c\n", "also_asked:\n  - >-\n    a\n    b\n  - new one\n# c\n"),
        ("also_asked:\n  -\n    # a - b\n    a\n", "also_asked:\n  -\n    # a - b\n    a\n  - new one\n"),
        ("also_asked: &x\n  - a\n", "also_asked: &x\n  - a\n  - new one\n"),
        ('"also_asked":\n  - a\n', '"also_asked":\n  - a\n  - new one\n'),
        ("also_asked: [a, b]\n", "also_asked: [a, b, new one]\n"),
        ("also_asked: [a, b, ] # c\n", "also_asked: [a, b, new one, ] # c\n"),
        ("also_asked: ['a']\n", "also_asked: ['a', 'new one']\n"),
        ("also_asked: [a,\n  b]\n", "also_asked: [a,\n  b,\n  new one]\n"),
        ("also_asked: [\n  a,\n  b, # c\n]\n", "also_asked: [\n  a,\n  b, # c\n  new one,\n]\n"),
        ("also_asked: [\n  a,\n  b # c\n]\n", "also_asked: [\n  a,\n  b, # c\n  new one\n]\n"),
        ("also_asked: [\n  a,\n  b ]\n", "also_asked: [\n  a,\n  b,\n  new one ]\n"),
        ("also_asked: [ # c, d\n  ]\n", "also_asked: [new one # c, d\n  ]\n"),
        ("also_asked: []\n", "also_asked:\n  - new one\n"),
        ("also_asked: [ ]   # none yet\n", "also_asked:   # none yet\n  - new one\n"),
        ("also_asked:\n", "also_asked:\n  - new one\n"),
        ("also_asked: # none yet\n", "also_asked: # none yet\n  - new one\n"),
        ("also_asked: ~\n", "also_asked:\n  - new one\n"),
        ("also_asked: null # c\n", "also_asked: # c\n  - new one\n"),
        ("", "also_asked:\n  - new one\n"),
        ("tags:\n- a\n", "also_asked:\n- new one\ntags:\n- a\n"),
    ],
)  # fmt: skip
def test_a_phrasing_joins_the_others_in_the_layout_that_they_have(front: str, after: str) -> None:
    assert add(entry(front)) == entry(after)


@pytest.mark.parametrize(
    ("front", "after"),
    [
        ("description: >\n  Long\n", "description: >\n  Long\nalso_asked:\n  who:\n    - new one\n"),
        ("title: FAQ\n", "title: FAQ\nalso_asked:\n  who:\n    - new one\n"),
        ("also_asked:\n", "also_asked:\n  who:\n    - new one\n"),
        ("also_asked: {}\n", "also_asked:\n  who:\n    - new one\n"),
        ("also_asked:\n  why:\n    - a\n", "also_asked:\n  why:\n    - a\n  who:\n    - new one\n"),
        ("also_asked:\n  who:\n    - a\ntitle: x\n", "also_asked:\n  who:\n    - a\n    - new one\ntitle: x\n"),
        ("also_asked:\n  who:\n  why: [a]\n", "also_asked:\n  who:\n    - new one\n  why: [a]\n"),
        ("also_asked:\n  who: []\n", "also_asked:\n  who:\n    - new one\n"),
        ("also_asked:\n  why: [a]\n", "also_asked:\n  why: [a]\n  who: [new one]\n"),
        ("also_asked: {why: [a]}\n", "also_asked: {why: [a], who: [new one]}\n"),
        ("also_asked: {who: }\n", "also_asked: {who: [new one]}\n"),
        ("{title: FAQ}\n", "{title: FAQ, also_asked: {who: [new one]}}\n"),
        ("# only this\n", "# only this\nalso_asked:\n  who:\n    - new one\n"),
        ("", "also_asked:\n  who:\n    - new one\n"),
    ],
)
def test_in_a_page_the_phrasing_goes_to_its_question(front: str, after: str) -> None:
    body = "---\n\n## Who?\n\nMe.\n\n## Why?\n\nSo.\n"
    assert add(f"---\n{front}{body}", path=PAGE) == f"---\n{after}{body}"


def test_a_page_without_front_matter_gets_one() -> None:
    assert add("# FAQ\n", path=PAGE) == "---\nalso_asked:\n  who:\n    - new one\n---\n# FAQ\n"


@pytest.mark.parametrize("title", ["no", "2018", "1e3"])
def test_a_page_whose_anchors_read_as_numbers_is_taught_in_place(title: str) -> None:
    text = f"---\nalso_asked:\n  {title}:\n    - a\n---\n"
    assert changes(text, add(text, path=("also_asked", title))) == ["+     - new one\n"]
    text = "---\nalso_asked:\n  x: [a]\n---\n"
    assert changes(text, add(text, path=("also_asked", title))) == [f'+   "{title}": [new one]\n']


TOML = '+++\nquestion = "Who?" # c\n{}[params]\nx = [ "#", """]""" ]\n+++\nMe.\n'


@pytest.mark.parametrize(
    ("front", "after"),
    [
        ("also_asked = [ 'a' ] # c\n", "also_asked = [ 'a', \"new one\" ] # c\n"),
        ("also_asked = []\n", 'also_asked = ["new one"]\n'),
        ('also_asked = [\n  "a", # c ]\n]\n', 'also_asked = [\n  "a", # c ]\n  "new one",\n]\n'),
        ("also_asked = [\n  \"a\", ''','''\n]\n", "also_asked = [\n  \"a\", ''',''', \"new one\"\n]\n"),
        ('"also_asked" = ["a"]\n', '"also_asked" = ["a", "new one"]\n'),
        ("", 'also_asked = ["new one"]\n\n'),
        ("weight = 1\n", 'weight = 1\nalso_asked = ["new one"]\n\n'),
    ],
)
def test_toml_is_edited_in_place(front: str, after: str) -> None:
    assert add(TOML.format(front)) == TOML.format(after)


@pytest.mark.parametrize(
    ("front", "after"),
    [
        ("", '[also_asked]\nwho = ["new one"]\n'),
        ('title = "FAQ"\n', 'title = "FAQ"\n\n[also_asked]\nwho = ["new one"]\n'),
        ('[also_asked]\nwho = ["a"]\n[x]\n', '[also_asked]\nwho = ["a", "new one"]\n[x]\n'),
        ('[also_asked]\nwhy = ["a"]\n[x]\n', '[also_asked]\nwhy = ["a"]\nwho = ["new one"]\n[x]\n'),
        ('also_asked.who = ["a"]\n', 'also_asked.who = ["a", "new one"]\n'),
    ],
)
def test_a_page_with_toml_is_taught_in_place(front: str, after: str) -> None:
    body = "+++\n\n## Who?\n\nMe.\n"
    assert add(f"+++\n{front}{body}", path=PAGE) == f"+++\n{after}{body}"


@pytest.mark.parametrize(
    ("front", "after"),
    [
        ('{"question": "Who?", "also_asked": ["a"]}', '{"question": "Who?", "also_asked": ["a", "new one"]}'),
        ('{\n\t"question": "Who?"\n}', '{\n\t"question": "Who?",\n\t"also_asked": ["new one"]\n}'),
        ('{\n  "also_asked": [\n    "a"\n  ]\n}', '{\n  "also_asked": [\n    "a",\n    "new one"\n  ]\n}'),
        ('{"also_asked": [], "x": 1}', '{"also_asked": ["new one"], "x": 1}'),
        ('{"also_asked":null}', '{"also_asked": ["new one"]}'),
    ],
)
def test_json_is_edited_in_place(front: str, after: str) -> None:
    assert add(f"{front}\nMe.\n") == f"{after}\nMe.\n"


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    text = "\ufeff" + entry("also_asked:\n  - a\n").replace("\n", "\r\n")
    assert changes(text, add(text)) == ["+   - new one\r\n"]
    old = entry("also_asked:\n  - a\n").replace("\n", "\r")
    assert changes(old, add(old)) == ["+   - new one\r"]


def test_a_missing_line_end_at_the_end_of_the_file_stays_missing() -> None:
    text = "---\nquestion: Who?\nalso_asked:\n  - a\n---\nMe."
    assert add(text) == text.replace("  - a\n", "  - a\n  - new one\n")
    assert add("---\nquestion: Who?\n---") == "---\nquestion: Who?\nalso_asked:\n  - new one\n---"


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("x: &a [b]\nalso_asked: *a\n", "alias"),
        ("also_asked: [a]\nalso_asked: [b]\n", "second time"),
        ("also_asked: a: b\n", "not valid YAML"),
        ("also_asked: why\n", "add there yourself: new one"),
        ("also_asked:\n  why: [a]\n", "add there yourself: new one"),
    ],
)
def test_what_cannot_be_edited_for_sure_is_refused_with_what_to_do(front: str, said: str) -> None:
    with pytest.raises(FaqError, match=said) as caught:
        add(entry(front))
    assert caught.value.problems[0].file == "faq.md"
    assert caught.value.problems[0].line > 1


def test_what_would_read_as_something_else_afterwards_is_refused() -> None:
    with pytest.raises(FaqError, match="add there yourself: new one"):
        add("---\ntitle: x\n? |+\n\n---\nMe.\n")


def test_an_inline_table_of_toml_is_edited_in_place() -> None:
    text = '+++\nalso_asked = { why = ["a"] }\n+++\n'
    assert add(text, path=PAGE) == '+++\nalso_asked = { why = ["a"], who = ["new one"]}\n+++\n'


@pytest.mark.parametrize("front", ['also_asked = [\n  "a", "b" # c\n]\n', "also_asked = 3\n"])
def test_a_list_of_toml_that_cannot_be_edited_for_sure_is_left_to_its_author(front: str) -> None:
    with pytest.raises(FaqError, match=r"add there yourself: new one|also_asked"):
        add(TOML.format(front))


TRAPS = [
    "no", "2018", "Kinvolk: who?", "# x", "a #b", "it's", 'say "x"', "back\\slash", "- x", "-x", "x:", "? x", "*x",
    "&x", "!x", "%x", "@x", "`x`", "[x", "{x}", "x, y", "|", ">", "~", "null", "1e3", "0o14", "1:30", "2018-03-05",
    "2018-03-05 10:00:00", "=", "<<", "...", "---", "🍞 bread?", "من يخبز الخبز؟", "誰が？", "\u200bx", "\x7f", "é",
    "'", '"', "''", "x 'y' \"z\"", "y", "Off", ".5", "+1", "x\u200f", "\ufeffx", "a\ufeffb", "\\n", "#", "a: b: c",
    "e\u0301", "🏳️‍🌈",
]  # fmt: skip
PHRASINGS = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30).map(
        lambda text: " ".join(text.split()) or "x"
    ),
)
LAYOUTS = [
    "also_asked:\n  - {}\n", "also_asked:\n- {}\n# c\n", "also_asked: [{}]\n", "also_asked: [\n  {},  # c\n  ]\n",
    "also_asked: [{},\n  {}]\n", "also_asked:\n  - {} # c\n  # d\n  - {}\n\n", "also_asked: []\n", "also_asked:\n", "",
    "also_asked: [ # c\n {} # d\n]\n", "# c\nalso_asked:\n     - {}\n", "also_asked: &all\n  - &one {}\n",
    "also_asked:\n  - |\n    two\n    lines\n  # c\n  - {}\n# d\n", "also_asked:\n  - >-\n    one\n\n    two\n",
    "also_asked: [ {}, # ]\n  {} ,\n    # c ]\n  ]\n", "also_asked:\n  - 'a\n    b'\n  -\n    {}\n",
    "also_asked: [\n  ]\n",
]  # fmt: skip
SETTINGS = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def metadata(text: str) -> dict[str, object]:
    diagnostics = Diagnostics()
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    document = parse_document(Source("faq.md", "faq.md", plain), diagnostics)
    diagnostics.raise_problems()
    assert document
    return dict(document.metadata)


@SETTINGS
@given(
    st.sampled_from(LAYOUTS),
    st.lists(st.sampled_from(["a", "'b c'", '"d: e"', "f's", "'it''s'", r'"\u00e9\t"', "x#y"]), min_size=2, max_size=2),
    st.lists(PHRASINGS, min_size=1, max_size=3),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_a_file_loads_to_the_old_data_and_the_new_phrasings_and_keeps_its_lines(
    layout: str, old: list[str], new: list[str], line_end: str, mark: str
) -> None:
    text = mark + entry(layout.format(*old)).replace("\n", line_end)
    before, after = metadata(text), add(text, *new)
    assert metadata(after) == before | {"also_asked": [*(before.get("also_asked") or []), *new]}  # type: ignore[misc]
    assert_only_the_key_changed(text, after)


def assert_only_the_key_changed(before: str, after: str) -> None:
    """Every line outside the key, and every comment, is in the new text as it was, byte for byte."""
    gone = [line[2:].rstrip("\r\n") for line in changes(before, after) if line.startswith("-")]
    assert all(line.startswith(("also_asked", " ")) for line in gone), gone
    assert before.count("#") <= after.count("#")
    assert after.rpartition("---")[2] == before.rpartition("---")[2]


@SETTINGS
@given(st.lists(PHRASINGS, min_size=1, max_size=3), st.sampled_from(["who", "no", "a: b", "été", "#x", "1"]))
def test_a_page_in_any_form_is_taught_any_phrasing(new: list[str], anchor: str) -> None:
    for front in (
        "---\ntitle: x\n---\n",
        "+++\ntitle = 'x'\n+++\n",
        '{"title": "x"}\n',
        "",
        "---\nalso_asked: {}\n---\n",
    ):
        after = add(front + "Body\n", *new, path=("also_asked", anchor))
        assert metadata(after)["also_asked"] == {anchor: new}
        again = add(after, "more", path=("also_asked", anchor))
        assert metadata(again)["also_asked"] == {anchor: [*new, "more"]}


@SETTINGS
@given(st.text(alphabet="ab:-'\"#[]{}\n ,&*!|>?~\té", max_size=40))
def test_whatever_the_front_matter_is_it_is_edited_right_or_refused(front: str) -> None:
    for text in (f"---\nquestion: x\n{front}\n---\nMe.\n", f"---\nalso_asked: {front}\n---\nMe.\n"):
        try:
            after = add(text)
        except FaqError:
            continue
        assert metadata(after) == metadata(text) | {
            "also_asked": [*(metadata(text).get("also_asked") or []), "new one"]
        }  # type: ignore[misc]


def test_every_entry_and_signpost_that_ships_can_be_taught() -> None:
    for path in Path("faq").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert len(changes(text, add(text))) == 1, path
