"""A Reply in, a Slack message (text and Block Kit) out. Posts nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import wording
from bot.desk import Publication
from bot.dialogue import Answer, Match, NoAnswer, Reply, Signposted, Suggestions
from bot.faq import Entry
from bot.matching import choices_of
from bot.slack.views import action_ids
from bot.slack.views.button_state import PICKER, Carried
from bot.slack.views.components import (
    SECTION_LIMIT,
    TEXT_LIMIT,
    Block,
    Message,
    actions,
    button,
    context,
    option,
    overflow,
    section,
    thumbs,
    type_ahead,
)
from bot.slack.views.mrkdwn import escape, escape_mentions, to_mrkdwn
from bot.slack.views.truncate import cut, cut_markdown, cut_to_paragraphs

WHOLE_ANSWER = 1200
"""Characters up to which an answer is shown whole."""
ANSWER_LIMIT = 900
"""Characters that are shown of a longer one: about what a phone shows, with the thumbs still in sight."""
MARKDOWN_LIMIT = 11_500
"""Characters of an answer that one person wants to see whole; the `markdown` blocks of a message hold 12,000."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a reply, depending on where it is shown."""

    publication: Publication
    today: date
    asker: str = ""
    """The person who may take the reply away; empty where nobody needs to, since it is private."""
    can_be_shared: bool = False
    """Whether the asker, who alone sees it, may show it to the channel."""
    question: Carried | None = None
    """The question, for the button that sends it on to the maintainers; None where there is no such button."""
    keeps_unanswered: bool = False
    """Whether questions without an answer are stored without their askers' doing."""


def render_reply(reply: Reply, frame: Frame) -> Message:
    """Lay out a reply with whatever further replies it carries."""
    message = _render_one(reply, frame)
    for further in reply.more:
        gap = Message(wording.ALSO_ASKED, ({"type": "divider"}, context(wording.ALSO_ASKED)))
        message = message + gap + _render_one(further, frame)
    missed = [
        each
        for each in (reply, *reply.more)
        if isinstance(each, Signposted) or (isinstance(each, NoAnswer) and not each.unclear)
    ]
    return _with_ways_on(message, frame, missed[0].matches) if missed else message


def render_markdown(markdown: str, frame: Frame | None = None) -> Message:
    """Lay out a few sentences of the bot's own."""
    text = cut(to_mrkdwn(markdown), SECTION_LIMIT)
    return Message(text, (section(text, _menu_for(frame.asker) if frame else None),))


def render_pointer(entry: Entry, where: str, frame: Frame) -> Message:
    """Point to an answer that stands in the same thread already."""
    return render_markdown(wording.answered_above(markdown_safe(entry.question), where), frame)


def render_no(frame: Frame) -> Message:
    """Lay out the honest no, with the button that sends the question on."""
    return _with_ways_on(render_markdown(frame.publication.no_answer, frame), frame)


def render_choices(
    lead: str, entries: tuple[Entry, ...], asker: str, question: Carried | None = None, *, removed_by: str = ""
) -> Message:
    """Offer entries to click, "None of these", which remembers the question, and a menu for who may remove it."""
    buttons = [
        button(entry.question, f"{action_ids.CHOOSE}{place}", Carried(entry=entry.id, asker=asker))
        for place, entry in enumerate(entries, start=1)
    ]
    remembered = replace(question or Carried(), asker=question.asker if question else asker)
    none = button(wording.NONE_OF_THESE, action_ids.CHOOSE_NONE, remembered, wording.NONE_OF_THESE_LABEL)
    listed = "\n".join(f"• {escape(entry.question)}" for entry in entries)
    return Message(f"{lead}\n{listed}", (section(lead, _menu_for(removed_by)), actions([*buttons, none])))


def render_answer(entry: Entry, frame: Frame, runners_up: tuple[Match, ...] = ()) -> Message:
    """Lay out one entry with its link, thumbs, and what its frame asks for."""
    has_link = bool(entry.link(frame.publication.url))
    answer = entry.answer
    if len(answer) > WHOLE_ANSWER:
        answer = cut_to_paragraphs(answer, ANSWER_LIMIT, wording.CUT_ANSWER if has_link else wording.CUT_WITHOUT_LINK)
    message = _render_text(entry, answer, frame, _menu_for(frame.asker))
    blocks = list(message.blocks)
    if answer != entry.answer and not has_link:
        label = f"{wording.SHOW_ALL}: {entry.question}"
        blocks.append(actions([button(wording.SHOW_ALL, action_ids.SHOW_ALL, Carried(entry=entry.id), label)]))
    others = tuple(match.entry.id for match in runners_up)
    up = Carried(entry=entry.id, thumb="up")
    down = replace(frame.question or Carried(), entry=entry.id, thumb="down", others=others)
    blocks.append(thumbs(action_ids.FEEDBACK, up, down))
    if frame.can_be_shared:
        blocks.append(actions([button(wording.SHARE, action_ids.SHARE, Carried(entry=entry.id))]))
    return Message(message.text, tuple(blocks))


