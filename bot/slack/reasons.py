"""Why an answer was no help: a window with one line to type, whose text goes to the thumb that it belongs to."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.slack import action_ids
from bot.slack.elements import modal, text_input
from bot.slack.posting import POSTING_ERRORS, describe
from bot.slack.services import Services
from bot.slack.values import Carried, decode
from bot.store import REASON_LIMIT

log = structlog.stdlib.get_logger(__name__)

Payload = dict[str, Any]


class Reasons:
    """Asks for reasons, and keeps them."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def handle_reason(self, ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        """Open the window; the reply that it is about travels in the window."""
        await ack()
        reply = (decode(action.get("value")) or Carried()).source
        line = text_input(action_ids.REASON_TEXT, wording.REASON_LABEL, REASON_LIMIT)
        submit = {"type": "plain_text", "text": wording.SUBMIT}
        further = {"callback_id": action_ids.REASON, "private_metadata": reply, "submit": submit}
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=modal(wording.REASON_TITLE, [line], **further))
        except POSTING_ERRORS as error:
            log.error("nobody could be asked for a reason", error=describe(error))  # noqa: TRY400

    async def handle_submission(self, ack: AsyncAck, body: Payload, view: Payload) -> None:
        """Keep what was typed; where that fails the window stays and says so."""
        typed = view["state"]["values"].get(action_ids.REASON_TEXT, {}).get(action_ids.REASON_TEXT, {})
        reply, person, reason = (
            str(view.get("private_metadata") or ""),
            body["user"]["id"],
            str(typed.get("value") or ""),
        )
        saved = await self._services.keeper.save(lambda store: store.feedback.record_reason(reply, person, reason))
        log.info("reason given", saved=saved)
        if saved:
            await ack()
        else:
            await ack(response_action="errors", errors={action_ids.REASON_TEXT: wording.NOT_SAVED})
