"""A line of text comes in, what it is goes out: a question, a title of an FAQ, or a title that asks nothing."""

import re
import unicodedata

_MARK = re.compile(r"[?？؟՞፧⁇⁈‽](?=[\s\"'”’»)\]*_.!,:;–—-]|$)|[？]")
_GREEK_MARK = re.compile(r"[Ͱ-Ͽἀ-῿][\s\"'»)]*[;\u037e]$")
_QUESTION_PREFIX = re.compile(
    r"\W{0,3}(?:"
    r"(?:Q|Question|Frage|Pregunta|Pergunta|Вопрос|Pytanie|Domanda|Soru|问题?|問題?|質問|문|질문)[ ._-]?[#№]?\d{0,3}[\]*)_]{0,3}"
    r"(?:\s?[:：|]|[.)](?=[\s*_])|\s?[-–—](?=\s))|[FPВD]\d{0,3}[*_]{0,3}:)[*_]{0,3}\s*(?=\S)",
    re.IGNORECASE,
)
_ANSWER_PREFIX = re.compile(
    r"\s*(?:[-*+]\s+)?[*_]{0,3}(?:A(?:nswer|ns)?|Antwort|Réponse|Respuesta|Resposta|Risposta|R|Ответ|О|答案?|回答|답변?)"
    r"[\s._-]*\d{0,3}\s*[*_]{0,3}\s*[:：]\s*[*_]{0,3}\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){1,3}[.):]?(?=\s+[^\W\da-z])|\(?\d{1,3}[.):\]、．](?!\d)\)?|#\d{1,3}[.:)]?|[A-Za-z]\)|§\s?\d+[.:]?)"
    r"\s*(?=\S)"
)
_FAQ = re.compile(
    r"\bfaqs?\b|f\.a\.q|frequently[\s-]+asked|(?:commonly|often)[\s-]+asked|common\s+questions|\bq\s*(?:&|and|/)\s*as?\b"
    r"|questions?\s*(?:&|and|/)\s*answers?|^questions$|\bquestions?\s+fr[ée]quen|foire\s+aux\s+questions"
    r"|h[äa]ufig\w*\s+(?:gestellte\s+)?fragen|fragen\s+und\s+antworten|preguntas\s+(?:\w+\s+)?frecuentes"
    r"|perguntas\s+(?:\w+\s+)?frequentes|domande\s+(?:\w+\s+)?frequenti|част\w+\s+(?:задаваем\w+\s+)?вопрос"
    r"|вопрос\w*\s+и\s+ответ|常见问题|常見問題|常见问答|常見問答|问答|よくある(?:ご)?質問|자주\s*(?:묻는|하는)\s*질문|veelgestelde\s+vragen"
    r"|s[ıi]k\w*\s+sorulan|câu\s+hỏi\s+thường|najczęściej\s+zadawane|vanliga\s+frågor|ofte\s+stil|usein\s+kysyt|întrebări\s+frecvente"
    r"|gyakori\s+kérdés|často\s+kladené|поширені\s+запитання|pertanyaan\s+(?:yang\s+)?(?:sering|umum)|الأسئلة\s+الشائعة|שאלות\s+נפוצות",
    re.IGNORECASE,
)
_STARTERS = re.compile(
    r"(?:how|what|why|when|where|who|whom|whose|which|can|could|do|does|did|don't|doesn't|is|isn't|are|aren't|was|were|will|won't|"
    r"would|should|shouldn't|may|must|have|has|had|what's|who's|how's|where's|why's|i|i'm|i've|i'd|my|we|our|help|"
    r"wie|was|warum|wieso|wer|wo|wann|welche\w?|kann|können|ist|sind|gibt|muss|darf|"
    r"comment|pourquoi|quel\w*|où|quand|combien|est-ce|qu'est-ce|puis-je|"
    r"cómo|qué|por qué|cuál\w*|cuándo|dónde|quién|puedo|como|o que|por que|qual|quais|posso|onde|"
    r"come|cosa|perché|quale|quando|dove|как|что|почему|где|когда|кто|какой|какие|можно|зачем|сколько|"
    r"hoe|wat|waarom|waar|hur|vad|varför|jak|co|dlaczego|nasıl|neden|nedir)\b(?![-/])",
    re.IGNORECASE,
)
_CJK = re.compile(
    r"什么|什麼|怎么|怎麼|怎样|如何|为什么|為什麼|为何|哪|吗$|嗎$|呢$|是否|能否|可否|ですか|ますか|のか$|なぜ|どう|何|か$|나요|까요|인가|무엇|어떻게|왜"
)
_NO_QUESTION = re.compile(
    r"(?:(?:table of )?contents?|toc|on this page|overview|introduction|intro|preface|summary|abstract|about(?: this (?:faq|page|document))?|"
    r"see also|further (?:reading|information|help|resources)|references?|(?:additional |other |more |useful |external )?(?:resources|links)|"
    r"related(?: \w+){0,2}|licen[cs]e|copyright|contributors?|contributing|acknowledge?ments?|credits|authors?|contact(?: us)?|support|feedback|"
    r"(?:getting|get|need|more|further)(?: more| further| additional)? (?:help|support|information|info)\??|next steps|what(?:'s|’s| is) next\??|learn more|read more|"
    r"(?:i |you )?(?:still |do you (?:still )?)?(?:have )?(?:an?y? |more |other |further |additional |any (?:other|more|further) )?questions?\s?\?*|"
    r"(?:still )?(?:got |have )?(?:more |other |any |any other |further |a )?questions?\s?\?*|still (?:need help|stuck|confused)\?*|"
    r"(?:didn['’]t|can['’]t|cannot|couldn['’]t|did not|don['’]t)(?: you)? (?:find|see) (?:what|your|an?|the) .{0,40}|"
    r"(?:report(?:ing)?|filing|file) (?:an? |the )?(?:bugs?|issues?|problems?)|(?:get(?:ting)?|keep) in touch(?: with us)?|"
    r"where to (?:get|find|ask for) (?:more )?(?:help|support|information)|(?:join )?(?:the |our )?community(?: (?:and )?support)?|"
    r"(?:is )?your question (?:is )?(?:not|isn['’]t|missing).{0,30}|change ?log|history|release notes|footnotes?|notes?|appendix|disclaimer|"
    r"table des matières|sommaire|inhalt(?:sverzeichnis)?|índice|sumário|содержание|оглавление|目录|目次|"
    r"(?:click|tap|press)?\s*(?:here )?(?:to )?(?:expand|show|hide|view|see|toggle)(?: more| all| details| code| example\w*)?.{0,12}|"
    r"details?|examples?|more|back to top|warning|note|tip|info|important|caution|danger|hint|attention|success|output|solution|answer)[.:!…]?",
    re.IGNORECASE,
)


