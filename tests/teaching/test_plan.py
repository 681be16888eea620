"""What maintainers accepted is grouped, compared with what is there, and tried on the FAQ before it is proposed."""

from pathlib import Path

from bot.faq import Faq
from bot.matching import Index
from bot.quality.evaluate import Case
from bot.teaching.effects import ELSEWHERE
from bot.teaching.grouping import as_phrasing
from bot.teaching.plan import Judges, make_plan, teach
from tests.builders import entry
from tests.teaching.builders import lesson, load_shop


def test_those_who_asked_alike_are_one_proposal_with_all_their_evidence(tmp_path: Path) -> None:
    asked = [
        lesson("Where does the rye flour come from?", item=4, day=3),
        lesson("where does the rye flour come from", item=7, day=9),
        lesson("any allergens in there", item=5, day=4),
    ]
    plan = make_plan(asked, load_shop(tmp_path), Judges(force=True))
    first, second = (step.proposal for step in plan.steps)
    assert first.texts == ("Where does the rye flour come from?",)
    assert first.evidence.items == (4, 7)
    assert (first.evidence.first.day, first.evidence.last.day) == (3, 9)
    assert second.texts == ("any allergens in there",)
    assert plan.complete


def test_a_group_keeps_the_wordings_that_differ(tmp_path: Path) -> None:
    asked = [lesson("which company pays for the bread"), lesson("who pays for the bread?", item=2)]
    (step,) = make_plan(asked, load_shop(tmp_path), Judges()).steps
    assert step.proposal.texts == ("which company pays for the bread", "who pays for the bread?")


def test_what_the_faq_says_already_is_dropped_and_told_and_settled(tmp_path: Path) -> None:
    plan = make_plan([lesson("What is the baker's name??")], load_shop(tmp_path), Judges())
    assert plan.steps == ()
    assert plan.dropped[0].reason == "is there already: what is the baker's name"
    assert plan.complete


def test_what_cannot_be_taught_says_why_and_stays(tmp_path: Path) -> None:
    asked = [
        lesson("where is it", target="gone", item=1),
        lesson("where is it", target="Gone", kind="example", item=2),
        lesson("hello hello", target="Greeting", kind="example", item=4),
        lesson("<@U1> :wave:", item=5),
        lesson("word " * 700, item=6),
    ]
    faq = load_shop(tmp_path)
    topic = next(each.topic for each in faq.signposts if each.small_talk)
    asked[2] = lesson("hello hello", target=topic, kind="example", item=4)
    plan = make_plan(asked, faq, Judges())
    assert not plan.steps
    assert not plan.complete
    reasons = {each.items[0]: each.reason for each in plan.dropped}
    assert "`gone`" in reasons[1]
    assert "`Gone`" in reasons[2]
    assert "small talk" in reasons[4]
    assert "no words" in reasons[5]
    assert "2,000" in reasons[6]


def test_an_example_teaches_its_signpost_and_a_new_question_becomes_a_draft(tmp_path: Path) -> None:
    asked = [lesson("is there a birthday cake", "Cakes", "example"), lesson("is there parking?", "", "draft", item=2)]
    plan = make_plan(asked, load_shop(tmp_path), Judges())
    assert [(step.proposal.kind, step.refusal) for step in plan.steps] == [("example", ""), ("draft", "")]
    assert plan.steps[0].effect
    assert plan.steps[1].effect is None


def test_what_makes_another_entry_worse_is_refused_unless_told(tmp_path: Path) -> None:
    asked = [lesson("what are the opening hours", target="bread"), lesson("when do you close", "bread", item=2)]
    cases = (Case("what are the opening hours", ("hours",)), Case("when do you close", ("hours",)))
    faq = load_shop(tmp_path)
    plan = make_plan(asked, faq, Judges(cases))
    refused = [step for step in plan.steps if step.refusal]
    assert refused
    assert "hours" in refused[0].refusal
    assert refused[0].effect
    assert refused[0].effect.asked_before.right > refused[0].effect.asked_after.right
    assert not plan.complete
    assert refused[0].proposal not in plan.taken_up
    assert not any(step.refusal for step in make_plan(asked, faq, Judges(cases, force=True)).steps)


def test_what_makes_the_bot_answer_what_it_should_not_is_refused(tmp_path: Path) -> None:
    cases = (Case("how do I get to the moon", ()),)
    plan = make_plan([lesson("how do I get to the moon")], load_shop(tmp_path), Judges(cases))
    assert plan.steps[0].effect
    assert plan.steps[0].effect.losses == {ELSEWHERE: 1}
    assert "what the FAQ does not answer (1)" in plan.steps[0].refusal


def test_questions_that_improve_are_counted(tmp_path: Path) -> None:
    cases = (Case("whose hands knead the dough", ("bread",)),)
    plan = make_plan([lesson("Whose hands knead the dough?")], load_shop(tmp_path), Judges(cases))
    (step,) = plan.steps
    assert step.effect
    assert not step.refusal
    assert step.effect.asked_after.right == 1


def test_a_taught_faq_answers_what_it_could_not(tmp_path: Path) -> None:
    faq = load_shop(tmp_path)
    (step,) = make_plan([lesson("sourdough artisan?")], faq, Judges()).steps
    taught = teach(faq, step.proposal)
    assert Index(faq.entries).search("sourdough artisan").matches[0].confidence < 0.5
    assert Index(taught.entries).search("sourdough artisan").matches[0].entry.id == "bread"


def test_an_faq_of_one_entry_can_be_taught() -> None:
    faq = Faq((entry("Who bakes the bread?", entry_id="bread"),))
    assert make_plan([lesson("the baker's name")], faq, Judges()).complete


def test_nothing_to_teach_is_a_complete_plan() -> None:
    assert make_plan([], Faq(()), Judges()).complete


def test_slacks_escapes_are_no_part_of_a_phrasing() -> None:
    said = "<@U123> hi :wave:\nis it <https://a.example|open> &amp; warm?\n> quoted"
    assert as_phrasing(said) == "hi is it open & warm?"
