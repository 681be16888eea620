"""Replies and lists as Slack shows them: values in, text and Block Kit out, within Slack's limits. Posts nothing."""

from bot.slack.views import action_ids
from bot.slack.views.button_state import Carried, carry, decode, sent_of
from bot.slack.views.components import Block, Message, actions, button, context, modal, option, section, text_input
from bot.slack.views.inbox_card import NO_TOPIC, describe_decision, item_of, render_card, topics_of
from bot.slack.views.listing import render_gone, render_home, render_list, render_modal
from bot.slack.views.mrkdwn import escape
from bot.slack.views.overview import Overview, render_digest, render_overview
from bot.slack.views.replies import (
    PICKER,
    Frame,
    markdown_safe,
    render_answer,
    render_choices,
    render_markdown,
    render_no,
    render_pointer,
    render_preview,
    render_reply,
    render_signed,
    render_whole,
)
from bot.slack.views.truncate import cut

__all__ = [
    "NO_TOPIC",
    "PICKER",
    "Block",
    "Carried",
    "Frame",
    "Message",
    "Overview",
    "action_ids",
    "actions",
    "button",
    "carry",
    "context",
    "cut",
    "decode",
    "describe_decision",
    "escape",
    "item_of",
    "markdown_safe",
    "modal",
    "option",
    "render_answer",
    "render_card",
    "render_choices",
    "render_digest",
    "render_gone",
    "render_home",
    "render_list",
    "render_markdown",
    "render_modal",
    "render_no",
    "render_overview",
    "render_pointer",
    "render_preview",
    "render_reply",
    "render_signed",
    "render_whole",
    "section",
    "sent_of",
    "text_input",
    "topics_of",
]
