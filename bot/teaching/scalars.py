"""A text comes in, the way to write it in YAML or JSON goes out, so that it reads back as the very same text."""

import json
import re
from typing import Literal

import yaml

Style = Literal["", "'", '"']
"""The quotes that stand around the texts beside it: none, single or double."""

_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS_WITH_A_MEANING = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"])
_LIKE_A_NUMBER = re.compile(r"[-+.]?\d[\d_.,:eExXobT+-]*")
"""Other readers of YAML know more numbers and words of their own than PyYAML does."""


def write_yaml(text: str, style: Style = "", *, in_brackets: bool = False) -> str:
    """Return the text in the style that is wanted, or in double quotes where it would read as something else."""
    single = text.replace("'", "''")
    wanted = {"": text, "'": f"'{single}'", '"': _in_double_quotes(text)}[style]
    if (style or _is_plain_word(text)) and _reads_back(wanted, text, in_brackets):
        return wanted
    return _in_double_quotes(text)


def write_json(text: str) -> str:
    """Return the text as JSON, characters as they are."""
    return json.dumps(text, ensure_ascii=False)


def style_of(written: str) -> Style:
    """Return the style in which a text of a YAML file is written."""
    return "'" if written.startswith("'") else '"' if written.startswith('"') else ""


def _is_plain_word(text: str) -> bool:
    return text[:1].isalnum() and text.casefold() not in _WORDS_WITH_A_MEANING and not _LIKE_A_NUMBER.fullmatch(text)


def _reads_back(written: str, text: str, in_brackets: bool) -> bool:
    """Return whether a parser finds the very text, both as an item and as a key."""
    forms = (f"[{written}, {written}]", f"{{{written}: x}}") if in_brackets else (f"- {written} # x", f"{written}: x")
    return all(_first(form) == text for form in forms)


def _first(document: str) -> str | None:
    try:
        node = yaml.compose(document, Loader=_Loader)
    except (yaml.YAMLError, ValueError):
        return None
    children = node.value if isinstance(node, yaml.CollectionNode) else []
    first = children[0][0] if children and isinstance(node, yaml.MappingNode) else (children or [None])[0]
    is_text = isinstance(first, yaml.ScalarNode) and first.tag == "tag:yaml.org,2002:str"
    return str(first.value) if is_text else None


def _in_double_quotes(text: str) -> str:
    # PyYAML knows every escape; its end of a document (`...`) cannot follow a quoted text.
    return str(yaml.dump(text, default_style='"', allow_unicode=True, width=10_000_000)).removesuffix("\n")
