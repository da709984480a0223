"""Words that look like a noun with something attached, or like a noun, and often are not. Data
only.

Where a term has these letters, only its sentence can tell.
"""

from __future__ import annotations

from tm.terms.lexicon import word_set

#: Adverbs, bound nouns and the like that are written as nouns of another meaning are:
#: 도로 (road, again), 수도 (capital, 할 수도), 대로 (avenue, 그대로), 가지 (eggplant, kinds).
HOMOGRAPHS = word_set(
    """
    가지 간에 거나 거리 결코 과연 그간 그것 그대 그런 나도 너도 다만 다시 대로 더구나 더러 데도
    도로 동안 때문 마치 만도 만약 만큼 매우 모두 무려 바로 반면 보다 보통 비록 사이 서로 수가
    수는 수도 수만 실로 아마 아주 아직 역시 오직 오히려 이것 이나 이라 이란 이미 이상 일부러
    자기 자주 잘못 저마다 전혀 정도 조금 조차 주로 줄도 진짜 차라리 참으로 하나 하도 한참 항상
    혹시
    """
)
#: Of these the ones that stay so whatever particle follows: 세 가지를.
ALWAYS_DOUBTFUL = word_set("가지 대로 동안 때문 만큼 자기 정도")
#: After these a word is no form of a verb but its nominal forms in -기, -지 and -ㅁ.
CASE_PARTICLES = word_set(
    """
    을 를 의 에 에는 에도 에서 에서는 에서도 에서의 에게 에게는 으로 로 으로는 로는 으로써 로써
    과 와 과의 와의 이 가 이다 이라고 이라는 이었다 였다 들 들이 들은 들을 들의 들에게 까지 부터
    """
)
#: Syllables that, standing alone, are no nouns: this, and, more.
NEVER_ALONE = frozenset("이그저한두세네더또및왜좀몇은을를는의곧즉잘꼭막")
#: Syllables that are more often a pronoun, number, determiner, counter or bound noun than a noun
#: of their own: 김 군, 그럴 리, 여섯 시.
LOOSE_SYLLABLES = word_set(
    """
    가 각 간 갑 개 거 건 것 겸 곧 구 군 권 그 글 급 기 꼭 나 남 내 너 네 년 놈 누 늘 다 단 달
    대 더 데 도 동 두 둘 등 때 또 라 량 로 리 마 막 만 말 매 명 몇 몫 못 바 반 발 번 법 본 부
    분 불 비 뻔 뿐 사 살 삼 상 새 석 선 성 세 셈 셋 소 손 수 순 시 식 신 씨 씩 안 약 양 어 억
    여 연 열 영 옛 오 온 올 왜 외 우 운 원 월 위 육 은 을 의 이 인 일 자 잔 잘 장 저 적 전 점
    정 제 조 좀 주 줄 중 즈음 즉 지 진 짝 쪽 쯤 차 참 채 척 천 첫 체 초 총 측 층 치 칠 칸 큰
    타 탓 터 통 투 판 팔 편 평 폭 푼 하 한 할 해 호 홉 회 후
    """
)
#: Particles and endings after which a noun of one syllable is certain if nothing else speaks
#: against it; others make words with it: 회+의, 결+과, 자+만.
CLEAR_AFTER_SYLLABLE = word_set(
    """
    은 을 이 에 에서 에서는 에서도 에게 에게는 에는 에도 까지 부터 들 들은 들이 들을 들의 들에게
    으로 으로는 으로부터 이라는 이다 이었다
    """
)
#: Nouns of three syllables that end in 가, 도 and 해 and are not the noun before with a particle.
NOT_PARTICLE = word_set(
    """
    정치가 역사가 투자가 독지가 무도가 재무가 매매가 거래가 최고가 최저가 판매가 소비가 분양가
    구매가 도매가 소매가 시세가 공시가 권리가 대학가 번화가
    경기도 강원도 충청도 전라도 경상도 평안도 함경도 황해도 자강도 량강도 양강도 제주도 울릉도
    거제도 강화도 백령도 연평도 진주도 만족도 선호도 인지도 신뢰도 난이도 지지도 충성도 중요도
    위험도 완성도 성숙도 의존도 기여도 참여도 관심도 집중도 청렴도 민감도 친밀도 숙련도 투명도
    지중해 북극해 남극해 다도해
    해상도 한반도 무인도 조감도 설계도 상관도 계통도 지형도 분포도 단면도
    """
)
#: Syllables that count what a number before them says: 3시 is no 시장.
COUNTERS = frozenset(
    "개군국권급기당대도동등만명발번부분석선세시식실억열원월위인일자장전점조주차채척천초층통톤평"
    "표호회"
)
#: Bound nouns that are units and nothing else, so that a term may be one.
UNITS = frozenset("원전톤평근")
