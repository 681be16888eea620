"""Templates in, HTML out: the one place where Jinja is set up. Everything that comes from people is escaped."""

import json
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader

from bot.emulator.emulator import Emulator

from .markdown import render_markdown
from .mrkdwn import Names, render_mrkdwn, render_plain, render_token

Draw = Callable[..., str]
"""Takes a template's name and its variables."""


def build_drawer(slack: Emulator) -> Draw:
    """Make the templates ready for one workspace, whose people and channels have names."""
    environment = Environment(
        loader=PackageLoader("bot.playground"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = Names(slack.workspace.user_name, lambda id_: _channel_name(slack, id_))
    environment.filters["mrkdwn"] = lambda text: render_mrkdwn(text, names)
    environment.filters["mrkdwn_inline"] = lambda text: render_token(text, names)
    environment.filters["plain"] = render_plain
    environment.filters["markdown"] = render_markdown
    environment.filters["as_json"] = _as_json
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    environment.filters["emoji"] = lambda name: render_plain(f":{name}:")

    def draw(name: str, **variables: Any) -> str:
        return environment.get_template(name).render(**variables)

    return draw


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _channel_name(slack: Emulator, channel_id: str) -> str:
    return next((c.name for c in slack.workspace.channels.values() if c.id == channel_id), channel_id)
