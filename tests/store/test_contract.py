"""What the store promises, held on SQLite and on PostgreSQL alike."""

import threading
import traceback
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from bot.store import Claim, Counted, open_store
from bot.store.tables import inbox

from .builders import sent

KEYS = ("event Ev1", "message C1 1.1")


def test_an_event_belongs_to_one_process(store):
    assert store.events.take(KEYS, "one")
    assert not store.events.take(KEYS, "two")
    assert not store.events.take(KEYS, "one")


def test_one_known_key_is_enough_to_know_an_event(store):
    assert store.events.take(KEYS, "one")
    assert not store.events.take(("event Ev2", "message C1 1.1"), "two")
    assert store.events.take(("event Ev2", "message C1 2.2"), "two"), "a refused event leaves nothing behind"


def test_a_redelivered_event_is_taken_over_from_a_process_that_died_before_posting(store):
    assert store.events.take(KEYS, "dead")
    assert store.events.take(KEYS, "alive", redelivered=True)
    assert not store.events.close(KEYS, "dead"), "the one thought dead may not post any more"
    assert store.events.close(KEYS, "alive")


def test_an_event_whose_taker_was_silent_for_long_is_taken_over(store, clock):
    assert store.events.take(KEYS, "dead")
    clock.now += 59
    assert not store.events.take(KEYS, "alive")
    clock.now += 2
    assert store.events.take(KEYS, "alive")


def test_what_may_have_been_posted_is_never_taken_again(store, clock):
    store.events.take(KEYS, "one")
    assert store.events.close(KEYS, "one")
    clock.now += 3600
    assert not store.events.take(KEYS, "two", redelivered=True)
    assert not store.events.close(KEYS, "two")


def test_a_job_that_a_kill_left_behind_is_taken_over_after_its_time_and_a_done_one_never(store, clock):
    assert store.events.take(("digest 2026-11-23",), "dead", lease=300)
    clock.now += 299
    assert not store.events.take(("digest 2026-11-23",), "alive", lease=300)
    clock.now += 2
    assert store.events.take(("digest 2026-11-23",), "alive", lease=300)
    assert store.events.close(("digest 2026-11-23",), "alive")
    clock.now += 301
    assert not store.events.take(("digest 2026-11-23",), "third", lease=300)


def test_of_an_event_whose_keys_belong_to_two_processes_nothing_changes(store):
    store.events.take(("message C1 1.1",), "one")
    store.events.take(("event Ev1",), "two")
    assert not store.events.close(KEYS, "one")
    assert store.events.close(("event Ev1",), "two")


