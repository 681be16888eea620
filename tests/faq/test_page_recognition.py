"""What of a page is a question, what is a group, and what is neither."""

from pathlib import Path

import pytest

from bot.faq import load_faq
from tests.faq.builders import page, problem, questions, write


def sections(faq_page: str, folder: Path) -> list[tuple[str, str | None]]:
    return [(entry.question, entry.section) for entry in page(folder, faq_page).entries]


def test_headings_above_the_questions_become_their_sections(tmp_path: Path) -> None:
    text = "# Bakery FAQ\n\n## Bread\n\n### Who bakes?\n\nMe.\n\n## Cake\n\nSweet things.\n\n### Which cakes?\n\nAll.\n"
    assert sections(text, tmp_path) == [("Who bakes?", "Bread"), ("Which cakes?", "Cake")]


def test_the_page_says_how_it_was_read(tmp_path: Path) -> None:
    text = "# FAQ\n\n## Bread\n\n### Who?\n\nMe.\n\n### Why?\n\nSo.\n\n## Cake\n\n### When?\n\nNow.\n"
    (note,) = page(tmp_path, text).notes
    assert "3 questions as level 3 headings under 2 groups" in note


def test_a_question_may_stand_among_the_groups(tmp_path: Path) -> None:
    text = (
        "# FAQ\n\n## Is it open?\n\nYes.\n\n## Bread\n\n### Who bakes?\n\nMe.\n\n### Is there rye?\n\n"
        "Yes.\n\n### Is there more?\n\nNo.\n"
    )
    assert sections(text, tmp_path) == [
        ("Is it open?", None),
        ("Who bakes?", "Bread"),
        ("Is there rye?", "Bread"),
        ("Is there more?", "Bread"),
    ]


def test_a_group_may_stand_among_the_questions(tmp_path: Path) -> None:
    text = (
        "# FAQ\n\n## Who?\n\nMe.\n\n## When?\n\nNow.\n\n## Trouble\n\n### Why burnt?\n\nHeat.\n\n"
        "### It does not rise\n\nYeast.\n"
    )
    assert sections(text, tmp_path) == [
        ("Who?", None),
        ("When?", None),
        ("Why burnt?", "Trouble"),
        ("It does not rise", "Trouble"),
    ]


def test_complaints_among_questions_are_questions(tmp_path: Path) -> None:
    text = "## Who bakes?\n\nMe.\n\n## My bread is burnt\n\nToo hot.\n\n## The oven says “E 5”.\n\nCall us.\n"
    assert questions(page(tmp_path, text)) == ["Who bakes?", "My bread is burnt", "The oven says “E 5”."]


def test_an_faq_may_ask_without_any_question_mark(tmp_path: Path) -> None:
    text = "# FAQ\n\n## Setting up the oven\n\nPlug it in.\n\n## Bread sticks to the tin\n\nUse butter.\n"
    assert questions(page(tmp_path, text)) == ["Setting up the oven", "Bread sticks to the tin"]


def test_parts_of_an_answer_stay_in_it(tmp_path: Path) -> None:
    text = "## How do I bake?\n\n### On gas\n\nLow.\n\n### On wood\n\nHot.\n\n## When?\n\nNow.\n"
    faq = page(tmp_path, text)
    assert questions(faq) == ["How do I bake?", "When?"]
    assert faq.entries[0].answer == "### On gas\n\nLow.\n\n### On wood\n\nHot."


def test_a_question_inside_an_answer_is_one_of_its_own(tmp_path: Path) -> None:
    text = (
        "## What does it need?\n\nFlour.\n\n### Is salt needed, too?\n\nYes.\n\n### Tools\n\nA bowl.\n\n"
        "## When?\n\nNow.\n"
    )
    faq = page(tmp_path, text)
    assert questions(faq) == ["What does it need?", "Is salt needed, too?", "When?"]
    assert faq.entries[0].answer == "Flour.\n\n### Tools\n\nA bowl."
    assert faq.entries[1].answer == "Yes."


def test_questions_that_come_with_every_answer_are_parts_of_it(tmp_path: Path) -> None:
    text = (
        "## My bread burns\n\nOh.\n\n### How do I fix it?\n\nCool.\n\n## My bread is raw?\n\nOh.\n\n"
        "### How do I fix it?\n\nHeat.\n"
    )
    assert questions(page(tmp_path, text)) == ["My bread burns", "My bread is raw?"]


