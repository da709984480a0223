"""Renderings of a term, from what a memory holds."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from align.alignment import Alignment
from align.errors import InputError
from tm.memories import Choice, Memories
from tm.memory import Memory
from tm.store.sqlite import SqliteStore
from tm.terms.renderings.sentences import suggest_in
from tm.terms.renderings.suggest import Rendering, Suggestion, suggest
from tm.terms.termbase.concepts import Concept, Term
from tm.terms.termbase.lookup import Termbase, load_termbase

Aligner = Callable[..., Alignment]
Command = Callable[..., Any]

FLOOD = (
    ("두만강이 넘쳐 회령시 인민반 세 곳이 물에 잠겼다.",
     "The Tumen overflowed, flooding three inminban (neighborhood watch units) in Hoeryong."),
    ("인민반장들은 주민들을 학교로 옮겼다.",
     "Inminban leaders moved residents into a school."),
    ("보위부는 강둑에 사람을 보냈다.",
     "The Ministry of State Security (MSS) sent men to the embankment."),
    ("보위부 사람들은 밤새 강둑을 지켰다.",
     "MSS officers guarded the embankment through the night."),
    ("돈주들이 쌀 2톤을 내놓았다.",
     "The donju, a class of wealthy traders, gave two tons of rice."),
    ("인민반마다 쌀을 나눠 주었다.", "Rice was handed out in every inminban."),
    ("주민들은 학교에서 사흘을 보냈다.", "Residents spent three days in the school."),
)  # fmt: skip

HARVEST = (
    ("인민반에서는 옥수수를 거두었다.", "Each neighbourhood unit collected maize."),
    ("올해 옥수수 농사는 잘되지 않았다.", "This year's maize crop was poor."),
    ("인민반 회의가 매일 저녁 열렸다.", "The neighbourhood unit met every evening."),
    (
        "당국은 인민반별로 할당량을 정했다.",
        "The authorities set a quota for each neighbourhood unit.",
    ),
    ("돈주들은 옥수수를 사들였다.", "The moneyed men bought up maize."),
    ("농민들은 창고를 비웠다.", "Farmers emptied the barns."),
)


@pytest.fixture
def reports(memory: Memory, alignment_of: Aligner) -> Memory:
    memory.add_alignment(
        alignment_of(FLOOD), article="flood", date="2022-08-02", translator="Ada Quill"
    )
    memory.add_alignment(
        alignment_of(HARVEST), article="harvest", date="2023-10-11", translator="Ben Rowe"
    )
    return memory


def named(suggestion: Suggestion, text: str) -> Rendering:
    found = [r for r in suggestion.renderings if text in (r.text, *r.variants)]
    assert found, [r.text for r in suggestion.renderings]
    return found[0]


def test_each_voice_is_a_rendering_with_count_translator_and_dates(reports: Memory) -> None:
    answer = suggest(reports, "인민반")
    assert answer.occurrences == 6
    first, second = named(answer, "inminban"), named(answer, "neighbourhood unit")
    assert (first.count, first.translators, first.first) == (3, ("Ada Quill",), "2022-08-02")
    assert (second.count, second.translators, second.last) == (3, ("Ben Rowe",), "2023-10-11")
    assert first.status == second.status == "seen only"
    assert first.share == pytest.approx(0.5)


@pytest.mark.parametrize("copied", ["돈주들이", "돈주에게서", "돈주들은"])
@pytest.mark.parametrize("termbase", [None, load_termbase()])
def test_particles_copied_with_a_term_are_taken_off(
    reports: Memory, copied: str, termbase: Termbase | None
) -> None:
    assert suggest(reports, copied, termbase=termbase) == suggest(
        reports, "돈주", termbase=termbase
    )


@pytest.mark.parametrize("term", ["경기도", "비사회주의", "여자", "고난의 행군"])
def test_a_term_that_ends_like_a_particle_stays_whole(reports: Memory, term: str) -> None:
    assert suggest(reports, term, termbase=load_termbase()).term == term


def test_a_rendering_of_the_termbase_is_named_once_in_all_its_spellings(reports: Memory) -> None:
    texts = [r.text for r in suggest(reports, "로동당", termbase=load_termbase()).renderings]
    assert texts
    assert len(texts) == len(set(texts))


def test_the_words_of_a_known_rendering_in_another_order_are_one_of_their_own(
    memory: Memory, alignment_of: Aligner
) -> None:
    termbase = Termbase(
        (Concept("squad", terms=(Term("109상무", "ko"), Term("109 group", "en", "admitted"))),)
    )
    pairs = [
        ("109상무가 학교를 뒤졌다.", "Group 109 searched the school."),
        ("109상무는 전화기를 빼앗았다.", "Phones were taken away by Group 109."),
        ("밤에는 109상무가 역에 나왔다.", "At night, Group 109 was at the station."),
        ("109상무에 대한 불만이 크다.", "Many resent the 109 group."),
        ("역에는 사람이 없었다.", "Nobody was at the station."),
    ]
    memory.add_alignment(alignment_of(pairs), article="squad")
    answer = suggest(memory, "109상무", termbase=termbase)
    assert {r.text: r.count for r in answer.renderings} == {"Group 109": 3, "109 group": 1}


PORT = (
    ("국가보위성은 항구를 막았다.", "The Ministry of State Security closed the port."),
    (
        "국가보위성 요원들이 배에 올랐다.",
        "Agents of the Ministry of State Security boarded a boat.",
    ),
    ("국가보위성은 조사하지 않았다.", "State Security did not investigate."),
    ("국가보위성이 움직이자 어부들은 숨었다.", "When State Security moved, fishermen hid."),
    ("국가보위성은 어부들의 뒤를 봐준다.", "State Security is protecting the fishermen."),
    ("학생들은 꼬마과제로 파지를 냈다.", "Pupils handed in paper for their kids’ assignment."),
    ("꼬마과제를 못한 학생은 울었다.", "Those who failed their kids' assignment wept."),
    ("학교는 꼬마과제를 늘였다.", "The school doubled the kids’ assignment."),
    ("함경북도당위원회는 침묵했다.", "The North Hamgyong party committee stayed silent."),
    ("미국의 제재로 연유가 귀하다.", "US sanctions make fuel scarce."),
    ("미국은 제재를 풀지 않았다.", "The U.S. has not lifted sanctions."),
    ("그는 중고 냉동차를 썼다.", "He used an old refrigerated truck."),
    ("돈주들은 그물을 샀다.", "The moneyed bought nets."),
    ("어부는 돈을 받지 못했다.", "The fisherman got no money."),
)


@pytest.fixture
def port(memory: Memory, alignment_of: Aligner) -> Memory:
    memory.add_alignment(alignment_of(PORT), article="port")
    return memory


def test_the_short_form_of_a_name_is_a_rendering_of_its_own(port: Memory) -> None:
    answer = suggest(port, "국가보위성", termbase=load_termbase())
    seen = {r.text: r.count for r in answer.renderings if r.count}
    assert seen == {"Ministry of State Security": 2, "State Security": 3}


def test_owners_in_the_plural_belong_to_a_rendering(port: Memory) -> None:
    assert named(suggest(port, "꼬마과제"), "kids’ assignment").count == 3


def test_a_rendering_ends_with_no_past_form(port: Memory) -> None:
    texts = [r.text for r in suggest(port, "도당위원회").renderings]
    assert texts
    assert not [text for text in texts if text.endswith("stayed")]


@pytest.mark.parametrize(
    ("term", "units"), [("US", 2), ("U.S.", 2), ("used", 1), ("moneyed", 1), ("money", 1)]
)
def test_words_that_only_look_like_inflections_count_apart(
    port: Memory, term: str, units: int
) -> None:
    assert suggest(port, term, lang="en").occurrences == units


def test_what_stands_in_one_unit_only_is_unsure_unless_its_form_or_meaning_tells(
    memory: Memory, alignment_of: Aligner
) -> None:
    pairs = [
        ("혜산시당위원회는 상인들을 불렀다.", "Hyesan saw its committee summoning traders."),
        ("리철수는 학교를 떠났다.", "Ri Chol-su left the school."),
    ]
    memory.add_alignment(alignment_of(pairs), article="once")
    unsure, sure = suggest(memory, "혜산시당위원회").best, suggest(memory, "리철수").best
    assert unsure is not None
    assert unsure.is_unsure
    assert sure is not None
    assert (sure.text, sure.is_unsure) == ("Ri Chol-su", False)


def test_what_renders_another_term_of_the_unit_is_claimed_in_any_compound(
    memory: Memory, alignment_of: Aligner
) -> None:
    pairs = [
        ("109상무가 밤에 단속을 했다.", "The 109 task force came at night."),
        ("109상무는 단속을 계속했다.", "The 109 task force went on."),
        ("617상무의 단속이 심하다.", "The 617 task force is harsh."),
        ("역에는 사람이 없었다.", "Nobody was at the station."),
    ]
    memory.add_alignment(alignment_of(pairs), article="squads")
    answer = suggest(memory, "단속", termbase=load_termbase())
    assert not {"task", "force"} & set(" ".join(r.text for r in answer.renderings).split())


def test_an_unwanted_english_term_is_told_with_what_to_write(reports: Memory) -> None:
    terms = (Term("돈주", "ko"), Term("donju", "en"), Term("tonju", "en", "deprecated"))
    answer = suggest(reports, "tonju", lang="en", termbase=Termbase((Concept("d", terms=terms),)))
    assert answer.best is not None
    assert (answer.best.text, answer.best.status) == ("돈주", "preferred")
    assert answer.best.note == "tonju is deprecated: write donju"


def test_an_english_term_with_an_unknown_part_is_not_guessed_from_the_rest(
    sample: Memory,
) -> None:
    answer = suggest(sample, "donju zeppelin crackdown", lang="en", termbase=load_termbase())
    assert not [guess for guess in answer.guesses if "parts" in guess.how]


def test_of_two_spellings_of_a_term_the_one_in_the_sentence_is_told(reports: Memory) -> None:
    known = suggest_in(reports, "로동당 간부가 왔다.", termbase=load_termbase())
    assert [k.suggestion.term for k in known if k.start == 0] == ["로동당"]


def test_hanja_are_not_guessed_at_by_meaning(reports: Memory) -> None:
    assert suggest(reports, "雪", termbase=load_termbase()).guesses == ()


def test_an_empty_sentence_is_an_input_error(reports: Memory) -> None:
    with pytest.raises(InputError, match="sentence is empty"):
        suggest_in(reports, " ")


def test_a_gloss_is_shown_and_is_no_rendering_of_its_own(reports: Memory) -> None:
    answer = suggest(reports, "인민반")
    assert named(answer, "inminban").gloss == "neighborhood watch units"
    assert not any("watch" in r.text for r in answer.renderings)


def test_an_abbreviation_goes_with_its_full_form(reports: Memory) -> None:
    best = suggest(reports, "보위부").best
    assert best is not None
    assert (best.text, best.abbreviation, best.count) == ("Ministry of State Security", "MSS", 2)
    assert "MSS" in best.variants


def test_examples_mark_the_term_and_its_rendering(reports: Memory) -> None:
    best = suggest(reports, "인민반", examples=2).best
    assert best is not None
    assert len(best.examples) == 2
    for example in best.examples:
        source, target = example.unit.source, example.unit.target
        assert {source[a:b] for a, b in example.source_spans} == {"인민반"}
        assert {target[a:b].lower() for a, b in example.target_spans} == {best.text.lower()}


def test_counts_are_of_units_that_hold_term_and_rendering(reports: Memory) -> None:
    for term in ("인민반", "돈주", "보위부", "옥수수", "주민"):
        answer = suggest(reports, term, examples=100)
        for rendering in answer.renderings:
            assert rendering.count == len(rendering.examples)
            forms = [f.lower() for f in (rendering.text, *rendering.variants)]
            for example in rendering.examples:
                assert term in example.unit.source
                assert any(form in example.unit.target.lower() for form in forms)


def test_statuses_come_from_the_termbase_and_unused_wishes_count_nothing(
    reports: Memory, tmp_path: Path
) -> None:
    file = tmp_path / "house.csv"
    file.write_text(
        "concept,ko,en,status\nunit,인민반,neighborhood unit,forbidden\n"
        "unit,인민반,inminban,admitted\nunit,인민반,people's unit,preferred\n",
        encoding="utf-8",
    )
    answer = suggest(reports, "인민반", termbase=load_termbase(file))
    seen = {r.text: (r.status, r.count) for r in answer.renderings}
    assert seen["inminban"] == ("admitted", 3)
    assert seen["people's unit"] == ("preferred", 0)
    assert seen["neighbourhood unit"] == ("forbidden", 3)
    assert answer.renderings[-1].status == "forbidden"
    assert all("termbase" in r.explain() for r in answer.renderings if not r.count)


def test_the_other_direction_finds_the_korean(reports: Memory) -> None:
    answer = suggest(reports, "inminbans", lang="en")
    assert answer.occurrences == 3
    assert answer.best is not None
    assert answer.best.text == "인민반"
    assert answer.best.count == 3


def test_an_unknown_term_gets_marked_guesses_and_no_counts(reports: Memory) -> None:
    answer = suggest(reports, "꽃제비")
    assert (answer.occurrences, answer.renderings) == (0, ())
    assert answer.guesses[0].text == "kotjebi"
    assert all(guess.how for guess in answer.guesses)


def test_an_unknown_compound_is_guessed_from_its_parts(reports: Memory) -> None:
    termbase = load_termbase()
    guesses = suggest(reports, "회령장마당", termbase=termbase).guesses
    assert "made of its parts" in guesses[0].how
    assert guesses[0].text == "Hoeryong market"


def test_adding_an_article_changes_the_answer(reports: Memory, alignment_of: Aligner) -> None:
    before = suggest(reports, "인민반").occurrences
    more = (("인민반이 모였다.", "The inminban met."), ("비가 왔다.", "It rained."))
    reports.add_alignment(alignment_of(more), article="rain")
    assert suggest(reports, "인민반").occurrences == before + 1


def test_an_empty_term_is_an_input_error(reports: Memory) -> None:
    with pytest.raises(InputError, match="empty"):
        suggest(reports, "  ")


# --- the sample articles --------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, alignment_of: Aligner) -> Memory:
    """The sample articles as their gold beads align them."""
    from corpora import SAMPLE

    memory = Memory.open(tmp_path_factory.mktemp("sample") / "sample.tm", create=True, who="test")
    for file in sorted(SAMPLE.glob("*.gold.json")):
        name = file.name.removesuffix(".gold.json")
        meta = json.loads((SAMPLE / f"{name}.json").read_text("utf-8"))
        beads = json.loads(file.read_text("utf-8"))["beads"]
        pairs = [(" ".join(bead["ko"]), " ".join(bead["en"])) for bead in beads]
        memory.add_alignment(
            alignment_of(pairs), article=name, date=meta["date"], translator=meta["translator"]
        )
    return memory


@pytest.mark.parametrize("with_termbase", [True, False])
@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("돈주", "donju"),
        ("보위부", "Ministry of State Security"),
        ("국가보위성", "Ministry of State Security"),
        ("안전부", "Ministry of Social Security"),
        ("617상무", "617 Division"),
        ("인민반", "inminban"),
        ("장마당", "market"),
        ("꽃제비", "kotjebi"),
        ("얼음", "ice"),
        ("무산광산", "Musan Mine"),
        ("함경북도", "North Hamgyong Province"),
        ("소식통", "source"),
    ],
)
def test_the_main_rendering_in_the_sample(
    sample: Memory, term: str, expected: str, with_termbase: bool
) -> None:
    best = suggest(sample, term, termbase=load_termbase() if with_termbase else None).best
    assert best is not None
    assert expected in (best.text, *best.variants)


def test_every_translator_of_inminban_is_heard(sample: Memory) -> None:
    answer = suggest(sample, "인민반", termbase=load_termbase())
    people = {r.text.lower().rstrip("s"): set(r.translators) for r in answer.renderings if r.count}
    assert "Hannah Weiss" in people["inminban"]
    assert "Daniel Ferrer" in people["people's unit"]
    watch = next(names for text, names in people.items() if "watch unit" in text)
    assert "Oliver Grant" in watch


# --- a real page ----------------------------------------------------------------------------


@pytest.fixture
def musan(shared_data: Path, memory: Memory, alignment_of: Aligner) -> Memory:
    """The page on Musan, aligned by hand."""
    ko, en = (
        [
            " ".join(p.split())
            for p in (shared_data / "seed" / name).read_text("utf-8").split("\n\n")
        ]
        for name in ("musan.ko.txt", "musan.en.txt")
    )
    wealth, drugs = (re.split(r"(?<=다\.) ", ko[i]) for i in (4, 5))
    talk, reply = en[7].split(". In response,")
    pairs = [
        (ko[1], en[0]), (ko[2], en[1]), (ko[3], en[2]), (wealth[0], en[3]), (wealth[1], en[4]),
        (drugs[0], en[5]), (drugs[1], talk), (drugs[2], reply), (ko[6], en[8]), (ko[7], en[9]),
        (ko[8], en[10]),
    ]  # fmt: skip
    memory.add_alignment(alignment_of(pairs), article="musan", date="2021-08-03")
    return memory


@pytest.mark.parametrize("termbase", [None, load_termbase()], ids=["alone", "termbase"])
def test_the_musan_page_gives_its_renderings(musan: Memory, termbase: Termbase | None) -> None:
    best = {
        term: suggest(musan, term, termbase=termbase).best
        for term in ("돈주", "보위부", "617상무", "무산광산", "얼음")
    }
    assert {term: r and r.text for term, r in best.items()} == {
        "돈주": "donju",
        "보위부": "Ministry of State Security",
        "617상무": "617 Division",
        "무산광산": "Musan Mine",
        "얼음": "ice",
    }
    assert best["돈주"] and best["돈주"].gloss == "North Korea’s wealthy entrepreneurial class"
    assert best["보위부"] and best["보위부"].abbreviation == "MSS"
    assert best["얼음"] and best["얼음"].gloss == "methamphetamine"


# --- what is told besides -------------------------------------------------------------------


def test_what_is_not_to_be_written_is_told_with_what_to_write(reports: Memory) -> None:
    terms = (
        Term("인민반", "ko"),
        Term("inminban", "en", valid_from="2022-01"),
        Term("people's team", "en", status="forbidden"),
        Term("neighbourhood unit", "en", status="deprecated", valid_until="2021-12"),
    )
    concept = Concept("unit", definition="The smallest unit of a town", terms=terms)
    answer = suggest(reports, "인민반", termbase=Termbase((concept,)))
    used = named(answer, "neighbourhood unit")
    assert (used.status, used.instead, used.valid_until) == ("deprecated", "inminban", "2021-12")
    (unseen,) = answer.unwanted
    assert (unseen.text, unseen.instead, unseen.count) == ("people's team", "inminban", 0)
    best = answer.best
    assert best is not None
    assert (best.valid_from, best.definition) == ("2022-01", "The smallest unit of a town")


def test_korean_renderings_of_an_english_term_stay_apart(sample: Memory) -> None:
    answer = suggest(sample, "markets", lang="en", termbase=load_termbase())
    counts = {r.text: r.count for r in answer.renderings}
    assert counts["장마당"] > counts["시장"] > 1


@pytest.mark.parametrize(
    ("term", "guess", "how"),
    [
        ("보위부원", "Ministry of State Security member", "보위부 Ministry of State Security + 원"),
        ("밀수단속반", "smuggling crackdown team", "밀수 smuggling + 단속 crackdown + 반"),
        ("태양열광판", "solar panel", "near in meaning: 태양빛전지판"),
        ("태양열광판", "thaeyangyolgwangphan", "North Korean system"),
        ("림춘식", "Rim Chun Sik", "as newsrooms print it"),
    ],
)
def test_what_nobody_has_rendered_is_guessed_and_each_guess_says_how(
    sample: Memory, term: str, guess: str, how: str
) -> None:
    answer = suggest(sample, term, termbase=load_termbase())
    assert (answer.occurrences, answer.renderings) == (0, ())
    told = {one.text: one.how for one in answer.guesses}
    assert how in told[guess]


@pytest.mark.parametrize(
    ("term", "guess"), [("sunlight panel", "태양빛전지판"), ("donju crackdown", "돈주 단속")]
)
def test_english_terms_are_guessed_too(sample: Memory, term: str, guess: str) -> None:
    answer = suggest(sample, term, lang="en", termbase=load_termbase())
    assert answer.occurrences == 0
    assert guess in [one.text for one in answer.guesses]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "보위부는 장마당에서 돈주들을 단속했다고 소식통이 전했다.",
            {"보위부": "Ministry of State Security", "장마당": "market", "돈주": "donju",
             "소식통": "source"},
        ),
        (
            "Police raided the jangmadang and arrested donju, a source said.",
            {"jangmadang": "장마당", "donju": "돈주", "source": "소식통"},
        ),
    ],
)  # fmt: skip
def test_every_known_term_of_a_sentence_is_found_at_once(
    sample: Memory, sentence: str, expected: dict[str, str]
) -> None:
    known = suggest_in(sample, sentence, termbase=load_termbase())
    found = {sentence[k.start : k.end]: k.suggestion.best for k in known}
    for term, rendering in expected.items():
        best = found[term]
        assert best is not None
        assert rendering in (best.text, *best.variants)
    assert [k.start for k in known] == sorted(k.start for k in known)
    assert "said" not in found


def test_terms_that_only_the_memory_knows_are_found_in_a_sentence(reports: Memory) -> None:
    known = suggest_in(reports, "인민반이 옥수수를 모았다.", termbase=Termbase(()))
    assert {k.suggestion.term for k in known} >= {"인민반"}


# --- several memories -----------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path, alignment_of: Aligner) -> Iterator[Memories]:
    """One's own memory and a public one, which has a copy of its first article."""
    pairs = {"own.tm": (FLOOD,), "public.tm": (FLOOD, HARVEST)}
    for name, articles in pairs.items():
        with Memory.open(tmp_path / name, create=True, who="test") as memory:
            for number, article in enumerate(articles):
                memory.add_alignment(alignment_of(article), article=f"a{number}")
    choices = [Choice(tmp_path / "own.tm"), Choice(tmp_path / "public.tm", 50)]
    with Memories.open(choices) as opened:
        yield opened