def run_at_once(work, count):
    threads = [threading.Thread(target=work, args=(name,)) for name in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def several(count, start=0):
    return [(f"event Ev{number}", f"message C1 {number}.1") for number in range(start, start + count)]


def test_several_events_are_taken_and_closed_at_once(store):
    events = several(20)
    assert store.events.take_all([Claim(keys) for keys in events], "one") == [True] * 20
    assert store.events.close_all(events, "one") == [True] * 20
    assert [store.events.take(keys, "two", redelivered=True) for keys in events] == [False] * 20


def test_of_several_events_those_of_others_are_refused_and_the_rest_is_taken(store):
    others, dead, new = several(3)
    store.events.take(others, "two")
    store.events.take(dead, "dead")
    twice = ("event again", new[1])
    claims = [Claim(others), Claim(dead, redelivered=True), Claim(new), Claim(twice)]
    assert store.events.take_all(claims, "one") == [False, True, True, False]
    assert store.events.close_all([others, dead, new], "one") == [False, True, True]
    assert store.events.close(others, "two"), "nothing of theirs was touched"


def test_several_events_that_came_while_the_database_was_away_can_be_posted(store):
    known, unknown = several(2)
    store.events.take(known, "one")
    assert store.events.close_all([known, unknown], "one") == [True, True]
    assert not store.events.take(unknown, "two", redelivered=True)


def test_an_event_that_was_released_is_taken_at_once(store):
    store.events.take(KEYS, "one")
    store.events.release(KEYS, "two")
    assert not store.events.take(KEYS, "two"), "only its taker can release it"
    store.events.release(KEYS, "one")
    assert store.events.take(KEYS, "two")


def test_an_event_that_came_while_the_database_was_away_can_be_posted(store):
    assert store.events.close(KEYS, "one")
    assert not store.events.take(KEYS, "two", redelivered=True)


def test_of_many_who_take_the_same_event_at_once_one_gets_it(store, address):
    rounds, takers = 20, 4
    wins: Counter[str] = Counter()

    def take(name):
        with_own_connection = open_store(address)
        for number in range(rounds):
            keys = (f"event {number}", f"message C1 {number}")
            ordered = keys if name % 2 else tuple(reversed(keys))
            if with_own_connection.events.take(ordered, str(name)):
                wins[number] += 1
        with_own_connection.close()

    run_at_once(take, takers)
    assert wins == dict.fromkeys(range(rounds), 1)


def test_of_many_who_take_the_same_events_together_one_gets_each(store, address):
    events, takers = several(60), 4
    wins: list[tuple[str, ...]] = []

    def take(name):
        with_own_connection = open_store(address)
        ordered = events if name % 2 else events[::-1]
        for start in range(0, 60, 10 + name):
            chosen = ordered[start : start + 10 + name]
            taken = with_own_connection.events.take_all([Claim(keys) for keys in chosen], str(name))
            wins.extend(keys for keys, mine in zip(chosen, taken, strict=True) if mine)
        with_own_connection.close()

    run_at_once(take, takers)
    assert sorted(wins) == sorted(events)


def test_the_place_of_a_reply_is_known_until_it_is_taken_away(store):
    store.events.record_reply("D1", "1.1", "1.2")
    store.events.record_reply("D1", "1.1", "1.3")
    assert store.events.reply_to("D1", "1.1") == "1.3"
    store.events.forget_reply("D1", "1.3")
    assert store.events.reply_to("D1", "1.1") is None


def test_events_are_forgotten_after_a_day_and_the_places_of_replies_after_a_month(store, clock):
    store.events.take(KEYS, "one")
    store.events.close(KEYS, "one")
    store.events.record_reply("D1", "1.1", "1.2")
    clock.now += timedelta(days=2).total_seconds()
    store.events.expire()
    assert store.events.take(KEYS, "two")
    assert store.events.reply_to("D1", "1.1") == "1.2"
    clock.now += timedelta(days=30).total_seconds()
    store.events.expire()
    assert store.events.reply_to("D1", "1.1") is None


def test_the_last_click_of_each_person_on_each_reply_counts(store):
    store.feedback.record("C1/1", "UBOB", "kinvolk", helpful=True)
    store.feedback.record("C1/1", "UBOB", "kinvolk", helpful=False)
    store.feedback.record("C1/1", "UCAROL", "kinvolk", helpful=True)
    store.feedback.record("C1/2", "UBOB", "kinvolk", helpful=True)
    [thumbs] = store.feedback.by_entry()
    assert (thumbs.entry, thumbs.up, thumbs.down) == ("kinvolk", 2, 1)


def test_a_reason_belongs_to_a_thumb_down(store):
    store.feedback.record("C1/1", "UBOB", "kinvolk", helpful=False)
    assert store.feedback.record_reason("C1/1", "UBOB", "  too \n old\0 ")
    assert not store.feedback.record_reason("C1/1", "UCAROL", "I never clicked")
    assert store.feedback.by_entry()[0].reasons == ("too old",)
    store.feedback.record("C1/1", "UBOB", "kinvolk", helpful=True)
    assert store.feedback.by_entry()[0].reasons == (), "a change of mind takes the reason back"
    assert not store.feedback.record_reason("C1/1", "UBOB", "still old")


def test_entries_with_the_worst_thumbs_come_first(store, clock):
    store.feedback.record("C1/1", "UBOB", "old", helpful=False)
    clock.now += 100
    for number in range(3):
        store.feedback.record(f"C1/{number}", "UCAROL", "bad", helpful=False)
    store.feedback.record("C1/9", "UBOB", "good", helpful=True)
    assert [thumbs.entry for thumbs in store.feedback.by_entry()] == ["bad", "old", "good"]
    assert [thumbs.entry for thumbs in store.feedback.by_entry(since=clock.now)] == ["bad", "good"]


def test_counts_add_up_a_day_at_a_time(store):
    monday = Counted("2026-11-23", "kinvolk", "answer", "mention")
    tuesday = Counted("2026-11-24", "", "no_answer", "command")
    store.counts.add({monday: 2})
    store.counts.add({monday: 1, tuesday: 5})
    store.counts.add({})
    assert store.counts.since() == {monday: 3, tuesday: 5}
    assert store.counts.since("2026-11-24") == {tuesday: 5}


def test_a_question_sent_on_stands_in_the_inbox_once(store):
    first, came = store.inbox.add(sent())
    again, came_again = store.inbox.add(sent("the same, pressed twice"))
    assert (came, came_again) == (True, False)
    assert again == first
    [item] = store.inbox.items()
    assert item.sent == sent()
    assert (item.status, item.sent_on, item.told, item.written) == ("open", True, False, False)


def test_any_text_can_be_sent_on(store):
    text = "\U0001f427 \x00\ud800 '; DROP TABLE inbox; -- \u202e " + "x" * 5000
    item, _ = store.inbox.add(sent(text))
    assert store.inbox.find(item.id).sent.text.startswith("\U0001f427 ? '; DROP TABLE inbox")
    assert len(item.sent.text) == 1900


def test_two_maintainers_decide_at_once_and_the_first_one_does(store):
    item, _ = store.inbox.add(sent())
    now, decided = store.inbox.handle(item.id, "answered", "UMAGGIE", entry="kinvolk")
    assert decided
    later, decided_again = store.inbox.handle(item.id, "dismissed", "UMARTIN")
    assert not decided_again
    assert later == now
    assert (now.status, now.entry, now.handled_by) == ("answered", "kinvolk", "UMAGGIE")
    assert store.inbox.items() == ()
    assert store.inbox.items(("answered",), written=False) == (now,)
    assert store.inbox.handle(999, "dismissed", "UMAGGIE") == (None, False)


def test_a_decision_can_be_taken_back_until_it_is_written(store):
    item, _ = store.inbox.add(sent())
    assert not store.inbox.reopen(item.id)
    store.inbox.handle(item.id, "not_for_faq", "UMAGGIE", topic="Weather")
    assert store.inbox.reopen(item.id)
    assert store.inbox.find(item.id) == item
    store.inbox.handle(item.id, "answered", "UMAGGIE", entry="kinvolk")
    store.inbox.record_written([item.id])
    assert not store.inbox.reopen(item.id)
    assert store.inbox.items(("answered",), written=False) == ()


def test_a_draft_may_get_another_decision_of_which_its_asker_hears(store):
    item, _ = store.inbox.add(sent())
    store.inbox.handle(item.id, "needs_entry", "UMAGGIE")
    assert store.inbox.untold() == (), "there is nothing to tell yet"
    store.inbox.record_written([item.id])
    assert [each.id for each in store.inbox.untold()] == [item.id]
    store.inbox.record_told(item.id)
    assert store.inbox.untold() == ()


def test_a_question_kept_without_its_askers_doing_is_another_thing_than_one_sent_on(store):
    store.inbox.add(sent(), sent_on=False)
    assert store.inbox.items() == ()
    assert len(store.inbox.items(kept=True)) == 1
    _, came = store.inbox.add(sent())
    assert came
    assert [item.sent_on for item in store.inbox.items()] == [True]


def test_after_the_retention_time_only_counts_are_left(store, clock):
    store.inbox.add(sent())
    store.feedback.record("C1/1", "UBOB", "kinvolk", helpful=True)
    counted = Counted("1970-01-12", "kinvolk", "answer", "mention")
    store.counts.add({counted: 1})
    clock.now += timedelta(days=29).total_seconds()
    store.expire(timedelta(days=30))
    assert len(store.inbox.items()) == 1
    clock.now += timedelta(days=2).total_seconds()
    store.expire(timedelta(days=30))
    assert (store.inbox.items(), store.feedback.by_entry()) == ((), ())
    assert store.counts.since() == {counted: 1}


def test_a_forgotten_person_leaves_nothing_and_others_stay(store):
    store.inbox.add(sent(source="1"))
    other, _ = store.inbox.add(sent(source="2", asker="UBOB"))
    store.inbox.handle(other.id, "dismissed", "UALICE")
    store.feedback.record("C1/1", "UALICE", "kinvolk", helpful=True)
    store.feedback.record("C1/1", "UBOB", "kinvolk", helpful=True)
    gone = store.forget("UALICE")
    assert (gone.questions, gone.thumbs, gone.decisions) == (1, 1, 1)
    assert [item.sent.asker for item in store.inbox.items(("open", "dismissed"))] == ["UBOB"]
    assert store.inbox.find(other.id).handled_by == ""
    assert store.feedback.by_entry()[0].up == 1
    assert store.forget("UALICE").questions == 0


def test_the_messages_that_show_a_forgotten_persons_questions_are_named(store):
    shown, _ = store.inbox.add(sent(source="1"))
    store.inbox.add(sent(source="2"))
    store.inbox.record_card(shown.id, "CMAINT/5.5")
    assert store.forget("UALICE").cards == ("CMAINT/5.5",)


def test_no_error_shows_what_people_asked(store):
    store.inbox.add(sent("What is the airspeed of a swallow?"))
    with store._database.reading() as connection:
        row = dict(connection.execute(select(inbox)).one()._mapping)
    with pytest.raises(IntegrityError) as raised, store._database.writing() as connection:
        connection.execute(insert(inbox).values(row))
    assert "swallow" not in "".join(traceback.format_exception(raised.value))


def test_what_was_saved_is_there_when_the_database_is_opened_again(store, address):
    store.inbox.add(sent())
    store.close()
    again = open_store(address)
    assert [item.sent.text for item in again.inbox.items()] == ["Does it run on toasters?"]
    again.close()
