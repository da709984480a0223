"""TMX: dialects, damage and inline codes read; everything written and read again as it was."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from align.alignment import Alignment
from align.article import Article
from align.errors import ReadError
from align.output import AlignedPair, write_alignments
from tm.exchange import encoding
from tm.exchange.items import About, Item, Note, Refused
from tm.exchange.languages import KO_EN, Languages
from tm.exchange.tmx import read_tmx
from tm.exchange.tmx_writer import write_tmx
from tm.memory import Memory
from tm.unit import Code, Context, Details, Provenance, TranslationUnit

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<tmx version="1.4"><header srclang="ko"/><body>\n'
FOOT = "</body></tmx>\n"


def tu(ko: str = "쌀값이 올랐다.", en: str = "Rice prices rose.", inner: str = "") -> str:
    return (
        f'<tu>{inner}<tuv xml:lang="ko"><seg>{ko}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{en}</seg></tuv></tu>\n'
    )


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[Item]]:
    """What is in a file of this content (text: units between a usual head and foot)."""

    def items(content: str | bytes, languages: Languages = KO_EN) -> list[Item]:
        path = tmp_path / "vendor.tmx"
        if isinstance(content, str):
            whole = content if content.lstrip().startswith("<?xml") else HEAD + content + FOOT
            content = whole.encode()
        path.write_bytes(content)
        return list(read_tmx(path, languages))

    return items


def units(items: list[Item]) -> list[TranslationUnit]:
    return [item for item in items if isinstance(item, TranslationUnit)]


def refused(items: list[Item]) -> list[Refused]:
    return [item for item in items if isinstance(item, Refused)]


def notes(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Note)]


Read = Callable[..., list[Item]]


# Texts and inline codes


def test_text_stands_apart_from_inline_codes_and_codes_know_their_place(read: Read) -> None:
    (unit,) = units(
        read(
            tu(
                '<bpt i="1">&lt;b&gt;</bpt>돈주<ept i="1">&lt;/b&gt;</ept>들이 <ph x="2"/>웃었다.',
                'The <hi type="term">donju</hi> laughed<ph>&lt;a b="<sub>A man</sub>"/&gt;</ph>.',
            )
        )
    )
    assert (unit.source, unit.target) == ("돈주들이 웃었다.", "The donju laughed.")
    assert unit.details == Details(
        source_codes=(
            Code(0, '<bpt i="1">&lt;b&gt;</bpt>'),
            Code(2, '<ept i="1">&lt;/b&gt;</ept>'),
            Code(5, '<ph x="2"/>'),
        ),
        target_codes=(
            Code(4, '<hi type="term">'),
            Code(9, "</hi>"),
            Code(17, '<ph>&lt;a b="<sub>A man</sub>"/&gt;</ph>'),
        ),
    )


def test_text_inside_unknown_tags_is_not_lost(read: Read) -> None:
    (unit,) = units(read(tu("쌀값이 <b>크게 <i>올랐다</i></b>.")))
    assert unit.source == "쌀값이 크게 올랐다."
    assert unit.details is not None
    assert [code.markup for code in unit.details.source_codes] == ["<b>", "<i>", "</i>", "</b>"]


def test_a_code_with_text_and_elements_inside_is_kept_whole(read: Read) -> None:
    code = '<bpt i="1">&lt;a t="<sub>제목<ph x="2"/>둘</sub>끝"&gt;</bpt>'
    (unit,) = units(read(tu(ko=f'가{code}나<ept i="1">x</ept><ph x="3"/>')))
    assert unit.source == "가나"
    assert unit.details is not None
    assert [(one.place, one.markup) for one in unit.details.source_codes] == [
        (1, code.replace('"&gt;', "&quot;&gt;").replace("&quot;", '"')),
        (2, '<ept i="1">x</ept>'),
        (2, '<ph x="3"/>'),
    ]


def test_a_second_segment_in_one_language_is_kept_and_noted(read: Read) -> None:
    twice = tu().replace("</seg></tuv>", "</seg><seg>둘째.<ph/></seg></tuv>", 1)
    items = read(twice)
    (unit,) = units(items)
    assert unit.source == "쌀값이 올랐다."
    assert unit.details is not None
    assert unit.details.kept == (("source/xml", "<seg>둘째.<ph/></seg>"),)
    assert "second <seg>" in notes(items)[0]


def test_elements_may_have_a_namespace_prefix(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD + tu() + tu(ko="둘") + FOOT
    prefixed = re.sub(r"<(/?)(?=[a-z])", r"<\1t:", text)
    for size in (1 << 18, 7):
        monkeypatch.setattr(encoding, "PIECE", size)
        assert [unit.source for unit in units(read(prefixed))] == ["쌀값이 올랐다.", "둘"]


def test_white_space_entities_and_cdata_are_taken_to_the_letter(read: Read) -> None:
    (unit,) = units(read(tu("  a\t b\n &lt;c&gt; &amp;amp; ", "<![CDATA[R&D <x> &#1; &nbsp;]]>")))
    assert unit.source == "  a\t b\n <c> &amp; "
    assert unit.target == "R&D <x> &#1; &nbsp;"


def test_a_segment_of_thirty_megabytes_is_a_unit_like_others(read: Read) -> None:
    long = "장마당 " * 3_000_000
    found = units(read(tu(long) + tu()))
    assert [len(unit.source) for unit in found] == [len(long), len("쌀값이 올랐다.")]


def test_decomposed_hangul_is_composed_and_codes_keep_their_place(read: Read) -> None:
    found = read(tu(unicodedata.normalize("NFD", "돈주<ph/>가 왔다.")))
    (unit,) = units(found)
    assert unit.source == "돈주가 왔다."
    assert unit.details is not None
    assert unit.details.source_codes == (Code(2, "<ph/>"),)
    assert len(notes(found)) == 1


# What else a unit says


def test_what_has_a_field_goes_there_and_the_rest_is_kept_by_name(read: Read) -> None:
    content = (
        '<tu tuid="t1" creationdate="19000101T000000Z" creationid="DESK\\kim" usagecount="7" '
        'changedate="20230905T093000Z" changeid="lee" lastusagedate="20240101T000000Z">'
        '<note>see the style guide</note><note xml:lang="en">twice</note>'
        '<prop type="x-client">daily</prop><prop type="x-client">weekly</prop>'
        '<prop type="x-a" xml:lang="en">with a language</prop>'
        '<tuv xml:lang="KO-kr" creationid="han"><prop type="x-b">c</prop><note>d</note>'
        "<seg>쌀</seg></tuv>"
        '<tuv xml:lang="fr"><seg>riz <ph x="1"/></seg></tuv>'
        '<tuv xml:lang="en"><seg xml:space="preserve">rice</seg></tuv></tu>'
    )
    (unit,) = units(read(content))
    assert unit.provenance == Provenance("", 0, "lee", "2023-09-05")
    assert unit.details == Details(
        notes=("see the style guide", "twice"),
        created="19000101T000000Z",
        created_by="DESK\\kim",
        changed="20230905T093000Z",
        changed_by="lee",
        used=7,
        last_used="20240101T000000Z",
        kept=(
            ("tu@tuid", "t1"),
            ("tu/note@1", ' xml:lang="en"'),
            ("tu/prop@x-client", "daily"),
            ("tu/prop@x-client", "weekly"),
            ("tu/xml", '<prop type="x-a" xml:lang="en">with a language</prop>'),
            ("source@xml:lang", "KO-kr"),
            ("source@creationid", "han"),
            ("source/prop@x-b", "c"),
            ("source/note", "d"),
            ("target/seg@xml:space", "preserve"),
            ("tu/xml", '<tuv xml:lang="fr"><seg>riz <ph x="1"/></seg></tuv>'),
        ),
    )


def test_dates_of_the_translation_count_where_the_unit_has_none(read: Read) -> None:
    content = (
        '<tu><tuv xml:lang="ko"><seg>쌀</seg></tuv>'
        '<tuv xml:lang="en" changeid="lee" changedate="20210708T010203Z"><seg>rice</seg></tuv></tu>'
    )
    (unit,) = units(read(content))
    assert unit.details is not None
    assert (unit.details.changed, unit.details.changed_by) == ("20210708T010203Z", "lee")
    assert unit.provenance.date == "2021-07-08"


@pytest.mark.parametrize("count", ["many", "-1", "007", "9" * 30])
def test_a_usage_count_that_is_no_number_is_kept_as_it_is(read: Read, count: str) -> None:
    (unit,) = units(read(tu().replace("<tu>", f'<tu usagecount="{count}">')))
    assert unit.details == Details(kept=(("tu@usagecount", count),))


def test_what_the_header_says_is_told_before_the_first_unit(read: Read) -> None:
    head = (
        '<?xml version="1.0"?><tmx version="1.4"><header creationtool="Olifant" '
        'creationtoolversion="3" srclang="ko"><note>n</note><prop type="p">q</prop>'
        '<ude name="u"><map unicode="#xF8FF"/></ude></header><body>'
    )
    about, _unit = read(head + tu() + FOOT)
    assert about == About(
        "Olifant 3",
        (
            ("tmx@version", "1.4"),
            ("header@creationtool", "Olifant"),
            ("header@creationtoolversion", "3"),
            ("header@srclang", "ko"),
            ("header/note", "n"),
            ("header/prop@p", "q"),
            ("header/xml", '<ude name="u"><map unicode="#xF8FF"/></ude>'),
        ),
    )


TRADOS = '<prop type="x-Context">1, 2</prop><prop type="x-ContextContent">{}</prop>'


@pytest.mark.parametrize(
    ("inner", "on_source", "context"),
    [
        (TRADOS.format("앞이다. |  | 뒤다. | "), "", Context("앞이다.", "뒤다.")),
        (TRADOS.format("앞 || 옆. | b64= | Before. | "), "", Context("앞 | 옆.")),
        (TRADOS.format(" |  |  | ") + '<prop type="x-IdContext">k1</prop>', "", Context(key="k1")),
        (
            "",
            '<prop type="x-context-pre">&lt;seg&gt;앞 &lt;ph&gt;code&lt;/ph&gt;A&amp;amp;B'
            '&lt;/seg&gt;</prop><prop type="x-context-post">&lt;seg /&gt;</prop>',
            Context("앞 A&B", ""),
        ),
        ('<prop type="x-context-pre">앞.</prop>', "", Context("앞.")),
        ('<prop type="prev">앞.</prop><prop type="id">s7</prop>', "", Context("앞.", None, "s7")),
        ("", '<prop type="context_next">뒤.</prop>', Context(None, "뒤.")),
    ],
    ids=["trados", "trados-target", "trados-id", "memoq", "matecat", "omegat", "phrase"],
)
def test_the_context_that_programs_write_is_understood(
    read: Read, inner: str, on_source: str, context: Context
) -> None:
    content = tu(inner=inner).replace('<tuv xml:lang="ko">', f'<tuv xml:lang="ko">{on_source}')
    (unit,) = units(read(content))
    assert unit.details is not None
    assert unit.details.context == context


def test_neighbours_in_the_other_language_are_kept_but_are_no_context(read: Read) -> None:
    head = '<?xml version="1.0"?><tmx version="1.4"><header srclang="en-US"/><body>'
    (unit,) = units(read(head + tu(inner='<prop type="prev">Before.</prop>') + FOOT))
    assert unit.details == Details(kept=(("tu/prop@prev", "Before."),))


@pytest.mark.parametrize(
    ("level", "status"),
    [("ApprovedTranslation", "approved"), ("RejectedSignOff", "rejected"), ("Translated", "draft")],
)
def test_the_confirmation_of_trados_is_the_status(read: Read, level: str, status: str) -> None:
    (unit,) = units(read(tu(inner=f'<prop type="x-ConfirmationLevel">{level}</prop>')))
    assert unit.status == status


# Languages


@pytest.mark.parametrize("code", ["ko", "KO-KR", "ko_KP", "kor"])
def test_a_language_is_found_however_its_code_is_written(read: Read, code: str) -> None:
    assert len(units(read(tu().replace('xml:lang="ko"', f'lang="{code}"')))) == 1


def test_a_unit_without_both_languages_is_refused_with_what_it_has(read: Read) -> None:
    found = read(tu() + tu().replace('"en"', '"fr-CA"') + tu().replace('xml:lang="ko"', ""))
    assert len(units(found)) == 1
    assert refused(found) == [
        Refused("line 4, tu 2", "no segment in en (it has ko, fr-CA)"),
        Refused("line 5, tu 3", "no segment in ko (it has en, no language)"),
    ]


def test_every_translation_of_one_segment_is_a_unit(read: Read) -> None:
    second = '<tuv xml:lang="en-GB"><seg>The price of rice rose.</seg></tuv></tu>'
    found = units(read(tu().replace("</tu>", second)))
    assert [unit.target for unit in found] == ["Rice prices rose.", "The price of rice rose."]
    assert [unit.provenance.position for unit in found] == [0, 1]


def test_other_pairs_of_languages_can_be_asked_for(read: Read) -> None:
    content = tu().replace('"ko"', '"de"').replace('"en"', '"fr"')
    assert len(units(read(content, Languages("fr", "de")))) == 1


@pytest.mark.parametrize(
    ("ko", "reason"),
    [
        ("<seg></seg>", "its ko text is empty"),
        ("<seg> \n </seg>", "its ko text is empty"),
        ('<seg><ph x="1"/></seg>', "its ko text is only inline codes"),
        ("쌀", "its ko part has no <seg>"),
    ],
)
def test_a_unit_with_nothing_to_translate_is_refused(read: Read, ko: str, reason: str) -> None:
    content = tu().replace("<seg>쌀값이 올랐다.</seg>", ko)
    assert refused(read(content)) == [Refused("line 3, tu 1", reason)]


# Damage


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("<tu><tuv xml:lang='ko'><seg>a & b</tuv></tu>", "mismatched tag"),
        ("<tu", "not well-formed"),
        ("<tu><tuv xml:lang='ko'><seg>1 < 2</seg></tuv></tu>", "not well-formed"),
        ("<tu a=1>", "not well-formed"),
        ("<tu><tuv xml:lang='ko'><seg>torn", "starts inside"),
        ("<tu><tuv xml:lang='ko'><seg><ph>torn", "starts inside"),
        ("<tu><prop type='x'>torn</tu>", "mismatched tag"),
        ("<tu><note>torn", "starts inside"),
        ("<tu><tuv xml:lang='fr'><seg>torn", "starts inside"),
    ],
)
def test_only_the_broken_unit_is_refused_and_reading_goes_on(
    read: Read, broken: str, reason: str
) -> None:
    found = read(f"{tu()}{broken}\n{tu()}{tu()}")
    assert len(units(found)) == 3
    (trouble,) = refused(found)
    assert reason in trouble.reason
    assert trouble.place == "line 4, tu 2"


def test_lines_are_right_after_a_break(read: Read) -> None:
    found = read(f"{tu()}<tu><x></tu>\n\n{tu()}{tu().replace('ko', 'ja')}")
    assert [item.place for item in refused(found)] == ["line 4, tu 2", "line 7, tu 4"]


def test_everything_before_the_end_of_a_truncated_file_is_taken(read: Read) -> None:
    whole = (HEAD + tu() * 5 + FOOT).encode()
    for length in range(len(HEAD.encode()), len(whole)):
        found = read(whole[:length])
        complete = whole[:length].count(b"</tu>")
        assert len(units(found)) == complete
        begun = whole[:length].count(b"<tu>")
        assert len(refused(found)) == begun - complete


def test_a_file_cut_off_between_units_is_said_to_be_incomplete(read: Read) -> None:
    found = read((HEAD + tu()).encode())
    assert len(units(found)) == 1
    assert any("not complete" in text for text in notes(found))


def test_control_characters_become_codes_where_they_stood(read: Read) -> None:
    found = read(tu("쌀\x0b값&#x1F;이 <ph/>올&#0;랐다."))
    (unit,) = units(found)
    assert unit.source == "쌀값이 올랐다."
    assert unit.details is not None
    assert unit.details.source_codes == (
        Code(1, '<ph type="x-control">U+000B</ph>'),
        Code(2, '<ph type="x-control">U+001F</ph>'),
        Code(4, "<ph/>"),
        Code(5, '<ph type="x-control">U+0000</ph>'),
    )
    assert len(notes(found)) == 3


@pytest.mark.parametrize("size", [1, 9, 1 << 18])
def test_halves_of_a_character_are_put_together(
    read: Read, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "PIECE", size)
    items = read(tu(ko="쌀 &#xD83D;&#xDE00;&#55357;&#56832; &#xD83D;"))
    assert units(items)[0].source == "쌀 😀😀 \ufffd"
    assert len(notes(items)) == 3


def test_control_characters_stay_in_nothing_that_is_kept(read: Read) -> None:
    inner = "<prop type='x'>a\x03</prop><note>b\x04</note><tuv xml:lang='de'><seg>\x05</seg></tuv>"
    items = read(tu(ko='쌀<ph x="\x06">\x07</ph>', inner=inner).replace("<tu>", "<tu tuid='\x08'>"))
    (unit,) = units(items)
    assert (
        re.search("[\x00-\x1f\ufdd0-\ufdef]", repr(unit).encode().decode("unicode-escape")) is None
    )
    assert len(notes(items)) == 6


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("쌀&nbsp;값", "쌀\xa0값"),
        ("caf&eacute;", "café"),
        ("R&D", "R&D"),
        ("A &rice; B", "A &rice; B"),
        ("a &LT; b", "a < b"),
        ("half &#xD800; a pair", "half \ufffd a pair"),
        ("none &#xFFFF; &#x110000;", "none \ufffd \ufffd"),
    ],
)
def test_references_that_xml_does_not_know_are_repaired_and_noted(
    read: Read, written: str, text: str
) -> None:
    for doctype in ("", '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'):
        found = read(HEAD.replace("<tmx", f"{doctype}<tmx") + tu(written) + FOOT)
        assert [unit.source for unit in units(found)] == [text]
        assert notes(found)


@pytest.mark.parametrize(
    ("written", "declared", "noted"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8", False),
        ("utf-8", "utf-16", True),
        ("utf-8", "euc-kr", True),
        ("utf-16", "utf-16", False),
        ("utf-16-le", "utf-16", False),
        ("utf-16-be", "utf-8", True),
        ("utf-32-le", "utf-32", False),
        ("cp949", "euc-kr", False),
        ("cp949", "utf-8", True),
        ("cp949", "iso-8859-1", True),
    ],
)
def test_encodings_are_what_they_are_not_what_they_say(
    read: Read, written: str, declared: str, noted: bool
) -> None:
    content = (
        HEAD.replace("utf-8", declared) + tu("돈주들이 장마당에서 쌀을 샀다.") + FOOT
    ).encode(written)
    found = read(content)
    assert [unit.source for unit in units(found)] == ["돈주들이 장마당에서 쌀을 샀다."]
    assert bool(notes(found)) == noted


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf\xef\xbb\xbf"])
def test_a_wrong_byte_order_mark_does_no_harm(read: Read, mark: bytes) -> None:
    assert len(units(read(mark + (HEAD + tu() + FOOT).encode()))) == 1


def test_nothing_depends_on_where_the_file_is_cut_into_pieces(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = HEAD + "".join(
        (
            tu("쌀\x01값&#x1F;이 &nbsp;<ph x='1'>a&amp;b</ph>", "<![CDATA[x]]y]]>&#10;"),
            "<tu><tuv><seg>torn\n",
            tu("돈주", inner="<prop type='prev'>앞</prop>"),
            "<tu><tuv></tu>\n",
            tu(),
        )
    )
    whole = read(content + FOOT)
    for size in (1, 2, 3, 5, 7, 16, 61):
        monkeypatch.setattr(encoding, "PIECE", size)
        assert sorted(map(repr, read(content + FOOT))) == sorted(map(repr, whole))


# Files that are refused


BOMB = '<!DOCTYPE tmx [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
FETCH = '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
PARAMETER = '<!DOCTYPE tmx [<!ENTITY % p SYSTEM "http://localhost:1/p.dtd"> %p;]>'


@pytest.mark.parametrize("doctype", [BOMB, FETCH, PARAMETER])
def test_entity_declarations_are_refused_with_place_and_remedy(read: Read, doctype: str) -> None:
    with pytest.raises(ReadError, match=r"line 2: it declares the entity '.'.*; take the"):
        read(HEAD.replace("<tmx", f"{doctype}<tmx") + tu("&a;&x;") + FOOT)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"plain text", "not XML"),
        (b"<html><body>a</body></html>", "<html>: this is no TMX"),
        (b"PK\x03\x04 word/", "Word document"),
        (b"\x1f\x8b\x08\x00", "gzip"),
    ],
)
def test_a_file_of_another_kind_is_refused_as_a_whole(
    read: Read, content: bytes, message: str
) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        read(content)
    assert caught.value.remedy


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.tmx: cannot be read"):
        list(read_tmx(tmp_path / "none.tmx", KO_EN))


# Writing and reading again

TEXT = st.text(max_size=12) | st.text(
    st.sampled_from("가나\u1100\u1161 a\r\n\t\x00\x1f\x85\u2028\ufdd0\ufffe<>&\"';]"), max_size=10
)
MAYBE = st.none() | TEXT
MARKUP = TEXT | st.sampled_from(
    [
        '<ph x="1"/>',
        "<ph x='1'></ph>",
        '<bpt i="1">&lt;b&gt;</bpt>',
        '<ept i="1"/>',
        '<hi type="x">',
        "</hi>",
        '<g id="1">',
        "</g>",
        "<ph>a<sub>b</sub></ph>",
        "</ph>",
        "<seg>",
        "<tu>",
    ]
)
CODES = st.lists(st.builds(Code, st.integers(-1, 14), MARKUP), max_size=4).map(tuple)
NAMES = TEXT | st.sampled_from(
    [
        "tu@tuid",
        "tu@creationid",
        "tu@usagecount",
        "tu@xml:lang",
        "tu/prop@x-client",
        "tu/prop@prev",
        "tu/prop@x-article",
        "tu/note@0",
        "tu/xml",
        "target@creationdate",
        "source/prop@a",
        "source/note",
        "target/xml",
        "source/seg@xml:space",
        "source@lang",
    ]
)
VALUES = TEXT | st.sampled_from(
    [
        '<tuv xml:lang="ja"><seg>x</seg></tuv>',
        '<prop type="a" xml:lang="en">v</prop>',
        ' xml:lang="en"',
        "<note/>",
        "<tuv><seg>",
        "12",
    ]
)
LANGUAGES = st.sampled_from(
    [("source@xml:lang", "ko-KR"), ("target@xml:lang", "EN_us"), ("target@xml:lang", "en")]
)
DETAILS = st.none() | st.builds(
    Details,
    context=st.none() | st.builds(Context, MAYBE, MAYBE, MAYBE),
    source_codes=CODES,
    target_codes=CODES,
    notes=st.lists(TEXT, max_size=2).map(tuple),
    created=MAYBE | st.just("19000101T000000Z"),
    created_by=MAYBE,
    changed=MAYBE,
    changed_by=MAYBE,
    used=st.none() | st.integers(-5, 10**11),
    last_used=MAYBE,
    kept=st.lists(st.tuples(NAMES, VALUES) | LANGUAGES, max_size=5).map(tuple),
)
UNITS = st.builds(
    TranslationUnit,
    source=TEXT,
    target=TEXT,
    provenance=st.builds(
        Provenance, TEXT, st.integers(-3, 10**6), MAYBE, MAYBE | st.just("2021-07-08"), MAYBE
    ),
    confidence=st.floats(0, 1),
    status=st.sampled_from(["draft", "approved", "rejected"]),
    details=DETAILS,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tmx")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written=st.lists(UNITS, max_size=3))
@example(
    written=[
        TranslationUnit(
            "가\x01나",
            "b",
            Provenance("기사", 3, "", "about 2021", None),
            details=Details(source_codes=(Code(1, "<x/>"),), kept=(("odd", "\x02"),)),
        )
    ]
)
def test_units_come_back_as_they_were_whatever_they_hold(
    folder: Path, written: list[TranslationUnit]
) -> None:
    first, second = folder / "first.tmx", folder / "second.tmx"
    assert write_tmx(written, first) == len(written)
    again = units(list(read_tmx(first, KO_EN)))
    assert again == written
    write_tmx(again, second)
    assert second.read_bytes() == first.read_bytes()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written=st.lists(UNITS, min_size=1, max_size=3))
def test_what_is_written_is_well_formed_and_has_both_texts(
    folder: Path, written: list[TranslationUnit]
) -> None:
    write_tmx(written, folder / "any.tmx")
    root = ET.parse(folder / "any.tmx").getroot()
    assert [child.tag for child in root] == ["header", "body"]
    assert all(len(unit.findall("tuv/seg")) >= 2 for unit in root.iter("tu"))


EXPORTED = TranslationUnit(
    "돈주들은 웃었다.",
    "The donju laughed.",
    Provenance("market", 4, "Lee Jina", "2021-07-08", "test"),
    0.75,
    "approved",
    Details(
        context=Context("앞.", ""),
        source_codes=(Code(0, '<bpt i="1"/>'), Code(2, '<ept i="1"/>'), Code(5, '<x id="9"/>')),
        notes=("careful",),
        used=2,
        kept=(("tu/prop@x-client", "daily"),),
    ),
)


def test_other_programs_find_things_where_they_look(tmp_path: Path) -> None:
    write_tmx([EXPORTED], tmp_path / "out.tmx")
    root = ET.parse(tmp_path / "out.tmx").getroot()
    (unit,) = root.iter("tu")
    assert unit.attrib == {
        "creationdate": "20210708T000000Z",
        "creationid": "Lee Jina",
        "usagecount": "2",
    }
    assert unit.findtext("note") == "careful"
    props = {prop.get("type"): prop.text or "" for prop in unit.iter("prop")}
    assert props["prev"] == "앞."
    assert props["next"] == ""
    assert props["x-client"] == "daily"
    assert (props["x-article"], props["x-position"], props["x-status"]) == (
        "market",
        "4",
        "approved",
    )
    source = unit.find("tuv/seg")
    assert source is not None
    assert [child.tag for child in source] == ["bpt", "ept", "ph"]  # no <x>, which TMX has not


def test_level_1_is_plain_text(tmp_path: Path) -> None:
    write_tmx([EXPORTED], tmp_path / "out.tmx", level=1)
    segments = list(ET.parse(tmp_path / "out.tmx").getroot().iter("seg"))
    assert [(len(segment), segment.text) for segment in segments] == [
        (0, "돈주들은 웃었다."),
        (0, "The donju laughed."),
    ]


def test_a_text_changed_by_another_program_wins_over_what_donju_noted(tmp_path: Path) -> None:
    path = tmp_path / "out.tmx"
    write_tmx([TranslationUnit("쌀\x01값", "rice", Provenance("a", 0))], path)
    path.write_text(path.read_text("utf-8").replace("<seg>쌀값", "<seg>콩값"), "utf-8")
    (unit,) = units(list(read_tmx(path, KO_EN)))
    assert unit.source == "콩값"


@pytest.mark.parametrize(
    "told",
    [
        "{",
        "[]",
        '{"status": "odd"}',
        '{"position": "x"}',
        '{"position": 1e30}',
        '{"position": 100000000000000000000000}',
        '{"confidence": NaN}',
        '{"details": {"notes": [1]}}',
        '{"details": {"source_codes": [["x", "y"]]}}',
        "[" * 100_000,
        '{"source": "\\ud800", "read": ["쌀", "rice"]}',
    ],
)
def test_a_damaged_note_of_donju_is_not_believed(tmp_path: Path, told: str) -> None:
    path = tmp_path / "out.tmx"
    plain = TranslationUnit("쌀", "rice", Provenance("a", 0))
    write_tmx([plain], path)
    prop = f'<prop type="x-donju">{told}</prop>\n<tuv'
    path.write_text(path.read_text("utf-8").replace("\n<tuv", prop, 1), "utf-8")
    assert units(list(read_tmx(path, KO_EN))) == [plain]


def test_an_aligned_pair_written_as_tmx_is_the_same_as_one_stored(
    memory: Memory, alignment_of: Callable[..., Alignment], tmp_path: Path
) -> None:
    meta = {"translator": "Lee Jina", "date": "2021-07-08"}
    ko, en = (Article("", lang, (), meta=meta) for lang in ("ko", "en"))
    alignment = alignment_of(
        [
            ("쌀값이 올랐다.", "Rice rose."),
            ("", "A caption."),
            ("당국은 침묵했다.", "No word came."),
        ]
    )
    memory.add_alignment(alignment, article="market", ko=ko, en=en)
    write_alignments([AlignedPair("market", ko, en, alignment)], tmp_path / "market.tmx")
    assert units(list(read_tmx(tmp_path / "market.tmx", KO_EN))) == list(memory.units())


def test_codes_of_other_formats_are_written_as_codes_of_tmx(tmp_path: Path) -> None:
    codes = (
        *(Code(0, '<g id="1">'), Code(1, '<pc id="2">'), Code(2, "</pc>"), Code(2, "</g>")),
        *(Code(2, '<ph id="3"/>'), Code(2, '<bpt id="4" rid="4">x</bpt>'), Code(3, "<it>y</it>")),
        *(Code(3, '<hi type="b">'), Code(4, "</hi>"), Code(4, '<ept i="1">z</ept>')),
    )
    unit = TranslationUnit("쌀값이다", "Rice", Provenance("a", 0), details=Details(None, codes))
    write_tmx([unit], tmp_path / "out.tmx")
    assert units(list(read_tmx(tmp_path / "out.tmx", KO_EN))) == [unit]
    written = [
        (element.tag, *element.attrib)
        for element in next(ET.parse(tmp_path / "out.tmx").iter("seg"))
    ]
    assert written == [("ph",)] * 7 + [("hi", "type"), ("ept", "i")]


def test_translate_toolkit_reads_what_is_written(tmp_path: Path) -> None:
    from translate.storage.tmx import tmxfile

    write_tmx([EXPORTED], tmp_path / "out.tmx")
    with (tmp_path / "out.tmx").open("rb") as file:
        (unit,) = tmxfile(file, "ko", "en").units
    assert "웃었다." in unit.source
    assert unit.target == "The donju laughed."
    assert unit.getnotes() == "careful"


# The commands


def test_import_reports_what_became_of_every_unit(donju: Any, tmp_path: Path) -> None:
    path, memory = tmp_path / "vendor.tmx", tmp_path / "news.tm"
    content = HEAD + tu() + tu() + tu("돈주") + tu().replace('"ko"', '"ja"') + FOOT
    path.write_text(content, "utf-8")
    ran = donju("import", path, "-m", memory)
    assert ran.code == 0
    assert "4 units read = 2 stored + 1 already there + 1 refused" in ran.out
    assert "1 unit refused: no segment in ko (it has en, ja)\n  line 6, tu 4" in ran.err
    ran = donju("import", path, "-m", memory, "--json")
    (report,) = json.loads(ran.out)["files"]
    assert (report["read"], report["stored"], report["already"]) == (4, 0, 3)
    assert report["refused"] == [
        {"place": "line 6, tu 4", "reason": "no segment in ko (it has en, ja)"}
    ]


def test_import_names_article_and_status_where_the_file_does_not(
    donju: Any, tmp_path: Path
) -> None:
    path = tmp_path / "vendor.tmx"
    confirmed = '<prop type="x-ConfirmationLevel">RejectedTranslation</prop>'
    path.write_text(HEAD + tu() + tu("돈주", inner=confirmed) + FOOT, "utf-8")
    asked = ("--article", "2021 vendor", "--status", "approved")
    assert donju("import", path, "-m", tmp_path / "news.tm", *asked).code == 0
    with Memory.open(tmp_path / "news.tm") as memory:
        found = [(unit.provenance.article, unit.status) for unit in memory.units()]
    assert found == [("2021 vendor", "approved"), ("2021 vendor", "rejected")]


def test_import_of_several_files_goes_on_after_one_that_cannot_be_read(
    donju: Any, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.tmx", tmp_path / "bad.tmx"
    good.write_text(HEAD + tu() + FOOT, "utf-8")
    bad.write_text("no tmx", "utf-8")
    ran = donju("import", bad, good, "-m", tmp_path / "news.tm", "--json")
    assert ran.code == 2
    told = json.loads(ran.out)
    assert [report["stored"] for report in told["files"]] == [1]
    assert [failed["file"] for failed in told["failed"]] == [str(bad)]


def test_a_file_that_cannot_be_read_leaves_no_new_memory(donju: Any, tmp_path: Path) -> None:
    (tmp_path / "bad.tmx").write_text("no tmx", "utf-8")
    ran = donju("import", tmp_path / "bad.tmx", "-m", tmp_path / "news.tm")
    assert ran.code == 2
    assert "not XML" in ran.err
    assert not (tmp_path / "news.tm").exists()


def test_export_and_import_give_the_same_memory(news: Memory, donju: Any, tmp_path: Path) -> None:
    news.set_status([next(news.units()).id or 0], "rejected")
    assert donju("export", "-m", tmp_path / "news.tm", "-o", tmp_path / "out.tmx").code == 0
    assert donju("import", tmp_path / "out.tmx", "-m", tmp_path / "again.tm").code == 0
    with Memory.open(tmp_path / "again.tm") as again:
        assert list(again.units()) == list(news.units())


def test_export_writes_chosen_articles_and_statuses(
    news: Memory, donju: Any, tmp_path: Path
) -> None:
    first = next(news.units(article="talks"))
    news.set_status([first.id or 0], "approved")
    out = tmp_path / "out.tmx"
    asked = ("--article", "talks", "--status", "approved")
    assert donju("export", "-m", tmp_path / "news.tm", "-o", out, *asked).code == 0
    assert [unit.source for unit in units(list(read_tmx(out, KO_EN)))] == [first.source]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("-o", "out.doc"), "no format is known"),
        (("-o", "out.tmx", "--article", "none"), "no article of this name"),
    ],
)
def test_export_says_what_is_wrong(
    news: Memory, donju: Any, tmp_path: Path, asked: tuple[str, ...], message: str
) -> None:
    ran = donju("export", "-m", tmp_path / "news.tm", *asked)
    assert ran.code == 2
    assert message in ran.err


@pytest.mark.parametrize("codes", [("ko", "ko"), ("", "en"), ("ko", "ko-KR")])
def test_two_languages_must_be_told_apart(
    donju: Any, tmp_path: Path, codes: tuple[str, str]
) -> None:
    (tmp_path / "a.tmx").write_text(HEAD + tu() + FOOT, "utf-8")
    asked = ("--source-lang", codes[0], "--target-lang", codes[1])
    ran = donju("import", tmp_path / "a.tmx", "-m", tmp_path / "news.tm", *asked)
    assert (ran.code == 0) == (codes == ("ko", "ko-KR"))


def test_export_never_writes_over_the_memory(news: Memory, donju: Any, tmp_path: Path) -> None:
    memory = tmp_path / "news.tm"
    ran = donju("export", "-m", memory, "-o", memory, "--format", "tmx")
    assert ran.code == 2
    assert "the memory itself" in ran.err


@pytest.mark.parametrize("content", [None, b"", b"<tmx/>"])
def test_terms_that_cannot_be_read_leave_no_new_memory(
    donju: Any, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "terms.tbx").write_bytes(content)
    ran = donju("import", tmp_path / "terms.tbx", "-m", tmp_path / "news.tm")
    assert ran.code == 2
    assert "terms.tbx" in ran.err
    assert not (tmp_path / "news.tm").exists()


# The header


HEADED = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="Other" creationtoolversion="9" segtype="sentence"
 o-tmf="x" adminlang="en" srclang="ko" datatype="xml" creationdate="20190131T235900Z">
<note>For the &lt;foreign&gt; desk only.</note>
<prop type="x-client">압록강통신</prop><prop type="x-client">두만강 통신</prop>
<prop type="x-empty"></prop><prop type="targetlang">en-US</prop>
<note o-encoding="utf-8">Second note</note>
<ude name="old" base="unicode"><map unicode="#xF8FF" code="#xF0"/></ude>
</header><body>
<tu><tuv xml:lang="ko"><seg>배가 떠났다.</seg></tuv>
<tuv xml:lang="en"><seg>A ship left.</seg></tuv></tu>
</body></tmx>
"""
HEADED_KEPT = (
    ("header/note", "For the <foreign> desk only."),
    ("header/prop@x-client", "압록강통신"),
    ("header/prop@x-client", "두만강 통신"),
    ("header/prop@x-empty", ""),
    ("header/prop@targetlang", "en-US"),
    ("header/xml", '<note o-encoding="utf-8">Second note</note>'),
    ("header/xml", '<ude name="old" base="unicode"><map unicode="#xF8FF" code="#xF0"/></ude>'),
)


