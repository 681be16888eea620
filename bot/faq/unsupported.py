"""Tells why a file is not read that is not Markdown, by its name or by its text."""

import re
from pathlib import PurePath

_PANDOC = "save it as Markdown, for instance with: pandoc {name} -t gfm -o {stem}.md"
_DATA = "put its questions into the front matter of a Markdown file: `faqs:`, each with `question` and `answer`."
_CODE = "give the Markdown that it shows, or write its questions down as headings."
_KINDS = {
    "reStructuredText": ((".rst", ".rest"), _PANDOC),
    "AsciiDoc": ((".adoc", ".asciidoc"), _PANDOC),
    "Org": ((".org",), _PANDOC),
    "HTML": ((".html", ".htm", ".xhtml"), _PANDOC),
    "a document of another program": ((".docx", ".odt", ".rtf", ".ipynb", ".tex"), _PANDOC),
    "a printed document": ((".pdf", ".doc", ".ps"), "copy its text into a Markdown file."),
    "YAML": ((".yml", ".yaml"), _DATA),
    "JSON": ((".json", ".jsonl"), _DATA),
    "TOML": ((".toml",), _DATA),
    "a table": ((".csv", ".tsv", ".xlsx"), _DATA),
    "program code": ((".js", ".jsx", ".ts", ".tsx", ".vue", ".svelte", ".astro", ".py", ".php", ".rb"), _CODE),
}
_RST = re.compile(r"^\.\. [a-z-]+::", re.MULTILINE)
_ASCIIDOC = re.compile(r"^= \S.*\n(?:.*\n){0,10}?:[a-z-]+:", re.MULTILINE)
_DATA_FILE = re.compile(r"\{%-?\s*for\s+\w+\s+in\s+(?:site\.data|data|collections)\b|\{\{[<%]\s*faqs?\s*/?[>%]\}\}")
_SCRIPT = re.compile(r"^(?:export |)const \w+\s*(?::[^=\n]+)?=\s*\[|items=\{", re.MULTILINE)


def unsupported_by_name(file: str) -> str:
    """Say why a file of this name is not read; empty if it may be Markdown."""
    path = PurePath(file)
    for kind, (suffixes, advice) in _KINDS.items():
        if path.suffix.lower() in suffixes:
            return f"This is {kind}, not Markdown: {advice.format(name=path.name, stem=path.stem)}"
    return ""


def unsupported_by_text(text: str) -> str:
    """Say what a page without questions seems to be written in; empty if that is Markdown."""
    if _RST.search(text):
        return "it looks like reStructuredText, which is not read; save it as Markdown"
    if _ASCIIDOC.search(text):
        return "it looks like AsciiDoc, which is not read; save it as Markdown"
    if _DATA_FILE.search(text):
        return "its questions stand in a data file of the site; put them into the front matter as `faqs:`"
    if _SCRIPT.search(text):
        return "its questions may stand in JavaScript, which is not read; put them into the front matter as `faqs:`"
    return ""
