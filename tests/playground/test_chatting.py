"""Chatting on the page: write, click, edit, and see at once what others do."""

import re

from playwright.async_api import expect


async def test_the_first_answer_is_one_click_away(alice):
    await alice.find(".examples button", "clear").click()
    reply = await alice.reply()
    await expect(reply).to_contain_text("Read it in the full FAQ")
    await expect(alice.find("#messages .replies")).to_contain_text("1 reply")
    await expect(alice.find(".welcome")).to_have_count(0)


async def test_each_example_shows_what_its_label_says(open_window):
    alice = await open_window("/?in=direct")
    sorts = ["clear", "doubtful", "not in the FAQ", "typos", "chatty"]
    assert await alice.find(".examples .tag").all_inner_texts() == sorts
    for count, sort in enumerate(sorts, start=1):
        if count > 1:
            await alice.button("Example questions").click()
        await alice.find(".examples button, #examples-menu button", sort).first.click()
        await expect(alice.find("#messages .message[data-bot]")).to_have_count(count)
    replies = alice.find("#messages .message[data-bot]")
    has_link = [await replies.nth(i).locator(".b-context", has_text="full FAQ").count() for i in range(5)]
    assert has_link == [1, 0, 0, 1, 1]
    await expect(replies.nth(1).get_by_role("button", name="None of these questions is mine")).to_be_visible()


async def test_enter_sends_and_shift_enter_begins_a_new_line(alice):
    await alice.page.fill("#say", "first")
    await alice.page.press("#say", "Shift+Enter")
    await alice.page.type("#say", "second")
    await alice.page.press("#say", "Enter")
    await expect(alice.find("#messages .message .text")).to_have_text("firstsecond")
    assert await alice.find("#messages .message .text br").count() == 1
    await expect(alice.find("#say")).to_have_value("")


async def test_a_mention_is_completed_with_the_keyboard(alice):
    await alice.page.type("#say", "@")
    await expect(alice.find("#suggest [role=option]")).to_have_text(["@flatcar-faq", "@bob", "@maria"])
    await alice.page.press("#say", "ArrowDown")
    await expect(alice.find("#suggest [aria-selected=true]")).to_have_text("@bob")
    await alice.page.press("#say", "ArrowUp")
    await alice.page.press("#say", "Tab")
    await expect(alice.find("#say")).to_have_value("@flatcar-faq ")
    await alice.page.type("#say", "@b")
    await alice.page.press("#say", "Escape")
    await expect(alice.find("#suggest")).to_be_hidden()


async def test_a_command_is_hinted_at_and_its_reply_is_for_the_asker_alone(alice, open_window):
    bob = await open_window(person="bob")
    await alice.page.type("#say", "/fl")
    await expect(alice.find("#suggest [role=option]")).to_contain_text("/flatcar-faq")
    await alice.page.press("#say", "Enter")
    await alice.page.type("#say", "who pays for flatcar?")
    await alice.page.press("#say", "Enter")
    reply = alice.find("#messages .message[data-bot]")
    await expect(reply).to_contain_text("Only visible to you")
    await expect(bob.find("#messages .message")).to_have_count(0)
    await alice.button("Share in channel").click()
    await expect(bob.find("#messages .message[data-bot]")).to_contain_text("shared from the FAQ by @alice")
    await expect(alice.find(".private-note")).to_have_count(0)


async def test_a_click_on_a_suggestion_turns_it_into_the_answer_in_every_window(alice, open_window):
    bob = await open_window(person="bob")
    reply = await alice.ask("What will change for Container Linux?")
    await bob.find("#messages .replies").click()
    await reply.get_by_role("button", name="How does this affect Container Linux users?").click()
    for window in (alice, bob):
        await expect(window.find("#side-body .message[data-bot]")).to_contain_text("Read it in the full FAQ")


async def test_what_one_writes_another_sees_without_losing_the_own_words(alice, open_window):
    bob = await open_window(person="bob")
    await bob.page.type("#say", "I was about to")
    await alice.say("look at this *bold* move")
    await expect(bob.find("#messages .message strong")).to_have_text("bold")
    await expect(bob.find("#say")).to_have_value("I was about to")
    await expect(bob.find("#say")).to_be_focused()


async def test_own_messages_are_edited_and_deleted_and_nobody_elses(alice, open_window):
    bob = await open_window(person="bob")
    await alice.say("teh cat & <dog> @bob")
    mine = alice.find("#messages .message")
    await alice.menu_of(mine, "Edit")
    box = alice.page.get_by_label("Change the message")
    await expect(box).to_have_value("teh cat & <dog> @bob")
    await box.fill("the cat")
    await box.press("Enter")
    await expect(bob.find("#messages .message")).to_contain_text("the cat (edited)")
    seen = bob.find("#messages .message")
    await seen.hover()
    await seen.get_by_role("button", name="More", exact=True).click()
    await expect(bob.page.get_by_role("menuitem", name="Answer from the FAQ")).to_be_visible()
    await expect(bob.page.get_by_role("menuitem", name="Delete")).to_have_count(0)
    await alice.menu_of(mine, "Delete")
    await expect(bob.find("#messages .message")).to_have_count(0)


