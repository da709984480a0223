"""Terms from a memory's translations: renderings, counts, noise, and what is kept between runs."""

from __future__ import annotations

import csv
import math
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import InputError
from tm.memory import Memory
from tm.store import ArticleRecord
from tm.terms.association import log_likelihoods
from tm.terms.english import find_phrase, phrase_key
from tm.terms.extract import Candidate, Extraction, extract
from tm.terms.extract.corpus import Corpus, read_corpus
from tm.terms.extract.evidence import WEIGHTS
from tm.terms.extract.grams import english_grams, korean_grams, with_abbreviations
from tm.terms.extract.noise import is_boilerplate, without_dateline
from tm.terms.extract.tokens import INNER, english_key, english_tokens, korean_tokens
from tm.terms.spelling import fold_spelling
from tm.terms.termbase.concepts import Concept, Term
from tm.terms.termbase.lookup import Termbase
from tm.terms.wordstats.keeping import folder_of
from tm.unit import Provenance, TranslationUnit

PAIRS = Path(__file__).with_name("extract_pairs.tsv")


class Units:
    """Units in a list, as a source of terms."""

    def __init__(self, units: Sequence[TranslationUnit]):
        self._units = {unit.id: unit for unit in units}

    def units(self) -> Iterator[TranslationUnit]:
        return iter(self._units.values())

    def unit(self, unit_id: int) -> TranslationUnit | None:
        return self._units.get(unit_id)


def unit_of(number: int, ko: str, en: str, article: str = "a") -> TranslationUnit:
    return TranslationUnit(ko, en, Provenance(article, number), id=number)


@pytest.fixture(scope="module")
def pairs() -> list[TranslationUnit]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [unit_of(n, row["ko"], row["en"], row["article"]) for n, row in enumerate(rows, 1)]


@pytest.fixture(scope="module")
def found(pairs: list[TranslationUnit]) -> Extraction:
    return extract(Units(pairs))


@pytest.fixture(scope="module")
def by_term(found: Extraction) -> dict[str, list[Candidate]]:
    terms: dict[str, list[Candidate]] = {}
    for candidate in found:
        terms.setdefault(candidate.ko, []).append(candidate)
    return terms


# Renderings


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("국가감독성", "Ministry of State Oversight"),
        ("국경경비대", "border guards"),
        ("대동무역회사", "Taedong Trading Company"),
        ("리철민", "Ri Chol Min"),
        ("은하역", "Unha Station"),
        ("돌격대", "shock brigade"),
        ("목선", "wooden boat"),
        ("탄광", "coal mine"),
        ("장마당", "market"),
        ("연유", "fuel"),
        ("부두", "pier"),
        ("뇌물", "bribe"),
        ("밀수", "smuggling"),
        ("배급", "ration"),
        ("재판", "trial"),
        ("땔감", "firewood"),
        ("발동기", "generator"),
    ],
)
def test_recurring_terms_are_found_with_their_whole_rendering(
    by_term: dict[str, list[Candidate]], ko: str, en: str
) -> None:
    assert phrase_key(by_term[ko][0].en.lower()) == phrase_key(en.lower())


def test_two_voices_for_one_term_are_both_shown_with_their_counts(
    by_term: dict[str, list[Candidate]],
) -> None:
    voices = {voice.en: voice.together for voice in by_term["돈주"]}
    assert voices == {"donju": 4, "moneyed investors": 4}
    assert [voice.rank for voice in by_term["돈주"]] == [0, 1]


def test_an_abbreviation_counts_as_what_it_stands_for(
    by_term: dict[str, list[Candidate]],
) -> None:
    ministry = by_term["국가감독성"][0]
    assert ministry.abbreviation == "MSO"
    assert by_term["국감성"][0].en == ministry.en  # where only MSO stands
    assert ministry.en_count == by_term["국감성"][0].en_count == 7


