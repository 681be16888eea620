"""Templates in, HTML out, with the headers that say what a browser may do with it; and the files that pages need.

The one place where Jinja is set up. Everything that comes from people is escaped; pages run our own scripts, ask us,
and nothing else; no file but those in static/ can be asked for.
"""

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from aiohttp import web
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from bot.emulator import Emulator

from .markup import Names, render_markdown, render_mrkdwn, render_plain

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
"""For the page that `eval` draws, which holds its own style sheet and no script."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

Draw = Callable[..., str]
"""Takes a template's name and its variables."""


def build_drawer(slack: Emulator) -> Draw:
    """Make the templates ready for one workspace, whose people and channels have names."""
    environment = Environment(
        loader=PackageLoader("bot.playground"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    names = Names(slack.workspace.user_name, lambda id_: _channel_name(slack, id_))
    ours = Markup('href="/?token={}&amp;').format(slack.access.token)

    def with_token(html: Markup) -> Markup:
        """Complete links to places on the page; whatever people write has no such quotes in it."""
        return html.replace('href="/?', ours)

    environment.globals["token"] = slack.access.token
    environment.filters |= {
        "mrkdwn": lambda text: with_token(render_mrkdwn(text, names)),
        "plain": render_plain,
        "markdown": lambda text: with_token(render_markdown(text)),
        "as_json": lambda value: json.dumps(value, ensure_ascii=False, indent=2),
        "percent": lambda share: f"{share:.0%}",
        "emoji": lambda name: render_plain(f":{name}:"),
    }
    return lambda name, **variables: environment.get_template(name).render(**variables)


def as_page(html: str, policy: str = POLICY) -> web.Response:
    """Return an HTML page with the rules that hold for it."""
    headers = HEADERS | {"Content-Security-Policy": policy}
    return web.Response(text=html, content_type="text/html", headers=headers)


def as_json(body: dict[str, Any]) -> web.Response:
    """Return JSON that no browser keeps."""
    return web.json_response(body, headers=HEADERS)


async def serve_file(request: web.Request) -> web.StreamResponse:
    """Serve GET /static/NAME."""
    name = request.match_info["name"]
    text, kind = _load_files().get(name), TYPES.get(name.rpartition(".")[2])
    if text is None or kind is None:
        return web.Response(status=404, text="There is no such file.")
    return web.Response(text=text, content_type=kind, headers=HEADERS)


@cache
def _load_files() -> dict[str, str]:
    folder = files("bot.playground").joinpath("static")
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}


def _channel_name(slack: Emulator, channel_id: str) -> str:
    return next((c.name for c in slack.workspace.channels.values() if c.id == channel_id), channel_id)
