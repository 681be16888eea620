"""Serves the view for maintainers, /teach: choose an FAQ, see its problems, edit it, ask it, measure it.

It takes JSON only, as /control/ does, and writes to the working copy; to the original only where that is asked for.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.dialogue import Answer, Question, Signposted, Surface
from bot.emulator.actions import NotUnderstoodError
from bot.emulator.control import read_object
from bot.emulator.messages import Json
from bot.emulator.server import Handler
from bot.errors import BotError
from bot.quality.report import FIGURES, render_curves, render_report, share

from .drawing import Draw
from .editor import School, by_section, sort_notes
from .safety import HEADERS, REPORT_POLICY, as_page
from .why import find_out
from .working_copy import Passage

PARTS = ("source", "entries", "editor", "findings", "changes", "questions")
SHOWN_FIGURES = ("r1", "direct_right", "direct_wrong", "one_click", "false_answers")
LONGEST_QUESTION = 20_000


class Teach:
    """The routes of the view for maintainers."""

    def __init__(self, school: School, draw: Draw, prepare: Callable[[], Awaitable[None]]) -> None:
        self.school, self._draw, self._prepare = school, draw, prepare

    @property
    def routes(self) -> list[tuple[str, str, Handler]]:
        """What is served to a browser."""
        doors = {"open": self._open, "save": self._save, "ask": self._ask, "eval": self._measure, "write": self._write}
        return [
            ("GET", "/teach", self._show),
            ("GET", "/teach/parts", self._show_parts),
            ("GET", "/teach/report", self._show_report),
            ("GET", "/teach/file", self._download),
            *(("POST", f"/teach/{name}", _door(deed)) for name, deed in doors.items()),
        ]

    async def _show(self, request: web.Request) -> web.StreamResponse:
        variables = await self._variables(request)
        return as_page(self._draw("teach.html", parts=self._parts(variables), **variables))

    async def _show_parts(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"parts": self._parts(await self._variables(request))}, headers=HEADERS)

    def _parts(self, variables: dict[str, Any]) -> dict[str, str]:
        return {f"teach-{name}": self._draw(f"teach/{name}.html", **variables) for name in PARTS}

    async def _variables(self, request: web.Request) -> dict[str, Any]:
        report = await self.school.look()
        entries, file = report.faq.entries, request.query.get("file", "")
        if report.problems and not file and not request.query.get("entry"):
            file = report.problems[0].file
        wanted = report.faq.entry(request.query.get("entry", ""))
        entry = wanted or (entries[0] if entries and not file else None)
        passage = self.school.passage(entry, file)
        copy, tools = self.school.copy, self.school.bench.tools
        return {
            "faq": report.faq, "sections": by_section(entries), "notes": sort_notes(report),
            "entry": entry, "passage": passage, "file": file,
            "path": str(self.school.bench.path), "original": str(tools.path), "copy": copy,
            "changed": copy.changed() if copy else [], "is_alone": bool(passage and passage.start == 0),
            "has_questions": tools.questions is not None and tools.is_shipped(self.school.bench.origin),
            "report": self.school.evaluation,
        }  # fmt: skip

    async def _open(self, wish: Json) -> Json:
        if text := _text(wish, "text", ""):
            await self.school.open_text(text)
        else:
            path = _text(wish, "path", "").strip()
            await self.school.open_path(Path(path).expanduser() if path else self.school.bench.tools.path)
        await self._prepare()
        return {}

    async def _save(self, wish: Json) -> Json:
        start, end = wish.get("start"), wish.get("end")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
            raise NotUnderstoodError("“start” and “end” are numbers of lines.")
        passage = Passage(Path(_text(wish, "file")), start, end, _text(wish, "was"))
        await self.school.save(passage, _text(wish, "text"))
        return {}

    async def _ask(self, wish: Json) -> Json:
        text = _text(wish, "text")[:LONGEST_QUESTION]
        desk = await self.school.bench.desk()
        reply, happened = desk.reply_to(Question(text, Surface.TERMINAL)), find_out(desk, text, None)
        said = reply.matches[0].entry.answer if isinstance(reply, Answer) else ""
        signpost = reply.signpost.text if isinstance(reply, Signposted) else ""
        return {"html": self._draw("teach/reply.html", reply=reply, happened=happened, said=said or signpost)}

    async def _measure(self, wish: Json) -> Json:
        lines, questions = _text(wish, "lines", ""), self.school.bench.tools.questions
        if not lines.strip() and questions is not None:
            lines = questions.read_text(encoding="utf-8")
        evaluation = await self.school.measure(lines.splitlines(), "questions")
        figures = [(FIGURES[name][0], share(getattr(evaluation.overall, name))) for name in SHOWN_FIGURES]
        shown = {"figures": figures, "questions": evaluation.overall.questions, "curves": render_curves(evaluation)}
        return {"html": self._draw("teach/measured.html", **shown)}

    async def _write(self, wish: Json) -> Json:
        if self.school.copy is None:
            raise NotUnderstoodError("There is no working copy yet.")
        try:
            return {"written": str(self.school.copy.write_back(_text(wish, "name")))}
        except LookupError:
            raise NotUnderstoodError("That file has not changed.") from None

    async def _show_report(self, _: web.Request) -> web.StreamResponse:
        if self.school.evaluation is None:
            return web.Response(status=404, text="Nothing has been measured yet.")
        return as_page(render_report(self.school.evaluation, "How well the FAQ answers"), REPORT_POLICY)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        for each in self.school.copy.changed() if self.school.copy else []:
            if each.name == request.query.get("name"):
                text = each.copy.read_text(encoding="utf-8")
                if "save" not in request.query:
                    return web.Response(text=text, headers=HEADERS)
                attached = {"Content-Disposition": f'attachment; filename="{each.copy.name.replace(chr(34), "")}"'}
                return web.Response(text=text, content_type="text/markdown", headers=HEADERS | attached)
        return web.Response(status=404, text="That file has not changed.")


def _door(deed: Callable[[Json], Awaitable[Json]]) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response({"ok": True, **await deed(await read_object(request))}, headers=HEADERS)
        except (NotUnderstoodError, BotError, OSError) as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400, headers=HEADERS)

    return handle


def _text(wish: Json, name: str, default: str | None = None) -> str:
    value = wish.get(name, default)
    if not isinstance(value, str):
        raise NotUnderstoodError(f"“{name}” is missing, or is no text.")
    return value
