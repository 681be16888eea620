import pytest

from bot.matching.normalise import plain, words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<@U0123ABC> who is Kinvolk?", "who is Kinvolk?"),
        ("how is it funded? <!here>", "how is it funded?"),
        ("is <https://coreos.com/os|Container Linux> dead", "is  Container Linux  dead"),
        ("asked in <#C012|general>", "asked in  general"),
        ("is <sftp://files.example.org/list|this mirror> ours?", "is  this mirror  ours?"),
        ("open <slack://channel?id=C1> and <vscode:extension/x|the extension>", "open    and  the extension"),
        ("a vector<std::string> or <key: value>", "a vector<std::string> or <key: value>"),
        ("you &amp; Red Hat &lt;3", "you & Red Hat <3"),
        (":wave: who pays? :moneybag:", "who pays?"),
        ("why fork?\n```kernel: oops\n```", "why fork?"),
        ("&gt; somebody said\nis that true?", "is that true?"),
    ],
)
def test_slack_escapes_are_undone(typed: str, meant: str) -> None:
    assert plain(typed) == meant


def test_a_message_of_nothing_but_code_keeps_its_words() -> None:
    assert words(plain("```who is kinvolk```")) == ["who", "is", "kinvolk"]


@pytest.mark.parametrize(
    "typed", ["Où est-ce", "OU EST CE", "o\u0300u est\u200b ce".replace("o\u0300u", "où"), "ｏｕ ｅｓｔ ｃｅ"]
)
def test_case_accents_width_and_invisible_characters_make_no_difference(typed: str) -> None:
    assert words(plain(typed)) == ["ou", "est", "ce"]


@pytest.mark.parametrize("typed", ["what's up", "what’s up", "What up"])
def test_contractions_lose_their_endings(typed: str) -> None:
    assert words(typed) == ["what", "up"]


def test_scripts_without_spaces_give_pairs_of_characters() -> None:
    assert words("資金はflatcar") == ["資金", "金は", "flatcar"]


def test_vowel_signs_stay_within_their_word() -> None:
    assert words("हिन्दी में") == ["हिन्दी", "में"]


def test_a_long_message_is_read_at_both_ends() -> None:
    text = "first " + "x " * 50_000 + "last"
    assert "first" in plain(text)
    assert "last" in plain(text)
    assert len(plain(text)) <= 4001
