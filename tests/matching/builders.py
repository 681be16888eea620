"""Small FAQs to test with."""

from bot.faq.entry import Entry, Signpost


def entry(question: str, *also_asked: str, answer: str = "An answer.") -> Entry:
    return Entry("-".join(question.lower().strip("?").split()), question, answer, also_asked)


def signpost(topic: str, *also_asked: str) -> Signpost:
    return Signpost(topic, also_asked, "Look elsewhere.")


def bakery() -> tuple[list[Entry], list[Signpost]]:
    """Three entries and two signposts, with a handful of phrasings each."""
    entries = [
        entry(
            "When is the bakery open?",
            "opening hours",
            "at what time do you close",
            "are you open on sundays",
            "how early in the morning can I buy bread",
            "closing time on saturday",
        ),
        entry(
            "Do you deliver?",
            "can you bring the cake to my house",
            "delivery fee",
            "how far do you drive to deliver an order",
            "shipping of bread to another town",
            "is there a courier who brings it",
        ),
        entry(
            "Which breads are free of gluten?",
            "gluten free options",
            "I have coeliac disease, what can I eat",
            "anything without wheat",
            "rice flour loaf for allergic people",
            "do the rolls contain gluten",
        ),
    ]
    signposts = [
        signpost("Jobs", "are you hiring bakers", "how do I apply for a job", "what is the salary", "apprenticeship"),
        signpost("Greetings", "hello", "hi there", "good morning", "hey"),
    ]
    return entries, signposts
