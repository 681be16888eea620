"""One small page for each way in which projects write down their questions."""

from pathlib import Path

import pytest

from bot.faq import load_faq
from tests.faq.builders import page, problem, questions, write

BAKER, RYE = "Who bakes the bread?", "Is there rye bread?"
BOTH = [BAKER, RYE]

FORMATS = {
    "level 2 headings below a title": "# FAQ\n\n## Who bakes the bread?\n\nThe baker.\n\n## Is there rye bread?\n\nYes.\n",
    "level 1 headings alone": "# Who bakes the bread?\n\nThe baker.\n\n# Is there rye bread?\n\nYes.\n",
    "level 4 headings": "#### Who bakes the bread?\n\nThe baker.\n\n#### Is there rye bread?\n\nYes.\n",
    "headings underlined": "FAQ\n===\n\nWho bakes the bread?\n---\n\nThe baker.\n\nIs there rye bread?\n---\n\nYes.\n",
    "headings closed with hashes": "## Who bakes the bread? ##\n\nThe baker.\n\n## Is there rye bread? ##\n\nYes.\n",
    "headings that are links": "## [Who bakes the bread?](#who)\n\nMe.\n\n## [Is there rye bread?](#rye)\n\nYes.\n",
    "headings with markup": "## **Who** bakes the `bread`?\n\nMe.\n\n## _Is there rye bread?_\n\nYes.\n",
    "headings with numbers": "## 1. Who bakes the bread?\n\nMe.\n\n## 2. Is there rye bread?\n\nYes.\n",
    "headings with nested numbers": "## 1 Bread\n\n### 1.1 Who bakes the bread?\n\nMe.\n\n### 1.2 Is there rye bread?\n\nYes.\n",
    "headings with brackets": "## (1) Who bakes the bread?\n\nMe.\n\n## (2) Is there rye bread?\n\nYes.\n",
    "headings with Q": "## Q: Who bakes the bread?\n\nA: Me.\n\n## Q: Is there rye bread?\n\nA: Yes.\n",
    "headings with Q and numbers": "### Q1. Who bakes the bread?\n\nMe.\n\n### Q2. Is there rye bread?\n\nYes.\n",
    "headings with emoji": "## ❓ Who bakes the bread?\n\nMe.\n\n## 🍞 Is there rye bread? 🍞\n\nYes.\n",
    "headings with permalinks": "## Who bakes the bread? [¶](#who)\n\nMe.\n\n## Is there rye bread? [⬆](#top)\n\nYes.\n",
    "headings with ids": "## Who bakes the bread? {#who}\n\nMe.\n\n## Is there rye bread? {: #rye .big }\n\nYes.\n",
    "headings of HTML": '<h2 id="who">Who bakes the <b>bread</b>?</h2>\n<p>Me.</p>\n<h2>Is there rye bread?</h2>\n\nYes.\n',
    "headings behind anchors": '<a name="who"></a>\n## Who bakes the bread?\n\nMe.\n\n<a id="rye"/>\n\n## Is there rye bread?\n\nYes.\n',
    "headings inside boxes": "<div class='q'>\n\n## Who bakes the bread?\n\n</div>\n\nMe.\n\n<div>\n\n## Is there rye bread?\n\n</div>\n\nYes.\n",
    "bold lines": "**Who bakes the bread?**\n\nThe baker.\n\n**Is there rye bread?**\n\nYes.\n",
    "bold lines with underscores": "__Who bakes the bread?__\n\nThe baker.\n\n__Is there rye bread?__\n\nYes.\n",
    "bold italic lines": "***Who bakes the bread?***\n\nThe baker.\n\n***Is there rye bread?***\n\nYes.\n",
    "bold lines right above the answer": "**Who bakes the bread?**\nThe baker.\n\n**Is there rye bread?**\nYes.\n",
    "bold lines with a break": "**Who bakes the bread?**<br>\nThe baker.\n\n**Is there rye bread?**  \nYes.\n",
    "bold lines without gaps": "**Who bakes the bread?**\nThe baker.\n**Is there rye bread?**\nYes.\n",
    "bold at the start of the line": "**Who bakes the bread?** The baker.\n\n**Is there rye bread?** Yes.\n",
    "bold with numbers": "**1. Who bakes the bread?**\n\nThe baker.\n\n**2. Is there rye bread?**\n\nYes.\n",
    "bold behind numbers": "1. **Who bakes the bread?**\n\n   The baker.\n\n2. **Is there rye bread?**\n\n   Yes.\n",
    "bold in a list, answer on the line": "- **Who bakes the bread?** The baker.\n- **Is there rye bread?** Yes.\n",
    "bold in a list, answer below": "* **Who bakes the bread?**\n  The baker.\n* **Is there rye bread?**\n  Yes.\n",
    "bold in HTML": "<b>Who bakes the bread?</b>\n\nMe.\n\n<p><strong>Is there rye bread?</strong></p>\n\nYes.\n",
    "bold and underlined": "<u>**Who bakes the bread?**</u>\n\nMe.\n\n<u>**Is there rye bread?**</u>\n\nYes.\n",
    "bold Q": "**Q: Who bakes the bread?**\n\nA: Me.\n\n**Q: Is there rye bread?**\n\nA: Yes.\n",
    "bold Q alone": "**Q:** Who bakes the bread?\n\n**A:** Me.\n\n**Q:** Is there rye bread?\n\n**A:** Yes.\n",
    "bold Q with the colon outside": "**Q**: Who bakes the bread?\n**A**: Me.\n\n**Q**: Is there rye bread?\n**A**: Yes.\n",
    "plain Q and A": "Q: Who bakes the bread?\nA: Me.\n\nQ: Is there rye bread?\nA: Yes.\n",
    "plain Q and A without gaps": "Q: Who bakes the bread?\nA: Me.\nQ: Is there rye bread?\nA: Yes.\n",
    "numbered Q and A": "Q1: Who bakes the bread?\n\nA1: Me.\n\nQ2: Is there rye bread?\n\nA2: Yes.\n",
    "Q and A on one line": "Q: Who bakes the bread? A: Me.\n\nQ: Is there rye bread? A: Yes.\n",
    "Q and A in a list": "- Q: Who bakes the bread?\n- A: Me.\n\n- Q: Is there rye bread?\n- A: Yes.\n",
    "question and answer written out": "**Question:** Who bakes the bread?\n\n**Answer:** Me.\n\n**Question:** Is there rye bread?\n\n**Answer:** Yes.\n",
    "numbered list": "1. Who bakes the bread?\n\n   The baker.\n\n2. Is there rye bread?\n\n   Yes.\n",
    "numbered list with answers at the margin": "1. Who bakes the bread?\n\nThe baker.\n\n2. Is there rye bread?\n\nYes.\n",
    "list with answers in a list": "- Who bakes the bread?\n  - The baker.\n- Is there rye bread?\n  - Yes.\n",
    "definition list": "Who bakes the bread?\n:   The baker.\n\nIs there rye bread?\n:   Yes.\n",
    "definition list of HTML": "<dl>\n<dt>Who bakes the bread?</dt>\n<dd>Me.</dd>\n<dt>Is there rye bread?</dt>\n<dd>Yes.</dd>\n</dl>\n",
    "details": "<details>\n<summary>Who bakes the bread?</summary>\n\nMe.\n\n</details>\n\n<details>\n<summary>Is there rye bread?</summary>\nYes.\n</details>\n",
    "details on one line": "<details><summary>Who bakes the bread?</summary>Me.</details>\n<details><summary>Is there rye bread?</summary>Yes.</details>\n",
    "details indented": "<details>\n  <summary>\n    <strong>Who bakes the bread?</strong>\n  </summary>\n  <p>\n    Me.\n  </p>\n</details>\n<details>\n  <summary><h3>Is there rye bread?</h3></summary>\n\n    Yes.\n\n</details>\n",
    "details left open": "<details>\n<summary>Who bakes the bread?</summary>\n\nMe.\n\n<details>\n<summary>Is there rye bread?</summary>\n\nYes.\n\n</details>\n",
    "details in a list": "- <details><summary>Who bakes the bread?</summary>\n\n  Me.\n  </details>\n- <details><summary>Is there rye bread?</summary>\n\n  Yes.\n  </details>\n",
    "admonitions that fold": '??? question "Who bakes the bread?"\n\n    Me.\n\n???+ question "Is there rye bread?"\n    Yes.\n',
    "admonitions": '!!! faq "Who bakes the bread?"\n    Me.\n\n!!! faq "Is there rye bread?"\n\n    Yes.\n',
    "notes that ask": '??? note "Who bakes the bread?"\n    Me.\n\n??? note "Is there rye bread?"\n    Yes.\n',
    "colon blocks": "::: details Who bakes the bread?\nMe.\n:::\n\n::: details Is there rye bread?\nYes.\n:::\n",
    "colon blocks with brackets": ":::details[Who bakes the bread?]\nMe.\n:::\n\n:::details[Is there rye bread?]\nYes.\n:::\n",
    "slash blocks": "/// details | Who bakes the bread?\n    type: note\n\nMe.\n///\n\n/// details | Is there rye bread?\nYes.\n///\n",
    "directives": "```{dropdown} Who bakes the bread?\n:open:\n\nMe.\n```\n\n:::{dropdown} Is there rye bread?\nYes.\n:::\n",
    "callouts": "> [!faq]- Who bakes the bread?\n> Me.\n\n> [!question] Is there rye bread?\n> Yes.\n",
    "accordions": '<AccordionGroup>\n  <Accordion title="Who bakes the bread?">\n    Me.\n  </Accordion>\n\n  <Accordion\n    title={"Is there rye bread?"}\n    icon="x"\n  >\n    Yes.\n  </Accordion>\n</AccordionGroup>\n',
    "accordions with triggers": "<Accordion>\n<AccordionItem>\n<AccordionTrigger>Who bakes the bread?</AccordionTrigger>\n<AccordionContent>Me.</AccordionContent>\n</AccordionItem>\n<AccordionItem>\n<AccordionTrigger>Is there rye bread?</AccordionTrigger>\n<AccordionContent>\n  Yes.\n</AccordionContent>\n</AccordionItem>\n</Accordion>\n",
    "components for FAQs": '<FAQ question="Who bakes the bread?">\nMe.\n</FAQ>\n\n<FAQ question="Is there rye bread?" answer="Yes." />\n',
    "shortcodes": '{{< details "Who bakes the bread?" >}}\nMe.\n{{< /details >}}\n\n{{% expand title="Is there rye bread?" %}}\nYes.\n{{% /expand %}}\n',
    "blocks of Liquid": "{% details Who bakes the bread? %}\nMe.\n{% enddetails %}\n\n{% details Is there rye bread? %}\nYes.\n{% enddetails %}\n",
    "a table": "| Question | Answer |\n|---|---|\n| Who bakes the bread? | Me. |\n| Is there rye bread? | Yes. |\n",
    "italic lines in an FAQ": "# FAQ\n\n*Who bakes the bread?*\n\nMe.\n\n*Is there rye bread?*\n\nYes.\n\n*Is it open?*\n\nNow.\n",
    "plain lines in an FAQ": "# FAQ\n\nWho bakes the bread?\n\nThe baker.\n\nIs there rye bread?\n\nYes.\n\nIs it open?\n\nNow.\n",
}


@pytest.mark.parametrize("name", FORMATS)
def test_questions_are_found_however_the_page_writes_them(tmp_path: Path, name: str) -> None:
    found = questions(page(tmp_path, FORMATS[name], "page.md"))
    assert found[:2] == BOTH
    assert found[2:] in ([], ["Is it open?"])


@pytest.mark.parametrize("name", FORMATS)
def test_answers_hold_neither_marks_nor_their_neighbours(tmp_path: Path, name: str) -> None:
    for entry in page(tmp_path, FORMATS[name], "page.md").entries:
        assert entry.answer in ("Me.", "The baker.", "Yes.", "- The baker.", "- Yes.", "Now.")
