"""The search index never disagrees with the store, and finds what comparing everything finds."""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from rapidfuzz.distance import Levenshtein

from tm.search.fold import fold, levelled, plain
from tm.search.fuzzy import similar, similarities
from tm.search.query import query
from tm.search.ranks import is_date, rank_of, ranks_between
from tm.search.regex import required_tokens
from tm.search.tokens import tokens_of
from tm.store import ArticleRecord, Filter
from tm.store.sqlite import SqliteStore
from tm.unit import Provenance, TranslationUnit

BY = {"who": "tester", "why": "test"}

WORDS = (
    *(
        "돈주",
        "돈주가",
        "비핵화",
        "비 핵화",
        "장마당에서",
        "쌀",
        "여성",
        "녀성이",
        "조선로동당",
        "한·미",
    ),
    *("ice", "police", "Jong-un", "Kim", "missiles", "party", "Party’s", "the", "U.S.", "%", "12"),
)
ASKED = (
    *("돈주", "쌀", "핵화", "한미", "여성", "로동당", "로동", "장마당에서 쌀", "icekim", "ß"),
    *("ice", "missile", "Jong Un", "kim jong un", "par*", "U.S.", "%", "the party", "12 missiles"),
)
DATES = (None, "2020", "2020-05", "2020-05-05", "2021-01-01", "no date")

ALPHABET = st.characters(exclude_categories=["Cs"])
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
SIDES = (("ko", "source"), ("en", "target"))


def added(store, pairs, article="a", date=None):
    units = [TranslationUnit(ko, en, Provenance(article, i)) for i, (ko, en) in enumerate(pairs)]
    store.add(ArticleRecord(article, date=date), units, [], **BY)


def similarity(one, other, minimum):
    return similarities(one, [other], minimum)[0]


def near(store, text, lang, minimum):
    return [found for found, _ in store.near(text, lang, minimum)]


def found(store, asked, lang, only=Filter()):  # noqa: B008
    rows = store.candidates(asked.tokens, lang, only)
    return [row.id for row in rows if asked.is_in(row.text)]


@pytest.fixture
def store(path):
    opened = SqliteStore(path, create=True)
    yield opened
    opened.close()


# Against the store


