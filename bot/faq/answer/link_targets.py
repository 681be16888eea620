"""Turn the target of a link as a page writes it into an address that works from anywhere. Fetches nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

from bot.faq.answer.templates import Variables

_UNSAFE = re.compile(r"(?:javascript|vbscript|data|file):", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{[<%]?(.{0,300}?)[>%]?\}\}|\{%-?(.{0,300}?)-?%\}")
_ROOT = re.compile(r"(?:.*[._])?(?:url|baseurl|base|root|path|prefix)(?:\s*[|(].*)?$", re.IGNORECASE)
"""Variables for the address of the site."""
_BRACES = re.compile(r"\$?\{[^{}]*\}")
_QUOTED = re.compile(r"[\"'`]([^\"'`]+)[\"'`]")
_SOURCE = re.compile(r"\.(?:mdx?|markdown)$", re.IGNORECASE)
_FOLDER_PAGES = ("index", "_index", "readme")
_FORGE = re.compile(r"/[^/]+/[^/]+(?:/-)?/(?:blob|tree|src/branch)/[^/]+(?=/)")


@dataclass(frozen=True, slots=True)
class Links:
    """What the links of one page are read against."""

    page: str | None = None
    """The address of the published page; None: relative links stay as they are."""
    stem: str = ""
    """The name of the page's file, without its ending."""
    by_source: bool = False
    """Whether the site writes relative links from file to file (MkDocs, Docusaurus), not from address to address."""
    references: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Targets of reference links by their label in upper case, as markdown-it gives them."""

    variables: Variables = field(default_factory=Variables)

    def reference(self, label: str) -> str | None:
        """Return the target that the page defines for `[...][label]`."""
        found = self.references.get(" ".join(label.split()).lower().upper())
        return found["href"] if found else None

    def absolute(self, target: str) -> str | None:
        """Return the full address of `target`, None where there is none that a reader could follow."""
        target = self._reduced(target.strip())
        if not target or _UNSAFE.match(target):
            return None
        if target.startswith("//"):
            return f"https:{target}"
        try:
            complete = bool(urlsplit(target).scheme) or self.page is None
            return target if complete or self.page is None else self._joined(self.page, target)
        except ValueError:
            return None

    def _reduced(self, target: str) -> str:
        """Fill the templating of a target in; one that only the site can fill in leads nowhere."""
        target = target.removeprefix("<").removesuffix(">").removeprefix("@site")
        if "{" not in target:
            return target
        filled = _TEMPLATE.sub(lambda found: self._filled(found[1] or found[2] or "", found.start()), target)
        return "" if _BRACES.search(filled) else filled

    def _filled(self, inside: str, position: int) -> str:
        quoted = _QUOTED.search(inside)
        if quoted:
            return quoted[1]
        words = inside.split()
        if words and words[0] in ("ref", "relref", "link", "post_url"):
            return words[1] if len(words) > 1 else ""
        if position == 0 and _ROOT.match(inside.strip(" -.$")):
            return ""
        return self.variables.show(inside)

    def _joined(self, page: str, target: str) -> str:
        here, there = urlsplit(page), urlsplit(target)
        if not there.path:
            return urljoin(page, target)
        forge = _FORGE.match(here.path)
        if forge and target.startswith("/"):
            return f"{here.scheme}://{here.netloc}{forge[0]}{target}"
        source = _SOURCE.search(there.path)
        if _SOURCE.search(here.path) or not (source or self.by_source):
            return urljoin(page, target)
        path = _published(there.path, here) if source else there.path
        base = page if here.path.endswith("/") and self.stem.lower() in _FOLDER_PAGES else page.rstrip("/")
        return urljoin(base, there._replace(path=path).geturl())


def _published(path: str, here: SplitResult) -> str:
    """Turn the path of a Markdown file into that of its page, in the style of the page at hand."""
    stem = _SOURCE.sub("", path)
    folder, _, name = stem.rpartition("/")
    if name.lower() in _FOLDER_PAGES:
        return f"{folder}/" if folder else "./"
    if here.path.endswith(".html"):
        return f"{stem}.html"
    return f"{stem}/" if here.path.endswith("/") else stem
