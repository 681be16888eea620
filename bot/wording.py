"""Every sentence that a person can read in Slack or in the terminal chat, as Markdown; small talk: bot/small_talk/.

Asker's text never comes in here; names, links and dates do.
"""

from datetime import date, timedelta

NONE_OF_THESE = "None of these"
NONE_OF_THESE_LABEL = "None of these questions is mine"
DID_YOU_MEAN = "Did you mean one of these?"
DID_YOU_MEAN_THIS = "Did you mean this?"
CLOSEST_ENTRIES = "I'm not sure. The closest entries are:"
CLOSEST_ENTRY = "I'm not sure. The closest entry is:"
UNCLEAR = "I can't tell what you mean by that alone. Please ask in a full sentence."
SHOW_CLOSEST = "Show the closest entries"
ALSO_ASKED = "And to your other question:"
ENTRY_GONE = "That entry is no longer in the FAQ. Please ask again."
CLICK_NOT_UNDERSTOOD = "I could not make sense of that click, so nothing was changed. Please ask again."
CLICK_NOT_CHECKED = (
    "My database is out of order, so I cannot check that click and changed nothing. Please try again in a few minutes."
)
TROUBLE = "Sorry, something went wrong on my side, so I have no answer for you right now. Please try again in a minute."
TOO_MANY = "That is more than I answer one person within a minute. Please wait a little, and ask again."
HELPFUL = "This helped"
NOT_HELPFUL = "This did not help"
THANKS_FOR_FEEDBACK = "Thank you, noted."
NOT_SAVED = "I could not save that: my database is out of order. Please try again in a few minutes."
SEND_ON = "Send my question to the maintainers"
SENT_ON = "Sent to the FAQ's maintainers, and stored for them. Thank you: that is how the FAQ learns."
SENT_ALREADY = "Your question is with the FAQ's maintainers already. Thank you."
NOT_YOURS_TO_SEND = "Only the person who asked can send this question to the maintainers."
GIVE_REASON = "Say why"
REASON_TITLE = "Why was it no help?"
REASON_LABEL = "In one line, for the FAQ's maintainers"
SUBMIT = "Send"
NO_RUNNERS_UP = "Sorry that it was no help."
REMOVE = "Remove this reply"
NOT_YOURS_TO_REMOVE = "Only the person who asked, and the FAQ's maintainers, can remove this reply."
SHARE = "Share in channel"
TOO_LATE_TO_SHARE = (
    "Slack takes no more posts from this message: it allows thirty minutes. Ask again, and share the new answer."
)
COULD_NOT_SHARE = "Slack did not take the answer for the channel just now. Please try again in a minute."
POST_IN_THREAD = "Post in thread"
POSTED = "Posted in the thread."
COULD_NOT_POST = "Slack did not let me post that there."
PICK_ANOTHER = "Pick another entry:"
NOT_SURE = "I am not sure that this is what was asked:"
PICK_ONE = "I am not sure what answers this. Pick an entry:"
NO_WORDS = "That message has no words that I can read. Pick an entry:"
SEARCH = "Search the FAQ"
LOOK_UP = "*Look a question up*"
SHOW = "Show"
BACK = "Previous page"
FORWARD = "Next page"
CLOSE = "Close"
MODAL_TITLE = "From the FAQ"
ANSWERED_BY = "Answered by ..."
NEEDS_ENTRY = "Needs a new entry"
NOT_FOR_FAQ = "Not for the FAQ"
NO_TOPIC = "None of these subjects"
DISMISS = "Dismiss"
INBOX = "Inbox"
INBOX_EMPTY = "No question waits."
INBOX_TITLE = "Inbox"
MAINTAINERS_ONLY = "Only the FAQ's maintainers can decide about this question."
ITEM_GONE = "This question is no longer in the inbox: it was deleted."
TOP_ENTRIES = "*Asked for most*"
BAD_ENTRIES = "*No help to some*"
NOT_FOR_THE_FAQ = "The FAQ's maintainers have read your question: it is not one for the FAQ."
TOLD_ANSWER = "The FAQ's maintainers have an answer to your question:"
COULD_NOT_POST_THERE = "Slack did not let me reply where you asked, so I reply here."
ONLY_WORDS = (
    "I can read only words, not files, images, audio or tables. Please type your question, and I'll look it up."
)
CUT_ANSWER = "… *(shortened: the rest is behind the link)*"
CUT_WITHOUT_LINK = "… *(shortened)*"
SHOW_ALL = "Show all"


def perhaps(choices: int) -> str:
    """Return the line above what a reader may have meant whom an answer did not help."""
    return f"{NO_RUNNERS_UP} {'Is your question one of these?' if choices > 1 else DID_YOU_MEAN_THIS}"


def offer(choices: int, *, likely: bool) -> str:
    """Return the line above one or more entries to choose from."""
    if likely:
        return DID_YOU_MEAN if choices > 1 else DID_YOU_MEAN_THIS
    return CLOSEST_ENTRIES if choices > 1 else CLOSEST_ENTRY


def _linked(words: str, address: str) -> str:
    return f"[{words}]({address})" if address else words


def no_answer(faq_url: str, help_text: str) -> str:
    """Return the sentence for nothing found, which is all that the bot can know, and where to go from here."""
    elsewhere = f" You may find help in {help_text}." if help_text else ""
    return f"I found nothing in {_linked('the FAQ', faq_url)} that answers this.{elsewhere}"