def headers_of(path):
    with Memory.open(path) as memory:
        return {record.id: record.kept for record in memory.articles()}


def test_what_a_header_says_is_kept_and_written_again(tmp_path, donju):
    (tmp_path / "old.tmx").write_text(HEADED, encoding="utf-8")
    assert donju("import", tmp_path / "old.tmx", "-m", tmp_path / "a.tm").code == 0
    assert headers_of(tmp_path / "a.tm") == {"old": HEADED_KEPT}
    donju("export", "-m", tmp_path / "a.tm", "-o", tmp_path / "out.tmx")
    header = (tmp_path / "out.tmx").read_text(encoding="utf-8").partition("</header>")[0]
    assert header.count("targetlang") == 1  # the one that this export is about
    assert "<note>For the &lt;foreign&gt; desk only.</note>" in header
    donju("import", tmp_path / "out.tmx", "-m", tmp_path / "b.tm")
    own = tuple(pair for pair in HEADED_KEPT if "targetlang" not in pair[0])
    assert headers_of(tmp_path / "b.tm") == {"old": own}
    donju("export", "-m", tmp_path / "b.tm", "-o", tmp_path / "again.tmx")
    assert (tmp_path / "again.tmx").read_bytes() == (tmp_path / "out.tmx").read_bytes()


