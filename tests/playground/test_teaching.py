"""The view for maintainers: pick an FAQ, edit it in a working copy, see what is wrong, ask, measure."""

import asyncio
import itertools
import re

import pytest_asyncio
from playwright.async_api import expect

from .window import PATIENCE

PAGE = """# Harbour

## What is a lighthouse?

A tower.

## What is a buoy?

A float.

## When does the ferry leave?

At noon.
"""


@pytest_asyncio.fixture(loop_scope="session")
async def no_copy_yet(stage):
    """The original is taught."""
    if stage.editor.copy is not None:
        await stage.editor.open_path(stage.faq)


@pytest_asyncio.fixture(loop_scope="session")
async def teacher(open_window, stage):
    """The view of one entry; afterwards our FAQ is taught as it was, from the working copy if there is one by then."""
    before = {file.relative_to(stage.faq): file.read_bytes() for file in stage.faq.rglob("*.md")}
    yield await open_window("/teach?entry=who-is-kinvolk")
    put_back(before, stage.faq)
    if stage.editor.origin != stage.faq:
        await stage.editor.open_path(stage.faq)
        await stage.page.prepare()
    elif stage.editor.copy is not None:
        put_back(before, stage.editor.copy.path)
    if stage.editor.restarting is not None:
        await stage.editor.restarting


def put_back(files, folder):
    """Write what has changed, and no more: the bot reads its files anew when one was written."""
    for name, content in files.items():
        if (folder / name).read_bytes() != content:
            (folder / name).write_bytes(content)


def editor(window):
    return window.page.get_by_label("Markdown")


async def save(window, old, new):
    text = await editor(window).input_value()
    assert old in text
    await editor(window).fill(text.replace(old, new))
    await window.button("Save to the working copy").click()
    await expect(window.find("[data-saved]")).to_contain_text("Saved")


async def ask(window, text):
    await window.page.get_by_label("A question").fill(text)
    await window.button("Ask").click()
    await expect(window.find("#teach-reply .asked")).to_be_visible()
    return window.find("#teach-reply")


async def ask_until_it_shows(window, question, words):
    """Ask the bot again and again in a direct message: it looks at its files a moment after they are saved."""
    async with asyncio.timeout(PATIENCE / 1000):
        for count in itertools.count(1):
            await window.say(question)
            replies = window.find("#messages .message[data-bot]")
            await expect(replies).to_have_count(count)
            if words in await replies.last.inner_text():
                return


async def test_an_edit_is_answered_from_here_and_in_the_chat_and_the_original_stays(
    no_copy_yet, teacher, open_window, stage
):
    await expect(await ask(teacher, "who is kinvolk")).to_contain_text("is a consulting company")
    await save(teacher, "Kinvolk is a consulting company", "Kinvolk is a circus")
    await expect(teacher.find("#teach-reply")).to_contain_text("Kinvolk is a circus")
    await expect(teacher.find("#teach-source")).to_contain_text("a working copy of")
    await expect(teacher.find("#teach-changes")).to_contain_text("who-is-kinvolk.md")
    assert "circus" not in (stage.faq / "who-is-kinvolk.md").read_text()
    alice = await open_window("/?in=direct")
    await ask_until_it_shows(alice, "who is kinvolk?", "circus")
    await save(teacher, "circus", "brass band")
    await expect(teacher.find("#teach-reply")).to_contain_text("brass band")


async def test_the_original_is_written_only_where_that_is_confirmed(teacher, stage):
    await save(teacher, "consulting company", "circus")
    answers = iter(["dismiss", "accept"])

    async def decide(dialog):
        assert str(stage.faq / "who-is-kinvolk.md") in dialog.message
        await getattr(dialog, next(answers))()

    teacher.decide = decide
    button = teacher.button("Write over the original")
    await button.click()
    assert "circus" not in (stage.faq / "who-is-kinvolk.md").read_text()
    await button.click()
    await expect(teacher.find("#toast")).to_contain_text("Written")
    assert "circus" in (stage.faq / "who-is-kinvolk.md").read_text()
    await expect(teacher.find("#teach-changes .changes")).to_have_count(0)


async def test_a_broken_entry_is_named_and_the_last_good_one_answers(teacher):
    await save(teacher, "question: Who", "qestion: Who")
    await expect(teacher.find("#teach-findings")).to_contain_text("who-is-kinvolk.md:")
    await expect(teacher.find("#teach-findings")).to_contain_text("no `question`")
    await expect(await ask(teacher, "who is kinvolk")).to_contain_text("is a consulting company")
    await save(teacher, "qestion: Who", "question: Who")
    await expect(teacher.find("#teach-findings")).to_contain_text("No problems")


async def test_the_changed_text_is_offered_for_download(teacher):
    await save(teacher, "consulting company", "circus")
    async with teacher.page.expect_download() as started:
        await teacher.page.get_by_role("link", name="Download").click()
    download = await started.value
    assert download.suggested_filename == "who-is-kinvolk.md"
    assert "circus" in (await download.path()).read_text()


