"""What the view for maintainers works with, without a browser: it waits for nothing that it can do without."""

import asyncio
from pathlib import Path

import pytest

from bot.cli.playground import build_faq_tools
from bot.config import Settings, build_child_environment
from bot.emulator import Emulator
from bot.errors import FaqError
from bot.playground.editor import Editor
from bot.playground.running import Child

HARBOUR = "# Harbour\n\n## What is a lighthouse?\n\nA tower.\n\n## What is a buoy?\n\nA float.\n"
PATIENCE = 30.0
BAKERY = "# Bakery\n\n## When do you open?\n\nAt seven.\n\n## Do you deliver?\n\nYes.\n"


@pytest.fixture
def faq(tmp_path: Path) -> Path:
    (tmp_path / "harbour.md").write_text(HARBOUR)
    return tmp_path / "harbour.md"


@pytest.fixture
def editor(faq: Path, tmp_path: Path) -> Editor:
    settings = Settings(_env_file=None, faq_path=faq, data_path=tmp_path / "data")
    return Editor(build_faq_tools(settings), tmp_path / "taught")


async def save(editor: Editor, old: str, new: str) -> None:
    passage = editor.passage((await editor.look()).faq, None, str(editor.path))
    await editor.save(passage, passage.text.replace(old, new))


async def test_what_is_saved_is_there_while_the_bot_still_starts(editor: Editor) -> None:
    started: list[Path] = []

    async def never_ready(path: Path, origin: Path) -> None:
        started.append(path)
        assert origin == editor.origin
        await asyncio.Event().wait()

    editor.restart = never_ready
    await editor.look()
    async with asyncio.timeout(PATIENCE):
        await save(editor, "A tower.", "A tower with a lamp.")
    assert [entry.answer for entry in (await editor.look()).faq.entries] == ["A tower with a lamp.", "A float."]
    assert started == [editor.copy.path]
    editor.restarting.cancel()


def test_another_faq_has_neither_the_address_nor_the_numbers_of_the_first(tmp_path: Path) -> None:
    ours, other = tmp_path / "ours.md", tmp_path / "other.md"
    settings = Settings(_env_file=None, faq_path=ours, faq_url="https://example.org/faq/", data_path=tmp_path)
    first = build_child_environment(settings)
    child = Child(Emulator(), first, tmp_path)
    child.choose_faq(tmp_path / "copy-1.md", origin=ours)
    assert child.environment == first | {"FAQ_PATH": str(tmp_path / "copy-1.md")}
    child.choose_faq(other, origin=other)
    assert "FAQ_URL" not in child.environment
    assert child.environment["DATABASE_URL"] != first["DATABASE_URL"]
    child.choose_faq(ours, origin=ours)
    assert child.environment == first
    elsewhere = build_child_environment(settings.model_copy(update={"faq_path": other}))
    assert elsewhere["DATABASE_URL"] != first["DATABASE_URL"]


async def test_advice_is_worked_out_once_for_each_state_of_the_faq(editor: Editor) -> None:
    first = (await editor.look()).advice
    assert (await editor.look()).advice is first
    await save(editor, "A tower.", "See above.")
    changed = (await editor.look()).advice
    assert any("only points to another place" in each.text for each in changed)
    assert (await editor.look()).advice is changed


async def test_a_broken_change_leaves_the_last_good_faq_and_another_one_that_is_broken_leaves_none(
    editor: Editor, tmp_path: Path
) -> None:
    await editor.look()
    await save(editor, HARBOUR, "nothing")
    report = await editor.look()
    assert report.problems
    assert [entry.question for entry in report.faq.entries] == ["What is a lighthouse?", "What is a buoy?"]
    bakery = tmp_path / "bakery.md"
    bakery.write_text(BAKERY)
    await editor.open_path(bakery)
    bakery.write_text("nothing")
    with pytest.raises(FaqError):
        await editor.answerer()
    bakery.write_text(BAKERY)
    assert [entry.question for entry in (await editor.look()).faq.entries] == ["When do you open?", "Do you deliver?"]