class Searching(RuleBasedStateMachine):
    """Any changes, one after the other; after each, every question has the answer that reading all
    live units gives, also to a second connection that has been open all the time."""

    @initialize()
    def begin(self):
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        path = f"{self.folder.name}/m.tm"
        self.store = SqliteStore(path, create=True)
        self.other = SqliteStore(path)

    @rule(article=st.sampled_from("abc"), date=st.sampled_from(DATES), data=st.data())
    def add(self, article, date, data):
        pairs = data.draw(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
        added(self.store, pairs, article, date)

    @rule(chance=st.randoms(use_true_random=False), source=TEXTS, date=st.sampled_from(DATES[2:5]))
    @precondition(lambda self: self.store.unit_count())
    def edit(self, chance, source, date):
        unit = chance.choice(list(self.store.units()))
        self.store.edit(unit.id, source=source or "쌀", date=date, **BY)

    @rule(chance=st.randoms(use_true_random=False))
    @precondition(lambda self: self.store.unit_count())
    def delete(self, chance):
        self.store.delete([chance.choice(list(self.store.units())).id], **BY)

    @rule()
    @precondition(lambda self: self.store.change())
    def undo(self):
        self.store.undo(self.store.change(), **BY)

    @rule(pairs=st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
    def take_in(self, pairs):
        units = (TranslationUnit(*pair, Provenance("", i)) for i, pair in enumerate(pairs))
        self.store.import_units(units, ArticleRecord("file"), **BY)

    @invariant()
    def questions_have_the_answers_that_reading_everything_gives(self):
        live = sorted(self.store.units(), key=lambda u: rank_of(u.id, u.provenance.date))
        for store in (self.store, self.other):
            for lang, side in SIDES:
                for text in ASKED:
                    asked = query(text, lang)
                    true = [u.id for u in live if asked.is_in(getattr(u, side))]
                    assert found(store, asked, lang) == true, text
                texts = {plain(getattr(u, side)) for u in live} - {""}
                for wanted in WORDS:
                    close = {t for t in texts if similarity(wanted, t, 60) >= 60}
                    assert set(near(store, wanted, lang, 60)) == close

    @invariant()
    def nothing_is_wrong_with_the_index(self):
        assert self.store.check() == []

    def teardown(self):
        self.store.close()
        self.other.close()
        self.folder.cleanup()


TestSearching = Searching.TestCase
TestSearching.settings = settings(max_examples=10, stateful_step_count=8, deadline=None)


@given(
    pairs=st.lists(st.tuples(TEXTS, st.sampled_from(DATES)), max_size=8),
    ends=st.tuples(*[st.sampled_from((None, "2019", "2020", "2020-05", "2020-05-05", "2021"))] * 2),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_dates_are_filtered_as_comparing_them_does(pairs, ends, tmp_path_factory):
    store = SqliteStore(tmp_path_factory.mktemp("dates") / "m.tm", create=True)
    for number, (text, date) in enumerate(pairs):
        added(store, [(f"쌀 {text}", "x")], f"{number}", date)
    low, high = ends

    def is_within(date):
        if not is_date(date or ""):
            return low is None and high is None
        return (low is None or date >= low) and (high is None or date[: len(high)] <= high)

    true = {u.id for u in store.units() if is_within(u.provenance.date)}
    assert set(found(store, query("쌀", "ko"), "ko", Filter(from_date=low, to_date=high))) == true
    store.close()


@given(st.lists(st.tuples(st.integers(1, 99), st.sampled_from(DATES)), min_size=2, unique=True))
def test_ranks_ascend_from_new_to_old_and_end_without_date(units):
    ordered = sorted(units, key=lambda unit: rank_of(*unit))
    days = [date if is_date(date or "") else "" for _, date in ordered]
    assert days == sorted(days, reverse=True)
    assert all(a[0] < b[0] for a, b in pairwise(ordered) if a[1] == b[1])
    first, last = ranks_between(None, None)
    assert all(first < rank_of(*unit) <= last for unit in units)


# Texts and tokens


@given(text=st.text(max_size=40), start=st.integers(0, 40), length=st.integers(1, 12))
def test_any_stretch_of_a_korean_text_is_among_its_candidates(text, start, length):
    folded = fold(text)
    assume(fold(folded[start : start + length]))
    tokens = set(tokens_of(levelled(text), fold(text), "ko").split())
    for group in query(folded[start : start + length], "ko").tokens:
        assert any(t in tokens or any(x.startswith(t) for x in tokens) for t in group)


ENGLISH = st.text(st.sampled_from("ab'-’ .B·s"), max_size=14)


@given(text=ENGLISH, asked=ENGLISH.filter(fold))
@settings(max_examples=500)
def test_english_that_a_text_holds_is_among_its_candidates(text, asked):
    assume(max(map(len, re.split(r"\s", asked)), default=0) < 5)
    tokens = set(tokens_of(levelled(text), fold(text), "en").split())
    wanted = query(asked, "en")
    if wanted.is_in(text):
        assert all(any(token in tokens for token in group) for group in wanted.tokens)


@given(
    text=ENGLISH,
    asked=st.sampled_from((r"a\b", r"\bab\b", r"(?:b|a) s+", r" ab .s", "b.?s", "A'B")),
)
def test_what_a_regular_expression_finds_is_among_its_candidates(text, asked):
    if query(asked, "en", "regex").is_in(text):
        tokens = set(tokens_of(levelled(text), fold(text), "en").split())
        assert all(group[0] in tokens for group in required_tokens(asked, "en"))


def test_a_regular_expression_asks_the_index_for_what_it_must_find():
    assert required_tokens("북한.*비핵화", "ko") == (("북한",), ("비핵",), ("핵화",))
    assert required_tokens("(?:북한|조선)?군", "ko") == ()
    assert required_tokens(r"\bstate security\b", "en") == (("security",), ("state",))
    assert required_tokens(r"mis+ile", "en") == ()


# Similar texts


def test_the_best_of_hundreds_of_near_duplicates_are_found(store):
    chance = random.Random(3)
    places = [f"{a}{b}시" for a in "가나다라마바사아자차카타파하" for b in "강산천포원성"]
    texts = sorted(
        {
            f"{chance.choice(places)}에서 {chance.randint(1, 31)}일 쌀값이"
            f" {chance.randint(3, 99)}00원으로 올랐다고 소식통이"
            f" {chance.choice(places)} 상인의 말을 빌려 전했다."
            for _ in range(900)
        }
    )
    added(store, [(text, "x") for text in texts])
    for _ in range(20):
        asked = chance.choice(texts).replace("올랐다고", chance.choice(("내렸다고", "뛰었다고")))
        best = sorted((similarity(asked, text, 0) for text in texts), reverse=True)[:10]
        assert [percent for _, percent in similar(store, asked, "ko", minimum=70)][:10] == best


def test_a_sentence_that_stands_thousands_of_times_does_not_hide_the_next_best(store):
    repeated = [("보위원들이 장마당을 단속했다.", "Agents searched the market.")] * 7000
    added(store, [*repeated, ("보위원들이 장마당을 수색하였다.", "Agents raided the market.")])
    assert [
        text for text, _ in similar(store, "보위원들이 장마당을 수색했다.", "ko", minimum=50)
    ] == [
        "보위원들이 장마당을 수색하였다.",
        "보위원들이 장마당을 단속했다.",
    ]


def test_texts_that_differ_in_case_or_blanks_only_are_both_found(store):
    added(store, [("하나", "the ministry of peace"), ("둘", "The Ministry of Peace")])
    assert {text for text, _ in similar(store, "The ministry of peace!", "en", minimum=70)} == {
        "the ministry of peace",
        "The Ministry of Peace",
    }


@given(
    texts=st.lists(st.text(ALPHABET, max_size=12), max_size=6),
    asked=st.text(ALPHABET, min_size=1, max_size=12),
)
@settings(max_examples=60, deadline=None)
def test_among_few_texts_all_similar_ones_are_found(texts, asked, tmp_path_factory):
    assume(plain(asked))
    with_store = SqliteStore(tmp_path_factory.mktemp("few") / "m.tm", create=True)
    added(with_store, [(text, "x") for text in texts])
    true = {
        plain(text) for text in texts if plain(text) and similarity(plain(asked), plain(text), 70)
    }
    assert set(near(with_store, asked, "ko", 70)) == true
    with_store.close()


def test_thousands_of_texts_of_one_length_are_held_page_by_page(store):
    texts = [f"{number:04} 번째 소식" for number in range(2000)]
    added(store, [(text, "x") for text in texts])
    assert near(store, texts[3], "ko", 99) == [texts[3]]  # held in memory from here on
    store.delete(list(range(1, 1501)), **BY)
    assert store.check() == []
    assert near(store, texts[3], "ko", 99) == []
    again = [f"{number:04} 번째 기사" for number in range(1200)]
    added(store, [(text, "x") for text in again], "b")
    assert store.check() == []
    for text in (texts[1700], again[0], again[-1]):
        assert near(store, text, "ko", 99) == [text]
    (pages,) = store._connection.execute("SELECT count(*) FROM search_signatures_ko").fetchone()
    assert pages == 4  # what was free is filled again


def test_what_a_process_holds_is_not_mixed_with_another_making_of_the_index(store):
    texts = [f"쌀값이 {number}번 올랐다." for number in range(10, 50)]
    added(store, [(text, "x") for text in texts])
    store.delete(list(range(1, 21)), **BY)
    assert near(store, texts[30], "ko", 99) == [texts[30]]
    making = "UPDATE search_index SET rules = rules + 1"
    with sqlite3.connect(store.path) as other:
        other.execute(making)
    other.close()
    SqliteStore(store.path).close()  # makes the index anew, with other pages
    added(store, [("쌀값이 9번 올랐다.", "x")], "b")
    assert set(near(store, texts[30], "ko", 60)) == {*texts[20:], "쌀값이 9번 올랐다."}
    assert store.check() == []


@given(
    wanted=st.text(ALPHABET, max_size=20),
    texts=st.lists(st.text(ALPHABET, max_size=20), max_size=5),
    minimum=st.integers(0, 100),
)
def test_similarity_is_that_of_levenshtein_rounded_down_or_none(wanted, texts, minimum):
    for text, percent in zip(texts, similarities(wanted, texts, minimum), strict=True):
        longer = max(len(wanted), len(text), 1)
        true = (longer - Levenshtein.distance(wanted, text)) * 100 // longer
        assert percent == (true if true >= minimum else 0)


# Several processes, damage

OTHER = """
import sys
from tm.store import ArticleRecord
from tm.store.sqlite import SqliteStore
from tm.unit import Provenance, TranslationUnit
store = SqliteStore(sys.argv[1])
for line in sys.stdin:
    verb, text = line.strip().split(" ", 1)
    if verb == "add":
        unit = TranslationUnit(text, "x", Provenance(text, 0))
        store.add(ArticleRecord(text), [unit], [], who="other", why="test")
    elif verb == "delete":
        store.delete([unit.id for unit in store.exact(text, "ko")], who="other", why="test")
    print("|".join(text for text, _ in store.near("쌀값이 크게 올랐다.", "ko", 60)), flush=True)
"""


def test_a_process_that_holds_signatures_sees_what_another_changes(store):
    added(store, [("쌀값이 많이 올랐다.", "x")])
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(store.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )

    def asked(line):
        other.stdin.write(line + "\n")
        other.stdin.flush()
        return other.stdout.readline().strip().split("|")

    mine = lambda: near(store, "쌀값이 크게 올랐다.", "ko", 60)  # noqa: E731
    assert mine() == ["쌀값이 많이 올랐다."]
    both = ["쌀값이 더 올랐다.", "쌀값이 많이 올랐다."]
    assert asked("add 쌀값이 더 올랐다.") == both == mine()
    assert asked("delete 쌀값이 많이 올랐다.") == ["쌀값이 더 올랐다."] == mine()
    added(store, [("쌀값이 크게 뛰었다.", "x")], "b")
    assert "쌀값이 크게 뛰었다." in asked("ask again")
    other.communicate()
    assert other.returncode == 0


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE search_signatures_ko",
        "UPDATE search_signatures_ko SET heads = zeroblob(length(heads))",
        "UPDATE search_signatures_ko SET signatures = zeroblob(length(signatures))",
        "DELETE FROM search_signatures_en",
        "INSERT INTO search_ko (search_ko) VALUES ('delete-all')",
        "INSERT INTO search_en (rowid, tokens) VALUES (7, 'ghost')",
    ],
)
def test_damage_is_found_and_repaired(store, damage):
    added(store, [("쌀값이 올랐다.", "Rice prices rose."), ("돈주가 왔다.", "The donju came.")])
    with sqlite3.connect(store.path) as other:
        other.execute(damage)
    assert [problem.place for problem in store.check()][:1] == ["index"]
    store.repair(**BY)
    assert store.check() == []
    assert near(store, "쌀값은 올랐다.", "ko", 70) == ["쌀값이 올랐다."]
    assert found(store, query("donju", "en"), "en") != []


def test_compacting_changes_no_answer(store):
    for number in range(30):
        added(store, [(f"쌀 {number}포대", f"{number} sacks")], f"{number}")
    before = found(store, query("쌀", "ko"), "ko")
    store.compact()
    assert found(store, query("쌀", "ko"), "ko") == before
    assert store.check() == []


def test_a_concordance_does_not_wait_for_numpy(store):
    added(store, [("쌀값이 올랐다.", "Rice prices rose.")])
    script = """
import sys
from tm.memory import Memory
with Memory.open(sys.argv[1]) as memory:
    print(memory.search("쌀값").total, "numpy" in sys.modules)
"""
    command = [sys.executable, "-c", script, str(store.path)]
    assert subprocess.run(command, capture_output=True, text=True).stdout == "1 False\n"
