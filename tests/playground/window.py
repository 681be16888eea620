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
FORGET = "localStorage.clear(), sessionStorage.clear(), Storage.prototype.setItem = () => {}"
"""Let the page keep nothing more, either: news may still come."""
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@dataclass
class Window:
    """One window of one person."""

    page: Page
    url: str
    token: str
    name: str = ""
    complaints: list[str] = field(default_factory=list)
    """What the console said, and requests to other hosts."""
    decide: Callable[[Dialog], Awaitable[None]] | None = None
    """What is done with a dialog; without it, one is a complaint."""

    async def go(self, path: str = "/") -> None:
        await self.page.goto(f"{self.url}{path}{'&' if '?' in path else '?'}token={self.token}")
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

    async def empty(self) -> None:
        """Leave nothing to who gets the window next, nor anything that goes on."""
        for page in self.page.context.pages:
            if page is not self.page:
                await page.close()
        self.decide = leave_unsaved
        await self.page.unroute_all()
        await self.page.mouse.move(-1, -1)
        await self.page.evaluate(FORGET)
        await self.page.goto("about:blank")

    async def picture(self, part: str = "") -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        await self.page.screenshot(path=SCREENSHOTS / f"{self.name}{f'-{part}' if part else ''}.png")


async def leave_unsaved(dialog: Dialog) -> None:
    assert dialog.type == "beforeunload"
    await dialog.accept()


class Windows:
    """The windows of one browser. To open one takes longer than most tests, so that it is emptied and lent again."""

    def __init__(self, browser: Browser, url: str, token: str) -> None:
        self._browser, self._url, self._token = browser, url, token
        self._free: list[Window] = []

    @asynccontextmanager
    async def lent(self, name: str, **options: Any) -> AsyncIterator[Window]:
        """Give a window as a private one would be; one with more options than size and colours is of its own."""
        looks = {"viewport": options.pop("viewport", DESKTOP), "color_scheme": options.pop("color_scheme", "light")}
        window = self._free.pop() if self._free and not options else await self._open(**looks, **options)
        window.name, window.complaints, window.decide = name, [], None
        await window.page.set_viewport_size(looks["viewport"])
        await window.page.emulate_media(color_scheme=looks["color_scheme"])
        yield window
        if options:
            await window.page.close()  # a context that is closed asks pages first, and waits for the answer
            await window.page.context.close()
        else:
            await window.empty()
            self._free.append(window)

    async def _open(self, **options: Any) -> Window:
        context = await self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        window = Window(await context.new_page(), self._url, self._token)
        page = window.page
        page.on("console", lambda line: line.type in ("error", "warning") and window.complaints.append(line.text))
        page.on("pageerror", lambda error: window.complaints.append(str(error)))
        page.on("dialog", window.meet_dialog)
        page.on(
            "request",
            lambda request: request.url.startswith(self._url) or window.complaints.append(f"asked {request.url}"),
        )
        return window