def test_a_gloss_is_told_apart_from_the_term() -> None:
    units = [
        unit_of(1, "새별단 단원들이 마을에 왔다.", "Saebyol (a youth choir) came to the village."),
        unit_of(2, "새별단은 노래를 불렀다.", "Saebyol sang a song."),
        unit_of(3, "주민들은 새별단을 반겼다.", "Residents welcomed Saebyol."),
        unit_of(4, "새별단은 이튿날 떠났다.", "Saebyol left the next day."),
    ]
    first = {c.ko: c for c in reversed(list(extract(Units(units))))}["새별단"]
    assert first.en == "Saebyol"
    assert first.gloss == "a youth choir"


def test_examples_show_both_sides_at_the_right_words(found: Extraction) -> None:
    for candidate in found:
        assert candidate.examples
        for example in candidate.examples:
            for start, end in example.source_spans:
                shown = fold_spelling(example.unit.source[start:end].replace("의 ", ""))
                assert shown == fold_spelling(candidate.ko)
            forms = {phrase_key(t) for t in (candidate.en, *candidate.variants)}
            forms |= {phrase_key(candidate.abbreviation or "")}
            for start, end in example.target_spans:
                assert phrase_key(example.unit.target[start:end]) in forms


def test_what_speaks_for_a_pair_is_told_by_name(found: Extraction) -> None:
    for candidate in found:
        assert set(candidate.evidence) <= set(WEIGHTS)
        assert 0.5 <= candidate.confidence <= 1
        assert 0 <= candidate.termhood <= 1
        assert str(candidate.together) in candidate.explain()


def test_a_name_is_known_by_its_spelling(by_term: dict[str, list[Candidate]]) -> None:
    assert by_term["국가감독성"][0].is_name
    assert not by_term["탄광"][0].is_name


def test_nothing_is_found_in_nothing() -> None:
    assert list(extract(Units([]))) == []
    assert list(extract(Units([unit_of(1, "비가 왔다.", "It rained.")]))) == []
    texts = ("It rained.", "Showers fell.", "Wet weather.", "Drizzle!")
    assert (
        list(extract(Units([unit_of(n, f"비 {'요' * n}", t) for n, t in enumerate(texts)]))) == []
    )


@pytest.mark.parametrize(("least", "minimum"), [(0, 0.5), (3, 1.5), (3, -0.1)])
def test_impossible_limits_are_refused(least: int, minimum: float) -> None:
    with pytest.raises(InputError):
        extract(Units([]), least=least, minimum=minimum)


# The termbase


def test_the_termbase_tells_known_pairs_from_conflicting_and_new_ones(
    pairs: list[TranslationUnit],
) -> None:
    termbase = Termbase(
        (
            Concept("donju", terms=(Term("돈주", "ko"), Term("donju", "en"))),
            Concept("pier", terms=(Term("부두", "ko"), Term("wharf", "en"))),
        )
    )
    standing = {(c.ko, c.en): c for c in extract(Units(pairs), termbase=termbase)}
    assert standing["돈주", "donju"].standing == "known"
    assert standing["돈주", "moneyed investors"].standing == "conflicting"
    assert standing["부두", "pier"].standing == "conflicting"
    assert standing["부두", "pier"].termbase == ("wharf",)
    assert standing["연유", "fuel"].standing == "new"


# Noise


def test_boilerplate_and_datelines_give_no_terms(found: Extraction) -> None:
    assert found.left_out.boilerplate == 6
    texts = {candidate.ko for candidate in found} | {candidate.en for candidate in found}
    assert not texts & {"강변통신", "River News", "무단 전재", "Copyright", "May"}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("(해주=강변통신) 부두가 닫혔다.", "부두가 닫혔다."),
        ("[서울=강변통신] 한미래 기자 = 비가 왔다.", "비가 왔다."),
        ("HAEJU, May 3 (River News) -- The pier closed.", "The pier closed."),
        ("SEOUL — It rained.", "It rained."),
        ("부두가 닫혔다.", "부두가 닫혔다."),
        ("The MSO - as it is known - closed it.", "The MSO - as it is known - closed it."),
        ("(해주=강변통신)", "(해주=강변통신)"),
    ],
)
def test_datelines_end_where_the_sentence_begins(text: str, rest: str) -> None:
    assert text[without_dateline(text) :] == rest


