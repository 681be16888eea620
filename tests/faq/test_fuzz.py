"""Whatever stands in a file, the loader gives an FAQ or its own error: authors never see a traceback."""

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import FaqError
from bot.faq import Faq, load_faq

EXAMPLES = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PIECES = [
    "# FAQ\n", "## Why?\n", "### Who bakes?\n", "Why?\n---\n", "**Why?**", "**Why?** So.\n", "*Why?*\n", "Q: Why?\n",
    "A: So.\n", "1. Why?\n", "- Why?\n  - So.\n", "Why?\n: So.\n", ": So\n", "| Why? | So |\n|---|---|\n",
    "| a | b |\n", "<details>\n", "<summary>Why?</summary>", "</details>\n", '<Accordion title="Why?">\n',
    "</Accordion>\n", "<A\n x={", "}>\n", "<h2>Why?</h2>\n", "<h2 id=x>", "<dl><dt>Why?</dt><dd>So", "</dl>",
    "<pre>\n", "</pre>", "<table><tr><td>", "</table>", "<a name='x'></a>\n", "<a href='b.md'>", "</a>", "<b>",
    "</b>", "<br>", "<!--", "-->", "<img src=x alt=y>", "<div>\n", "</div>\n", '??? faq "Why?"\n', "    So.\n",
    "!!! note\n", '=== "x"\n', "::: details Why?\n", ":::\n", "/// faq | Why?\n", "///\n", "```{dropdown} Why?\n",
    "```\n", "~~~~\n", "`", "``", "> [!faq] Why?\n", "> So\n", "{{< details \"Why?\" >}}\n", "{{< /details >}}\n",
    "{{< x", "{% details Why? %}\n", "{% enddetails %}\n", "{% highlight x %}\n", "{% endhighlight %}", "{{ x }}",
    "{/*", "*/}", "{#id}", "{: #x .y}\n", "(x)=\n", "[a](b.md)", "[a]", "[a][b]", "[b]: c.md\n", "[^1]",
    "[^1]: note\n", "![a](b.png)", "[[toc]]\n", "](", "((", "&nbsp;", "&#0;", "\\", "\t", "  ", "\n", "\n\n",
    "***\n", "---\n", "===\n", "\ue000", "\ue0010\n", "\ufeff", "\u2028", "\x0b", "\x85", "为什么？",
    "¿", "؟", "🍞", "é",
    "a", "So.\n\n", "import x from 'y'\n", "export const a\n", "http://[", "##Why?\n",
    "#Why?\n", "[Q] Why?\n", "[A] So.\n", "**Q** Why?\n", "**A** So.\n", "<a href='#x'>**Q**</a>. Why?\n",
    "<a id='x'></a>**Why?**\n", "> Why so\n", '{{< faq q="Why?" a="So" >}}\n',
    '{% include x.html question="Why?" answer="So" %}\n', "## Troubleshooting\n", "javascript:x",
    "::a\n", "::\n", ':::b{label="Why?"}\n', "---\nitems:\n- label: Why?\n  content: So\n---\n", "#title\n",
    "#answer\n", '::: {.callout-tip collapse="true" title="Why?"}\n', "{% capture a %}\n", "{% endcapture %}\n",
    "[details=Why?]\n", "[/details]\n", "{% include faq.html title=a content=a %}\n", "{% Details %}\n",
    "{% DetailsSummary %}\n", "{% endDetailsSummary %}\n", "{% endDetails %}\n", "{% end %}\n", "<br>Why?",
    'export const a = "Why?"\n', "<A title={a + 'b'}>\n", "Who?[^1]\n", "{{ a | default: 'b' }}", "{% raw %}",
    "{% endraw %}", "[](){#x}\n", "**Who?**\n**Why?**\n",
]  # fmt: skip
HEADS = [
    "---\n", "+++\n", "{\n", "}\n", "title: FAQ\n", 'title = "FAQ"\n', '"title": "FAQ",\n', "question: Why?\n",
    "also_asked:\n", "also_asked: {why: [x]}\n", "  - no\n", "  - a: b\n", "  why: [x]\n", "weight: 1\n",
    "weight: x\n", "date: 2018-13-45\n", "date: 2020-02-03\n", "draft: true\n", "anchor: '#x'\n", "url: /x\n",
    "url: 'http://['\n", "section: 1\n", "faq: {questions: h2}\n", "faq: [{question: Why?, answer: So}]\n",
    "faqs:\n  - q: Why?\n    a: So\n", "a: &a [*a]\n", "? [a]\n: b\n", "'", '"', "[", "{", "- ", "!!binary x\n",
    "!x y\n", "%YAML 9\n", "...\n", "<<: {a: b}\n", "=: =\n", "~: ~\n", "a: 1e999\n", "b: 0x\n", "c: 1:60\n", "\t",
    "\0", "topic: x\n", "[[faq]]\n", 'q = """', "a = 1979-13-01\n", "é", "\ud7ff",
]  # fmt: skip
BODIES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
FRONTS = st.lists(st.sampled_from(HEADS), max_size=12).map("".join)