@pytest.mark.parametrize(
    "heading",
    [
        "Contents", "Table of contents", "See also", "Further reading", "License", "Contributing", "Support",
        "More questions?", "Still have questions?", "Didn't find your answer?", "Have a question?", "Need help?",
        "Introduction",
    ],
)  # fmt: skip
def test_what_stands_around_the_questions_is_none(tmp_path: Path, heading: str) -> None:
    text = (
        f"# FAQ\n\n## {heading}\n\nSome words.\n\n## Who bakes?\n\nMe.\n\n## When?\n\nNow.\n\n## {heading}\n\nWords.\n"
    )
    faq = page(tmp_path, text)
    assert questions(faq) == ["Who bakes?", "When?"]
    assert [entry.answer for entry in faq.entries] == ["Me.", "Now."]


def test_code_comments_and_quotations_are_no_headings(tmp_path: Path) -> None:
    text = (
        "# FAQ\n\n## Who bakes?\n\n"
        "```sh\n# Is this a question?\n## Or this?\n```\n\n    # Or this?\n\n> ## Or this?\n\n"
        "<!--\n## Or this?\n\nNo.\n-->\n\nMe.\n\n## When?\n\n~~~\n## Never closed?\n"
    )
    faq = page(tmp_path, text)
    assert questions(faq) == ["Who bakes?", "When?"]
    assert "<!--" not in faq.entries[0].answer
    assert faq.entries[1].answer == "~~~\n## Never closed?\n~~~"


def test_tables_of_contents_of_any_kind_are_no_questions(tmp_path: Path) -> None:
    lists = (
        "- [Who bakes?](#who-bakes)\n- [When?](#when)\n\n",
        "1. [Bread](#bread)\n   - [Who bakes?](#who-bakes)\n\n",
        "* **Bread**\n  * [Who bakes?](#who-bakes)\n\n",
        "* TOC\n{:toc}\n\n",
        "[[toc]]\n\n",
        "[TOC]\n\n",
    )
    for number, toc in enumerate(lists):
        text = f"# FAQ\n\n## Contents\n\n{toc}## Who bakes?\n\nMe.\n\n## When?\n\nNow.\n"
        assert questions(page(tmp_path, text, f"p{number}.md")) == ["Who bakes?", "When?"]


def test_bold_words_in_answers_are_no_questions(tmp_path: Path) -> None:
    text = "## Who bakes?\n\n**Note**\n\nMe.\n\n**Why?** Because.\n\n## When?\n\n**Really?**\n\nYes.\n"
    assert questions(page(tmp_path, text)) == ["Who bakes?", "When?"]


def test_a_question_in_the_introduction_is_no_entry(tmp_path: Path) -> None:
    text = "# FAQ\n\n**Looking for cake?** Go next door.\n\n## Who bakes?\n\nMe.\n\n## When?\n\nNow.\n"
    assert questions(page(tmp_path, text)) == ["Who bakes?", "When?"]


def test_folded_parts_of_an_answer_stay_in_it(tmp_path: Path) -> None:
    text = (
        "## Who bakes?\n\nMe.\n\n<details>\n<summary>Why me?</summary>\n\nBecause.\n\n</details>\n\n## When?\n\nNow.\n"
    )
    faq = page(tmp_path, text)
    assert questions(faq) == ["Who bakes?", "When?"]
    assert faq.entries[0].answer == "Me.\n\n**Why me?**\n\nBecause."


def test_folded_labels_among_folded_questions_are_no_questions(tmp_path: Path) -> None:
    text = "".join(
        f"<details><summary>{title}</summary>\n\nText.\n\n</details>\n\n"
        for title in ("Who?", "Click to expand", "When?")
    )
    assert questions(page(tmp_path, text)) == ["Who?", "When?"]


def test_only_the_faq_section_of_a_readme_is_read(tmp_path: Path) -> None:
    text = (
        "# Oven\n\n## Why an oven?\n\nHeat.\n\n## Install\n\n### On gas\n\nLow.\n\n## FAQ\n\n### Who bakes?\n\nMe.\n\n"
        "### It smokes a lot\n\nClean it.\n\n## License\n\nFree.\n"
    )
    (first, second) = page(tmp_path, text, "README.md").entries
    assert (first.question, first.section, first.answer) == ("Who bakes?", None, "Me.")
    assert (second.question, second.answer) == ("It smokes a lot", "Clean it.")


