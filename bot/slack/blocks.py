"""A Reply in, a Slack message (text and Block Kit) out, within Slack's limits. Posts nothing.

Limits: https://docs.slack.dev/reference/block-kit/blocks/
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot import wording
from bot.dialogue import Answer, Match, NoAnswer, Reply, Signposted, Suggestions
from bot.faq import Entry
from bot.helpdesk import Publication
from bot.slack.mrkdwn import cut, cut_markdown, escape, to_mrkdwn

ANSWER_LIMIT = 3000
"""Characters of an answer: what a channel bears, and well below the 12,000 that a message may hold."""
SECTION_LIMIT = 3000
BUTTON_TEXT_LIMIT = 75
TEXT_LIMIT = 39_000
"""Slack cuts a message's text at 40,000 characters."""

CHOOSE = "choose_"
"""Begins the action_id of a suggestion's button; the number behind it keeps ids apart."""
CHOOSE_NONE = "choose_none"

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to Slack: blocks for eyes, and text for notifications, screen readers and as a fallback."""

    text: str
    """mrkdwn; says on its own what the blocks say."""
    blocks: tuple[Block, ...]


def render_reply(reply: Reply, publication: Publication, today: date) -> Message:
    """Lay out a reply with whatever further replies it carries."""
    first = _render_one(reply, publication, today)
    rest = [_render_one(further, publication, today) for further in reply.more]
    blocks = list(first.blocks)
    texts = [first.text]
    for message in rest:
        blocks += [{"type": "divider"}, _context(wording.ALSO_ASKED), *message.blocks]
        texts += [wording.ALSO_ASKED, message.text]
    return Message(cut("\n\n".join(texts), TEXT_LIMIT), tuple(blocks))


def render_markdown(markdown: str) -> Message:
    """Lay out a few sentences of the bot's own."""
    text = cut(to_mrkdwn(markdown), SECTION_LIMIT)
    return Message(text, (_section(text),))


def read_choice(value: str) -> str | None:
    """Give the entry id that a suggestion's button carries, or None where the value is not one of ours."""
    try:
        carried = json.loads(value)
    except ValueError:
        return None
    entry_id = carried.get("entry") if isinstance(carried, dict) else None
    return entry_id if isinstance(entry_id, str) and entry_id else None


def _render_one(reply: Reply, publication: Publication, today: date) -> Message:
    match reply:
        case Answer():
            return _render_answer(reply.matches[0].entry, publication, today)
        case Suggestions():
            return _render_suggestions(reply.matches[: reply.choices])
        case Signposted():
            return render_markdown(reply.signpost.text)
        case NoAnswer():
            return render_markdown(publication.no_answer)


def _render_answer(entry: Entry, publication: Publication, today: date) -> Message:
    heading = f"*{escape(entry.question)}*"
    answer = cut_markdown(entry.answer, ANSWER_LIMIT, wording.CUT_ANSWER)
    link_line = publication.link_line(entry, today)
    return Message(
        "\n\n".join((heading, to_mrkdwn(answer), to_mrkdwn(link_line))),
        (_section(heading), {"type": "markdown", "text": answer}, _context(link_line)),
    )


def _render_suggestions(choices: tuple[Match, ...]) -> Message:
    questions = [match.entry.question for match in choices]
    buttons = [
        _button(question, f"{CHOOSE}{place}", json.dumps({"entry": match.entry.id}))
        for place, (question, match) in enumerate(zip(questions, choices, strict=True), start=1)
    ]
    none = _button(wording.NONE_OF_THESE, CHOOSE_NONE, "{}") | {"accessibility_label": wording.NONE_OF_THESE_LABEL}
    listed = "\n".join(f"• {escape(question)}" for question in questions)
    return Message(
        f"{wording.DID_YOU_MEAN}\n{listed}",
        (_section(wording.DID_YOU_MEAN), {"type": "actions", "elements": [*buttons, none]}),
    )


def _button(text: str, action_id: str, value: str) -> Block:
    label = {"type": "plain_text", "text": cut(text, BUTTON_TEXT_LIMIT), "emoji": False}
    return {"type": "button", "text": label, "action_id": action_id, "value": value}


def _section(mrkdwn: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn}}


def _context(markdown: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": to_mrkdwn(markdown)}]}