def test_an_export_of_one_article_holds_its_own_header_only(tmp_path, donju):
    (tmp_path / "one.tmx").write_text(HEADED, encoding="utf-8")
    (tmp_path / "two.tmx").write_text(HEADED.replace("압록강", "청천강"), encoding="utf-8")
    donju("import", tmp_path / "one.tmx", tmp_path / "two.tmx", "-m", tmp_path / "a.tm")
    donju("export", "-m", tmp_path / "a.tm", "-o", tmp_path / "two.tmx", "--article", "two")
    donju("export", "-m", tmp_path / "a.tm", "-o", tmp_path / "all.tmx")
    two, both = ((tmp_path / f"{n}.tmx").read_text(encoding="utf-8") for n in ("two", "all"))
    assert ("압록강" in two, "청천강" in two) == (False, True)
    assert both.count('"x-client"') == 3  # what both files say stands there once


def test_a_header_that_comes_too_late_to_be_kept_is_reported(tmp_path, donju):
    (tmp_path / "one.tmx").write_text(HEADED, encoding="utf-8")
    (tmp_path / "two.tmx").write_text(HEADED.replace("압록강", "청천강"), encoding="utf-8")
    into = ("-m", tmp_path / "a.tm", "--article", "vendor")
    assert donju("import", tmp_path / "one.tmx", *into).err == ""
    assert donju("import", tmp_path / "one.tmx", *into).err == ""
    assert (
        "header are not kept: article 'vendor'" in donju("import", tmp_path / "two.tmx", *into).err
    )


def test_a_deleted_article_comes_back_with_its_header(tmp_path, donju):
    (tmp_path / "old.tmx").write_text(HEADED, encoding="utf-8")
    donju("import", tmp_path / "old.tmx", "-m", tmp_path / "a.tm")
    with Memory.open(tmp_path / "a.tm") as memory:
        memory.delete_article("old")
        memory.undo(memory.changes(last=1)[0].number)
        assert memory.check() == []
    assert headers_of(tmp_path / "a.tm") == {"old": HEADED_KEPT}


def test_a_damaged_header_in_the_memory_hides_no_article(tmp_path, donju):
    (tmp_path / "old.tmx").write_text(HEADED, encoding="utf-8")
    donju("import", tmp_path / "old.tmx", "-m", tmp_path / "a.tm")
    with sqlite3.connect(tmp_path / "a.tm") as connection:
        connection.execute("UPDATE articles SET kept = '[[1'")
    assert headers_of(tmp_path / "a.tm") == {"old": (("damaged", "[[1"),)}
    assert donju("export", "-m", tmp_path / "a.tm", "-o", tmp_path / "out.tmx").code == 0