def test_a_sentence_about_copyright_is_no_boilerplate() -> None:
    assert is_boilerplate("무단전재 및 재배포 금지", "All rights reserved.")
    assert not is_boilerplate("저작권을 지키라고 했다.", "They were told to respect copyright.")


def test_places_are_told_in_the_text_with_its_dateline() -> None:
    text = "(해주=강변통신) 국가감독성은 부두를 닫았다."
    corpus = read_corpus([unit_of(1, text, "The pier was closed.")])
    token = corpus.ko.tokens[0]
    assert text[token["start"] :].startswith("국가")


def test_sources_numbers_and_reporting_verbs_are_no_terms() -> None:
    flags = {token.form: token.flags for token in korean_tokens("양강도 소식통은 3일 말했다.")}
    assert not flags["소식통"] & INNER
    words = {token.form: token.flags for token in english_tokens("He told us (an old man) Monday.")}
    assert not words["Monday"] & INNER
    assert not words["old"] & INNER


def test_repetitions_rejected_units_and_monsters_are_left_out_and_told() -> None:
    one = unit_of(1, "돈주가 왔다. 3", "A donju came. 3")
    units = [
        one,
        unit_of(2, "돈주가 왔다. 4", "A donju came. 4"),
        replace(unit_of(3, "빚이 늘었다.", "Debts grew."), status="rejected"),
        unit_of(4, "가" * 6000, "a" * 10),
    ]
    corpus = read_corpus(units)
    assert list(corpus.ids) == [1]
    left = corpus.left_out
    assert (left.repeated, left.rejected, left.too_long, left.analysed) == (1, 1, 1, 1)


def test_the_noun_is_one_term_however_the_analyser_cuts_it(
    by_term: dict[str, list[Candidate]], pairs: list[TranslationUnit]
) -> None:
    assert by_term["은하역"][0].ko_count == sum("은하역" in unit.source for unit in pairs)


def test_us_is_not_the_verb_use() -> None:
    assert english_key("U.S.") == english_key("US") == english_key("US's")
    assert english_key("US") not in {english_key(word) for word in ("us", "use", "used", "uses")}


# Counts are true counts


def test_counts_are_those_of_the_units(pairs: list[TranslationUnit], found: Extraction) -> None:
    used = [unit for unit in pairs if not is_boilerplate(unit.source, unit.target)]
    for candidate in found:
        short = candidate.abbreviation
        keys = {phrase_key(candidate.en)} | ({phrase_key(short)} if short else set())
        english = {u.id for u in used if any(find_phrase(u.target, key) for key in keys)}
        assert candidate.en_count <= len(english)
        korean = {u.id for u in used if candidate.ko in u.source}
        assert candidate.together <= min(candidate.ko_count, candidate.en_count)
        assert candidate.ko_count <= len(korean)
        assert {e.unit.id for e in candidate.examples} <= english & korean


_KO = st.sampled_from(["쌀", "시장", "국가보위성", "돈", "가격", "트럭", "회사", "산 아래", "와"])
_EN = st.sampled_from(
    ["rice", "market", "Ministry of Peace", "MoP", "price", "the", "of", "-", ","]
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.lists(_KO, max_size=6), st.lists(_EN, max_size=8)), max_size=12))
def test_runs_are_counted_as_by_hand(texts: list[tuple[list[str], list[str]]]) -> None:
    units = [
        unit_of(n, f"{' '.join(ko)} {n}번", f"{' '.join(en)} x{n}")
        for n, (ko, en) in enumerate(texts)
    ]
    corpus = read_corpus(units)
    english = english_grams(corpus.en, 2)
    for gram, key in enumerate(english.keys):
        assert english.counts[gram] == _units_with(corpus, key.split()) >= 2
    korean = korean_grams(corpus.ko, 2)
    for gram in range(len(korean)):
        places = np.unique(korean.unit[korean.gram == gram])
        assert korean.counts[gram] == len(places) >= 2
    assert len(set(korean.keys)) == len(korean)


