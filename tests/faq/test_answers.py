"""Answers are Markdown that can be read anywhere: what only works on the site is gone or reduced to its text."""

from pathlib import Path

import pytest

from bot.faq import load_faq
from tests.faq.builders import page

URL = "https://bakery.example/docs/faq/"


def answer(folder: Path, text: str, name: str = "faq.md", *, url: str | None = URL, head: str = "") -> str:
    (entry,) = page(folder, f"{head}## Who bakes?\n\n{text}\n", name, faq_url=url).entries
    return entry.answer


@pytest.mark.parametrize(
    "text",
    [
        "Plain text, *italic*, **bold**, `code`, ~~gone~~ and [a link](https://x.example/a_(b)).",
        "- one\n- two\n  - three\n\n1. first\n2. second",
        "```python\n# a comment\nprint('{{ x }}', '<br>', '![a](b.png)')\n```",
        "    indented code <br> {{< x >}}",
        "Inline code `<br>` and `{{ x }}` and ``a ` b`` stays.",
        "> A quotation\n> of two lines",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "A line  \nand another",
        "<https://x.example> and https://y.example and a@b.example",
        "2 < 3 and 4 > 3 & 5; {braces} and $HOME, ${HOME}, [brackets], a_b_c, 5 * 3 * 2",
        "Backslashes \\*stay\\* and \\[so do\\](these)",
        "### A heading\n\nText.",
        "Emoji :bread: 🍞 and “quotes” — stay.",
        "- [ ] open\n- [x] done",
        "`~/.config` is <b.",
    ],
)
def test_plain_markdown_stays_as_written(tmp_path: Path, text: str) -> None:
    assert answer(tmp_path, text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<b>Bold</b>, <em>quiet</em>, <del>old</del> <code>x &lt; y</code>", "**Bold**, *quiet*, ~~old~~ `x < y`"),
        ("Press <kbd>Ctrl</kbd>+<kbd>C</kbd>", "Press `Ctrl`+`C`"),
        ("One<br>two<br/>\nthree", "One  \ntwo  \nthree"),
        ('See <a href="/bread" target="_blank">the <b>bread</b></a>.', "See [the **bread**](https://bakery.example/bread)."),
        ('<a name="x"></a>Here', "Here"),
        ('<span class="x">In</span> <sup>2</sup> <font color=red>red</font>', "In 2 red"),
        ("<p>One</p>\n<p>Two</p>", "One\n\nTwo"),
        ("<div>\n\nText\n\n</div>", "Text"),
        ("<ul>\n  <li>One</li>\n  <li>Two</li>\n</ul>", "- One\n- Two"),
        ("<pre><code>a &lt; b\n# c</code></pre>", "~~~~\na < b\n# c\n~~~~"),
        ("<table><tr><th>A</th></tr>\n<tr><td>2|3</td></tr></table>", "| A |\n| --- |\n| 2\\|3 |"),
        ("Use <your-name> and <NAME> here", "Use \\<your-name> and \\<NAME> here"),
        ("a&nbsp;b &mdash; c &amp; d &lt;e&gt; &ast;", "a b — c &amp; d &lt;e&gt; \\*"),
        ("Text<!-- hidden --> more <!-- over\ntwo lines --> end", "Text more  end"),
        ("<!-- all\n\nhidden -->\n\nText", "Text"),
        ("<script>\nalert(1)\n</script>\n\nText", "Text"),
        ('<iframe src="https://video.example/1"></iframe>', "[https://video.example/1](https://video.example/1)"),
    ],
)  # fmt: skip
def test_html_becomes_markdown(tmp_path: Path, text: str, clean: str) -> None:
    assert answer(tmp_path, text) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ('See [it]({{< ref "bread.md" >}})', "See [it](https://bakery.example/docs/bread/)"),
        ("See [it]({% link cake.md %})", "See [it](https://bakery.example/docs/cake/)"),
        ("See [it]({{ site.baseurl }}/cake)", "See [it](https://bakery.example/cake)"),
        ("See [it]({{ '/cake' | relative_url }})", "See [it](https://bakery.example/cake)"),
        ('A {{< tooltip text="loaf" term="bread" >}} of {{< term "rye" >}}', "A loaf of rye"),
        ("{{< note >}}\nHot!\n{{< /note >}}\n\nYes.", "Hot!\n\nYes."),
        ("Watch {{< youtube abc123 >}}", "Watch https://youtu.be/abc123"),
        ("Show `{{</* figure */>}}` so", "Show `{{< figure >}}` so"),
        ('{{< figure src="https://x.example/a.png" alt="Oven" >}}', "[Oven](https://x.example/a.png)"),
        ("{% raw %}\nText\n{% endraw %}", "Text"),
        ("{% highlight sh %}\n# bake\n{% endhighlight %}", "```sh\n# bake\n```"),
        ("{{< highlight go >}}\n# bake\n{{< /highlight >}}", "```go\n# bake\n```"),
        ("{% if x %}\nA\n{% endif %}", "A"),
        ('{% include image.html src="https://x.example/a.png" alt="Oven" %}', "[Oven](https://x.example/a.png)"),
        ("Text{: .big}\n{: .note}", "Text"),
        ("[One](https://x.example){: .a } [two](https://y.example){ .b }", "[One](https://x.example) [two](https://y.example)"),
        ("Click :material-cog: to go", "Click  to go"),
        ("See {doc}`the oven <oven>` and {kbd}`Esc`", "See the oven and `Esc`"),
        ("A {/* hidden */} word", "A  word"),
        ('--8<-- "x.md"\n\nText', "Text"),
        ("[!INCLUDE [notice](../x.md)]\n\nText", "Text"),
        (':::image type="content" source="https://x.example/a.png" alt-text="Oven":::', "[Oven](https://x.example/a.png)"),
        (':::zone pivot="gas"\nLow.\n:::zone-end', "Low."),
    ],
)  # fmt: skip
def test_templating_is_removed_or_reduced_to_its_text(tmp_path: Path, text: str, clean: str) -> None:
    assert answer(tmp_path, text) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ('import X from "./x"\n\nText', "Text"),
        ("Version {props.version} of it{' '}", "Version {props.version} of it"),
        ("<Tabs>\n  <TabItem value='a' label='Gas'>\n\n    Low.\n\n  </TabItem>\n</Tabs>", "**Gas**\n\nLow."),
        ("<Note>\n  Hot!\n</Note>", "Hot!"),
        ("Press <Icon name='x' /> now", "Press  now"),
        ('<Card title="Oven" href="/oven">\n  Hot.\n</Card>', "**Oven**\n\nHot."),
        ("<>\nText\n</>", "Text"),
    ],
)
def test_components_are_reduced_to_their_text(tmp_path: Path, text: str, clean: str) -> None:
    assert answer(tmp_path, text, "faq.mdx") == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("!!! warning\n    Hot!\n\nYes.", "**Warning**\n\nHot!\n\nYes."),
        ('??? note "Mind this"\n\n    Hot!\n\n    ```\n    # x\n    ```', "**Mind this**\n\nHot!\n\n```\n# x\n```"),
        ('=== "Gas"\n    Low.\n\n=== "Wood"\n    Hot.', "**Gas**\n\nLow.\n\n**Wood**\n\nHot."),
        (":::tip\nHot!\n:::\n\nYes.", "**Tip**\n\nHot!\n\nYes."),
        (":::tip Mind this\nHot!\n:::", "**Mind this**\n\nHot!"),
        ("> [!NOTE]\n> Hot!", "> **Note**  \n> Hot!"),
        ("<details>\n<summary>More</summary>\n\nHot!\n\n</details>", "**More**\n\nHot!"),
        ("1. One\n\n   !!! note\n       Hot!\n\n2. Two", "1. One\n\n   **Note**\n\n   Hot!\n\n2. Two"),
    ],
)
def test_boxes_become_bold_titles_with_their_text(tmp_path: Path, text: str, clean: str) -> None:
    assert answer(tmp_path, text) == clean


