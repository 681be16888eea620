"""The Block Kit of everything the bot shows, in one file that a reviewer can read.

After a wanted change: UPDATE_GOLDEN=1 .venv/bin/pytest tests/slack/test_golden.py, and read the diff.
"""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot import wording
from bot.dialogue import Answer, NoAnswer, Signposted, Suggestions
from bot.faq import Faq
from bot.slack.handlers.shortcut import render_preview
from bot.slack.views.button_state import Carried
from bot.slack.views.components import Message, option
from bot.slack.views.inbox_card import render_card
from bot.slack.views.listing import render_gone, render_home, render_list, render_modal
from bot.slack.views.overview import Overview, render_digest, render_overview
from bot.slack.views.replies import (
    Frame,
    render_choices,
    render_markdown,
    render_no,
    render_pointer,
    render_reply,
    render_signed,
)
from bot.store import Item, Sent, Stats, Thumbs
from tests.builders import PUBLICATION, TODAY, entry, matches, signpost

GOLDEN = Path(__file__).with_name("replies.golden.yaml")

WORST_MARKDOWN = """# A heading

| a | b |
|---|---|
| 1 | `x` |

1. one
   - nested **bold**
     - deeper [link (with) brackets](https://example.org/a_(b))

```python
print("``")  # not a heading
```

![a picture](https://example.org/p.png) <kbd>Ctrl</kbd> & <!channel>
"""

LONG = "Do this:\n\n```sh\n" + f"{'a line of code ' * 15}\n" * 16 + "```\n\nThat is all."

QUESTION = Carried("what-is-it", "U1", text="Why <!channel>?", channel="C1", source="m C1 1", surface="mention")
ITEM = Item(
    7,
    Sent("m C1 1", "Why &lt;this&gt; <!channel>?", "U1", "C1", "1.1", "mention", "what-is-it", 0.35),
    0.0,
    True,
    "open",
)
FAQ = Faq((entry(),), (signpost(),))
NUMBERS = Stats(
    first=date(2026, 11, 16), last=date(2026, 11, 22), asked=9, answered=4, doubtful=3, chosen=2, none_of_these=1,
    elsewhere=1, unanswered=1, up=2, down=1, top=(("what-is-it", 4), ("gone", 1)),
    thumbs=(Thumbs("what-is-it", 2, 3, ("too <old>", "dead link", "too <old>")),), waiting=1,
)  # fmt: skip


