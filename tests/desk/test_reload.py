"""Editing the FAQ while the bot runs: new answers without a restart, and never worse ones."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.desk import Answerer
from bot.desk.reload import LastGood, Reloader, take_fingerprint
from bot.errors import FaqError
from bot.faq import Faq, load_faq
from bot.matching import Thresholds
from tests.builders import PUBLICATION

PATIENCE = 60.0


def write(folder: Path, name: str, question: str, answer: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(f"---\nquestion: {question}\n---\n{answer}\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "faq"
    write(path, "one", "What is one?", "The first.")
    return path


@asynccontextmanager
async def followed(folder: Path) -> AsyncIterator[tuple[Answerer, Reloader]]:
    answerer = Answerer(load_faq(folder), PUBLICATION, Thresholds())
    reloader = Reloader(answerer, lambda: load_faq(folder), [folder])
    task = asyncio.create_task(reloader.follow(interval=0.02))
    try:
        yield answerer, reloader
    finally:
        task.cancel()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.01)


def answers(answerer: Answerer) -> set[str]:
    return {entry.answer for entry in answerer.faq.entries}


async def test_an_edited_answer_is_served(folder: Path) -> None:
    async with followed(folder) as (answerer, _):
        write(folder, "one", "What is one?", "The very first.")
        await until(lambda: answers(answerer) == {"The very first."})
        assert answerer.index.search("What is one?")[0].entry.answer == "The very first."


async def test_new_and_removed_files_are_noticed(folder: Path) -> None:
    async with followed(folder) as (answerer, _):
        write(folder, "two", "What is two?", "The second.")
        await until(lambda: len(answerer.faq.entries) == 2)
        (folder / "one.md").unlink()
        await until(lambda: answers(answerer) == {"The second."})


async def test_an_edit_that_was_made_while_the_faq_was_being_read_is_served(folder: Path) -> None:
    reading = take_fingerprint([folder])
    answerer = Answerer(load_faq(folder), PUBLICATION, Thresholds())
    write(folder, "one", "What is one?", "Written meanwhile.")
    task = asyncio.create_task(
        Reloader(answerer, lambda: load_faq(folder), [folder], served=reading).follow(interval=0.02)
    )
    await until(lambda: answers(answerer) == {"Written meanwhile."})
    task.cancel()


async def test_a_broken_file_keeps_the_last_good_faq_until_it_is_mended(folder: Path) -> None:
    async with followed(folder) as (answerer, _):
        (folder / "one.md").write_text("---\nquestion: What is one?\n")
        await until(lambda: bool(answerer.trouble))
        assert "one.md" in answerer.trouble
        assert answers(answerer) == {"The first."}
        write(folder, "one", "What is one?", "Mended.")
        await until(lambda: answers(answerer) == {"Mended."})
        assert answerer.trouble == ""


async def test_a_folder_that_is_replaced_as_a_whole_is_noticed(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "next", "one", "What is one?", "From the next folder.")
    async with followed(folder) as (answerer, _):
        shutil.move(folder, tmp_path / "old")
        shutil.move(tmp_path / "next", folder)
        await until(lambda: answers(answerer) == {"From the next folder."})


async def test_the_files_that_kubernetes_exchanges_by_a_link_are_noticed(tmp_path: Path) -> None:
    mount = tmp_path / "mount"
    mount.mkdir()
    write(mount / "..2026_01", "one", "What is one?", "From January.")
    write(mount / "..2026_02", "one", "What is one?", "From February.")
    (mount / "..data").symlink_to("..2026_01")
    (mount / "one.md").symlink_to("..data/one.md")
    async with followed(mount) as (answerer, _):
        (mount / "..next").symlink_to("..2026_02")
        (mount / "..next").rename(mount / "..data")
        await until(lambda: answers(answerer) == {"From February."})


@pytest.mark.parametrize("below", ["", "faq"])
async def test_the_checkout_that_git_sync_exchanges_by_a_link_is_noticed(tmp_path: Path, below: str) -> None:
    for commit, answer in (("1a", "From the first."), ("2b", "From the second.")):
        (tmp_path / ".worktrees" / commit).mkdir(parents=True)
        write(tmp_path / ".worktrees" / commit / below, "one", "What is one?", answer)
    (tmp_path / "current").symlink_to(".worktrees/1a")
    async with followed(tmp_path / "current" / below) as (answerer, _):
        (tmp_path / "next").symlink_to(".worktrees/2b")
        (tmp_path / "next").rename(tmp_path / "current")
        await until(lambda: answers(answerer) == {"From the second."})


def test_a_link_out_of_the_folder_is_not_looked_into(folder: Path) -> None:
    before = take_fingerprint([folder])
    (folder / "all").symlink_to("/")
    (folder.parent / "other").mkdir()
    (folder / "other").symlink_to(folder.parent / "other")
    write(folder.parent / "other", "two", "What is two?", "The second.")
    assert take_fingerprint([folder]) == before


async def test_a_wish_reloads_even_where_nothing_seems_changed(folder: Path) -> None:
    async with followed(folder) as (answerer, reloader):
        before = answerer.faq
        reloader.want()
        await until(lambda: answerer.faq is not before)


async def test_a_failure_of_the_program_itself_keeps_the_last_good_faq(folder: Path) -> None:
    answerer = Answerer(load_faq(folder), PUBLICATION, Thresholds())

    def fail() -> None:
        raise RuntimeError("a fault")

    reloader = Reloader(answerer, fail, [folder])  # type: ignore[arg-type]
    task = asyncio.create_task(reloader.follow(interval=0.02))
    reloader.want()
    await until(lambda: "RuntimeError" in answerer.trouble)
    assert answers(answerer) == {"The first."}
    task.cancel()


def kept(folder: Path) -> tuple[LastGood, Callable[[], Faq]]:
    return LastGood(folder.parent / "data", folder), lambda: load_faq(folder)


def test_a_broken_faq_and_a_restart_leave_the_last_good_one(folder: Path) -> None:
    (folder / "signposts").mkdir()
    (folder / "signposts" / "beer.md").write_text("---\ntopic: Beer\nalso_asked: [beer]\n---\nAsk a brewer.\n")
    (folder / "one.md").write_text("---\nquestion: What is one?\ndate: 2018-03-05\nalso_asked: [I]\n---\nX.\n")
    last_good, load = kept(folder)
    faq, trouble = last_good.load(load)
    assert trouble == ""
    last_good.keep(faq)
    (folder / "one.md").write_text("---\nquestion: What is one?\n")
    served, trouble = kept(folder)[0].load(load)
    assert served == faq
    assert "one.md" in trouble


def test_a_folder_that_has_gone_leaves_the_last_good_faq_at_the_start(folder: Path) -> None:
    last_good, load = kept(folder)
    last_good.keep(load())
    shutil.rmtree(folder)
    assert [entry.answer for entry in last_good.load(load)[0].entries] == ["The first."]


@pytest.mark.parametrize("spoilt", [b"", b"{", b'{"path": "", "faq": {"entries": []}}', b'{"path": 1}', b"\xff"])
def test_a_copy_that_is_damaged_or_of_another_faq_serves_nobody(folder: Path, spoilt: bytes) -> None:
    last_good, load = kept(folder)
    last_good.keep(load())
    (folder / "one.md").write_text("---\nquestion: What is one?\n")
    with pytest.raises(FaqError):
        LastGood(folder.parent / "data", folder / "one.md").load(load)
    [copy] = (folder.parent / "data").glob("*.json")
    copy.write_bytes(spoilt)
    with pytest.raises(FaqError):
        last_good.load(load)


def test_where_no_copy_can_be_kept_the_bot_goes_on(folder: Path) -> None:
    (folder.parent / "data").write_text("a file where the folder should be")
    last_good, load = kept(folder)
    last_good.keep(load())
    assert last_good.load(load)[0].entries


async def test_a_link_in_a_circle_does_not_hang(folder: Path) -> None:
    async with followed(folder) as (answerer, reloader):
        (folder / "round").symlink_to(folder)
        reloader.want()
        await until(lambda: bool(answerer.trouble))
        assert answers(answerer) == {"The first."}
