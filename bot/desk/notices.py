"""What the desk says without being asked: word to askers, and questions of the inbox as they stand. Each is said once.

A stop or a crash never loses a notice. It is claimed only while it is handed to the network: one that waits for its
turn in a channel holds nothing. What has been handed over when the bot is to stop is finished. After a crash in that
moment somebody else posts it again once the claim has run out, since nobody can look up whether it got there.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, Protocol, TypeVar

import structlog

from bot.desk.help_desk import HelpDesk
from bot.dialogue import Answer, Question, Surface
from bot.faq import Entry, Faq, Signpost
from bot.store import Item, Stats

INTERVAL = 2.0
"""Seconds between two looks for askers who are to be told."""
PAUSE = 10.0
"""Seconds between two tries where the network does not take a message at the moment."""
MOST_AT_ONCE = 20
"""Messages under way: of many that are due, each look begins as many as there is room for."""
ITEM_PAUSE = 600.0
"""Seconds between two tries where the maintainers' channel takes no question: somebody has to invite the bot."""
PATIENCE = 5.0
"""Seconds for a call of the network's that is under way when the bot is to stop."""

Done = TypeVar("Done")

log = structlog.stdlib.get_logger(__name__)


class NotDeliveredError(Exception):
    """The network did not take a message."""

    def __init__(self, reason: str, *, is_passing: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        """In a word or two that hold no text, address or token."""
        self.is_passing = is_passing
        """Whether it may go right in a while."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What an asker is told about a question that was sent on: an entry answers it, or it is not for the FAQ."""

    item: Item
    entry: Entry | None = None
    signpost: Signpost | None = None
    """Where to look instead, if that is known."""


class Once:
    """A message that one of all processes posts, once."""

    def __init__(self, desk: HelpDesk, key: str, record: Callable[[str], Awaitable[bool]] | None = None) -> None:
        """`key` names it among those of all processes; `record` saves elsewhere that it is posted, with its id."""
        self.key = key
        self._events = desk.events
        self._record = record

    async def post(self, send: Callable[[], Awaitable[str]]) -> bool:
        """Claim it, send it, and note that; False where another process does or did. Raises what `send` raises."""
        return await _finish(self._post(send))

    async def _post(self, send: Callable[[], Awaitable[str]]) -> bool:
        if not await self._events.take_job(self.key):
            return False
        try:
            message = await send()
        except Exception:
            await self._events.release((self.key,))
            raise
        if self._record is None or await self._record(message):
            await self._events.close((self.key,))
        return True


class Messenger(Protocol):
    """What a chat network does for the desk. All but `show_item` raise NotDeliveredError.

    What posts returns False where another process does it, or did.
    """

    async def tell(self, notice: Notice, once: Once) -> bool:
        """Tell an asker, where the question was asked or directly."""

    async def post_digest(self, stats: Stats, faq: Faq, once: Once) -> bool:
        """Post the week in numbers to the maintainers."""

    async def post_item(self, item: Item, once: Once) -> bool:
        """Show a question of the inbox to the maintainers."""

    async def show_item(self, item: Item) -> None:
        """Bring a question's message in the maintainers' channel to how things stand, if there is one."""


class Notices:
    """Tells what happened to questions of the inbox: at once, or once the network takes it.

    Each message has a task of its own, so that one that the network limits holds up no other.
    """

    def __init__(self, desk: HelpDesk, messenger: Messenger, clock: Callable[[], float] = monotonic) -> None:
        self._desk = desk
        self._messenger = messenger
        self._clock = clock
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._looked_up_in: dict[int, Faq] = {}
        """Questions of which nothing can be told, as long as this FAQ is served."""
        self._not_before = 0.0
        self._no_item_before = 0.0

    async def follow(self) -> None:
        """Look for what is to be told until cancelled."""
        try:
            while True:
                await asyncio.sleep(INTERVAL)
                await self._look()
        finally:
            for task in self._under_way.values():
                task.cancel()
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _look(self) -> None:
        store, policy, faq = self._desk.store, self._desk.policy, self._desk.faq
        for item in await store.load(lambda store: store.inbox.outdated(), otherwise=()):
            self._begin(f"show {item.id}", self._messenger.show_item(item))
        if policy.maintainers_channel and self._clock() >= self._no_item_before:
            for item in await store.load(lambda store: store.inbox.without_card(), otherwise=()):
                self._begin(f"card {item.id}", self.post_item(item))
        if policy.tell_askers and self._clock() >= self._not_before:
            for item in await store.load(lambda store: store.inbox.untold(), otherwise=()):
                if self._looked_up_in.get(item.id) is not faq:
                    self._begin(f"tell {item.id}", self.tell(item))

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Begin work unless the same is under way; what is left over is found by the next look."""
        if name in self._under_way or len(self._under_way) >= MOST_AT_ONCE:
            work.close()
            return
        self._under_way[name] = task = asyncio.create_task(work)
        task.add_done_callback(partial(self._end, name))

    def _end(self, name: str, task: asyncio.Task[None]) -> None:
        del self._under_way[name]
        if not task.cancelled() and (error := task.exception()):
            log.error("a message failed", message=name, exc_info=error)

    async def post_item(self, item: Item) -> None:
        """Show a question in the maintainers' channel, if there is one."""
        channel = self._desk.policy.maintainers_channel
        if not channel:
            return

        def record(message: str) -> Awaitable[bool]:
            return self._desk.store.save(lambda store: store.inbox.record_card(item.id, f"{channel}/{message}"))

        try:
            await self._messenger.post_item(item, Once(self._desk, f"card {item.id}", record))
        except NotDeliveredError as error:
            hint = "Is the bot invited there? The question is in the inbox."
            log.error("the maintainers' channel took no question", error=error.reason, hint=hint)  # noqa: TRY400
            self._no_item_before = self._clock() + ITEM_PAUSE

    async def tell(self, item: Item) -> None:
        """Send the asker the answer, or where to look instead, once; nothing where this FAQ has nothing to say."""
        faq = self._desk.faq
        notice = await self._notice(item) if item.sent_on and self._desk.policy.tell_askers else None
        if notice is None:
            self._looked_up_in[item.id] = faq
            return

        def record(_: str) -> Awaitable[bool]:
            return self._desk.store.save(lambda store: store.inbox.record_told(item.id))

        try:
            if await self._messenger.tell(notice, Once(self._desk, f"told {item.id} {item.handled_at}", record)):
                log.info("told", item=item.id)
        except NotDeliveredError as error:
            if error.is_passing:
                log.warning("an asker could not be told, will try again", item=item.id, error=error.reason)
                self._not_before = self._clock() + PAUSE
            else:
                log.error("an asker could not be told", item=item.id, error=error.reason)  # noqa: TRY400
                self._looked_up_in[item.id] = faq

    async def _notice(self, item: Item) -> Notice | None:
        match item.status:
            case "answered":
                entry = self._desk.faq.entry(item.entry)
            case "needs_entry":
                entry = await self._new_entry(item)
            case "not_for_faq":
                named = [signpost for signpost in self._desk.faq.signposts if signpost.topic == item.topic]
                return Notice(item, signpost=named[0] if named else None)
            case _:
                return None
        return Notice(item, entry) if entry else None

    async def _new_entry(self, item: Item) -> Entry | None:
        """Return the entry that answers the question since one was written for it."""
        reply = await self._desk.answerer.reply_soon(Question(item.sent.text, Surface.DIRECT_MESSAGE))
        best = reply.matches[0].entry if isinstance(reply, Answer) else None
        return best if best and best.id != item.sent.best else None


async def _finish(work: Awaitable[Done]) -> Done:
    """Await work that goes on for PATIENCE after its caller was cancelled."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=PATIENCE)
        task.cancel()
        raise
