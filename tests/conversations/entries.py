"""The project's own entries as the tests need them: question, anchor, and a stretch of the answer."""

import re
from dataclasses import dataclass

import frontmatter

from bot.emulator.messages import Message
from tests.emulator.bot_process import OUR_FAQ

FULL_FAQ = "https://www.flatcar-linux.org/faq/"


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be found in the answer to a question in its own words."""

    question: str
    anchor: str
    stretch: str
    """The longest piece of the answer without any markup."""

    @property
    def link(self) -> str:
        return f"{FULL_FAQ}#{self.anchor}"


def read_entries() -> list[Expected]:
    posts = [frontmatter.load(str(path)) for path in sorted(OUR_FAQ.glob("*.md"))]
    return [
        Expected(
            question=post["question"],
            anchor=re.sub(r"[^\w -]", "", post["question"].lower()).strip().replace(" ", "-"),
            stretch=max(re.split(r"[\[\]()*_`<>&\n]+", post.content), key=len).strip(),
        )
        for post in posts
    ]


ENTRIES = read_entries()
FUNDING = next(entry for entry in ENTRIES if entry.anchor == "how-is-flatcar-linux-funded")
KINVOLK = next(entry for entry in ENTRIES if entry.anchor == "who-is-kinvolk")


def assert_answers(message: Message, entry: Expected) -> None:
    """Check that a message is this entry's answer: question, answer, link, and a text that says it on its own."""
    assert unescape(entry.question) in unescape(message.words)
    assert entry.stretch in unescape(message.words)
    assert entry.link in message.words
    assert entry.link in message.text
    assert entry.stretch in unescape(message.text)


def assert_no_entry(message: Message) -> None:
    """Check that a message neither is an entry nor offers one."""
    assert f"{FULL_FAQ}#" not in message.everything
    assert message.labels == []
    assert message.text.strip()


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
