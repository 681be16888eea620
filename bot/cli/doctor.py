"""The doctor's findings, for people and as JSON."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from bot.config import Settings
from bot.errors import FaqError, StoreError
from bot.faq import load_faq
from bot.slack.doctor import Finding
from bot.store import open_store

_LOOKS = {"ok": ("ok       ", "green"), "problem": ("problem  ", "bold red"), "skipped": ("skipped  ", "dim")}


def examine_faq(settings: Settings) -> Finding:
    """Look whether the FAQ can be served."""
    try:
        faq = load_faq(settings.faq_path, signposts=settings.faq_signposts, faq_url=settings.faq_url)
    except FaqError as error:
        count = len(error.problems)
        text = f"{count} problem{'s' * (count > 1)}, the first: {error.problems[0]}"
        step = "Run: flatcar-faq check. A bot that is running serves the last good FAQ until the files are mended."
        return Finding("faq", "problem", text, step)
    return Finding("faq", "ok", f"{len(faq.entries)} entries")


def examine_database(settings: Settings) -> Finding:
    """Look whether the database can be opened, read and written."""
    address = settings.database_url.get_secret_value() if settings.database_url else None
    try:
        store = open_store(address, data_path=settings.data_path)
        try:
            store.events.expire()
            waiting = len(store.inbox.items())
        finally:
            store.close()
    except StoreError as error:
        return Finding("database", "problem", error.what, error.next_step)
    return Finding("database", "ok", f"{store.name}; {waiting} open in the inbox")


def findings_as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Give the findings in the form that other programs rely on."""
    return {
        "ok": is_well(findings),
        "checks": [
            {"name": f.name, "status": f.status, "text": f.text, "next_step": f.next_step or None} for f in findings
        ],
    }


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Print a line a finding, and below a problem what to do next."""
    for finding in findings:
        console.print(Text.assemble(_LOOKS[finding.status], f"{finding.name}: {finding.text}"), soft_wrap=True)
        if finding.next_step:
            console.print(Text(f"         next: {finding.next_step}"), soft_wrap=True)


def is_well(findings: Sequence[Finding]) -> bool:
    """Whether nothing keeps the bot from working."""
    return all(finding.status != "problem" for finding in findings)
