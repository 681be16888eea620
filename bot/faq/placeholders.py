"""Front matter comes in, the same text with placeholders for what its parsers refuse goes out, and values come back.

Unfilled templates (`date: {{ .Date }}`) and invisible characters must not refuse a page whose other keys are sound.
Placeholders are as long as what they stand for, so that the places that a parser reports stay right.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_TEMPLATE = "|".join(
    rf"{opening}(?:(?!{closing}|{opening})[^\n]){{0,300}}{closing}"
    for opening, closing in ((r"\{\{", r"\}\}\}?"), (r"\{%", r"%\}"), (r"\{#", r"#\}"), ("<%", "%>"))
)
"""Hugo, Handlebars and Obsidian, Liquid and Jinja, ERB and Templater."""
_FIRST = 0x100000
"""Where the private characters begin that hold a place; nobody's font uses them."""
_MOST = 65_000
_REFUSED = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U000fffff]"
"""What YAML's and TOML's parsers refuse, and what could be mistaken for a placeholder."""
_PLACEHOLDER = re.compile(r"([\U00100000-\U0010ffff])\1*")
_HIDDEN = re.compile(rf"(?:{_TEMPLATE})+|{_REFUSED}+")
_STATEMENT = re.compile(rf"^[ \t]*(?:(?:{_TEMPLATE})[ \t]*)+$", re.MULTILINE)
_QUOTED_OR_BARE = re.compile(
    rf"\"(?>{_TEMPLATE}|\\.|[^\"\\\n])*+\"|'(?>{_TEMPLATE}|[^'\n])*+'|(?P<bare>{_TEMPLATE})|{_REFUSED}+"
)
_ANY_TEMPLATE = re.compile(_TEMPLATE)
_WHOLE_TEMPLATE = re.compile(rf"\s*(?:{_TEMPLATE})\s*")
_ENDS_LINES = re.compile("[\x85\u2028\u2029]")
"""Characters that end a line for YAML, but for no editor."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\ud800-\udfff]")
_ODD_BLANK = re.compile("[\x85\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]")

_ESCAPED_HALF = re.compile(r"\\u([dD][89a-fA-F][0-9a-fA-F]{2})")
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The value of a key that cannot be read: no fault until somebody needs it."""

    why: str
    """The end of a sentence that begins with the key's name."""
    is_template: bool = False


class Placeholders:
    """Hides what a text's parser would refuse, and brings it back."""

    def __init__(self, text: str, *, rewrite: bool = False, quoted: bool = False) -> None:
        """Hide in `text`; with `rewrite` also lines of mere statements, and, where text is `quoted`, bare templates."""
        self._hidden: list[str] = []
        self._places: dict[str, int] = {}
        text = _ENDS_LINES.sub(" ", text)
        if rewrite:
            text = _STATEMENT.sub(lambda found: " " * len(found[0]), text)
        hidden = _QUOTED_OR_BARE if rewrite and quoted else _HIDDEN
        self.text = hidden.sub(self._hide, text)

    def restore(self, text: str) -> str:
        """Return a key or value of the parsed text as it was written."""
        return _PLACEHOLDER.sub(self._restored, text) if self._hidden else text

    def _restored(self, found: re.Match[str]) -> str:
        """Return what a placeholder stands for; an escape in the text may have brought what only looks like one."""
        place = ord(found[1]) - _FIRST
        hidden = self._hidden[place] if place < len(self._hidden) else ""
        return hidden if len(found[0]) in {len(hidden), len(hidden) - 2} else found[0]

    def _hide(self, found: re.Match[str]) -> str:
        if bare := found.groupdict().get("bare"):
            return f'"{self._placeholder(bare, len(bare) - 2)}"'
        if found.re is _QUOTED_OR_BARE and found[0][0] in "\"'":
            return _HIDDEN.sub(self._hide, found[0])
        return self._placeholder(found[0], len(found[0]))

    def _placeholder(self, text: str, length: int) -> str:
        if text not in self._places:
            self._places[text] = len(self._hidden) % _MOST
            self._hidden.append(text)
        return chr(_FIRST + self._places[text]) * length


def find_template(text: str) -> str:
    """Return the first template in a text; empty if there is none."""
    found = _ANY_TEMPLATE.search(text)
    return found[0] if found else ""


def why_unreadable(text: str) -> Unreadable | None:
    """Return why a text of the front matter cannot be shown to anybody; None where it can."""
    if _WHOLE_TEMPLATE.fullmatch(text):
        return Unreadable(f"is a template that was never filled in (`{text.strip()}`); write what it stands for.", True)
    if found := _UNPRINTABLE.search(text):
        return Unreadable(f"holds {name_of(found[0])}, which cannot be shown; remove it, or write what it stands for.")
    return None


def name_of(character: str) -> str:
    """Name a character so that it is found although nobody sees it: "U+00A0 (no-break space)"."""
    if "!" <= character <= "~" and character != "`":
        return f"`{character}`"
    kinds = {"Cs": "half of a surrogate pair", "Cc": "tab" if character == "\t" else "a control character"}
    kind = kinds.get(unicodedata.category(character), "an invisible character")
    return f"U+{ord(character):04X} ({unicodedata.name(character, kind).lower()})"


def find_line_ends(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines, counted from 0, with a character that ends a line for YAML alone, and the first such one."""
    for number, line in enumerate(text.split("\n")):
        if found := _ENDS_LINES.search(line):
            yield number, found[0]


def explain_syntax(language: str, what: str, line: str, advice: str) -> str:
    """Return why a line of front matter cannot be parsed: for a character that nobody sees, or for `what`."""
    if odd := find_odd_blank(_QUOTED.sub("", line)):
        return f"{name_of(odd)} stands where {language} needs a plain space; write one instead."
    if half := _ESCAPED_HALF.search(line):
        what, advice = f"{name_of(chr(int(half[1], 16)))} cannot be shown", "; write the character itself"
    return f"The front matter is not valid {language}: {what}{advice}."


def find_odd_blank(text: str) -> str:
    """Return the first character that looks like a space, or like nothing, and is neither; empty if there is none."""
    found = _ODD_BLANK.search(text)
    return found[0] if found else ""


def plain_key(key: str) -> str:
    """Return a key without blanks and invisible characters around it."""
    return re.sub(r"^(?:[^\S\n]|[\u200b-\u200f\u2060\ufeff])+|(?:[^\S\n]|[\u200b-\u200f\u2060\ufeff])+$", "", key)
