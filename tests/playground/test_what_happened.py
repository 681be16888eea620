"""The panels at the side: what happened on the way to a reply, and faults on the wire."""

import json
import re

import pytest
from playwright.async_api import expect

from bot.matching import Thresholds


async def open_panel(window, text):
    reply = await window.ask(text)
    await reply.get_by_role("link", name="What happened").click()
    panel = window.find(".happened")
    await expect(panel.locator(".matches")).to_be_visible()
    return panel


async def test_a_clear_answer_is_explained(alice):
    panel = await open_panel(alice, "who funds flatcar?")
    await expect(panel).to_contain_text("in the playground's own process")
    await expect(panel.locator(".understood")).to_have_text("who funds flatcar")
    await expect(panel).to_contain_text(re.compile(rf"A direct answer: \d+% is at least {Thresholds().answer:.0%}"))
    await expect(panel).to_contain_text(re.compile(r"\d+ ms from message to reply, [\d.]+ ms of it"))
    await expect(panel.locator(".matches li").first).to_contain_text("How is Flatcar Linux funded?")
    width = await panel.locator(".matches li .full").first.get_attribute("width")
    assert float(width.rstrip("%")) > 100 * Thresholds().answer
    await expect(panel.locator(".effects .for").first).to_contain_text("funds")
    await expect(panel).to_contain_text("Not in the FAQ: funds.")
    await expect(panel.locator(".alike")).to_contain_text("How is Flatcar Linux funded?")


async def test_repaired_typos_and_words_against_are_shown(alice):
    panel = await open_panel(alice, "how can i suport the projct")
    await expect(panel).to_contain_text("suport → support")
    await expect(panel).to_contain_text("Suggestions:")
    await expect(panel.locator(".effects .against").first).to_be_visible()


async def test_a_signpost_is_named_where_it_is_nearer(alice):
    panel = await open_panel(alice, "how do i install nvidia drivers")
    await expect(panel.locator(".signpost")).to_contain_text("drivers")
    await expect(panel).to_contain_text("A signpost, since it is nearer")


async def test_the_question_behind_a_private_reply_is_known_too(alice):
    await alice.say("/flatcar-faq who is kinvolk?")
    await alice.find(".message.private").get_by_role("link", name="What happened").click()
    await expect(alice.find(".happened .facts")).to_contain_text("who is kinvolk?")


async def test_the_blocks_can_be_copied_as_json(open_window):
    alice = await open_window(permissions=["clipboard-read", "clipboard-write"])
    panel = await open_panel(alice, "who funds flatcar?")
    await panel.locator("summary").click()
    await panel.get_by_role("button", name="Copy").click()
    await expect(alice.find("#toast")).to_have_text("Copied.")
    blocks = json.loads(await alice.page.evaluate("navigator.clipboard.readText()"))
    assert [block["type"] for block in blocks] == ["section", "markdown", "context", "context_actions"]


async def test_back_leads_to_the_thread(alice):
    await open_panel(alice, "who funds flatcar?")
    await alice.page.get_by_role("link", name="Back", exact=True).click()
    await expect(alice.find("#side-head h2")).to_have_text("Thread")


async def test_a_message_that_nobody_asked_for_is_not_explained(alice, slack):
    slack.workspace.post(slack.workspace.channel("general"), "U0FAQBOT01", "news", bot_id="B0FAQBOT01")
    await alice.find("#messages .why").click()
    await expect(alice.find(".happened")).to_contain_text("Nobody asked for this message")


async def test_a_fault_is_seen_by_all_and_ended_by_anybody(alice, open_window):
    bob = await open_window(person="bob")
    await alice.page.get_by_role("link", name="Faults").click()
    await alice.page.get_by_label("Refusing: no message may have blocks").check()
    for window in (alice, bob):
        await expect(window.find(".banner.bad")).to_contain_text("no message may have blocks")
    reply = await bob.ask("who is kinvolk?")
    await expect(reply).to_contain_text("Berlin")
    await expect(reply.locator(".thumbs")).to_have_count(0)
    await bob.find(".banner.bad button").click()
    await expect(alice.page.get_by_label("None: Slack takes every message")).to_be_checked()
    await expect(alice.find(".banner.bad")).to_have_count(0)


@pytest.mark.parametrize(
    ("button", "told"),
    [("Send the next event twice", "the next event comes twice"), ("Send the next event 5 s late", "comes late")],
)
async def test_a_single_fault_is_told_of_until_it_has_struck(open_window, slack, button, told):
    alice = await open_window("/?panel=faults")
    await alice.button(button).click()
    await expect(alice.find(".banner.bad")).to_contain_text(told)
    slack.dispatch.delays[:] = [0.01] * len(slack.dispatch.delays)
    await alice.ask("who is kinvolk?")
    await expect(alice.find(".banner.bad")).to_have_count(0)
    await expect(alice.find("#side-body .message[data-bot]")).to_have_count(1)


async def test_a_line_that_loses_everything_is_a_switch(open_window, slack):
    alice = await open_window("/?panel=faults")
    switch = alice.page.get_by_role("switch", name="It looks alive and loses everything")
    await switch.check()
    await expect(alice.find(".banner.bad")).to_contain_text("loses everything")
    await switch.uncheck()
    await expect(alice.find(".banner.bad")).to_have_count(0)
    assert not slack.socket.loses_everything


async def test_a_cut_line_is_told_of_until_the_bot_is_back(open_window, slack):
    alice = await open_window("/?panel=faults")
    slack.socket.refusals = 1000
    await alice.button("Cut it now").click()
    await expect(alice.find("#banner")).to_contain_text("has lost its connection")
    slack.socket.recover()
    await slack.notifier.until(lambda: slack.socket.is_connected, lambda: "the bot did not come back")
    await expect(alice.find("#banner .banner")).to_have_count(0)
    await expect(await alice.ask("who is kinvolk?")).to_contain_text("Berlin")


async def test_what_slack_objected_to_is_listed(open_window, slack):
    alice = await open_window("/?panel=faults")
    slack.faults.append("the bot did something odd <b>")
    await expect(alice.find(".objections")).to_have_text("the bot did something odd <b>")
    slack.faults.clear()
