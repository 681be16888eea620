"""The commands ask and chat: replies to one question or many, on a terminal or as JSON."""

import json
import sys
from datetime import date
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console, RenderableType
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from bot import wording
from bot.app import open_answerer
from bot.cli.options import FaqOption, FaqUrlOption, JsonOption, console, print_json, today
from bot.config import Settings, load_settings
from bot.desk import Answerer, Publication
from bot.dialogue import Answer, Match, NoAnswer, Question, Reply, Signposted, Suggestions, Surface
from bot.errors import SettingsError
from bot.matching import Explanation, Likeness

PROMPT = "> "
LEAST_EFFECT = 0.005
"""Words that change the confidence by less are not worth a line."""


def ask(
    text: Annotated[str | None, typer.Argument(help="The question; without it, standard input.")] = None,
    faq: FaqOption = None,
    faq_url: FaqUrlOption = None,
    why: Annotated[bool, typer.Option("--why", help="Say what the reply rests on.")] = False,
    as_json: JsonOption = False,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help='Read lines of {"text": ...} and print one JSON reply a line, in order.'),
    ] = False,
) -> None:
    """Print the reply to one question.

    Exit status 0 for every reply, whatever its kind; 2 for input that cannot be read.
    """
    if jsonl and (text is not None or as_json or why):
        raise SettingsError("--jsonl reads its questions from standard input.", "Leave out TEXT, --json and --why.")
    answerer = open_answerer(load_settings(faq_path=faq, faq_url=faq_url))
    if jsonl:
        _answer_lines(answerer)
        return
    asked = _read_question() if text is None else text
    reply = answerer.reply_to(Question(asked, Surface.TERMINAL))
    explanation = answerer.index.explain(asked, answerer.thresholds) if why else None
    if as_json:
        reasons = {"why": _why_as_json(answerer, explanation)} if explanation else {}
        print_json(reply_as_json(reply, answerer.publication) | reasons)
        return
    print_reply(console(), reply, answerer.publication, today())
    if explanation:
        _print_why(console(), answerer, explanation)


def chat(faq: FaqOption = None, faq_url: FaqUrlOption = None) -> None:
    """Ask question after question in the terminal, or one a line from standard input."""
    chat_with(load_settings(faq_path=faq, faq_url=faq_url))


def chat_with(settings: Settings) -> None:
    """Chat about the FAQ that the settings name."""
    chat_in_terminal(open_answerer(settings), console(), sys.stdin, today())


def chat_in_terminal(answerer: Answerer, console: Console, lines: TextIO, today: date) -> None:
    """Answer line after line; a person at a terminal gets a prompt and a word of welcome."""
    is_person = lines.isatty()
    if is_person:
        welcome = f"{len(answerer.faq.entries)} entries. Ask a question; a blank line or Ctrl-D ends."
        console.print(Text(welcome, style="dim"))
    while (line := _read_line(console, lines, is_person)) is not None:
        if line.strip():
            reply = answerer.reply_to(Question(line, Surface.TERMINAL, conversation="terminal"))
            print_reply(console, reply, answerer.publication, today)
            console.print()
        elif is_person:
            return


def reply_as_json(reply: Reply, publication: Publication) -> dict[str, Any]:
    """Return the reply in the form that other programs rely on."""
    matches = [
        {
            "id": match.entry.id,
            "question": match.entry.question,
            "confidence": match.confidence,
            "url": match.entry.link(publication.url) or None,
        }
        for match in reply.matches
    ]
    return {
        "kind": reply.kind,
        "confidence": matches[0]["confidence"] if matches else 0.0,
        "text": _said(reply, publication),
        "url": matches[0]["url"] if isinstance(reply, Answer) else publication.url or None,
        "topic": reply.signpost.topic if isinstance(reply, Signposted) else None,
        "matches": matches,
        "choices": reply.choices if isinstance(reply, Suggestions) else 0,
        "more": [reply_as_json(further, publication) for further in reply.more],
    }


def print_reply(console: Console, reply: Reply, publication: Publication, today: date) -> None:
    """Print the reply for a person, with the further replies below it."""
    for line in _lines(reply, publication, today, console.is_terminal):
        console.print(line, soft_wrap=isinstance(line, Text))
    for further in reply.more:
        console.print(Text(wording.ALSO_ASKED, style="dim"))
        print_reply(console, further, publication, today)


def _read_line(console: Console, lines: TextIO, is_person: bool) -> str | None:
    try:
        return console.input(PROMPT) if is_person else lines.readline() or None
    except (EOFError, KeyboardInterrupt):
        console.print()
        return None


def _answer_lines(answerer: Answerer) -> None:
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if line.strip():
            reply = answerer.reply_to(_question_of_line(line, number))
            print_json(reply_as_json(reply, answerer.publication), indent=None)


