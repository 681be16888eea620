"""Proposals become changes of files: shown as a diff that git takes, and written whole or not at all."""

import shutil
import subprocess
from pathlib import Path

import pytest

from bot.errors import FaqError
from bot.faq import load_faq
from bot.teaching.changes import prepare_changes
from bot.teaching.difference import render_diff
from bot.teaching.files import Change, write_changes
from bot.teaching.plan import Judges, make_plan
from tests.teaching.builders import lesson, shop

LESSONS = [
    lesson("sourdough artisan: who?"),
    lesson("birthday cake", "Cakes", "example", item=2),
    lesson("Is there parking?", "", "draft", item=3),
    lesson("is there free parking", "", "draft", item=4),
]


def changed(root: Path) -> tuple[Change, ...]:
    faq = load_faq(root)
    return prepare_changes(make_plan(LESSONS, faq, Judges(force=True)).taken_up, faq, root).changes


def test_written_changes_are_read_by_the_bot(tmp_path: Path) -> None:
    root = shop(tmp_path)
    write_changes(changed(root))
    faq = load_faq(root)
    assert faq.entries[0].also_asked[-1] == "sourdough artisan: who?"
    assert faq.signposts[0].also_asked[-1] == "birthday cake"
    assert any("is-there-parking.md: a draft" in note for note in faq.notes)
    assert not [path for path in root.iterdir() if path.name.startswith(".")]


def test_a_draft_holds_the_question_and_waits_for_its_answer(tmp_path: Path) -> None:
    root = shop(tmp_path)
    write_changes(changed(root))
    draft = root / "is-there-parking.md"
    front = "question: Is there parking?\nalso_asked:\n  - is there free parking\ndraft: true\n"
    assert draft.read_text() == f"---\n{front}---\n"
    draft.write_text(draft.read_text().replace("draft: true\n", "") + "Behind the house.\n")
    assert "Is there parking?" in [entry.question for entry in load_faq(root).entries]


def test_a_draft_never_takes_the_name_of_another_file(tmp_path: Path) -> None:
    root = shop(tmp_path)
    (root / "is-there-parking.md").write_text("---\nquestion: Who guards the door?\n---\nNo.\n")
    assert changed(root)[-1].path.name == "is-there-parking-2.md"


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_diff_is_one_that_git_applies(tmp_path: Path, line_end: str) -> None:
    root = shop(tmp_path)
    for path in root.rglob("*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", line_end.encode()).rstrip())
    changes = changed(root)
    diff = render_diff(changes, tmp_path)
    subprocess.run(["git", "apply", "-p1", "--whitespace=nowarn", "-"], input=diff.encode(), cwd=tmp_path, check=True)
    assert all(change.path.read_bytes().decode() == change.after for change in changes)
    lines = [line for line in diff.splitlines() if line.startswith(("-", "+")) and line[:3] not in ("---", "+++")]
    assert "  - 'sourdough artisan: who?'"[4:] not in lines
    assert sum(line.startswith("-") for line in lines) == 1, "the flow list of the signpost alone is replaced"


def test_a_page_is_taught_below_its_questions_name_and_drafts_are_left_to_people(tmp_path: Path) -> None:
    page = tmp_path / "faq.md"
    page.write_text("# FAQ\n\n## Who bakes?\n\nMe.\n\n## Why so early?\n\nHunger.\n")
    faq = load_faq(page)
    lessons = [lesson("name of the baker", "who-bakes"), lesson("is there parking", "", "draft", item=2)]
    plan = make_plan(lessons, faq, Judges(force=True))
    prepared = prepare_changes(plan.taken_up, faq, page)
    assert [each.kind for each in prepared.by_hand] == ["draft"]
    write_changes(prepared.changes)
    assert load_faq(page).entries[0].also_asked == ("name of the baker",)
    assert page.read_text().endswith("# FAQ\n\n## Who bakes?\n\nMe.\n\n## Why so early?\n\nHunger.\n")


def test_of_two_pages_with_the_same_question_the_right_one_is_taught(tmp_path: Path) -> None:
    for name in ("bread", "cakes"):
        (tmp_path / f"{name}.md").write_text(f"# About {name}\n\n## Who bakes?\n\n{name}.\n\n## Why?\n\nSo.\n")
    faq = load_faq(tmp_path)
    target = next(each for each in faq.entries if each.answer == "cakes.")
    plan = make_plan([lesson("name of the pastry cook", target.id)], faq, Judges(force=True))
    write_changes(prepare_changes(plan.taken_up, faq, tmp_path).changes)
    assert (tmp_path / "cakes.md").read_text().startswith("---\nalso_asked:\n  who-bakes:\n    - name of")
    assert (tmp_path / "bread.md").read_text().startswith("# About")


def test_questions_that_share_an_anchor_are_left_to_people(tmp_path: Path) -> None:
    page = tmp_path / "faq.md"
    page.write_text("# FAQ\n\n## Who bakes? {#x}\n\nMe.\n\n## Why so early? {#x}\n\nHunger.\n")
    faq = load_faq(page)
    plan = make_plan([lesson("name of the baker", faq.entries[0].id)], faq, Judges(force=True))
    prepared = prepare_changes(plan.taken_up, faq, page)
    assert prepared.changes == ()
    assert "anchor `x` is that of several questions" in next(iter(prepared.by_hand.values()))


def test_a_file_that_was_changed_meanwhile_is_left_alone_and_so_are_the_others(tmp_path: Path) -> None:
    root = shop(tmp_path)
    changes = changed(root)
    (root / "signposts" / "cakes.md").write_text("changed")
    before = (root / "bread.md").read_text()
    with pytest.raises(FaqError, match=r"cakes\.md: This file was changed meanwhile"):
        write_changes(changes)
    assert (root / "bread.md").read_text() == before
    assert not (root / "is-there-parking.md").exists()


def test_a_file_that_has_gone_or_come_meanwhile_is_told(tmp_path: Path) -> None:
    there = tmp_path / "there.md"
    there.write_text("x")
    with pytest.raises(FaqError, match="There is such a file already"):
        write_changes((Change(there, None, "y"),))
    with pytest.raises(FaqError, match="changed meanwhile"):
        write_changes((Change(tmp_path / "gone.md", "x", "y"),))
    assert there.read_text() == "x"


def test_a_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text("x")
    real.chmod(0o640)
    link.symlink_to(real)
    write_changes((Change(link, "x", "y"),))
    assert link.is_symlink()
    assert real.read_text() == "y"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    write_changes((Change(tmp_path / "new.md", None, "x"),))
    (tmp_path / "other.md").write_text("x")
    assert (tmp_path / "new.md").stat().st_mode == (tmp_path / "other.md").stat().st_mode


def test_a_folder_that_takes_no_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(FaqError, match=r"cannot be written|cannot be read"):
        write_changes((Change(tmp_path / "no" / "new.md", None, "x"),))


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"\xff")
    with pytest.raises(FaqError, match="cannot be read"):
        write_changes((Change(path, "x", "y"),))