@pytest.mark.parametrize(
    ("target", "full"),
    [
        ("#oven", "https://bakery.example/docs/faq/#oven"),
        ("/oven", "https://bakery.example/oven"),
        ("../oven/", "https://bakery.example/docs/oven/"),
        ("oven.md", "https://bakery.example/docs/oven/"),
        ("./oven.md#heat", "https://bakery.example/docs/oven/#heat"),
        ("heat/index.md", "https://bakery.example/docs/heat/"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://x.example", "https://x.example"),
        ("<oven page.html>", "https://bakery.example/docs/faq/oven%20page.html"),
        ('oven.html "Title"', "https://bakery.example/docs/faq/oven.html"),
    ],
)
def test_relative_links_are_completed_against_the_page(tmp_path: Path, target: str, full: str) -> None:
    assert answer(tmp_path, f"See [the oven]({target}).") == f"See [the oven]({full})."


@pytest.mark.parametrize(
    ("url", "target", "full"),
    [
        ("https://b.example/faq.html", "oven.md", "https://b.example/oven.html"),
        ("https://b.example/docs/faq", "oven.md", "https://b.example/docs/oven"),
        ("https://github.com/o/r/blob/main/docs/faq.md", "oven.md", "https://github.com/o/r/blob/main/docs/oven.md"),
        ("https://github.com/o/r/blob/main/docs/faq.md", "/oven.md", "https://github.com/o/r/blob/main/oven.md"),
        ("https://github.com/o/r/wiki/FAQ", "Oven", "https://github.com/o/r/wiki/Oven"),
    ],
)
def test_links_follow_the_style_of_the_pages_address(tmp_path: Path, url: str, target: str, full: str) -> None:
    assert answer(tmp_path, f"See [the oven]({target}).", url=url) == f"See [the oven]({full})."


def test_links_from_file_to_file_are_completed_against_the_folder(tmp_path: Path) -> None:
    head = "---\nsidebar_position: 1\n---\n\n"
    assert answer(tmp_path, "![Oven](img/oven.png)", head=head) == "[Oven](https://bakery.example/docs/img/oven.png)"
    (tmp_path / "faq").mkdir()
    found = answer(tmp_path / "faq", "See [it](oven.md).", "index.md")
    assert found == "See [it](https://bakery.example/docs/faq/oven/)."


def test_without_an_address_relative_links_stay(tmp_path: Path) -> None:
    assert answer(tmp_path, "See [the oven](oven.md).", url=None) == "See [the oven](oven.md)."


@pytest.mark.parametrize("target", ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "http://[::1", ""])
def test_links_that_lead_nowhere_keep_their_text_alone(tmp_path: Path, target: str) -> None:
    assert answer(tmp_path, f"See [the oven]({target}).") == "See the oven."


