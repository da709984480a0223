"""XLIFF: files read as units, and files filled from a memory without touching anything else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import InputError, ReadError
from tm.exchange.formats import reader_for
from tm.exchange.items import Item, Note, Refused
from tm.exchange.languages import Languages
from tm.exchange.xliff import read_xliff
from tm.exchange.xliff_codes import fitted
from tm.exchange.xliff_leverage import Leveraged, leverage
from tm.exchange.xliff_text import Inline
from tm.memory import Memory
from tm.unit import Code, TranslationUnit

Command = Callable[..., Any]

XLIFF_1 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file original="시장.html" source-language="ko" target-language="en" datatype="html">
    <body>
      {}
    </body>
  </file>
</xliff>
"""

XLIFF_2 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.1" srcLang="ko" trgLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0">
  <file id="f1">
    {}
  </file>
</xliff>
"""

RICE = "혜산 장마당에서 쌀값이 크게 올랐다."
RICE_EN = "Rice prices rose sharply at the Hyesan market."
DONJU = "돈주들은 아파트 건설에 돈을 댔다."
DONJU_EN = "Donju put money into building apartments."
ARREST = "보안원들이 상인 12명을 체포했다."


def units(text: str | bytes, folder: Path, languages: Languages | None = None) -> list[Item]:
    path = folder / "in.xlf"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_xliff(path, languages or Languages()))


def only(items: list[Item]) -> TranslationUnit:
    [unit] = [item for item in items if isinstance(item, TranslationUnit)]
    return unit


def filled(text: str | bytes, memory: Memory, folder: Path, **how: int) -> tuple[bytes, Leveraged]:
    path, out = folder / "in.xlf", folder / "out.xlf"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    report = leverage(path, out, memory, name="news.tm", **how)
    return out.read_bytes(), report


# Reading


def test_a_unit_has_its_texts_codes_notes_neighbours_and_whatever_else_is_said(
    tmp_path: Path,
) -> None:
    unit, last = units(
        XLIFF_1.format(
            f"""<trans-unit id="t1" resname="lead" approved="yes">
        <source>혜산 <g id="1">장마당</g>에서<x id="2"/> 올랐다.</source>
        <target state="final">It rose at <g id="1">the market</g><x id="2"/>.</target>
        <context-group purpose="location"><context context-type="sourcefile">a.html</context>
        </context-group>
        <note from="editor">보도체로</note>
      </trans-unit>
      <trans-unit id="t2"><source>{DONJU}</source><target>{DONJU_EN}</target></trans-unit>"""
        ),
        tmp_path,
    )
    assert isinstance(unit, TranslationUnit) and isinstance(last, TranslationUnit)
    assert (unit.source, unit.target) == ("혜산 장마당에서 올랐다.", "It rose at the market.")
    assert unit.status == "approved" and last.status == "draft"
    assert unit.details is not None and unit.details.context is not None
    assert unit.details.source_codes == (
        Code(3, '<g id="1">'),
        Code(6, "</g>"),
        Code(8, '<x id="2"/>'),
    )
    assert unit.details.notes == ("보도체로",)
    assert unit.details.context.previous == "" and unit.details.context.following == DONJU
    assert unit.details.context.key == "t1"
    assert ("file@original", "시장.html") in unit.details.kept
    assert ("trans-unit@resname", "lead") in unit.details.kept
    assert ("context@sourcefile", "a.html") in unit.details.kept


def test_segments_of_a_divided_unit_go_with_the_marks_of_the_same_id(tmp_path: Path) -> None:
    first, second = units(
        XLIFF_1.format(
            f"""<trans-unit id="t"><source>{RICE} {DONJU}</source>
        <seg-source><mrk mtype="seg" mid="0">{RICE}</mrk> <mrk mtype="seg" mid="1">{DONJU}</mrk>
        </seg-source>
        <target><mrk mtype="seg" mid="1">{DONJU_EN}</mrk> <mrk mtype="seg" mid="0">
          {RICE_EN}
        </mrk></target></trans-unit>"""
        ),
        tmp_path,
    )
    assert isinstance(first, TranslationUnit) and isinstance(second, TranslationUnit)
    assert (first.source, first.target) == (RICE, RICE_EN)
    assert (second.source, second.target) == (DONJU, DONJU_EN)


def test_xliff_2_has_states_notes_metadata_and_glossary(tmp_path: Path) -> None:
    unit = only(
        units(
            XLIFF_2.format(
                f"""<unit id="u1" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"
        xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0">
      <gls:glossary><gls:glossEntry><gls:term>돈주</gls:term>
        <gls:translation>donju</gls:translation></gls:glossEntry></gls:glossary>
      <mda:metadata><mda:metaGroup category="cms"><mda:meta type="desk">경제</mda:meta>
        </mda:metaGroup></mda:metadata>
      <notes><note>투자 기사</note></notes>
      <segment id="s1" state="reviewed">
        <source>돈주들은 <pc id="1" dataRefStart="d1">아파트</pc> 건설에 돈을 댔다.</source>
        <target>{DONJU_EN}</target>
      </segment>
      <ignorable><source> </source></ignorable>
    </unit>"""
            ),
            tmp_path,
        )
    )
    assert (unit.source, unit.target, unit.status) == (DONJU, DONJU_EN, "approved")
    assert unit.details is not None
    assert [code.place for code in unit.details.source_codes] == [5, 8]
    assert unit.details.notes == ("투자 기사",)
    assert ("unit/meta@cms/desk", "경제") in unit.details.kept
    assert ("unit/glossary", "돈주 = donju") in unit.details.kept


def test_sdlxliff_has_confirmation_comments_and_who_changed_it(tmp_path: Path) -> None:
    items = units(
        f"""\ufeff<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" sdl:version="1.0" version="1.2"
 xmlns="urn:oasis:names:tc:xliff:document:1.2"><doc-info
 xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-defs><cmt-def id="c1"><Comments><Comment
 severity="Low" user="lee">돈주는 그대로 둘 것</Comment></Comments></cmt-def></cmt-defs></doc-info>
