"""The commands as people and scripts call them, in this process but through the real entry point."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import __version__
from bot.cli import main
from bot.config import SHIPPED_FAQ, Settings
from bot.faq import load_faq
from bot.slack.setup.manifest import build_manifest

FAQ = """---
title: FAQ
---

## What is a widget?

A widget is a small thing. See [the shop](https://example.org/shop).

## How much does a widget cost?

Five crowns.
"""


@dataclass
class Ended:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments: str, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["flatcar-faq", *arguments])
        (tmp_path / "stdin").write_bytes(stdin)
        with (tmp_path / "stdin").open(encoding="utf-8") as piped:
            monkeypatch.setattr(sys, "stdin", piped)
            try:
                main()
                status = 0
            except SystemExit as ended:
                status = int(ended.code or 0)
        said = capsys.readouterr()
        return Ended(status, said.out, said.err)

    return run_command


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "page.md"
    path.write_text(FAQ)
    return str(path)


def test_a_question_gets_its_answer_and_the_link(run: Run) -> None:
    ended = run("ask", "Who is Kinvolk?")
    assert ended.status == 0
    assert "Berlin" in ended.out
    assert "https://www.flatcar-linux.org/faq/#who-is-kinvolk" in ended.out


def test_warnings_leave_standard_output_to_the_reply(run: Run, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQ_SEMANTIC", "full")
    ended = run("ask", "--json", "--faq", page, "Who is Kinvolk?")
    assert "kind" in ended.json
    assert "FAQ_SEMANTIC is no longer a setting" in ended.err
    assert "FAQ_URL is not set" in ended.err
    assert "FAQ_URL" not in run("ask", "--faq", page, "--faq-url", "https://example.org/faq/", "Who?").err


def test_json_has_the_agreed_form(run: Run) -> None:
    reply = run("ask", "--json", "Who is Kinvolk?").json
    assert list(reply) == ["kind", "confidence", "text", "url", "topic", "matches", "choices", "more"]
    assert (reply["kind"], reply["topic"], reply["more"]) == ("answer", None, [])
    assert reply["url"] == "https://www.flatcar-linux.org/faq/#who-is-kinvolk"
    assert len(reply["matches"]) == 5
    assert list(reply["matches"][0]) == ["id", "question", "confidence", "url"]
    assert reply["confidence"] == reply["matches"][0]["confidence"]
    confidences = [match["confidence"] for match in reply["matches"]]
    assert confidences == sorted(confidences, reverse=True)


def test_a_greeting_gets_a_plain_sentence_and_ranked_entries(run: Run) -> None:
    reply = run("ask", "--json", "hello there!").json
    assert (reply["kind"], reply["topic"]) == ("signpost", "Greeting")
    assert reply["url"] == "https://www.flatcar-linux.org/faq/"
    assert len(reply["matches"]) == 5


def test_nonsense_gets_an_honest_no_that_says_where_to_ask(run: Run) -> None:
    reply = run("ask", "--json", "zxcv qwerty uiop").json
    assert reply["kind"] == "no_answer"
    assert "https://docs.flatcar-linux.org/" in reply["text"]


def test_the_no_of_an_faq_published_elsewhere_does_not_lead_to_flatcar(run: Run, page: str) -> None:
    ended = run("ask", "--json", "--faq", page, "--faq-url", "https://widgets.example/faq/", "zxcv qwerty uiop")
    assert ended.json["text"] == "I found nothing in [the FAQ](https://widgets.example/faq/) that answers this."


def test_many_questions_are_answered_a_line_each_in_order(run: Run, page: str) -> None:
    lines = b'{"text": "What is a widget?"}\n\n{"text": "How much does a widget cost?", "more": 1}\n'
    ended = run("ask", "--jsonl", "--faq", page, stdin=lines)
    replies = [json.loads(line) for line in ended.out.splitlines()]
    assert [reply["matches"][0]["id"] for reply in replies] == ["what-is-a-widget", "how-much-does-a-widget-cost"]


@pytest.mark.parametrize("line", [b"[1]", b"{", b'{"text": 5}', b'{"question": "x"}', b"\xff", b"[" * 100_000])
def test_a_line_that_is_no_question_is_named(run: Run, page: str, line: bytes) -> None:
    ended = run("ask", "--jsonl", "--faq", page, stdin=b'{"text": "x"}\n' + line + b"\n")
    assert ended.status == 2
    assert "standard input, line 2" in ended.err


def test_a_question_can_come_from_standard_input(run: Run, page: str) -> None:
    assert "small thing" in run("ask", "--faq", page, stdin=b"What is a widget?").out
    assert run("ask", "--faq", page, stdin=b"\xff\xfe what").status == 0


def test_jsonl_and_a_question_do_not_go_together(run: Run) -> None:
    ended = run("ask", "--jsonl", "Who is Kinvolk?")
    assert ended.status == 2
    assert "--jsonl" in ended.err


def test_a_piped_chat_answers_line_by_line(run: Run, page: str) -> None:
    ended = run("chat", "--faq", page, stdin=b"What is a widget?\n\nHow much does a widget cost?\n")
    assert ended.out.index("small thing") < ended.out.index("Five crowns")
    assert ended.status == 0


def test_links_go_to_the_page_that_was_named(run: Run, page: str) -> None:
    reply = run("ask", "--json", "--faq", page, "--faq-url", "https://w.example/faq", "What is a widget?").json
    assert reply["matches"][0]["url"] == "https://w.example/faq#what-is-a-widget"


def test_check_counts_what_it_found(run: Run) -> None:
    ended = run("check")
    assert ended.status == 0
    phrasings = sum(len(entry.also_asked) for entry in load_faq(SHIPPED_FAQ).entries)
    assert f"12 entries with {phrasings} phrasings, 20 signposts" in ended.out


def test_check_as_json_places_every_entry(run: Run, page: str) -> None:
    ended = run("check", "--json", "--faq", page)
    assert ended.status == 0
    assert ended.json["problems"] == []
    assert ended.json["entries"][0] == {
        "id": "what-is-a-widget",
        "question": "What is a widget?",
        "anchor": "what-is-a-widget",
        "file": page,
        "line": 5,
    }
    assert any("phrasings" in advice["text"] for advice in ended.json["advice"])
    assert any("signposts" in advice["text"] for advice in ended.json["advice"])


def test_check_reports_all_problems_with_their_places(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "one.md").write_text("---\nquestion: Why?\nalso_asked: [no]\n---\nBecause.\n")
    (tmp_path / "bad" / "two.md").write_text("---\nquestion: How?\n---\n")
    ended = run("check", "--faq", str(tmp_path / "bad"))
    assert ended.status == 1
    assert "one.md:3:" in ended.out
    assert "two.md:" in ended.out
    as_json = run("check", "--json", "--faq", str(tmp_path / "bad"))
    assert as_json.status == 1
    assert len(as_json.json["problems"]) == 2


def test_an_faq_that_is_broken_stops_the_other_commands_with_its_problems(run: Run, tmp_path: Path) -> None:
    ended = run("ask", "--faq", str(tmp_path / "nowhere"), "x")
    assert ended.status == 1
    assert "nowhere" in ended.err
    assert "Traceback" not in ended.err


def test_run_without_slack_settings_says_what_is_missing(run: Run) -> None:
    ended = run("run")
    assert ended.status == 2
    assert "SLACK_BOT_TOKEN" in ended.err
    assert ended.err.count("\n") == 1


def test_run_answers_what_is_piped_in_when_there_is_no_slack(run: Run) -> None:
    ended = run("run", "--or-playground", stdin=b"Who is Kinvolk?\n")
    assert ended.status == 0
    assert "Berlin" in ended.out


def test_half_a_slack_set_up_never_turns_into_a_chat(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    ended = run("run", "--or-playground", stdin=b"Who is Kinvolk?\n")
    assert ended.status == 2
    assert "SLACK_APP_TOKEN is missing" in ended.err


def test_the_manifest_is_printed_as_json(run: Run) -> None:
    assert run("manifest").json == build_manifest()


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out.strip() == f"flatcar-faq {__version__}"


def test_an_unknown_option_ends_with_the_usage_status(run: Run) -> None:
    assert run("ask", "--nonsense").status == 2


def test_why_tells_what_the_reply_rests_on(run: Run) -> None:
    ended = run("ask", "--why", "who is kinvlok?")
    assert "kinvlok → kinvolk" in ended.out
    assert "answers from" in ended.out
    assert "runner-up" in ended.out


def test_why_as_json(run: Run) -> None:
    why = run("ask", "--json", "--why", "who is kinvlok and what is a zorgblat?").json["why"]
    assert why["repairs"] == {"kinvlok": "kinvolk"}
    assert "zorgblat" in why["unknown_words"]
    assert why["phrasings"][0]["owner"] == "who-is-kinvolk"
    assert set(why["thresholds"]) == {"answer", "suggestion"}


def test_why_of_nothing_is_no_error(run: Run) -> None:
    assert run("ask", "--why", "").status == 0


QUESTIONS = """{"text": "what is a widget", "gold": "What is a widget?", "kind": "plain"}
{"text": "price of a widget", "gold": "How much does a widget cost?", "also": ["What is a widget?"], "kind": "plain"}
{"text": "who won the match", "gold": null, "kind": "far"}
"""


def test_eval_measures_overall_and_by_kind(run: Run, page: str, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(QUESTIONS)
    ended = run("eval", "q.jsonl", "--faq", page)
    assert ended.status == 0
    assert "3 questions, 2 of them answerable" in ended.out
    assert "plain" in ended.out
    figures = run("eval", "q.jsonl", "--faq", page, "--json").json
    assert (figures["overall"]["questions"], figures["overall"]["answerable"]) == (3, 2)
    assert set(figures["by_kind"]) == {"plain", "far"}
    assert len(figures["outcomes"]) == 3


def test_eval_writes_a_page_that_needs_nothing_else(run: Run, page: str, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(QUESTIONS + '{"text": "<script>alert(1)</script>", "gold": null}\n')
    assert run("eval", "q.jsonl", "--faq", page, "--report", "out.html").status == 0
    written = (tmp_path / "out.html").read_text()
    assert "<svg" in written
    assert "<script" not in written
    assert "http" not in written


def test_eval_tells_what_changed_since_an_older_one(run: Run, page: str, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(QUESTIONS)
    (tmp_path / "old.json").write_text(run("eval", "q.jsonl", "--faq", page, "--json").out)
    assert "0 worse, 0 better" in run("eval", "q.jsonl", "--faq", page, "--compare", "old.json").out
    older = json.loads((tmp_path / "old.json").read_text())
    older["outcomes"][0]["ranked"] = ["how-much-does-a-widget-cost"]
    (tmp_path / "old.json").write_text(json.dumps(older))
    assert "better" in run("eval", "q.jsonl", "--faq", page, "--compare", "old.json").out


@pytest.mark.parametrize("old", ["", "{}", "[]", '{"outcomes": [{}]}', '{"outcomes": 5}'])
def test_eval_refuses_a_file_that_is_no_evaluation(run: Run, page: str, tmp_path: Path, old: str) -> None:
    (tmp_path / "q.jsonl").write_text(QUESTIONS)
    (tmp_path / "old.json").write_text(old)
    ended = run("eval", "q.jsonl", "--faq", page, "--compare", "old.json")
    assert ended.status == 2
    assert "old.json" in ended.err


def test_eval_names_bad_lines(run: Run, page: str, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(QUESTIONS + '{"text": "x", "gold": "No such question?"}\nnonsense\n')
    ended = run("eval", "q.jsonl", "--faq", page)
    assert ended.status == 1
    assert "q.jsonl:4:" in ended.err
    assert "q.jsonl:5:" in ended.err


def test_eval_of_a_missing_file_and_an_unwritable_report_are_told(run: Run, page: str, tmp_path: Path) -> None:
    assert run("eval", "nowhere.jsonl", "--faq", page).status == 2
    (tmp_path / "q.jsonl").write_text(QUESTIONS)
    ended = run("eval", "q.jsonl", "--faq", page, "--report", "no/such/folder.html")
    assert ended.status == 2
    assert "folder.html" in ended.err


def test_check_tells_dead_links_as_advice(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(FAQ + "\nSee [prices](prices.md) and [paint](paint.md).\n")
    (tmp_path / "paint.md").write_text("# Paint\n")
    ended = run("check", "--faq", str(page))
    assert ended.status == 0
    assert "There is no file prices.md: mend the link." in ended.out
    assert "no file paint.md" not in ended.out
