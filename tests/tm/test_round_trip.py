"""Memory to file to memory: what comes back is what was there, in every field and every format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tm.exchange.formats import writer_for
from tm.exchange.importing import FileImport
from tm.exchange.languages import KO_EN
from tm.memory import Memory
from tm.store import ArticleRecord
from tm.unit import Code, Context, Details, Provenance, TranslationUnit

ENDINGS = ("tmx", "csv", "tsv", "xlsx")

TEXT = st.text(
    st.sampled_from(
        "가각힣쌀값이 올랐다.abRice<>&\"';,\t\n\r=+-@\x01\x1f\x85\u2028\ufeff\ufffe😀각"
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() != "")
MAYBE = st.none() | TEXT
TIME = st.none() | st.sampled_from(("19000101T000000Z", "20240229T235959Z", "garbage", ""))
DETAILS = st.builds(
    Details,
    context=st.none() | st.builds(Context, MAYBE, st.none() | st.just(""), MAYBE),
    source_codes=st.lists(
        st.builds(Code, st.just(0), st.sampled_from(('<bpt i="1">x</bpt>', "<ph/>", "{1}"))),
        max_size=2,
    ).map(tuple),
    notes=st.lists(TEXT, max_size=2).map(tuple),
    created=TIME,
    created_by=MAYBE,
    changed=TIME,
    changed_by=MAYBE,
    used=st.none() | st.integers(0, 10**9),
    last_used=TIME,
    kept=st.lists(
        st.tuples(st.sampled_from(("tu/prop@x-client", "target/note", "odd", "tu@segtype")), TEXT),
        max_size=2,
    ).map(tuple),
).filter(lambda details: details != Details())
DAY = st.none() | st.sampled_from(("1900-01-01", "2021-07-08", "2021", "um 1950"))


@st.composite
def articles(draw: st.DrawFn) -> list[list[TranslationUnit]]:
    """Units of some articles, each at its place; texts repeat within and across articles."""
    pool = draw(st.lists(TEXT, min_size=1, max_size=3))
    found = []
    for name in draw(st.lists(TEXT, min_size=1, max_size=3, unique=True)):
        places = range(draw(st.integers(1, 4)))
        found.append(
            [
                TranslationUnit(
                    draw(st.sampled_from(pool)),
                    draw(st.sampled_from(pool)),
                    Provenance(name, place, draw(MAYBE), draw(DAY), draw(MAYBE)),
                    draw(st.sampled_from((0.0, 0.123456789, 1.0))),
                    draw(st.sampled_from(("draft", "approved", "rejected"))),
                    draw(st.none() | DETAILS),
                )
                for place in places
            ]
        )
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("round")


def fresh(folder: Path) -> Path:
    for file in folder.glob("again.tm*"):
        file.unlink()
    return folder / "again.tm"


def in_order(memory: Memory) -> list[TranslationUnit]:
    return sorted(memory.units(), key=lambda u: (u.provenance.article, u.provenance.position))


def through(file: Path, units: Iterator[TranslationUnit], folder: Path) -> list[TranslationUnit]:
    """The units as a new memory has them that took in a file with them, twice."""
    written = writer_for(file, None)(units, file, KO_EN)
    assert not written.refused
    with Memory.open(fresh(folder), create=True) as memory:
        report = FileImport(file).into(memory)
        assert (report.stored, report.already, report.refused) == (written.units, 0, [])
        report = FileImport(file).into(memory)
        assert (report.stored, report.already, report.refused) == (0, written.units, [])
        assert memory.check() == []
        return in_order(memory)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=articles(), ending=st.sampled_from(ENDINGS))
def test_a_memory_comes_back_from_its_export_as_it_was(
    folder: Path, told: list[list[TranslationUnit]], ending: str
) -> None:
    with Memory.open(fresh(folder), create=True) as memory:
        for units in told:
            memory.import_units(units, ArticleRecord(units[0].provenance.article))
        before = in_order(memory)
        written = list(memory.units())
    assert before == sorted(
        (unit for units in told for unit in units),
        key=lambda u: (u.provenance.article, u.provenance.position),
    )
    file = folder / f"out.{ending}"
    assert through(file, iter(written), folder) == before


def test_a_memory_with_a_history_comes_back_as_it_is_today(news: Memory, tmp_path: Path) -> None:
    ids = [unit.id or 0 for unit in news.units()]
    edited = news.edit(ids[0], target="Rice went up a lot in Hyesan.", date="1900-01-01")
    news.set_status([edited.id or 0, ids[3]], "approved")
    news.set_status([ids[4]], "rejected")
    news.delete([ids[1]])
    before = in_order(news)
    assert [unit.provenance.position for unit in before[:3]] == [0, 2, 3]
    (tmp_path / "x").mkdir()
    for ending in ENDINGS:
        assert through(tmp_path / f"out.{ending}", news.units(), tmp_path / "x") == before


XLIFF = """<?xml version="1.0"?><xliff version="1.2"><file original="story.txt"
 source-language="ko" target-language="en" datatype="plaintext"><body>
<trans-unit id="a1" approved="yes"><source>돈주는 <g id="1">웃었다</g>.</source>
<target state="final">The donju <g id="1">laughed</g>.</target><note from="desk">check</note>
</trans-unit>
<trans-unit id="a2"><source>비가<x id="2"/> 왔다.</source><target>It rained.</target></trans-unit>
</body></file></xliff>
"""


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_read_of_another_program_survives_every_format(
    tmp_path: Path, ending: str
) -> None:
    (tmp_path / "story.xlf").write_text(XLIFF, encoding="utf-8")
    with Memory.open(tmp_path / "a.tm", create=True) as memory:
        assert FileImport(tmp_path / "story.xlf").into(memory).stored == 2
        before = in_order(memory)
        assert before[0].details is not None
        assert before[0].details.source_codes
        (tmp_path / "x").mkdir()
        assert through(tmp_path / f"out.{ending}", memory.units(), tmp_path / "x") == before
