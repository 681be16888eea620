"""Draws the README's pictures of the playground: starts it, chats in Chromium, and keeps what the screen shows."""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).parents[1] / "docs"
STILL, SEQUENCE = DOCS / "playground.png", DOCS / "playground.webp"
WIDTH, HEIGHT = 1120, 680
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
CLEAR, VAGUE = "whos paying for teh developement of flatcar?", "What will change for Container Linux?"

Frame = tuple[Image.Image, int]
"""A picture, and for how many milliseconds it is shown."""


def main() -> None:
    with playground() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        size = {"width": WIDTH, "height": HEIGHT}
        page = browser.new_page(viewport=size, device_scale_factor=2, color_scheme="light")
        open_chat(page, url)
        draw_still(page)
        page = browser.new_page(viewport=size, color_scheme="light")
        open_chat(page, url)
        draw_sequence(page)
        browser.close()


@contextmanager
def playground() -> Iterator[str]:
    """Run the playground as anybody would; gives its address once the bot is there."""
    command = [sys.executable, "-m", "bot", "playground", "--port", "0", "--no-browser"]
    as_for_a_newcomer = dict(os.environ)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=as_for_a_newcomer
    ) as process:
        try:
            url = ""
            for line in process.stdout or ():
                found = re.search(r"in your browser: (\S+)", line)
                url = found[1] if found else url
                if "connected" in line:
                    break
            yield url
        finally:
            process.terminate()


def open_chat(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("html[data-ready]")
    page.get_by_role("button", name="Start over").click()
    page.wait_for_selector(".examples")


def ask(page: Page, text: str) -> None:
    page.fill("#say", f"@flatcar-faq {text}")
    page.press("#say", "Enter")
    page.wait_for_selector("#side-body .message[data-bot]")


def draw_still(page: Page) -> None:
    ask(page, CLEAR)
    rest(page)
    keep(page).quantize(160, dither=Image.Dither.NONE).save(STILL, optimize=True)


def draw_sequence(page: Page) -> None:
    frames: list[Frame] = [(keep(page), 1600)]
    frames += list(type_in(page, f"@flatcar-faq {CLEAR}"))
    page.press("#say", "Enter")
    page.wait_for_selector("#side-body .message[data-bot]")
    frames.append((rest(page), 3400))
    page.get_by_role("link", name="What happened").click()
    page.wait_for_selector(".happened .matches")
    frames.append((rest(page), 3600))
    frames += list(type_in(page, f"@flatcar-faq {VAGUE}"))
    page.press("#say", "Enter")
    page.wait_for_selector("#side-body .message[data-bot]")
    frames.append((rest(page), 2400))
    page.get_by_role("button", name="How does this affect Container Linux users?").click()
    page.wait_for_selector("#side-body .markdown")
    frames.append((rest(page), 3600))
    pictures = [picture for picture, _ in frames]
    times = [milliseconds for _, milliseconds in frames]
    pictures[0].save(SEQUENCE, save_all=True, append_images=pictures[1:], duration=times, loop=0, quality=82, method=6)


def type_in(page: Page, text: str) -> Iterator[Frame]:
    """Type, a few letters a picture."""
    page.focus("#say")
    for start in range(0, len(text), 6):
        page.keyboard.type(text[start : start + 6])
        yield keep(page), 130
    yield keep(page), 500


def rest(page: Page) -> Image.Image:
    """Let everything come to rest: the pointer away, the answer drawn."""
    page.mouse.move(WIDTH // 2, 5)
    page.wait_for_timeout(500)
    return keep(page)


def keep(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


if __name__ == "__main__":
    main()
