"""The questions to click for a first try, however paraphrases are understood."""

from bot.app import open_answerer
from bot.config import Settings
from bot.dialogue import Question, Surface
from bot.playground.examples import find_examples

KINDS = {
    "clear": ("answer",),
    "doubtful": ("suggestions",),
    "not in the FAQ": ("no_answer", "signpost"),
    "typos": ("answer",),
    "chatty": ("answer",),
}


def test_there_is_one_of_each_sort_and_it_gets_the_reply_that_its_label_claims(tmp_path):
    answerer = open_answerer(Settings(_env_file=None, data_path=tmp_path))
    examples = find_examples(answerer, is_shipped=True)
    assert [example.sort for example in examples] == list(KINDS)
    replies = {example.sort: answerer.reply_to(Question(example.text, Surface.TERMINAL)) for example in examples}
    assert all(reply.kind in KINDS[sort] for sort, reply in replies.items())
    assert replies["doubtful"].choices > 1
