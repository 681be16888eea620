"""Serves the view for maintainers, /teach: choose an FAQ, see its problems, edit it, ask it, measure it.

It takes JSON only, as /control/ does, and writes to the working copy; to the original only where that is asked for.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.dialogue import Answer, Question, Signposted, Surface
from bot.emulator import Json, NotUnderstoodError, Route, answering
from bot.errors import BotError
from bot.faq import Entry
from bot.quality.report import FIGURES, render_curves, render_report, share

from .drawing import HEADERS, REPORT_POLICY, Draw, as_json, as_page
from .editor import Editor
from .why import find_out
from .working_copy import Passage

PARTS = ("source", "entries", "editor", "findings", "changes", "questions")
SHOWN_FIGURES = ("r1", "direct_right", "direct_wrong", "one_click", "false_answers")
LONGEST_QUESTION = 20_000


class Teach:
    """The routes of the view for maintainers."""

    def __init__(self, editor: Editor, draw: Draw, prepare: Callable[[], Awaitable[None]]) -> None:
        self.editor, self._draw, self._prepare = editor, draw, prepare

    @property
    def routes(self) -> list[Route]:
        """What is served to a browser."""
        acts = {"open": self._open, "save": self._save, "ask": self._ask, "eval": self._measure, "write": self._write}
        return [
            ("GET", "/teach", self._show),
            ("GET", "/teach/parts", self._show_parts),
            ("GET", "/teach/report", self._show_report),
            ("GET", "/teach/file", self._download),
            *(("POST", f"/teach/{name}", answering(act, (BotError, OSError))) for name, act in acts.items()),
        ]

    async def _show(self, request: web.Request) -> web.StreamResponse:
        variables = await self._variables(request)
        return as_page(self._draw("teach.html", parts=self._parts(variables), **variables))

    async def _show_parts(self, request: web.Request) -> web.StreamResponse:
        return as_json({"parts": self._parts(await self._variables(request))})

    def _parts(self, variables: dict[str, Any]) -> dict[str, str]:
        return {f"teach-{name}": self._draw(f"teach/{name}.html", **variables) for name in PARTS}

    async def _variables(self, request: web.Request) -> dict[str, Any]:
        editor, report = self.editor, await self.editor.look()
        entries, file = report.faq.entries, request.query.get("file", "")
        if report.problems and not file and not request.query.get("entry"):
            file = report.problems[0].file
        wanted = report.faq.entry(request.query.get("entry", ""))
        entry = wanted or (entries[0] if entries and not file else None)
        passage = editor.passage(report.faq, entry, file)
        sections: dict[str, list[Entry]] = {}
        for each in entries:
            sections.setdefault(each.section or "", []).append(each)
        return {
            "faq": report.faq, "sections": sections, "report": report, "entry": entry, "passage": passage, "file": file,
            "path": str(editor.path), "original": str(editor.tools.path), "copy": editor.copy,
            "changed": editor.copy.changed() if editor.copy else [], "is_alone": bool(passage and passage.start == 0),
            "has_questions": editor.tools.questions is not None and editor.tools.is_shipped(editor.origin),
        }  # fmt: skip

    async def _open(self, wish: Json) -> Json:
        if text := _text(wish, "text", ""):
            await self.editor.open_text(text)
        else:
            path = _text(wish, "path", "").strip()
            await self.editor.open_path(Path(path).expanduser() if path else self.editor.tools.path)
        await self._prepare()
        return {}

    async def _save(self, wish: Json) -> Json:
        start, end = wish.get("start"), wish.get("end")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
            raise NotUnderstoodError("“start” and “end” are numbers of lines.")
        passage = Passage(Path(_text(wish, "file")), start, end, _text(wish, "was"))
        await self.editor.save(passage, _text(wish, "text"))
        return {}

    async def _ask(self, wish: Json) -> Json:
        text = _text(wish, "text")[:LONGEST_QUESTION]
        answerer = await self.editor.answerer()
        reply, happened = answerer.reply_to(Question(text, Surface.TERMINAL)), find_out(answerer, text, None)
        said = reply.matches[0].entry.answer if isinstance(reply, Answer) else ""
        signpost = reply.signpost.text if isinstance(reply, Signposted) else ""
        return {"html": self._draw("teach/reply.html", happened=happened, said=said or signpost)}

    async def _measure(self, wish: Json) -> Json:
        lines, questions = _text(wish, "lines", ""), self.editor.tools.questions
        if not lines.strip() and questions is not None:
            lines = questions.read_text(encoding="utf-8")
        evaluation = await self.editor.measure(lines.splitlines(), "questions")
        figures = [(FIGURES[name][0], share(getattr(evaluation.overall, name))) for name in SHOWN_FIGURES]
        shown = {"figures": figures, "questions": evaluation.overall.questions, "curves": render_curves(evaluation)}
        return {"html": self._draw("teach/measured.html", **shown)}

    async def _write(self, wish: Json) -> Json:
        if self.editor.copy is None:
            raise NotUnderstoodError("There is no working copy yet.")
        try:
            return {"written": str(self.editor.copy.write_back(_text(wish, "name")))}
        except LookupError:
            raise NotUnderstoodError("That file has not changed.") from None

    async def _show_report(self, _: web.Request) -> web.StreamResponse:
        if self.editor.evaluation is None:
            return web.Response(status=404, text="Nothing has been measured yet.")
        return as_page(render_report(self.editor.evaluation, "How well the FAQ answers"), REPORT_POLICY)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        for each in self.editor.copy.changed() if self.editor.copy else []:
            if each.name == request.query.get("name"):
                text = each.copy.read_text(encoding="utf-8")
                attached = {"Content-Disposition": f'attachment; filename="{each.copy.name.replace(chr(34), "")}"'}
                headers = HEADERS | (attached if "save" in request.query else {})
                return web.Response(text=text, content_type="text/plain", headers=headers)
        return web.Response(status=404, text="That file has not changed.")


def _text(wish: Json, name: str, default: str | None = None) -> str:
    value = wish.get(name, default)
    if not isinstance(value, str):
        raise NotUnderstoodError(f"“{name}” is missing, or is not a text.")
    return value
