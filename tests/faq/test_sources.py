import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.errors import FaqError
from bot.faq import load_entries, load_faq
from tests.faq.builders import WHO, problem, problems, questions, write

WHEN = WHO.replace("Who", "When")


def test_a_path_to_nothing_is_told(tmp_path: Path) -> None:
    assert "no such file" in problem(tmp_path / "absent").text


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_path_that_cannot_exist_is_told(tmp_path: Path, name: str) -> None:
    assert problem(tmp_path / name)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert "No questions" in problem(tmp_path).text


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    assert "No questions" in problem(write(tmp_path, empty="") / "empty.md").text


def test_a_file_that_is_not_utf8_is_told_with_the_line_of_the_byte(tmp_path: Path) -> None:
    (tmp_path / "who.md").write_bytes("---\nquestion: Who?\n---\nDer Bäcker.\n".encode("latin-1"))
    found = problem(tmp_path)
    assert (found.line, "0xe4" in found.text, "UTF-8" in found.text) == (4, True, True)


def test_a_file_in_utf16_is_told(tmp_path: Path) -> None:
    (tmp_path / "who.md").write_bytes(WHO.encode("utf-16"))
    assert "UTF-8" in problem(tmp_path).text


def test_a_nul_byte_is_told_with_its_line(tmp_path: Path) -> None:
    assert problem(write(tmp_path, who=WHO + "x\0y")).line == 5


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    assert "larger than 5 MB" in problem(write(tmp_path, who=WHO + "x" * 5_000_000)).text


def test_subfolders_are_read_and_hidden_ones_are_not(tmp_path: Path) -> None:
    write(tmp_path, people__who=WHO, **{".git__when": WHEN})
    assert questions(load_faq(tmp_path)) == ["Who bakes the bread?"]


def test_files_that_are_no_markdown_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, who=WHO)
    (tmp_path / "picture.png").write_bytes(b"\xff\xfe")
    assert questions(load_faq(tmp_path)) == ["Who bakes the bread?"]


def test_a_link_that_leads_back_up_is_told_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path, who=WHO, sub__when=WHEN)
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert "leads back" in problem(tmp_path).text


def test_a_link_to_a_file_is_followed_as_kubernetes_mounts_them(tmp_path: Path) -> None:
    write(tmp_path, **{"..data__who": WHO})
    (tmp_path / "who.md").symlink_to("..data/who.md")
    assert questions(load_faq(tmp_path)) == ["Who bakes the bread?"]


@pytest.mark.parametrize("target", ["../secret.md", "../secret.env", "{outside}/secret.md"])
def test_a_link_to_a_file_outside_the_folder_is_named_and_never_read(tmp_path: Path, target: str) -> None:
    folder = write(tmp_path / "faq", who=WHO)
    for name in ("secret.md", "secret.env"):
        (tmp_path / name).write_text("---\nquestion: What is the token?\n---\nxoxb-1\n")
    (folder / "where.md").symlink_to(target.format(outside=tmp_path))
    found = problem(folder)
    assert (Path(found.file).name, str(tmp_path / "secret") in found.text) == ("where.md", True)


@pytest.mark.parametrize("target", ["..", "/", "../other", "/proc"])
def test_a_link_to_a_folder_outside_is_named_and_not_looked_into(tmp_path: Path, target: str) -> None:
    folder = write(tmp_path / "faq", who=WHO)
    write(tmp_path / "other", broken="---\nnever read")
    (folder / "all").symlink_to(target, target_is_directory=True)
    found = problem(folder)
    assert (Path(found.file).name, "out of the FAQ's folder" in found.text) == ("all", True)


def test_a_chain_of_links_that_ends_outside_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "faq", who=WHO)
    write(tmp_path, when=WHEN)
    (folder / "..data").symlink_to("..")
    (folder / "when.md").symlink_to("..data/when.md")
    assert Path(problem(folder).file).name == "when.md"


def test_signposts_that_are_a_link_out_of_the_folder_are_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "faq", who=WHO)
    (folder / "signposts").symlink_to("/")
    assert "FAQ_SIGNPOSTS" in problem(folder).text
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "faq.md").write_text("## Who?\n\nMe.\n")
    (tmp_path / "page" / "signposts").symlink_to("/")
    assert "FAQ_SIGNPOSTS" in problem(tmp_path / "page" / "faq.md").text


def test_the_folder_itself_and_what_is_in_it_may_be_links(tmp_path: Path) -> None:
    write(tmp_path / ".worktrees" / "1a", who=WHO, **{".parts__when": WHEN})
    (tmp_path / ".worktrees" / "1a" / "more").symlink_to(".parts", target_is_directory=True)
    (tmp_path / "current").symlink_to(".worktrees/1a")
    assert questions(load_faq(tmp_path / "current")) == ["When bakes the bread?", "Who bakes the bread?"]


def test_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    write(tmp_path, who=WHO)
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    assert "link to nothing" in problem(tmp_path).text


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert problem(tmp_path / "a")


def test_a_pipe_named_like_a_page_does_not_hang_the_bot(tmp_path: Path) -> None:
    write(tmp_path, who=WHO)
    os.mkfifo(tmp_path / "pipe.md")
    assert "no regular file" in problem(tmp_path).text


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "memory.md").symlink_to("/proc/self/mem")
    assert "cannot be read" in problem(tmp_path / "memory.md").text


@contextmanager
def an_ordinary_user() -> Iterator[None]:
    """The superuser may read everything: whoever runs the tests as root is nobody for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_cannot_be_read_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        write(folder, shut__who=WHO)
        (folder / "shut").chmod(0)
        with an_ordinary_user():
            told = [found.text for found in problems(folder) if found.file == str(folder / "shut")]
        assert len(told) == 1
        assert "cannot be read" in told[0]


def test_the_readme_beside_entry_files_is_no_entry(tmp_path: Path) -> None:
    write(tmp_path, who=WHO, README="# How this works\n\n## How do I add an entry?\n\nWrite a file.\n")
    faq = load_faq(tmp_path)
    assert questions(faq) == ["Who bakes the bread?"]
    assert any("README.md" in note for note in faq.notes)


def test_load_entries_leaves_signposts_alone(tmp_path: Path) -> None:
    write(tmp_path, who=WHO, signposts__broken="---\nnot read")
    assert [entry.id for entry in load_entries(tmp_path)] == ["who"]
    with pytest.raises(FaqError):
        load_faq(tmp_path)
