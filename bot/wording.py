"""Every sentence that a person can read in Slack or in the terminal chat, as Markdown; small talk: bot/small_talk/.

Asker's text never comes in here; names, links and dates do.
"""

from datetime import date, timedelta

NONE_OF_THESE = "None of these"
NONE_OF_THESE_LABEL = "None of these questions is mine"
DID_YOU_MEAN = "Did you mean one of these?"
ALSO_ASKED = "And to your other question:"
ENTRY_GONE = "That entry is no longer in the FAQ. Please ask again."
CLICK_NOT_UNDERSTOOD = "I could not make sense of that click, so nothing was changed. Please ask again."
TROUBLE = "Sorry, something went wrong on my side, so I have no answer for you right now. Please try again in a minute."
CUT_ANSWER = "… *(shortened: the rest is behind the link)*"


def no_answer(faq_url: str, help_text: str) -> str:
    """Say honestly that the FAQ has no answer, and where to go from here."""
    return f"I have no answer to that in [the FAQ]({faq_url}). You may find help in {help_text}."


def help_for(command: str, faq_url: str) -> str:
    """Explain in a few lines how the bot is asked; `command` with its slash."""
    return (
        f"Ask me a question and I look it up in [the FAQ]({faq_url}). I answer when I am sure,"
        " offer choices when I am not, and say so when the FAQ has no answer.\n\n"
        "- In a channel or a thread: mention me with your question\n"
        f"- For your eyes only: `{command} your question`\n"
        "- In a direct message: just ask"
    )


def link_line(link: str, age: str | None) -> str:
    """Give the quiet line below an answer: its place in the full FAQ and, where the text is old, its age."""
    return " · ".join(part for part in (f"[Read it in the full FAQ]({link})", age) if part)


def age_of(written: date | None, today: date, old_after: timedelta) -> str | None:
    """Say when a text was written if that is longer ago than `old_after`."""
    is_old = written is not None and today - written > old_after
    return f"written in {written:%B %Y}" if is_old else None
