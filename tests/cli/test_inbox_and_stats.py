"""inbox, stats, report and forget, called as people and scripts call them, on a real database."""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.options import today
from bot.config import Settings
from bot.store import Counted, open_store
from tests.store.builders import sent

TODAY = today()


def day(back):
    return (TODAY - timedelta(days=back)).isoformat()


@pytest.fixture
def store(tmp_path):
    store = open_store(None, data_path=tmp_path / "data")
    yield store
    store.close()


@pytest.fixture
def run(monkeypatch, capsys, tmp_path, store):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments):
        monkeypatch.setattr(sys, "argv", ["flatcar-faq", *arguments])
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = ended.code or 0
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run_command


@pytest.fixture
def busy(store):
    """Three days of use."""
    store.counts.add({
        Counted(day(0), "who-is-kinvolk", "answer", "mention"): 4,
        Counted(day(0), "", "suggestions", "command"): 2,
        Counted(day(1), "", "no_answer", "direct_message"): 3,
        Counted(day(1), "who-is-kinvolk", "chosen", "click"): 1,
        Counted(day(40), "old", "answer", "mention"): 50,
    })  # fmt: skip
    store.feedback._clock = lambda: (TODAY - date(1970, 1, 1)).total_seconds() + 3600
    store.feedback.record("C1/1", "UBOB", "who-is-kinvolk", helpful=False)
    store.feedback.record_reason("C1/1", "UBOB", "<b>too old</b>")
    return store


def test_the_inbox_lists_what_waits_without_terminal_escapes(run, store):
    assert run("inbox")[1] == "No open questions.\n"
    store.inbox.add(sent("Does it \x1b[31mrun on toasters?", best="who-is-kinvolk"))
    status, out, _ = run("inbox")
    assert status == 0
    assert "run on toasters?" in out
    assert "\x1b[31m" not in out
    assert "Who is Kinvolk? (25%)" in out
    [item] = json.loads(run("inbox", "--json")[1])
    assert (item["id"], item["status"], item["best"]) == (1, "open", "who-is-kinvolk")


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["--answered-by", "who-is-kinvolk"], "answered by Who is Kinvolk?"),
        (["--needs-entry"], "needs an entry"),
        (["--not-for-faq", ""], "not for the FAQ"),
        (["--dismiss"], "dismissed"),
    ],
)
def test_a_question_can_be_decided_and_the_decision_taken_back(run, store, options, shown):
    store.inbox.add(sent())
    assert shown in run("inbox", "1", *options)[1]
    assert run("inbox")[1] == "No open questions.\n"
    assert shown in run("inbox", "--all")[1]
    status, _, err = run("inbox", "1", "--dismiss")
    assert (status, "was decided before" in err) == (2, True)
    assert "open" in run("inbox", "1", "--reopen")[1]
    assert "toasters" in run("inbox")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["9"], "no question 9"),
        (["9", "--reopen"], "is not decided"),
        (["1", "--answered-by", "nothing"], "no entry 'nothing'"),
        (["1", "--not-for-faq", "Sports"], "no signpost 'Sports'"),
        (["1", "--dismiss", "--needs-entry"], "one decision"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(run, store, arguments, said):
    store.inbox.add(sent())
    status, _, err = run("inbox", *arguments)
    assert status == 2
    assert said in err
    assert len(store.inbox.items()) == 1


def test_stats_are_tables_for_people(run, busy):
    out = run("stats", "--days", "7")[1]
    assert "9 asked; thumbs: 0 up, 1 down" in out
    assert "Who is Kinvolk?" in out
    assert "too old" in out
    assert "50" not in out


def test_stats_are_json_and_csv_for_scripts(run, busy):
    numbers = json.loads(run("stats", "--json", "--days", "7")[1])
    assert (numbers["asked"], numbers["answered"], numbers["in_doubt"], numbers["no_answer"]) == (9, 4, 2, 3)
    assert numbers["days"][-1] == {"day": day(0), "answer": 4, "suggestions": 2, "signpost": 0, "no_answer": 0}
    assert len(numbers["days"]) == 7
    assert numbers["entries"] == [{"id": "who-is-kinvolk", "given": 5}]
    lines = run("stats", "--csv")[1].splitlines()
    assert lines[0] == "day,entry,kind,surface,number"
    assert f"{day(0)},who-is-kinvolk,answer,mention,4" in lines


def test_the_report_is_one_page_that_needs_no_other_host(run, busy, tmp_path):
    status, out, _ = run("report", "out.html", "--days", "7")
    page = (tmp_path / "out.html").read_text()
    assert (status, "out.html" in out) == (0, True)
    assert "<svg" in page
    assert "Who is Kinvolk?" in page
    assert "&lt;b&gt;too old&lt;/b&gt;" in page
    assert "http" not in page.replace("http://www.w3.org", "")
    assert run("report", "no/such/folder/out.html")[0] == 2


def test_the_report_of_a_bot_that_was_never_asked_is_a_page_too(run, tmp_path):
    assert run("report", "out.html")[0] == 0
    assert "Nothing yet" in (tmp_path / "out.html").read_text()


def test_a_person_is_forgotten(run, store, tmp_path):
    store.inbox.add(sent())
    store.close()
    status, out, _ = run("forget", "<@UALICE>")
    assert (status, out) == (0, "Deleted of UALICE: questions: 1, thumbs: 0.\n")
    assert b"toasters" not in b"".join(part.read_bytes() for part in (tmp_path / "data").iterdir())
    assert json.loads(run("forget", "UALICE", "--json")[1])["questions"] == 0


def test_a_database_that_cannot_be_used_ends_in_a_paragraph(run, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://bot:secret@host/db")
    status, _, err = run("stats")
    assert (status, "DATABASE_URL" in err, "secret" in err) == (2, True, False)


@pytest.mark.parametrize("kind", ["good", "broken"])
def test_the_doctor_looks_at_the_database(run, tmp_path, monkeypatch, kind):
    if kind == "broken":
        Path(tmp_path / "bad.db").write_bytes(b"no database" * 1000)
        monkeypatch.setenv("DATABASE_URL", str(tmp_path / "bad.db"))
    checks = {check["name"]: check for check in json.loads(run("doctor", "--json")[1])["checks"]}
    assert checks["database"]["status"] == ("ok" if kind == "good" else "problem")
    assert (checks["database"]["next_step"] is None) == (kind == "good")
