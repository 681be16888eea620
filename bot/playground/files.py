"""The page's style sheets, scripts and icon, as they lie in static/; no other file can be asked for."""

from functools import cache
from importlib.resources import files

from aiohttp import web

from .safety import HEADERS

TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


async def serve_file(request: web.Request) -> web.StreamResponse:
    """Serve GET /static/NAME."""
    held = _load_files().get(request.match_info["name"])
    if held is None:
        return web.Response(status=404, text="There is no such file.")
    text, kind = held
    return web.Response(text=text, content_type=kind, headers=HEADERS)


@cache
def _load_files() -> dict[str, tuple[str, str]]:
    folder = files("bot.playground").joinpath("static")
    known = [file for file in folder.iterdir() if file.name.rpartition(".")[2] in TYPES]
    return {file.name: (file.read_text(encoding="utf-8"), TYPES[file.name.rpartition(".")[2]]) for file in known}