def render_whole(entry: Entry, frame: Frame) -> Message:
    """Lay out an entry for one person who wants to read all of it."""
    return _render_text(entry, cut_markdown(entry.answer, MARKDOWN_LIMIT, wording.CUT_WITHOUT_LINK), frame)


def _render_text(entry: Entry, answer: str, frame: Frame, menu: Block | None = None) -> Message:
    """Lay out question and answer with the quiet line below, if there is something to say in it."""
    heading = f"*{escape(entry.question).replace('*', '')}*"
    link_line = frame.publication.link_line(entry, frame.today)
    quiet, link = ([context(link_line)], f"\n\n{to_mrkdwn(link_line)}") if link_line else ([], "")
    room = TEXT_LIMIT - len(heading) - len(link) - 2
    text = cut(to_mrkdwn(answer), room, to_mrkdwn(wording.CUT_WITHOUT_LINK))
    body = {"type": "markdown", "text": escape_mentions(answer)}
    return Message(f"{heading}\n\n{text}{link}", (section(heading, menu), body, *quiet))


def render_signed(entry: Entry, frame: Frame, line: str) -> Message:
    """Lay out an answer that a person posts for everybody, with a last line (mrkdwn) that names that person."""
    answer = render_answer(entry, frame)
    signature = {"type": "context", "elements": [{"type": "mrkdwn", "text": line}]}
    return answer + Message(line, (signature,))


def render_preview(entry: Entry | None, thread: str, lead: str, frame: Frame) -> Message:
    """Lay out what the helper alone sees: a lead, the entry if there is one, and the select with all others."""
    picker = {**actions([type_ahead(action_ids.PICK)]), "block_id": f"{PICKER}{thread}"}
    if entry is None:
        return Message(lead, (section(lead), picker))
    answer = render_answer(entry, frame)
    post = button(wording.POST_IN_THREAD, action_ids.POST_IN_THREAD, Carried(entry=entry.id, thread=thread))
    above = (section(lead),) if lead else ()
    blocks = (*above, *answer.blocks[:-1], actions([post]), section(wording.PICK_ANOTHER), picker)
    return Message(f"{lead}\n\n{answer.text}".strip(), blocks)


def _render_one(reply: Reply, frame: Frame) -> Message:
    match reply:
        case Answer():
            return render_answer(reply.matches[0].entry, frame, reply.matches[1:4])
        case Suggestions():
            entries = tuple(match.entry for match in reply.matches[: reply.choices])
            lead = wording.offer(reply.choices, likely=reply.likely)
            return render_choices(lead, entries, frame.asker, frame.question, removed_by=frame.asker)
        case Signposted():
            return render_markdown(reply.signpost.text, frame)
        case NoAnswer():
            return render_markdown(wording.UNCLEAR if reply.unclear else frame.publication.no_answer, frame)


def _with_ways_on(message: Message, frame: Frame, closest: Sequence[Match] = ()) -> Message:
    """Add what can be done about a reply that is no answer: a look at the closest entries, and the maintainers."""
    buttons = []
    if shown := tuple(match.entry.id for match in closest[: choices_of(closest)]):
        carried = replace(frame.question or Carried(), asker=frame.question.asker if frame.question else frame.asker)
        buttons.append(button(wording.SHOW_CLOSEST, action_ids.CLOSEST, replace(carried, others=shown)))
    if frame.question and frame.question.text:
        buttons.append(button(wording.SEND_ON, action_ids.SEND_ON, frame.question))
    return Message(message.text, (*message.blocks, actions(buttons))) if buttons else message


def _menu_for(asker: str) -> Block | None:
    return overflow(action_ids.MENU, [option(wording.REMOVE, f"{action_ids.REMOVE}:{asker}")]) if asker else None


def markdown_safe(text: str) -> str:
    """Escape what Markdown would read as markup."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#" else c for c in text)
