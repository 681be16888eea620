"""Why the matcher replied as it did, for people and as JSON."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.helpdesk import HelpDesk
from bot.matching import Explanation, Likeness

TELLING = 0.005
"""Words that change the confidence by less are not worth a line."""


def print_explanation(console: Console, desk: HelpDesk, explanation: Explanation) -> None:
    """Print, below a reply, what it rests on."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, text in _facts(explanation):
        table.add_row(Text(name, style="dim"), text)
    for place, likeness in enumerate(explanation.phrasings):
        owner = Text(f"  {likeness.similarity:.2f}  {_owner(desk, likeness)}", style="dim")
        table.add_row(Text("" if place else "most alike", style="dim"), Text.assemble(likeness.text, owner))
    console.print()
    console.print(table)


def explanation_as_json(desk: HelpDesk, explanation: Explanation) -> dict[str, Any]:
    """Give the explanation as the member `why` of a reply in JSON."""
    return {
        "understood": explanation.understood,
        "repairs": dict(explanation.repairs),
        "words": {effect.word: effect.change for effect in explanation.effects},
        "unknown_words": [effect.word for effect in explanation.effects if not effect.known],
        "passage": explanation.passage,
        "phrasings": [
            {"text": alike.text, "similarity": alike.similarity, "owner": _owner(desk, alike)}
            for alike in explanation.phrasings
        ],
        "thresholds": {
            "answer": explanation.thresholds.answer,
            "suggestion": explanation.thresholds.min_suggestion,
        },
    }


def _facts(explanation: Explanation) -> list[tuple[str, Text]]:
    limits = explanation.thresholds
    speaks = f"answers from {limits.answer:.2f}, suggests from {limits.min_suggestion:.2f}"
    runner_up = explanation.runner_up
    facts = [
        ("understood", Text(explanation.understood or "nothing")),
        ("repaired", Text(", ".join(f"{wrong} → {right}" for wrong, right in explanation.repairs))),
        (
            "confidence",
            Text(f"{explanation.confidence:.2f}; {speaks}"),
        ),
        ("runner-up", Text(f"{runner_up.entry.question}  {runner_up.confidence:.2f}" if runner_up else "")),
        ("from the answer", Text(explanation.passage)),
        ("words for", _words(explanation, for_it=True)),
        ("words against", _words(explanation, for_it=False)),
        ("unknown", Text(", ".join(effect.word for effect in explanation.effects if not effect.known))),
    ]
    return [(name, text) for name, text in facts if text.plain]


def _words(explanation: Explanation, *, for_it: bool) -> Text:
    sign = 1 if for_it else -1
    counted = [effect for effect in explanation.effects if effect.change * sign > TELLING]
    counted.sort(key=lambda effect: -effect.change * sign)
    return Text(", ".join(f"{effect.word} {effect.change:+.2f}" for effect in counted))


def _owner(desk: HelpDesk, likeness: Likeness) -> str:
    if likeness.entry:
        return desk.faq.entries[likeness.owner].id
    return f"signpost: {desk.faq.signposts[likeness.owner].topic}"