@pytest.mark.parametrize(
    "title",
    [
        "Questions and Answers",
        "Q&A",
        "Häufig gestellte Fragen",
        "Preguntas frecuentes",
        "常见问题",
        "よくある質問",
        "FAQs 🤔",
    ],
)
def test_an_faq_section_is_known_in_many_languages(tmp_path: Path, title: str) -> None:
    text = (
        f"# Oven\n\n## Parts\n\nMany.\n\n## {title}\n\n### One thing and another\n\nThis.\n\n"
        "### Another thing at once\n\nThat.\n"
    )
    assert len(page(tmp_path, text, "oven.md").entries) == 2


@pytest.mark.parametrize(
    "text",
    [
        "# Changelog\n\n## 1.2.0\n\n### Fixed\n\n- Heat\n\n## 1.1.0\n\n### Added\n\n- Why not?\n",
        "# Redirect FAQ\n\n## Contents\n\n- **Bread**\n  - [Who bakes?](bread.md#who)\n- [When?](time.md)\n",
        "# FAQ\n\nMoved to [the site](https://bakery.example).\n",
        "# FAQ\n\n## Bread\n\n- [Who bakes?](bread.md)\n\n## Cake\n\n- [Which?](cake.md)\n",
        "# Oven\n\n## Install\n\nPlug.\n\n## Use\n\nTurn.\n\n## Clean\n\nWipe.\n\n## Mend\n\nAsk.\n\n### Why?\n\nSo.\n",
        "Just a paragraph.\n",
        "---\ntitle: FAQ\n---\n\n{{< faqs >}}\n",
        "# FAQ\n\n```md\n## Who bakes?\n\nMe.\n```\n",
    ],
)
def test_a_page_without_questions_is_told_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.md").write_text(text)
    found = problem(tmp_path / "page.md")
    assert "No questions were found" in found.text


def test_a_page_that_was_misread_can_say_how_it_asks(tmp_path: Path) -> None:
    body = "# Oven\n\n## Heat\n\nHot.\n\n### Gas\n\nLow.\n\n## Cold\n\nNo.\n"
    assert questions(page(tmp_path, "---\nfaq: {questions: h2}\n---\n" + body)) == ["Heat", "Cold"]
    assert questions(page(tmp_path, "---\nfaq:\n  questions: [h2, h3]\n---\n" + body)) == ["Heat", "Gas", "Cold"]


@pytest.mark.parametrize(
    "setting", ["{questions: h9}", "{questions: 3}", "{slugs: wordpress}", "{questins: h2}", "{slugs: [a]}"]
)
def test_a_setting_that_means_nothing_is_told(tmp_path: Path, setting: str) -> None:
    (tmp_path / "faq.md").write_text(f"---\ntitle: x\nfaq: {setting}\n---\n\n## Who?\n\nMe.\n")
    assert problem(tmp_path / "faq.md").line == 3


def test_questions_in_the_front_matter_are_found(tmp_path: Path) -> None:
    text = (
        "---\ntitle: FAQ\nfaqs:\n  - question: Who bakes?\n    answer: |\n      The **baker**.\n  - question: When?\n"
        "    answer: Now.\n---\n"
    )
    faq = page(tmp_path, text)
    assert [(entry.question, entry.answer, entry.anchor, entry.line) for entry in faq.entries] == [
        ("Who bakes?", "The **baker**.", "who-bakes", 4),
        ("When?", "Now.", "when", 7),
    ]
    assert "front matter data" in faq.notes[0]


