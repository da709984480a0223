"""Korean in which a number counts nothing: sayings, words that look like numbers. Data only."""

from __future__ import annotations

import re

from tm.terms.lexicon import word_list

_START = r"(?<![가-힣\w])"

#: Words that begin or look like a number.
LOOK_ALIKES = re.compile(
    rf"{_START}(?:하나같이|하나하나|하나둘|하나로|둘도 없|두말|세상|만일|만약|천만에"
    rf"|천만다행|삼삼오오|일사천리"
    r"|두 손|두 발|한두\s?번이 아니|백방|천차만별|십중팔구|구사일생|만반|한눈|한때|한편"
    r"|한창|한참|한껏|한층|한데"
    r"|세 살 버릇|네 탓|두루|이것저것|한마음|하나의|백만장자|천하)|코로나\s?-?\s?19"
    r"|이십사절기|제\s?1\s?야당|4차 산업"
    r"|2인자|1인자|3자|\d\s?인\s?1\s?조|열차|열병식|열기|(?<![가-힣\d])(?<!\d\s)세대"
    r"|[구시유오]월[동산]"
    r"|[12]차\s?(?:세계\s?)?대전|(?<!\d)9\s?[/·.]\s?11(?!\d)"
    r"|(?<![가-힣])쉰다|제\s?3\s?[국자]|3국"
)

_SAYINGS = word_list(
    """
    사흘이_멀다 하루가_멀다 하루_이틀도_아니 오만_가지 백_번_말 백날 천_번_만_번 한_치_앞 열_손가락
    세_치_혀 두_눈 두_귀 두_마리_토끼 두_번_다시 한두_번 둘째_치고 천_리 만_리 천_갈래 만_갈래
    삼척동자 오리무중 칠전팔기 십년감수 백년대계 천년만년 구구절절 사방팔방 사사건건 오합지졸
    십시일반 작심삼일 일거양득 일석이조 백해무익 만장일치 이판사판 일망타진 천신만고 이심전심
    십인십색 백전백승 천정부지 삼거리 사거리 오거리 네거리 세거리 칠순 팔순 환갑 이중 삼중 첫손
    삼시_세끼 일일이 제각기 팔자
    """
)
#: Sayings, with a blank or without.
SAYINGS = re.compile("|".join(saying.replace("_", r"\s?") for saying in _SAYINGS))
