"""What an operator sees of a payload on its way through the bot."""

from pathlib import Path

import structlog

from tests.slack.door import mention, open_door


async def test_all_log_lines_of_an_event_name_it(tmp_path: Path) -> None:
    async with open_door(tmp_path) as door:
        with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
            await door.ask(mention("<@UBOT> How do I update Flatcar?", ts="1.1", event_ts="1.1"))
            await door.ask(mention("<@UBOT> Who pays for all of this?", ts="2.2", event_ts="2.2"))
    told = [(line["request"], line["event"]) for line in lines]
    assert ("Ev1.1", "received") in told
    assert ("Ev1.1", "replied") in told
    assert ("Ev2.2", "replied") in told