async def test_a_pasted_page_is_served_taught_and_left_again(teacher, open_window, stage):
    await teacher.button("Another FAQ …").click()
    await teacher.page.get_by_label("Or a page, pasted").fill(PAGE)
    await teacher.button("Use this page").click()
    await expect(teacher.find("#teach-source h2")).to_have_text("3 entries, 0 signposts")
    await expect(teacher.find("#teach-findings")).to_contain_text("fewer than 5 phrasings")
    await teacher.find("#teach-entries .door", "What is a buoy?").click()
    await expect(editor(teacher)).to_have_value("## What is a buoy?\n\nA float.\n\n")
    await save(teacher, "A float.", "A float with a bell.")
    await expect(await ask(teacher, "what is a buoy?")).to_contain_text("A float with a bell.")
    await teacher.page.get_by_role("link", name="the whole file").click()
    await expect(editor(teacher)).to_have_value(PAGE.replace("A float.", "A float with a bell."))
    alice = await open_window("/?in=direct")
    await expect(alice.find(".examples")).to_contain_text(re.compile("lighthouse|buoy|ferry"))
    await ask_until_it_shows(alice, "what is a buoy?", "bell")
    await expect(alice.find("#messages .message[data-bot]").last).not_to_contain_text("full FAQ")
    await teacher.button(f"Back to {stage.faq.name}").click()
    await expect(teacher.find("#teach-source h2")).to_contain_text("12 entries")


async def test_an_faq_is_opened_by_its_path_and_a_wrong_path_is_told(teacher, tmp_path):
    (tmp_path / "harbour.md").write_text(PAGE)
    await teacher.button("Another FAQ …").click()
    path = teacher.page.get_by_label("A file or a folder on this machine")
    await path.fill(str(tmp_path / "nowhere.md"))
    await teacher.button("Open").click()
    await expect(teacher.find("#toast")).to_contain_text("There is no such file or folder")
    await path.fill(str(tmp_path / "harbour.md"))
    await teacher.button("Open").click()
    await expect(teacher.find("#teach-source")).to_contain_text("harbour.md")
    await expect(teacher.find("#teach-source h2")).to_contain_text("3 entries")
    teacher.forgive_refusals()


async def test_what_changed_meanwhile_is_not_overwritten(teacher, stage):
    await save(teacher, "consulting company", "circus")
    copy = stage.editor.copy.path / "who-is-kinvolk.md"
    copy.write_text(copy.read_text().replace("circus", "choir"))
    await editor(teacher).fill("mine")
    await teacher.button("Save to the working copy").click()
    await expect(teacher.find("#toast")).to_contain_text("has changed meanwhile")
    assert "choir" in copy.read_text()
    teacher.forgive_refusals()


async def test_the_curves_of_a_measurement_are_shown(teacher):
    await teacher.find("summary", "Questions of your own").click()
    lines = '{"text": "who is kinvolk", "gold": "Who is Kinvolk?"}\n{"text": "how tall is the moon", "gold": null}'
    await teacher.page.get_by_label("Questions with known answers").fill(lines)
    await teacher.button("Ask these").click()
    await expect(teacher.find(".figures li").first).to_contain_text("100.0%")
    await expect(teacher.page.get_by_role("img", name="Risk and coverage at every threshold")).to_be_visible()
    await expect(teacher.page.get_by_role("img", name="How often the first match is right")).to_be_visible()
    async with teacher.page.expect_popup() as opened:
        await teacher.page.get_by_role("link", name="Every figure and every mistake").click()
    await expect((await opened.value).locator("body")).to_contain_text("2 questions, 1 answerable")


async def test_the_questions_that_come_with_the_faq_are_measured_at_a_click(teacher):
    await teacher.button("Ask them all").click()
    await expect(teacher.find("#teach-measured")).to_contain_text(re.compile(r"of these \d{3} questions"))


async def test_lines_that_are_no_questions_are_told_of(teacher):
    await teacher.find("summary", "Questions of your own").click()
    await teacher.page.get_by_label("Questions with known answers").fill('{"text": "x", "gold": "no such entry"}')
    await teacher.button("Ask these").click()
    await expect(teacher.find("#toast")).to_contain_text("no entry has the question")
    teacher.forgive_refusals()


async def test_a_change_that_is_not_saved_is_not_lost_by_a_click(teacher):
    asked = []

    async def stay(dialog):
        asked.append(dialog.message)
        await dialog.dismiss()

    teacher.decide = stay
    await editor(teacher).fill("half a thought")
    await teacher.find("#teach-entries .door", "Why fork Container Linux?").click()
    await expect(editor(teacher)).to_have_value("half a thought")
    assert asked == ["Leave your change unsaved?"]


async def test_a_change_is_saved_with_the_keyboard(teacher):
    text = await editor(teacher).input_value()
    await editor(teacher).fill(text.replace("consulting company", "circus"))
    await editor(teacher).press("Control+s")
    await expect(teacher.find("[data-saved]")).to_contain_text("Saved")


async def test_each_section_is_listed_once(teacher):
    sections = await teacher.find("#teach-entries h2").all_inner_texts()
    assert sorted(set(sections)) == sorted(sections)
    await expect(teacher.find("#teach-entries .door")).to_have_count(12)
