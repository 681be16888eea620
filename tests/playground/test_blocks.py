"""What the bot may send is drawn; what it may not is boxed; and nothing that anybody writes can run."""

import json

import pytest
from playwright.async_api import expect

from bot.emulator import BOT_ID, BOT_USER

OPTION = {"text": {"type": "plain_text", "text": "First"}, "value": "1"}
OTHER = {"text": {"type": "plain_text", "text": "Second"}, "value": "2"}
EVERY_BLOCK = [
    {"type": "header", "text": {"type": "plain_text", "text": "A heading :tada:"}},
    {"type": "section", "text": {"type": "mrkdwn", "text": "*bold* _italic_ ~gone~ `code` <https://x.org|a link>"},
     "fields": [{"type": "mrkdwn", "text": "*one*"}, {"type": "plain_text", "text": "two"}]},
    {"type": "divider"},
    {"type": "markdown", "text": "# Title\n\n- item\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\n```sh\nls\n```\n"},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "quiet <#C000000001>"}]},
    {"type": "actions", "block_id": "acts", "elements": [
        {"type": "button", "action_id": "b1", "text": {"type": "plain_text", "text": "Plain"}},
        {"type": "button", "action_id": "b2", "style": "primary", "text": {"type": "plain_text", "text": "Primary"}},
        {"type": "button", "action_id": "b3", "url": "https://z.org", "text": {"type": "plain_text", "text": "Link"}},
        {"type": "static_select", "action_id": "s", "options": [OPTION, OTHER],
         "placeholder": {"type": "plain_text", "text": "Pick one"}},
        {"type": "datepicker", "action_id": "d"}]},
    {"type": "hologram", "depth": 3},
]  # fmt: skip
TEXT = {"type": "plain_text"}
MODAL = {
    "type": "modal",
    "title": {**TEXT, "text": "Tell us"},
    "submit": {**TEXT, "text": "Send it"},
    "blocks": [
        {
            "type": "input",
            "block_id": kind,
            "label": {**TEXT, "text": kind},
            "element": {"type": kind, "action_id": "a", **more},
        }
        for kind, more in (
            ("plain_text_input", {"multiline": True}),
            ("static_select", {"options": [OPTION, OTHER]}),
        )
    ],
}
NASTY = (
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    '"><svg onload=window.hit=1>',
    "</textarea></script><script>window.hit=1</script>",
    "[click](javascript:window.hit=1) <javascript:window.hit=1|here> <a href='javascript:window.hit=1'>x</a>",
    "<https://x.org/\" onmouseover=\"window.hit=1|y> `</code><script>window.hit=1</script>`",
    "```</pre><script>window.hit=1</script>```",
    "{{ 7 * 7 }} {% raw %} ${7*7} &lt;script&gt;window.hit=1&lt;/script&gt;",
    "> <b onclick=window.hit=1>quote</b> *<i>* _</p>_ :smile<script>:",
    "data:text/html,<script>window.hit=1</script> <data:text/html,x|y> <vbscript:x|y>",
)  # fmt: skip


def post(slack, blocks=(), text="words", **details):
    place = slack.workspace.channel("general")
    return slack.workspace.post(place, BOT_USER, text, blocks=list(blocks), bot_id=BOT_ID, **details)


async def test_every_block_is_drawn_and_any_other_is_boxed_with_its_json(alice, slack):
    post(slack, EVERY_BLOCK)
    message = alice.find("#messages .message")
    for selector, text in (
        ("h3", "A heading 🎉"), (".b-section strong", "bold"), (".b-section em", "italic"), (".b-section s", "gone"),
        (".b-section code", "code"), (".fields .text >> nth=1", "two"), ("h4", "Title"), (".markdown li", "item"),
        (".markdown td.right", "1"), (".markdown pre", "ls"), (".b-context", "quiet #general"),
    ):  # fmt: skip
        await expect(message.locator(selector).first).to_contain_text(text)
    await expect(message.get_by_role("link", name="Link", exact=True)).to_have_attribute("href", "https://z.org")
    unknown = message.locator(".unknown")
    assert [await unknown.nth(i).locator("summary").inner_text() for i in range(await unknown.count())] == [
        "This page does not draw “datepicker”",
        "This page does not draw “hologram”",
    ]
    await unknown.last.locator("summary").click()
    await expect(unknown.last).to_contain_text('"depth": 3')
    await alice.picture("blocks")


