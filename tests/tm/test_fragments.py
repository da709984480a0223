"""Phrases of a sentence that the memory has, where no sentence is like it."""

from __future__ import annotations

import json

import pytest

from tm.fragments import fragments
from tm.store import ArticleRecord
from tm.unit import Provenance, TranslationUnit

COMMITTEE = "함경북도 회령시 당위원회"
PAIRS = (
    (
        "함경북도 회령시 당위원회는 농촌동원 인원을 늘렸다.",
        "The Hoeryong party committee in North Hamgyong Province sent more people to farms.",
    ),
    (
        "지난달 함경북도 회령시 당위원회에서 회의가 있었다.",
        "A meeting took place last month at the Hoeryong party committee in North Hamgyong "
        "Province.",
    ),
    ("장마당 상인들은 요즘 장사가 안 된다고 말한다.", "Market traders say business is bad."),
)
ASKED = "오늘 아침 함경북도 회령시 당위원회를 찾은 사람은 많았다."


@pytest.fixture
def phrases(memory):
    units = [TranslationUnit(ko, en, Provenance("", 0)) for ko, en in PAIRS]
    memory.store.add(ArticleRecord("a"), units, [], who="t", why="t")
    return memory


def test_a_long_phrase_is_found_under_another_particle(phrases):
    (found,) = fragments(phrases.store, ASKED)
    assert ASKED[slice(*found.query_span)] == COMMITTEE
    assert found.unit.source[slice(*found.source_span)] == COMMITTEE


def test_its_rendering_is_marked_where_two_units_show_it(phrases):
    (found,) = fragments(phrases.store, ASKED)
    rendering = found.unit.target[slice(*found.target_span)]
    assert rendering.casefold() == "the hoeryong party committee in north hamgyong province"


def test_no_rendering_is_marked_where_one_unit_alone_has_the_phrase(phrases):
    asked = "그는 장마당 상인들은 요즘 바쁘다고 했다."
    (found,) = fragments(phrases.store, asked)
    assert asked[slice(*found.query_span)] == "장마당 상인들은 요즘"
    assert found.target_span is None


def test_no_rendering_is_marked_where_the_sentences_share_more_than_the_phrase(memory):
    units = [
        TranslationUnit(
            f"{COMMITTEE}에서 회의가 {when} 열렸다.", f"A meeting was {en}.", Provenance("", 0)
        )
        for when, en in (("어제", "held there yesterday"), ("오늘", "held there today"))
    ]
    memory.store.add(ArticleRecord("a"), units, [], who="t", why="t")
    (found,) = fragments(memory.store, ASKED)
    assert found.target_span is None


def test_english_phrases_are_found(phrases):
    asked = "Yesterday the party committee in North Hamgyong Province issued an order."
    (found,) = fragments(phrases.store, asked)
    assert asked[slice(*found.query_span)].endswith("party committee in North Hamgyong Province")


def test_the_longest_phrases_come_first_and_none_lies_within_another(phrases):
    asked = "장마당 상인들은 요즘 함경북도 회령시 당위원회에서 회의가 있었다고 들었다."
    found = fragments(phrases.store, asked)
    lengths = [end - start for start, end in (f.query_span for f in found)]
    assert len(found) == 2
    assert lengths == sorted(lengths, reverse=True)
    assert found[0].query_span[0] >= found[1].query_span[1]


@pytest.mark.parametrize("asked", ["", "  ", "쌀", "…", "아무 데도 없는 말로만 된 문장이다."])
def test_where_nothing_is_shared_nothing_is_found(phrases, asked):
    assert fragments(phrases.store, asked) == []


def test_rejected_units_offer_no_phrases(memory):
    units = [TranslationUnit(*PAIRS[0], Provenance("", 0), status="rejected")]
    memory.store.add(ArticleRecord("a"), units, [], who="t", why="t")
    assert fragments(memory.store, ASKED) == []


def test_the_command_shows_phrases_where_nothing_matches(donju, phrases, path):
    ran = donju("match", ASKED, "-m", path, "--no-semantic")
    assert "no match of 70 % or more" in ran.out
    assert f"phrase: {COMMITTEE}" in ran.out
    found = json.loads(donju("match", ASKED, "-m", path, "--json").out)
    assert found["matches"] == []
    assert found["fragments"][0]["query_span"] == [6, 19]
    exact = json.loads(donju("match", PAIRS[0][0], "-m", path, "--json").out)
    assert exact["fragments"] == []