def everything() -> dict[str, Any]:
    private = Frame(PUBLICATION, TODAY)
    public = Frame(PUBLICATION, TODAY, asker="U1")
    first = entry("What is it?", "It is a **thing**. See [there](https://example.org/).", written=date(2016, 3, 5))
    second, third = entry("Why & how?", "Because <so>."), entry("What is the worst?", WORST_MARKDOWN)
    found = matches(first, second, third)
    return {
        "answer in a channel": render_reply(Answer(found), public),
        "answer to a command": render_reply(Answer(found), Frame(PUBLICATION, TODAY, can_be_shared=True)),
        "answer with the worst Markdown": render_reply(Answer(matches(third)), private),
        "answers to two questions": render_reply(Answer(found, more=(Answer(matches(second)),)), public),
        "suggestions": render_reply(Suggestions(found, choices=3), public),
        "signpost": render_reply(Signposted(found, signpost()), public),
        "no answer": render_reply(NoAnswer(found), public),
        "no answer that can be sent on": render_reply(NoAnswer(found), replace(public, question=QUESTION)),
        "in the maintainers' channel": render_card(ITEM, FAQ),
        "decided": render_card(replace(ITEM, status="answered", entry="what-is-it", handled_by="U2"), FAQ),
        "not for the FAQ": render_card(replace(ITEM, status="not_for_faq", topic="Weather"), FAQ),
        "home of a maintainer": render_home((first,), 0, private, render_overview(Overview(NUMBERS, (ITEM,)), FAQ)),
        "digest": render_digest(NUMBERS, FAQ),
        "help": render_markdown(wording.help_for("/flatcar-faq", PUBLICATION.url), public),
        "answered above": render_pointer(first, "https://example.org/archives/C1/p1", public),
        "thumbs down": render_choices(wording.perhaps(2), (second, third), asker=""),
        "posted on behalf": render_signed(first, public, wording.on_behalf_of("<@U2>")),
        "shared": render_signed(first, public, wording.shared_by("<@U1>")),
        "list": render_list((first, second, third), 0),
        "home": render_home((first, second, third), 0, private),
        "modal": render_modal(third, private),
        "modal of an entry that has gone": render_gone(),
        "shortcut: the helper sees the answer": render_preview(first, "1.1", "", private),
        "shortcut: the bot is not sure": render_preview(first, "1.1", wording.NOT_SURE, private),
        "shortcut: no answer": render_preview(None, "1.1", wording.PICK_ONE, private),
        "shortcut: posted": render_markdown(wording.POSTED),
        "shortcut: could not be posted": render_markdown(wording.COULD_NOT_POST),
        "shortcut: the answer stands there already": render_markdown(
            wording.stands_above("What is it?", "https://example.org/archives/C1/p1")
        ),
        "what a search offers": [option(each.question, each.id) for each in (first, second)],
        "list of 45, second page": render_list(tuple(entry(f"Question {n}?") for n in range(45)), 1),
        "thumbs up": render_markdown(wording.THANKS_FOR_FEEDBACK),
        "None of these": render_no(replace(public, question=QUESTION)),
        "not sent to the channel where it was asked": render_markdown(wording.COULD_NOT_POST_THERE)
        + render_markdown("*It* is so."),
        "too late to share": render_markdown(wording.TOO_LATE_TO_SHARE),
        "could not be shared": render_markdown(wording.COULD_NOT_SHARE),
        "somebody else's reply": render_markdown(wording.NOT_YOURS_TO_REMOVE),
        "an entry that has gone": render_markdown(wording.ENTRY_GONE),
        "a forged click": render_markdown(wording.CLICK_NOT_UNDERSTOOD),
        "too many questions": render_markdown(wording.TOO_MANY),
        "the answer is shortened": render_reply(Answer(matches(entry("Long?", LONG))), private),
        "modal of a long answer": render_modal(entry("Long?", LONG), private),
        "a message without words": render_markdown(wording.ONLY_WORDS),
        "shortcut: a message without words": render_preview(None, "1.1", wording.NO_WORDS, private),
        "trouble": render_markdown(wording.TROUBLE),
    }


class ReadableDumper(yaml.SafeDumper):
    """Writes texts of several lines as they stand, and repeats what is the same instead of pointing to it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def represent_text(dumper: ReadableDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


ReadableDumper.add_representer(str, represent_text)


def as_yaml(shown: dict[str, Any]) -> str:
    return yaml.dump(shown, Dumper=ReadableDumper, allow_unicode=True, sort_keys=False, width=10_000)


def as_json(shown: Message | dict[str, Any] | list[Any]) -> dict[str, Any]:
    if isinstance(shown, list):
        return {"options": shown}
    return {"text": shown.text, "blocks": list(shown.blocks)} if isinstance(shown, Message) else shown


def test_what_the_bot_shows_is_what_was_reviewed() -> None:
    drawn = {name: as_json(shown) for name, shown in everything().items()}
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text("\n".join(as_yaml({name: shown}) for name, shown in drawn.items()), encoding="utf-8")
    assert yaml.safe_load(GOLDEN.read_text(encoding="utf-8")) == drawn


def test_every_button_and_select_has_a_label_and_every_message_a_text() -> None:
    for name, shown in everything().items():
        form = as_json(shown)
        assert form.get("text", "a view has none, nor have options"), name
        for element in interactive(form.get("blocks", [])):
            labels = [element.get("text"), element.get("placeholder"), *element.get("options", ())]
            thumbs = [element[thumb] for thumb in ("positive_button", "negative_button") if thumb in element]
            assert any(labels) or all(thumb["accessibility_label"] for thumb in thumbs), name


def interactive(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    elements = [element for block in blocks for element in block.get("elements", ())]
    elements += [block["accessory"] for block in blocks if "accessory" in block]
    return [element for element in elements if "action_id" in element]
