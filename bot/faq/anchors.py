"""Make the anchors that a site gives the headings of a page; its rule is set or recognised.

Rules: Hugo `autoHeadingIDType = "github"` (markup/goldmark/autoid.go), github-slugger (GitHub, Docusaurus), Python-
Markdown's toc (MkDocs), kramdown-parser-gfm (Jekyll), kramdown's own, mdit-vue (VitePress).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

Taken = dict[str, int]
"""Anchors in use, each with the last number that was given to it."""
Unique = Callable[[str, Taken], str]


def slug_github(text: str) -> str:
    """Lower the text, keep letters, marks, digits, `-` and `_`, turn each space into `-`."""
    kept = (c for c in text.strip().lower() if c in "-_ \t" or unicodedata.category(c)[0] in "LNM")
    return "".join("-" if c in " \t" else c for c in kept)


def slug_hugo(text: str) -> str:
    """Do as GitHub does, but drop combining marks; a heading without any letter is `heading`."""
    kept = (c for c in text.strip() if c in "-_ \t" or c.isalpha() or c.isdigit())
    return "".join("-" if c in " \t" else c.lower() for c in kept) or "heading"


def slug_mkdocs(text: str) -> str:
    """Reduce the text to ASCII words with single `-` between them."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_text).strip().lower())


def slug_kramdown(text: str) -> str:
    """Begin at the first Latin letter and keep ASCII letters, digits and `-`."""
    kept = re.sub(r"[^a-zA-Z0-9 -]", "", re.sub(r"^[^a-zA-Z]+", "", text))
    return kept.replace(" ", "-").lower() or "section"


def slug_vitepress(text: str) -> str:
    """Drop accents, turn punctuation into single `-`, and put `_` before a leading digit."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not "\u0300" <= c <= "\u036f")
    slug = re.sub(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'“”‘’<>,.?/]+", "-", plain).strip("-")
    return re.sub(r"^(\d)", r"_\1", slug).lower()


def _number_from_one(slug: str, taken: Taken) -> str:
    unique = slug
    while unique in taken:
        taken[slug] += 1
        unique = f"{slug}-{taken[slug]}"
    return unique


def _number_as_mkdocs(slug: str, taken: Taken) -> str:
    """Count on from a number that the slug itself ends with: `why_1` becomes `why_2`."""
    counted = re.fullmatch(r"(.*)_(\d{1,9})", slug, re.DOTALL)
    base, number = (counted[1], int(counted[2])) if counted else (slug, 0)
    unique = slug
    while unique in taken or not unique:
        number = max(number, taken.get(base, 0)) + 1
        taken[base] = number
        unique = f"{base}_{number}"
    return unique


RULES: Mapping[str, tuple[Callable[[str], str], Unique]] = {
    "github": (slug_github, _number_from_one),
    "hugo": (slug_hugo, _number_from_one),
    "docusaurus": (slug_github, _number_from_one),
    "jekyll": (slug_github, _number_from_one),
    "kramdown": (slug_kramdown, _number_from_one),
    "mkdocs": (slug_mkdocs, _number_as_mkdocs),
    "vitepress": (slug_vitepress, _number_from_one),
}
_SIGNS = (
    ("mkdocs", re.compile(r"^(?:\?\?\?\+?|!!!) |^=== \"|^--8<--|^\[TOC\]|\{ ?\.md-|^/// \w", re.MULTILINE)),
    ("jekyll", re.compile(r"^\{:\s?[.#\w]|\{% |\{:toc\}|\{\{ ?(?:site|page)\.", re.MULTILINE)),
    ("hugo", re.compile(r"\{\{[<%]")),
    ("vitepress", re.compile(r"^\[\[toc\]\]|^::: ", re.MULTILINE)),
    ("docusaurus", re.compile(r"^:::\w|^import .* from ['\"]@", re.MULTILINE)),
)
_KEYS = (
    ("docusaurus", {"sidebar_position", "sidebar_label", "hide_title", "pagination_next", "custom_edit_url"}),
    ("jekyll", {"layout", "permalink", "nav_order", "redirect_from"}),
    ("hugo", {"linkTitle", "aliases", "menu", "weight", "lastmod", "url", "cascade"}),
)


def recognise_generator(metadata: Mapping[str, object], body: str) -> str:
    """Return the name of the rule by which the page's site makes anchors; without any sign, GitHub's."""
    for name, keys in _KEYS[:2]:
        if keys & metadata.keys():
            return name
    for name, sign in _SIGNS:
        if sign.search(body):
            return name
    return "hugo" if _KEYS[2][1] & metadata.keys() else "github"


def build_anchors(texts: Iterable[tuple[str, str]], rule: str, used: Iterable[str] = ()) -> list[str]:
    """Return the anchor of each heading of a page, in order, from its text and its explicit id.

    `used` are anchors that others of the page have already.
    """
    slug, number = RULES[rule]
    taken: Taken = dict.fromkeys(used, 0)
    anchors = []
    for text, identity in texts:
        anchor = identity or number(slug(text), taken)
        taken.setdefault(anchor, 0)
        anchors.append(anchor)
    return anchors
