"""The words by which titles are known, in many languages; patterns only, nothing is decided here."""

FAQ_TITLES = (
    r"\bfaqs?\b",
    r"f\.a\.q",
    r"frequently[\s-]+asked",
    r"(?:commonly|often)[\s-]+asked",
    r"common\s+questions",
    r"\bq\s*(?:&|and|/)\s*as?\b",
    r"questions?\s*(?:&|and|/)\s*answers?",
    r"^questions$",
    r"\bquestions?\s+fr[ée]quen",
    r"foire\s+aux\s+questions",
    r"h[äa]ufig\w*\s+(?:gestellte\s+)?fragen",
    r"fragen\s+und\s+antworten",
    r"preguntas\s+(?:\w+\s+)?frecuentes",
    r"perguntas\s+(?:\w+\s+)?frequentes",
    r"domande\s+(?:\w+\s+)?frequenti",
    r"част\w+\s+(?:задаваем\w+\s+)?вопрос",
    r"вопрос\w*\s+и\s+ответ",
    r"поширені\s+запитання",
    r"常见问题|常見問題|常见问答|常見問答|问答",
    r"よくある(?:ご)?質問",
    r"자주\s*(?:묻는|하는)\s*질문",
    r"veelgestelde\s+vragen",
    r"s[ıi]k\w*\s+sorulan",
    r"câu\s+hỏi\s+thường",
    r"najczęściej\s+zadawane",
    r"často\s+kladené",
    r"vanliga\s+frågor",
    r"ofte\s+stil",
    r"usein\s+kysyt",
    r"întrebări\s+frecvente",
    r"gyakori\s+kérdés",
    r"pertanyaan\s+(?:yang\s+)?(?:sering|umum)",
    r"الأسئلة\s+الشائعة",
    r"שאלות\s+נפוצות",
)
"""What a title that announces questions and answers holds."""

HELP_TITLES = (
    r"(?:\w+ ){0,2}trouble[\s-]?shooting(?: \w+){0,2}",
    r"(?:common|frequent|known)(?: and (?:common|frequent|known))? (?:issues|problems|errors|pitfalls)(?: and \w+)?",
    r"fehlerbehebung|fehlersuche|dépannage|solución de problemas|solução de problemas|устранение неполадок",
    r"故障排除|疑难解答|トラブルシューティング|문제 해결",
)
"""What a page is titled whose headings are complaints; a section of that title may be part of any page."""

STARTERS = (
    "how|what|why|when|where|who|whom|whose|which|can|could|do|does|did|don't|doesn't|is|isn't|are|aren't|was|were",
    "will|won't|would|should|shouldn't|may|must|have|has|had|what's|who's|how's|where's|why's",
    "i|i'm|i've|i'd|my|we|our|help",
    "wie|was|warum|wieso|wer|wo|wann|welche\\w?|kann|können|ist|sind|gibt|muss|darf",
    "comment|pourquoi|quel\\w*|où|quand|combien|est-ce|qu'est-ce|puis-je",
    "cómo|qué|por qué|cuál\\w*|cuándo|dónde|quién|puedo|como|o que|por que|qual|quais|posso|onde",
    "come|cosa|perché|quale|quando|dove|hoe|wat|waarom|waar|hur|vad|varför",
    "как|что|почему|где|когда|кто|какой|какие|можно|зачем|сколько|jak|co|dlaczego|nasıl|neden|nedir",
)
"""How a title begins that asks, or complains of something."""

QUESTION_WORDS = (
    "什么|什麼|怎么|怎麼|怎样|如何|为什么|為什麼|为何|哪|吗$|嗎$|呢$|是否|能否|可否",
    "ですか|ますか|のか$|なぜ|どう|何|か$",
    "나요|까요|인가|무엇|어떻게|왜",
)
"""What a title that asks holds, in scripts that put no spaces between words."""

QUESTION_NAMES = (
    "Q|Question|Frage|Pregunta|Pergunta|Вопрос|Pytanie|Domanda|Soru|问题?|問題?|質問|문|질문"  # what stands before `:`
)
ANSWER_NAMES = "A(?:nswer|ns)?|Antwort|Réponse|Respuesta|Resposta|Risposta|R|Ответ|О|答案?|回答|답변?"

MENTIONS_FAQ = (
    r"\bfaqs?\s+(?:is|are|was|were|says?|said|states?|mentions?|claims?|does|did|has|have|will|can|cannot)\b"
    r"|\bfaqs?\s+(?:dit|sagt|dice|ist|est|es)\b"
    r"|\b(?:in|from|by|per|following|read|despite|not|sagt|laut) "
    r"(?:(?:the|this|your|our|my|previous|old|der|die|la) )+faqs?\b"
)
"""Sentences about an FAQ, which announce none."""

