"""Negation that a translation loses or adds.

Korean and English deny in different places: 모르는 사람이 없다 is *everyone knows*, 할 수밖에
없다 *had no choice*, 허용되지 않는다 *is prohibited*. So marks are not counted and compared; a
negation is reported as lost only where the translation has no word at all that denies, lacks,
refuses, ends or limits, and as added only where the source has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tm.quality.checks.reading import Pair, Spot

# English letters for a syllable: outside, a clause was left out or added, and its denials with it.
_SHORTER, _LONGER = 1.5, 3.6
# More syllables than this, and a negation may have gone with a clause or lie in any word.
_LONGEST = 45

# Denials that English mostly says without one, and two denials that are none.
_NONE_KO = re.compile(
    r"뿐만?\s?(?:이|가)?\s?아니|지\s?않아(?:서)?\s|[가-힣]지\s?않(?:을|으면)|(?:수"
    r"|줄)밖에\s?(?:는\s)?없|없지(?:는|도)?\s?않"
    r"|다름\s?아닌|아닐\s?수\s?없|틀림\s?없|끊임\s?없|어김\s?없|변함\s?없|거침\s?없"
    r"|아낌\s?없|빠짐\s?없|빈틈\s?없|손색\s?없|꾸밈\s?없"
    r"|(?:못|머|오래|마|적|작|많)지\s?않|어쩔\s?수\s?없|할\s?수\s?없이|하는\s?수\s?없이"
    r"|아닌가|아니냐|아니겠|않(?:은|는|나"
    r"|느|겠)(?:가|냐|나|느냐|습니까)"
    r"|없(?:는|을|었)(?:가|까|지)|아니(?:라|고|며|지만)|못해\s|만\s?못|않고서|아닌\s"
    r"|없애|없앴|안팎|모르는.*없|몰라도|말할\s?것도\s?없"
    r"|더할\s?나위|못하게|않도록|상관없|관계없|두말|이만저만|여간|둘도\s?없|그지없|한없"
    r"|끝없|수없|쉴\s?새\s?없|얼마\s?안|거의|밖에"
)
_DENIES_KO = re.compile(
    r"지(?:는|도|를|만은)?\s?(?:않|못|말(?![하했한할함해]))|(?<![가-힣])(?:안"
    r"|못)\s[가-힣]|(?<![가-힣])못[하했한할함해]"
    r"|(?<![가-힣])없(?![애앴앨앤])|(?<=[이가은는도수])\s없|적(?:이|은|도)?\s?없"
    r"|[이가은]\s?아니(?:다|었|며|라는|라고)|금지|불가능|불허"
)
_STRONG_KO = re.compile(
    r"지(?:는|도|를|만은)?\s?(?:않(?:았|는다|다|을\s?것|고\s있)|못(?:했|한다|하고)"
    r"|말(?:라|도록|아야|자))"
    r"|(?<![가-힣])없(?:었|다|이)|(?:수|적(?:이|은|도)?|[이가은도])\s?없(?:었|다|이|어)"
    r"|아니(?:다|었)|지\s?않(?:아|겠)|(?:금지|불가능)[하했되됐한합]"
)
# Anything that an English denial may stand for.
_MAY_DENY_KO = re.compile(
    r"않|없|못|안\s|아니|아닌|아닐|아님|아닙|아냐|아녔|말[라고아자도]|모르|몰라|몰랐|금지|거부|거절"
    r"|부인|반대|중단|실패|부족|어렵|어려|힘들|힘든|불|비"
    r"|미|무|밖에|만\s|뿐|그치|그쳤"
    r"|외면|취소|철회|막|끊|드물|\?|는가|까[.\"”’]|보다|전에|까지|대신|빼|제외|덜|약화"
    r"|적[은게어었]|여전|아직|의문|싫|피[하해했]|숨[기겼]|침묵"
    r"|무시|놓[치쳤]|잃|탈|벗어|결여|결핍|배제|차단|면제|예외|다르|달리|이외|외에"
    r"|지나지|불과|고작|그만|멈추|멈췄|마비|폐지|해소|사라"
    r"|금[하했]|삼가|자제|하나도|전혀|결코"
    r"|도무지|반[발박]|역|절대|난감|곤란|넘|초과|이상|이내|이하|언제|오히려|차라리|느니"
    r"|지만|으나|거나|도록|면[서 ]|려면|독|포기|버리"
    r"|버렸|저지|나쁘|나쁜|헛|꺼[리려]|회의적|어긋"
)
_DENIES_EN = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|no-one)\b|n['’]t\b", re.I
)
# What denies, lacks, refuses, ends, limits or doubts.
_MAY_DENY_EN = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|nowhere|cannot|without|hardly"
    r"|barely|scarcely|rarely|seldom|few|little"
    r"|lack\w*|short\w*|absen\w+|fail\w*|refus\w+|den(?:y|ied|ies|ying|ial)|reject\w*"
    r"|declin\w+|prevent\w*|stop\w*|ban(?:s|ned|ning)?|prohibit\w*"
    r"|forb\w+|block\w*|avoid\w*|unable|only|but|except\w*|rather|instead|until|yet"
    r"|remain\w*|still|too|difficult\w*|hard\w*|miss\w*|away|exempt\w*"
    r"|free|despite|although|though|continu\w+|keep\w*|kept|silen\w+|secret\w*|hungry"
    r"|out|far|stay\w*|other|else|different\w*|beyond|instead|less|least"
    r"|end(?:s|ed|ing)?|cancel\w*|lost|los(?:e|es|ing)|gone|los(?:s|ses)|zero|off"
    r"|bar(?:red|s)?|restrict\w*|illegal\w*|skip\w*|escap\w*|leav\w+|left|abandon\w*"
    r"|drop\w*|neglect\w*|ignor\w*|doubt\w*|against|oppos\w+|resist\w*|contra\w+"
    r"|exclud\w+|exclu\w+|omit\w*|halt\w*|suspend\w*|withh\w+|deprived?|minus|worse|bad"
    r"|poor\w*|weak\w*|question\w*|wrong\w*|same|equal\w*|alike|similar\w*|if|unless"
    r"|lest|nor|than|anything|anyone|anybody|ever|even|any|at all|hold\w*|spar(?:e|ed)"
    r"|empty|vacan\w+|opposite|incomp\w+"
    r"|inab\w+|inad\w+|incap\w+|incons\w+|incorr\w+|ineff\w+|ineq\w+|inevit\w+"
    r"|insuff\w+|invalid\w*|invis\w+|invol\w+|inact\w+|inapp\w+|infreq\w+|inexp\w+"
    r"|intol\w+"
    r"|impo(?:ss|t)\w+|imper\w+|impro(?:p|b)\w+|immo\w+|irre\w+|irra\w+|ill\w+"
    r"|dis(?:agree|allow|appear|approv|band|cont|courag|miss|mantl|obey|order|put"
    r"|regard|rupt|satisf|trust|hon|believ|qualif|pens|sol)\w+|mis(?!sile|sion|ter)\w+"
    r"|non\w*|un(?!der|it|i[oqvf]|til)\w+"
    r"|\w+less|\w+free|anti\w*|de(?:lay|fy|fi|clin)\w*|postpon\w*|quit\w*|ceas\w*"
    r"|withdr\w+|loath|reluct\w+|wary|spurn\w*|shun\w*|bother\w*|stall\w*|defer\w*"
    r"|waive\w*|evad\w*|freez\w*|froze\w*)\b"
    r"|n['’]t\b|\?",
    re.I,
)


def negation(pair: Pair) -> Iterator[Spot]:
    """``negation``: a denial that only one of the two has."""
    if not 3 <= pair.ko_letters <= _LONGEST or not pair.is_sentence or not pair.is_korean:
        return
    if pair.ratio >= _SHORTER:
        yield from _lost(pair)
    if not pair.says_more(_LONGER):
        yield from _added(pair)


def _lost(pair: Pair) -> Iterator[Spot]:
    if _NONE_KO.search(pair.ko) or _MAY_DENY_EN.search(pair.en) or not pair.en_letters:
        return
    denials = list(_STRONG_KO.finditer(pair.ko))
    if len(denials) == 1 and len(_DENIES_KO.findall(pair.ko)) <= 1:
        span = _word(pair.ko, *denials[0].span())
        said = pair.ko[slice(*span)]
        yield Spot("negation", f"{said} is not denied in the translation", (span,), about=said)


def _added(pair: Pair) -> Iterator[Spot]:
    denials = list(_DENIES_EN.finditer(pair.en))
    if len(denials) != 1 or _MAY_DENY_KO.search(pair.ko) or _NOT_ADDED.search(pair.en):
        return
    found = denials[0]
    said = found[0]
    message = f"the source has nothing that “{said}” could stand for"
    yield Spot("negation", message, en=(found.span(),), about=said)


# English that denies only in form.
_NOT_ADDED = re.compile(
    r"\b(?:no (?:doubt|sooner|wonder|matter|longer|later|fewer|less|more)|not (?:only"
    r"|just|merely|to mention)|nothing but|none other|no other than"
    r"|whether or not|if not|why not|nothing (?:more|less)|never mind|no stone unturned|no\.)\b"
    r"|\bNo\.\s?\d|neither .* nor|can(?:no|'|’)t (?:but|help)|cannot help",
    re.I,
)


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace() and text[end] not in '.,!?”"':
        end += 1
    return start, end
