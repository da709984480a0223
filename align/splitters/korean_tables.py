"""What the Korean rules know about words, apart from what they do with it."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FIRST, _LAST = ord("가"), ord("힣")
_FINALS = 28  # syllables are ordered by initial, vowel and final; 28 finals, "none" included
_NIEUN, _RIEUL, _SSANG_SIOS = 4, 8, 20


def _with_final(final: int) -> str:
    """All syllables that end in the given consonant: the stems of 했다, 간다, 할까."""
    return "".join(map(chr, range(_FIRST + final, _LAST + 1, _FINALS)))


PAST = _with_final(_SSANG_SIOS)
PRESENT = _with_final(_NIEUN)
FUTURE = _with_final(_RIEUL)

#: Endings that close a sentence by themselves, before … and where punctuation is missing.
FINAL = re.compile(
    rf"(?:[{PAST}]다|[{PRESENT}]다|니다|니까|[이없같높많크작좋싫]다|아니다"
    rf"|(?:[어아여해예세워와돼려에]|거든|네|데|지|군|나|까|는걸)요|[{FUTURE}]까|는가|인가|죠|구나|구려|거든|느냐|소서)$"
)

#: Syllables after which a period ends a sentence even without a space behind it.
GLUED_FINAL = frozenset("다요죠까네라오음함됨임자")

#: Particles and endings that tie a closed quotation to the words after it, written together.
PARTICLE = re.compile(
    r"(?:이?라(?:고|며|면서|는|던|도|기|니|든|서|지|$|\W)|이?란|이?랬|이?래|이?라"
    r"|고|며|면서|는|은|이(?:[가-힣]|$|\W)|가(?:\W|$)|을|를|의|에|와|과|로|으로|도(?:\W|$)|만(?:\W|$)"
    r"|부터|까지|처럼|보다|같은|였|이었|인(?:데|지|가|\W)|일(?:\W|뿐|지)|냐|든|등|식(?:의|으로)|급"
    r"|하(?:고|며|면서|는|던|여|였|자|지|기)|했|한(?:다|\W)|함|해(?:서|\W)|다(?:는|\W|$)|뿐|밖|조차|마저|께|씩)"
)

#: The same as separate words, and verbs of saying that need the quotation before them.
QUOTATIVE = re.compile(
    r"(?:이?라(?:고|며|면서|는|던|고는|고도|고만|든가|든지)?|이?란|고(?:는|도|만)?|며|면서|는|은|을|를|의|에|에서|와|과|로|으로"
    r"|하(?:고|고는|며|면서|는|던|여|였다|였으며|자|더니|니|기도|지)|했(?:다|으며|고|지만|던|습니다|다고|다는)|한(?:다|다고|다는)?|해|함|함으로써"
    r"|등(?:의|을|이|은|에|으로|과|도)?|식(?:의|으로|이다)|따위(?:의|를)?|였다|이었다|이다|입니다"
    r"|(?:말|대답|답|반문|질문|호소|강조|주장|토로|설명|탄식|절규|고백|당부|지적|경고|비판|회고|전망|반박|요구|외침)"
    r"(?:했|하였|하며|하면서|하고|하는|하자|하던|한다|한 뒤|한 후)[가-힣]*"
    r"|(?:물었|묻|외쳤|외치|소리쳤|소리치|속삭|중얼거|되물|되묻|덧붙|전했|전하|밝혔|밝히|털어놓|쏘아붙)[가-힣]*)"
    r"(?=[\s.,…?!\"'”’)」》]|$)"
)

#: A quotative that can follow even a sentence with no quotation marks around it.
BARE_QUOTATIVE = re.compile(r"이?라(?:고|며|면서|는|던)(?=[\s,가-힣])")
#: After ? and ! the verb of saying may follow in the same way: 어디로 갈까? 하며 망설였다.
BARE_SAYING = re.compile(r"하(?:고|며|면서|는|던)(?:\s|,)(?!싶)")

#: Slogans and cries in a row belong to what is said of them all.
LINKED = re.compile(
    r"[“\"‘'《「『][^“”\"‘’《》「」『』]{1,120}[”\"’'》」』]\s?"
    r"(?:(?:[“\"‘'《「『][^“”\"‘’《》「」『』]{1,120}[”\"’'》」』])\s?)*"
    r"(?:등|라|이라|고|는|하|며|외|와|과)"
)

#: Where a picture comes from stays with what it shows.
CREDIT = re.compile(
    r"/(?!/)|[(\[<〈【]?\s?(?:사진|출처|자료|그래픽|영상|이미지|제공|삽화)(?:\s?제공)?\s?[=:]|[ⓒ©]|\(c\)"
)

#: What belongs to the sentence it touches: a credit, or a short remark without a verb of its own.
GLUED = re.compile(
    r"[(\[<](?:사진|출처|자료|관련\s?기사|그래픽|영상)[^()\[\]<>\n]{0,40}[)\]>]"
    r"|\([^()\n.?!…]{1,40}\)(?=\s|$)"
)

#: Words that show a new sentence after a title-like quotation: 《…!》 이것은 …
OPENING = re.compile(
    r"(?:이것|그것|이는|그는|이런|그런|이처럼|그러나|하지만|그리고|그런데|우리는|바로|당시|이날)"
)

#: Latin abbreviations whose period never ends a Korean sentence.
ABBREVIATIONS = _words(
    """
    no nos vol dr mr mrs ms prof st vs co corp inc ltd jr sr gen col lt sgt capt sen rep gov
    pres fig p pp ed eds etc al cf dept univ ave blvd jan feb mar apr jun jul aug sep sept oct
    nov dec ph e.g i.e a.m p.m
    """
)

#: Names written with a mark of exclamation.
EXCLAIMING = re.compile(r"(?:Yahoo|야후|Jeopardy|Wham|Oklahoma)$")

#: Letters of a list: 가. 나. 다. …
LIST_SYLLABLES = frozenset("가나다라마바사아자차카타파하")

#: A strong final ending, a blank, and what may well begin a sentence: open without punctuation.
OPEN_SITE = re.compile(
    rf"(?:[{PAST}]다|[{PRESENT}]다|[니]다|니까|(?:[어아여해예세워돼]|거든|네|지|군)요|죠)(\s+)"
    r"(?!(?:하는|하던|하더라도|하더니|해도|해서|하면|하면서|하고|하며|하여|하니|하자|하는데|하기|한들|할지라도|할까|해|한|할|했다|했던|한다|할"
    r"|보니|치고|쳐도|싶|시피|뿐|안|못|말|손|가는|오는|온|간|갔|왔|가|오|죽었|다시|가도|는|은|고|며|면서|라는|라고|이라고|의|에|등|식|이상|이하"
    r"|대로|만큼|듯|듯이|더니|더라도|거나|든지|든가|던|느니|뿐만|싶이|싶은|싶다)(?=[\s,.])|하(?!지만)[가-힣]*\s|[말싶][가-힣]*\s)"
    r"(?=(?:[가-힣A-Za-z0-9]{1,9}(?:은|는|이|가|도|의|에|에서|을|를|께서|에게|들이|들은)|그|이|저|또|그러나|하지만|그리고|그래서|그런데|그러면서"
    r"|그러자|이어|다만|한편|특히|당시|현재|결국|오늘|내일|어제|올해|지난해|지난|어떻게|왜|정말|어쩌겠[가-힣]+|[가-힣]{1,7}\s[가-힣A-Za-z0-9]{1,9}(?:은|는|이|가|을|를|에|에서))(?:[\s,.]|$))"
)

#: What lies between signs is not open to cutting.
ENCLOSED = re.compile(
    r"[“\"„″][^“”\"„″]*[”\"″]|‘[^‘’]*’|(?<!\w)'[^']*'|\([^()]*\)|\[[^\[\]]*\]|《[^《》]*》|〈[^〈〉]*〉"
    r"|「[^「」]*」|『[^『』]*』"
)