<file original="a" source-language="ko-KR" target-language="en-US"><body>
<trans-unit id="x"><source>{DONJU}{ARREST}</source><seg-source><mrk mtype="seg" mid="1">{DONJU}
</mrk><mrk mtype="seg" mid="2">{ARREST}</mrk></seg-source><target><mrk mtype="seg" mid="1"><mrk
 mtype="x-sdl-comment" sdl:cid="c1">{DONJU_EN}</mrk></mrk><mrk mtype="seg" mid="2"/></target>
<sdl:seg-defs><sdl:seg id="1" conf="ApprovedSignOff" origin="interactive"><sdl:value
 key="last_modified_by">lee</sdl:value><sdl:value key="modified_on">03/21/2021 16:54:24</sdl:value>
</sdl:seg><sdl:seg id="2"/></sdl:seg-defs></trans-unit></body></file></xliff>""",
        tmp_path,
    )
    unit = only(items)
    assert unit.status == "approved" and unit.target == DONJU_EN
    assert unit.details is not None
    assert unit.details.notes == ("돈주는 그대로 둘 것",)
    assert unit.details.changed == "20210321T165424Z" and unit.details.changed_by == "lee"
    assert ("sdl:seg@origin", "interactive") in unit.details.kept
    [refused] = [item for item in items if isinstance(item, Refused)]
    assert refused.place.endswith("trans-unit x, segment 2") and "no target" in refused.reason


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        (f"<trans-unit id='1'><source>{RICE}</source></trans-unit>", "no target"),
        (
            f"<trans-unit id='1'><source>{RICE}</source><target state='new'>{RICE}</target>"
            "</trans-unit>",
            "not translated yet",
        ),
        (
            f"<trans-unit id='1' translate='no'><source>{RICE}</source></trans-unit>",
            "not to be translated",
        ),
        (
            f"<trans-unit id='1' approved='yes'><source>{RICE}</source><target/></trans-unit>",
            "not translated, and approved",
        ),
        ("<trans-unit id='1'><source><x id='9'/></source></trans-unit>", "no text"),
        ("<bin-unit id='1'/>", "binary"),
    ],
)
def test_what_is_no_translation_is_listed_with_place_and_reason(
    unit: str, reason: str, tmp_path: Path
) -> None:
    [refused] = units(XLIFF_1.format(unit), tmp_path)
    assert isinstance(refused, Refused)
    assert refused.place.startswith("line 5") and reason in refused.reason


def test_a_file_from_english_gives_units_with_korean_source(tmp_path: Path) -> None:
    text = XLIFF_1.format(
        f"<trans-unit id='1'><source>{RICE_EN}</source><target>{RICE}</target></trans-unit>"
    ).replace('source-language="ko" target-language="en"', 'source-language="en-GB"')
    unit = only(units(text, tmp_path))
    assert (unit.source, unit.target) == (RICE, RICE_EN)
    assert unit.details is not None
    assert ("file@source-language", "en-GB") in unit.details.kept


def test_other_languages_are_refused_and_can_be_asked_for(tmp_path: Path) -> None:
    text = XLIFF_1.format(
        "<trans-unit id='1'><source>노래</source><target>chanson</target></trans-unit>"
    ).replace('target-language="en"', 'target-language="fr"')
    [refused] = units(text, tmp_path)
    assert isinstance(refused, Refused) and "ko to fr" in refused.reason
    assert only(units(text, tmp_path, Languages("ko", "fr"))).target == "chanson"


def test_what_stands_before_the_place_where_a_file_breaks_is_read(tmp_path: Path) -> None:
    whole = XLIFF_1.format(
        f"<trans-unit id='1'><source>{RICE}</source><target>{RICE_EN}</target></trans-unit>"
        f"<trans-unit id='2'><source>{DONJU}</source>"
    )
    unit, refused = units(whole[: whole.index(DONJU) + 3], tmp_path)
    assert isinstance(unit, TranslationUnit) and isinstance(refused, Refused)
    assert unit.source == RICE and refused.place == "line 5, trans-unit 2"
    assert "the file ends in the middle of it" in refused.reason


@pytest.mark.parametrize("size", [1, 7, 1 << 18])
def test_what_stands_behind_a_broken_unit_is_read_at_its_line(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tm.exchange.encoding.PIECE", size)
    text = XLIFF_1.format(
        f"<group><trans-unit id='1'><source>{ARREST}</g></source></trans-unit>\n"
        f"<trans-unit id='2'><source>{RICE}</source><target>{RICE_EN}</target></trans-unit>\n"
        f"<trans-unit id='3'><source>{DONJU}<target></trans-unit></group>\n"
        f"<trans-unit id='4'>\n<source>{DONJU}</source></trans-unit>"
    )
    broken, unit, again, last = units(text, tmp_path)
    assert isinstance(broken, Refused) and isinstance(again, Refused)
    assert broken.place == "line 5, trans-unit 1" and "broken" in broken.reason
    assert isinstance(unit, TranslationUnit) and unit.source == RICE
    assert unit.details is not None and unit.details.context is not None
    assert again.place == "line 7, trans-unit 3"
    assert isinstance(last, Refused) and last.place == "line 8, trans-unit 4"


@pytest.mark.parametrize(
    ("second", "place"),
    [
        ("<trans-unit id='2' id='3'><source>둘</source></trans-unit>", "line 6, trans-unit"),
        ("<trans-unit id=2><source>둘</source></trans-unit>", "line 6, trans-unit"),
        ("<trans-unit id='2'><source>5 < 6</source></trans-unit>", "line 6, trans-unit 2"),
        ("<trans-unit id='2'><source>둘</source>", "line 6, trans-unit 2"),
        (f"<trans-unit id='2'><source>{'<g>' * 300}</source>", "line 6, trans-unit 2"),
    ],
)
def test_a_broken_unit_costs_no_other_one(second: str, place: str, tmp_path: Path) -> None:
    whole = "<trans-unit id='{}'>\n<source>{}</source><target>{}</target></trans-unit>"
    text = XLIFF_1.format(
        f"{whole.format(1, RICE, RICE_EN)}{second}\n{whole.format(3, DONJU, DONJU_EN)}"
    )
    first, broken, last = units(text, tmp_path)
    assert isinstance(first, TranslationUnit) and first.source == RICE
    assert isinstance(broken, Refused) and broken.place == place
    assert isinstance(last, TranslationUnit) and last.source == DONJU


def test_a_break_between_units_is_noted_and_no_unit_is_counted(tmp_path: Path) -> None:
    text = XLIFF_1.format(
        f"<group><trans-unit id='1'><source>{RICE}</source><target>{RICE_EN}</target></trans-unit>"
        f"</grup><trans-unit id='2'><source>{DONJU}</source><target>{DONJU_EN}</target>"
        "</trans-unit></group>"
    )
    first, note, second = units(text, tmp_path)
    assert isinstance(first, TranslationUnit) and isinstance(second, TranslationUnit)
    assert isinstance(note, Note) and note.place == "line 5"
    unit, note = units(text[: text.index("</grup>")], tmp_path)
    assert isinstance(unit, TranslationUnit)
    assert isinstance(note, Note) and "not complete" in note.text


def test_comments_of_memoq_are_notes_and_control_characters_leave_no_trace(
    tmp_path: Path,
) -> None:
    unit = only(
        units(
            XLIFF_1.format(
                f"<trans-unit id='1' resname='a\x02'><source>{RICE}<x id='\x03'/></source>"
                f"<target>{RICE_EN}</target><m:comments xmlns:m='MQXliff'><m:comment>이 말은?"
                "</m:comment><m:comment deleted='true'>지움</m:comment></m:comments></trans-unit>"
            ),
            tmp_path,
        )
    )
    assert unit.details is not None and unit.details.notes == ("이 말은?",)
    assert unit.details.source_codes == (Code(len(RICE), "<x id=''/>"),)
    assert ("trans-unit@resname", "a") in unit.details.kept


@pytest.mark.parametrize("ending", ["mqxliff", "mxliff", "txlf", "sdlxliff"])
def test_files_of_memoq_phrase_wordfast_and_trados_are_known(ending: str) -> None:
    assert reader_for(Path(f"story.{ending}")) is read_xliff


def test_entities_are_not_followed_and_a_doctype_is(tmp_path: Path) -> None:
    body = XLIFF_1.format(
        f"<trans-unit id='1'><source>{RICE}</source><target>{RICE_EN}</target></trans-unit>"
    )
    head, rest = body.split("\n", 1)
    doctype = '<!DOCTYPE xliff PUBLIC "-//XLIFF//DTD XLIFF//EN" "http://nowhere.invalid/x.dtd">'
    assert only(units(f"{head}\n{doctype}\n{rest}", tmp_path)).target == RICE_EN
    bomb = '<!DOCTYPE xliff [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(ReadError, match="entity"):
        units(f"{head}\n{bomb}\n{rest}".replace(RICE_EN, "&a;"), tmp_path)


def test_a_file_of_another_kind_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no XLIFF"):
        units("<tmx version='1.4'><body/></tmx>", tmp_path)


def test_control_characters_and_wrong_encodings_are_repaired_and_told(tmp_path: Path) -> None:
    text = XLIFF_1.format(
        f"<trans-unit id='1'><source>{RICE}</source><target>Ri\x08ce rose.</target></trans-unit>"
    ).replace('encoding="UTF-8"', 'encoding="UTF-16"')
    items = units(text, tmp_path)
    assert only(items).target == "Rice rose."
    notes = [item.text for item in items if isinstance(item, Note)]
    assert any("U+0008" in note for note in notes)
    assert any("declares utf-16" in note for note in notes)


# Filling


def test_exact_matches_are_filled_and_nothing_else_changes(news: Memory, tmp_path: Path) -> None:
    text = XLIFF_1.format(
        f"""<trans-unit   id='t1'
          restype="x-p"><source>{DONJU}</source></trans-unit>
      <trans-unit id="t2"><source>{RICE}</source>
        <target xml:lang='en'  /><!-- left --><note>메모</note></trans-unit>
      <trans-unit id="t3"><source>{ARREST}</source><target>Already done.</target></trans-unit>"""
    )
    out, report = filled(text, news, tmp_path)
    expected = text.replace(
        f"<source>{DONJU}</source>",
        f'<source>{DONJU}</source><target state="translated" state-qualifier="exact-match">'
        f"{DONJU_EN}</target>",
    ).replace(
        "<target xml:lang='en'  />",
        f'<target xml:lang=\'en\' state="translated" state-qualifier="exact-match">{RICE_EN}'
        "</target>",
    )
    assert out.decode() == expected
    assert report.filled == {"exact": 2}
    assert [left.reason for left in report.left] == ["already translated"]
    assert report.segments == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_with_nothing_to_fill_comes_back_byte_for_byte(
    news: Memory, tmp_path: Path, encoding: str, end: str
) -> None:
    text = (
        XLIFF_1.format(
            "<trans-unit  id = '1' ><source>처음 보는 문장&#x3002; &amp; <![CDATA[<b>]]></source >"
            "\n<target\n/></trans-unit><?keep  this?>"
        )
        .replace('"UTF-8"', f'"{encoding.removesuffix("-sig").replace("cp949", "euc-kr")}"')
        .replace("\n", end)
    )
    before = text.encode(encoding)
    out, report = filled(before, news, tmp_path)
    assert out == before
    assert report.left and not report.filled


@pytest.mark.parametrize("encoding", ["utf-16", "cp949"])
def test_a_filled_target_is_in_the_encoding_of_the_file(
    news: Memory, tmp_path: Path, encoding: str
) -> None:
    news_unit = f"<trans-unit id='1'><source>{RICE}</source><target></target></trans-unit>"
    before = XLIFF_1.format(news_unit).replace("UTF-8", encoding)
    out, _ = filled(before.encode(encoding), news, tmp_path)
    assert f">{RICE_EN}</target>" in out.decode(encoding)


def test_a_match_between_the_same_neighbours_that_was_approved_is_signed_off(
    news: Memory, tmp_path: Path
) -> None:
    [rice] = news.store.exact(RICE, "ko")
    assert rice.id is not None
    news.store.set_status([rice.id], "approved", who="tester", why="checked")
    text = XLIFF_1.format(
        f"<trans-unit id='0'><source>{RICE}</source></trans-unit>"
        f"<trans-unit id='1'><source>{DONJU}</source></trans-unit>"
        f"<trans-unit id='2'><source>{ARREST}</source></trans-unit>"
    )
    out, report = filled(text, news, tmp_path)
    assert report.filled == {"context": 2, "exact": 1}
    assert (
        f'<target state="signed-off" state-qualifier="exact-match">{RICE_EN}</target>'
        in out.decode()
    )
    assert out.decode().count('state="translated"') == 2


def test_two_translations_of_one_text_are_filled_for_review_and_both_shown(
    news: Memory, alignment_of: Callable[..., Any], tmp_path: Path
) -> None:
    other = "Moneyed donju paid for apartment blocks."
    news.add_alignment(alignment_of([(DONJU, other)]), article="other", date="2020-01-01")
    text = XLIFF_1.format(f"<trans-unit id='1'><source>{DONJU}</source></trans-unit>")
    out, _ = filled(text, news, tmp_path)
    assert f'state="needs-review-translation" state-qualifier="exact-match">{DONJU_EN}<' in (
        out.decode()
    )
    assert '<alt-trans match-quality="100%" origin="news.tm, other">' in out.decode()
    assert f">{other}</target></alt-trans>" in out.decode()


def test_an_outside_reader_finds_the_filled_targets(news: Memory, tmp_path: Path) -> None:
    factory = pytest.importorskip("translate.storage.factory")
    text = XLIFF_1.format(
        f"<trans-unit id='1'><source>{RICE}</source></trans-unit>"
        "<trans-unit id='2'><source>돈주들은 아파트 건설에 큰돈을 댔다.</source></trans-unit>"
    )
    filled(text, news, tmp_path)
    first, second = factory.getobject(str(tmp_path / "out.xlf")).units
    assert (first.source, first.target) == (RICE, RICE_EN)
    assert not second.target
    assert [alternative.target for alternative in second.getalttrans()] == [DONJU_EN]


def test_real_files_without_matches_come_back_byte_for_byte(
    news: Memory, shared_data: Path, tmp_path: Path
) -> None:
    files = [
        path
        for ending in ("xlf", "sdlxliff")
        for path in sorted((shared_data / "interchange").glob(f"*.{ending}"))
    ]
    assert len(files) >= 10
    for path in files:
        out = tmp_path / path.name
        report = leverage(path, out, news)
        assert out.read_bytes() == path.read_bytes()
        assert not report.filled and report.segments == len(report.left)


def test_a_fuzzy_match_is_offered_and_filled_only_if_asked(news: Memory, tmp_path: Path) -> None:
    text = XLIFF_1.format(
        "<trans-unit id='1'><source>돈주들은 아파트 건설에 큰돈을 댔다.</source></trans-unit>"
    )
    out, report = filled(text, news, tmp_path)
    assert not report.filled and report.left[0].reason == "offered as a candidate"
    assert "<target state" not in out.decode()
    assert f'<target xml:lang="en">{DONJU_EN}</target></alt-trans>' in out.decode()
    assert 'origin="news.tm, market"' in out.decode()
    again, _ = filled(out, news, tmp_path)
    assert again == out
    out, report = filled(text, news, tmp_path, fill=75)
    assert report.filled == {"fuzzy": 1}
    assert "<alt-trans match-quality=" in out.decode()
    assert '<target state="needs-review-translation" state-qualifier="fuzzy-match">' in out.decode()


def test_only_the_empty_segments_of_a_divided_unit_are_filled(news: Memory, tmp_path: Path) -> None:
    text = XLIFF_1.format(
        f"""<trans-unit id="t"><source>{RICE} {DONJU}</source>
        <seg-source><mrk mtype="seg" mid="0">{RICE}</mrk> <mrk mtype="seg" mid="1">{DONJU}</mrk>
        </seg-source>
        <target><mrk mtype="seg" mid="0">Mine.</mrk> <mrk mtype="seg" mid="1"/></target>
      </trans-unit>"""
    )
    out, report = filled(text, news, tmp_path)
    assert out.decode() == text.replace(
        '<mrk mtype="seg" mid="1"/>', f'<mrk mtype="seg" mid="1">{DONJU_EN}</mrk>'
    )
    assert report.filled == {"context": 1} or report.filled == {"exact": 1}


def test_a_divided_unit_without_target_gets_the_marks_of_its_source(
    news: Memory, tmp_path: Path
) -> None:
    text = XLIFF_1.format(
        f"""<trans-unit id="t"><source>{RICE} 새 문장이다.</source>
        <seg-source><mrk mtype="seg" mid="a">{RICE}</mrk> <mrk mtype="seg" mid="b">새 문장이다.</mrk
        ></seg-source></trans-unit>"""
    )
    out, _ = filled(text, news, tmp_path)
    assert (
        f'<target state="needs-translation"><mrk mtype="seg" mid="a">{RICE_EN}</mrk> '
        '<mrk mtype="seg" mid="b"></mrk></target>'
    ) in out.decode()
    read = units(out, tmp_path)
    assert only(read).target == RICE_EN  # what is there of a target that is not finished
    assert [item.reason for item in read if isinstance(item, Refused)] == [
        "not translated: it has no target"
    ]
    again, report = filled(out.decode(), news, tmp_path)
    assert again == out and not report.filled


def test_sdlxliff_is_filled_where_studio_looks(news: Memory, tmp_path: Path) -> None:
    text = f"""<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" version="1.2"
 xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="ko-KR"
 target-language="en-US"><body><trans-unit id="x"><source>{DONJU}</source><seg-source><mrk
 mtype="seg" mid="1">{DONJU}</mrk></seg-source><target><mrk mtype="seg" mid="1" /></target
