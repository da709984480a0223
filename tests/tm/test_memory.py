"""The façade: what goes into a memory with an alignment, and that it is cheap to load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import tm
from align.alignment import Alignment, Bead
from align.article import Article, Sentence
from align.errors import InputError, MemoryFileError
from tm.memory import Memory
from tm.store import Unaligned

ROOT = Path(__file__).resolve().parents[2]


def page(lang, source=None, **meta):
    return Article("", lang, (), source=source, meta=meta)


def test_the_public_names_are_those_of_their_modules():
    from tm.unit import Provenance, TranslationUnit

    assert (tm.Memory, tm.TranslationUnit, tm.Provenance) == (Memory, TranslationUnit, Provenance)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = tm.Nothing


def test_importing_the_memory_loads_no_heavy_library():
    code = (
        "import sys, tm; before = set(sys.modules); tm.Memory; "
        "print(sorted({'torch', 'kss', 'kiwipiepy', 'faiss', 'rapidfuzz'}"
        " & set(sys.modules)), 'sqlite3' in before)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "[] False\n"


def test_a_memory_is_made_only_where_that_is_asked_for(path):
    with pytest.raises(MemoryFileError, match="no such memory"):
        Memory.open(path)
    Memory.open(path, create=True).close()
    with Memory.open(str(path)) as memory:
        assert memory.unit_count() == 0
    with pytest.raises(MemoryFileError, match="closed"):
        memory.unit_count()


def test_an_alignment_goes_in_with_its_nulls_in_place(memory, alignment_of):
    alignment = alignment_of(
        [
            ("사진=본지 기자", ""),
            ("쌀값이 올랐다.", "Rice prices rose."),
            ("", "Daily reporting continues."),
            ("", "It was cold."),
            ("상인들은 떠났다.", "The merchants left."),
            ("끝.", ""),
        ]
    )
    added = memory.add_alignment(alignment, article="a")
    assert (added.status, added.units, added.nulls) == ("added", 2, 4)
    assert [(u.source, u.target, u.confidence) for u in memory.units()] == [
        ("쌀값이 올랐다.", "Rice prices rose.", 0.9),
        ("상인들은 떠났다.", "The merchants left.", 0.9),
    ]
    assert memory.unaligned("a") == [
        Unaligned("ko", 0, "사진=본지 기자"),
        Unaligned("en", 1, "Daily reporting continues."),
        Unaligned("en", 1, "It was cold."),
        Unaligned("ko", 2, "끝."),
    ]


def test_beads_of_several_sentences_are_one_unit(memory):
    alignment = Alignment(
        (Sentence("눈이 왔다.", (0, 6)), Sentence("길이\n막혔다.", (7, 14))),
        (Sentence("Snow blocked the road.", (0, 22)),),
        (Bead((0, 1), (0,), 0.8),),
    )
    memory.add_alignment(alignment, article="a")
    assert [u.source for u in memory.units()] == ["눈이 왔다. 길이 막혔다."]


def test_what_the_pages_say_becomes_provenance(memory, alignment_of):
    memory.add_alignment(
        alignment_of([("쌀값이 올랐다.", "Rice prices rose.")], signature="align 1"),
        article="prices",
        ko=page("ko", "prices.ko.txt", headline="쌀값 상승", date="2021.07.06", place="혜산"),
        en=page("en", "prices.en.txt", headline="Rice up", translator="Lee Jina",
                date="July 8, 2021"),
    )  # fmt: skip
    record = memory.article("prices")
    assert (record.title_ko, record.title_en) == ("쌀값 상승", "Rice up")
    assert (record.file_ko, record.file_en) == ("prices.ko.txt", "prices.en.txt")
    assert (record.place, record.added_by, record.version) == ("혜산", "tester", 1)
    (unit,) = memory.units()
    where = unit.provenance
    assert (where.translator, where.date, where.origin) == ("Lee Jina", "2021-07-08", "align 1")


def test_what_is_given_comes_before_what_the_pages_say(memory, alignment_of):
    memory.add_alignment(
        alignment_of([("쌀값이 올랐다.", "Rice prices rose.")]),
        article="prices",
        en=page("en", translator="Lee Jina", date="July 8, 2021"),
        translator="Han Sol",
        date="2021.7.9",
        who="editor",
    )
    record = memory.article("prices")
    assert (record.translator, record.date, record.added_by) == ("Han Sol", "2021-07-09", "editor")


def test_a_date_on_a_page_that_cannot_be_read_is_kept_as_it_stands(memory, alignment_of):
    memory.add_alignment(
        alignment_of([("쌀값이 올랐다.", "Rice prices rose.")]),
        article="a",
        en=page("en", date="last week"),
    )
    assert memory.article("a").date == "last week"
    assert memory.search("쌀값").total == 1


def test_a_given_date_that_is_none_is_refused(memory, alignment_of):
    with pytest.raises(InputError, match="not a date: 'soon'; write it as 2021-07-08"):
        memory.add_alignment(alignment_of([("가", "a")]), article="a", date="soon")
    assert memory.articles() == []


def test_an_article_added_again_is_unchanged_and_changed_is_replaced(news, alignment_of):
    pairs = [("쌀값이 올랐다.", "Rice prices rose.")]
    assert news.add_alignment(alignment_of(pairs), article="a").status == "added"
    assert news.add_alignment(alignment_of(pairs), article="a").status == "unchanged"
    pairs.append(("눈이 왔다.", "It snowed."))
    assert news.add_alignment(alignment_of(pairs), article="a").status == "replaced"
    assert [v.version for v in news.versions("a")] == [1, 2]
    assert len(list(news.units(article="a", version=1))) == 1
    assert [change.article for change in news.changes()] == ["market", "talks", "a", "a"]


def test_articles_units_and_neighbours_can_be_looked_through(news):
    assert [article.id for article in news.articles()] == ["market", "talks"]
    listed = list(news.units(article="talks"))
    assert [unit.provenance.position for unit in listed] == [0, 1, 2]
    assert news.neighbours(listed[1]) == (listed[0], listed[2])
    assert news.unit(listed[1].id) == listed[1]
    assert news.unit(10**9) is None
    assert list(news.units(article="nowhere")) == []
    assert (news.stats().articles, news.stats().units) == (2, 7)
