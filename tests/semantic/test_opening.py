import pytest

from bot.semantic import open_embedder
from bot.semantic.table import UnusableError, unpack
from tests.semantic.builders import WORDS, a_data_file


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "vectors.bin"
    file.write_bytes(a_data_file())
    return file


def test_a_whole_file_opens_without_a_word(table):
    embedder, note = open_embedder("light", table=table)
    assert embedder.embed(["who pays? funding"]).any()
    assert note == ""


def test_a_whole_word_of_the_table_is_not_split(table):
    embedder, _ = open_embedder("light", table=table)
    assert embedder.embed(WORDS).any()


def test_off_reads_nothing(tmp_path):
    assert open_embedder("off", table=tmp_path / "missing") == (None, "")


def test_a_missing_file_turns_similarity_off_with_one_line(tmp_path):
    embedder, note = open_embedder("light", table=tmp_path / "missing")
    assert embedder is None
    assert "missing cannot be read: No such file" in note
    assert "\n" not in note


@pytest.mark.parametrize("mode", ["auto", "light", "full"])
@pytest.mark.parametrize("change", ["empty", "truncated", "foreign", "one bit", "older version", "longer"])
def test_a_damaged_file_turns_similarity_off_with_one_line(table, mode, change):
    data = bytearray(table.read_bytes())
    data[-3] ^= change == "one bit"
    data[7] += change == "older version"
    changed = {"empty": b"", "truncated": data[:-9], "foreign": b"PK\x03\x04" * 99, "longer": bytes(data) + b"\0"}
    table.write_bytes(changed.get(change, data))
    embedder, note = open_embedder(mode, table=table)
    assert embedder is None
    assert note.startswith("Semantic similarity is off: ")
    assert note.endswith("Install the bot anew.")
    assert "\n" not in note


@pytest.mark.parametrize("size", range(0, 60, 7))
def test_the_start_of_a_file_is_no_file(size):
    with pytest.raises(UnusableError):
        unpack(a_data_file()[:size])


def test_the_same_input_gives_the_same_file():
    assert a_data_file() == a_data_file()