def _units_with(corpus: Corpus, keys: list[str]) -> int:
    """Units that hold these words side by side with no punctuation between."""
    side = corpus.en
    count = 0
    for start, end in zip(side.starts[:-1], side.starts[1:], strict=True):
        tokens = side.tokens[start:end]
        words = [side.words[word] for word in tokens["word"]]
        follows = tokens["flags"] & 1
        hits = (
            words[i : i + len(keys)] == keys and follows[i + 1 : i + len(keys)].all()
            for i in range(len(words) - len(keys) + 1)
        )
        count += any(hits)
    return count


def log_likelihood(together: int, left: int, right: int, total: int) -> float:
    """G² of one table, cell by cell; negative if the two avoid each other."""
    both, only_left, only_right = together, left - together, right - together
    neither = total - left - right + together
    cells = [max(n, 0) for n in (both, only_left, only_right, neither)]
    n = sum(cells)
    if n == 0 or both == 0:
        return 0.0
    rows = (cells[0] + cells[1], cells[2] + cells[3])
    columns = (cells[0] + cells[2], cells[1] + cells[3])
    total_g = 0.0
    for i, observed in enumerate(cells):
        expected = rows[i // 2] * columns[i % 2] / n
        if observed and expected:
            total_g += observed * math.log(observed / expected)
    expected_both = rows[0] * columns[0] / n
    return 2 * total_g if both >= expected_both else -2 * total_g


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 1000))
def test_log_likelihood_of_arrays_is_that_of_single_tables(
    together: int, left: int, right: int, others: int
) -> None:
    left, right = left + together, right + together
    total = left + right - together + others
    many = log_likelihoods(np.array([together]), np.array([left]), np.array([right]), total)
    assert many[0] == pytest.approx(max(log_likelihood(together, left, right, total), 0), abs=1e-6)


def test_an_abbreviation_of_several_things_goes_with_the_usual_one() -> None:
    text = "Music of Peace played for the Ministry of Peace. MOP is short."
    grams = english_grams(read_corpus([unit_of(1, "말", text)]).en, 1)
    music, ministry = phrase_key("Music of Peace"), phrase_key("Ministry of Peace")
    merged, short = with_abbreviations(grams, Counter({(ministry, "MOP"): 3, (music, "MOP"): 1}))
    assert short == {ministry: "MOP"}
    places = [merged.keys[gram] for gram in merged.gram]
    assert "MOP" in grams.keys
    assert "MOP" not in places


# What is kept


@pytest.fixture
def filled(path: Path, pairs: list[TranslationUnit]) -> Iterator[Memory]:
    with Memory.open(path, create=True, who="tester") as memory:
        memory.import_units(pairs[:40], ArticleRecord("first"))
        yield memory


def _told(found: Extraction) -> list[Candidate]:
    return [replace(candidate, examples=()) for candidate in found]


def test_only_new_units_are_analysed(
    filled: Memory, path: Path, pairs: list[TranslationUnit]
) -> None:
    folder = folder_of(path)
    assert extract(filled, folder=folder).left_out.analysed == extract(filled).units
    assert extract(filled, folder=folder).left_out.analysed == 0
    filled.import_units(pairs[40:], ArticleRecord("second"))
    later = extract(filled, folder=folder)
    assert later.left_out.analysed == later.units - extract(Units(pairs[:40])).units