def help_for(command: str, faq_url: str) -> str:
    """Explain in a few lines how the bot is asked; `command` with its slash."""
    return (
        f"Ask me a question and I look it up in {_linked('the FAQ', faq_url)}. I answer when I am sure,"
        " offer choices when I am not, and say so when I find nothing.\n\n"
        "- In a channel or a thread: mention me with your question\n"
        f"- For your eyes only: `{command} your question`, or `{command} list` for all questions\n"
        "- In a direct message: just ask, or write `list`"
    )


def link_line(link: str, age: str | None) -> str:
    """Return the quiet line below an answer: its place in the full FAQ and, where the text is old, its age."""
    return " · ".join(part for part in (_linked("Read it in the full FAQ", link) if link else "", age) if part)


def age_of(written: date | None, today: date, old_after: timedelta) -> str | None:
    """Say when a text was written if that is longer ago than `old_after`."""
    is_old = written is not None and today - written > old_after
    return f"written in {written:%B %Y}" if is_old else None


def answered_above(question: str, where: str) -> str:
    """Point to an answer that stands in the thread already."""
    return f"**{question}** is answered {_linked('above in this thread', where)}."


def stands_above(question: str, where: str) -> str:
    """Tell a helper that the thread needs no second copy of an answer."""
    return f"Nothing was posted: **{question}** is answered {_linked('above in this thread', where)} already."


def on_behalf_of(helper: str) -> str:
    """Name the person (an escaped mention) who had a question answered for somebody else."""
    return f"answered from the FAQ on behalf of {helper}"


def shared_by(person: str) -> str:
    """Name the person (an escaped mention) who shared an answer."""
    return f"shared from the FAQ by {person}"


def sent_by(person: str, place: str) -> str:
    """Head a question in the inbox; both escaped mentions, the place empty for a private one."""
    return f"*A question* from {person} in {place}:" if place else f"*A question* from {person}:"


def best_guess(question: str, confidence: float) -> str:
    """Say which entry was likeliest when somebody asked; the question as mrkdwn."""
    return f"The likeliest entry then: {question}, at {confidence:.0%}"


def decided(status: str, subject: str, person: str) -> str:
    """Say what became of a question in the inbox; `subject` is an entry's question or a topic, `person` a mention."""
    what = {
        "answered": f"answered by *{subject}*",
        "needs_entry": "needs a new entry",
        "not_for_faq": f"not for the FAQ: {subject}" if subject else "not for the FAQ",
        "dismissed": "dismissed",
    }[status]
    return f"{what} ({person})" if person else what


def already_decided(what: str) -> str:
    """Tell a maintainer that another one was faster."""
    return f"Somebody was faster: {what}."


def more_in_inbox(count: int) -> str:
    """Say that more questions wait than are shown."""
    return f"... and {count} more: `flatcar-faq inbox`"


def for_person(person: str, sentence: str) -> str:
    """Address a sentence to a person (an escaped mention) in a thread."""
    return f"{person} {sentence}"


def week_of(first: date, last: date) -> str:
    """Head the numbers of a week."""
    return f"The week in numbers: {first.day} {first:%B} to {last.day} {last:%B}"


def choices_made(chosen: int, none_of_these: int) -> str:
    """Say what people did where the bot was in doubt."""
    return f" Where in doubt, {chosen} chose an entry, {none_of_these} none of them."


def week_in_numbers(asked: int, answered: int, doubtful: int, unanswered: int, up: int, down: int) -> str:
    """Sum up the last seven days."""
    if not asked:
        return "Nobody asked anything."
    return (
        f"{asked} asked: {answered} answered, {doubtful} in doubt, {unanswered} without an answer."
        f" Thumbs: {up} up, {down} down."
    )


def waiting(count: int) -> str:
    """Say how many questions wait in the inbox."""
    return f"{count} question{'s wait' if count != 1 else ' waits'} in the inbox."


def entry_count(question: str, count: int) -> str:
    """Say how often an entry was given."""
    return f"{count} × {question}"


def entry_thumbs(question: str, down: int, up: int, reasons: tuple[str, ...]) -> str:
    """Say how many found an entry no help, and why."""
    said = "".join(f"\n    _{reason}_" for reason in reasons[:3])
    return f"{down} down, {up} up: {question}{said}"


def all_questions(count: int) -> str:
    """Head the list of all questions."""
    return f"The FAQ has {count} questions:"


def page_of(page: int, pages: int) -> str:
    """Say which page of a list is shown, counted from 1."""
    return f"Page {page} of {pages}"


def about(faq_url: str, help_text: str, *, keeps_unanswered: bool = False) -> str:
    """Say on the Home tab what the bot is and what it does not do; what it stores depends on a setting."""
    stored = (
        "I keep questions that I cannot answer for the FAQ's maintainers"
        if keeps_unanswered
        else "I store no question unless its asker sends it to the maintainers"
    )
    return (
        f"I look questions up in {_linked('the full FAQ', faq_url)}. When I am sure I answer; when I am not, I offer"
        " entries to choose from; when I find nothing I say so. I read only what is addressed to me,"
        f" {stored}, and every word I say stands in the FAQ."
    ) + (f"\n\nWhat the FAQ does not answer: you may find help in {help_text}." if help_text else "")