def _read_question() -> str:
    if sys.stdin.isatty():
        Console(stderr=True).print(Text("Type the question, then Ctrl-D:", style="dim"))
    return sys.stdin.buffer.read().decode("utf-8", errors="replace")


def _question_of_line(line: bytes, number: int) -> Question:
    try:
        given = json.loads(line)
        text, surface = given["text"], given.get("surface", Surface.COMMAND)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        text = surface = None
    if not isinstance(text, str):
        raise SettingsError(f"standard input, line {number}: not a question.", 'Write {"text": "..."}, one a line.')
    if surface not in list(Surface):
        known = ", ".join(Surface)
        raise SettingsError(f"standard input, line {number}: unknown surface {surface!r}.", f"Write one of: {known}.")
    return Question(text, Surface(surface))


def _said(reply: Reply, publication: Publication) -> str:
    """Return what the bot says, as Markdown, without the buttons."""
    match reply:
        case Answer():
            return reply.matches[0].entry.answer
        case Suggestions():
            return wording.offer(reply.choices, likely=reply.likely)
        case Signposted():
            return reply.signpost.text
        case NoAnswer():
            return wording.UNCLEAR if reply.unclear else publication.no_answer


def _lines(reply: Reply, publication: Publication, today: date, is_terminal: bool) -> list[RenderableType]:
    markdown = _said(reply, publication)
    body = Markdown(markdown) if is_terminal else Text(markdown)
    match reply:
        case Answer():
            question = Text(reply.matches[0].entry.question, style="bold")
            return [question, body, Text(_small_print(reply.matches[0], publication, today), style="dim")]
        case Suggestions():
            offered = enumerate(reply.matches[: reply.choices], start=1)
            return [body, *(Text(f"  {place}. {m.entry.question}  ({m.confidence:.0%})") for place, m in offered)]
        case _:
            return [body]


def _small_print(best: Match, publication: Publication, today: date) -> str:
    """The address in full: a link behind words cannot be followed on every terminal."""
    sure = f"{min(best.confidence, 0.99):.0%} sure" if best.confidence < 1 else None
    parts = (best.entry.link(publication.url), publication.age_of(best.entry, today), sure)
    return " · ".join(part for part in parts if part)


def _print_why(console: Console, answerer: Answerer, explanation: Explanation) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, text in _facts(explanation).items():
        if text:
            table.add_row(Text(name, style="dim"), Text(text))
    for place, likeness in enumerate(explanation.phrasings):
        owner = Text(f"  {likeness.similarity:.2f}  {_owner(answerer, likeness)}", style="dim")
        table.add_row(Text("" if place else "most alike", style="dim"), Text.assemble(likeness.text, owner))
    console.print()
    console.print(table)


def _why_as_json(answerer: Answerer, explanation: Explanation) -> dict[str, Any]:
    limits = explanation.thresholds
    return {
        "understood": explanation.understood,
        "repairs": dict(explanation.repairs),
        "words": {effect.word: effect.change for effect in explanation.effects},
        "unknown_words": [effect.word for effect in explanation.effects if not effect.known],
        "passage": explanation.passage,
        "phrasings": [
            {"text": alike.text, "similarity": alike.similarity, "owner": _owner(answerer, alike)}
            for alike in explanation.phrasings
        ],
        "thresholds": {"answer": limits.answer, "suggestion": limits.min_suggestion},
    }


def _facts(explanation: Explanation) -> dict[str, str]:
    limits, runner_up = explanation.thresholds, explanation.runner_up
    speaks = f"answers from {limits.answer:.2f}, suggests from {limits.min_suggestion:.2f}"
    return {
        "understood": explanation.understood or "nothing",
        "repaired": ", ".join(f"{wrong} → {right}" for wrong, right in explanation.repairs),
        "confidence": f"{explanation.confidence:.2f}; {speaks}",
        "runner-up": f"{runner_up.entry.question}  {runner_up.confidence:.2f}" if runner_up else "",
        "from the answer": explanation.passage,
        "words for": _words(explanation, sign=1),
        "words against": _words(explanation, sign=-1),
        "unknown": ", ".join(effect.word for effect in explanation.effects if not effect.known),
    }


def _words(explanation: Explanation, *, sign: int) -> str:
    counted = [effect for effect in explanation.effects if effect.change * sign > LEAST_EFFECT]
    counted.sort(key=lambda effect: -effect.change * sign)
    return ", ".join(f"{effect.word} {effect.change:+.2f}" for effect in counted)


def _owner(answerer: Answerer, likeness: Likeness) -> str:
    if likeness.entry:
        return answerer.faq.entries[likeness.owner].id
    return f"signpost: {answerer.faq.signposts[likeness.owner].topic}"