def test_what_was_kept_answers_as_what_is_read_anew(
    filled: Memory, path: Path, pairs: list[TranslationUnit]
) -> None:
    folder = folder_of(path)
    extract(filled, folder=folder)
    filled.import_units(pairs[40:], ArticleRecord("second"))
    ids = [unit.id for unit in filled.units() if unit.id is not None]
    filled.delete(random.Random(7).sample(ids, 9))
    filled.edit(filled_id(filled), target="Officials sealed the doors of the warehouses first.")
    assert _told(extract(filled, folder=folder)) == _told(extract(filled))


def filled_id(memory: Memory) -> int:
    return next(unit.id for unit in memory.units() if "창고 문" in unit.source and unit.id)


def test_deleting_what_is_kept_costs_time_only(filled: Memory, path: Path) -> None:
    folder = folder_of(path)
    before = _told(extract(filled, folder=folder))
    for file in folder.iterdir():
        file.unlink()
    assert _told(extract(filled, folder=folder)) == before


@pytest.mark.parametrize("damage", [b"no database at all", b""])
def test_what_is_damaged_is_made_anew(filled: Memory, path: Path, damage: bytes) -> None:
    folder = folder_of(path)
    before = _told(extract(filled, folder=folder))
    (folder / "pairs.sqlite").write_bytes(damage * 300)
    again = extract(filled, folder=folder)
    assert _told(again) == before
    assert again.left_out.analysed == again.units
    assert extract(filled, folder=folder).left_out.analysed == 0


@pytest.mark.parametrize("table", ["units", "forms"])
def test_a_changed_row_is_not_used(filled: Memory, path: Path, table: str) -> None:
    folder = folder_of(path)
    before = _told(extract(filled, folder=folder))
    column = {"units": "ko", "forms": "form"}[table]
    with closing(sqlite3.connect(folder / "pairs.sqlite")) as kept, kept:
        rows = kept.execute(f"SELECT id, {column} FROM {table} ORDER BY id LIMIT 9").fetchall()
        for (row, _), (_, other) in zip(rows, reversed(rows), strict=True):
            kept.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (other, row))
    again = extract(filled, folder=folder)
    assert _told(again) == before
    assert again.left_out.analysed > 0


def test_a_memory_put_in_the_place_of_another_is_read_anew(
    tmp_path: Path, pairs: list[TranslationUnit]
) -> None:
    folder = tmp_path / "kept"
    extract(Units(pairs), folder=folder)
    swapped = [replace(unit, target=unit.target.replace("donju", "magnate")) for unit in pairs]
    again = extract(Units(swapped), folder=folder)
    assert again.left_out.analysed == sum("donju" in unit.target for unit in pairs)
    assert _told(again) == _told(extract(Units(swapped)))


def test_a_place_that_is_only_for_reading_will_do(
    filled: Memory, path: Path, without_privileges: Callable[[], None]
) -> None:
    before = _told(extract(filled))
    path.parent.chmod(0o555)
    try:
        without_privileges()
        assert _told(extract(filled, folder=folder_of(path))) == before
    finally:
        path.parent.chmod(0o755)


def test_the_bundled_sample_gives_the_terms_of_its_articles(
    sample_dir: Path, tmp_path: Path
) -> None:
    from align.aligner import align
    from align.reading.reader import read_article

    path = tmp_path / "sample.tm"
    with Memory.open(path, create=True) as memory:
        for ko in sorted(sample_dir.glob("*.ko.txt")):
            en = ko.with_name(ko.name.replace(".ko.", ".en."))
            article = ko.name.removesuffix(".ko.txt")
            memory.add_alignment(align(read_article(ko), read_article(en)), article=article)
        first = {c.ko: c.en.lower() for c in reversed(list(extract(memory))) if c.rank == 0}
    assert first["돈주"] == "donju"
    assert first["꽃제비"] == "kotjebi"
    assert first["무산광산"] == "musan mine"
    assert first["617상무"] == "617 division"
    assert first["안전부"] == "ministry of social security"
    assert first["평안북도"] == "north pyongan province"
