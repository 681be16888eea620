"""The command phrasings: what people asked in vain, turned into a reviewable change of the FAQ's Markdown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.app import open_encoder, open_faq, thresholds_from
from bot.cli.evaluate import load_lines
from bot.cli.lessons import ACCEPTED, lessons_from
from bot.cli.options import FaqOption, JsonOption, console, print_json
from bot.cli.plan import plan_as_json, print_diff, print_plan
from bot.config import Settings, load_settings
from bot.errors import SettingsError
from bot.faq import Faq
from bot.quality.evaluate import read_cases
from bot.store import Store, open_store
from bot.teaching.changes import Prepared, prepare_changes
from bot.teaching.difference import render_diff
from bot.teaching.files import write_changes
from bot.teaching.plan import Judges, Plan, make_plan


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
    address = settings.database_url.get_secret_value() if settings.database_url else None
    store = open_store(address, data_path=settings.data_path)
    try:
        read = open_faq(settings)
        plan = _plan(store, read, settings, wanted, evaluation, force=force)
        prepared = prepare_changes(plan.taken_up, read, settings.faq_path)
        if write:
            _write(store, plan, prepared)
    finally:
        store.close()
    _tell(plan, prepared, as_json=as_json, written=write)
    raise typer.Exit(0 if plan.complete and not prepared.by_hand else 1)


def _plan(
    store: Store, faq: Faq, settings: Settings, wanted: frozenset[int], evaluation: Path | None, *, force: bool
) -> Plan:
    lessons = lessons_from(store.inbox.items(ACCEPTED, written=False, kept=True), wanted)
    cases = read_cases(load_lines(evaluation), faq.entries, str(evaluation)) if evaluation else ()
    with _progress() as progress:
        return make_plan(
            lessons, faq, Judges(cases, thresholds_from(settings), open_encoder(settings), force, progress)
        )


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
        print_json(plan_as_json(plan, prepared.by_hand, diff, written=written))
        return
    print_plan(screen, plan, prepared.by_hand)
    if not plan.steps and not plan.dropped:
        screen.print("Nothing to teach: no question of the inbox has been decided about since the last time.")
    if not written:
        print_diff(screen, diff)
        return
    for change in prepared.changes:
        screen.print(f"written  {change.path}", soft_wrap=True, markup=False)


def _numbers(given: list[str]) -> frozenset[int]:
    parts = [part for text in given for part in text.replace(",", " ").split()]
    if wrong := [part for part in parts if not part.isdecimal()]:
        raise SettingsError(f"--items: {wrong[0]!r} is no number of a question.", "Write them as --items 4,9,12")
    return frozenset(map(int, parts))


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show a bar to people who wait; nothing where nobody looks."""
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("trying", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
