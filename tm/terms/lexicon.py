"""English word lists. Data only."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


def word_list(text: str) -> tuple[str, ...]:
    """The words of a text, in order."""
    return tuple(text.split())


STOP_WORDS = word_set(
    """a an the this that these those such same another other others any some all both each every
    no not nor and or but if then than as at by for from in into of off on onto out over per to up
    upon with within without about above across after against along among around before behind
    below beneath beside besides between beyond despite down during except inside like near
    outside since through throughout till toward towards under until via while whereas although
    though because so whether when where which who whom whose what how why i me my myself we
    us our ours ourselves you your yours he him his himself she her hers herself it its itself
    they them their theirs themselves one there here is am are was were be been being has have had
    having do does did doing done will would shall should can could may might must cannot don't
    didn't isn't aren't wasn't weren't won't wouldn't can't couldn't doesn't hasn't haven't hadn't
    it's that's he's she's they're we're i'm you're also too very more most much many less least
    few several just only even still yet already again ever never now however therefore thus
    meanwhile rather quite almost nearly too well s t"""
)
#: Function words that may stand inside a phrase.
INSIDE = word_set("of the and for")
#: Verbs of reporting stand beside every term and belong to none.
REPORTING = word_set(
    """said says say saying told tells tell added adds adding noted explained explains reported
    reports claimed stressed pointed complained warned continued according"""
)

_VERBS = {
    "say": "says said saying", "tell": "told", "die": "died dies dying dead",
    "go": "went gone goes", "take": "took taken", "give": "gave given", "make": "made making",
    "come": "came",
    "see": "saw seen", "know": "knew known", "find": "found", "lead": "led", "hold": "held",
    "begin": "began begun", "buy": "bought", "sell": "sold", "bring": "brought", "send": "sent",
    "pay": "paid", "catch": "caught", "fall": "fell fallen", "fight": "fought", "flee": "fled",
    "freeze": "froze frozen", "grow": "grew grown", "hear": "heard", "keep": "kept",
    "leave": "left", "lose": "lost", "meet": "met meeting meetings", "rise": "rose risen",
    "run": "ran running", "seek": "sought", "shoot": "shot", "speak": "spoke spoken",
    "spend": "spent", "stand": "stood", "steal": "stole stolen", "strike": "struck stricken",
    "swear": "swore sworn", "teach": "taught", "think": "thought", "throw": "threw thrown",
    "win": "won winning", "write": "wrote written", "drink": "drank drunk",
    "choose": "chose chosen", "build": "built", "bear": "born borne", "kill": "killing",
}  # fmt: skip
_NOUNS = {
    "man": "men", "woman": "women", "child": "children", "person": "people persons",
    "foot": "feet", "crisis": "crises", "analysis": "analyses", "wife": "wives", "life": "lives",
    "knife": "knives", "leaf": "leaves", "half": "halves", "wolf": "wolves", "thief": "thieves",
    "center": "centre", "defense": "defence", "program": "programme",
}  # fmt: skip

_AUXILIARIES = {
    "be": "am is are was were been being", "have": "has had having",
    "do": "does did done doing", "will": "would", "can": "could", "may": "might",
}  # fmt: skip

#: Irregular forms of verbs, each with the verb it belongs to.
IRREGULAR_VERBS = {
    form: lemma for lemma, forms in _VERBS.items() for form in (*forms.split(), lemma)
}
#: These, auxiliaries, irregular plurals and British spellings, each with the word it belongs to.
IRREGULAR = IRREGULAR_VERBS | {
    form: lemma
    for lemma, forms in (_NOUNS | _AUXILIARIES).items()
    for form in (*forms.split(), lemma)
}

#: Words in -ed that are no past forms.
NO_PAST_FORMS = word_set("moneyed hundred bloodshed watershed hatred")
#: Past forms that are verbs and hardly anything else: no phrase starts or ends with them.
PAST_FORMS = word_set(
    """went gone took taken gave given made came saw seen knew known found led held began begun
    bought sold brought sent paid caught fell fought fled grew heard kept lost met rose ran sought
    spoke spent stood stole struck taught thought threw won wrote drank chose built"""
)
