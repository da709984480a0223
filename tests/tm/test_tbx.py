"""TBX: versions and styles read, written and read again; terms into a termbase and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import ReadError
from tm.exchange.items import Note, Refused
from tm.exchange.tbx import Concept, Data, Section, Term, read_tbx, value
from tm.exchange.tbx_terms import concept_of, export_tbx, read_tbx_terms
from tm.exchange.tbx_writer import Style, is_all_basic, write_tbx
from tm.terms.termbase import concepts as terms
from tm.terms.termbase.lookup import load_termbase

Command = Callable[..., Any]

VERSION_2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader/><text><body>
<termEntry id="c1">
  <descrip type="subjectField">economy</descrip>
  <langSet xml:lang="ko-KP">
    <descripGrp><descrip type="definition">돈을 굴리는
      사람</descrip><admin type="source">사전</admin></descripGrp>
    <ntig><termGrp><term id="t1">돈주</term></termGrp></ntig>
  </langSet>
  <langSet xml:lang="EN"><tig><term>donju</term>
    <termNote type="administrativeStatus">standardizedTerm-admn-sts</termNote>
    <termNote type="partOfSpeech">noun</termNote><note>Gloss it.</note></tig>
    <tig><term>money master</term>
    <termNote type="normativeAuthorization">deprecatedTerm</termNote></tig></langSet>
</termEntry>
</body></text></martif>
"""