def strip_title(text: str) -> tuple[str, bool]:
    """Take decoration, `Q:` and numbers off a title; tell whether it was marked as a question that way."""
    title = _undecorated(text)
    marked = is_marked(title)
    if marked:
        title = _undecorated(_QUESTION_PREFIX.sub("", title, count=1))
    if number := _NUMBER.match(title):
        title = title[number.end() :]
    if not marked and is_marked(title):
        marked, title = True, _QUESTION_PREFIX.sub("", title, count=1)
    return _undecorated(title) or text.strip(), marked


def is_marked(line: str) -> bool:
    """Tell whether a line begins with `Q:` or one of its kin."""
    return bool(_QUESTION_PREFIX.match(line))


def answer_mark(line: str) -> int:
    """Give the length of `A:` or one of its kin at the start of a line, 0 where there is none."""
    found = _ANSWER_PREFIX.match(line)
    return found.end() if found else 0


def asks(title: str) -> bool:
    """Tell whether a title has a question mark where one counts."""
    return bool(_MARK.search(title) or _GREEK_MARK.search(title)) or title.startswith("¿")


def seems_to_ask(title: str) -> bool:
    """Tell whether a title is a question or the complaint of somebody who has one ("I get an error")."""
    return asks(title) or bool(_STARTERS.match(title.lstrip("\"'“‘«*_ ").replace("’", "'"))) or bool(_CJK.search(title))


def is_faq_title(title: str) -> bool:
    """Tell whether a title announces questions and answers."""
    return len(title) < 120 and bool(_FAQ.search(title))


def asks_nothing(title: str) -> bool:
    """Tell whether a title is one of those that pages have around their questions: contents, see also, licence."""
    return bool(_NO_QUESTION.fullmatch(title.strip(" *_#"))) or not any(map(str.isalnum, title))


def _undecorated(text: str) -> str:
    """Take emoji, bullets and white space off both ends."""
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or _is_decoration(text[start])):
        start += 1
    while end > start and (text[end - 1].isspace() or _is_decoration(text[end - 1])):
        end -= 1
    return text[start:end]


def _is_decoration(character: str) -> bool:
    return character in "•·▶►▸‣◦¶⏎\u200b\u200d\ufe0f" or unicodedata.category(character) == "So"
