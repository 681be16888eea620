"""What Slack makes of what a person types, and back."""

import pytest

from bot.emulator.composer import decode, encode

PEOPLE = {"alice": "U1", "flatcar-faq": "U2"}
NAMES = {id_: name for name, id_ in PEOPLE.items()}


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@alice hi", "<@U1> hi"),
        ("(@Alice)", "(<@U1>)"),
        ("@Flatcar-FAQ, who?", "<@U2>, who?"),
        ("@nobody hi", "@nobody hi"),
        ("mail me@alice.org", "mail me@alice.org"),
        ("@here and @Channel", "<!here> and <!channel>"),
        ("see https://x.org/a?b=1&c=2.", "see <https://x.org/a?b=1&amp;c=2>."),
        ("(https://x.org/)", "(<https://x.org/>)"),
        ("<https://x.org|a link>", "&lt;<https://x.org>|a link&gt;"),
        ("<@U1> <!here>", "&lt;@U1&gt; &lt;!here&gt;"),
    ],
)
def test_names_of_people_and_links_go_live_and_nothing_else(typed, sent):
    assert encode(typed, PEOPLE.get) == sent


@pytest.mark.parametrize("typed", ["@alice hi", "a < b & c", "@here: see https://x.org/?a=1&b=2!", "@nobody"])
def test_what_was_typed_can_be_typed_again(typed):
    assert decode(encode(typed, PEOPLE.get), NAMES.get) == typed
