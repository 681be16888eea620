"""Slack Connect and installations for a whole organisation, on every surface: W... ids, no team, guests' teams."""

from typing import Any

import pytest

from bot import wording
from bot.desk import Policy
from bot.slack.views import action_ids
from bot.slack.views.button_state import Carried, encode
from tests.slack.door import BOT, UPDATE, Door, Json, direct, edited, mention, open_door

ENTERPRISE = {"id": "E1", "name": "Acme Corp", "domain": "acme-corp"}
GUEST = {"id": "W7", "username": "ann", "name": "ann", "team_id": "T-GUEST"}
ORG = {"team": None, "enterprise": ENTERPRISE, "is_enterprise_install": True}
CONNECT = {"team": {"id": "T-GUEST", "domain": "guest", "enterprise_id": "E2"}, "enterprise": None}
PLACES = {"an organisation": ORG, "Slack Connect": CONNECT | {"is_enterprise_install": False}}

INSTALLED = {"enterprise_id": "E1", "team_id": None, "user_id": BOT, "is_bot": True, "is_enterprise_install": True}
OUTER: dict[str, Json] = {
    "an organisation": {"enterprise_id": "E1", "team_id": None, "authorizations": [INSTALLED], "context_team_id": None},
    "Slack Connect": {"is_ext_shared_channel": True, "team_id": "T1", "context_team_id": "T1"},
    "no authorization": {"authorizations": [], "team_id": None},
}


@pytest.fixture
async def door(tmp_path):
    async with open_door(tmp_path, Policy(maintainers=frozenset({"W7"}))) as door:
        yield door


@pytest.fixture(params=PLACES)
def place(request) -> Json:
    return PLACES[request.param]


def foreign(event: Json) -> Json:
    return event | {"user": "W7", "user_team": "T-GUEST", "source_team": "T-GUEST", "team": None, "user_profile": {}}


@pytest.mark.parametrize("outer", OUTER)
@pytest.mark.parametrize("event", [mention(f"<@UBOT|faq> {UPDATE.question}"), direct(UPDATE.question)])
async def test_a_question_is_answered(door, outer, event):
    [reply] = await door.ask(foreign(event), **OUTER[outer])
    assert UPDATE.answer in reply.text


async def test_the_bot_knows_itself_by_the_id_that_the_event_tells(door):
    own = {"authorizations": [INSTALLED | {"user_id": "WBOT"}]}
    [reply] = await door.ask(foreign(mention("<@WBOT>", files=[{"id": "F1"}])), **own)
    assert reply.text == wording.ONLY_WORDS
    added = edited(foreign(mention(f"<@WBOT> {UPDATE.question}", ts="1700000001.1")), mention("old"))
    [reply] = await door.ask(added, **own)
    assert UPDATE.answer in reply.text


@pytest.mark.parametrize("outer", OUTER)
async def test_home_is_drawn(door, outer):
    event = {"type": "app_home_opened", "user": "W7", "channel": "D1", "tab": "home", "event_ts": "1.1", "view": None}
    [home] = await door.ask(event, **OUTER[outer])
    assert (home.method, home.arguments["user_id"]) == ("views.publish", "W7")


@pytest.mark.parametrize("team", [{"team_id": "T-GUEST"}, {"team_id": "", "enterprise_id": "E1"}])
async def test_a_command_is_answered(door, team):
    place = {"channel_id": "C1", "user_id": "W7", "is_enterprise_install": "true", "trigger_id": "1.2"}
    asked = {"command": "/flatcar-faq", "text": UPDATE.question, "response_url": door.response_url}
    await door.send(asked | place | team)
    assert UPDATE.answer in door.slack.made()[-1].text


def click(door: Door, place: Json, action_id: str, value: Carried, **changes: Any) -> Json:
    container = {"type": "message", "message_ts": "1.2", "channel_id": "C1", "thread_ts": "1.1"}
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": encode(value)}
    where = {"channel": {"id": "C1", "name": "shared"}, "container": container, "response_url": door.response_url}
    return {"type": "block_actions", "user": GUEST, "trigger_id": "1.2", "actions": [action]} | place | where | changes


def view_of(action_id: str, **changes: Any) -> Json:
    """Build a view that somebody of another team opened."""
    teams = {"team_id": "T-GUEST", "app_installed_team_id": "T1"}
    drawn = {"id": "V1", "type": "modal", "hash": "1700000000.abc", "private_metadata": "C1/1.2"}
    return teams | drawn | {"callback_id": action_id} | changes


