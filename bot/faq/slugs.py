"""A heading's text comes in, the anchor that a site generator gives it goes out; never reads files.

Rules: Hugo (`autoHeadingIDType = "github"`) and GitHub lower the text, drop all but letters, digits, marks, `-` and
`_`, and turn each space into `-` (https://github.com/Flet/github-slugger is the same rule).
"""

import unicodedata


def slugify(text: str) -> str:
    """Give the slug of `text` by the rule of GitHub and Hugo."""
    kept = (c for c in text.strip().lower() if c in "-_ \t" or unicodedata.category(c)[0] in "LNM")
    return "".join("-" if c in " \t" else c for c in kept)
