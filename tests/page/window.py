"""A browser window as its person uses it: says, clicks, reads. Waits as long as a person would."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Dialog, Locator, Page, expect

SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots"
PATIENCE = 60_000
"""Milliseconds; the machine may be busy with other things."""
expect.set_options(timeout=PATIENCE)
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@dataclass
class Window:
    """One window of one person."""

    page: Page
    url: str
    name: str
    complaints: list[str] = field(default_factory=list)
    """What the console said, and requests to other hosts."""
    decide: Callable[[Dialog], Awaitable[None]] | None = None
    """What is done with a dialog; without it, one is a complaint."""

    async def go(self, path: str = "/") -> None:
        await self.page.goto(f"{self.url}{path}")
        await expect(self.page.locator("html[data-ready]")).to_be_visible()

    async def say(self, text: str, box: str = "#say") -> None:
        await self.page.fill(box, text)
        await self.page.press(box, "Enter")

    async def ask(self, text: str) -> Locator:
        """Mention the bot and give its reply in the thread that opens."""
        await self.say(f"@flatcar-faq {text}")
        return await self.reply()

    async def reply(self) -> Locator:
        """Wait for the last message of the bot in the thread."""
        found = self.page.locator("#side-body .message[data-bot]").last
        await expect(found).to_be_visible()
        return found

    def find(self, selector: str, text: str | None = None) -> Locator:
        return self.page.locator(selector, has_text=text) if text else self.page.locator(selector)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def menu_of(self, message: Locator, item: str) -> None:
        """Choose from the menu behind the dots beside a message."""
        await message.hover()
        await message.get_by_role("button", name="More", exact=True).click()
        await self.page.get_by_role("menuitem", name=item).click()

    async def meet_dialog(self, dialog: Dialog) -> None:
        if self.decide is not None:
            await self.decide(dialog)
        else:
            self.complaints.append(f"dialog: {dialog.message}")
            await dialog.dismiss()

    def forgive_refusals(self) -> None:
        """Forget that the browser noted answers of status 400, where the server was meant to refuse."""
        self.complaints[:] = [each for each in self.complaints if "status of 400" not in each]

    async def picture(self, part: str = "") -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        await self.page.screenshot(path=SCREENSHOTS / f"{self.name}{f'-{part}' if part else ''}.png")


@asynccontextmanager
async def opened_window(browser: Browser, url: str, name: str, **options: Any) -> AsyncIterator[Window]:
    """Open a window of its own, as a private one would be."""
    context = await browser.new_context(viewport=options.pop("viewport", DESKTOP), **options)
    context.set_default_timeout(PATIENCE)
    window = Window(await context.new_page(), url, name)
    window.page.on("console", lambda line: line.type in ("error", "warning") and window.complaints.append(line.text))
    window.page.on("pageerror", lambda error: window.complaints.append(str(error)))
    window.page.on("dialog", window.meet_dialog)
    window.page.on(
        "request", lambda request: request.url.startswith(url) or window.complaints.append(f"asked {request.url}")
    )
    try:
        yield window
    finally:
        await window.page.close()  # a context that is closed asks pages first, and waits for the answer
        await context.close()
