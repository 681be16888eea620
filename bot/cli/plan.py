"""What would be taught to an FAQ, for people and as JSON: proposals with their evidence and effect, then the diff."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.text import Text

from bot.teaching.effects import Effect, Score
from bot.teaching.lesson import Evidence, Proposal
from bot.teaching.plan import Plan, Step

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_TIMES = {1: "once", 2: "twice"}
_TITLES = {"phrasing": "{}", "example": "signpost {}", "draft": "a new entry"}


def plan_as_json(plan: Plan, by_hand: Mapping[Proposal, str], diff: str, *, written: bool) -> dict[str, Any]:
    """Give the plan in the form that other programs rely on."""
    return {
        "proposals": [_step_as_json(step, by_hand.get(step.proposal)) for step in plan.steps],
        "dropped": [asdict(each) for each in plan.dropped],
        "diff": diff,
        "written": written,
    }


def print_plan(console: Console, plan: Plan, by_hand: Mapping[Proposal, str]) -> None:
    """Print the proposals: what is taken up, what is not and why, and what is known already."""
    for step in plan.steps:
        _print_step(console, step, by_hand.get(step.proposal))
    for each in plan.dropped:
        items = ", ".join(map(str, each.items))
        line = Text.assemble(("dropped  ", "yellow"), f"{each.text!r} {each.reason} ", (f"(item {items})", "dim"))
        console.print(line, soft_wrap=True)


def print_diff(console: Console, diff: str) -> None:
    """Print a diff: in colours to people, and to other programs byte for byte, as `git apply` needs it."""
    if not console.is_terminal:
        print(diff, end="", flush=True)  # noqa: T201
        return
    for line in diff.splitlines():
        bold = line.startswith(("---", "+++", "diff "))
        console.print(Text(line, style="bold" if bold else _COLOURS.get(line[:1], "")), soft_wrap=True)


def _print_step(console: Console, step: Step, by_hand: str | None) -> None:
    proposal = step.proposal
    refused = step.refusal or by_hand
    verdict = ("refused  ", "red") if step.refusal else ("by hand  ", "yellow") if by_hand else ("teaches  ", "green")
    title = _TITLES[proposal.kind].format(proposal.target)
    console.print(Text.assemble(verdict, (title, "bold"), f"  {_told(proposal.evidence)}"), soft_wrap=True)
    for text in proposal.texts:
        console.print(Text(f"         {text}"), soft_wrap=True)
    if step.effect:
        console.print(Text(f"         {_effect(step.effect)}", style="dim"), soft_wrap=True)
    if refused:
        console.print(Text(f"         {refused}", style="red"), soft_wrap=True)


def _told(evidence: Evidence) -> str:
    times = len(evidence.items)
    days = f"{evidence.first}" if evidence.first == evidence.last else f"{evidence.first} to {evidence.last}"
    items = ", ".join(map(str, evidence.items))
    return f"asked {_TIMES.get(times, f'{times} times')}, {days} (item{'s' if times > 1 else ''} {items})"


def _effect(effect: Effect) -> str:
    own = f"the FAQ's own phrasings, each held out: {_change(effect.own_before, effect.own_after)}"
    if not effect.asked_before.of:
        return own
    return f"{own}; questions with known answers: {_change(effect.asked_before, effect.asked_after)}"


def _change(before: Score, after: Score) -> str:
    return f"{before.right} → {after.right} of {before.of} right"


def _step_as_json(step: Step, by_hand: str | None) -> dict[str, Any]:
    evidence = step.proposal.evidence
    return {
        "kind": step.proposal.kind,
        "target": step.proposal.target,
        "texts": list(step.proposal.texts),
        "items": list(evidence.items),
        "asked": len(evidence.items),
        "first": evidence.first.isoformat(),
        "last": evidence.last.isoformat(),
        "effect": asdict(step.effect) if step.effect else None,
        "refusal": step.refusal or None,
        "by_hand": by_hand,
    }