><sdl:seg-defs><sdl:seg id="1" origin="not-translated" /></sdl:seg-defs></trans-unit></body></file>
</xliff>"""
    out, report = filled(text, news, tmp_path)
    assert out.decode() == text.replace(
        '<mrk mtype="seg" mid="1" />', f'<mrk mtype="seg" mid="1">{DONJU_EN}</mrk>'
    ).replace(
        '<sdl:seg id="1" origin="not-translated" />',
        '<sdl:seg id="1" origin="tm" conf="Translated" percent="100" />',
    )
    assert report.segments == 1
    locked = text.replace('origin="not-translated"', 'locked="true"')
    assert filled(locked, news, tmp_path)[0].decode() == locked


def test_xliff_2_segments_get_target_and_state_and_candidates_their_module(
    news: Memory, tmp_path: Path
) -> None:
    text = XLIFF_2.format(
        f"""<unit id="u1">
      <segment id="a" state="initial" subState="my:new">
        <source>{RICE}</source>
      </segment>
      <ignorable><source> </source></ignorable>
      <segment>
        <source>돈주들은 아파트 건설에 큰돈을 댔다.</source>
      </segment>
    </unit>"""
    )
    out, report = filled(text, news, tmp_path)
    made = out.decode()
    assert f'<segment id="a" state="translated">\n        <source>{RICE}</source>\n' in made
    assert f"        <target>{RICE_EN}</target>\n      </segment>" in made
    assert '<unit id="u1">\n      <mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:match' in made
    assert '<mtc:match ref="#s1" type="tm" similarity="' in made
    assert '<segment id="s1">\n        <source>돈주들은' in made
    assert report.filled == {"exact": 1} and len(report.left) == 1
    assert filled(out, news, tmp_path)[0] == out


def test_xliff_2_without_target_language_gets_one_when_it_gets_a_target(
    news: Memory, tmp_path: Path
) -> None:
    text = XLIFF_2.format(f'<unit id="u"><segment><source>{RICE}</source></segment></unit>')
    out, _ = filled(text.replace(' trgLang="en"', ""), news, tmp_path)
    assert 'document:2.0" trgLang="en">' in out.decode()
    nothing = text.replace(' trgLang="en"', "").replace(RICE, "처음이다.")
    assert filled(nothing, news, tmp_path)[0].decode() == nothing


def test_prefixed_elements_get_prefixed_targets(news: Memory, tmp_path: Path) -> None:
    text = (
        XLIFF_1.format(f"<trans-unit id='1'><source>{RICE}</source></trans-unit>")
        .replace("<", "<x:")
        .replace("<x:/", "</x:")
        .replace("<x:?", "<?")
        .replace("xmlns=", "xmlns:x=")
    )
    out, _ = filled(text, news, tmp_path)
    assert "</x:source><x:target state=" in out.decode()
    assert f">{RICE_EN}</x:target>" in out.decode()


def test_a_file_from_english_is_filled_with_korean(news: Memory, tmp_path: Path) -> None:
    text = XLIFF_1.format(f"<trans-unit id='1'><source>{RICE_EN}</source></trans-unit>").replace(
        'source-language="ko" target-language="en"', 'source-language="en" target-language="ko"'
    )
    assert f">{RICE}</target>" in filled(text, news, tmp_path)[0].decode()


@pytest.mark.parametrize("size", [1, 5, 64])
def test_a_file_is_filled_the_same_however_it_is_cut(
    news: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    text = XLIFF_1.format(
        f"<trans-unit id='1'><source>{RICE}</source><target/></trans-unit>\n"
        f"<trans-unit id='2'><source>{DONJU}</source></trans-unit>"
    )
    whole, _ = filled(text, news, tmp_path)
    monkeypatch.setattr("tm.exchange.encoding.PIECE", size)
    assert filled(text, news, tmp_path)[0] == whole
    assert RICE_EN in whole.decode() and DONJU_EN in whole.decode()


def test_a_broken_file_is_not_filled_and_nothing_is_written(news: Memory, tmp_path: Path) -> None:
    text = XLIFF_1.format(f"<trans-unit id='1'><source>{RICE}</source></trans-unit>")
    with pytest.raises(ReadError, match="cannot be read whole"):
        filled(text[:-20], news, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


# Codes


def test_a_target_takes_the_codes_of_the_segment_for_its_own() -> None:
    segment = Inline("쌀값이 올랐다.", (Code(0, '<g id="7">'), Code(3, "</g>")))
    source = Inline("쌀값이 올랐다.", (Code(0, '<g id="2">'), Code(3, "</g>")))
    target = Inline("Rice prices rose.", (Code(0, '<g id="2">'), Code(11, "</g>")))
    assert fitted(segment, source, target) == '<g id="7">Rice prices</g> rose.'


def test_codes_of_another_program_are_replaced_by_those_of_the_file() -> None:
    segment = Inline("쌀값이 올랐다.", (Code(0, '<pc id="1">'), Code(3, "</pc>")))
    bold = (Code(0, '<bpt i="1">&lt;b&gt;</bpt>'), Code(3, '<ept i="1">&lt;/b&gt;</ept>'))
    source = Inline("쌀값이 올랐다.", bold)
    target = Inline("Prices rose.", (Code(0, bold[0].markup), Code(6, bold[1].markup)))
    assert fitted(segment, source, target) == '<pc id="1">Prices</pc> rose.'


@pytest.mark.parametrize(
    ("segment", "source", "target"),
    [
        (  # the stored unit knows nothing of the code in the middle
            Inline("쌀값이 올랐다.", (Code(3, '<x id="1"/>'),)),
            Inline("쌀값이 올랐다."),
            Inline("Prices rose."),
        ),
        (  # a code is missing from the stored target
            Inline("쌀값이 올랐다.", (Code(0, '<x id="1"/>'),)),
            Inline("쌀값이 올랐다.", (Code(0, '<x id="1"/>'),)),
            Inline("Prices rose."),
        ),
        (  # other places
            Inline("쌀값이 올랐다.", (Code(3, '<x id="1"/>'),)),
            Inline("쌀값이 올랐다.", (Code(0, '<x id="1"/>'),)),
            Inline("Prices rose.", (Code(0, '<x id="1"/>'),)),
        ),
        (  # tags that would not nest
            Inline("쌀값이", (Code(0, '<g id="1">'), Code(3, "</g>"))),
            Inline("쌀값이", (Code(0, '<g id="1">'), Code(3, "</g>"))),
            Inline("Price", (Code(0, "</g>"), Code(3, '<g id="1">'))),
        ),
    ],
)
def test_a_target_whose_codes_do_not_fit_is_not_put_in(
    segment: Inline, source: Inline, target: Inline
) -> None:
    assert fitted(segment, source, target) is None


def test_codes_around_a_whole_segment_enclose_its_translation() -> None:
    segment = Inline(f" {RICE}", (Code(0, '<g id="1">'), Code(len(RICE) + 1, "</g>")))
    assert fitted(segment, Inline(RICE), Inline("A < B")) == '<g id="1"> A &lt; B</g>'


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_filled_as_well_formed_xml(text: str) -> None:
    from xml.etree import ElementTree

    made = fitted(Inline(RICE), Inline(RICE), Inline(text))
    assert made is not None
    ElementTree.fromstring(f"<x>{made}</x>")


# The command


def test_the_command_fills_a_file_and_says_what_it_did(
    donju: Command, news: Memory, path: Path, tmp_path: Path
) -> None:
    file, out = tmp_path / "story.xlf", tmp_path / "story.en.xlf"
    file.write_text(
        XLIFF_1.format(
            f"<trans-unit id='1'><source>{RICE}</source></trans-unit>"
            "<trans-unit id='2'><source>전혀 다른 이야기다.</source></trans-unit>"
        )
    )
    ran = donju("leverage", file, "-m", path, "-o", out)
    assert ran.code == 0
    assert "2 segments" in ran.out and "1 filled" in ran.out
    assert RICE_EN in out.read_text()
    ran = donju("leverage", file, "-m", path, "-o", out, "--json")
    assert '"segments": 2' in ran.out and "trans-unit 2" in ran.out


def test_the_command_refuses_to_lose_bytes(news: Memory, tmp_path: Path) -> None:
    text = XLIFF_1.format(f"<trans-unit id='1'><source>{RICE}\ufdd3</source></trans-unit>")
    with pytest.raises(InputError, match="byte for byte"):
        filled(text, news, tmp_path)
