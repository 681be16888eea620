import json
import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.encoder.wordpiece import LONGEST_WORD, WordPiece, words

VOCABULARY = json.loads(files("bot.encoder").joinpath("vocab.json").read_text("utf-8"))

TRICKY = [
    "Hello, world! don't",
    "naïve café ÀÉÎ e\u0301\u0327",
    "北京hello世界 \U00020000x",
    "a\u200bb\u00adc\ufeffd\u2066e",
    "\ufffd\x00abc\x1fdef\x85x \x0b\x0c a\u2028b\u3000c a\u1680b",
    "ﬁne Ａ① ½ ſ \u212a \u212b",
    "İstanbul ǅ ẞß Σίσυφος ΣΑΣ",
    "🙂🚀text👩\u200d👩\u200d👧",
    "مرحبا بالعالم हिन्दी 가나다 ไทย",
    "$5 ^x `y` ~z a_b <t> §¶•…—“q”",
    "x" * 60 + " " + "x" * 61,
    "kubernetes coreos flatcar systemd-networkd",
    "",
    " \t\n\r ",
]


@pytest.fixture(scope="module")
def ours() -> WordPiece:
    return WordPiece(VOCABULARY)


@pytest.fixture(scope="module")
def theirs():
    reason = "tokenizers, the reference for WordPiece, is not installed"
    tokenizers = pytest.importorskip("tokenizers", reason=reason)
    tokens = VOCABULARY
    model = tokenizers.models.WordPiece(
        {token: n for n, token in enumerate(tokens)}, unk_token="[UNK]", max_input_chars_per_word=LONGEST_WORD
    )
    reference = tokenizers.Tokenizer(model)
    reference.normalizer = tokenizers.normalizers.BertNormalizer()
    reference.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return reference


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_text_is_split_as_the_model_was_taught(ours, theirs, text):
    assert ours.numbers(text) == theirs.encode(text).ids


@given(st.text(max_size=60))
def test_any_text_of_old_characters_is_split_as_the_model_was_taught(ours, theirs, text):
    # The reference has tables of an older Unicode; about characters that are newer the two may differ.
    old = "".join(c for c in text if unicodedata.ucd_3_2_0.category(c) != "Cn" and c.isprintable())
    old = "".join(c for c in old if unicodedata.ucd_3_2_0.category(c) == unicodedata.category(c))
    assert ours.numbers(old) == theirs.encode(old).ids


def test_a_word_is_split_into_the_longest_known_pieces(ours):
    tokens = VOCABULARY
    assert [tokens[number] for number in ours.numbers("kubernetes")] == ["ku", "##ber", "##net", "##es"]


def test_a_word_that_cannot_be_split_is_unknown_and_nothing_else(ours):
    assert ours.numbers("who \U0001f680 pays") == [*ours.numbers("who"), ours.unknown, *ours.numbers("pays")]


def test_the_names_of_marks_in_a_question_are_ordinary_words(ours):
    assert words("[CLS]") == ["[", "cls", "]"]


def test_padding_is_the_first_piece():
    assert VOCABULARY[0] == "[PAD]"
    assert "[UNK]" in VOCABULARY
