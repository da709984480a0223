"""What is not prose about the subject: datelines, credits, contact lines, lines that repeat."""

from __future__ import annotations

import re
from hashlib import blake2b

from align.reading.furniture import CITY_KO

_DATELINE_KO = re.compile(
    rf"\s*[\[(【<]\s*(?:{CITY_KO}|[가-힣]{{2,6}})\s*[=·/,]\s*[^\])】>]{{1,40}}[\])】>]\s*"
    r"(?:[가-힣]{2,4}\s?(?:기자|특파원)\s*)?[=:–—-]*\s*"
    rf"|\s*{CITY_KO}\s*=\s*[가-힣A-Za-z0-9 ]{{2,16}}\s?(?:기자|특파원)?\s*[=:–—-]+\s*"
)
_DATELINE_EN = re.compile(
    r"\s*[A-Z][A-Z.’' -]{2,30}(?:, [A-Z][A-Za-z. ]{1,20}){0,2}"
    r"(?:,? (?:\w{3,9}\.? \d{1,2}))?(?: \([A-Z][\w /]{1,30}\))?\s*(?:--|—|–|- )\s*"
    r"|\s*\((?:AP|AFP|CNN|Reuters|Yonhap|UPI|KCNA|Xinhua|Kyodo)\)\s*(?:--|—|–|-)?\s*"
)
_BOILERPLATE = re.compile(
    r"무단\s?(?:전재|복제|배포)|재배포\s?금지|저작권자|ⓒ|©|all rights reserved|[\w.+-]+@[\w-]+\.\w+"
    r"|https?://|www\.|기사\s?제보|구독\s?신청|read (?:this|the) (?:article|story) in korean"
    r"|click here to|sign up for|subscribe to|unauthori[sz]ed reproduction",
    re.IGNORECASE,
)
#: A longer text that holds such words may still say something.
_LONGEST_BOILERPLATE = 200


def without_dateline(text: str) -> int:
    """How many characters at the start are a dateline: (서울=연합뉴스), SEOUL (Yonhap) –."""
    match = _DATELINE_KO.match(text) or _DATELINE_EN.match(text)
    return match.end() if match and match.end() < len(text) else 0


def is_boilerplate(ko: str, en: str) -> bool:
    """Whether a pair is a credit, a copyright or contact line, or an invitation to click."""
    return any(len(text) <= _LONGEST_BOILERPLATE and _BOILERPLATE.search(text) for text in (ko, en))


def repeat_key(ko: str, en: str) -> int:
    """One number for pairs that differ in figures and blanks at most."""
    plain = re.sub(r"\d+", "0", "".join(f"{ko}\0{en}".split()))
    return int.from_bytes(blake2b(plain.encode(), digest_size=8).digest(), "little")
