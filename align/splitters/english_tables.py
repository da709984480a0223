"""What the English rules know about words, apart from what they do with it."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Before a name, written with a capital; never at the end of a sentence. All tables of
#: abbreviations are in lower case and without the final period.
TITLES = _words(
    """
    dr mr mrs ms mx messrs mme mlle prof rev fr hon gen lt col maj capt cpt cmdr cdr adm sgt
    cpl pvt brig sen rep gov pres amb supt insp det dep asst assoc sec'y atty dist gens sens
    reps mt ft lt.gen maj.gen brig.gen lt.col vice-adm nat'l int'l
    """
)
#: In the middle of a sentence only, however written.
MIDDLE = _words("vs v e.g i.e cf viz approx incl esp ca est appt anon")

#: Before a number, or at the end of a sentence.
NUMBERED = _words(
    """
    no nos n° nº vol vols fig figs art arts sec ch chap p pp par para eq app jan feb mar apr jun jul
    aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun op
    """
)
#: Those of them that never end a sentence in practice: Fig. A, pp. viii.
NUMBERED_ONLY = _words("nos vol vols fig figs pp chap")

#: May end a sentence: only a word that plainly begins one shows it.
ENDING = _words(
    """
    co corp inc ltd bros llc plc jr sr st ave blvd rd hwy sq dept univ assn gov't govt div
    misc etc al ed eds u.s u.n u.k e.u u.s.a u.s.s.r d.p.r.k r.o.k p.r.c d.c ph.d m.d b.a m.a
    m.b.a a.m p.m n.y n.j l.a
    """
)
#: The same, only with a capital: in small letters many of them are words.
STATES = _words(
    "calif conn fla ga ill mass mich minn mo pa tenn tex va wash wis ont que ariz ark colo del"
)
#: After these any capital begins a sentence …
FREE_ENDING = _words("a.m p.m etc al")
#: … except the words that go on with a time.
AFTER_TIME = _words(
    """
    ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC KST JST BST CET Monday Tuesday
    Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun January February
    March April May June July August September October November December Jan Feb Mar Apr Jun
    Jul Aug Sep Sept Oct Nov Dec Eastern Central Pacific Korea Pyongyang Seoul Beijing
    Washington Greenwich Local
    """
)

#: Words that begin sentences and hardly ever follow an abbreviation inside one.
STARTERS = _words(
    """
    A According Accordingly After Afterwards Again All Almost Along Already Also Although
    Among An Analysts And Another Any Anyone As Asked At Authorities Because Before Besides
    Both But By Buyers Children Citizens Consequently Critics Currently Defectors Despite Due
    During Each Earlier Either Even Eventually Ever Every Everyone Everything Experts Families
    Farmers Few Finally First For Former From Furthermore Given Had Has Have He Hence Her Here
    His How However I If Immediately In Indeed Initially Instead Into Is It Its Just Last
    Later Lately Leaders Like Likewise Local Many Markets Maybe Me Meanwhile Men Merchants
    Moreover Most Much My Nearly Neither Never Nevertheless Next No Nobody None Nonetheless
    Nor Not Nothing Now Nowadays Observers Of Officials On Once One Only Or Other Others
    Otherwise Our Over People Perhaps Police Previously Prices Rather Recently Reports
    Residents Said Several She Similarly Since So Soldiers Some Somebody Someone Something
    Sometimes Soon Sources Still Subsequently Such Suddenly Than That The Their Them Then
    There Thereafter Therefore These They This Those Though Three Through Throughout Thus To
    Today Together Tomorrow Traders Travelers Travellers Two Under Unfortunately Unless Unlike
    Until Upon Vendors Was We Were What Whatever When Whenever Where Whereas Whether Which
    While Who Whoever Why Will With Within Without Witnesses Women Workers Would Yes Yesterday
    Yet You Young Your
    """
)

#: So do a country or capital that does something, and an adverb set off by a comma.
CLAUSE = re.compile(
    r"[A-Z][a-z]+ly,|"
    r"(?:(?:North|South)\sKorea|Korea|China|Japan|Russia|Pyongyang|Seoul|Beijing|Tokyo|Moscow|Washington"
    r"|Kim(?:\s[A-Z]\w+(?:[\s-]\w+)?)?)\s(?:is|was|has|had|does|did|will|would|can|could|may|said|says)\b"
)

SAYING = (
    "said|says|say|asked|asks|ask|shouted|shouts|cried|cries|wrote|writes|added|adds|replied|replies"
    "|answered|exclaimed|wondered|demanded|yelled|screamed|quipped|joked|whispered|told|insisted"
    "|responded|recalled|explained|declared|urged|warned|pleaded|called|chanted|inquired|retorted"
    "|remarked|continued|queried|mused|countered"
)
#: “Why?” Kim Jong Un asked …: the one who speaks belongs to what was said.
SPEAKER = re.compile(
    rf"((?:[A-Z][\w'’.-]*,?\s+){{1,4}}(?:[^,.?!“”\"]{{1,60}},\s+)?)(?:(?:has|had)\s+)?(?:{SAYING})\b"
)

#: Where a picture comes from stays with what it shows.
CREDIT = re.compile(
    r"[/|]\s|[(\[]?\s?(?:File\s)?(?:Photo|Image|Picture|Source|Credit|Graphic|Map|Screenshot|Video)s?"
    r"(?:\scredit)?\s?(?:[:=/©]|courtesy\b)"
    r"|[(\[]?\s?(?:Photo|Image|Picture|Graphic|Map|Video)s?\sby\s[A-Z]|[(\[]?\s?Courtesy\sof\s"
    r"|\((?:AP|Reuters|AFP|EPA|KCNA|Yonhap|Getty)[^()]{0,40}\)|[©ⓒ]|\(c\)"
)

#: A short remark that touches the sentence it belongs to: .(John 3:13)
GLUED = re.compile(r"\([^()\n.?!…]{1,40}\)(?=\s|$)")

#: A word in lower case that may all the same begin a sentence: iPhone, al-Dabbagh, eBay.
CAMEL = re.compile(r"(?:i|e)[A-Z]|(?:al|el|an|ul|bin)-[A-Z]")

#: Names written with a mark of exclamation.
EXCLAIMING = frozenset({"Yahoo", "Jeopardy", "Oklahoma", "Wham", "Yum"})

#: Endings of addresses on the net, which no space follows: example.Com
NET_NAMES = _words("Com Org Net Co Gov Edu Info Js Html Htm Php Asp Pdf Jpg Doc Txt")