async def test_an_edit_that_is_given_up_changes_nothing(alice):
    await alice.say("as it was")
    await alice.menu_of(alice.find("#messages .message"), "Edit")
    await alice.page.get_by_label("Change the message").fill("otherwise")
    await alice.page.keyboard.press("Escape")
    await expect(alice.find("#messages .message .text")).to_have_text("as it was")


async def test_an_edited_question_in_a_direct_message_gets_a_new_answer(open_window):
    alice = await open_window("/?in=direct")
    await alice.say("who pays for flatcar?")
    await expect(alice.find("#messages .message[data-bot]")).to_contain_text("funded")
    await alice.menu_of(alice.find("#messages .message").first, "Edit")
    await alice.page.get_by_label("Change the message").fill("who is kinvolk?")
    await alice.button("Save").click()
    await expect(alice.find("#messages .message[data-bot]").last).to_contain_text("Berlin")


async def test_the_asker_removes_a_reply_with_its_menu(alice):
    reply = await alice.ask("Who is Kinvolk?")
    await reply.get_by_role("button", name="More actions").click()
    await alice.page.get_by_role("menuitem", name="Remove this reply").click()
    await expect(alice.find("#side-body .message[data-bot]")).to_have_count(0)


async def test_thumbs_down_offers_other_entries_to_the_one_who_clicked(alice):
    await alice.ask("Who is Kinvolk?")
    reply = alice.find("#side-body .message[data-bot]").first
    await reply.get_by_role("button", name="This did not help").click()
    await expect(alice.find(".message.private").first).to_contain_text("Sorry that it was no help")
    pressed = alice.find("#side-body").get_by_role("button", name="This did not help")
    await expect(pressed).to_have_attribute("aria-pressed", "true")


async def test_a_helper_answers_somebody_else_with_the_shortcut(alice, open_window):
    await alice.say("hm, who is kinvolk?")
    bob = await open_window(person="bob")
    await bob.menu_of(bob.find("#messages .message"), "Answer from the FAQ")
    preview = bob.find(".message.private").first
    await expect(preview).to_contain_text("Who is Kinvolk?")
    box = preview.get_by_role("combobox")
    await box.fill("fund")
    await bob.find(".options [role=option]", "How is Flatcar Linux funded?").click()
    # The picker shows the question at once, the answer comes with the message that replaces it, buttons and all.
    await expect(bob.find(".message.private").first).to_contain_text("all of the funding")
    await bob.button("Post in thread").first.click()
    await expect(alice.find("#messages .replies")).to_contain_text("1 reply")


async def test_a_reply_in_a_thread_stays_in_the_thread(alice):
    await alice.ask("Who is Kinvolk?")
    await alice.say("@flatcar-faq and who pays?", box="#side-composer textarea")
    await expect(alice.find("#side-body .message[data-bot]")).to_have_count(2)
    await expect(alice.find("#messages .message")).to_have_count(1)
    await expect(alice.find("#messages .replies")).to_contain_text("3 replies")


async def test_a_reaction_is_counted_once_a_person(alice, open_window):
    bob = await open_window(person="bob")
    await alice.say("cake in the kitchen")
    for window in (alice, bob):
        message = window.find("#messages .message")
        await message.hover()
        await message.get_by_role("button", name="React").click()
        await window.page.get_by_role("menuitem", name="tada").click()
    await expect(alice.find(".reactions button")).to_have_text(re.compile("2"))
    await alice.find(".reactions button").click()
    await expect(alice.find(".reactions button")).to_have_text(re.compile("2"))


async def test_somebody_new_joins_and_speaks(alice):
    await alice.find(".me").click()
    await alice.page.get_by_label("Name of somebody new").fill("Zoe")
    await alice.page.keyboard.press("Enter")
    await expect(alice.find(".me-name")).to_have_text("zoe")
    await alice.say("hello")
    await expect(alice.find("#messages .byline")).to_contain_text("zoe")


async def test_news_elsewhere_are_marked_until_they_are_seen(alice, open_window):
    bob = await open_window("/?in=random", person="bob")
    await bob.say("psst")
    door = alice.find(".door", "random")
    await expect(door).to_have_class(re.compile("unread"))
    await door.click()
    await expect(alice.find("#messages .message")).to_contain_text("psst")
    await expect(door).not_to_have_class(re.compile("unread"))


