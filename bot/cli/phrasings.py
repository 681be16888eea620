"""The command phrasings: what people asked in vain, turned into a reviewable change of the FAQ's Markdown.

Who asked stays behind.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.syntax import Syntax
from rich.text import Text

from bot.app import open_encoder, open_faq, thresholds_from
from bot.cli.options import FaqOption, JsonOption, console, open_store, print_json, progress, read_lines
from bot.config import Settings, load_settings
from bot.errors import SettingsError
from bot.faq import Faq
from bot.quality.evaluate import read_cases
from bot.store import Item, Status, Store
from bot.teaching.changes import Prepared, prepare_changes
from bot.teaching.difference import render_diff
from bot.teaching.effects import Effect, Score
from bot.teaching.files import write_changes
from bot.teaching.lesson import Evidence, Kind, Lesson, Proposal
from bot.teaching.plan import Judges, Plan, Step, make_plan

_KINDS: dict[Status, Kind] = {"answered": "phrasing", "not_for_faq": "example", "needs_entry": "draft"}
ACCEPTED: tuple[Status, ...] = tuple(_KINDS)
"""The decisions that teach something."""
_TIMES = {1: "once", 2: "twice"}
_TITLES = {"phrasing": "{}", "example": "signpost {}", "draft": "a new entry"}


def phrasings(
    faq: FaqOption = None,
    write: Annotated[bool, typer.Option("--write", help="Change the files instead of only showing how.")] = False,
    evaluation: Annotated[
        Path | None, typer.Option("--eval", help="Questions with known answers, as `eval` takes them, to judge by.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Take up what makes other entries worse, too.")] = False,
    items: Annotated[
        list[str] | None, typer.Option("--items", help="Only these questions of the inbox: numbers, with commas.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how the questions that maintainers decided about would change the FAQ's files, and what that does.

    A question answered by an entry becomes one of its phrasings, one that is not for the FAQ an example of its
    signpost, one that needs an entry a draft. The output can be given to `git apply`. With --write the files are
    changed, and the questions marked as written.
    Exit status 1 if something is left to do: a proposal was refused, or no file can take it.
    """
    settings = load_settings(faq_path=faq)
    wanted = _numbers(items or [])
    with open_store(settings) as store:
        read = open_faq(settings)
        plan = _plan(store, read, settings, wanted, evaluation, force=force)
        prepared = prepare_changes(plan.taken_up, read, settings.faq_path)
        if write:
            _write(store, plan, prepared)
    _tell(plan, prepared, as_json=as_json, written=write)
    raise typer.Exit(0 if plan.complete and not prepared.by_hand else 1)


def _plan(
    store: Store, faq: Faq, settings: Settings, wanted: frozenset[int], evaluation: Path | None, *, force: bool
) -> Plan:
    lessons = _lessons(store.inbox.items(ACCEPTED, written=False, kept=True), wanted)
    cases = read_cases(read_lines(evaluation), faq.entries, str(evaluation)) if evaluation else ()
    with progress("trying") as advance:
        return make_plan(lessons, faq, Judges(cases, thresholds_from(settings), open_encoder(settings), force, advance))


def _write(store: Store, plan: Plan, prepared: Prepared) -> None:
    """Write the files, then remember it: should the second fail, the next call finds the phrasings there already."""
    write_changes(prepared.changes)
    taught = [proposal.evidence.items for proposal in plan.taken_up if proposal not in prepared.by_hand]
    known = [each.items for each in plan.dropped if each.settled]
    if done := [item for items in (*taught, *known) for item in items]:
        store.inbox.record_written(done)


def _tell(plan: Plan, prepared: Prepared, *, as_json: bool, written: bool) -> None:
    diff = render_diff(prepared.changes, Path.cwd())
    screen = console()
    if as_json:
        print_json(_as_json(plan, prepared.by_hand, diff, written=written))
        return
    _print_plan(screen, plan, prepared.by_hand)
    if not plan.steps and not plan.dropped:
        screen.print("Nothing to teach: no question of the inbox has been decided about since the last time.")
    if not written:
        _print_diff(screen, diff)
        return
    for change in prepared.changes:
        screen.print(f"written  {change.path}", soft_wrap=True, markup=False)


def _numbers(given: list[str]) -> frozenset[int]:
    parts = [part for text in given for part in text.replace(",", " ").split()]
    if wrong := [part for part in parts if not part.isdecimal()]:
        raise SettingsError(f"--items: {wrong[0]!r} is not the number of a question.", "Write them as --items 4,9,12")
    return frozenset(map(int, parts))


def _lessons(items: Sequence[Item], wanted: Collection[int]) -> tuple[Lesson, ...]:
    """Return the lessons of the items, or of those `wanted` by ID."""
    if missing := sorted(set(wanted) - {item.id for item in items}):
        named = ", ".join(map(str, missing))
        what = f"--items {named}: no decided question that still has to be written has this number."
        raise SettingsError(what, "flatcar-faq inbox lists the questions.")
    return tuple(_lesson(item) for item in items if (not wanted or item.id in wanted) and _teaches(item))


def _teaches(item: Item) -> bool:
    """Return whether a decision teaches anything: "not for the FAQ, and none of its signposts' subjects" does not."""
    return item.status != "not_for_faq" or bool(item.topic)


def _lesson(item: Item) -> Lesson:
    kind = _KINDS[item.status]
    target = {"phrasing": item.entry, "example": item.topic, "draft": ""}[kind]
    return Lesson(item.id, item.sent.text, kind, target, datetime.fromtimestamp(item.at, UTC).date())


def _as_json(plan: Plan, by_hand: Mapping[Proposal, str], diff: str, *, written: bool) -> dict[str, Any]:
    return {
        "proposals": [_step_as_json(step, by_hand.get(step.proposal)) for step in plan.steps],
        "dropped": [asdict(each) for each in plan.dropped],
        "diff": diff,
        "written": written,
    }


def _print_plan(console: Console, plan: Plan, by_hand: Mapping[Proposal, str]) -> None:
    for step in plan.steps:
        _print_step(console, step, by_hand.get(step.proposal))
    for each in plan.dropped:
        items = ", ".join(map(str, each.items))
        line = Text.assemble(("dropped  ", "yellow"), f"{each.text!r} {each.reason} ", (f"(item {items})", "dim"))
        console.print(line, soft_wrap=True)


def _print_diff(console: Console, diff: str) -> None:
    """Print a diff: in colours to people, and to other programs byte for byte, as `git apply` needs it."""
    if not console.is_terminal:
        print(diff, end="", flush=True)  # noqa: T201
        return
    console.print(Syntax(diff, "diff", theme="ansi_dark", background_color="default", word_wrap=True))


def _print_step(console: Console, step: Step, by_hand: str | None) -> None:
    proposal = step.proposal
    refused = step.refusal or by_hand
    verdict = ("refused  ", "red") if step.refusal else ("by hand  ", "yellow") if by_hand else ("teaches  ", "green")
    title = _TITLES[proposal.kind].format(proposal.target)
    console.print(Text.assemble(verdict, (title, "bold"), f"  {_asked(proposal.evidence)}"), soft_wrap=True)
    for text in proposal.texts:
        console.print(Text(f"         {text}"), soft_wrap=True)
    if step.effect:
        console.print(Text(f"         {_effect(step.effect)}", style="dim"), soft_wrap=True)
    if refused:
        console.print(Text(f"         {refused}", style="red"), soft_wrap=True)


def _asked(evidence: Evidence) -> str:
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
