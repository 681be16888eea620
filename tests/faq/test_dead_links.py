"""Links from file to file that lead nowhere are told, and never one that the site may well make work."""

from pathlib import Path

import pytest

from bot.faq import load_faq
from bot.faq.dead_links import DeadLink, load_dead_links

PAGE = "---\ntitle: FAQ\n---\n# FAQ\n\n## Who bakes?\n\nSee {}.\n\n## Why so early?\n\nSee [there](there.md).\n"


def dead(folder: Path, link: str, *, name: str = "faq.md", there: bool = True) -> tuple[DeadLink, ...]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(link))
    if there:
        (path.parent / "there.md").write_text("# There\n")
    return load_dead_links(load_faq(path).entries)


@pytest.mark.parametrize(
    "link", ["[x](gone.md)", "[x](../gone.md#y)", "[x](sub/gone%20too.md)", "[x][r]\n\n[r]: gone.mdx\n\nx"]
)
def test_a_link_to_a_file_that_is_not_there_is_told_with_its_line(tmp_path: Path, link: str) -> None:
    (found,) = dead(tmp_path, link)
    assert found.line == 8
    assert "gone" in found.target


@pytest.mark.parametrize(
    "link",
    [
        "[x](there.md)", "[x](there.md#y)", "[x](/gone.md)", "[x](gone/)", "[x](gone.html)", "[x](gone)", "[x](#gone)",
        "[x](https://a.example/gone.md)", "[x](//a.example/gone.md)", "[x]({{base}}/gone.md)", "`[x](gone.md)`",
        "[x](@site/gone.md)", "[x](mailto:a@gone.md)", "![x](gone.png)", "\n\n```\n[x](gone.md)\n```\n",
        "<!-- [x](gone.md) -->", "[x](<//[gone.md>)", f"[x]({'gone' * 100}.md)",
    ],
)  # fmt: skip
def test_what_is_there_or_what_only_the_site_knows_is_not(tmp_path: Path, link: str) -> None:
    assert dead(tmp_path, link) == ()


def test_a_page_taken_out_of_its_site_has_no_dead_links(tmp_path: Path) -> None:
    assert dead(tmp_path, "[x](gone.md)", there=False) == ()


def test_a_sites_settings_show_that_a_page_lies_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    found = dead(tmp_path, "[x](gone.md)", name="docs/faq.md", there=False)
    assert [each.target for each in found] == ["gone.md", "there.md"]


def test_translations_fall_back_to_other_folders(tmp_path: Path) -> None:
    assert dead(tmp_path, "[x](gone.md)", name="i18n/de/faq.md") == ()


def test_a_long_file_is_not_looked_through(tmp_path: Path) -> None:
    assert dead(tmp_path, f"[x](gone.md)\n\n{'words ' * 90_000}") == ()


def test_a_file_that_has_gone_meanwhile_has_no_dead_links(tmp_path: Path) -> None:
    path = tmp_path / "faq.md"
    path.write_text(PAGE.format("[x](gone.md)"))
    entries = load_faq(path).entries
    path.unlink()
    assert load_dead_links(entries) == ()
