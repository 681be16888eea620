from bot.matching import Index
from bot.quality.collisions import find_collisions
from tests.matching.builders import bakery, entry


def test_a_phrasing_in_the_wrong_entry_is_told() -> None:
    entries, signposts = bakery()
    strayed = entry(
        "Do you sell coffee?", "espresso to go", "is there a coffee machine", "at what time do you close on sundays"
    )
    found = find_collisions(Index([*entries, strayed], signposts), least=0.1)
    assert any(
        misfit.entry is strayed and misfit.phrasing.startswith("at what time") and misfit.taken_by == entries[0].id
        for misfit in found.misfits
    )
    assert any(
        neighbour.entry is strayed and neighbour.other is entries[0] and neighbour.phrasing.startswith("at what time")
        for neighbour in found.neighbours
    )


def test_entries_that_have_nothing_in_common_do_not_collide() -> None:
    assert find_collisions(Index(*bakery()), least=0.5).neighbours == ()


def test_an_faq_of_one_entry_has_no_neighbours() -> None:
    assert find_collisions(Index([entry("Who are you?", "your name please")])).neighbours == ()