def test_images_become_links(tmp_path: Path) -> None:
    text = (
        '![Oven](oven.png "x") ![](plain.png) [![Badge](b.svg)](https://x.example) <img src="/i.png" alt="I" width=3>'
    )
    assert answer(tmp_path, text) == (
        "[Oven](https://bakery.example/docs/faq/oven.png) [image](https://bakery.example/docs/faq/plain.png) "
        "[Badge](https://x.example) [I](https://bakery.example/i.png)"
    )


def test_reference_links_and_footnotes_are_resolved_from_the_whole_page(tmp_path: Path) -> None:
    text = (
        "See [the oven][Oven], [oven] and [it][].[^1]\n\n## When?\n\nNow.\n\n"
        "[oven]: /oven\n[it]: https://it.example\n[^1]: Or the tin."
    )
    first = page(tmp_path, f"## Who bakes?\n\n{text}\n", faq_url=URL).entries[0]
    oven = "https://bakery.example/oven"
    assert first.answer == f"See [the oven]({oven}), [oven]({oven}) and [it](https://it.example). (Or the tin.)"


def test_the_last_answer_ends_where_the_footer_begins(tmp_path: Path) -> None:
    text = "## Who?\n\nMe.\n\n## When?\n\nNow.\n\n---\n\nBack to the [start](index.md)\n"
    assert [entry.answer for entry in page(tmp_path, text).entries] == ["Me.", "Now."]