AROUND_IDS = (
    "further (?:reading|information|resources|help)(?: \\w+){0,2}",
    "(?:additional|other|more|useful|external|related) (?:\\w+ ?){1,3}",
    "what ?s next|next|see also|learn more|read more|toc|contents|table of contents|intro|about",
)
"""Ids of such titles, with blanks for hyphens: translations keep them."""

AROUND = (
    "(?:table of )?contents?|toc|on this page|overview|introduction|intro|preface|summary|abstract",
    "about(?: this (?:faq|page|document))?|see also|references?|related(?: \\w+){0,2}",
    "further (?:reading|information|help|resources)",
    "(?:additional |other |more |useful |external )?(?:resources|links)",
    "licen[cs]e|copyright|contributors?|contributing|acknowledge?ments?|credits|authors?",
    "contact(?: us)?|support|feedback",
    "",
    "(?:getting|get|need|more|further)(?: more| further| additional)? (?:help|support|assistance|information|info)\\??",
    "next steps|what ?(?:['’]?s| is) next\\??|learn more|read more",
    "table of contents",
    "(?:i |you )?(?:do you )?(?:still )?(?:have )?(?:an?y? |more |other |further |additional )?questions?\\s?\\?*",
    "(?:do you (?:still )?)?have any (?:other|more|further) questions\\s?\\?*",
    "(?:still )?(?:got |have )?(?:more |other |any |any other |further |a )?questions?\\s?\\?*",
    "still (?:need help|stuck|confused)\\?*",
    "(?:didn['’]t|can['’]t|cannot|couldn['’]t|did not|don['’]t)(?: you)? (?:find|see) (?:what|your|an?|the) .{0,40}",
    "(?:is )?your question (?:is )?(?:not|isn['’]t|missing).{0,30}",
    "(?:report(?:ing)?|filing|file) (?:an? |the )?(?:bugs?|issues?|problems?)",
    "(?:get(?:ting)?|keep) in touch(?: with us)?|(?:join )?(?:the |our )?community(?: (?:and )?support)?",
    "where to (?:get|find|ask for) (?:more )?(?:help|support|information)",
    "change ?log|history|release notes|footnotes?|notes?|appendix|disclaimer|back to top",
    "table des matières|sommaire|inhalt(?:sverzeichnis)?|índice|sumário|indice|inhoud|spis treści|innehåll",
    "содержание|оглавление|зміст|目录|目錄|目次|목차",
    "siehe auch|weiterführende \\w+|weitere (?:informationen|links|ressourcen|hilfe)",
    "mehr (?:dazu|erfahren)|literatur|links",
    "voir aussi|liens(?: (?:utiles|externes))?|pour (?:aller plus loin|en savoir plus)",
    "en savoir plus|ressources(?: \\w+)?",
    "v[eé]a(?:se)? también|ver también|m[aá]s información|enlaces(?: \\w+)?|recursos(?: \\w+)?",
    "lecturas? (?:adicional\\w*|recomendad\\w*)",
    "ve(?:ja|r) também|leia (?:mais|também)|saiba mais|leitura adicional|mais informações",
    "vedi anche|altre risorse|collegamenti",
    "zie ook|meer informatie|verder lezen|zobacz też|więcej informacji|ayrıca bakınız|se även|läs mer",
    "(?:см\\.?|смотрите) также|ссылки",
    "дополнительн\\w+ (?:материалы|информация|ресурсы|чтение|литература)|что (?:дальше|почитать)",
    "参考(?:资料|文献|链接|リンク|情報|資料|サイト)?|參考資料|相关(?:链接|资源|阅读|文档)|相關連結|延伸阅读|延伸閱讀",
    "扩展阅读|更多(?:信息|资源|资料|阅读|帮助)|后续步骤|接下来|下一步|另请参阅",
    "(?:さらに|より)詳し(?:く|い情報)(?:源)?|関連(?:リンク|情報|項目|ページ|資料|記事)|参照|次のステップ",
    "もっと(?:詳しく|知る)|その他の(?:リソース|情報)|リンク集",
    "참고(?: ?자료| ?문헌| ?링크)?|관련 ?(?:링크|자료|문서)|더 ?(?:알아보기|읽을거리|읽어보기|보기)",
    "다음 ?단계|추가 ?(?:자료|정보)",
    "introducción|introdução|introduzione|einleitung|einführung|überblick|aperçu|введение",
    "вступление|обзор|简介|介绍|概述|概要|はじめに|소개|개요",
    "(?:click|tap|press)?\\s*(?:here )?(?:to )?(?:expand|show|hide|view|see|toggle)(?: more| all| code)?.{0,12}",
    "details?|examples?|more|warning|note|tip|info|important|caution|danger|hint|attention",
    "success|output|solution|answer",
)
"""Titles that stand around questions and ask nothing themselves."""
