"""A request's query in, what its person wants to look at out: who, which place, which thread, which panel."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.emulator.emulator import Emulator
from bot.emulator.workspace import BOT_NAME, Channel

DIRECT = "direct"
"""The place that is everybody's own: the direct message with the bot."""
FIRST_PERSON, FIRST_CHANNEL = "alice", "general"
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Look:
    """One person's look at the workspace; its address can be kept, sent and come back to."""

    person: str = FIRST_PERSON
    place: str = FIRST_CHANNEL
    """The name of a channel, or `DIRECT`."""
    thread: str = ""
    """The `ts` of the first message of the thread that is open."""
    why: str = ""
    """The `ts` of the reply that is explained."""
    tab: str = "messages"
    """`home` or `messages`, in the direct message."""
    panel: str = ""
    """`weather`: the faults of the wire."""

    def to(self, **changes: str) -> str:
        """Give the address of another look: same person and place, unless they are changed; panels close."""
        kept = {"as": self.person, "in": self.place}
        query = {key: value for key, value in (kept | changes).items() if value}
        return f"/?{urlencode(query)}"

    @property
    def here(self) -> str:
        """The address of this look without the explanation."""
        tab = self.tab if self.tab == "home" else ""
        return self.to(thread=self.thread, tab=tab)

    @property
    def side(self) -> str:
        """What stands at the side: `why`, `weather`, `thread` or nothing."""
        if self.why:
            return "why"
        return self.panel or ("thread" if self.thread else "")


def read_look(query: Mapping[str, str], slack: Emulator) -> Look:
    """Read a query with distrust: what is not there becomes what everybody sees first."""
    person = query.get("as", "").strip().lower()
    if not is_name(person):
        person = FIRST_PERSON
    tab = "home" if query.get("tab") == "home" else "messages"
    panel = "weather" if query.get("panel") == "weather" else ""
    place = _place(query.get("in", ""), person, slack)
    return Look(person, place, query.get("thread", ""), query.get("why", ""), tab, panel)


def is_name(name: str) -> bool:
    """Tell whether somebody may be called so."""
    plain = name.replace("-", "").replace("_", "")
    return plain.isascii() and plain.isalnum() and name[0].isalpha() and len(name) <= LONGEST_NAME and name != BOT_NAME


def channel_of(look: Look, slack: Emulator) -> Channel:
    """Give the channel that is looked at."""
    return slack.workspace.channel(f"@{look.person}" if look.place == DIRECT else look.place)


def _place(named: str, person: str, slack: Emulator) -> str:
    found = next((c for c in slack.workspace.channels.values() if named in (c.name, c.id)), None)
    if named == DIRECT or (found and found.name == f"@{person}"):
        return DIRECT
    return found.name if found and found.kind != "im" else FIRST_CHANNEL