def test_rules_between_questions_belong_to_none(tmp_path: Path) -> None:
    text = "## Who?\n\nMe.\n\n---\n\n## When?\n\nNow.\n\n* * *\n"
    assert [entry.answer for entry in page(tmp_path, text).entries] == ["Me.", "Now."]


def test_ways_back_to_the_top_are_dropped(tmp_path: Path) -> None:
    assert answer(tmp_path, "Me.\n\n[⬆ Back to top](#top)") == "Me."
    assert answer(tmp_path, "Me.\n\n**[Back to contents](#contents)**") == "Me."


def test_code_that_was_never_closed_ends_with_its_answer(tmp_path: Path) -> None:
    assert answer(tmp_path, "Me.\n\n```sh\nbake") == "Me.\n\n```sh\nbake\n```"


def test_code_keeps_its_language_and_nothing_else_behind_the_fence(tmp_path: Path) -> None:
    assert answer(tmp_path, '```yaml title="x.yml" hl_lines="1"\na: b\n```') == "```yaml\na: b\n```"
    assert answer(tmp_path, "```{code-block} sh\n:linenos:\nbake\n```").startswith("```sh\n")


def test_entry_files_are_cleaned_like_pages(tmp_path: Path) -> None:
    (tmp_path / "who.md").write_text("---\nquestion: Who?\n---\n<!-- later -->\n\n[He](he.md) does.\n")
    (entry,) = load_faq(tmp_path, faq_url="https://b.example/faq").entries
    assert entry.answer == "[He](https://b.example/he) does."


def test_a_definition_lists_answer_goes_on_to_the_next_term(tmp_path: Path) -> None:
    faq = page(
        tmp_path,
        "# FAQ\n\nWho bakes?\n\n: The baker.\n\n: His son, too:\n\n```sh\nbake\n```\n\nEvery day.\n\n"
        "Is there rye?\n\n: Yes.\n\n## Cake\n\nIs there cake?\n: No.\n",
    )
    assert [entry.answer for entry in faq.entries] == [
        "The baker.\n\nHis son, too:\n\n```sh\nbake\n```\n\nEvery day.",
        "Yes.",
        "No.",
    ]


def test_a_link_may_begin_on_one_line_and_lead_on_the_next(tmp_path: Path) -> None:
    assert answer(tmp_path, "See [here](\nrye.md).") == "See [here](https://bakery.example/docs/rye/)."


def test_terms_stand_before_what_defines_them(tmp_path: Path) -> None:
    text = "Of two kinds:\n\n_Rye_\n: Dark.\n: Sour.\n\n_Wheat_\n\n: Light."
    assert answer(tmp_path, text) == "Of two kinds:\n\n_Rye_: Dark.\nSour.\n\n_Wheat_\n\nLight."


def test_directives_leave_what_can_be_shown(tmp_path: Path) -> None:
    text = "See:\n\n```{image} rye.png\n:alt: Rye\n```\n\n```{literalinclude} bake.py\n:language: python\n```\n\nSo."
    assert answer(tmp_path, text) == "See:\n\n[image](https://bakery.example/docs/faq/rye.png)\n\nSo."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**A:****Yes.** Of course.", "**Yes.** Of course."),
        ("**A**: **Easy**, by hand.", "**Easy**, by hand."),
        ("A: **Easy**, by hand.", "**Easy**, by hand."),
        ("**A: Yes, easy.**", "**Yes, easy.**"),
        ("__A:__ Yes.", "Yes."),
        ("*A*: Yes.", "Yes."),
        ("**A:**\nYes.", "Yes."),
    ],
)
def test_the_answers_mark_goes_and_its_bold_words_stay(tmp_path: Path, written: str, shown: str) -> None:
    faq = page(tmp_path, f"# FAQ\n\n**Q: Who?**\n\n{written}\n\n**Q: When?**\n\nA: Now.\n")
    assert faq.entries[0].answer == shown


def test_arrows_back_and_abbreviations_go(tmp_path: Path) -> None:
    text = 'In the OSS.<a href="#top" class="reversefootnote">↩</a> So [¶](#so).\n\n*[OSS]: Open Source Software'
    assert answer(tmp_path, text) == "In the OSS. So."