async def test_a_select_in_a_message_is_filtered_by_typing(alice, slack):
    post(slack, EVERY_BLOCK)
    await alice.page.route("**/control/press?*", lambda route: route.fulfill(json={"ok": True}))
    box = alice.page.get_by_placeholder("Pick one")
    await box.click()
    await expect(alice.find(".options [role=option]")).to_have_count(2)
    await box.fill("sec")
    await expect(alice.find(".options [role=option]")).to_have_text(["Second"])
    async with alice.page.expect_request("**/control/press?*") as pressed:
        await box.press("Enter")
    sent = json.loads((await pressed.value).post_data)
    assert (sent["block_id"], sent["action_id"], sent["option"]) == ("acts", "s", "2")
    await box.fill("nothing of the kind")
    await expect(alice.find(".options")).to_contain_text("Nothing found")
    await box.press("Escape")
    await expect(alice.find(".options")).to_be_hidden()


def open_modal(slack):
    trigger = slack.views.issue_trigger(slack.workspace.user_id("alice"))
    slack.views.open({"trigger_id": trigger, "view": MODAL})
    return slack.views.modals[slack.workspace.user_id("alice")][-1]


async def test_a_modal_sends_what_was_filled_in(alice, slack):
    view = open_modal(slack)
    dialog = alice.page.get_by_role("dialog", name="Tell us")
    await dialog.get_by_label("static_select").fill("Sec")
    await alice.find(".options [role=option]", "Second").click()
    await dialog.get_by_label("plain_text_input").fill("two\nlines")
    await alice.picture("modal")
    slack.views.complain(view, {"plain_text_input": "That is no address of ours."})
    await expect(dialog).to_contain_text("That is no address of ours.")
    await expect(dialog.get_by_label("plain_text_input")).to_have_value("two\nlines")
    await alice.page.route("**/control/submit?*", lambda route: route.fulfill(json={"ok": True}))
    async with alice.page.expect_request("**/control/submit?*") as submitted:
        await alice.button("Send it").click()
    sent = json.loads((await submitted.value).post_data)
    values = {block: fields["a"] for block, fields in sent["values"].items()}
    assert sent["view_id"] == view.id
    assert values["plain_text_input"] == {"type": "plain_text_input", "value": "two\nlines"}
    assert values["static_select"]["selected_option"] == OTHER


async def test_what_is_needed_is_asked_for_before_a_modal_is_sent(alice, slack):
    open_modal(slack)
    dialog = alice.page.get_by_role("dialog", name="Tell us")
    await alice.button("Send it").click()
    await expect(dialog.get_by_label("plain_text_input")).to_be_focused()
    await expect(dialog).to_be_visible()
    await alice.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


@pytest.mark.parametrize("text", NASTY)
async def test_nothing_that_anybody_writes_can_run(alice, slack, text):
    await alice.say(text)
    mrkdwn, plain = {"type": "mrkdwn", "text": text}, {"type": "plain_text", "text": text[:75]}
    post(slack, text=text)
    post(slack, [
        {"type": "section", "text": mrkdwn, "accessory": {"type": "overflow", "action_id": text, "options": [
            {"text": plain, "value": text}]}},
        {"type": "markdown", "text": text}, {"type": "context", "elements": [mrkdwn]},
        {"type": "header", "text": plain},
        {"type": text},
        {"type": "actions", "block_id": text, "elements": [
            {"type": "button", "text": plain, "action_id": text, "value": text, "url": text},
            {"type": "static_select", "action_id": text, "options": [{"text": plain, "value": text}],
             "placeholder": plain}]},
    ])  # fmt: skip
    await expect(alice.find("#messages .message")).to_have_count(3)
    found = await alice.page.evaluate(
        """() => {
          const inside = [...document.querySelectorAll("#messages *")];
          const attributes = inside.flatMap((e) => [...e.attributes].map((a) => [e.tagName, a.name, a.value]));
          return {
            hit: window.hit ?? null,
            scripts: inside.filter((e) => ["SCRIPT", "IFRAME", "IMG", "OBJECT", "EMBED"].includes(e.tagName)).length,
            handlers: attributes.filter(([, name]) => name.startsWith("on")),
            links: attributes.filter(([, name, value]) => name === "href" && !/^(https?:|mailto:|#|\\/)/.test(value)),
          };
        }"""
    )
    assert found == {"hit": None, "scripts": 0, "handlers": [], "links": []}
    assert text.replace("\n", "").split(" ")[0].strip("`> ")[:6] in (await alice.find("#messages").inner_text())
