"""Words that are no terms by themselves. Data only."""

from __future__ import annotations

from tm.terms.lexicon import word_set

#: Korean nouns that the grammar or the calendar needs: no term holds them.
KOREAN_NOISE = word_set(
    """
    것 수 등 때문 때 중 듯 바 데 뿐 줄 채 만큼 정도 경우 동안 이후 이전 이상 이하 당시 가운데 이날
    그날 이번 다음 측 분 명 개 번 년 월 일 시 초 원 달 주 차 건 가지 모두 서로 스스로 누구 무엇
    우리 저희 그 이 저 여기 거기 저기 이것 그것 위해 통해 따라 대해 하나 둘 셋 첫 두 세 네 여러 각
    전 후 내 외 간 및 또 또한 한편 그러나 하지만 제 약 총 월요일 화요일 수요일 목요일 금요일
    토요일 일요일 현지시간 현지시각 무단 전재 재배포
    km kg cm mm m g t ha
    """
)
#: Whom reports quote: words, but no part of a term (양강도 소식통).
SOURCES = word_set("소식통 기자 특파원")
#: Nouns that are parts of terms and hardly ever a term.
BOUND_LIKE = word_set("대 급 제 신 구 주 부 현 총 반 친 비 무 본 타 재 대한 최 고 저 남 여 북")

#: English words that belong to no term: days of the week, forms of address, addresses.
ENGLISH_NOISE = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr pm am http https www com
    """
)
#: What stands before a hyphen and changes the word behind it.
PREFIXES = word_set("non anti un pro ex co inter pre post multi semi sub counter mid vice self")
#: Whose things are named for them: people's committee, women's union.
PEOPLE = word_set("people women men children youth")