def test_questions_in_the_front_matter_may_stand_in_groups(tmp_path: Path) -> None:
    text = '+++\n[[faq]]\ntitle = "Bread"\n[[faq.items]]\nq = "Who bakes?"\na = "Me."\n+++\n'
    (entry,) = page(tmp_path, text).entries
    assert (entry.question, entry.answer, entry.section) == ("Who bakes?", "Me.", "Bread")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Wer backt das Brot?", "Es brennt an"),
        ("¿Quién hornea el pan?", "¿Cuándo?"),
        ("パンは誰が焼きますか", "いつ焼きますか？"),
        ("谁来烤面包？", "面包烤焦了怎么办"),
        ("من يخبز الخبز؟", "متى؟"),
        ("Кто печёт хлеб?", "Мой хлеб подгорел"),
        ("Ποιος ψήνει;", "Πότε ψήνει;"),
        ("빵은 누가 굽나요?", "언제 굽나요"),
        ("ใครอบขนมปัง?", "เมื่อไหร่?"),
    ],
)
def test_any_language_and_script_can_ask(tmp_path: Path, first: str, second: str) -> None:
    found = questions(page(tmp_path, f"---\ntitle: FAQ\n---\n\n## {first}\n\nA.\n\n## {second}\n\nB.\n"))
    assert found == [first, second]


def test_several_pages_of_a_folder_are_one_faq(tmp_path: Path) -> None:
    write(
        tmp_path,
        bread="---\ntitle: Bread FAQ\nweight: 2\n---\n\n## Who?\n\nMe.\n",
        cake="---\ntitle: Cake FAQ\nweight: 1\n---\n\n## Who?\n\nShe.\n\n## When?\n\nNow.\n",
        README="# All our FAQs\n\n- [Bread](bread.md)\n- [Cake](cake.md)\n",
    )
    faq = load_faq(tmp_path)
    assert [(entry.id, entry.section, entry.answer) for entry in faq.entries] == [
        ("cake-who", "Cake FAQ", "She."),
        ("when", "Cake FAQ", "Now."),
        ("bread-who", "Bread FAQ", "Me."),
    ]
    assert any("README.md" in note for note in faq.notes)


def test_the_same_question_twice_in_one_section_is_answered_as_it_was_first_and_told(tmp_path: Path) -> None:
    faq = page(tmp_path, "## Who?\n\nMe.\n\n## who\n\nYou.\n\n## When?\n\nNow.\n")
    assert [(entry.question, entry.answer) for entry in faq.entries] == [("Who?", "Me."), ("When?", "Now.")]
    assert any("faq.md:5: the same question stands at" in note and "faq.md:1" in note for note in faq.notes)


def test_the_same_question_in_two_sections_is_two_questions(tmp_path: Path) -> None:
    text = "# FAQ\n\n## Bread\n\n### How long?\n\nAn hour.\n\n## Cake\n\n### How long?\n\nA day.\n"
    faq = page(tmp_path, text)
    assert [(entry.section, entry.anchor) for entry in faq.entries] == [("Bread", "how-long"), ("Cake", "how-long-1")]


def test_a_question_without_an_answer_is_left_out_and_told(tmp_path: Path) -> None:
    faq = page(tmp_path, "---\ntitle: FAQ\n---\n\n## When?\n\nNow.\n\n## Who?\n")
    assert questions(faq) == ["When?"]
    assert any("faq.md:9: this question has no answer" in note for note in faq.notes)


def test_a_question_answered_only_by_the_site_is_left_out_and_told(tmp_path: Path) -> None:
    faq = page(tmp_path, "## Who?\n\n{{< team >}}\n\n## When?\n\nNow.\n")
    assert questions(faq) == ["When?"]
    assert any("faq.md:1" in note for note in faq.notes)


def test_a_question_too_long_to_show_is_left_out_and_told(tmp_path: Path) -> None:
    faq = page(tmp_path, f"## Who{' oh' * 120}?\n\nMe.\n\n## When?\n\nNow.\n")
    assert questions(faq) == ["When?"]
    assert any("longer than 300" in note for note in faq.notes)


def test_a_draft_page_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, a="---\ndraft: true\n---\n\n## Who?\n\nMe.\n", b="## When?\n\nNow.\n")
    assert questions(load_faq(tmp_path)) == ["When?"]


def test_a_page_whose_title_asks_is_one_question(tmp_path: Path) -> None:
    write(
        tmp_path,
        _index="---\ntitle: General\n---\n",
        who="---\ntitle: Who bakes?\nweight: 2\n---\n\nMe.\n\n## Tools\n\nA bowl.\n",
        when="---\ntitle: When is it open?\nweight: 1\n---\n\nNow.\n",
    )
    faq = load_faq(tmp_path)
    assert [(entry.question, entry.answer) for entry in faq.entries] == [
        ("When is it open?", "Now."),
        ("Who bakes?", "Me.\n\n## Tools\n\nA bowl."),
    ]


