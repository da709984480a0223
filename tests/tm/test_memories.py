"""Several memories asked together, and what their matches pay."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.errors import InputError, MemoryFileError
from tm.memories import Choice, Memories
from tm.memory import Memory
from tm.store import ArticleRecord
from tm.unit import Provenance, TranslationUnit

RICE = "혜산 장마당에서 쌀값이 크게 올랐다고 소식통이 전했다."


def make(path, *pairs, date="2021-01-01"):
    units = [TranslationUnit(ko, en, Provenance("", 0)) for ko, en in pairs]
    with Memory.open(path, create=True) as memory:
        memory.store.add(ArticleRecord("a", date=date), units, [], who="t", why="t")
    return path


def answers(found):
    return [(m.percent, m.kind, Path(m.memory).name, m.penalty, m.unit.target) for m in found]


@pytest.fixture
def own(tmp_path):
    return make(tmp_path / "own.tm", (RICE, "Own rendering."), ("밀값이 내렸다.", "Wheat fell."))


@pytest.fixture
def public(tmp_path):
    return make(
        tmp_path / "public.tm",
        (RICE, "Public rendering."),
        ("밀값이 내렸다.", "Wheat fell."),
        ("당국은 시장을 닫았다.", "Authorities closed the market."),
    )


def test_matches_of_less_trusted_memories_pay_and_come_later(own, public):
    with Memories.open([Choice(public, 10), Choice(own)]) as memories:
        assert answers(memories.match(RICE)) == [
            (100, "exact", "own.tm", 0, "Own rendering."),
            (90, "exact", "public.tm", 10, "Public rendering."),
        ]


def test_the_minimum_holds_after_the_penalty(own, public):
    with Memories.open([Choice(own), Choice(public, 10)]) as memories:
        assert [m.percent for m in memories.match(RICE, minimum=95)] == [100]
        assert memories.match("당국은 시장을 닫았다.", minimum=91) == []
        assert [m.percent for m in memories.match("당국은 시장을 닫았다.", minimum=90)] == [90]


def test_the_same_pair_comes_once_from_where_it_is_worth_most(own, public):
    with Memories.open([Choice(public, 5), Choice(own)]) as memories:
        assert answers(memories.match("밀값이 내렸다.")) == [
            (100, "exact", "own.tm", 0, "Wheat fell.")
        ]


def test_the_limit_holds_for_all_together_but_contradicting_exact_matches_are_all_shown(
    own, public
):
    with Memories.open([Choice(own), Choice(public)]) as memories:
        found = memories.match(RICE, limit=1)
        assert [m.unit.target for m in found] == ["Own rendering.", "Public rendering."]
        assert len(memories.match(RICE[:-1] + "!", limit=1)) == 1


def test_one_memory_alone_answers_as_it_does_by_itself(own):
    with Memories.open([Choice(own)]) as memories, Memory.open(own) as memory:
        for sentence in (RICE, RICE[:-1], "밀값이 내렸다고 했다.", "아무것도 아닌 문장"):
            alone = [(m.percent, m.kind, m.unit) for m in memory.match(sentence)]
            assert [(m.percent, m.kind, m.unit) for m in memories.match(sentence)] == alone


def test_a_memory_named_twice_is_asked_once(own):
    with Memories.open([Choice(own, 3), Choice(own)]) as memories:
        assert [m.percent for m in memories.match(RICE)] == [97]


def test_choices_are_read_with_and_without_a_penalty(tmp_path, monkeypatch):
    assert Choice.parse("public.tm:10") == Choice(Path("public.tm"), 10)
    assert Choice.parse("public.tm") == Choice(Path("public.tm"))
    assert Choice.parse("C:\\news\\own.tm") == Choice(Path("C:\\news\\own.tm"))
    with pytest.raises(InputError, match="101"):
        Choice.parse("public.tm:101")
    monkeypatch.chdir(tmp_path)
    Path("odd:7").touch()
    assert Choice.parse("odd:7") == Choice(Path("odd:7"))


def test_where_one_memory_is_missing_none_stays_open(own, tmp_path):
    with pytest.raises(MemoryFileError, match=r"missing\.tm"):
        Memories.open([Choice(own), Choice(tmp_path / "missing.tm")])


def test_phrases_say_which_memory_they_are_from(own, public):
    with Memories.open([Choice(own), Choice(public)]) as memories:
        (fragment,) = memories.fragments(
            "어제 혜산 장마당에서 쌀값이 내려 주민들이 기뻐했다고 했다."
        )
        assert Path(fragment.memory).name == "own.tm"


def test_the_command_asks_several_memories(donju, own, public):
    import json

    ran = donju("match", RICE, "-m", own, "-m", f"{public}:10", "--json")
    found = json.loads(ran.out)["matches"]
    assert [(m["percent"], m["penalty"], m["memory"]) for m in found] == [
        (100, 0, str(own)),
        (90, 10, str(public)),
    ]
    assert "90 % exact (less 10)" in donju("match", RICE, "-m", own, "-m", f"{public}:10").out


def test_the_command_takes_memory_and_penalty_from_the_environment(donju, public, monkeypatch):
    monkeypatch.setenv("DONJU_MEMORY", f"{public}:10")
    assert "90 % exact" in donju("match", RICE).out


def test_without_vectors_the_command_says_once_that_meanings_were_not_compared(donju, own, public):
    ran = donju("match", "전혀 다른 이야기를 하는 문장", "-m", own, "-m", public)
    assert ran.err.count("meanings were not compared") == 1
    quiet = donju("match", "전혀 다른 이야기를 하는 문장", "-m", own, "--no-semantic")
    assert quiet.err == ""


def test_the_command_that_makes_vectors_is_told_so_that_a_shell_understands_it(donju, own):
    spaced = own.rename(own.with_name("our memory.tm"))
    ran = donju("match", "전혀 다른 이야기를 하는 문장", "-m", spaced)
    assert f"donju memory embed -m '{spaced}'" in ran.err


# Concordance


def article(memory, name, date, *pairs, translator=None, status="draft"):
    record = ArticleRecord(name, date=date, translator=translator)
    units = [
        TranslationUnit(ko, en, Provenance(name, i, translator, date), status=status)
        for i, (ko, en) in enumerate(pairs)
    ]
    memory.store.add(record, units, [], who="t", why="t")


@pytest.fixture
def archive(tmp_path):
    """Two memories whose articles alternate in time, and some units without date."""
    for name, years in (("one.tm", (2015, 2019, None)), ("two.tm", (2012, 2019, 2021))):
        with Memory.open(tmp_path / name, create=True) as memory:
            for year in years:
                pairs = [
                    (f"{place} 돈주가 배를 샀다.", f"A donju in {place} bought a boat.")
                    for place in ("혜산", "무산", "온성")
                ]
                article(
                    memory,
                    f"{name} {year}",
                    year and f"{year}-05-01",
                    *pairs,
                    translator="Lee Jina" if year == 2019 else None,
                    status="rejected" if year == 2012 else "draft",
                )
    return [Choice(tmp_path / "one.tm"), Choice(tmp_path / "two.tm", 10)]


def years(found):
    return [(Path(hit.memory).name, (hit.unit.provenance.date or "")[:4]) for hit in found.hits]


def test_hits_of_all_memories_come_newest_first_and_name_theirs(archive):
    with Memories.open(archive) as memories:
        found = memories.search("돈주")
    assert years(found) == [
        *[("two.tm", "2021")] * 3,
        *[("one.tm", "2019")] * 3,
        *[("two.tm", "2019")] * 3,
        *[("one.tm", "2015")] * 3,
        *[("one.tm", "")] * 3,
    ]
    assert (found.total, found.is_exact) == (15, True)
    assert all(hit.source_spans for hit in found.hits)


def test_pages_of_hits_fit_together_whatever_their_length(archive):
    with Memories.open(archive) as memories:
        whole = memories.search("돈주").hits
        for length in (1, 2, 4, 7):
            pages = [
                memories.search("돈주", limit=length, offset=start).hits
                for start in range(0, 16, length)
            ]
            assert tuple(hit for page in pages for hit in page) == whole


def test_the_total_is_only_exact_if_that_of_every_memory_is(archive):
    with Memories.open(archive) as memories:
        alone = [memory.search("돈주", limit=1, checked=2) for memory, _, _ in memories.members]
        assert not any(found.is_exact for found in alone)
        found = memories.search("돈주", limit=1, checked=2)
        assert not found.is_exact
        assert found.total == sum(one.total for one in alone)
        found = memories.search("2021", limit=1, checked=2)
        assert (found.total, found.is_exact) == (0, True)


def test_filters_hold_in_every_memory(archive):
    with Memories.open(archive) as memories:
        assert years(memories.search("돈주", translator="Lee Jina", limit=1)) == [
            ("one.tm", "2019")
        ]
        assert memories.search("돈주", translator="Lee Jina").total == 6
        assert memories.search("돈주", from_date="2020").total == 3
        assert memories.search("돈주", status="rejected").total == 3
        assert memories.search("돈주", article="one.tm 2015").total == 3
        assert memories.search("돈주", kind="term").total == 15
        assert memories.search("(혜산|무산)", kind="regex").total == 10
        with pytest.raises(InputError, match="negative"):
            memories.search("돈주", limit=3, offset=-1)


def test_one_memory_alone_is_searched_as_by_itself(archive):
    with Memories.open(archive[:1]) as memories, Memory.open(archive[0].path) as memory:
        for page in ({}, {"limit": 2, "offset": 3}, {"limit": 0}, {"offset": 100}):
            assert memories.search("돈주", **page) == memory.search("돈주", **page)
        found = memories.search("돈주")
        marked = memories.with_renderings(found, "돈주", "ko")
        assert marked == memory.with_renderings(found, "돈주", "ko")
        assert all(hit.rendering_spans for hit in marked.hits)


def test_a_memory_that_cannot_tell_a_rendering_learns_it_from_another(tmp_path):
    with Memory.open(tmp_path / "small.tm", create=True) as small:
        article(small, "a", "2022-01-01", ("돈주가 왔다.", "The donju came."))
    with Memory.open(tmp_path / "large.tm", create=True) as large:
        pairs = [(f"돈주 {n}명이 배를 탔다.", f"{n} donju took a ship.") for n in range(2, 12)]
        article(large, "a", "2021-01-01", *pairs)
        article(large, "b", "2020-01-01", ("장마당이 열렸다.", "The market opened."))
    with Memories.open([Choice(tmp_path / "small.tm"), Choice(tmp_path / "large.tm")]) as both:
        found = both.with_renderings(both.search("돈주"), "돈주", "ko")
        texts = {hit.unit.target[slice(*hit.rendering_spans[0])] for hit in found.hits}
        assert Path(found.hits[0].memory).name == "small.tm"
        assert texts == {"donju"}


def test_the_command_searches_several_memories(donju, archive):
    import json

    named = [part for choice in archive for part in ("-m", choice.path)]
    found = json.loads(donju("search", "돈주", *named, "--limit", "4", "--json").out)
    assert (found["total"], found["is_exact"]) == (15, True)
    assert [Path(hit["memory"]).name for hit in found["hits"]] == ["two.tm"] * 3 + ["one.tm"]
    shown = donju("search", "돈주", *named).out
    assert "two.tm · " in shown
    assert "15 found" in shown
    alone = json.loads(donju("search", "돈주", *named[:2], "--json").out)
    assert {hit["memory"] for hit in alone["hits"]} == {None}


# Suggestions and consistency


def test_a_unit_that_several_memories_have_in_one_place_is_one(tmp_path):
    pairs = [("혜산 돈주가 왔다.", "The Hyesan donju came."), ("돈주가 갔다.", "The donju left.")]
    for name in ("one.tm", "copy.tm"):
        with Memory.open(tmp_path / name, create=True) as memory:
            article(memory, "a", "2022-01-01", *pairs)
    with Memory.open(tmp_path / "copy.tm") as copy:
        article(copy, "b", "2022-01-02", pairs[0])
    choices = [Choice(tmp_path / "one.tm"), Choice(tmp_path / "copy.tm")]
    with Memories.open(choices) as memories:
        found = memories.units_containing("돈주", "ko")
        places = [(unit.provenance.article, unit.provenance.position) for unit in found]
        assert places == [("a", 0), ("a", 1), ("b", 0)]
        assert memories.unit_count() == 5 == len(list(memories.units()))


def test_suggestions_and_findings_come_from_all_memories(tmp_path):
    from tm.quality.consistency import find_inconsistencies
    from tm.terms.renderings.suggest import suggest

    told = [
        ("혜산 {}가 배를 샀다.", "A {} in Hyesan bought a boat."),
        ("당국은 {}를 단속했다.", "The authorities cracked down on a {}."),
        ("{}의 집에 도둑이 들었다.", "Thieves broke into the home of a {}."),
        ("주민들은 {}를 부러워한다.", "Residents envy the {}."),
    ]
    for name, rendering in (("one.tm", "donju"), ("two.tm", "financier")):
        with Memory.open(tmp_path / name, create=True) as memory:
            pairs = [(ko.format("돈주"), en.format(rendering)) for ko, en in told]
            other = [(f"쌀값이 {n}원 올랐다.", f"Rice rose by {n} won.") for n in range(10, 18)]
            article(memory, name, "2022-01-01", *pairs, *other)
    with Memories.open([Choice(tmp_path / "one.tm"), Choice(tmp_path / "two.tm")]) as memories:
        found = suggest(memories, "돈주", termbase=None)
        assert found.occurrences == 8
        counts = {rendering.text: rendering.count for rendering in found.renderings}
        assert (counts["donju"], counts["financier"]) == (4, 4)
        (finding,) = find_inconsistencies(memories, terms=["돈주"])
        assert (finding.kind, finding.occurrences) == ("term", 8)


def test_terms_of_an_earlier_memory_come_before_those_of_a_later_one(tmp_path):
    from tm.terms.termbase.concepts import Concept, Term

    def concept(name, ko, *renderings):
        terms = [Term(text, "en", status) for text, status in renderings]
        return Concept(name, terms=(Term(ko, "ko", "preferred"), *terms))

    kept = {
        "own.tm": [concept("1", "돈주", ("donju", "preferred"))],
        "client.tm": [
            concept("2", "돈주", ("money master", "preferred")),
            concept("3", "장마당", ("jangmadang", "preferred")),
        ],
    }
    for name, concepts in kept.items():
        with Memory.open(tmp_path / name, create=True) as memory:
            memory.put_concepts(concepts)
    with Memories.open([Choice(tmp_path / name) for name in kept]) as memories:
        terms = memories.termbase()
        assert {(entry.en, entry.status) for entry in terms.korean("돈주")} == {
            ("donju", "preferred"),
            ("money master", "admitted"),
        }
        assert [entry.en for entry in terms.korean("장마당")] == ["jangmadang"]