def load(data: bytes, name: str = "faq.md", faq_url: str | None = "https://b.example/faq/") -> Faq | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        with suppress(FaqError):
            return load_faq(path, faq_url=faq_url)
    return None


def assert_sound(faq: Faq | None) -> None:
    entries = faq.entries if faq else ()
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.id
        assert len(entry.id) <= 120
        assert 0 < len(entry.question) <= 300
        assert entry.answer.strip()
        assert entry.line > 0
        assert not {"\ue000", "\ue001"} & set(entry.answer + entry.question)


@EXAMPLES
@given(BODIES, st.sampled_from(["faq.md", "README.md", "page.mdx"]))
def test_no_markdown_breaks_the_loader(body: str, name: str) -> None:
    assert_sound(load(body.encode(), name))


@EXAMPLES
@given(FRONTS, BODIES)
def test_no_front_matter_breaks_the_loader(front: str, body: str) -> None:
    assert_sound(load((front + body).encode()))
    assert_sound(load(f"---\n{front}---\n{body}".encode(), faq_url=None))
    assert_sound(load(f"+++\n{front}+++\n{body}".encode(), faq_url=None))


@EXAMPLES
@given(st.binary(max_size=300), st.text(max_size=300))
def test_no_bytes_break_the_loader(data: bytes, text: str) -> None:
    assert_sound(load(data))
    assert_sound(load(b"---\n" + data))
    assert_sound(load(f"## Why?\n\n{text}".encode(errors="replace")))
    assert_sound(load(f"---\nquestion: Why?\nalso_asked: {text}\n---\nSo.".encode(errors="replace")))


@EXAMPLES
@given(st.data())
def test_no_mutation_of_a_good_page_breaks_the_loader(data: st.DataObject) -> None:
    page = (
        "---\ntitle: FAQ\nalso_asked:\n  why: [x, y]\n---\n\n## Why?\n\nSo [a](b.md).\n\n"
        "<details>\n<summary>Who?</summary>\nI\n</details>\n"
    )
    start = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(start, min(len(page), start + 8)))
    piece = data.draw(st.sampled_from(PIECES + HEADS))
    assert_sound(load((page[:start] + piece + page[end:]).encode()))


HUGE = {
    "headings": "## Why {}?\n\nSo.\n\n",
    "the same heading": "## Why?\n\nSo.\n\n",
    "one long line": "why? ",
    "brackets": "[",
    "links left open": "[](",
    "tags left open": "<a {",
    "templates left open": "{{<",
    "comments left open": "{/*\n",
    "paragraph ends": "</p>",
    "rules": "---\n\n",
    "backticks": "`a``",
    "stars": "*a _b ",
    "details left open": "<details>\n<summary>\n",
    "lists": "- - - - Why?\n",
    "quotations": ">>>>>>>> Why?\n",
    "blank lines": "\n",
    "crowded headings": "##Why?\n",
    "questions in brackets": "[Q] Why?\n[A] So.\n",
    "calls": '{{< faq q="Why?" a="So" >}}\n',
    "emphasis": "**b** [x](y) `c` **b** [x](y) `c`\n",
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_page_is_read_in_seconds_or_refused(name: str) -> None:
    piece = HUGE[name]
    text = "# FAQ\n\n## Why not?\n\n" + "".join(piece.replace("{}", str(n)) for n in range(400_000 // len(piece)))
    start = time.process_time()
    load(text.encode())
    assert time.process_time() - start < 20
