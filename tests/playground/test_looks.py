"""How the page looks and is reached: phone and desktop, light and dark, keyboard and screen reader."""

import pytest
from playwright.async_api import expect

from .window import DESKTOP, PHONE

NAMELESS = """() => {
  const controls = "button, a[href], input:not([type=hidden]), textarea:not([hidden]), select, dialog";
  const named = (e) => (e.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id));
  const texts = (e) => [e.getAttribute("aria-label"), e.textContent, ...[...(e.labels || []), ...named(e)].map((l) => l?.textContent)];
  return [...document.querySelectorAll(controls)].filter((e) => !texts(e).some((text) => text && text.trim()))
    .map((e) => e.outerHTML.slice(0, 120));
}"""  # noqa: E501
OUTSIDE = """() => [...document.querySelectorAll("body *")]
  .filter((e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .filter((e) => e.checkVisibility())
  .filter((e) => !e.closest("main, aside, nav, [role=alert], [role=status], [role=log], dialog, .skip"))
  .map((e) => e.outerHTML.slice(0, 120))"""
"""Text that no landmark holds: who jumps from one to the next never hears it."""
SMALL = """() => [...document.querySelectorAll("button, a[href], label:has(input)")]
  .filter((e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !e.closest(".text, .b-context, .skip"))
  .map((e) => [e, e.getBoundingClientRect()]).filter(([, box]) => box.height < 36 && box.bottom > 0)
  .map(([e, box]) => `${Math.round(box.height)} ${e.outerHTML.slice(0, 120)}`)"""  # noqa: E501
CONTRAST = """() => {
  const parse = (text) => {
    const given = text.match(/[\\d.]+/g).map(Number);
    const [r, g, b] = text.startsWith("color(") ? given.map((part) => part * 255) : given;
    return { rgb: [r, g, b], alpha: given[3] ?? 1 };
  };
  const light = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { rgb, alpha } = parse(getComputedStyle(at).backgroundColor);
      if (alpha > 0.99) return rgb;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const box = element.getBoundingClientRect();
    if (!own || !box.width || getComputedStyle(element).visibility === "hidden" || getComputedStyle(element).opacity < 1) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color).rgb), light(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) weak.push(`${element.tagName}.${element.className}: ${ratio.toFixed(2)} ${element.textContent.trim().slice(0, 30)}`);
  }
  return weak;
}"""  # noqa: E501


async def fill(window):
    """Bring everything upon the screen that the page can show beside messages."""
    reply = await window.ask("What will change for Container Linux?")
    await expect(reply).to_contain_text("Did you mean")
    await window.page.fill("#say", "/flatcar-faq who is kinvolk?")
    await window.page.press("#say", "Enter")
    await expect(window.find(".message.private")).to_contain_text("Berlin")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["chat", "welcome", "home", "why", "faults", "teach"])
async def test_all_text_stands_out_from_its_ground(open_window, scheme, place):
    paths = {"home": "/?in=direct&tab=home", "faults": "/?panel=faults", "teach": "/teach"}
    window = await open_window(paths.get(place, "/"), color_scheme=scheme)
    if place in ("chat", "why"):
        await fill(window)
    if place == "why":
        await window.find("#side-body .why").click()
        await expect(window.find(".happened .matches")).to_be_visible()
    if place == "home":
        await expect(window.button("Show: Who is Kinvolk?")).to_be_visible()
    assert await window.page.evaluate(CONTRAST) == []


async def test_the_switch_turns_light_to_dark_and_is_remembered(alice):
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await alice.page.evaluate(ground)
    await alice.page.get_by_role("button", name="Light or dark").click()
    dark = await alice.page.evaluate(ground)
    assert dark != light
    await alice.page.reload()
    assert await alice.page.evaluate(ground) == dark
    await alice.page.get_by_role("button", name="Light or dark").click()
    assert await alice.page.evaluate(ground) == light


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_phone_sidebar_and_thread_take_turns(open_window, scheme):
    phone = await open_window(viewport=PHONE, color_scheme=scheme, has_touch=True, is_mobile=True)
    await phone.picture("welcome")
    await expect(phone.find("#sidebar")).not_to_be_in_viewport()
    await phone.button("Channels and people").click()
    await expect(phone.find("#sidebar .door", "random")).to_be_in_viewport()
    await phone.picture("drawer")
    await phone.page.keyboard.press("Escape")
    await expect(phone.find("#sidebar")).not_to_be_in_viewport()
    await phone.say("@flatcar-faq who is kinvolk?")
    reply = await phone.reply()
    await expect(reply).to_contain_text("Berlin")
    box = await phone.find("#side").bounding_box()
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    await phone.picture("thread")
    await reply.get_by_role("link", name="What happened").click()
    await expect(phone.find(".happened .matches")).to_be_visible()
    await phone.picture("why")
    await phone.page.get_by_role("link", name="Back").click()
    await phone.page.get_by_role("link", name="Close").click()
    await expect(phone.find("#side")).to_be_hidden()