async def test_a_click_is_answered(door, place):
    await door.send(click(door, place, f"{action_ids.CHOOSE}1", Carried(entry="update", asker="W7")))
    assert UPDATE.answer in door.slack.made()[-1].text


async def test_a_thumb_is_counted(door, place):
    await door.send(click(door, place, action_ids.FEEDBACK, Carried(entry="update", thumb="up")))
    [told] = door.slack.made()
    assert (told.arguments["user"], told.arguments["thread_ts"]) == ("W7", "1.1")


async def test_a_question_is_sent_on(door, place):
    asked = Carried(text="Why?", source="s", asker="W7", channel="C1", thread="1.1", surface="mention")
    await door.send(click(door, place, action_ids.SEND_ON, asked))
    [item] = await door.desk.store.load(lambda store: store.inbox.items(), otherwise=())
    assert item.sent.asker == "W7"


async def test_an_entry_is_shown_from_home(door, place):
    home = view_of("", type="home")
    seen = {"container": {"type": "view", "view_id": "V1"}, "view": home, "channel": None, "response_url": None}
    await door.send(click(door, place, f"{action_ids.SHOW}1", Carried(entry="update"), **seen))
    assert [call.method for call in door.slack.calls if call.method.startswith("views.")] == ["views.open"]


async def test_a_maintainer_decides_in_home(door, place):
    home = view_of("", type="home")
    seen = {"container": {"type": "view", "view_id": "V1"}, "view": home, "channel": None, "response_url": None}
    await door.send(click(door, place, action_ids.DISMISS, Carried(), **seen))
    assert [call.method for call in door.slack.calls if call.method.startswith("views.")] == ["views.open"]


async def test_a_reason_is_kept(door, place):
    typed = {"values": {action_ids.REASON_TEXT: {action_ids.REASON_TEXT: {"value": "too old"}}}}
    body = {"type": "view_submission", "user": GUEST, "view": view_of(action_ids.REASON, state=typed)} | place
    assert await door.send(body) == ""


@pytest.mark.parametrize("action_id", [action_ids.SEARCH, action_ids.PICK])
async def test_a_search_offers_entries(door, place, action_id):
    asked = {"type": "block_suggestion", "user": GUEST, "action_id": action_id, "block_id": "b", "value": "updat"}
    seen = {"container": {"type": "view", "view_id": "V1"}, "view": view_of("", type="home")}
    offered = await door.send(asked | place | seen)
    assert offered["options"][0]["value"].startswith("update~")


async def test_the_shortcut_shows_the_answer_to_a_foreign_message(door, place):
    body = {
        "type": "message_action",
        "callback_id": action_ids.SHORTCUT,
        "user": GUEST,
        "channel": {"id": "C1", "name": "shared"},
        "message": foreign({"type": "message", "ts": "1.2", "text": UPDATE.question}),
        "message_ts": "1.2",
        "response_url": door.response_url,
        "trigger_id": "1.2",
    }
    await door.send(body | place)
    [told] = door.slack.made()
    assert told.method == "response_url"
    assert UPDATE.answer in told.text
    body["message"]["thread_ts"] = "1.1"
    await door.send(body | place)
    assert door.slack.made()[-1].arguments["thread_ts"] == "1.1"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ({"attachments": [{"is_share": True, "text": UPDATE.question}]}, UPDATE.answer),
        (
            {"subtype": "bot_message", "bot_id": "B1", "attachments": [{"color": "#00f", "text": UPDATE.question}]},
            UPDATE.answer,
        ),
        (
            {
                "subtype": "bot_message",
                "bot_id": "B1",
                "attachments": [
                    {"id": 1, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": UPDATE.question}}]}
                ],
            },
            UPDATE.answer,
        ),
        (
            {
                "blocks": [
                    {
                        "type": "rich_text",
                        "elements": [
                            {"type": "rich_text_section", "elements": [{"type": "text", "text": UPDATE.question}]}
                        ],
                    }
                ]
            },
            UPDATE.answer,
        ),
        ({"files": [{"id": "F1"}]}, "no words"),
    ],
)
async def test_the_shortcut_reads_messages_without_text(door, message, shown):
    body = {
        "type": "message_action",
        "callback_id": action_ids.SHORTCUT,
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "message": {"type": "message", "ts": "1.2", "text": ""} | message,
        "response_url": door.response_url,
    }
    await door.send(body)
    assert shown in door.slack.made()[-1].text
