"""The command phrasings, on a real database and real files: what maintainers accepted becomes lines of the FAQ."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.config import Settings
from bot.faq import load_faq
from bot.store import Decision, Sent, Store, open_store
from tests.teaching.builders import shop


class Desk:
    """A folder with an FAQ, a database beside it, and the command run there as a maintainer would."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.faq = shop(folder)
        self.number = 0

    def store(self) -> Store:
        return open_store(None, data_path=self.folder / "data")

    def ask(self, text: str, decision: Decision | None = "answered", *, entry: str = "bread", topic: str = "") -> int:
        """Send a question on and decide about it."""
        self.number += 1
        store = self.store()
        sent = Sent(f"C1/{self.number}", text, "U777ASKER", "C1", "", "mention")
        item, _ = store.inbox.add(sent)
        if decision:
            store.inbox.handle(item.id, decision, "U1", entry=entry if decision == "answered" else "", topic=topic)
        store.close()
        return item.id

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        self._monkeypatch.setattr(sys, "argv", ["flatcar-faq", "phrasings", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self._capsys.readouterr()
        return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), said.out, said.err)

    def run_json(self, *arguments: str) -> Any:
        return json.loads(self.run("--json", *arguments).stdout)

    def written(self) -> list[int]:
        store = self.store()
        items = store.inbox.items(("answered", "needs_entry", "not_for_faq"), written=True)
        store.close()
        return [item.id for item in items]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("FAQ_PATH", "faq")
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, monkeypatch, capsys)


def test_an_empty_inbox_has_nothing_to_teach(desk: Desk) -> None:
    ended = desk.run()
    assert ended.returncode == 0
    assert "Nothing to teach" in ended.stdout


def test_the_diff_shows_the_change_with_its_evidence_and_writes_nothing(desk: Desk) -> None:
    desk.ask("sourdough artisan: who?")
    desk.ask("still open", None)
    before = (desk.faq / "bread.md").read_text()
    ended = desk.run()
    assert ended.returncode == 0
    assert "teaches  bread  asked once" in ended.stdout
    assert "each held out:" in ended.stdout
    assert '\n+  - "sourdough artisan: who?"\n' in ended.stdout
    assert "still open" not in ended.stdout
    assert "U777ASKER" not in ended.stdout
    assert (desk.faq / "bread.md").read_text() == before
    assert desk.written() == []


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_the_whole_output_can_be_given_to_git_apply(desk: Desk) -> None:
    desk.ask("sourdough artisan: who?")
    desk.ask("is there parking?", "needs_entry")
    said = desk.run().stdout
    subprocess.run(["git", "apply", "-"], input=said, cwd=desk.folder, text=True, check=True)
    assert load_faq(desk.faq).entries[0].also_asked[-1] == "sourdough artisan: who?"
    assert (desk.faq / "is-there-parking.md").exists()


def test_write_changes_the_files_and_marks_the_questions_so_that_it_happens_once(desk: Desk) -> None:
    teach = [
        desk.ask("sourdough artisan: who?"),
        desk.ask("birthday cake", "not_for_faq", topic="Cakes"),
        desk.ask("is there parking?", "needs_entry"),
        desk.ask("What is the baker's name"),
    ]
    ended = desk.run("--write")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.count("written  ") == 3
    assert "is there already: what is the baker's name" in ended.stdout
    assert desk.written() == teach
    faq = load_faq(desk.faq)
    assert faq.entries[0].also_asked[-1] == "sourdough artisan: who?"
    assert faq.signposts[0].also_asked[-1] == "birthday cake"
    assert "Nothing to teach" in desk.run("--write").stdout


def test_only_the_questions_that_are_named_are_taught(desk: Desk) -> None:
    first, second = desk.ask("sourdough artisan: who?"), desk.ask("any allergens in there")
    assert desk.run("--write", "--items", f"{second}").returncode == 0
    assert desk.written() == [second]
    ended = desk.run("--items", f"{first},{second}")
    assert ended.returncode == 2
    assert f"--items {second}: no decided question" in ended.stderr
    assert desk.run("--items", "one").returncode == 2


def test_what_makes_others_worse_is_refused_with_a_status_until_it_is_forced(desk: Desk) -> None:
    (desk.folder / "known.jsonl").write_text(
        '{"text": "what are the opening hours", "gold": "hours"}\n{"text": "when do you close", "gold": "hours"}\n'
    )
    desk.ask("what are the opening hours")
    ended = desk.run("--write", "--eval", "known.jsonl")
    assert ended.returncode == 1
    assert "refused  bread" in ended.stdout
    assert "makes others worse: hours" in ended.stdout
    assert "questions with known answers: " in ended.stdout
    assert desk.written() == []
    assert desk.run("--write", "--eval", "known.jsonl", "--force").returncode == 0
    assert len(desk.written()) == 1


def test_json_tells_all_of_it(desk: Desk) -> None:
    item = desk.ask("sourdough artisan: who?")
    gone = desk.ask("where is it", entry="gone")
    told = desk.run_json()
    (proposal,) = told["proposals"]
    assert (proposal["kind"], proposal["target"], proposal["items"]) == ("phrasing", "bread", [item])
    assert proposal["texts"] == ["sourdough artisan: who?"]
    assert proposal["effect"]["own_before"]["of"] > 0
    assert told["dropped"][0]["items"] == [gone]
    assert told["diff"].startswith("--- a/faq/bread.md\n+++ b/faq/bread.md\n")
    assert told["written"] is False


def test_a_question_whose_entry_has_gone_is_left_to_do(desk: Desk) -> None:
    desk.ask("where is it", entry="gone")
    ended = desk.run("--write")
    assert ended.returncode == 1
    assert "which has gone from the FAQ" in ended.stdout
    assert desk.written() == []


def test_what_is_not_for_the_faq_and_of_no_signposts_subject_leaves_nothing_to_do(desk: Desk) -> None:
    desk.ask("where is the office party", "not_for_faq")
    ended = desk.run()
    assert (ended.returncode, "Nothing to teach" in ended.stdout) == (0, True)


def test_a_page_leaves_new_entries_to_people(desk: Desk) -> None:
    shutil.rmtree(desk.faq)
    (desk.folder / "faq.md").write_text("# FAQ\n\n## Who bakes?\n\nMe.\n\n## Why so early?\n\nHunger.\n")
    desk.ask("is there parking?", "needs_entry")
    teach = desk.ask("sourdough artisan", entry="who-bakes")
    ended = desk.run("--write", "--faq", "faq.md")
    assert ended.returncode == 1
    assert "by hand  a new entry" in ended.stdout
    assert desk.written() == [teach]
    assert load_faq(desk.folder / "faq.md").entries[0].also_asked == ("sourdough artisan",)


def test_a_broken_faq_is_told_before_anything_is_written(desk: Desk) -> None:
    (desk.faq / "bread.md").write_text("---\nquestion: [\n---\n")
    desk.ask("sourdough artisan")
    ended = desk.run("--write")
    assert ended.returncode == 1
    assert "bread.md:" in ended.stderr
    assert desk.written() == []