def test_the_title_of_a_page_is_no_question_of_it(tmp_path: Path) -> None:
    text = "# Why an oven?\n\nHot.\n\n## Who bakes?\n\nMe.\n\n## When?\n\nNow.\n"
    assert questions(page(tmp_path, text)) == ["Who bakes?", "When?"]


def test_pictures_and_templating_in_headings_are_no_words_of_the_question(tmp_path: Path) -> None:
    text = '## ![icon](i.svg) Who {{< term text="bakes" >}}?\n\nMe.\n\n## <Icon name="x" /> When?\n\nNow.\n'
    assert questions(page(tmp_path, text)) == ["Who bakes?", "When?"]


def test_a_folded_faq_section_is_read_alone(tmp_path: Path) -> None:
    text = (
        "# Oven\n\n## Install\n\nPlug.\n\n## Use\n\nTurn.\n\n## Mend\n\nCall.\n\n<details>\n<summary>FAQ</summary>\n\n"
        "### Who bakes?\n\nMe.\n\n</details>\n\n## Clean\n\nWipe.\n"
    )
    assert questions(page(tmp_path, text, "README.md")) == ["Who bakes?"]


def test_placeholders_in_headings_are_words_of_the_question(tmp_path: Path) -> None:
    assert questions(page(tmp_path, "## Why does <your-oven> smoke?\n\nClean it.\n")) == ["Why does <your-oven> smoke?"]


def test_complaints_may_have_a_group_of_their_own(tmp_path: Path) -> None:
    text = "# FAQ\n\n## Who?\n\nMe.\n\n## When?\n\nNow.\n\n## Trouble\n\n### It does not heat up\n\nPlug it in.\n"
    assert sections(text, tmp_path)[2] == ("It does not heat up", "Trouble")


def test_an_faq_of_one_topic_is_read(tmp_path: Path) -> None:
    text = "---\ntitle: FAQ\n---\n\n# Resetting the oven clock\n\nPress twice.\n"
    assert questions(page(tmp_path, text)) == ["Resetting the oven clock"]


def test_empty_headings_divide_nothing(tmp_path: Path) -> None:
    text = "# FAQ\n\n## Bread\n#\n### Who?\n\nMe.\n#\n### When?\n\nNow.\n"
    assert sections(text, tmp_path) == [("Who?", "Bread"), ("When?", "Bread")]


def test_what_the_table_of_contents_lists_among_the_questions_is_one(tmp_path: Path) -> None:
    text = (
        "# FAQ\n\n- [Bread](#bread)\n  - [Who?](#who)\n  - [Rye](#rye)\n- [Cake](#cake)\n  - [When?](#when)\n\n"
        "## Bread\n\n### Who?\n\nMe.\n\n### Rye\n\nYes.\n\n### Ovens\n\nTwo.\n\n## Cake\n\n### When?\n\nNow.\n"
    )
    assert questions(page(tmp_path, text)) == ["Who?", "Rye", "When?"]


def test_bold_complaints_among_bold_questions_in_a_list_are_questions(tmp_path: Path) -> None:
    text = "# FAQ\n\n- **Who bakes?**\n\n  Me.\n\n- **It is burnt again**\n\n  Cool it.\n\n- **When?**\n\n  Now.\n"
    assert questions(page(tmp_path, text)) == ["Who bakes?", "It is burnt again", "When?"]


def test_topics_in_an_faq_that_never_asks_are_its_questions(tmp_path: Path) -> None:
    text = "# 常见问题\n\n## 安装\n\n### 无法启动\n\n重启。\n\n### 乱码\n\n改编码。\n\n## 使用\n\n### 卸载\n\n删除。\n"
    assert questions(page(tmp_path, text)) == ["无法启动", "乱码", "卸载"]


@pytest.mark.parametrize(
    "head", ["title: Help\ntags: [FAQ]", "layout: faq", "category: FAQ", "title: Hilfe\nslug: faqs"]
)
def test_a_page_may_call_itself_an_faq_anywhere_in_its_front_matter(tmp_path: Path, head: str) -> None:
    text = f"---\n{head}\n---\n\n## Setting up the oven\n\nPlug.\n\n## Bread sticks to the tin\n\nButter.\n"
    assert len(page(tmp_path, text, "help.md").entries) == 2


