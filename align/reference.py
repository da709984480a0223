"""How an encoder's vectors read: where they point in general, and how their cosines lie.

Encoders differ widely: unrelated sentences and translations have cosines of .05 and .70 with one,
.78 and .87 with another. So vectors are centred on the mean of their language, and a bead is never
judged by its cosine but by where that lies between the levels of unrelated sentences and of
translations. All this is estimated from the texts at hand; for short texts the estimate leans on
these few pairs, which every encoder embeds once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from align.encoder import Encoder, Floats, unit

#: Korean sentences with their English translations, on invented matters, news-like and plain.
PAIRS = (
    ("시장 상인들은 비가 그치자 다시 좌판을 폈다.", "Once the rain stopped, the market vendors set out their stalls again."),
    ("군당위원회는 지난달 새 책임비서를 임명했다.", "The county party committee appointed a new chief secretary last month."),
    ("쌀값은 일주일 만에 두 배 가까이 올랐다.", "The price of rice nearly doubled within a week."),
    ("“우리는 아무런 설명도 듣지 못했다”고 한 주민이 말했다.", "“We were given no explanation at all,” one resident said."),
    ("국경을 따라 새로운 철조망이 설치되고 있다.", "New barbed wire is being installed along the border."),
    ("의사들은 약이 부족해 환자를 돌려보내야 했다.", "Doctors had to send patients away because they were short of medicine."),
    ("그 공장은 전기가 들어오지 않아 석 달째 멈춰 서 있다.", "The factory has stood idle for three months for want of electricity."),
    ("학생들은 방학에도 농촌 일손 돕기에 동원됐다.", "Students were mobilized to help on farms even during their vacation."),
    ("두 나라의 외교장관은 다음 주에 만나 회담할 예정이다.", "The foreign ministers of the two countries are due to meet for talks next week."),
    ("검열단은 창고에서 수십 상자의 밀수품을 찾아냈다.", "The inspectors found dozens of boxes of smuggled goods in the warehouse."),
    ("그의 어머니는 작은 국숫집을 운영했다.", "His mother ran a small noodle shop."),
    ("올겨울은 예년보다 훨씬 추울 것으로 예상된다.", "This winter is expected to be far colder than usual."),
    ("병사들은 부대 옆 밭에서 콩을 길렀다.", "The soldiers grew beans in a field next to their base."),
    ("전문가들은 이번 조치가 오래가지 못할 것으로 내다봤다.", "Experts predicted that the measure would not last long."),
    ("배 한 척이 항구를 떠난 뒤 소식이 끊겼다.", "A ship lost contact after leaving port."),
    ("은행은 새 지폐를 바꿔 줄 기한을 정했다.", "The bank set a deadline for exchanging the new notes."),
)  # fmt: skip


@dataclass(frozen=True)
class Usual:
    """An encoder on the reference pairs.

    ``ko_mean`` and ``en_mean`` (dim,): mean vector of each language. ``random`` and ``true``: median
    cosine, after centring, of unrelated sentences and of translations.
    """

    ko_mean: Floats
    en_mean: Floats
    random: float
    true: float


def usual_of(encoder: Encoder) -> Usual:
    """Embed the reference pairs with ``encoder`` and measure."""
    ko = encoder.encode([pair[0] for pair in PAIRS])
    en = encoder.encode([pair[1] for pair in PAIRS])
    ko_mean, en_mean = ko.mean(axis=0), en.mean(axis=0)
    similarity = unit(ko - ko_mean) @ unit(en - en_mean).T
    unrelated = similarity[~np.eye(len(PAIRS), dtype=bool)]
    return Usual(
        ko_mean, en_mean, float(np.median(unrelated)), float(np.median(np.diag(similarity)))
    )
