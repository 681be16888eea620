"""Who may use the page's doors: the people at this machine in their own browser, and nobody else."""

import re

import aiohttp
import pytest
from aiohttp import web

from bot.emulator import serve
from bot.playground.showing import read_look


async def fetch(slack, method, path, *, headers=None, **options):
    """Ask as a program that was given the token."""
    keys = {"Authorization": f"Bearer {slack.access.token}", **(headers or {})}
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"{slack.url}{path}", headers=keys, **options) as answer,
    ):
        return answer.status, await answer.text(), answer.headers


@pytest.mark.parametrize("path", ["/control/say", "/control/reset", "/teach/open", "/teach/save", "/teach/write"])
async def test_no_other_site_may_act_here(slack, path):
    wish = {"as": "alice", "channel": "general", "text": "hi", "path": "/etc"}
    assert (await fetch(slack, "POST", path, json=wish, headers={"Origin": "https://evil.example"}))[0] == 403
    assert (await fetch(slack, "POST", path, json=wish, headers={"Origin": "http://127.0.0.1:1"}))[0] == 403
    assert (await fetch(slack, "POST", path, json=wish, headers={"Host": "evil.example"}))[0] == 403
    status = (await fetch(slack, "POST", path, data=wish))[0]
    assert status == 400
    assert slack.workspace.messages == []


ATTACK = """async (url) => {
  const wish = JSON.stringify({ as: "mallory", channel: "general", text: "owned" });
  const json = { "Content-Type": "application/json" };
  const image = Object.assign(new Image(), { src: `${url}/?as=mallory` });
  const form = Object.assign(document.createElement("form"), { method: "post", action: `${url}/control/say`, target: "f" });
  form.enctype = "text/plain";
  form.append(Object.assign(document.createElement("input"), { name: wish.slice(0, -1) + ', "x": "', value: '"}' }));
  document.body.append(Object.assign(document.createElement("iframe"), { name: "f" }), form);
  form.submit();
  const line = new WebSocket(`${url.replace("http", "ws")}/link/?ticket=1`);
  const tries = await Promise.allSettled([
    new Promise((done) => { line.onopen = () => done("open"); line.onclose = () => done("closed"); }),
    new Promise((done) => { image.onload = () => done("seen"); image.onerror = () => done("refused"); }),
    fetch(`${url}/control/say`, { method: "POST", mode: "no-cors", body: wish }).then((r) => r.type),
    fetch(`${url}/control/say`, { method: "POST", headers: json, body: wish }).then((r) => r.text()),
    fetch(`${url}/control/trouble`, { method: "DELETE" }).then((r) => r.text()),
    fetch(`${url}/control/state?as=mallory`).then((r) => r.text()),
    fetch(`${url}/page/parts?as=mallory`, { mode: "no-cors" }).then((r) => r.text()),
    fetch(`${url}/teach/parts`).then((r) => r.text()),
  ]);
  return tries.map((each) => each.value ?? "refused");
}"""  # noqa: E501


async def prize(_):
    return web.Response(text="<p>Win a prize</p>", content_type="text/html")


async def test_a_page_of_another_site_in_the_same_browser_reaches_nothing(slack, browser):
    # Served by this machine, since browsers themselves keep pages of the internet from reaching into it.
    async with serve([("GET", "/", prize)]) as evil, await browser.new_context() as context:
        page = await context.new_page()
        await page.goto(evil.replace("127.0.0.1", "localhost"))
        told = await page.evaluate(ATTACK, slack.url)
    assert told == ["closed", "refused", "opaque", "refused", "refused", "refused", "", "refused"]
    assert slack.workspace.messages == []
    assert "mallory" not in slack.workspace.people


async def test_a_link_from_another_site_shows_the_page_but_not_in_a_frame(slack):
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert (await fetch(slack, "GET", "/", headers=link))[0] == 200
    assert (await fetch(slack, "GET", "/", headers=link | {"Sec-Fetch-Dest": "iframe"}))[0] == 403
    assert (await fetch(slack, "GET", "/", headers=link | {"Sec-Fetch-Mode": "no-cors"}))[0] == 403