async def test_an_address_leads_back_to_the_same_place(alice):
    await alice.ask("Who is Kinvolk?")
    await alice.page.reload()
    await expect(alice.find("#side-body .message[data-bot]")).to_contain_text("Berlin")
    await alice.find(".door", "random").click()
    await expect(alice.find("h1")).to_have_text("random")
    await alice.page.go_back()
    await expect(alice.find("#side-body .message[data-bot]")).to_contain_text("Berlin")


async def test_start_over_leaves_an_empty_workspace(alice):
    await alice.ask("Who is Kinvolk?")
    await alice.button("Start over").click()
    await expect(alice.find(".welcome")).to_be_visible()
    await expect(alice.find("#side")).to_be_hidden()


async def test_where_the_bot_is_no_member_the_page_says_so(open_window):
    alice = await open_window("/?in=elsewhere")
    await expect(alice.find(".welcome")).to_contain_text("has no bot")
    await alice.say("/flatcar-faq who is kinvolk?")
    await expect(alice.find(".message.private")).to_contain_text("Berlin")


async def test_a_screen_reader_is_told_of_the_reply(alice):
    await alice.ask("Who is Kinvolk?")
    await expect(alice.find("#announcer")).to_contain_text("flatcar-faq")
    await expect(alice.find("#announcer")).to_contain_text("Berlin")


async def test_the_answer_that_was_chosen_gets_the_focus_and_is_read_without_its_menu(alice):
    reply = await alice.ask("Who is Kinvolk?")
    await expect(alice.find("#announcer")).not_to_contain_text("Remove this reply")
    await reply.get_by_role("button", name="This did not help").click()
    offer = alice.find("#side-body .message.private").last
    choice = offer.locator(".b-actions button").first
    question = await choice.inner_text()
    await choice.focus()
    await alice.page.keyboard.press("Enter")
    chosen = alice.find("#side-body .message.private", question).last
    await expect(chosen.get_by_role("button", name="This helped")).to_be_visible()
    await expect(chosen).to_be_focused()
    await expect(alice.find("#announcer")).to_contain_text(question)
    await expect(alice.find("#announcer")).not_to_contain_text("None of these")


async def test_a_question_that_does_not_mention_the_bot_is_sent_to_it_with_one_click(alice):
    await alice.say("who is kinvolk?")
    await expect(alice.find("#composer .help")).to_contain_text("The bot did not hear that")
    await expect(alice.find("#announcer")).to_contain_text("The bot did not hear that")
    await alice.button("Ask the bot").click()
    await expect(await alice.reply()).to_contain_text("Berlin")
    await expect(alice.button("Ask the bot")).to_have_count(0)


async def test_the_bot_is_mentioned_in_capitals_too_and_a_mail_address_mentions_nobody(alice, slack):
    people = dict(slack.workspace.people)
    await alice.say("@Flatcar-FAQ Who is Kinvolk? Write to me@example.org or @nobody")
    await expect(await alice.reply()).to_contain_text("Berlin")
    await expect(alice.find("#messages .message").first.locator(".mention")).to_have_text(["@flatcar-faq"])
    assert slack.workspace.people == people


async def test_who_reads_further_up_is_told_of_news_and_led_there(alice, open_window):
    bob = await open_window(person="bob")
    for number in range(12):
        await bob.say(f"line {number}\n\n\n\n\n\nend")
    await expect(alice.find("#messages .message")).to_have_count(12)
    await alice.find("#messages").evaluate("(box) => { box.scrollTop = 0; }")
    await expect(alice.button("To the latest")).to_be_visible()
    await bob.say("are you there?")
    await alice.button("New messages").click()
    await expect(alice.find("#messages .message").last).to_be_in_viewport()
    await expect(alice.find("main .to-end")).to_be_hidden()
    await alice.find("#messages").evaluate("(box) => { box.scrollTop = 0; }")
    await alice.say("here I am")
    await expect(alice.find("#messages .message").last).to_be_in_viewport()


async def test_the_last_own_message_is_changed_with_the_arrow_key(alice):
    await alice.say("one")
    await alice.say("too")
    await expect(alice.find("#messages .message")).to_have_count(2)
    await alice.page.press("#say", "ArrowUp")
    box = alice.page.get_by_label("Change the message")
    await expect(box).to_have_value("too")
    await box.fill("two")
    await box.press("Enter")
    await expect(alice.find("#messages .message").last).to_contain_text("two (edited)")


async def test_a_playground_that_has_ended_is_told_of_until_it_is_back(open_window):
    alice = await open_window("/?in=random")
    await alice.page.route("**/control/changes?*", lambda route: route.abort())
    await alice.page.reload()
    await expect(alice.find("#gone")).to_contain_text("The playground has ended")
    await alice.page.unroute("**/control/changes?*")
    await expect(alice.find("#gone")).to_be_hidden()
    alice.complaints[:] = [each for each in alice.complaints if "ERR_FAILED" not in each]
