"""Draws docs/chat.svg, the README's picture: the bot's real replies to four questions, as the terminal shows them."""

import io
import re
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.app import open_answerer
from bot.cli.ask import print_reply
from bot.config import Settings
from bot.dialogue import Question

OUT = Path(__file__).parents[1] / "docs" / "chat.svg"
QUESTIONS = (
    "hi there, who is paying for teh developement of flatcar?",
    "why should I switch from coreos",
    "how do i install nvidia drivers",
    "is the moon made of cheese",
)
# rich's own picture asks another host for a font: this one asks for nothing.
FRAME = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="A chat">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, Consolas, monospace; font-size: {char_height}px; line-height: {line_height}px;
}}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def main() -> None:
    desk = open_answerer(Settings(_env_file=None))
    console = Console(record=True, width=96, force_terminal=True, file=io.StringIO(), highlight=False)
    for asked in QUESTIONS:
        console.print(Text(f"> {asked}", style="bold cyan"))
        reply = desk.reply_to(Question(asked, "terminal"))
        print_reply(console, reply, desk.publication, date(2018, 5, 1))
        console.print()
    drawn = console.export_svg(title="flatcar-faq chat", code_format=FRAME, unique_id="chat")
    OUT.write_text(re.sub(r"[ \t]+\n", "\n", drawn), encoding="utf-8")


if __name__ == "__main__":
    main()