DCT = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader/><text><body><conceptEntry id="c1"><min:subjectField>economy</min:subjectField>
<langSec xml:lang="ko"><descripGrp><basic:definition>돈을 굴리는 사람</basic:definition>
<basic:source>사전</basic:source></descripGrp><termSec><term id="t1">돈주</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>donju</term>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
<min:partOfSpeech>noun</min:partOfSpeech><note>Gloss it.</note></termSec>
<termSec><term>money master</term>
<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>
"""


def read(text: str | bytes, folder: Path) -> list[Concept | Refused | Note]:
    path = folder / "terms.tbx"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_tbx(path))


@pytest.mark.parametrize("text", [VERSION_2, DCT])
def test_both_versions_say_the_same(text: str, tmp_path: Path) -> None:
    [concept] = read(text, tmp_path)
    assert isinstance(concept, Concept)
    assert (concept.id, value(concept.data, "subjectField")) == ("c1", "economy")
    [korean] = concept.terms("ko")
    donju, master = concept.terms("en")
    assert (korean.text, korean.id) == ("돈주", "t1")
    assert (donju.text, donju.status, donju.part_of_speech) == ("donju", "preferred", "noun")
    assert (master.text, master.status) == ("money master", "deprecated")


@pytest.mark.parametrize("style", ["dca", "dct"])
@pytest.mark.parametrize("text", [VERSION_2, DCT])
def test_what_is_written_is_read_the_same_again(text: str, style: Style, tmp_path: Path) -> None:
    before = read(text, tmp_path)
    concepts = [item for item in before if isinstance(item, Concept)]
    out = tmp_path / "out.tbx"
    assert write_tbx(out, concepts, style=style) == len(concepts)
    assert [replace(item, place="") for item in read_tbx(out) if isinstance(item, Concept)] == [
        replace(item, place="") for item in concepts
    ]


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co", "Z"]), min_size=1
)
_CATEGORY = st.sampled_from(
    [
        ("termNote", "partOfSpeech"),
        ("termNote", "administrativeStatus"),
        ("descrip", "context"),
        ("admin", "projectSubset"),
        ("note", ""),
        ("admin", "productSubset"),
    ]
)
_DATA = st.builds(lambda c, text: Data(c[0], c[1], text), _CATEGORY, _TEXT)
_TERM = st.builds(Term, _TEXT, st.none(), st.lists(_DATA, max_size=3).map(tuple))
_CONCEPT = st.builds(
    lambda terms: Concept("c", (Section("ko", terms),)),
    st.lists(_TERM, min_size=1, max_size=3).map(tuple),
)


@given(concept=_CONCEPT, style=st.sampled_from(["dca", "dct"]))
def test_any_concept_comes_back(
    concept: Concept, style: Style, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("tbx") / "any.tbx"
    write_tbx(path, [concept], style=style)
    [back] = read_tbx(path)
    assert isinstance(back, Concept)
    assert replace(back, place="") == concept


def test_a_concept_without_terms_and_a_broken_file_are_listed(tmp_path: Path) -> None:
    empty = '<termEntry id="e"><langSet xml:lang="ko"/></termEntry></body>'
    concept, refused = read(VERSION_2.replace("</body>", empty), tmp_path)
    assert isinstance(concept, Concept) and isinstance(refused, Refused)
    assert refused.place.endswith("termEntry e") and "no term" in refused.reason
    for end, kind in (("<termEntry id='b'><langSet", Refused), ("<termEntry", Note), ("", Note)):
        concept, last = read(VERSION_2.replace("</body></text></martif>", end), tmp_path)
        assert isinstance(concept, Concept) and isinstance(last, kind)
    assert isinstance(last, Note) and "not complete" in last.text


MINIMAL = """<TBX dialect="TBX-Min"><header/><body><{entry} id="c"><{lang} xml:lang="kor"><{term}>
<term>환율</term></{term}></{lang}><{lang} xml:lang="en"><{term}><term>exchange rate</term>
<termStatus>preferred</termStatus></{term}><{term}><term>fx</term>
<termStatus>notRecommended</termStatus></{term}></{lang}></{entry}></body></TBX>"""


@pytest.mark.parametrize(
    ("entry", "lang", "term"),
    [
        ("entry", "langGroup", "termGroup"),
        ("termEntry", "langGroup", "termGroup"),
        ("conceptEntry", "langSet", "tig"),
    ],
)
def test_minimal_files_name_their_elements_in_other_ways(
    entry: str, lang: str, term: str, tmp_path: Path
) -> None:
    (concept,) = read(MINIMAL.format(entry=entry, lang=lang, term=term), tmp_path)
    assert isinstance(concept, Concept)
    assert [(ko.text, en.text, en.status) for ko, en in concept_of(concept).pairs()] == [
        ("환율", "exchange rate", "preferred"),
        ("환율", "fx", "deprecated"),
    ]


def test_entities_and_other_files_are_refused(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE martif [<!ENTITY a "aaaa">]>'
    with pytest.raises(ReadError, match="entity"):
        read(
            VERSION_2.replace('<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">', doctype), tmp_path
        )
    with pytest.raises(ReadError, match="no TBX"):
        read("<xliff version='1.2'/>", tmp_path)


@pytest.mark.parametrize("encoding", ["windows-1254", "utf-16", "cp949"])
def test_other_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    term = "돈주" if encoding != "windows-1254" else "İğne"
    text = VERSION_2.replace("UTF-8", encoding).replace("돈주", term)
    text = text.replace("돈을 굴리는", "x").replace("사람", "y").replace("사전", "z")
    [concept] = (
        item for item in read(text.encode(encoding), tmp_path) if isinstance(item, Concept)
    )
    assert [term_.text for term_ in concept.terms("ko")] == [term]


# Termbases


def pair(name: str, ko: str, en: str) -> terms.Concept:
    return terms.Concept(name, terms=(terms.Term(ko, "ko"), terms.Term(en, "en", pos="noun")))


def test_a_concept_keeps_its_terms_with_what_is_told_of_each(tmp_path: Path) -> None:
    [concept] = (item for item in read(VERSION_2, tmp_path) if isinstance(item, Concept))
    assert concept_of(concept) == terms.Concept(
        "c1",
        "economy",
        "돈을 굴리는 사람",
        terms=(
            terms.Term("돈주", "ko"),
            terms.Term("donju", "en", "preferred", "noun", "Gloss it."),
            terms.Term("money master", "en", "deprecated"),
        ),
    )


def test_of_terms_without_status_the_first_main_one_is_preferred() -> None:
    def term(text: str, kind: str = "") -> Term:
        return Term(text, None, (Data("termNote", "termType", kind),) if kind else ())

    concept = Concept(
        "c",
        (
            Section("ko", (term("보위부"),)),
            Section("en", (term("SSD", "abbreviation"), term("State Security"), term("security"))),
        ),
    )
    english = concept_of(concept).english
    assert [term.status for term in english] == ["admitted", "preferred", "admitted"]


@pytest.mark.parametrize("style", ["dca", "dct", "v2"])
def test_the_bundled_termbase_goes_out_and_comes_back_as_it_was(
    style: Style, tmp_path: Path
) -> None:
    bundled = tuple(load_termbase().concepts)
    out = tmp_path / "nk.tbx"
    assert export_tbx(bundled, out, style=style) == len(bundled)
    found = list(read_tbx_terms(out))
    assert [item for item in found if not isinstance(item, tuple)] == []
    assert tuple(item[0] for item in found if isinstance(item, tuple)) == bundled
    # Proper nouns are no part of speech of their own in version 3 of TBX-Basic.
    dialect = "TBX-Basic" if style == "v2" else "TBX-Private"
    assert f'type="{dialect}"' in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "is_basic"),
    [
        (Data("termNote", "partOfSpeech", "noun"), True),
        (Data("termNote", "partOfSpeech", "properNoun"), False),
        (Data("descrip", "context", "The donju."), True),
        (Data("descrip", "definition", "돈 있는 사람"), False),  # belongs to concept or language
        (Data("admin", "productSubset", "x"), False),
    ],
)
def test_a_file_is_called_basic_only_where_it_is(
    data: Data, is_basic: bool, tmp_path: Path
) -> None:
    concept = Concept("c", (Section("ko", (Term("말", None, (data,)),)),))
    assert is_all_basic(concept) == is_basic


def test_translate_toolkit_reads_version_2(tmp_path: Path) -> None:
    from translate.storage.tbx import tbxfile

    out = tmp_path / "a.tbx"
    concepts = [
        pair("c", "돈주", "donju"),
        pair("d", "쌀 & 콩", "rice & beans"),
    ]
    assert export_tbx(concepts, out, style="v2") == 2
    store = tbxfile.parsefile(str(out))
    assert [(unit.source, unit.target) for unit in store.units] == [
        ("돈주", "donju"),
        ("쌀 & 콩", "rice & beans"),
    ]


def test_a_termbase_of_common_words_is_basic(tmp_path: Path) -> None:
    out = tmp_path / "a.tbx"
    export_tbx([pair("c", "돈주", "donju")], out)
    assert 'type="TBX-Basic"' in out.read_text(encoding="utf-8")
