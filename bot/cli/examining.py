"""The command doctor: does everything work, and if not, what is to be done?"""

import asyncio
from datetime import UTC, datetime

import typer

from bot.cli.doctor import examine_database, examine_faq, findings_as_json, is_well, print_findings
from bot.cli.options import FaqOption, JsonOption, console, print_json
from bot.config import load_settings
from bot.slack.doctor import examine_slack


def doctor(faq: FaqOption = None, as_json: JsonOption = False) -> None:
    """Look at the tokens, scopes, connection, clock, FAQ and database, and say for each problem what to do next.

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
        print_findings(console(), findings)
    raise typer.Exit(0 if is_well(findings) else 1)
