"""Places and countries in a Korean sentence and in an English one. Tables and look-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tm.quality.findings import Span
from tm.terms.latin.gazetteer import PLACES, PROVINCES, SHORT_PROVINCES
from tm.terms.latin.spelt import spelt_in
from tm.terms.lexicon import word_set

# A country, Korean ways to name it (or its government, by the capital), and English ones; lines
# with the same name are one.
_COUNTRIES_TEXT = r"""
중국 : 중국|베이징|북경|中|북중|한중 : China|Chinese|Beijing
중국 : 미중|조중|중러|시진핑|인민폐|위안 : Sino|PRC|yuan|Xi
미국 : 미국|워싱턴|백악관|美 : U\.S\.?|US|USA|Texas
미국 : 한미|북미|미중|조미 : California|Florida|Hawaii|Alaska|Guam
미국 : 미일|미군|대미|방미 : New York|Nevada|Ohio|Pentagon
미국 : 주한미군|트럼프|바이든 : Pennsylvania|United States|Americans?
미국 : 오바마|부시 : Washington|White House
일본 : 일본|도쿄|日|한일|북일|미일|대일|방일|아베|기시다 : Japan|Japanese|Tokyo
러시아 : 러시아|모스크바|크렘린|소련 : Russian?s?|Moscow|Kremlin
러시아 : 러|북러|조러|푸틴 : Soviet|USSR|Putin
한국 : 한국|남한|서울|남조선|청와대|대한민국 : South Koreans?|Seoul|ROK
한국 : 남측|우리나라|우리 정부|국내|한미|한중 : Korea|Koreans?|Blue House
한국 : 한일|남북|국민|韓|南|재벌 : the South|inter-Korean|Republic
북한 : 북한|북조선|평양|조선 : North Koreans?|Pyongyang
북한 : 북측|北|북|남북 : DPRK|the North|Korea
북한 : 탈북|김정은|김정일|김일성 : Koreans?|inter-Korean|Kim
영국 : 영국|런던|英 : Britain|British|U\.?K\.?|United Kingdom|London|England|English
프랑스 : 프랑스|파리|佛 : France|French|Paris
독일 : 독일|베를린|獨|서독|동독 : German[sy]?|Berlin|Germans
베트남 : 베트남|하노이|월남 : Vietnam|Vietnamese|Hanoi
몽골 : 몽골|울란바토르 : Mongolian?s?|Ulaanbaatar
캄보디아 : 캄보디아 : Cambodian?s?
라오스 : 라오스 : Laos|Laotian
말레이시아 : 말레이시아|쿠알라룸푸르 : Malaysian?s?|Kuala Lumpur
인도네시아 : 인도네시아|자카르타 : Indonesian?s?|Jakarta
파키스탄 : 파키스탄 : Pakistani?s?|Islamabad
이라크 : 이라크|바그다드 : Iraqi?s?|Baghdad
시리아 : 시리아|다마스쿠스 : Syrian?s?|Damascus
쿠바 : 쿠바|아바나 : Cuban?s?|Havana
우크라이나 : 우크라이나|키이우 : Ukrainian?s?|Ukraine|Kyiv|Kiev
대만 : 대만|타이완|타이베이 : Taiwan|Taiwanese|Taipei
홍콩 : 홍콩 : Hong Kong
태국 : 태국|방콕 : Thai|Thailand|Bangkok
필리핀 : 필리핀|마닐라 : Philippines?|Filipino|Manila
호주 : 호주|오스트레일리아 : Australian?s?|Canberra
캐나다 : 캐나다|오타와 : Canada|Canadian|Ottawa
이스라엘 : 이스라엘|예루살렘 : Israeli?s?|Jerusalem
팔레스타인 : 팔레스타인 : Palestin\w+
이란 : 이란|테헤란 : Iranian?s?|Iran|Tehran
이집트 : 이집트|카이로 : Egypt|Egyptian|Cairo
스위스 : 스위스|제네바 : Switzerland|Swiss|Geneva
스웨덴 : 스웨덴 : Swed\w+|Stockholm
폴란드 : 폴란드 : Poland|Polish
이탈리아 : 이탈리아|로마 : Ital\w+|Rome
스페인 : 스페인 : Spain|Spanish
브라질 : 브라질 : Brazil\w*
멕시코 : 멕시코 : Mexic\w+
아프가니스탄 : 아프가니스탄|아프간 : Afghan\w*
사우디아라비아 : 사우디아라비아|사우디 : Saudi\w*|Riyadh
싱가포르 : 싱가포르 : Singapore\w*
미얀마 : 미얀마|버마 : Myanmar|Burm\w+
"""


@dataclass(frozen=True, slots=True)
class Country:
    """How a country is named; ``name`` is the first Korean way, ``main`` those that are sure."""

    name: str
    main: tuple[str, ...]
    ko: re.Pattern[str]
    named: re.Pattern[str]  # what surely names it: not one syllable
    en: re.Pattern[str]


def _countries() -> tuple[Country, ...]:
    forms: dict[str, tuple[list[str], list[str]]] = {}
    for line in _COUNTRIES_TEXT.strip().splitlines():
        name, ko, en = line.split(" : ")
        known = forms.setdefault(name, ([], []))
        known[0].extend(filter(None, ko.split("|")))
        known[1].extend(filter(None, en.split("|")))
    return tuple(_country(name, ko, "|".join(en)) for name, (ko, en) in forms.items())


def _country(name: str, ko: list[str], en: str) -> Country:
    short = "|".join(form for form in ko if len(form) == 1)
    anywhere = "|".join(form for form in ko if len(form) > 1)
    main = tuple(form for form in ko[:3] if len(form) > 1)
    return Country(
        name,
        main,
        re.compile(rf"{anywhere}|(?<![가-힣])(?:{short})" if short else anywhere),
        re.compile(rf"(?<![가-힣])(?:{'|'.join(main)})(?!\s?(?:동포|교포))"),
        re.compile(rf"\b(?:{en})(?!\w|\s(?:Games|Olympics?|time\b))"),
    )


COUNTRIES = _countries()
_COUNTRY_NAMES = word_set(
    "북한 북조선 남한 남조선 조선 한국 대한민국 한반도 조선반도 베이징 북경 도쿄 "
    "모스크바 워싱턴 서울 "
    "싱가포르 하노이 평양"
)

_DIRECTIONS = {"북도": "North", "남도": "South"}
_ENGLISH: dict[str, str] = {
    **{k: v for k, v in PLACES.items() if k not in _COUNTRY_NAMES and len(k) > 1},
    **{
        f"{base}{unit}": f"{direction} {english}"
        for base, english in PROVINCES.items()
        for unit, direction in _DIRECTIONS.items()
        if base in ("함경", "평안", "황해", "경상", "전라", "충청")
    },
    **{
        f"{base}도": f"{PROVINCES[base]} Province"
        for base in ("자강", "량강", "양강", "강원", "경기")
    },
}
# Not to be taken for a place without a unit behind it: also a word or part of a name.
_DOUBTFUL = word_set(
    "성간 고풍 우시 김책 화성 송림 동림 천리마 개선문 서성 사리 정주 구성 은하 평산 "
    "안주 광주 대전 대구 수원 세종"
)


def _any_of(forms: Iterable[str]) -> str:
    """Alternatives, longer ones first."""
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


_KO = re.compile(
    rf"(?<![가-힣])(?:북한\s?|함북\s?|함남\s?|평북\s?|평남\s?"
    rf"|양강\s?)?(?P<place>{_any_of((*_ENGLISH, *SHORT_PROVINCES))})"
    r"(?=[^가-힣]|$|시(?:의|에|에서|는|가|를|당|내)?(?![가-힣])|군|구역|항"
    r"|역(?![사시대])|산(?![업])|인(?![구])|발|행|특별시|시내|"
    r"(?:에서|에는|에도|에서는|에서도|의|은|는|을|를|로|으로|과|와|도|까지|부터|에|이"
    r"|가|이나|나|출신|지역|주민|당국)(?![가-힣]))"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text: ``name`` is Korean for a Korean text, English for an English one."""

    name: str
    span: Span


