"""Where two words meet inside one, which no spelling shows: 알|약, 겉|옷, 생산|량. Data and
look-up.

At such a border the final of the first word is spoken as at a word's end, ㄴ is put before i and y
(알약 allyak, 깻잎 kkaennip), and ㄴㄹ is ㄴㄴ (생산량 saengsannyang).
"""

from __future__ import annotations

import re
from functools import lru_cache

from tm.terms.lexicon import word_set
from tm.terms.spelling import has_final

# Compounds with a closed first part, cut at the border; ":" is a border that brings no ㄴ.
_COMPOUNDS = """
    알|약 물|약 가루|약 학|여울 꽃|잎 깻|잎 나뭇|잎 댓|잎 솔|잎 풀|잎 콩|잎 담뱃|잎 떡|잎 연|잎
    밤|일 웬|일 밭|일 앞|일 뒷|일 들|일 막|일 집안|일 맨|입 홑|이불 솜|이불 겹|이불 담|요 색|연필
    늑막|염 밭|이랑 삯|일 식용|유 휘발|유 들|기름 윤활|유 경공업|용 직행|열차 급행|열차 군용|열차
    눈|요기 영업|용 불|여우 한|여름 남존|여비 신|여성 콩|엿 논|일 별|일 잔|일 할|일 서울|역 설|익
    헛|일 옛|일 낯|익 물|엿 줄|넘기 막|일꾼 첫|여름 겉|옷 속|옷 윗|옷 첫:인상 첫:아이 첫:아들
    첫:인사 맛|없 멋|없 값|없 헛|웃음 웃|어른 젖|어미 꽃|위 밭|아래 늪|앞 값|어치 앞|어금니 홑|옷
    넋|없 몇|월 꽃|아 옷|안 옷|에 도리깻|열 베갯|잇 뒷|윷 콧|노래 예삿|일 훗|일 가욋|일 허드렛|일
    바깥|일 부엌|일
"""
# Words in -량, -력, -령 … that stay whole beside their last part.
_L_COMPOUNDS = """
    의견|란 임진|란 생산|량 결단|력 공권|력 동원|령 상견|례 횡단|로 이원|론 입원|료 구근|류
    판단|력 추진|력 생산|력 발전|량 통신|량 보존|량 출산|률 음운|론 신문|로 결단|령 계엄|령
    추천|란 생산|로동 생산|라인 견인|력 자본|론 혼인|률 재현|률 투신|률 발언|록 비판|론 의문|령
    대문|란 사진|란
"""
_BORDER_IN = {
    part.replace(mark, ""): (part.index(mark), mark == "|")
    for part in (_COMPOUNDS + _L_COMPOUNDS).split()
    for mark in "|:"
    if mark in part
}
_KNOWN = re.compile("|".join(sorted(map(re.escape, _BORDER_IN), key=len, reverse=True)))

# Heads that make compounds freely behind two syllables or more.
_HEADS = re.compile(
    r"(?<=[가-힣]{2})(?:여행|열차|요리|연료|영화|이야기|유원지|양말|약국|여관|역(?=$))"
)
_WORDS_IN_YEOK = word_set(
    """
    지역 구역 무역 전역 현역 병역 통역 번역 검역 징역 노역 영역 광역 음역 배역 용역 방역 군역 교역
    면역 수역 해역 권역 유역 완역 의역 직역 사역 부역 퇴역 로역 성역 반역 거역 복역 주역 당역 령역
    """
)

#: Verb stems in ㄺ, where ㄹ is spoken before ㄱ.
L_STEMS = frozenset("읽맑밝늙긁묽굵갉낡붉얽")
#: Pairs of syllables that the North, too, speaks with ㄹㄹ.
NORTHERN_LL = word_set("천리 만리 전라 신라 한라 진리")


@lru_cache(maxsize=8192)
def borders(word: str) -> dict[int, bool]:
    """Positions in a Hangul word before which another word begins, as far as is known.

    The value says whether ㄴ is put in before i and y there.
    """
    heads = {
        m.start(): True
        for m in _HEADS.finditer(word)
        if has_final(word[m.start() - 1]) and word[m.start() - 1 :] not in _WORDS_IN_YEOK
    }
    for match in _KNOWN.finditer(word):
        at, inserts = _BORDER_IN[match.group()]
        heads[match.start() + at] = inserts
    return heads