def test_a_date_that_only_the_site_can_read_does_not_keep_a_page_out(tmp_path: Path) -> None:
    faq = page(tmp_path, "---\ndate: first snow\n---\n\n## Who?\n\nMe.\n")
    assert faq.entries[0].date is None
    assert any("faq.md:2" in note for note in faq.notes)


def test_a_page_beyond_the_limits_is_refused(tmp_path: Path) -> None:
    for name, text in {"a": "## Who?\n\nMe.\n" + "\n" * 30_001, "b": "## Who {}?\n\nMe.\n\n" * 2_001}.items():
        (tmp_path / f"{name}.md").write_text(text)
        assert "split it" in problem(tmp_path / f"{name}.md").text


def test_short_complaints_among_questions_are_questions_but_parts_of_an_answer_are_not(tmp_path: Path) -> None:
    text = (
        "# FAQ\n\n## General\n\n### Who bakes the bread?\n\nMe.\n\n### Is there rye bread?\n\nYes.\n\n"
        "## How do I get there?\n\nIn two ways.\n\n### By car\n\nDrive.\n\n### On foot\n\nWalk.\n\n"
        "## Troubleshooting\n\n### Oven problems\n\nCall us.\n\n### The bread is too hard for me\n\nToast it.\n"
    )
    assert questions(page(tmp_path, text)) == [
        "Who bakes the bread?",
        "Is there rye bread?",
        "How do I get there?",
        "Oven problems",
        "The bread is too hard for me",
    ]


def test_a_short_topic_beside_questions_of_another_level_is_one_of_them(tmp_path: Path) -> None:
    text = (
        "# FAQ\n\n## Guests\n\n### Bread\n\n#### Who bakes the bread?\n\nMe.\n\n#### Is there rye bread?\n\nYes.\n\n"
        "## Bakers\n\n### How do I become one?\n\nBake.\n\n### Working hours\n\nEarly.\n"
    )
    assert questions(page(tmp_path, text))[2:] == ["How do I become one?", "Working hours"]


def test_a_topic_of_three_words_is_a_question_in_an_faq_of_any_language(tmp_path: Path) -> None:
    text = "# よくある質問\n\n## パンの買い方を教えてください\n\nMe.\n\n## 無料ですか？\n\n1\n\n## エラーが出る\n\n0\n"
    assert questions(page(tmp_path, text))[-1] == "エラーが出る"


def test_a_question_answered_in_parts_stays_one_though_one_part_asks(tmp_path: Path) -> None:
    text = "# FAQ\n\n## Who bakes?\n\nMe.\n\n## How do I bake?\n\n### Before\n\nWash.\n\n### What if it burns?\n\nGo\n"
    assert questions(page(tmp_path, text))[1] == "How do I bake?"


TROUBLE = "## Oven\n\n### The oven stays cold\n\nPlug it in.\n\n### Error `E17` on the display\n\nRing us.\n"


def test_the_headings_of_a_page_on_troubleshooting_are_questions(tmp_path: Path) -> None:
    assert questions(page(tmp_path, f"# Troubleshooting\n\n{TROUBLE}")) == [
        "The oven stays cold",
        "Error E17 on the display",
    ]