@pytest.mark.parametrize("path", ["/", "/page/parts", "/teach", "/teach/parts", "/teach/report", "/teach/file?name=x"])
async def test_other_users_of_this_machine_see_nothing(slack, path):
    for headers in ({"Authorization": ""}, {"Authorization": "Bearer guessed"}):
        status, text, _ = await fetch(slack, "GET", path, headers=headers)
        assert (status, "printed" in text) == (403, True)


@pytest.mark.parametrize("path", ["/teach/open", "/teach/save", "/teach/ask", "/teach/eval", "/teach/write"])
async def test_other_users_of_this_machine_change_nothing(slack, path):
    wish = {"text": "# Mine\n\n## Whose is it?\n\nMine.\n", "name": "x"}
    assert (await fetch(slack, "POST", path, json=wish, headers={"Authorization": ""}))[0] == 403


async def test_every_link_of_a_page_leads_on_with_the_token_and_none_to_elsewhere_does(slack):
    general = slack.workspace.channel("general")
    said = slack.say("general", "alice", "see https://example.org/?a=1")
    link = f"https://flatcar-community.slack.com/archives/{general.id}/p{said.ts.replace('.', '')}"
    slack.say("general", "bob", f"as in {link}")
    for path in ("/", "/teach"):
        _, text, _ = await fetch(slack, "GET", path)
        links = [each for each in re.findall(r'href="([^"#]+)', text) if not each.startswith("/static/")]
        ours = [each for each in links if each.startswith("/")]
        assert len(ours) > 3
        assert [each for each in ours if slack.access.token not in each] == []
        assert [each for each in links if each not in ours and slack.access.token in each] == []


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[", "127.0.0.1@evil.example:80"])
async def test_a_name_that_was_made_to_lead_here_is_refused(slack, host):
    assert (await fetch(slack, "GET", "/control/state", headers={"Host": host}))[0] == 403


@pytest.mark.parametrize("path", ["/", "/teach"])
async def test_a_page_may_run_its_own_scripts_and_ask_its_own_server_alone(slack, path):
    _, text, headers = await fetch(slack, "GET", path)
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert " style=" not in text
    assert "<script>" not in text


async def test_only_the_pages_own_files_are_served(slack):
    assert (await fetch(slack, "GET", "/static/page.css"))[0] == 200
    for name in ("../page.py", "..%2fpage.py", "nothing.css"):
        assert (await fetch(slack, "GET", f"/static/{name}"))[0] == 404


async def test_a_file_outside_of_the_faq_is_neither_shown_nor_saved(slack, stage, tmp_path):
    (secret := tmp_path / "secret.md").write_text("treasure")
    _, text, _ = await fetch(slack, "GET", "/teach", params={"file": str(secret)})
    assert "treasure" not in text
    wish = {"file": str(secret), "start": 0, "end": 1, "was": "treasure", "text": "gone"}
    status, text, _ = await fetch(slack, "POST", "/teach/save", json=wish)
    assert (status, "not a file of this FAQ" in text) == (400, True)
    assert secret.read_text() == "treasure"


@pytest.mark.parametrize(
    "wish", [{}, {"file": "x", "start": -1, "end": 0}, {"text": 7}, {"name": "../x"}, {"lines": []}]
)
async def test_wishes_that_make_no_sense_are_refused(slack, wish):
    for path in ("save", "ask", "write"):
        assert (await fetch(slack, "POST", f"/teach/{path}", json=wish))[0] == 400


async def test_nothing_measured_and_nothing_changed_is_not_found(slack, stage):
    stage.editor.evaluation = None
    assert (await fetch(slack, "GET", "/teach/report"))[0] == 404
    assert (await fetch(slack, "GET", "/teach/file?name=x"))[0] == 404


@pytest.mark.parametrize(
    "query",
    [
        {"as": "<script>", "in": "../x"},
        {"as": "flatcar-faq", "in": "@bob"},
        {"as": "x" * 99, "tab": "?", "panel": "?"},
        {"as": "7up"},
        {},
    ],
)
async def test_an_address_that_makes_no_sense_leads_to_what_everybody_sees_first(slack, query):
    look = read_look(query, slack)
    assert (look.person, look.place, look.tab, look.side) == ("alice", "general", "messages", "")
    assert (await fetch(slack, "GET", "/", params=query))[0] == 200
    assert (await fetch(slack, "GET", "/?thread=1.2&why=3.4"))[0] == 200
