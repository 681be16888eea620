"""The command doctor: whether everything works, and what to do where it does not."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from bot.app import open_faq
from bot.cli.options import FaqOption, JsonOption, console, open_store, print_json
from bot.config import Settings, load_settings
from bot.errors import FaqError, StoreError
from bot.slack.setup import Finding, examine_slack

_LOOKS = {"ok": ("ok       ", "green"), "problem": ("problem  ", "bold red"), "skipped": ("skipped  ", "dim")}


def doctor(faq: FaqOption = None, as_json: JsonOption = False) -> None:
    """Check the tokens, scopes, connection, clock, FAQ and database, and say what to do about each problem.

    Exit status 0 if all is well, 1 if there is a problem.
    """
    settings = load_settings(faq_path=faq)
    findings = (
        *asyncio.run(examine_slack(settings, datetime.now(UTC))),
        examine_faq(settings),
        examine_database(settings),
    )
    if as_json:
        print_json(findings_as_json(findings))
    else:
        _print(console(), findings)
    raise typer.Exit(0 if is_well(findings) else 1)


def examine_faq(settings: Settings) -> Finding:
    """Check whether the FAQ can be served."""
    try:
        faq = open_faq(settings)
    except FaqError as error:
        count = len(error.problems)
        text = f"{count} problem{'s' * (count > 1)}, the first: {error.problems[0]}"
        step = "Run: flatcar-faq check. A bot that is running serves the last good FAQ until the files are mended."
        return Finding("faq", "problem", text, step)
    if all(entry.link(settings.faq_url) for entry in faq.entries):
        return Finding("faq", "ok", f"{len(faq.entries)} entries")
    step = "Set FAQ_URL to the page where the full FAQ is published."
    return Finding("faq", "ok", f"{len(faq.entries)} entries; answers carry no link, since FAQ_URL is not set", step)


def examine_database(settings: Settings) -> Finding:
    """Check whether the database can be opened, read and written."""
    try:
        with open_store(settings) as store:
            store.events.expire()
            waiting = len(store.inbox.items())
    except StoreError as error:
        return Finding("database", "problem", error.what, error.next_step)
    return Finding("database", "ok", f"{store.name}; {waiting} open in the inbox")


def findings_as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return the findings in the form that other programs rely on."""
    return {
        "ok": is_well(findings),
        "checks": [
            {"name": f.name, "status": f.status, "text": f.text, "next_step": f.next_step or None} for f in findings
        ],
    }


def _print(console: Console, findings: Sequence[Finding]) -> None:
    """Print a line a finding, and below a problem what to do next."""
    for finding in findings:
        console.print(Text.assemble(_LOOKS[finding.status], f"{finding.name}: {finding.text}"), soft_wrap=True)
        if finding.next_step:
            console.print(Text(f"         next: {finding.next_step}"), soft_wrap=True)


def is_well(findings: Sequence[Finding]) -> bool:
    """Whether nothing keeps the bot from working."""
    return all(finding.status != "problem" for finding in findings)