def test_a_section_on_troubleshooting_makes_no_faq_of_a_readme(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(f"# Oven\n\nBakes.\n\n## Usage\n\nHeat.\n\n## Troubleshooting\n\n#{TROUBLE}")
    assert "No questions" in problem(tmp_path / "README.md").text


def test_an_answer_may_be_a_single_link_but_a_list_of_links_is_none(tmp_path: Path) -> None:
    text = (
        "# FAQ\n\n## Who bakes?\n\nMe.\n\n## Setting up the oven\n\n- [Its manual](https://oven.example)\n\n"
        "## More bread elsewhere\n\n- [Rye](https://rye.example)\n- [Wheat](https://wheat.example)\n"
    )
    assert questions(page(tmp_path, text)) == ["Who bakes?", "Setting up the oven"]


def test_an_faq_may_quote_complaints_and_answer_them(tmp_path: Path) -> None:
    text = "# FAQ\n\n> My bread burns\n\nTurn it down:\n\nIs it done?\n\n> The oven is cold\n\nLight it.\n"
    assert questions(page(tmp_path, text)) == ["My bread burns", "The oven is cold"]


def test_what_an_answer_quotes_is_no_question(tmp_path: Path) -> None:
    text = "# FAQ\n\n## Who bakes?\n\n> The baker does.\n\nSo they say.\n\n## Is there rye?\n\n> Rye it is.\n\nYes.\n"
    assert questions(page(tmp_path, text)) == ["Who bakes?", "Is there rye?"]


def test_a_readme_without_an_faq_is_read_for_its_troubleshooting(tmp_path: Path) -> None:
    text = (
        "# Oven\n\nBakes.\n\n## Set-up\n\nPlug it in.\n\n## Troubleshooting\n\n### My bread burns\n\nTurn it down."
        "\n\n### How do I turn it down?\n\nTo the left.\n\n## Licence\n\nMIT\n"
    )
    assert questions(page(tmp_path, text, "README.md")) == ["My bread burns", "How do I turn it down?"]


def test_a_readme_whose_troubleshooting_is_a_guide_has_no_questions(tmp_path: Path) -> None:
    text = "# Oven\n\nBakes.\n\n## Troubleshooting\n\n### Reading the lamp\n\nRed: stop.\n\n### The fuse\n\nBelow.\n"
    (tmp_path / "README.md").write_text(text)
    assert "No questions were found" in problem(tmp_path / "README.md").text


def test_short_topics_beside_complaints_count_on_a_page_without_a_title(tmp_path: Path) -> None:
    text = "---\ntitle: Troubleshooting\n---\n\n## The bread burns in the oven\n\nCool it.\n\n## Cold ovens\n\nOh.\n"
    assert questions(page(tmp_path, text)) == ["The bread burns in the oven", "Cold ovens"]


def test_a_complaint_may_stand_among_groups_of_complaints(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Troubleshooting common errors\n---\n\n## Problems with the oven\n\nWait.\n\n## Bread\n\nOh.\n\n"
        "### The bread burns in the oven\n\nTurn it down.\n\n### The bread is still raw inside\n\nTurn it up.\n"
    )
    assert len(questions(page(tmp_path, text))) == 3


def test_signs_before_a_heading_are_no_part_of_the_question(tmp_path: Path) -> None:
    text = "# FAQ\n\n## >> Who bakes?\n\nMe.\n\n## » Is there rye?\n\nYes.\n"
    assert questions(page(tmp_path, text)) == ["Who bakes?", "Is there rye?"]


def test_questions_may_all_stand_below_the_first(tmp_path: Path) -> None:
    text = (
        "# FAQ\n\n## What is the bakery?\n\nOurs.\n\n### Who bakes?\n\nMe.\n\n### Is there rye?\n\nYes.\n\n"
        "### Cannot light oven\n\nWait.\n"
    )
    assert questions(page(tmp_path, text)) == [
        "What is the bakery?",
        "Who bakes?",
        "Is there rye?",
        "Cannot light oven",
    ]


def test_an_faq_may_be_nothing_but_blocks_that_fold(tmp_path: Path) -> None:
    block = "<details>\n<summary>{}</summary>\n\nSo.\n\n</details>\n\n"
    text = "# FAQ\n\n" + block.format("The bread burns") + block.format("The oven is cold")
    assert questions(page(tmp_path, text)) == ["The bread burns", "The oven is cold"]


def test_an_id_that_mdx_made_its_author_escape_is_the_anchor(tmp_path: Path) -> None:
    (entry,) = page(tmp_path, "# FAQ\n\n## Who bakes? \\{#bakers}\n\nMe.\n", "faq.mdx").entries
    assert (entry.question, entry.anchor) == ("Who bakes?", "bakers")


def test_a_group_of_complaints_may_begin_with_a_word_about_them(tmp_path: Path) -> None:
    text = (
        "# FAQ\n\n## Who bakes?\n\nMe.\n\n## Is there rye?\n\nYes.\n\n## Oven errors\n\nThey happen.\n\n"
        "### The bread burns in the oven\n\nCool it.\n\n### The bread is raw inside\n\nHeat it.\n\n"
        "## Contributing\n\nPlease do.\n\n### Steps to send us a recipe\n\nWrite it down.\n"
    )
    assert questions(page(tmp_path, text)) == [
        "Who bakes?",
        "Is there rye?",
        "The bread burns in the oven",
        "The bread is raw inside",
    ]