def _by_english() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for korean, english in _ENGLISH.items():
        found.setdefault(_bare(english), []).append(korean)
    for short, full in SHORT_PROVINCES.items():
        found[_bare(_ENGLISH[full])].append(short)
    return {english: tuple(korean) for english, korean in found.items()}


def _bare(english: str) -> str:
    return re.sub(r" (?:Province|County|Island|River)$|^(?:Mount|Lake) ", "", english)


_KOREAN = _by_english()
_EN = re.compile(rf"(?<![\w-])(?P<place>{_any_of(map(re.escape, _KOREAN))})(?![\w-])")
_ENGLISH_WORDS = word_set(
    "Anju Mansu Sino Chon Al Ryo Cho Paju Orang Kalma Suan Usi Unha Han Anak Sosong Sambong"
)


@lru_cache(maxsize=512)
def korean_places(text: str) -> tuple[Place, ...]:
    """The places (no countries) that a Korean text names for sure."""
    return tuple(
        Place(m["place"], m.span("place"))
        for m in _KO.finditer(text)
        if m["place"] not in _DOUBTFUL or re.match("시|군|구역|항|역", text[m.end() :])
    )


@lru_cache(maxsize=512)
def english_places(text: str) -> tuple[Place, ...]:
    """The places (no countries) of Korea and its borders that an English text names."""
    return tuple(
        Place(m["place"], m.span("place"))
        for m in _EN.finditer(text)
        if m["place"] not in _ENGLISH_WORDS
    )


def stands_in_english(place: Place, english: str) -> bool:
    """Whether a Korean place is named in an English text, in any spelling."""
    name = SHORT_PROVINCES.get(place.name, place.name)
    printed = _bare(_ENGLISH[name])
    if printed.lower() in english.lower():
        return True
    direction = printed.partition(" ")[0]
    found = (english[slice(*span)].lower() for span in spelt_in(name, english))
    if direction in _DIRECTIONS.values():  # not Pyongan for South Pyongan where North stands there
        other = "south" if direction == "North" else "north"
        return any(True for _ in found) and other not in english.lower()
    return any(True for _ in found)


def stands_in_korean(place: Place, korean: str) -> bool:
    """Whether an English place is named in a Korean text, or may be."""
    if any(form in korean for form in _KOREAN[place.name]):
        return True
    whole = (0, len(place.name))
    return any(whole in spelt_in(word, place.name) for word in _heads(korean))


def _heads(korean: str) -> Iterator[str]:
    """The beginnings of Korean words: what could be a name with something written onto it."""
    for m in re.finditer("[가-힣]{2,}", korean):
        for length in range(2, min(5, len(m[0])) + 1):
            yield m[0][:length]