def test_several_memories_answer_as_one_and_copies_count_once(two: Memories) -> None:
    answer = suggest(two, "인민반", examples=9)
    inminban, unit = named(answer, "inminban"), named(answer, "neighbourhood unit")
    assert (answer.occurrences, inminban.count, unit.count) == (6, 3, 3)
    assert {Path(example.memory).name for example in inminban.examples} == {"own.tm"}
    assert {Path(example.memory).name for example in unit.examples} == {"public.tm"}


def test_a_penalty_lowers_what_a_memory_says(two: Memories) -> None:
    answer = suggest(two, "인민반")
    assert answer.best is not None
    assert answer.best.text == "inminban"
    assert named(answer, "neighbourhood unit").weight == pytest.approx(1.5)


# --- the command ----------------------------------------------------------------------------


def test_the_command_tells_the_terms_of_a_sentence_as_json(reports: Memory, donju: Command) -> None:
    sentence = "인민반이 옥수수를 모았다."
    assert isinstance(reports.store, SqliteStore)
    ran = donju("suggest", "--in", sentence, "-m", reports.store.path, "--json")
    told = json.loads(ran.out)
    assert told["sentence"] == sentence
    first = told["terms"][0]
    assert sentence[slice(*first["span"])] == first["term"] == "인민반"
    assert first["renderings"][0]["text"] == "inminban"


def test_a_term_and_a_sentence_together_are_refused(reports: Memory, donju: Command) -> None:
    assert isinstance(reports.store, SqliteStore)
    ran = donju("suggest", "돈주", "--in", "돈주가 왔다.", "-m", reports.store.path)
    assert ran.code == 2
    assert "--in" in ran.err


def test_a_term_typed_in_parts_is_the_term(sample: Memory) -> None:
    parts = unicodedata.normalize("NFD", "돈주")
    assert suggest(sample, parts).occurrences == suggest(sample, "돈주").occurrences > 0