@pytest.mark.parametrize(
    "viewport", [PHONE, DESKTOP, {"width": 900, "height": 700}], ids=["phone", "desktop", "tablet"]
)
@pytest.mark.parametrize("path", ["/", "/?in=direct&tab=home", "/?panel=faults", "/teach"])
async def test_nothing_has_to_be_scrolled_sideways(open_window, viewport, path):
    window = await open_window(path, viewport=viewport)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await window.page.evaluate(wide) <= 0


@pytest.mark.parametrize("path", ["/", "/?in=direct&tab=home", "/?panel=faults", "/teach"])
async def test_every_control_has_a_name(open_window, path):
    window = await open_window(path)
    if path == "/":
        await fill(window)
    assert await window.page.evaluate(NAMELESS) == []
    assert await window.page.evaluate(OUTSIDE) == []


async def test_fingers_have_room_on_a_phone(open_window):
    phone = await open_window(viewport=PHONE, has_touch=True, is_mobile=True)
    await fill(phone)
    small = await phone.page.evaluate(SMALL)
    assert small == []


async def test_text_from_right_to_left_begins_at_the_right(alice):
    await alice.say("שלום עולם, flatcar?")
    line = alice.find("#messages .message .text p")
    await expect(line).to_be_visible()
    assert await line.evaluate(
        "(p) => { const r = document.createRange(); r.selectNodeContents(p);"
        " return p.getBoundingClientRect().right - r.getBoundingClientRect().right; }"
    ) < 2  # fmt: skip


async def test_ids_are_unique_though_a_message_is_shown_twice(alice):
    await fill(alice)
    twice = "[...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)"
    assert await alice.page.evaluate(twice) == []


async def test_the_keyboard_alone_is_enough(alice):
    await alice.page.keyboard.type("@flatcar-faq Who is Kinvolk?")
    await alice.page.keyboard.press("Enter")
    reply = await alice.reply()
    thumb = reply.get_by_role("button", name="This helped")
    for _ in range(60):
        await alice.page.keyboard.press("Tab")
        if await thumb.evaluate("(e) => e === document.activeElement"):
            break
    await expect(thumb).to_be_focused()
    assert await thumb.evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
    await alice.page.keyboard.press("Enter")
    await expect(alice.find(".message.private").first).to_contain_text("Thank you")
    await alice.page.keyboard.press("Escape")
    await expect(alice.find("#side")).to_be_hidden()


async def test_menus_are_walked_with_arrows_and_left_with_escape(alice):
    await alice.find(".me").focus()
    await alice.page.keyboard.press("Enter")
    await expect(alice.page.get_by_role("menuitem", name="alice")).to_be_focused()
    await alice.page.keyboard.press("ArrowDown")
    await expect(alice.page.get_by_role("menuitem", name="bob")).to_be_focused()
    await alice.page.keyboard.press("Escape")
    await expect(alice.find(".me")).to_be_focused()
    await alice.page.keyboard.press("Enter")
    await expect(alice.page.get_by_role("menuitem", name="alice")).to_be_focused()
    await alice.page.keyboard.press("ArrowDown")
    await alice.page.keyboard.press("Enter")
    await expect(alice.find(".me-name")).to_have_text("bob")


async def test_the_skip_link_comes_first_and_leads_to_the_message_box(alice):
    first = alice.find("a, button, input").first
    await expect(first).to_have_text("Skip to the message box")
    await first.focus()
    await expect(first).to_be_in_viewport()
    await alice.page.keyboard.press("Enter")
    await expect(alice.find("#say")).to_be_focused()


async def test_home_is_searched_and_read_with_the_keyboard(open_window):
    alice = await open_window("/?in=direct&tab=home")
    search = alice.page.get_by_role("combobox", name="Search the FAQ")
    await search.focus()
    await alice.page.keyboard.type("fund")
    await expect(alice.find(".options [role=option]").first).to_have_text("How is Flatcar Linux funded?")
    await alice.page.keyboard.press("ArrowDown")
    await alice.page.keyboard.press("ArrowUp")
    await alice.page.keyboard.press("Enter")
    dialog = alice.page.get_by_role("dialog", name="From the FAQ")
    await expect(dialog).to_contain_text("commercial support agreements")
    await alice.picture("modal")
    await alice.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await alice.button("Show: Who is Kinvolk?").click()
    await expect(dialog).to_contain_text("Berlin")
    await dialog.get_by_role("button", name="Close").last.click()
    await expect(dialog).to_have_count(0)
    await expect(alice.button("Show: Who is Kinvolk?")).to_be_focused()
